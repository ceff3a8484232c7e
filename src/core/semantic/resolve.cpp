#include "core/semantic/resolve.hpp"

#include <algorithm>

#include "core/base/nearest.hpp"
#include "core/semantic/member_lookup.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/resolve_filter.hpp"
#include "core/semantic/sql_types.hpp"

namespace loupe::semantic {
namespace {

Status InvalidQuery(std::string message, const std::string& pointer) {
  return Status(Code::kSemanticInvalidQuery, std::move(message)).At(pointer);
}

Status AddMeasure(const std::string& name, const std::string& pointer, const Model& model,
                  ResolvedQuery* resolved) {
  LOUPE_ASSIGN_OR_RETURN(const FoundMember member, FindMember(model, name, pointer));
  if (member.measure == nullptr) {
    return InvalidQuery(Shown(name) + " is a dimension, not a measure", pointer)
        .WithHint("Name it under \"dimensions\".");
  }
  for (const Aggregate& known : resolved->aggregates) {
    if (known.measure == member.measure) return Status::Ok();  // named twice
  }
  resolved->aggregates.push_back({member.entity, member.measure, member.Name(), true, pointer});
  return Status::Ok();
}

Status AddGroup(const FoundMember& member, std::optional<TimeUnit> granularity,
                ResolvedQuery* resolved) {
  Group group = {member.entity, member.dimension, granularity, member.Name()};
  if (granularity) group.key += std::string(".") + TimeUnitName(*granularity);
  for (const Group& known : resolved->groups) {
    if (known.key == group.key) return Status::Ok();  // named twice
  }
  resolved->groups.push_back(std::move(group));
  return Status::Ok();
}

Status DemandDimension(const FoundMember& member, const std::string& pointer) {
  if (member.dimension != nullptr) return Status::Ok();
  return InvalidQuery(Shown(member.Name()) + " is a measure, not a dimension", pointer)
      .WithHint("Name it under \"measures\".");
}

Status DemandTime(const FoundMember& member, const std::string& pointer) {
  LOUPE_RETURN_IF_ERROR(DemandDimension(member, pointer));
  if (member.dimension->type == DimensionType::kTime) return Status::Ok();
  return Status(Code::kSemanticTypeMismatch, Shown(member.Name()) + " is not a time dimension")
      .At(pointer);
}

Status AddTimeDimension(const TimeDimension& time, const std::string& pointer, const Model& model,
                        const DateTime& now, ResolvedQuery* resolved) {
  LOUPE_ASSIGN_OR_RETURN(const FoundMember member,
                         FindMember(model, time.dimension, pointer + "/dimension"));
  LOUPE_RETURN_IF_ERROR(DemandTime(member, pointer + "/dimension"));
  if (member.granularity) {
    return InvalidQuery(
        "write the granularity of " + Shown(member.Name()) + " under \"granularity\"",
        pointer + "/dimension");
  }
  if (time.granularity) LOUPE_RETURN_IF_ERROR(AddGroup(member, time.granularity, resolved));
  if (time.date_range.empty()) return Status::Ok();
  Json texts = Json::MakeArray();
  for (const std::string& text : time.date_range) texts.Append(text);
  Result<DateRange> range = ParseDateRange(texts, now);
  if (!range.ok()) {
    Status status = range.status();
    return std::move(status).At(pointer + "/dateRange");
  }
  Condition condition;
  condition.entity = member.entity;
  condition.dimension = member.dimension;
  condition.value_kind = ValueKind::kTime;
  condition.op = FilterOperator::kInDateRange;
  condition.ranges.push_back(range.value());
  resolved->row_filters.push_back(std::move(condition));
  return Status::Ok();
}

// Dimensions with a granularity as suffix follow the others, like time dimensions.
Status AddDimensions(const Query& query, const Model& model, ResolvedQuery* resolved) {
  std::vector<FoundMember> times;
  for (std::size_t i = 0; i < query.dimensions.size(); ++i) {
    const std::string pointer = JsonPointer("/dimensions", i);
    LOUPE_ASSIGN_OR_RETURN(const FoundMember member,
                           FindMember(model, query.dimensions[i], pointer));
    LOUPE_RETURN_IF_ERROR(DemandDimension(member, pointer));
    if (!member.granularity) {
      LOUPE_RETURN_IF_ERROR(AddGroup(member, std::nullopt, resolved));
      continue;
    }
    LOUPE_RETURN_IF_ERROR(DemandTime(member, pointer));
    times.push_back(member);
  }
  for (const FoundMember& member : times) {
    LOUPE_RETURN_IF_ERROR(AddGroup(member, member.granularity, resolved));
  }
  return Status::Ok();
}

// sum and avg need numbers, where the type is known.
Status CheckAggregations(const ResolvedQuery& resolved) {
  for (const Aggregate& aggregate : resolved.aggregates) {
    const Measure& measure = *aggregate.measure;
    if (Fits(measure.aggregation, ClassifyType(measure.data_type))) continue;
    return Status(Code::kSemanticTypeMismatch, "measure " + Shown(aggregate.key) + " takes the " +
                                                   AggregationName(measure.aggregation) +
                                                   " of type " + measure.data_type)
        .WithHint("Its values can be counted: use \"count\" or \"count_distinct\".")
        .At(aggregate.pointer);
  }
  return Status::Ok();
}

std::vector<std::string> OutputKeys(const ResolvedQuery& resolved) {
  std::vector<std::string> keys;
  for (const Group& group : resolved.groups) keys.push_back(group.key);
  for (std::size_t i = 0; i < resolved.selected_aggregates; ++i) {
    keys.push_back(resolved.aggregates[i].key);
  }
  return keys;
}

// Index of the output column that `member` names; a time dimension may be named without its
// granularity.
std::optional<std::size_t> FindOutput(const ResolvedQuery& resolved, const std::string& member,
                                      const std::vector<std::string>& keys) {
  const auto exact = std::find(keys.begin(), keys.end(), member);
  if (exact != keys.end()) return static_cast<std::size_t>(exact - keys.begin());
  for (std::size_t i = 0; i < resolved.groups.size(); ++i) {
    const Group& group = resolved.groups[i];
    const std::string plain = group.entity->name + "." + group.dimension->name;
    if (group.granularity && plain == member) return i;
  }
  return std::nullopt;
}

Status AddOrder(const std::vector<OrderBy>& order, const Model& model, ResolvedQuery* resolved) {
  const std::vector<std::string> keys = OutputKeys(*resolved);
  for (const OrderBy& item : order) {
    const std::string pointer = JsonPointer("/order", item.member);
    const std::optional<std::size_t> column = FindOutput(*resolved, item.member, keys);
    if (!column) {
      const Result<FoundMember> member = FindMember(model, item.member, pointer);
      if (!member.ok()) return member.status();
      return InvalidQuery("order names " + Shown(item.member) + ", which is not selected", pointer)
          .WithHint(NearestNameHint(item.member, keys));
    }
    resolved->order.push_back({*column, item.direction, item.nulls});
  }
  return Status::Ok();
}

// First time dimension ascending, else first measure descending, else first dimension ascending.
void AddDefaultOrder(ResolvedQuery* resolved) {
  for (std::size_t i = 0; i < resolved->groups.size(); ++i) {
    if (!resolved->groups[i].granularity) continue;
    resolved->order.push_back({i});
    return;
  }
  if (resolved->selected_aggregates > 0) {
    resolved->order.push_back({resolved->groups.size(), sql::Direction::kDescending});
  } else if (!resolved->groups.empty()) {
    resolved->order.push_back({0});
  }
}

// Orders rows that are equal so far by their groups, which no two rows share: the same question
// gets the same rows, also where the limit cuts.
void AddTieBreak(ResolvedQuery* resolved) {
  for (std::size_t i = 0; i < resolved->groups.size(); ++i) {
    const auto is_there = [i](const SortKey& key) { return key.column == i; };
    const bool known = std::any_of(resolved->order.begin(), resolved->order.end(), is_there);
    if (!known) resolved->order.push_back({i});
  }
}

Status ResolveOrder(const Query& query, const Model& model, ResolvedQuery* resolved) {
  if (query.order) LOUPE_RETURN_IF_ERROR(AddOrder(*query.order, model, resolved));
  if (query.order && query.order->empty()) return Status::Ok();
  if (!query.order) AddDefaultOrder(resolved);
  AddTieBreak(resolved);
  return Status::Ok();
}

Status CheckUngrouped(const ResolvedQuery& resolved) {
  if (!resolved.ungrouped || resolved.measure_filters.empty()) return Status::Ok();
  return Status(Code::kNotSupported, "an ungrouped query cannot filter by measures")
      .WithHint("Filter by dimensions, or leave out \"ungrouped\".")
      .At("/filters");
}

}  // namespace

ValueKind KindOf(const Dimension& dimension) {
  switch (dimension.type) {
    case DimensionType::kNumber:
      return ValueKind::kNumber;
    case DimensionType::kBoolean:
      return ValueKind::kBoolean;
    case DimensionType::kTime:
      return ValueKind::kTime;
    case DimensionType::kString:
      break;
  }
  return ValueKind::kText;
}

ValueKind KindOf(const Measure& measure) {
  switch (ResultType(measure.aggregation, ClassifyType(measure.data_type))) {
    case SqlType::kText:
    case SqlType::kCharacter:
    case SqlType::kOther:
      return ValueKind::kText;
    case SqlType::kBoolean:
      return ValueKind::kBoolean;
    case SqlType::kDate:
    case SqlType::kTimestamp:
    case SqlType::kTimestampTz:
      return ValueKind::kTime;
    default:
      return ValueKind::kNumber;
  }
}

const char* ValueKindName(ValueKind kind) {
  constexpr const char* kNames[] = {"string", "number", "boolean", "time"};
  return kNames[static_cast<std::size_t>(kind)];
}

Result<ResolvedQuery> Resolve(const Query& query, const Model& model, const DateTime& now) {
  ResolvedQuery resolved;
  resolved.limit = query.limit.value_or(kDefaultLimit);
  resolved.offset = query.offset.value_or(0);
  resolved.timezone = query.timezone;
  resolved.total = query.total;
  resolved.ungrouped = query.ungrouped;
  for (std::size_t i = 0; i < query.measures.size(); ++i) {
    LOUPE_RETURN_IF_ERROR(
        AddMeasure(query.measures[i], JsonPointer("/measures", i), model, &resolved));
  }
  resolved.selected_aggregates = resolved.aggregates.size();
  LOUPE_RETURN_IF_ERROR(AddDimensions(query, model, &resolved));
  for (std::size_t i = 0; i < query.time_dimensions.size(); ++i) {
    LOUPE_RETURN_IF_ERROR(AddTimeDimension(
        query.time_dimensions[i], JsonPointer("/timeDimensions", i), model, now, &resolved));
  }
  if (resolved.aggregates.empty() && resolved.groups.empty()) {
    return InvalidQuery("query asks for no column", "");
  }
  for (std::size_t i = 0; i < query.filters.size(); ++i) {
    LOUPE_RETURN_IF_ERROR(
        ResolveFilter(query.filters[i], JsonPointer("/filters", i), model, now, &resolved));
  }
  LOUPE_RETURN_IF_ERROR(CheckAggregations(resolved));
  LOUPE_RETURN_IF_ERROR(CheckUngrouped(resolved));
  LOUPE_RETURN_IF_ERROR(ResolveOrder(query, model, &resolved));
  return resolved;
}

}  // namespace loupe::semantic

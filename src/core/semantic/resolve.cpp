#include "core/semantic/resolve.hpp"

#include <algorithm>

#include "core/base/nearest.hpp"
#include "core/semantic/formula_types.hpp"
#include "core/semantic/member_lookup.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/resolve_filter.hpp"
#include "core/semantic/resolve_measure.hpp"
#include "core/semantic/sql_types.hpp"

namespace loupe::semantic {
namespace {

Status InvalidQuery(std::string message, const std::string& pointer) {
  return Status(Code::kSemanticInvalidQuery, std::move(message)).At(pointer);
}

Status DemandMeasure(const FoundMember& member, const std::string& pointer) {
  if (member.measure != nullptr) return Status::Ok();
  const bool segment = member.segment != nullptr;
  return InvalidQuery(Shown(member.Name()) + (segment ? " is a segment" : " is a dimension") +
                          ", not a measure",
                      pointer)
      .WithHint(std::string("Name it under \"") + (segment ? "segments" : "dimensions") + "\".");
}

Status AddMeasure(const std::string& name, const std::string& pointer, const Model& model,
                  ResolvedQuery* resolved) {
  LOUPE_ASSIGN_OR_RETURN(const FoundMember member, FindMember(model, name, pointer));
  LOUPE_RETURN_IF_ERROR(DemandMeasure(member, pointer));
  for (const MeasureColumn& known : resolved->measures) {
    if (known.measure == member.measure) return Status::Ok();  // named twice
  }
  resolved->measures.push_back({member.entity, member.measure, member.Name(), pointer, Value{},
                                KindOf(model, *member.entity, *member.measure)});
  return Status::Ok();
}

Result<Granularity> FindGranularity(const Model& model, const FoundMember& member,
                                    const std::string& name, const std::string& pointer) {
  std::vector<std::string> names = GranularityNames();
  for (const Granularity& own : member.dimension->granularities) {
    if (own.name == name) return own;
    names.push_back(own.name);
  }
  const std::optional<Granularity> found =
      NamedGranularity(name, model.week_start, model.fiscal_year_start);
  if (found) return *found;
  return Status(Code::kSemanticInvalidQuery,
                "unknown granularity " + Shown(name) + " of " + Shown(member.Name()))
      .WithHint(NearestNameHint(name, names))
      .At(pointer);
}

void AddGroup(const FoundMember& member, std::optional<Granularity> granularity,
              ResolvedQuery* resolved) {
  Group group = {member.entity, member.dimension, std::move(granularity), ""};
  group.key = group.Name();
  if (group.granularity) group.key += "." + group.granularity->name;
  for (const Group& known : resolved->groups) {
    if (known.key == group.key) return;  // named twice
  }
  resolved->groups.push_back(std::move(group));
}

Status DemandDimension(const FoundMember& member, const std::string& pointer) {
  if (member.dimension != nullptr) return Status::Ok();
  const bool segment = member.segment != nullptr;
  return InvalidQuery(Shown(member.Name()) + (segment ? " is a segment" : " is a measure") +
                          ", not a dimension",
                      pointer)
      .WithHint(std::string("Name it under \"") + (segment ? "segments" : "measures") + "\".");
}

Status DemandTime(const FoundMember& member, const std::string& pointer) {
  LOUPE_RETURN_IF_ERROR(DemandDimension(member, pointer));
  if (member.dimension->type == DimensionType::kTime) return Status::Ok();
  return Status(Code::kSemanticTypeMismatch, Shown(member.Name()) + " is not a time dimension")
      .At(pointer);
}

Status AddRange(const TimeDimension& time, const FoundMember& member, const std::string& pointer,
                const DateContext& now, ResolvedQuery* resolved) {
  Result<DateRange> range = ParseDateRange(time.date_range, now);
  if (!range.ok()) {
    Status status = range.status();
    return std::move(status).At(pointer + "/dateRange");
  }
  resolved->ranges.push_back({member.entity, member.dimension, range.value()});
  return Status::Ok();
}

Status AddTimeDimension(const TimeDimension& time, const std::string& pointer, const Model& model,
                        const DateContext& now, ResolvedQuery* resolved) {
  const std::string at = pointer + "/dimension";
  LOUPE_ASSIGN_OR_RETURN(const FoundMember member, FindMember(model, time.dimension, at));
  LOUPE_RETURN_IF_ERROR(DemandTime(member, at));
  if (!member.granularity.empty()) {
    return InvalidQuery(
        "write the granularity of " + Shown(member.Name()) + " under \"granularity\"", at);
  }
  if (!time.granularity.empty()) {
    LOUPE_ASSIGN_OR_RETURN(Granularity granularity, FindGranularity(model, member, time.granularity,
                                                                    pointer + "/granularity"));
    AddGroup(member, std::move(granularity), resolved);
  }
  return time.date_range.empty() ? Status::Ok() : AddRange(time, member, pointer, now, resolved);
}

// Dimensions with a granularity as suffix follow the others, like time dimensions.
Status AddDimensions(const Query& query, const Model& model, ResolvedQuery* resolved) {
  std::vector<std::pair<FoundMember, Granularity>> times;
  for (std::size_t i = 0; i < query.dimensions.size(); ++i) {
    const std::string pointer = JsonPointer("/dimensions", i);
    LOUPE_ASSIGN_OR_RETURN(const FoundMember member,
                           FindMember(model, query.dimensions[i], pointer));
    LOUPE_RETURN_IF_ERROR(DemandDimension(member, pointer));
    if (member.granularity.empty()) {
      AddGroup(member, std::nullopt, resolved);
      continue;
    }
    LOUPE_RETURN_IF_ERROR(DemandTime(member, pointer));
    LOUPE_ASSIGN_OR_RETURN(Granularity granularity,
                           FindGranularity(model, member, member.granularity, pointer));
    times.emplace_back(member, std::move(granularity));
  }
  for (auto& [member, granularity] : times) AddGroup(member, std::move(granularity), resolved);
  return Status::Ok();
}

Status AddSegment(const std::string& name, const std::string& pointer, const Model& model,
                  ResolvedQuery* resolved) {
  LOUPE_ASSIGN_OR_RETURN(const FoundMember member, FindMember(model, name, pointer));
  if (member.segment == nullptr) {
    return InvalidQuery(Shown(name) + " is not a segment", pointer)
        .WithHint("Filter by a dimension or a measure under \"filters\".");
  }
  Condition condition;
  condition.kind = Condition::Kind::kSql;
  condition.entity = member.entity;
  condition.sql = member.segment->sql;
  resolved->row_filters.push_back(std::move(condition));
  return Status::Ok();
}

// The rows of the entities that the caller's access rules restrict: any of the rules' filters.
Status AddEntityRows(const Model& model, const DateContext& now, ResolvedQuery* resolved) {
  for (const Entity& entity : model.entities) {
    if (entity.row_filters.empty()) continue;
    Condition any;
    any.kind = Condition::Kind::kOr;
    for (const std::vector<Json>& rule : entity.row_filters) {
      Condition all;
      all.kind = Condition::Kind::kAnd;
      for (const Json& filter : rule) {
        LOUPE_ASSIGN_OR_RETURN(Condition condition, ResolveModelFilter(filter, entity, model, now));
        all.children.push_back(std::move(condition));
      }
      any.children.push_back(std::move(all));
    }
    resolved->entity_rows.push_back({&entity, std::move(any)});
  }
  return Status::Ok();
}

std::vector<std::string> OutputKeys(const ResolvedQuery& resolved) {
  std::vector<std::string> keys;
  for (const Group& group : resolved.groups) keys.push_back(group.key);
  for (std::size_t i = 0; i < resolved.selected_measures; ++i) {
    keys.push_back(resolved.measures[i].key);
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
    if (group.granularity && group.Name() == member) return i;
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
  if (resolved->selected_measures > 0) {
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

Status AddColumns(const Query& query, const Model& model, const DateContext& now,
                  ResolvedQuery* resolved) {
  for (std::size_t i = 0; i < query.measures.size(); ++i) {
    LOUPE_RETURN_IF_ERROR(
        AddMeasure(query.measures[i], JsonPointer("/measures", i), model, resolved));
  }
  resolved->selected_measures = resolved->measures.size();
  LOUPE_RETURN_IF_ERROR(AddDimensions(query, model, resolved));
  for (std::size_t i = 0; i < query.time_dimensions.size(); ++i) {
    LOUPE_RETURN_IF_ERROR(AddTimeDimension(
        query.time_dimensions[i], JsonPointer("/timeDimensions", i), model, now, resolved));
  }
  return Status::Ok();
}

Status AddFilters(const Query& query, const Model& model, const DateContext& now,
                  ResolvedQuery* resolved) {
  for (std::size_t i = 0; i < query.filters.size(); ++i) {
    LOUPE_RETURN_IF_ERROR(
        ResolveFilter(query.filters[i], JsonPointer("/filters", i), model, now, resolved));
  }
  for (std::size_t i = 0; i < query.segments.size(); ++i) {
    LOUPE_RETURN_IF_ERROR(
        AddSegment(query.segments[i], JsonPointer("/segments", i), model, resolved));
  }
  return Status::Ok();
}

ValueKind KindOfFormula(FormulaType type) {
  switch (type) {
    case FormulaType::kText:
      return ValueKind::kText;
    case FormulaType::kBoolean:
      return ValueKind::kBoolean;
    case FormulaType::kTime:
      return ValueKind::kTime;
    default:
      return ValueKind::kNumber;
  }
}

}  // namespace

ValueKind KindOf(const Dimension& dimension) {
  return KindOfFormula(FormulaTypeOf(dimension.type));
}

SqlType TypeOf(const Dimension& dimension) {
  if (!dimension.bins.empty()) return SqlType::kText;
  const SqlType type = ClassifyType(dimension.data_type);
  if (type != SqlType::kUnknown || !dimension.is_masked) return type;
  switch (dimension.type) {
    case DimensionType::kNumber:
      return SqlType::kNumeric;
    case DimensionType::kBoolean:
      return SqlType::kBoolean;
    case DimensionType::kTime:
      return SqlType::kTimestampTz;
    case DimensionType::kString:
      break;
  }
  return SqlType::kText;
}

ValueKind KindOf(const Model& model, const Entity& entity, const Measure& measure) {
  if (measure.kind == MeasureKind::kAggregate && !measure.formula) {
    const SqlType type = ResultType(measure.aggregation, ClassifyType(measure.data_type));
    return type == SqlType::kOther ? ValueKind::kText : KindOfFormula(FormulaTypeOf(type));
  }
  const Result<FormulaType> type = FormulaTypeOf(model, entity, measure);
  return type.ok() ? KindOfFormula(type.value()) : ValueKind::kNumber;
}

const char* ValueKindName(ValueKind kind) {
  constexpr const char* kNames[] = {"string", "number", "boolean", "time"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::string ZoneOf(const Query& query, const Model& model) {
  if (!query.timezone.empty()) return query.timezone;
  return model.timezone.empty() ? "UTC" : model.timezone;
}

bool SpeaksOnlyOf(const Condition& condition, const Entity* entity) {
  if (condition.entity != nullptr) return condition.entity == entity;
  return std::all_of(condition.children.begin(), condition.children.end(),
                     [&](const Condition& child) { return SpeaksOnlyOf(child, entity); });
}

DateContext DateContextOf(const Model& model, const DateTime& now) {
  return {now, model.week_start, model.fiscal_year_start};
}

const TimeRange* ResolvedQuery::FindRange(const Dimension* of) const {
  for (const TimeRange& range : ranges) {
    if (range.dimension == of) return &range;
  }
  return nullptr;
}

bool ResolvedQuery::HasRanks() const {
  return std::any_of(measures.begin(), measures.end(),
                     [](const MeasureColumn& column) { return HasRank(column.value); });
}

Result<ResolvedQuery> Resolve(const Query& query, const Model& model,
                              const ResolveOptions& options) {
  ResolvedQuery resolved;
  resolved.limit = query.limit ? query.limit : options.default_limit;
  resolved.offset = query.offset.value_or(0);
  resolved.timezone = ZoneOf(query, model);
  resolved.total = query.total;
  resolved.ungrouped = query.ungrouped;
  const DateContext now = DateContextOf(model, options.now);
  LOUPE_RETURN_IF_ERROR(AddColumns(query, model, now, &resolved));
  if (resolved.measures.empty() && resolved.groups.empty() && options.absent.empty()) {
    return InvalidQuery("query asks for no column", "");
  }
  LOUPE_RETURN_IF_ERROR(AddFilters(query, model, now, &resolved));
  LOUPE_RETURN_IF_ERROR(AddEntityRows(model, now, &resolved));
  LOUPE_RETURN_IF_ERROR(CheckUngrouped(resolved));
  LOUPE_RETURN_IF_ERROR(ResolveMeasures(model, options, &resolved));
  LOUPE_RETURN_IF_ERROR(ResolveOrder(query, model, &resolved));
  return resolved;
}

}  // namespace loupe::semantic

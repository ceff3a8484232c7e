#include "core/semantic/resolve_filter.hpp"

#include <utility>

#include "core/base/nearest.hpp"
#include "core/semantic/member_lookup.hpp"
#include "core/sql/ast.hpp"

namespace loupe::semantic {
namespace {

bool IsDateOperator(FilterOperator op) {
  return op >= FilterOperator::kInDateRange && op <= FilterOperator::kAfterOrOnDate;
}
bool IsTextOperator(FilterOperator op) {
  return op >= FilterOperator::kContains && op <= FilterOperator::kNotEndsWith;
}
bool IsComparison(FilterOperator op) {
  return op >= FilterOperator::kGreater && op <= FilterOperator::kLessOrEqual;
}

bool Fits(FilterOperator op, ValueKind kind) {
  if (IsTextOperator(op)) return kind == ValueKind::kText;
  if (IsComparison(op)) return kind == ValueKind::kNumber || kind == ValueKind::kTime;
  if (IsDateOperator(op)) return kind == ValueKind::kTime;
  return true;
}

Status Mismatch(std::string message, const std::string& pointer) {
  return Status(Code::kSemanticTypeMismatch, std::move(message)).At(pointer);
}

Status WrongValue(const Json& value, const Condition& condition, const std::string& member,
                  const std::string& pointer) {
  return Mismatch("filter value " + Shown(value.IsString() ? value.AsString() : value.Dump()) +
                      " does not fit " + Shown(member) + ", which is a " +
                      ValueKindName(condition.value_kind),
                  pointer);
}

// Reads a value of a member that is no time; returns false when it does not fit.
bool AddValue(const Json& value, Condition* condition) {
  std::string text = value.IsString() ? value.AsString() : value.Dump();
  switch (condition->value_kind) {
    case ValueKind::kNumber:
      if (sql::Decimal(text).kind != sql::Expr::Kind::kNumber || value.IsBool()) return false;
      break;
    case ValueKind::kBoolean:
      if (text == "1") text = "true";
      if (text == "0") text = "false";
      if (text != "true" && text != "false") return false;
      break;
    default:
      break;
  }
  condition->values.push_back(std::move(text));
  return true;
}

// inDateRange and notInDateRange: one or two texts make one range.
Status AddDateRange(const Filter& filter, const std::string& pointer, const DateContext& now,
                    Condition* condition) {
  Result<DateRange> range = ParseDateRange(Json::FromArray(filter.values), now);
  if (!range.ok()) {
    Status status = range.status();
    return std::move(status).At(pointer + "/values" + range.status().pointer());
  }
  condition->ranges.push_back(range.value());
  return Status::Ok();
}

Status AddDate(const Json& value, const std::string& member, const std::string& pointer,
               const DateContext& now, Condition* condition) {
  if (!value.IsString()) return WrongValue(value, *condition, member, pointer);
  Result<DateRange> range = ParseDateRange(std::string_view(value.AsString()), now);
  if (!range.ok()) {
    return Mismatch(range.status().message(), pointer).WithHint(range.status().hint());
  }
  condition->ranges.push_back(range.value());
  return Status::Ok();
}

// ParseQuery has counted the values; a query that code has built comes here uncounted.
bool HasItsValues(const Filter& filter) {
  if (filter.op == FilterOperator::kSet || filter.op == FilterOperator::kNotSet) return true;
  const bool one = IsComparison(filter.op) ||
                   (IsDateOperator(filter.op) && filter.op != FilterOperator::kInDateRange &&
                    filter.op != FilterOperator::kNotInDateRange);
  return one ? filter.values.size() == 1 : !filter.values.empty();
}

Status AddValues(const Filter& filter, const std::string& pointer, const DateContext& now,
                 Condition* condition) {
  if (filter.op == FilterOperator::kInDateRange || filter.op == FilterOperator::kNotInDateRange) {
    return AddDateRange(filter, pointer, now, condition);
  }
  const bool takes_null = !IsComparison(filter.op) && !IsDateOperator(filter.op);
  for (std::size_t i = 0; i < filter.values.size(); ++i) {
    const Json& value = filter.values[i];
    const std::string at = JsonPointer(pointer + "/values", i);
    if (value.IsNull() && takes_null) {
      condition->with_null = true;
    } else if (value.IsNull()) {
      return WrongValue(value, *condition, filter.member, at);
    } else if (condition->value_kind == ValueKind::kTime) {
      LOUPE_RETURN_IF_ERROR(AddDate(value, filter.member, at, now, condition));
    } else if (!AddValue(value, condition)) {
      return WrongValue(value, *condition, filter.member, at);
    }
  }
  return Status::Ok();
}

// Index of the measure among the measures, appended as a hidden one when it is not there.
std::size_t MeasureIndex(const FoundMember& member, const std::string& pointer, ValueKind kind,
                         ResolvedQuery* resolved) {
  for (std::size_t i = 0; i < resolved->measures.size(); ++i) {
    if (resolved->measures[i].measure == member.measure) return i;
  }
  resolved->measures.push_back(
      {member.entity, member.measure, member.Name(), pointer, Value{}, kind});
  return resolved->measures.size() - 1;
}

// What a filter of the model itself names: dimensions alone, hidden ones too.
Result<FoundMember> FindInModel(const Model& model, const std::string& name,
                                const std::string& pointer) {
  const FoundMember found = FindAnyMember(model, name);
  if (found.entity != nullptr && found.dimension != nullptr) return found;
  return Status(Code::kSemanticInvalidModel,
                "filter of the model names " + Shown(name) + ", which is no dimension")
      .WithHint(NearestNameHint(name, model.MemberNames()))
      .At(pointer);
}

// `resolved` takes the measures; without it there may be none.
Result<Condition> ResolveCondition(const Filter& filter, const std::string& pointer,
                                   const Model& model, const DateContext& now,
                                   ResolvedQuery* resolved) {
  LOUPE_ASSIGN_OR_RETURN(const FoundMember member,
                         resolved == nullptr
                             ? FindInModel(model, filter.member, pointer + "/member")
                             : FindMember(model, filter.member, pointer + "/member"));
  if (!member.granularity.empty()) {
    return Status(Code::kSemanticInvalidQuery,
                  "a filter takes " + Shown(member.Name()) + " without a granularity")
        .At(pointer + "/member");
  }
  Condition condition;
  condition.op = filter.op;
  if (member.dimension != nullptr) {
    condition.entity = member.entity;
    condition.dimension = member.dimension;
    condition.is_of_model = resolved == nullptr;
    condition.value_kind = KindOf(*member.dimension);
  } else if (member.segment != nullptr) {
    return Status(Code::kSemanticInvalidQuery, Shown(filter.member) + " is a segment")
        .WithHint("Name it under \"segments\".")
        .At(pointer + "/member");
  } else {
    condition.kind = Condition::Kind::kMeasure;
    condition.value_kind = KindOf(model, *member.entity, *member.measure);
    condition.measure = MeasureIndex(member, pointer + "/member", condition.value_kind, resolved);
  }
  if (!Fits(filter.op, condition.value_kind)) {
    return Mismatch("filter operator \"" + std::string(FilterOperatorName(filter.op)) +
                        "\" does not fit " + Shown(filter.member) + ", which is a " +
                        ValueKindName(condition.value_kind),
                    pointer + "/operator");
  }
  if (!HasItsValues(filter)) {
    return Status(Code::kSemanticInvalidQuery,
                  "filter on " + Shown(filter.member) + " has the wrong number of values")
        .At(pointer + "/values");
  }
  LOUPE_RETURN_IF_ERROR(AddValues(filter, pointer, now, &condition));
  return condition;
}

// What a tree of conditions filters: rows before aggregation, or groups after it.
enum class Stage { kRows, kMeasures, kBoth };

Stage StageOf(const Condition& condition) {
  if (condition.kind == Condition::Kind::kMeasure) return Stage::kMeasures;
  if (condition.children.empty()) return Stage::kRows;
  const Stage first = StageOf(condition.children[0]);
  for (const Condition& child : condition.children) {
    if (StageOf(child) != first) return Stage::kBoth;
  }
  return first;
}

// As deep as the filter; ParseQuery bounds it by kMaxFilterDepth, and so does this for queries
// that code has built.
Result<Condition> ResolveTree(const Filter& filter, const std::string& pointer, int depth,
                              const Model& model, const DateContext& now, ResolvedQuery* resolved) {
  if (filter.kind == Filter::Kind::kCondition) {
    return ResolveCondition(filter, pointer, model, now, resolved);
  }
  if (depth > kMaxFilterDepth || filter.children.empty()) {
    return Status(Code::kLimitExceeded, "filters are nested too deep, or a group is empty")
        .At(pointer);
  }
  const bool is_and = filter.kind == Filter::Kind::kAnd;
  Condition group;
  group.kind = is_and ? Condition::Kind::kAnd : Condition::Kind::kOr;
  for (std::size_t i = 0; i < filter.children.size(); ++i) {
    LOUPE_ASSIGN_OR_RETURN(
        Condition child,
        ResolveTree(filter.children[i], JsonPointer(pointer + (is_and ? "/and" : "/or"), i),
                    depth + 1, model, now, resolved));
    group.children.push_back(std::move(child));
  }
  return group;
}

}  // namespace

Result<Condition> ResolveModelFilter(const Json& filter, const Entity& home, const Model& model,
                                     const DateContext& now) {
  if (filter.IsString()) {
    Condition condition;
    condition.kind = Condition::Kind::kSql;
    condition.entity = &home;
    condition.sql = filter.AsString();
    return condition;
  }
  LOUPE_ASSIGN_OR_RETURN(const Filter parsed, ParseFilter(filter, ""));
  return ResolveTree(parsed, "", 1, model, now, nullptr);
}

Status ResolveFilter(const Filter& filter, const std::string& pointer, const Model& model,
                     const DateContext& now, ResolvedQuery* resolved) {
  LOUPE_ASSIGN_OR_RETURN(Condition condition,
                         ResolveTree(filter, pointer, 1, model, now, resolved));
  switch (StageOf(condition)) {
    case Stage::kRows:
      resolved->row_filters.push_back(std::move(condition));
      return Status::Ok();
    case Stage::kMeasures:
      resolved->measure_filters.push_back(std::move(condition));
      return Status::Ok();
    case Stage::kBoth:
      break;
  }
  return Status(Code::kSemanticInvalidQuery, "one group of filters mixes dimensions and measures")
      .WithHint("Dimensions filter rows before they are aggregated, measures filter afterwards.")
      .At(pointer);
}

}  // namespace loupe::semantic

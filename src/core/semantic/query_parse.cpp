#include <algorithm>
#include <utility>

#include "core/base/nearest.hpp"
#include "core/semantic/field_reader.hpp"
#include "core/semantic/query.hpp"

namespace loupe::semantic {
namespace {

struct OperatorName {
  const char* name;
  FilterOperator op;
};

// The first name of an operator is the one that is written; the others are only read.
constexpr OperatorName kOperators[] = {
    {"equals", FilterOperator::kEquals},
    {"notEquals", FilterOperator::kNotEquals},
    {"in", FilterOperator::kEquals},
    {"notIn", FilterOperator::kNotEquals},
    {"contains", FilterOperator::kContains},
    {"notContains", FilterOperator::kNotContains},
    {"startsWith", FilterOperator::kStartsWith},
    {"notStartsWith", FilterOperator::kNotStartsWith},
    {"endsWith", FilterOperator::kEndsWith},
    {"notEndsWith", FilterOperator::kNotEndsWith},
    {"gt", FilterOperator::kGreater},
    {"gte", FilterOperator::kGreaterOrEqual},
    {"lt", FilterOperator::kLess},
    {"lte", FilterOperator::kLessOrEqual},
    {"set", FilterOperator::kSet},
    {"notSet", FilterOperator::kNotSet},
    {"inDateRange", FilterOperator::kInDateRange},
    {"notInDateRange", FilterOperator::kNotInDateRange},
    {"onTheDate", FilterOperator::kInDateRange},
    {"beforeDate", FilterOperator::kBeforeDate},
    {"beforeOrOnDate", FilterOperator::kBeforeOrOnDate},
    {"afterDate", FilterOperator::kAfterDate},
    {"afterOrOnDate", FilterOperator::kAfterOrOnDate},
};

constexpr std::size_t kMaxTimezoneBytes = 64;

std::vector<std::string> OperatorNames() {
  std::vector<std::string> names;
  for (const OperatorName& entry : kOperators) names.emplace_back(entry.name);
  return names;
}

FieldReader ReaderOf(const Json& json, std::string pointer, std::string thing) {
  return FieldReader(json, std::move(pointer), std::move(thing), Code::kSemanticInvalidQuery);
}

// What the whole filter tree has used of its budgets.
struct FilterBudget {
  std::size_t filters = 0;
  std::size_t values = 0;
};

Result<FilterOperator> ReadOperator(const FieldReader& reader) {
  std::string name;
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("operator", &name));
  for (const OperatorName& entry : kOperators) {
    if (name == entry.name) return entry.op;
  }
  Status status = reader.ErrorAt("operator", "unknown filter operator \"" + name + "\"");
  return std::move(status).WithHint(NearestNameHint(name, OperatorNames()));
}

// How many values an operator takes.
struct Arity {
  std::size_t least;
  std::size_t most;
};

Arity ArityOf(FilterOperator op) {
  switch (op) {
    case FilterOperator::kSet:
    case FilterOperator::kNotSet:
      return {0, 0};
    case FilterOperator::kInDateRange:
    case FilterOperator::kNotInDateRange:
      return {1, 2};
    case FilterOperator::kGreater:
    case FilterOperator::kGreaterOrEqual:
    case FilterOperator::kLess:
    case FilterOperator::kLessOrEqual:
    case FilterOperator::kBeforeDate:
    case FilterOperator::kBeforeOrOnDate:
    case FilterOperator::kAfterDate:
    case FilterOperator::kAfterOrOnDate:
      return {1, 1};
    default:
      return {1, kMaxFilterValues};
  }
}

Status CheckValue(const Json& value, std::string pointer) {
  if (value.IsArray() || value.IsObject()) {
    return Status(
               Code::kSemanticInvalidQuery,
               std::string("a filter value must be a string, a number, a boolean or null, not ") +
                   value.TypeName())
        .At(std::move(pointer));
  }
  if (value.IsString() && value.AsString().size() > kMaxTextBytes) {
    return Status(Code::kLimitExceeded,
                  "filter value is longer than " + std::to_string(kMaxTextBytes) + " bytes")
        .At(std::move(pointer));
  }
  if (value.IsString() && value.AsString().find('\0') != std::string::npos) {
    return Status(Code::kInvalidText, "filter value holds a zero byte").At(std::move(pointer));
  }
  return Status::Ok();
}

Status ReadValues(const FieldReader& reader, FilterBudget* budget, Filter* filter) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items("values", kMaxFilterValues, &items));
  const std::size_t count = items == nullptr ? 0 : items->size();
  const Arity arity = ArityOf(filter->op);
  if (arity.most == 0) return Status::Ok();  // clients send an empty or a dummy list with "set"
  if (count < arity.least || count > arity.most) {
    const std::string wanted = arity.most == 1                  ? "exactly one value"
                               : arity.most == kMaxFilterValues ? "at least one value"
                                                                : "one or two values";
    return reader.ErrorAt("values", "operator \"" + std::string(FilterOperatorName(filter->op)) +
                                        "\" takes " + wanted + ", not " + std::to_string(count));
  }
  budget->values += count;
  if (budget->values > kMaxFilterValues) {
    return Status(Code::kLimitExceeded,
                  "query has more than " + std::to_string(kMaxFilterValues) + " filter values")
        .At(reader.PointerTo("values"));
  }
  for (std::size_t i = 0; i < count; ++i) {
    LOUPE_RETURN_IF_ERROR(CheckValue((*items)[i], JsonPointer(reader.PointerTo("values"), i)));
    filter->values.push_back((*items)[i]);
  }
  return Status::Ok();
}

Result<Filter> ReadFilter(const Json& json, const std::string& pointer, int depth,
                          FilterBudget* budget);

Result<Filter> ReadGroup(const FieldReader& reader, const char* key, int depth,
                         FilterBudget* budget) {
  Filter group;
  group.kind = key[0] == 'a' ? Filter::Kind::kAnd : Filter::Kind::kOr;
  LOUPE_RETURN_IF_ERROR(reader.Open({key}));
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items(key, kMaxFilters, &items));
  if (items == nullptr || items->empty()) {
    return reader.ErrorAt(key, "\"" + std::string(key) + "\" has no filters");
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    LOUPE_ASSIGN_OR_RETURN(
        Filter child,
        ReadFilter((*items)[i], JsonPointer(reader.PointerTo(key), i), depth + 1, budget));
    group.children.push_back(std::move(child));
  }
  return group;
}

Result<Filter> ReadCondition(const FieldReader& reader, bool has_member, FilterBudget* budget) {
  Filter filter;
  LOUPE_RETURN_IF_ERROR(reader.Open({has_member ? "member" : "dimension", "operator", "values"}));
  LOUPE_RETURN_IF_ERROR(reader.RequiredText(has_member ? "member" : "dimension", &filter.member));
  LOUPE_ASSIGN_OR_RETURN(filter.op, ReadOperator(reader));
  LOUPE_RETURN_IF_ERROR(ReadValues(reader, budget, &filter));
  return filter;
}

Result<Filter> ReadFilter(const Json& json, const std::string& pointer, int depth,
                          FilterBudget* budget) {
  if (depth > kMaxFilterDepth) {
    return Status(Code::kLimitExceeded,
                  "filters are nested deeper than " + std::to_string(kMaxFilterDepth) + " levels")
        .At(pointer);
  }
  if (++budget->filters > kMaxFilters) {
    return Status(Code::kLimitExceeded,
                  "query has more than " + std::to_string(kMaxFilters) + " filters")
        .At(pointer);
  }
  const FieldReader reader = ReaderOf(json, pointer, "filter");
  if (json.Find("and") != nullptr) return ReadGroup(reader, "and", depth, budget);
  if (json.Find("or") != nullptr) return ReadGroup(reader, "or", depth, budget);
  return ReadCondition(reader, json.Find("dimension") == nullptr, budget);
}

Status ReadFilters(const FieldReader& reader, Query* query) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items("filters", kMaxFilters, &items));
  FilterBudget budget;
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    LOUPE_ASSIGN_OR_RETURN(
        Filter filter,
        ReadFilter((*items)[i], JsonPointer(reader.PointerTo("filters"), i), 1, &budget));
    query->filters.push_back(std::move(filter));
  }
  return Status::Ok();
}

// One string, or an array of one or two.
Status ReadRange(const FieldReader& reader, const Json& json, const std::string& pointer,
                 std::vector<std::string>* range) {
  std::vector<Json> items = {json};
  if (json.IsArray()) items = json.items();
  if (items.empty() || items.size() > 2) {
    return Status(Code::kSemanticInvalidQuery, "a date range must have one or two dates")
        .At(pointer);
  }
  for (const Json& item : items) {
    if (!item.IsString()) {
      return Status(Code::kSemanticInvalidQuery,
                    std::string("a date must be a string, not ") + item.TypeName())
          .At(pointer);
    }
    LOUPE_RETURN_IF_ERROR(reader.CheckText(item.AsString(), pointer));
    range->push_back(item.AsString());
  }
  return Status::Ok();
}

Status ReadRanges(const FieldReader& reader, TimeDimension* time) {
  const Json* range = reader.object().Find("dateRange");
  const Json* compare = reader.object().Find("compareDateRange");
  const bool has_range = range != nullptr && !range->IsNull();
  if (has_range) {
    LOUPE_RETURN_IF_ERROR(
        ReadRange(reader, *range, reader.PointerTo("dateRange"), &time->date_range));
  }
  if (compare == nullptr || compare->IsNull()) return Status::Ok();
  if (has_range)
    return reader.Error("time dimension has a \"dateRange\" and a \"compareDateRange\"");
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items("compareDateRange", kMaxCompared, &items));
  for (std::size_t i = 0; i < items->size(); ++i) {
    const std::string pointer = JsonPointer(reader.PointerTo("compareDateRange"), i);
    LOUPE_RETURN_IF_ERROR(ReadRange(reader, (*items)[i], pointer, &time->compare.emplace_back()));
  }
  if (!time->compare.empty()) return Status::Ok();
  return reader.ErrorAt("compareDateRange", "\"compareDateRange\" has no ranges");
}

Result<TimeDimension> ReadTimeDimension(const Json& json, const std::string& pointer) {
  const FieldReader reader = ReaderOf(json, pointer, "time dimension");
  TimeDimension time;
  LOUPE_RETURN_IF_ERROR(reader.Open({"dimension", "granularity", "dateRange", "compareDateRange"}));
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("dimension", &time.dimension));
  LOUPE_RETURN_IF_ERROR(reader.Text("granularity", &time.granularity));
  LOUPE_RETURN_IF_ERROR(ReadRanges(reader, &time));
  return time;
}

Status ReadTimeDimensions(const FieldReader& reader, Query* query) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items("timeDimensions", kMaxQueryMembers, &items));
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    LOUPE_ASSIGN_OR_RETURN(
        TimeDimension time,
        ReadTimeDimension((*items)[i], JsonPointer(reader.PointerTo("timeDimensions"), i)));
    query->time_dimensions.push_back(std::move(time));
  }
  const auto compares = [](const TimeDimension& time) { return !time.compare.empty(); };
  if (std::count_if(query->time_dimensions.begin(), query->time_dimensions.end(), compares) > 1) {
    return reader.ErrorAt("timeDimensions", "query has more than one \"compareDateRange\"");
  }
  return Status::Ok();
}

Status AddOrder(std::string member, const Json& direction, std::string pointer, Query* query) {
  OrderBy order;
  order.member = std::move(member);
  if (direction == Json("desc")) {
    order.direction = sql::Direction::kDescending;
  } else if (direction != Json("asc")) {
    return Status(Code::kSemanticInvalidQuery, "an order must be \"asc\" or \"desc\"")
        .At(std::move(pointer));
  }
  query->order->push_back(std::move(order));
  return Status::Ok();
}

// {"member": "asc"} or [["member", "asc"], …].
Status ReadOrder(const FieldReader& reader, const Json& json, Query* query) {
  const Json* order = json.Find("order");
  if (order == nullptr || order->IsNull()) return Status::Ok();
  const std::string pointer = reader.PointerTo("order");
  if (!order->IsObject() && !order->IsArray()) {
    return reader.ErrorAt("order", "\"order\" must be an object or an array of pairs");
  }
  query->order.emplace();
  const std::size_t size = order->IsObject() ? order->members().size() : order->items().size();
  if (size > kMaxQueryMembers) {
    return Status(Code::kLimitExceeded,
                  "\"order\" has more than " + std::to_string(kMaxQueryMembers) + " members")
        .At(pointer);
  }
  for (std::size_t i = 0; i < size; ++i) {
    if (order->IsObject()) {
      const Json::Member& member = order->members()[i];
      LOUPE_RETURN_IF_ERROR(
          AddOrder(member.name, member.value, JsonPointer(pointer, member.name), query));
      continue;
    }
    const Json& pair = order->items()[i];
    if (!pair.IsArray() || pair.items().size() != 2 || !pair.items()[0].IsString()) {
      return Status(Code::kSemanticInvalidQuery,
                    "an order must be a pair of a member and \"asc\" or \"desc\"")
          .At(JsonPointer(pointer, i));
    }
    LOUPE_RETURN_IF_ERROR(
        AddOrder(pair.items()[0].AsString(), pair.items()[1], JsonPointer(pointer, i), query));
  }
  return Status::Ok();
}

Status ReadNames(const FieldReader& reader, std::string_view key, std::vector<std::string>* out) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items(key, kMaxQueryMembers, &items));
  return reader.Texts(key, out);
}

// true, false or the dimensions to roll up.
Status ReadSubtotals(const FieldReader& reader, Query* query) {
  const Json* subtotals = reader.object().Find("subtotals");
  if (subtotals == nullptr || !subtotals->IsArray()) {
    return reader.Flag("subtotals", &query->subtotals);
  }
  query->subtotals = true;
  LOUPE_RETURN_IF_ERROR(ReadNames(reader, "subtotals", &query->rollup));
  if (!query->rollup.empty()) return Status::Ok();
  return reader.ErrorAt("subtotals", "\"subtotals\" names no dimension");
}

Status ReadTimezone(const FieldReader& reader, Query* query) {
  LOUPE_RETURN_IF_ERROR(reader.Text("timezone", &query->timezone));
  if (query->timezone.empty() && reader.object().Find("timezone") == nullptr) return Status::Ok();
  if (IsTimezoneName(query->timezone)) return Status::Ok();
  Status status = reader.ErrorAt("timezone", "\"timezone\" is not the name of a time zone");
  return std::move(status).WithHint("Write a name such as \"UTC\" or \"Europe/Berlin\".");
}

// A query asks for something when it has a column to return.
Status CheckColumns(const FieldReader& reader, const Query& query) {
  if (!query.measures.empty() || !query.dimensions.empty()) return Status::Ok();
  for (const TimeDimension& time : query.time_dimensions) {
    if (!time.granularity.empty()) return Status::Ok();
  }
  Status status = reader.Error("query asks for no column");
  return std::move(status).WithHint(
      "Name at least one measure, one dimension or one time dimension with a granularity.");
}

}  // namespace

const char* FilterOperatorName(FilterOperator op) {
  for (const OperatorName& entry : kOperators) {
    if (entry.op == op) return entry.name;
  }
  return "";
}

bool IsTimezoneName(std::string_view name) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  if (name.empty() || name.size() > kMaxTimezoneBytes || !is_letter(name[0])) return false;
  for (const char c : name) {
    const bool digit = c >= '0' && c <= '9';
    if (!is_letter(c) && !digit && c != '_' && c != '/' && c != '+' && c != '-') return false;
  }
  return true;
}

Result<Filter> ParseFilter(const Json& json, const std::string& pointer) {
  FilterBudget budget;
  return ReadFilter(json, pointer, 1, &budget);
}

Result<Query> ParseQuery(const Json& document) {
  Query query;
  const FieldReader reader = ReaderOf(document, "", "query");
  LOUPE_RETURN_IF_ERROR(
      reader.Open({"measures", "dimensions", "timeDimensions", "filters", "segments", "order",
                   "limit", "offset", "timezone", "total", "ungrouped", "subtotals", "model",
                   "renewQuery", "cache", "cacheMode"}));
  LOUPE_RETURN_IF_ERROR(ReadNames(reader, "measures", &query.measures));
  LOUPE_RETURN_IF_ERROR(ReadNames(reader, "dimensions", &query.dimensions));
  LOUPE_RETURN_IF_ERROR(ReadTimeDimensions(reader, &query));
  LOUPE_RETURN_IF_ERROR(ReadFilters(reader, &query));
  LOUPE_RETURN_IF_ERROR(ReadNames(reader, "segments", &query.segments));
  LOUPE_RETURN_IF_ERROR(ReadOrder(reader, document, &query));
  LOUPE_RETURN_IF_ERROR(reader.Integer("limit", 0, kMaxLimit, &query.limit));
  LOUPE_RETURN_IF_ERROR(reader.Integer("offset", 0, INT64_MAX, &query.offset));
  LOUPE_RETURN_IF_ERROR(ReadTimezone(reader, &query));
  LOUPE_RETURN_IF_ERROR(reader.Flag("total", &query.total));
  LOUPE_RETURN_IF_ERROR(reader.Flag("ungrouped", &query.ungrouped));
  LOUPE_RETURN_IF_ERROR(ReadSubtotals(reader, &query));
  LOUPE_RETURN_IF_ERROR(reader.Text("model", &query.model));
  LOUPE_RETURN_IF_ERROR(CheckColumns(reader, query));
  return query;
}

}  // namespace loupe::semantic

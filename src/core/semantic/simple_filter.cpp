#include "core/semantic/simple_filter.hpp"

#include <string_view>
#include <vector>

#include "core/base/nearest.hpp"
#include "core/base/utf8.hpp"

namespace loupe::semantic {
namespace {

// How many values a filter takes.
enum class Values { kNone, kOne, kTwo, kAny };

struct Operator {
  const char* word;
  const char* plain;  // on strings, numbers and booleans
  const char* time;   // on times; null where there is none
  Values values;
};
constexpr Operator kOperators[] = {
    {"eq", "equals", "inDateRange", Values::kOne},
    {"=", "equals", "inDateRange", Values::kOne},
    {"==", "equals", "inDateRange", Values::kOne},
    {"equals", "equals", "inDateRange", Values::kOne},
    {"ne", "notEquals", "notInDateRange", Values::kOne},
    {"neq", "notEquals", "notInDateRange", Values::kOne},
    {"!=", "notEquals", "notInDateRange", Values::kOne},
    {"<>", "notEquals", "notInDateRange", Values::kOne},
    {"gt", "gt", "afterDate", Values::kOne},
    {">", "gt", "afterDate", Values::kOne},
    {"gte", "gte", "afterOrOnDate", Values::kOne},
    {">=", "gte", "afterOrOnDate", Values::kOne},
    {"lt", "lt", "beforeDate", Values::kOne},
    {"<", "lt", "beforeDate", Values::kOne},
    {"lte", "lte", "beforeOrOnDate", Values::kOne},
    {"<=", "lte", "beforeOrOnDate", Values::kOne},
    {"in", "equals", nullptr, Values::kAny},
    {"not_in", "notEquals", nullptr, Values::kAny},
    {"between", "gte", "inDateRange", Values::kTwo},
    {"not_between", "lt", "notInDateRange", Values::kTwo},
    {"contains", "contains", nullptr, Values::kAny},
    {"not_contains", "notContains", nullptr, Values::kAny},
    {"starts_with", "startsWith", nullptr, Values::kAny},
    {"not_starts_with", "notStartsWith", nullptr, Values::kAny},
    {"ends_with", "endsWith", nullptr, Values::kAny},
    {"not_ends_with", "notEndsWith", nullptr, Values::kAny},
    {"is_null", "notSet", "notSet", Values::kNone},
    {"not_null", "set", "set", Values::kNone},
    {"is_not_null", "set", "set", Values::kNone},
};

Result<Operator> ReadOperator(const FieldReader& reader) {
  std::string word;
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("operator", &word));
  const std::string lower = AsciiLower(word);
  std::vector<std::string> words;
  for (const Operator& entry : kOperators) {
    if (lower == entry.word) return entry;
    words.emplace_back(entry.word);
  }
  Status status = reader.ErrorAt("operator", "unknown filter operator \"" + word + "\"");
  return std::move(status).WithHint(NearestNameHint(word, words));
}

Result<Json> ReadValues(const FieldReader& reader, const Json& filter, const Operator& op) {
  const Json* written = filter.Find("value");
  if (written == nullptr) written = filter.Find("values");
  Json values = Json::MakeArray();
  if (op.values == Values::kNone) return values;
  if (written == nullptr) return reader.Error("filter has no \"value\"");
  if (written->IsArray()) {
    values = *written;
  } else {
    values.Append(*written);
  }
  const std::size_t count = values.items().size();
  const bool two = op.values == Values::kTwo;
  if (count != 0 && (!two || count == 2)) return values;
  return reader.ErrorAt("value", "operator \"" + std::string(op.word) + "\" takes " +
                                     (two ? "two values" : "a value") + ", not " +
                                     std::to_string(count));
}

// "between" and "not_between" of values that are no times: two conditions.
Json PairOf(const std::string& member, const Operator& op, const Json& values) {
  const bool inside = std::string_view(op.word) == "between";
  Json low = SimpleCondition(member, op.plain, Json::FromArray({values.items()[0]}));
  Json high = SimpleCondition(member, inside ? "lte" : "gt", Json::FromArray({values.items()[1]}));
  Json both = Json::FromArray({std::move(low), std::move(high)});
  return Json::Of({{inside ? "and" : "or", std::move(both)}});
}

}  // namespace

Json SimpleCondition(const std::string& member, const char* op, Json values) {
  return Json::Of({{"member", member}, {"operator", op}, {"values", std::move(values)}});
}

Result<Json> SimpleFilter(const FieldReader& reader, const Json& filter, const std::string& name,
                          const std::string& member, DimensionType type) {
  LOUPE_ASSIGN_OR_RETURN(const Operator op, ReadOperator(reader));
  LOUPE_ASSIGN_OR_RETURN(Json values, ReadValues(reader, filter, op));
  const bool is_time = type == DimensionType::kTime;
  if (is_time && op.time == nullptr) {
    return Status(Code::kSemanticTypeMismatch, "operator \"" + std::string(op.word) +
                                                   "\" does not fit the time \"" + name + "\"")
        .WithHint("Use \"between\" with two dates, or \"gte\" and \"lt\".")
        .At(reader.PointerTo("operator"));
  }
  if (op.values == Values::kTwo && !is_time) return PairOf(member, op, values);
  return SimpleCondition(member, is_time ? op.time : op.plain, std::move(values));
}

}  // namespace loupe::semantic

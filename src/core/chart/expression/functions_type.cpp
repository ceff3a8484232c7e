// Kinds of values, conversions between them, and objects.
#include <algorithm>
#include <cmath>

#include "core/chart/data/source.hpp"
#include "core/chart/expression/functions.hpp"

namespace loupe::chart {
namespace {

using Kind = Value::Kind;

bool IsValid(const Value& value) {
  return !value.IsNullish() && !(value.IsNumber() && std::isnan(value.ToNumber()));
}

bool IsBlank(const Value& value) {
  return value.IsNullish() || (value.IsText() && value.json().AsString().empty());
}

Result<Value> ToBoolean(const Arguments& arguments) {
  const Value& value = arguments[0];
  if (IsBlank(value)) return Value(Json());
  const bool off = value.IsText() && (value.ToText() == "false" || value.ToText() == "0");
  return Value(Json(!off && value.ToBool()));
}

Result<Value> ToDate(const Arguments& arguments) {
  const Value& value = arguments[0];
  if (IsBlank(value)) return Value(Json());
  if (value.IsNumber()) return Value(value.json());
  if (value.kind() == Kind::kDate) return value;
  const std::optional<double> time = ParseTimeText(value.ToText());
  return Value(Json(time.value_or(std::nan(""))));
}

Result<Value> ToNumber(const Arguments& arguments) {
  return Value(IsBlank(arguments[0]) ? Json() : Json(arguments.Number(0)));
}

Result<Value> ToString(const Arguments& arguments) {
  return Value(IsBlank(arguments[0]) ? Json() : Json(arguments.Text(0)));
}

// The members of all arguments; later ones win.
Result<Value> Merge(const Arguments& arguments) {
  Json merged = Json::MakeObject();
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const Json& object = arguments[i].json();
    if (!object.IsObject()) continue;
    LOUPE_RETURN_IF_ERROR(arguments.evaluation().Build(WeightOf(object)));
    for (const Json::Member& member : object.members()) {
      LOUPE_RETURN_IF_ERROR(arguments.evaluation().Step(1 + merged.members().size() / 16));
      merged.Set(member.name, member.value);
    }
  }
  return Value(std::move(merged));
}

template <bool (*kTest)(const Value&)>
Result<Value> Test(const Arguments& arguments) {
  return Value(Json(kTest(arguments[0])));
}

bool IsDefined(const Value& value) { return !value.IsUndefined(); }
bool IsArray(const Value& value) { return value.IsList(); }
bool IsBoolean(const Value& value) { return value.IsBool(); }
bool IsDate(const Value& value) { return value.kind() == Kind::kDate; }
bool IsNumber(const Value& value) { return value.IsNumber(); }
bool IsObject(const Value& value) { return value.IsObject(); }
bool IsRegExp(const Value& value) { return value.kind() == Kind::kPattern; }
bool IsString(const Value& value) { return value.IsText(); }

}  // namespace

const std::vector<FunctionEntry>& TypeFunctions() {
  static const std::vector<FunctionEntry> kFunctions = {
      {"isArray", 0, Test<IsArray>},   {"isBoolean", 0, Test<IsBoolean>},
      {"isDate", 0, Test<IsDate>},     {"isDefined", 0, Test<IsDefined>},
      {"isNumber", 0, Test<IsNumber>}, {"isObject", 0, Test<IsObject>},
      {"isRegExp", 0, Test<IsRegExp>}, {"isString", 0, Test<IsString>},
      {"isValid", 0, Test<IsValid>},   {"toBoolean", 0, ToBoolean},
      {"toDate", 0, ToDate},           {"toNumber", 0, ToNumber},
      {"toString", 0, ToString},       {"merge", 0, Merge}};
  return kFunctions;
}

}  // namespace loupe::chart

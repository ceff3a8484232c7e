// Lists, and what lists and texts have in common.
#include <algorithm>
#include <cmath>

#include "core/chart/data/field_path.hpp"
#include "core/chart/expression/functions.hpp"
#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

using List = const Json::Array*;

Result<Value> Built(Json::Array items, const Arguments& arguments) {
  Json list = Json::FromArray(std::move(items));
  LOUPE_RETURN_IF_ERROR(arguments.evaluation().Build(WeightOf(list)));
  return Value(std::move(list));
}

// A position as slice and its kin take it: from the end where negative, within [0, size].
std::size_t Position(const Value& value, std::size_t size, std::size_t fallback) {
  if (value.IsUndefined()) return fallback;
  double at = std::trunc(value.ToNumber());
  if (std::isnan(at)) at = 0;
  const auto length = static_cast<double>(size);
  if (at < 0) at += length;
  return static_cast<std::size_t>(std::clamp(at, 0.0, length));
}

Result<Value> Length(const Arguments& arguments) { return arguments[0].Member("length"); }

Result<Value> Extent(const Arguments& arguments) {
  Value low;
  Value high;
  const Value& list = arguments[0];
  if (list.IsList()) {
    LOUPE_RETURN_IF_ERROR(arguments.evaluation().Step(list.json().items().size()));
    for (const Json& item : list.json().items()) {
      const bool blank = item.IsNull() || (item.IsNumber() && std::isnan(item.AsDouble()));
      if (blank) continue;
      if (low.IsUndefined()) low = high = Value::Borrow(item);
      if (CompareValues(Value::Borrow(item), low) == -1) low = Value::Borrow(item);
      if (CompareValues(Value::Borrow(item), high) == 1) high = Value::Borrow(item);
    }
  }
  return Built({std::move(low).ToJson(), std::move(high).ToJson()}, arguments);
}

Value First(const Value& list) { return list.Member("0"); }
Value Last(const Value& list) {
  const bool empty = !list.IsList() || list.json().items().empty();
  return empty ? Value() : list.Member(std::to_string(list.json().items().size() - 1));
}

Result<Value> ClampRange(const Arguments& arguments) {
  LOUPE_ASSIGN_OR_RETURN(const List range, arguments.List(0));
  if (range->size() < 2) return arguments.Refuse("takes a list of two numbers");
  const double a = ExpressionNumber((*range)[0]);
  const double b = ExpressionNumber((*range)[1]);
  const double span = std::fabs(b - a);
  const double min = arguments.Number(1);
  const double max = arguments.Number(2);
  if (span >= max - min) return Built({Json(min), Json(max)}, arguments);
  const double low = std::min(std::max(std::min(a, b), min), max - span);
  return Built({Json(low), Json(low + span)}, arguments);
}

// Tells whether a value lies between a list's first and last; arguments three and four say whether
// the ends belong.
Result<Value> InRange(const Arguments& arguments) {
  LOUPE_RETURN_IF_ERROR(arguments.List(1).status());
  Value low = First(arguments[1]);
  Value high = Last(arguments[1]);
  if (CompareValues(low, high) == 1) std::swap(low, high);
  const auto within = [](const Value& a, const Value& b, const Value& closed) {
    const int order = CompareValues(a, b);
    return order == -1 || (order == 0 && (closed.IsUndefined() || closed.ToBool()));
  };
  return Value(
      Json(within(low, arguments[0], arguments[2]) && within(arguments[0], high, arguments[3])));
}

Result<Value> IndexInText(const Arguments& arguments, bool last) {
  const std::string& text = arguments[0].json().AsString();
  const std::string part = arguments.Text(1);
  LOUPE_RETURN_IF_ERROR(arguments.evaluation().Step(1 + text.size() / 16));
  const std::size_t size = CodePointCount(text);
  const Value& from = arguments[2];
  std::size_t at = std::string::npos;
  if (last) {
    const double start = from.IsUndefined() ? static_cast<double>(size) : from.ToNumber();
    const double limit = std::isnan(start) ? static_cast<double>(size) : std::max(start, 0.0);
    at = text.rfind(part, ByteOfCodePoint(text, static_cast<std::size_t>(
                                                    std::min(limit, static_cast<double>(size)))));
  } else {
    const double start = from.IsUndefined() ? 0 : std::max(from.ToNumber(), 0.0);
    const double limit = std::isnan(start) ? 0 : std::min(start, static_cast<double>(size));
    at = text.find(part, ByteOfCodePoint(text, static_cast<std::size_t>(limit)));
  }
  if (at == std::string::npos) return Value(Json(-1));
  return Value(Json(static_cast<std::int64_t>(CodePointCount(text.substr(0, at)))));
}

Result<Value> IndexOf(const Arguments& arguments) {
  if (arguments[0].IsText()) return IndexInText(arguments, false);
  LOUPE_ASSIGN_OR_RETURN(const List list, arguments.List(0));
  LOUPE_RETURN_IF_ERROR(arguments.evaluation().Step(list->size()));
  for (std::size_t i = Position(arguments[2], list->size(), 0); i < list->size(); ++i) {
    if (!StrictEquals(Value::Borrow((*list)[i]), arguments[1])) continue;
    return Value(Json(static_cast<std::int64_t>(i)));
  }
  return Value(Json(-1));
}

Result<Value> LastIndexOf(const Arguments& arguments) {
  if (arguments[0].IsText()) return IndexInText(arguments, true);
  LOUPE_ASSIGN_OR_RETURN(const List list, arguments.List(0));
  LOUPE_RETURN_IF_ERROR(arguments.evaluation().Step(list->size()));
  const double from = arguments[2].IsUndefined() ? -1 : std::trunc(arguments.Number(2));
  if (from < -static_cast<double>(list->size())) return Value(Json(-1));
  const std::size_t end = Position(Value(Json(from)), list->size(), 0) + 1;
  for (std::size_t i = std::min(end, list->size()); i-- > 0;) {
    if (!StrictEquals(Value::Borrow((*list)[i]), arguments[1])) continue;
    return Value(Json(static_cast<std::int64_t>(i)));
  }
  return Value(Json(-1));
}

Result<Value> Join(const Arguments& arguments) {
  LOUPE_ASSIGN_OR_RETURN(const List list, arguments.List(0));
  const std::string between = arguments[1].IsUndefined() ? "," : arguments.Text(1);
  std::string text;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const Json& item = (*list)[i];
    const std::string part = item.IsNull() ? "" : ExpressionText(item);
    if (text.size() + between.size() + part.size() > kMaxExpressionValue) {
      LOUPE_RETURN_IF_ERROR(
          arguments.evaluation().Build(text.size() + between.size() + part.size()));
    }
    if (i > 0) text += between;
    text += part;
  }
  LOUPE_RETURN_IF_ERROR(arguments.evaluation().Build(text.size()));
  return Value(Json(std::move(text)));
}

Result<Value> Lerp(const Arguments& arguments) {
  LOUPE_RETURN_IF_ERROR(arguments.List(0).status());
  const double fraction = arguments.Number(1);
  Value low = First(arguments[0]);
  Value high = Last(arguments[0]);
  if (high.IsUndefined() || fraction == 0 || std::isnan(fraction)) return low;
  if (fraction == 1) return high;
  return Value(Json(low.ToNumber() + fraction * (high.ToNumber() - low.ToNumber())));
}

// Piecewise-linear between the items, which lie in equal steps from 0 to 1.
Result<Value> InterpolateLinear(const Arguments& arguments) {
  LOUPE_ASSIGN_OR_RETURN(const List list, arguments.List(0));
  const double fraction = arguments.Number(1);
  if (list->size() < 2 || !(fraction > 0)) return First(arguments[0]);
  if (fraction >= 1) return Last(arguments[0]);
  const double position = fraction * static_cast<double>(list->size() - 1);
  const auto index = static_cast<std::size_t>(position);
  const double a = ExpressionNumber((*list)[index]);
  const double b = ExpressionNumber((*list)[index + 1]);
  return Value(Json(a + (position - std::floor(position)) * (b - a)));
}

Result<Value> Peek(const Arguments& arguments) {
  LOUPE_RETURN_IF_ERROR(arguments.List(0).status());
  return Last(arguments[0]);
}

// The member of each item of a list, or of one object; the name is a path.
Result<Value> Pluck(const Arguments& arguments) {
  const std::vector<std::string> path = SplitFieldPath(arguments.Text(1));
  const auto read = [&path](const Json& item) {
    const Json* member = WalkFieldPath(item, path, 0);
    return member == nullptr ? Json() : *member;
  };
  const Json& from = arguments[0].json();
  if (!from.IsArray()) return Value(read(from));
  Json::Array items;
  for (const Json& item : from.items()) {
    LOUPE_RETURN_IF_ERROR(arguments.evaluation().Step());
    Json member = read(item);
    LOUPE_RETURN_IF_ERROR(arguments.evaluation().Build(WeightOf(member)));
    items.push_back(std::move(member));
  }
  return Built(std::move(items), arguments);
}

Result<Value> Reverse(const Arguments& arguments) {
  LOUPE_ASSIGN_OR_RETURN(const List list, arguments.List(0));
  return Built(Json::Array(list->rbegin(), list->rend()), arguments);
}

Result<Value> Slice(const Arguments& arguments) {
  if (arguments[0].IsText()) {
    const std::string& text = arguments[0].json().AsString();
    const std::size_t size = CodePointCount(text);
    const std::size_t begin = Position(arguments[1], size, 0);
    const std::size_t end = std::max(begin, Position(arguments[2], size, size));
    const std::size_t from = ByteOfCodePoint(text, begin);
    LOUPE_RETURN_IF_ERROR(arguments.evaluation().Build(end - begin));
    return Value(Json(text.substr(from, ByteOfCodePoint(text, end) - from)));
  }
  LOUPE_ASSIGN_OR_RETURN(const List list, arguments.List(0));
  const std::size_t begin = Position(arguments[1], list->size(), 0);
  const std::size_t end = std::max(begin, Position(arguments[2], list->size(), list->size()));
  const auto at = [&](std::size_t index) {
    return list->begin() + static_cast<std::ptrdiff_t>(index);
  };
  return Built(Json::Array(at(begin), at(end)), arguments);
}

// sequence(stop), sequence(start, stop), sequence(start, stop, step).
Result<Value> Sequence(const Arguments& arguments) {
  const bool one = arguments.size() < 2;
  const double start = one ? 0 : arguments.Number(0);
  const double stop = arguments.Number(one ? 0 : 1);
  const double step = arguments.size() < 3 ? 1 : arguments.Number(2);
  double count = std::ceil((stop - start) / step);
  if (!(count > 0)) count = 0;
  if (count > static_cast<double>(kMaxExpressionValue)) count = kMaxExpressionValue;
  LOUPE_RETURN_IF_ERROR(
      arguments.evaluation().Build(static_cast<std::size_t>(count) * sizeof(Json)));
  Json::Array items;
  items.reserve(static_cast<std::size_t>(count));
  for (double i = 0; i < count; ++i) items.emplace_back(start + i * step);
  return Value(Json::FromArray(std::move(items)));
}

Result<Value> Span(const Arguments& arguments) {
  const double span = Last(arguments[0]).ToNumber() - First(arguments[0]).ToNumber();
  return Value(Json(std::isnan(span) ? 0 : span));
}

// Ascending: null, then NaN, then the rest; texts by code points where all are texts, and by their
// numbers where some are not.
Result<Value> Sort(const Arguments& arguments) {
  LOUPE_ASSIGN_OR_RETURN(const List list, arguments.List(0));
  LOUPE_RETURN_IF_ERROR(arguments.evaluation().Step(list->size() * 16));
  const bool texts = std::all_of(list->begin(), list->end(),
                                 [](const Json& item) { return item.IsString() || item.IsNull(); });
  struct Key {
    int rank;
    double number;
    const Json* item;
  };
  std::vector<Key> keys;
  for (const Json& item : *list) {
    const double number = texts ? 0 : ExpressionNumber(item);
    keys.push_back({item.IsNull() ? 0 : std::isnan(number) ? 1 : 2, number, &item});
  }
  std::stable_sort(keys.begin(), keys.end(), [texts](const Key& a, const Key& b) {
    if (a.rank != b.rank || a.rank < 2) return a.rank < b.rank;
    return texts ? a.item->AsString() < b.item->AsString() : a.number < b.number;
  });
  Json::Array items;
  for (const Key& key : keys) items.push_back(*key.item);
  return Built(std::move(items), arguments);
}

}  // namespace

const std::vector<FunctionEntry>& ListFunctions() {
  static const std::vector<FunctionEntry> kFunctions = {{"length", 1, Length},
                                                        {"extent", 1, Extent},
                                                        {"clampRange", 3, ClampRange},
                                                        {"inrange", 2, InRange},
                                                        {"indexof", 1, IndexOf},
                                                        {"lastindexof", 1, LastIndexOf},
                                                        {"join", 1, Join},
                                                        {"lerp", 2, Lerp},
                                                        {"interpolateLinear", 2, InterpolateLinear},
                                                        {"peek", 1, Peek},
                                                        {"pluck", 2, Pluck},
                                                        {"reverse", 1, Reverse},
                                                        {"slice", 1, Slice},
                                                        {"sequence", 1, Sequence},
                                                        {"span", 1, Span},
                                                        {"sort", 1, Sort}};
  return kFunctions;
}

}  // namespace loupe::chart

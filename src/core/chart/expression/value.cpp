#include "core/chart/expression/value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "core/base/number_format.hpp"
#include "core/base/time_format.hpp"
#include "core/base/utf8.hpp"
#include "core/chart/expression/expression.hpp"

namespace loupe::chart {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

bool IsSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0D) || c == ' ' || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000 || c == 0xFEFF;
}

double RadixNumber(std::string_view digits, int radix) {
  double number = digits.empty() ? kNaN : 0;
  for (const char c : digits) {
    int digit = -1;
    (void)std::from_chars(&c, &c + 1, digit, radix);
    if (digit < 0) return kNaN;
    number = number * radix + digit;
  }
  return number;
}

// What a decimal text beyond the range of a double stands for.
double OutOfRange(std::string_view text) {
  const std::size_t exponent = text.find_first_of("eE");
  const bool tiny = exponent == std::string_view::npos
                        ? text.substr(0, 1) != "." ? text[0] == '0' : true
                        : text[exponent + 1] == '-';
  return tiny ? 0 : kInfinity;
}

double TextToNumber(std::string_view text) {
  text = TrimmedText(text);
  if (text.empty()) return 0;
  if (text.size() > 1 && text[0] == '0') {
    const char mark = text[1];
    if (mark == 'x' || mark == 'X') return RadixNumber(text.substr(2), 16);
    if (mark == 'o' || mark == 'O') return RadixNumber(text.substr(2), 8);
    if (mark == 'b' || mark == 'B') return RadixNumber(text.substr(2), 2);
  }
  const double sign = text[0] == '-' ? -1 : 1;
  if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
  if (text == "Infinity") return sign * kInfinity;
  const bool digits = !text.empty() && ((text[0] >= '0' && text[0] <= '9') || text[0] == '.');
  if (!digits) return kNaN;
  double number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  if (end.ptr != text.data() + text.size() || end.ec == std::errc::invalid_argument) return kNaN;
  if (end.ec == std::errc::result_out_of_range) number = OutOfRange(text);
  return sign * number;
}

std::string DateText(double millis) {
  if (std::isnan(millis)) return "Invalid Date";
  return FormatTime("%a %b %d %Y %H:%M:%S GMT+0000 (Coordinated Universal Time)",
                    static_cast<std::int64_t>(millis));
}

// ToPrimitive, with dates as numbers.
Value Primitive(const Value& value) {
  if (value.kind() == Value::Kind::kDate) return Json(value.ToNumber());
  if (value.IsObject()) return Json(value.ToText());
  return value.borrowed() != nullptr ? Value::Borrow(*value.borrowed()) : value;
}

}  // namespace

bool Truthy(const Json& value) {
  if (value.IsNull()) return false;
  if (value.IsBool()) return value.AsBool();
  if (value.IsNumber()) return value.AsDouble() != 0 && !std::isnan(value.AsDouble());
  return !value.IsString() || !value.AsString().empty();
}

std::string ExpressionText(const Json& value) {
  if (value.IsNull()) return "null";
  if (value.IsBool()) return value.AsBool() ? "true" : "false";
  if (value.IsNumber()) return NumberToText(value.AsDouble());
  if (value.IsString()) return value.AsString();
  if (value.IsObject()) return "[object Object]";
  std::string text;
  for (const Json& item : value.items()) {
    if (&item != &value.items().front()) text.push_back(',');
    if (!item.IsNull()) text += ExpressionText(item);
  }
  return text;
}

double ExpressionNumber(const Json& value) {
  if (value.IsNumber()) return value.AsDouble();
  if (value.IsNull()) return 0;
  if (value.IsBool()) return value.AsBool() ? 1 : 0;
  if (value.IsObject()) return kNaN;
  return value.IsString() ? TextToNumber(value.AsString()) : TextToNumber(ExpressionText(value));
}

Value Value::Borrow(const Json& json) {
  Value value;
  value.kind_ = Kind::kJson;
  value.borrowed_ = &json;
  return value;
}

Value Value::Date(double millis) {
  Value value{Json(millis)};
  value.kind_ = Kind::kDate;
  return value;
}

Value Value::OfPattern(std::shared_ptr<const Pattern> pattern) {
  Value value;
  value.kind_ = Kind::kPattern;
  value.pattern_ = std::move(pattern);
  return value;
}

Value Value::Color(Json components, std::string css) {
  Value value(std::move(components));
  value.kind_ = Kind::kColor;
  value.css_ = std::make_shared<const std::string>(std::move(css));
  return value;
}

bool Value::IsObject() const {
  if (kind_ == Kind::kJson) return json().IsArray() || json().IsObject();
  return kind_ != Kind::kUndefined;
}

bool Value::ToBool() const {
  return kind_ == Kind::kJson ? Truthy(json()) : kind_ != Kind::kUndefined;
}

double Value::ToNumber() const {
  if (kind_ == Kind::kJson) return ExpressionNumber(json());
  return kind_ == Kind::kDate ? json().AsDouble() : kNaN;
}

std::int32_t Value::ToInt32() const {
  const double number = ToNumber();
  if (!std::isfinite(number)) return 0;
  double wrapped = std::fmod(std::trunc(number), 4294967296.0);
  if (wrapped < 0) wrapped += 4294967296.0;
  return static_cast<std::int32_t>(static_cast<std::uint32_t>(wrapped));
}

std::string Value::ToText() const {
  switch (kind_) {
    case Kind::kUndefined:
      return "undefined";
    case Kind::kJson:
      return ExpressionText(json());
    case Kind::kDate:
      return DateText(json().AsDouble());
    case Kind::kPattern:
      return pattern_->text();
    case Kind::kColor:
      return *css_;
  }
  return {};
}

Json Value::ToJson() && {
  if (kind_ == Kind::kPattern) return pattern_->text();
  if (kind_ == Kind::kColor) return *css_;
  if (borrowed_ != nullptr) return *borrowed_;
  return std::move(own_);
}

Value Value::Member(std::string_view name) const {
  if (kind_ != Kind::kJson && kind_ != Kind::kColor) return {};
  const Json& value = json();
  const Json* member = nullptr;
  if (value.IsObject()) {
    member = value.Find(name);
  } else if (value.IsArray() || value.IsString()) {
    const bool text = value.IsString();
    if (name == "length") {
      const std::size_t length = text ? CodePointCount(value.AsString()) : value.items().size();
      return Json(static_cast<std::int64_t>(length));
    }
    std::size_t index = 0;
    const auto end = std::from_chars(name.data(), name.data() + name.size(), index);
    const bool canonical = name.size() == 1 || name.substr(0, 1) != "0";
    if (end.ec != std::errc() || end.ptr != name.data() + name.size() || !canonical) return {};
    if (text) {
      const std::string& all = value.AsString();
      const std::size_t at = ByteOfCodePoint(all, index);
      if (at == all.size()) return {};
      return Json(all.substr(at, ByteOfCodePoint(std::string_view(all).substr(at), 1)));
    }
    if (index < value.items().size()) member = &value.items()[index];
  }
  if (member == nullptr) return {};
  return borrowed_ != nullptr ? Borrow(*member) : Value(*member);
}

bool StrictEquals(const Value& a, const Value& b) {
  const bool dates = a.kind() == Value::Kind::kDate || b.kind() == Value::Kind::kDate;
  const bool times = dates && (a.IsNumber() || a.kind() == Value::Kind::kDate) &&
                     (b.IsNumber() || b.kind() == Value::Kind::kDate);
  if (times || (a.IsNumber() && b.IsNumber())) return a.ToNumber() == b.ToNumber();
  if (a.IsUndefined() || b.IsUndefined()) return a.IsUndefined() && b.IsUndefined();
  if (a.IsObject() || b.IsObject()) {
    if (a.pattern() != nullptr) return a.pattern() == b.pattern();
    return a.borrowed() != nullptr && a.borrowed() == b.borrowed();
  }
  return a.json() == b.json();
}

bool LooseEquals(const Value& a, const Value& b) {
  if (a.IsNullish() || b.IsNullish()) return a.IsNullish() && b.IsNullish();
  if (a.IsObject() && b.IsObject()) return StrictEquals(a, b);
  const Value left = Primitive(a);
  const Value right = Primitive(b);
  if (left.IsText() && right.IsText()) return left.json().AsString() == right.json().AsString();
  return left.ToNumber() == right.ToNumber();
}

int CompareValues(const Value& a, const Value& b) {
  const Value left = Primitive(a);
  const Value right = Primitive(b);
  if (left.IsText() && right.IsText()) {
    const int order = left.json().AsString().compare(right.json().AsString());
    return order < 0 ? -1 : order > 0 ? 1 : 0;
  }
  const double x = left.ToNumber();
  const double y = right.ToNumber();
  if (std::isnan(x) || std::isnan(y)) return 2;
  return x < y ? -1 : x > y ? 1 : 0;
}

std::size_t WeightOf(const Json& json) {
  std::size_t weight = sizeof(Json);
  if (json.IsString()) return weight + json.AsString().size();
  if (json.IsArray()) {
    for (const Json& item : json.items()) weight += WeightOf(item);
  } else if (json.IsObject()) {
    for (const Json::Member& member : json.members()) {
      weight += sizeof(Json::Member) + member.name.size() + WeightOf(member.value);
    }
  }
  return weight;
}

std::string_view TrimmedText(std::string_view text) {
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (IsSpace(NextCodePoint(text, &at))) continue;
    begin = std::min(begin, start);
    end = at;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

std::size_t LeadingSpace(std::string_view text) {
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size() && IsSpace(NextCodePoint(text, &at));) end = at;
  return end;
}

std::size_t CodePointCount(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::size_t ByteOfCodePoint(std::string_view text, std::size_t index) {
  std::size_t at = 0;
  for (; index > 0 && at < text.size(); --index) (void)NextCodePoint(text, &at);
  return at;
}

}  // namespace loupe::chart

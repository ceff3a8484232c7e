// A value while an expression runs: JSON, and the kinds of ECMAScript that JSON has no words for.
//
// Data, parameters and literals are borrowed, so that reading a long text or list copies nothing.
//
// Tested by test/unit/chart_expression_test.cpp.
#ifndef LOUPE_CORE_CHART_EXPRESSION_VALUE_HPP
#define LOUPE_CORE_CHART_EXPRESSION_VALUE_HPP

#include <memory>
#include <string>
#include <string_view>

#include "core/base/json.hpp"
#include "core/chart/expression/pattern.hpp"

namespace loupe::chart {

class Value {
 public:
  enum class Kind {
    kUndefined,
    kJson,
    kDate,     // json() is the time in milliseconds, NaN for an invalid one
    kPattern,  // a regular expression
    kColor     // json() is an object of components; its text is CSS
  };

  Value() = default;                                               // undefined
  Value(Json json) : kind_(Kind::kJson), own_(std::move(json)) {}  // NOLINT
  // Refers to `json`, which outlives the evaluation.
  static Value Borrow(const Json& json);
  static Value Date(double millis);
  static Value OfPattern(std::shared_ptr<const Pattern> pattern);
  static Value Color(Json components, std::string css);

  [[nodiscard]] Kind kind() const { return kind_; }
  [[nodiscard]] const Json& json() const { return borrowed_ != nullptr ? *borrowed_ : own_; }
  [[nodiscard]] const Json* borrowed() const { return borrowed_; }
  [[nodiscard]] const Pattern* pattern() const { return pattern_.get(); }

  [[nodiscard]] bool IsUndefined() const { return kind_ == Kind::kUndefined; }
  [[nodiscard]] bool IsNullish() const {
    return IsUndefined() || (kind_ == Kind::kJson && json().IsNull());
  }
  [[nodiscard]] bool IsText() const { return kind_ == Kind::kJson && json().IsString(); }
  [[nodiscard]] bool IsNumber() const { return kind_ == Kind::kJson && json().IsNumber(); }
  [[nodiscard]] bool IsBool() const { return kind_ == Kind::kJson && json().IsBool(); }
  [[nodiscard]] bool IsList() const { return kind_ == Kind::kJson && json().IsArray(); }
  // Objects in ECMAScript's sense: lists, dates and regular expressions too.
  [[nodiscard]] bool IsObject() const;

  // ToBoolean, ToNumber, ToInt32, ToString.
  [[nodiscard]] bool ToBool() const;
  [[nodiscard]] double ToNumber() const;
  [[nodiscard]] std::int32_t ToInt32() const;
  [[nodiscard]] std::string ToText() const;
  // What is left when the value enters a list, an object or a result.
  [[nodiscard]] Json ToJson() &&;

  // Member or item; undefined when there is none. "length" counts items and code points.
  [[nodiscard]] Value Member(std::string_view name) const;

 private:
  Kind kind_ = Kind::kUndefined;
  Json own_;
  const Json* borrowed_ = nullptr;
  std::shared_ptr<const Pattern> pattern_;
  std::shared_ptr<const std::string> css_;
};

[[nodiscard]] bool StrictEquals(const Value& a, const Value& b);
[[nodiscard]] bool LooseEquals(const Value& a, const Value& b);
// Less, equal, greater as -1, 0, 1, texts by code points; 2 where a number is NaN.
[[nodiscard]] int CompareValues(const Value& a, const Value& b);

// Bytes that a copy of the value takes up, roughly.
[[nodiscard]] std::size_t WeightOf(const Json& json);

// Text without ECMAScript's white space at its ends.
[[nodiscard]] std::string_view TrimmedText(std::string_view text);
// Bytes of the white space at its start.
[[nodiscard]] std::size_t LeadingSpace(std::string_view text);
[[nodiscard]] std::size_t CodePointCount(std::string_view text);
// Byte at which code point `index` begins; the size of the text beyond its end.
[[nodiscard]] std::size_t ByteOfCodePoint(std::string_view text, std::size_t index);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_EXPRESSION_VALUE_HPP

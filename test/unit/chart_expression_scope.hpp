// A row and parameters for the tests of expressions and predicates.
#ifndef LOUPE_TEST_UNIT_CHART_EXPRESSION_SCOPE_HPP
#define LOUPE_TEST_UNIT_CHART_EXPRESSION_SCOPE_HPP

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "core/chart/expression/expression.hpp"

namespace loupe::chart {

class TestScope : public Scope {
 public:
  explicit TestScope(Json row, Json parameters = Json::MakeObject())
      : row_(std::move(row)), parameters_(std::move(parameters)) {}
  [[nodiscard]] const Json* Field(std::string_view name) const override { return row_.Find(name); }
  [[nodiscard]] Json Datum() const override { return row_; }
  [[nodiscard]] const Json* Signal(std::string_view name) const override {
    return parameters_.Find(name);
  }

 private:
  Json row_;
  Json parameters_;
};

inline TestScope SampleScope() {
  const Result<Json> row = ParseJson(
      R"({"a": 3, "s": "abc", "none": null, "list": [3, 1, 2], "o": {"b": {"c": 7}}, "a.b": 5,
          "t": true, "key": "a"})");
  return TestScope(row.value(), Json::Of({{"width", 200}, {"limit", 2}}));
}

inline Result<Json> TryEvaluate(std::string_view text) {
  const Result<Expression> expression = Expression::Parse(text, "/x");
  if (!expression.ok()) return expression.status();
  ExpressionBudget budget;
  return expression.value().Evaluate(SampleScope(), Context(), &budget);
}

// The value's JSON, NaN and Infinity as ECMAScript writes them, or the error.
inline std::string Evaluated(std::string_view text) {
  const Result<Json> value = TryEvaluate(text);
  if (!value.ok()) return "error: " + value.status().message();
  return value.value().IsNumber() ? ExpressionText(value.value()) : value.value().Dump();
}

}  // namespace loupe::chart

#endif  // LOUPE_TEST_UNIT_CHART_EXPRESSION_SCOPE_HPP

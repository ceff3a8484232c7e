// The functions that an expression may call, in families of one file each.
//
// A missing argument is undefined, and spare ones are dropped, as in ECMAScript, but for the bounds
// that an entry states.
//
// Tested by test/unit/chart_expression_function_test.cpp.
#ifndef LOUPE_CORE_CHART_EXPRESSION_FUNCTIONS_HPP
#define LOUPE_CORE_CHART_EXPRESSION_FUNCTIONS_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/status.hpp"
#include "core/chart/expression/expression.hpp"
#include "core/chart/expression/value.hpp"

namespace loupe::chart {

// One evaluation: where names come from, and what it may still use up.
class Evaluation {
 public:
  Evaluation(const Scope& scope, const Context& context, ExpressionBudget* budget)
      : scope_(scope), context_(context), budget_(budget) {}

  [[nodiscard]] const Scope& scope() const { return scope_; }

  // Counts work done, and polls. Errors: kLimitExceeded.
  Status Step(std::size_t steps = 1);
  // Counts a value of `bytes` before it is built. Errors: kLimitExceeded, for one value or for all.
  Status Build(std::size_t bytes);
  // The next random number of [0, 1).
  double Random();

 private:
  const Scope& scope_;
  const Context& context_;
  ExpressionBudget* budget_;
};

// The arguments of one call.
class Arguments {
 public:
  Arguments(std::string_view function, std::vector<Value> values, Evaluation* evaluation)
      : function_(function), values_(std::move(values)), evaluation_(evaluation) {}

  [[nodiscard]] std::size_t size() const { return values_.size(); }
  [[nodiscard]] const Value& operator[](std::size_t index) const {
    return index < values_.size() ? values_[index] : undefined_;
  }
  [[nodiscard]] double Number(std::size_t index) const { return (*this)[index].ToNumber(); }
  // The number, or `fallback` where the argument is null or undefined.
  [[nodiscard]] double NumberOr(std::size_t index, double fallback) const {
    return (*this)[index].IsNullish() ? fallback : Number(index);
  }
  [[nodiscard]] std::string Text(std::size_t index) const { return (*this)[index].ToText(); }
  [[nodiscard]] Evaluation& evaluation() const { return *evaluation_; }

  // The list at `index`. Errors: kChartInvalidSpec naming the function.
  Result<const Json::Array*> List(std::size_t index) const;
  // An error of kChartInvalidSpec: "function \"pad\" cannot take …".
  [[nodiscard]] Status Refuse(const std::string& reason) const;

 private:
  std::string_view function_;
  std::vector<Value> values_;
  Value undefined_;
  Evaluation* evaluation_;
};

struct FunctionEntry {
  std::string_view name;
  std::size_t least = 0;  // arguments
  Result<Value> (*run)(const Arguments& arguments) = nullptr;
};

// The families.
[[nodiscard]] const std::vector<FunctionEntry>& MathFunctions();
[[nodiscard]] const std::vector<FunctionEntry>& StatisticsFunctions();
[[nodiscard]] const std::vector<FunctionEntry>& DateFunctions();
[[nodiscard]] const std::vector<FunctionEntry>& ListFunctions();
[[nodiscard]] const std::vector<FunctionEntry>& TextFunctions();
[[nodiscard]] const std::vector<FunctionEntry>& TypeFunctions();
[[nodiscard]] const std::vector<FunctionEntry>& ColorFunctions();

// The function of that name. Errors: kChartNotSupported for Vega's functions that need scales, data
// or a view; kChartInvalidSpec with the nearest name for others.
[[nodiscard]] Result<const FunctionEntry*> FindFunction(std::string_view name);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_EXPRESSION_FUNCTIONS_HPP

// Expressions in Vega's language, as "calculate", "filter" and "expr" speak it:
//
//   Expression::Parse("datum.price * 2 > limit ? 'dear' : 'cheap'", "/transform/0/calculate")
//   fields()   "price"
//   signals()  "limit"
//
// The language is an expression of ECMAScript 5.1 without assignments, "new", "this" and functions
// of one's own; calls reach the functions of functions.hpp alone. Values and their conversions are
// those of ECMAScript, with these simplifications. Texts are counted, cut and ordered by code
// points, not by UTF-16 units. Dates compare by their time, and are numbers as soon as they enter a
// list, an object or a result: milliseconds since 1970, where every clock is UTC. A member of null
// is undefined, not an error. Random numbers come from the generator that Vega offers for
// repeatable pictures (multiplier 1103515245, increment 12345, modulus 2^31 - 1), whose state is
// the budget's.
//
//   text -> tokens (lexer) -> tree (parser, depth-limited) -> value (evaluator, budgeted)
//
// Tested by test/unit/chart_expression_test.cpp and test/unit/chart_expression_function_test.cpp.
#ifndef LOUPE_CORE_CHART_EXPRESSION_EXPRESSION_HPP
#define LOUPE_CORE_CHART_EXPRESSION_EXPRESSION_HPP

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/json.hpp"
#include "core/base/number_format.hpp"
#include "core/base/status.hpp"
#include "core/base/time_format.hpp"

namespace loupe::chart {

struct ExpressionNode;

// Where `datum` and free names come from while an expression runs. What a pointer points to stays
// as it is until Evaluate returns.
class Scope {
 public:
  virtual ~Scope() = default;
  // Member of datum; null when missing.
  [[nodiscard]] virtual const Json* Field(std::string_view name) const = 0;
  // The whole row as an object, where datum itself is used as a value.
  [[nodiscard]] virtual Json Datum() const = 0;
  // A parameter or signal ("width", "height", parameters of the spec); null when unknown.
  [[nodiscard]] virtual const Json* Signal(std::string_view name) const = 0;
  // How format(), timeFormat() and the functions of names write; en-US unless a scope says else.
  [[nodiscard]] virtual const NumberLocale& numbers() const { return EnglishNumbers(); }
  [[nodiscard]] virtual const TimeLocale& times() const { return EnglishTimes(); }
};

// What the expressions of a chart have used up so far, all rows together: nodes evaluated and steps
// of inner loops, and bytes of texts, lists and objects built. Limits: kMaxExpressionSteps and
// kMaxExpressionBytes of limits.hpp.
struct ExpressionBudget {
  std::size_t steps = 0;
  std::size_t bytes = 0;
  double random_state = 42;  // of the generator of random numbers
};

// A parsed expression. Immutable, cheap to copy, safe to evaluate from several threads.
class Expression {
 public:
  // Errors: kChartInvalidSpec (offset in the detail; the nearest name as hint where a function is
  // not known), kChartNotSupported for functions that need scales, data or a view, kLimitExceeded
  // beyond kMaxExpressionText bytes or kMaxExpressionDepth levels.
  static Result<Expression> Parse(std::string_view text, const std::string& pointer);

  // The value for one row. undefined gives null, a date its milliseconds, a regular expression its
  // source text; numbers may be NaN or infinite. Errors: kLimitExceeded (a budget),
  // kChartInvalidSpec (an unknown signal, an argument that a function cannot take).
  [[nodiscard]] Result<Json> Evaluate(const Scope& scope, const Context& context,
                                      ExpressionBudget* budget) const;

  // Members of datum that are named in the text, in order of appearance, each once.
  [[nodiscard]] const std::vector<std::string>& fields() const;
  // Tells whether datum is used as a value, or with a member that only a row decides.
  [[nodiscard]] bool reads_whole_datum() const;
  // Names other than datum and constants, in order of appearance, each once.
  [[nodiscard]] const std::vector<std::string>& signals() const;

 private:
  struct Program;  // the tree and what it reads
  explicit Expression(std::shared_ptr<const Program> program);
  std::shared_ptr<const Program> program_;
  std::string pointer_;
};

// Conversions of ECMAScript: ToBoolean, ToString ("1,2" for [1, 2]) and ToNumber (NaN where a value
// is no number).
[[nodiscard]] bool Truthy(const Json& value);
[[nodiscard]] std::string ExpressionText(const Json& value);
[[nodiscard]] double ExpressionNumber(const Json& value);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_EXPRESSION_EXPRESSION_HPP

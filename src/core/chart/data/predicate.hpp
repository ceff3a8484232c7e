// Filter predicates of Vega-Lite:
//
//   "datum.a > 3"                                          an expression
//   {"field": "a", "range": [1, 5]}                        also equal, lt, lte, gt, gte, oneOf,
//   valid
//   {"field": "day", "timeUnit": "year", "equal": 2006}    the field's start of unit is compared
//   {"and": [P, P]}, {"or": [P, P]}, {"not": P}
//   {"param": "brush"}                                     a selection, which here selects nothing
//
// A selection that selects nothing keeps every row, unless it says "empty": false. A field is a
// path, as field_path.hpp reads it. Times are milliseconds since 1970 of UTC; where a predicate has
// a time unit, or compares with a date object such as {"year": 2006, "month": "jan"}, the field's
// text is read as a time.
//
// Tested by test/unit/chart_predicate_test.cpp.
#ifndef LOUPE_CORE_CHART_DATA_PREDICATE_HPP
#define LOUPE_CORE_CHART_DATA_PREDICATE_HPP

#include <memory>
#include <string>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/chart/expression/expression.hpp"

namespace loupe::chart {

// A parsed predicate. Immutable, cheap to copy.
class Predicate {
 public:
  // Errors: kChartInvalidSpec (no or an unknown test), kLimitExceeded, those of Expression::Parse.
  static Result<Predicate> Parse(const Json& json, const std::string& pointer);

  // Tells whether a row is kept. Errors: those of Expression::Evaluate.
  [[nodiscard]] Result<bool> Test(const Scope& scope, const Context& context,
                                  ExpressionBudget* budget) const;

  // What the predicate reads, as Expression has it; a field's path counts by its first step, and
  // also as a whole where the path has several ("a.b" may be the name of a column).
  [[nodiscard]] const std::vector<std::string>& fields() const;
  [[nodiscard]] bool reads_whole_datum() const;
  [[nodiscard]] const std::vector<std::string>& signals() const;

 private:
  friend class PredicateParser;
  friend class PredicateTester;
  struct Node;
  struct Program;  // the tree and what it reads
  explicit Predicate(std::shared_ptr<const Program> program);
  std::shared_ptr<const Program> program_;
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_PREDICATE_HPP

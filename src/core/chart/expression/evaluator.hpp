// Runs the tree of an expression.
//
// Tested by test/unit/chart_expression_test.cpp.
#ifndef LOUPE_CORE_CHART_EXPRESSION_EVALUATOR_HPP
#define LOUPE_CORE_CHART_EXPRESSION_EVALUATOR_HPP

#include "core/base/status.hpp"
#include "core/chart/expression/functions.hpp"
#include "core/chart/expression/node.hpp"

namespace loupe::chart {

// Errors as Expression::Evaluate has them, without pointer. The value may borrow from the tree.
[[nodiscard]] Result<Value> EvaluateTree(const ExpressionNode& node, Evaluation* evaluation);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_EXPRESSION_EVALUATOR_HPP

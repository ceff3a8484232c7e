// Builds the tree of an expression: precedence climbing (Pratt 1973) over the tokens.
//
// Tested by test/unit/chart_expression_test.cpp.
#ifndef LOUPE_CORE_CHART_EXPRESSION_PARSER_HPP
#define LOUPE_CORE_CHART_EXPRESSION_PARSER_HPP

#include <memory>
#include <string_view>

#include "core/base/status.hpp"
#include "core/chart/expression/node.hpp"

namespace loupe::chart {

// Errors as Expression::Parse has them, without pointer.
[[nodiscard]] Result<std::unique_ptr<ExpressionNode>> ParseExpressionTree(std::string_view source);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_EXPRESSION_PARSER_HPP

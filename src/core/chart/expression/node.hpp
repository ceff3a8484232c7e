// The tree of an expression.
#ifndef LOUPE_CORE_CHART_EXPRESSION_NODE_HPP
#define LOUPE_CORE_CHART_EXPRESSION_NODE_HPP

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/chart/expression/functions.hpp"
#include "core/chart/expression/pattern.hpp"

namespace loupe::chart {

enum class ExpressionKind {
  kLiteral,  // value
  kPattern,  // pattern
  kDatum,
  kField,        // name: a member of datum
  kSignal,       // name
  kMember,       // name, of children[0]
  kItem,         // children[0][children[1]]
  kUnary,        // op, children[0]
  kBinary,       // op, children[0], children[1]
  kAnd,          // children[0] && children[1]
  kOr,           // children[0] || children[1]
  kConditional,  // children[0] ? children[1] : children[2]; also if(…)
  kList,         // children
  kObject,       // names, children
  kCall          // function, children
};

enum class ExpressionOp {
  kNone,
  kBitOr,
  kBitXor,
  kBitAnd,
  kEqual,
  kNotEqual,
  kSame,
  kNotSame,
  kLess,
  kGreater,
  kLessOrEqual,
  kGreaterOrEqual,
  kIn,
  kShiftLeft,
  kShiftRight,
  kShiftRightUnsigned,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kRemainder,
  kPlus,
  kMinus,
  kNot,
  kBitNot
};

struct ExpressionNode {
  ExpressionKind kind = ExpressionKind::kLiteral;
  ExpressionOp op = ExpressionOp::kNone;
  Json value;
  std::string name;
  std::vector<std::string> names;
  std::shared_ptr<const Pattern> pattern;
  const FunctionEntry* function = nullptr;
  std::vector<std::unique_ptr<ExpressionNode>> children;
  int height = 1;  // levels, this one included
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_EXPRESSION_NODE_HPP

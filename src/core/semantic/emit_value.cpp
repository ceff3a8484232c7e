#include "core/semantic/emit_value.hpp"

#include <algorithm>
#include <utility>

#include "core/semantic/emit_row.hpp"

namespace loupe::semantic {
namespace {

// "part / whole" of the formula language: null when the whole is zero.
const Formula& ShareFormula() {
  static const Formula* const formula = [] {
    return new Formula(ParseFormula("part / whole").value());
  }();
  return *formula;
}

TypedExpr FormulaValue(const Formula& formula, const std::vector<std::string>& names,
                       const Value& value, const ValueSource& source) {
  return EmitFormula(formula, [&](const std::string& name) {
    const auto at = std::find(names.begin(), names.end(), name) - names.begin();
    return ValueExpr(value.args[static_cast<std::size_t>(at)], source);
  });
}

TypedExpr RankExpr(const Value& value, const ValueSource& source) {
  sql::Window window;
  for (const std::size_t group : value.within) {
    window.partition_by.push_back(source.group(group).expr);
  }
  window.order_by.push_back(
      {ValueExpr(value.args[0], source).expr, sql::Direction::kDescending, sql::Nulls::kLast});
  sql::Expr rank = sql::Call("rank", {});
  rank.window.push_back(std::move(window));
  return {std::move(rank), SqlType::kBigInteger};
}

TypedExpr Unfilled(const Value& value, const ValueSource& source) {
  switch (value.kind) {
    case Value::Kind::kNull:
      return {NullOf(value.type), value.type};
    case Value::Kind::kAggregate:
      return source.aggregate(value.index);
    case Value::Kind::kGroup:
      return source.group(value.index);
    case Value::Kind::kFormula:
      return FormulaValue(*value.formula, ReferencesOf(*value.formula), value, source);
    case Value::Kind::kShare:
      return FormulaValue(ShareFormula(), {"part", "whole"}, value, source);
    case Value::Kind::kRank:
      break;
  }
  return RankExpr(value, source);
}

}  // namespace

TypedExpr ValueExpr(const Value& value, const ValueSource& source) {
  TypedExpr expr = Unfilled(value, source);
  if (value.fill_nulls) {
    expr.expr = sql::Call("coalesce", {std::move(expr.expr), sql::Number(*value.fill_nulls)});
  }
  return expr;
}

}  // namespace loupe::semantic

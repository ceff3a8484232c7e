#include <utility>

#include "core/ask/form_emitter.hpp"

namespace loupe::ask {

// Each row is told of once: those that are counted, and no join repeats them.
bool FormEmitter::IsShared(const FormValue& value, const FormScope& scope) const {
  const bool whole =
      value.kind == FormValue::Kind::kShare || value.kind == FormValue::Kind::kGrowth;
  return !whole || (value.ref.entity == scope.root() && !scope.Multiplies());
}

//   100.0 * count(*) FILTER (WHERE status = 'cancelled') / NULLIF(count(*), 0)
//   1.0 * sum(amount) / NULLIF(sum(sum(amount)) OVER (), 0)
Result<sql::Expr> FormEmitter::ShareExpr(const FormScope& scope) {
  const FormShare& share = *form_.share;
  LOUPE_ASSIGN_OR_RETURN(const sql::Expr of, ValueExpr(share.of, scope));
  sql::Expr below;
  if (share.of_total) {
    below = sql::Call("sum", {of});
    below.window.emplace_back();
  } else {
    LOUPE_ASSIGN_OR_RETURN(below, Filtered(share.whole, of, scope));
  }
  LOUPE_ASSIGN_OR_RETURN(sql::Expr above, Filtered(share.part, of, scope));
  above = sql::Binary("*", sql::Decimal(share.shares == Shares::kPercent ? "100.0" : "1.0"),
                      std::move(above));
  return sql::Binary("/", std::move(above),
                     sql::Call("nullif", {std::move(below), sql::Integer(0)}));
}

// The call over the rows that are in all of the groups.
Result<sql::Expr> FormEmitter::Filtered(const std::vector<FormGroup>& groups, sql::Expr call,
                                        const FormScope& scope) {
  if (groups.empty()) return call;
  std::vector<sql::Expr> holds;
  for (const FormGroup& group : groups) {
    LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, HoldsExpr(group, scope));
    holds.push_back(std::move(expr));
  }
  call.filter.push_back(holds.size() == 1 ? std::move(holds.front()) : sql::And(std::move(holds)));
  return call;
}

// What the row itself tells, how many there are beside it, and what has to be there.
Result<sql::Expr> FormEmitter::HoldsExpr(const FormGroup& group, const FormScope& scope) {
  if (group.excluded) return GroupExpr(group, scope.root(), scope);
  FormGroup own;
  FormGroup beside;
  own.excluded = beside.excluded = false;
  std::vector<sql::Expr> holds;
  for (const int entity : group.entities) {
    if (!scope.Has(entity)) beside.entities.push_back(entity);
  }
  for (const FormCondition& condition : group.conditions) {
    if (condition.left.IsAggregate()) {
      LOUPE_ASSIGN_OR_RETURN(sql::Expr count, CountBeside(condition, scope));
      holds.push_back(std::move(count));
    } else {
      (scope.Has(condition.left.ref.entity) ? own : beside).conditions.push_back(condition);
    }
  }
  if (!own.conditions.empty()) {
    LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, OwnExpr(own, scope));
    holds.push_back(std::move(expr));
  }
  if (!beside.conditions.empty() || !beside.entities.empty()) {
    LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, GroupExpr(beside, scope.root(), scope));
    holds.push_back(std::move(expr));
  }
  if (holds.empty()) return NotSupported("the part that is asked for is not clear");
  return holds.size() == 1 ? std::move(holds.front()) : sql::And(std::move(holds));
}

}  // namespace loupe::ask

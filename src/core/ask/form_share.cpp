#include <algorithm>
#include <utility>

#include "core/ask/form_emitter.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {

using semantic::Entity;
using semantic::JoinStep;

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
  if (share.averaged) {
    return sql::Call("avg",
                     {RatioOf(scope.ColumnOf(share.of.ref), scope.ColumnOf(share.below->ref))});
  }
  if (share.IsOfTwo()) return RatioOfTwo(scope);
  LOUPE_ASSIGN_OR_RETURN(const sql::Expr of, ValueExpr(share.of, scope));
  sql::Expr below = of;
  if (share.below) {
    LOUPE_ASSIGN_OR_RETURN(below, ValueExpr(*share.below, scope));
  }
  if (share.of_total) {
    below = sql::Call("sum", {of});
    below.window.emplace_back();
  } else {
    LOUPE_ASSIGN_OR_RETURN(below, Filtered(share.whole, std::move(below), scope));
  }
  LOUPE_ASSIGN_OR_RETURN(sql::Expr above, Filtered(share.part, of, scope));
  return RatioOf(std::move(above), std::move(below));
}

sql::Expr FormEmitter::RatioOf(sql::Expr above, sql::Expr below) const {
  above = sql::Binary("*", sql::Decimal(form_.share->shares == Shares::kPercent ? "100.0" : "1.0"),
                      std::move(above));
  return sql::Binary("/", std::move(above),
                     sql::Call("nullif", {std::move(below), sql::Integer(0)}));
}

// Of each row of the groups both numbers are counted beside it; else all rows of either.
Result<sql::Expr> FormEmitter::RatioOfTwo(const FormScope& scope) {
  const FormShare& share = *form_.share;
  if (!IsGrouped()) {
    if (!form_.conditions.empty() || !form_.mentions.empty() || !form_.nested.empty()) {
      return NotSupported("a ratio of two kinds of things with conditions");
    }
    LOUPE_ASSIGN_OR_RETURN(sql::Expr above, ValueExpr(share.of, scope));
    LOUPE_ASSIGN_OR_RETURN(sql::Expr below, NumberBeside(*share.below, nullptr));
    return RatioOf(std::move(above), std::move(below));
  }
  const auto is_other = [&](int entity) { return entity != scope.root(); };
  const bool alone =
      std::none_of(form_.mentions.begin(), form_.mentions.end(), is_other) &&
      std::none_of(form_.conditions.begin(), form_.conditions.end(),
                   [&](const FormCondition& c) { return is_other(c.left.ref.entity); });
  if (!alone) return NotSupported("a ratio of two kinds of things with conditions");
  LOUPE_ASSIGN_OR_RETURN(sql::Expr above, NumberBeside(share.of, &scope));
  LOUPE_ASSIGN_OR_RETURN(sql::Expr below, NumberBeside(*share.below, &scope));
  return RatioOf(std::move(above), std::move(below));
}

// (SELECT count(*) FROM child WHERE child.parent = parent.id), or of all rows without a scope.
Result<sql::Expr> FormEmitter::NumberBeside(const FormValue& value, const FormScope* scope) {
  const Entity& entity = EntityAt(value.ref.entity);
  sql::Select rows;
  std::map<const Entity*, std::string> names;
  if (scope == nullptr) {
    names[&entity] = aliases_.Take(entity.name);
    rows.from.push_back(sql::TableRef(entity.schema, entity.table, names[&entity]));
  } else {
    const Entity& anchor = EntityAt(scope->root());
    if (&anchor == &entity) return NotSupported("what is counted is the group itself");
    LOUPE_ASSIGN_OR_RETURN(
        const std::vector<JoinStep> steps,
        graph_.FindTree(anchor, {&entity}, semantic::JoinGraph::Along::kAll, ties_));
    names[&anchor] = scope->AliasOf(scope->root());
    AddSteps(PlacesOf(steps), anchor, &aliases_, &names, &rows);
    const bool near = steps.size() == 1;
    if (!near && value.kind != FormValue::Kind::kCount) {
      return NotSupported("the rows to aggregate would be counted more than once");
    }
  }
  if (value.kind == FormValue::Kind::kCount && value.ref.member < 0) {
    rows.items.push_back({sql::Call("count", {sql::Star()}), ""});
    return sql::Scalar(std::move(rows));
  }
  if (value.kind != FormValue::Kind::kCount && value.kind != FormValue::Kind::kAggregate) {
    return NotSupported("this value needs the semantic layer");
  }
  sql::Expr call = sql::Call(
      value.kind == FormValue::Kind::kCount ? "count" : AggregationName(value.aggregation),
      {sql::Column(names.at(&entity), DimensionAt(value.ref).column)});
  call.distinct = value.kind == FormValue::Kind::kCount;
  rows.items.push_back({std::move(call), ""});
  return sql::Scalar(std::move(rows));
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

#include "core/ask/form_emitter.hpp"

#include <algorithm>
#include <utility>

namespace loupe::ask {

using semantic::Entity;
using semantic::JoinGraph;
using semantic::JoinStep;

Status FormEmitter::AddNested(FormScope* scope) {
  for (const FormGroup& group : form_.nested) {
    LOUPE_RETURN_IF_ERROR(AddGroup(group, scope));
  }
  return Status::Ok();
}

Status FormEmitter::AddGroup(const FormGroup& group, FormScope* scope) {
  const int anchor = Anchor(*scope);
  const bool own = std::all_of(group.entities.begin(), group.entities.end(),
                               [&](int entity) { return entity == anchor; }) &&
                   std::all_of(group.conditions.begin(), group.conditions.end(),
                               [&](const FormCondition& condition) {
                                 return condition.left.ref.entity == anchor;
                               });
  if (own && (!group.excluded || group.of_kinds)) return AddTwin(group, anchor, scope);
  LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, GroupExpr(group, anchor, *scope));
  scope->select.where.push_back(std::move(expr));
  return Status::Ok();
}

// A group speaks of rows: nothing in it may count or add up.
Status FormEmitter::CheckRows(const FormGroup& group) {
  const bool rows =
      std::none_of(group.conditions.begin(), group.conditions.end(),
                   [](const FormCondition& condition) { return condition.left.IsAggregate(); });
  return rows ? Status::Ok() : NotSupported("a count of what is excluded, or of both");
}

// NOT EXISTS (SELECT 1 FROM order WHERE order.customer_id = customer.id)
Result<sql::Expr> FormEmitter::GroupExpr(const FormGroup& group, int anchor,
                                         const FormScope& scope) {
  std::set<int> targets;
  for (const int entity : group.entities) {
    if (entity != anchor) targets.insert(entity);
  }
  LOUPE_RETURN_IF_ERROR(CheckRows(group));
  for (const FormCondition& condition : group.conditions) {
    if (condition.left.ref.entity != anchor) targets.insert(condition.left.ref.entity);
  }
  if (targets.empty() && group.conditions.empty()) {
    return NotSupported("what is excluded is not clear");
  }
  if (targets.empty()) return OwnExpr(group, scope);
  std::vector<const Entity*> ends;
  for (const int target : targets) ends.push_back(&EntityAt(target));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<JoinStep> steps,
                         graph_.FindTree(EntityAt(anchor), ends, JoinGraph::Along::kAll, ties_));
  sql::Select rows;
  rows.items.push_back({sql::Integer(1), ""});
  std::map<const Entity*, std::string> names;
  names[&EntityAt(anchor)] = scope.AliasOf(anchor);
  AddSteps(PlacesOf(steps), EntityAt(anchor), &aliases_, &names, &rows);
  LOUPE_RETURN_IF_ERROR(AddInside(group, names, &rows));
  sql::Expr exists = sql::Exists(std::move(rows));
  return group.excluded ? sql::Not(std::move(exists)) : std::move(exists);
}

Status FormEmitter::AddInside(const FormGroup& group,
                              const std::map<const Entity*, std::string>& names,
                              sql::Select* rows) const {
  std::vector<sql::Expr> either;
  int alternative = 0;
  const auto flush = [&] {
    if (either.empty()) return;
    rows->where.push_back(either.size() == 1 ? either.front() : sql::Or(either));
    either.clear();
  };
  for (const FormCondition& condition : group.conditions) {
    if (condition.alternative == 0 || condition.alternative != alternative) flush();
    alternative = condition.alternative;
    sql::Expr left = sql::Column(names.at(&EntityAt(condition.left.ref.entity)),
                                 DimensionAt(condition.left.ref).column);
    LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ComparisonOf(condition, std::move(left)));
    either.push_back(std::move(expr));
  }
  flush();
  return Status::Ok();
}

// All of it is about the row itself: "not from France".
Result<sql::Expr> FormEmitter::OwnExpr(const FormGroup& group, const FormScope& scope) const {
  std::map<const Entity*, std::string> names;
  for (const FormCondition& condition : group.conditions) {
    names[&EntityAt(condition.left.ref.entity)] = scope.AliasOf(condition.left.ref.entity);
  }
  if (group.excluded && group.conditions.size() == 1) {
    FormCondition condition = group.conditions.front();
    condition.negated = !condition.negated;
    return ComparisonOf(condition, scope.ColumnOf(condition.left.ref));
  }
  sql::Select own;
  LOUPE_RETURN_IF_ERROR(AddInside(group, names, &own));
  sql::Expr all = sql::And(std::move(own.where));
  return group.excluded ? sql::Not(std::move(all)) : std::move(all);
}

// Another row that shows the same has it, "countries of singers above 40 and below 30", or none
// has: "studios that never worked with …".
Status FormEmitter::AddTwin(const FormGroup& group, int anchor, FormScope* scope) {
  LOUPE_RETURN_IF_ERROR(CheckRows(group));
  const Entity& entity = EntityAt(anchor);
  const std::string alias = aliases_.Take(entity.name);
  sql::Select twin;
  twin.items.push_back({sql::Integer(1), ""});
  twin.from.push_back(sql::TableRef(entity.schema, entity.table, alias));
  for (const FormValue& output : form_.outputs) {
    if (output.IsAggregate() || output.ref.entity != anchor) return NotSupported("both of one row");
    twin.where.push_back(sql::Binary("=", sql::Column(alias, DimensionAt(output.ref).column),
                                     scope->ColumnOf(output.ref)));
  }
  std::map<const Entity*, std::string> names;
  names[&entity] = alias;
  LOUPE_RETURN_IF_ERROR(AddInside(group, names, &twin));
  sql::Expr exists = sql::Exists(std::move(twin));
  scope->select.where.push_back(group.excluded ? sql::Not(std::move(exists)) : std::move(exists));
  scope->select.distinct = !form_.HasAggregates() && !IsGrouped();
  return Status::Ok();
}

// The entity that nested groups speak of: what is shown, else what is counted.
int FormEmitter::Anchor(const FormScope& scope) const {
  for (const FormValue& output : form_.outputs) {
    if (!output.IsAggregate() && scope.Has(output.ref.entity)) return output.ref.entity;
  }
  return scope.root();
}

}  // namespace loupe::ask

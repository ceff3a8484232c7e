#include "core/ask/form_emitter.hpp"

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
  std::set<int> targets;
  for (const int entity : group.entities) {
    if (entity != anchor) targets.insert(entity);
  }
  for (const FormCondition& condition : group.conditions) {
    if (condition.left.ref.entity != anchor) targets.insert(condition.left.ref.entity);
    if (condition.left.IsAggregate()) return NotSupported("a count of what is excluded");
  }
  if (targets.empty() && group.conditions.empty()) {
    return NotSupported("what is excluded is not clear");
  }
  if (targets.empty()) return AddOwn(group, scope);
  std::vector<const Entity*> ends;
  for (const int target : targets) ends.push_back(&EntityAt(target));
  LOUPE_ASSIGN_OR_RETURN(const std::vector<JoinStep> steps,
                         graph_.FindTree(EntityAt(anchor), ends, JoinGraph::Along::kAll, ties_));
  sql::Select rows;
  rows.items.push_back({sql::Integer(1), ""});
  std::map<const Entity*, std::string> names;
  names[&EntityAt(anchor)] = scope->AliasOf(anchor);
  AddSteps(PlacesOf(steps), EntityAt(anchor), &aliases_, &names, &rows);
  LOUPE_RETURN_IF_ERROR(AddInside(group, names, &rows));
  sql::Expr exists = sql::Exists(std::move(rows));
  scope->select.where.push_back(group.excluded ? sql::Not(std::move(exists)) : std::move(exists));
  return Status::Ok();
}

Status FormEmitter::AddInside(const FormGroup& group,
                              const std::map<const Entity*, std::string>& names,
                              sql::Select* rows) {
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
Status FormEmitter::AddOwn(const FormGroup& group, FormScope* scope) {
  const int anchor = Anchor(*scope);
  std::map<const Entity*, std::string> names;
  names[&EntityAt(anchor)] = scope->AliasOf(anchor);
  if (!group.excluded) return AddTwin(group, anchor, scope);
  if (group.conditions.size() == 1) {
    FormCondition condition = group.conditions.front();
    condition.negated = !condition.negated;
    sql::Expr left = scope->ColumnOf(condition.left.ref);
    LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ComparisonOf(condition, std::move(left)));
    scope->select.where.push_back(std::move(expr));
    return Status::Ok();
  }
  sql::Select own;
  LOUPE_RETURN_IF_ERROR(AddInside(group, names, &own));
  scope->select.where.push_back(sql::Not(sql::And(std::move(own.where))));
  return Status::Ok();
}

// Another row that shows the same has it: "countries of singers above 40 and below 30".
Status FormEmitter::AddTwin(const FormGroup& group, int anchor, FormScope* scope) {
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
  scope->select.where.push_back(sql::Exists(std::move(twin)));
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

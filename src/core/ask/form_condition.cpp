#include "core/ask/form_emitter.hpp"

#include <algorithm>
#include <utility>

#include "core/semantic/names.hpp"

namespace loupe::ask {

using semantic::Dimension;
using semantic::DimensionType;
using semantic::Entity;
using semantic::JoinGraph;
using semantic::JoinStep;

namespace {

const char* OperatorOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kLess:
      return "<";
    case Comparison::kLessOrEqual:
      return "<=";
    case Comparison::kGreaterOrEqual:
      return ">=";
    case Comparison::kGreater:
      return ">";
    default:
      return "=";
  }
}

const char* NegatedOperatorOf(Comparison comparison) {
  switch (comparison) {
    case Comparison::kLess:
      return ">=";
    case Comparison::kLessOrEqual:
      return ">";
    case Comparison::kGreaterOrEqual:
      return "<";
    case Comparison::kGreater:
      return "<=";
    default:
      return "<>";
  }
}

sql::Expr LiteralOf(const Json& value) {
  if (value.IsString()) return sql::String(value.AsString());
  if (value.IsInteger()) return sql::Integer(value.AsInteger());
  if (value.IsBool()) return sql::Boolean(value.AsBool());
  return sql::Number(value.AsDouble());
}

}  // namespace

Result<sql::Expr> FormEmitter::ComparisonOf(const FormCondition& condition, sql::Expr left) const {
  if (condition.right) {
    LOUPE_ASSIGN_OR_RETURN(sql::Expr right, AggregateOver(*condition.right));
    const char* op = condition.negated ? NegatedOperatorOf(condition.comparison)
                                       : OperatorOf(condition.comparison);
    return sql::Binary(op, std::move(left), std::move(right));
  }
  if (condition.range) return RangeExpr(condition, left);
  if (condition.pattern) {
    std::string text = condition.values.front().IsString() ? condition.values.front().AsString()
                                                           : condition.values.front().Dump();
    std::string escaped;
    for (const char c : text) {
      if (c == '%' || c == '_' || c == '\\') escaped += '\\';
      escaped += c;
    }
    if (*condition.pattern != Pattern::kStartsWith) escaped = "%" + escaped;
    if (*condition.pattern != Pattern::kEndsWith) escaped += "%";
    if (DimensionAt(condition.left.ref).type != DimensionType::kString) {
      left = sql::Cast(std::move(left), "text");
    }
    return sql::Binary(condition.negated ? "NOT ILIKE" : "ILIKE", std::move(left),
                       sql::String(escaped));
  }
  if (condition.comparison == Comparison::kBetween) {
    sql::Expr lower = sql::Binary(">=", left, LiteralOf(condition.values[0]));
    sql::Expr upper = sql::Binary("<=", std::move(left), LiteralOf(condition.values[1]));
    sql::Expr both = sql::And({std::move(lower), std::move(upper)});
    return condition.negated ? sql::Not(std::move(both)) : both;
  }
  const char* op = condition.negated ? NegatedOperatorOf(condition.comparison)
                                     : OperatorOf(condition.comparison);
  return sql::Binary(op, std::move(left), LiteralOf(condition.values.front()));
}

Result<sql::Expr> FormEmitter::RangeExpr(const FormCondition& condition,
                                         const sql::Expr& left) const {
  const Dimension& dimension = DimensionAt(condition.left.ref);
  const auto bound = [&](const DateTime& time) {
    std::string text = FormatDateTime(time);
    std::replace(text.begin(), text.end(), 'T', ' ');
    if (Truncate(time, TimeUnit::kDay) == time) text = FormatDate(time);
    if (dimension.data_type == "timestamp with time zone") text += " 00:00+00";
    return sql::String(text);
  };
  std::vector<sql::Expr> parts;
  if (condition.range->from)
    parts.push_back(sql::Binary(">=", left, bound(*condition.range->from)));
  if (condition.range->to) parts.push_back(sql::Binary("<", left, bound(*condition.range->to)));
  if (parts.empty()) return NotSupported("the time is not clear");
  sql::Expr both = sql::And(std::move(parts));
  return condition.negated ? sql::Not(std::move(both)) : both;
}

// (SELECT avg(x) FROM table)
Result<sql::Expr> FormEmitter::AggregateOver(const FormValue& value) const {
  const Entity& entity = EntityAt(value.ref.entity);
  sql::Select all;
  sql::Expr column = sql::Column(entity.name, DimensionAt(value.ref).column);
  all.items.push_back({sql::Call(AggregationName(value.aggregation), {std::move(column)}), ""});
  all.from.push_back(sql::TableRef(entity.schema, entity.table, entity.name));
  return sql::Scalar(std::move(all));
}

// HAVING count(*) > (SELECT avg(number) FROM (SELECT count(*) AS number … GROUP BY …))
Result<sql::Expr> FormEmitter::AgainstGroups(const FormCondition& condition, sql::Expr left) {
  Form groups;
  groups.outputs = {condition.left};
  groups.groups = form_.groups;
  groups.group_entities = form_.group_entities;
  for (const FormValue& output : form_.outputs) {
    if (output.kind != FormValue::Kind::kColumn) continue;
    const bool thing = std::find(form_.things.begin(), form_.things.end(), output.ref.entity) !=
                       form_.things.end();
    if (output.ref.entity != condition.left.ref.entity && (thing || NamesRow(output.ref))) {
      groups.group_entities.push_back(output.ref.entity);
    }
    groups.groups.push_back(output.ref);
  }
  if (groups.groups.empty()) return NotSupported("what is compared with an average is not clear");
  for (const FormCondition& other : form_.conditions) {
    if (!other.left.IsAggregate()) groups.conditions.push_back(other);
  }
  groups.mentions = form_.mentions;
  groups.nested = form_.nested;
  LOUPE_ASSIGN_OR_RETURN(sql::Select all, RunWithin(groups));
  all.limit.reset();
  all.items.front().alias = "number";
  sql::Select over;
  over.items.push_back(
      {sql::Call(AggregationName(*condition.over_groups), {sql::Column("of_group", "number")}),
       ""});
  over.from.push_back(sql::SubqueryRef(std::move(all), "of_group"));
  const char* op = condition.negated ? NegatedOperatorOf(condition.comparison)
                                     : OperatorOf(condition.comparison);
  return sql::Binary(op, std::move(left), sql::Scalar(std::move(over)));
}

// Where the column of a condition is, and its alias: in the scope, or in one of its branches.
Status FormEmitter::AddConditions(FormScope* scope) {
  std::vector<std::vector<const FormCondition*>> alternatives;
  for (const FormCondition& condition : form_.conditions) {
    const bool joins = condition.alternative > 0 && !alternatives.empty() &&
                       alternatives.back().front()->alternative == condition.alternative;
    if (joins) {
      alternatives.back().push_back(&condition);
    } else {
      alternatives.push_back({&condition});
    }
  }
  std::map<const FormScope::Branch*, std::vector<std::vector<const FormCondition*>>> inside;
  for (const auto& group : alternatives) {
    LOUPE_RETURN_IF_ERROR(AddAlternatives(group, scope, &inside));
  }
  for (const FormScope::Branch& branch : scope->branches()) {
    LOUPE_RETURN_IF_ERROR(AddBranch(branch, inside[&branch], scope));
  }
  return Status::Ok();
}

Status FormEmitter::AddAlternatives(
    const std::vector<const FormCondition*>& group, FormScope* scope,
    std::map<const FormScope::Branch*, std::vector<std::vector<const FormCondition*>>>* inside) {
  const FormScope::Branch* home = nullptr;
  bool in_scope = false;
  for (const FormCondition* condition : group) {
    const int entity = condition->left.ref.entity;
    if (condition->left.IsAggregate() || scope->Has(entity)) {
      in_scope = true;
      continue;
    }
    for (const FormScope::Branch& branch : scope->branches()) {
      if (!branch.Holds(EntityAt(entity))) continue;
      if (home != nullptr && home != &branch) return NotSupported("alternatives of two kinds");
      home = &branch;
    }
  }
  if (home != nullptr && in_scope) return NotSupported("alternatives of two kinds");
  const bool all_negated = std::all_of(group.begin(), group.end(), [](const FormCondition* c) {
    return c->negated && c->comparison == Comparison::kEqual;
  });
  if (home != nullptr && all_negated) {
    // "not using Procrastin-X": there is no such row, not a row of another.
    FormGroup none;
    for (const FormCondition* condition : group) {
      none.conditions.push_back(*condition);
      none.conditions.back().negated = false;
      none.entities.push_back(condition->left.ref.entity);
    }
    return AddGroup(none, scope);
  }
  if (home != nullptr) {
    (*inside)[home].push_back(group);
    return Status::Ok();
  }
  std::vector<sql::Expr> either;
  bool having = false;
  for (const FormCondition* condition : group) {
    if (CountsBeside(*condition)) {
      LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, CountBeside(*condition, *scope));
      either.push_back(std::move(expr));
      continue;
    }
    having = having || condition->left.IsAggregate();
    LOUPE_ASSIGN_OR_RETURN(sql::Expr left, ValueExpr(condition->left, *scope));
    LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, condition->over_groups
                                               ? AgainstGroups(*condition, std::move(left))
                                               : ComparisonOf(*condition, std::move(left)));
    either.push_back(std::move(expr));
  }
  const bool mixed = having && std::any_of(group.begin(), group.end(), [](const auto* condition) {
                       return !condition->left.IsAggregate();
                     });
  if (mixed) return NotSupported("alternatives of rows and of groups");
  sql::Expr expr = either.size() == 1 ? std::move(either.front()) : sql::Or(std::move(either));
  (having ? scope->select.having : scope->select.where).push_back(std::move(expr));
  return Status::Ok();
}

// (SELECT count(*) FROM child WHERE child.parent = parent.id) > 2
Result<sql::Expr> FormEmitter::CountBeside(const FormCondition& condition, const FormScope& scope) {
  if (condition.over_groups || condition.left.kind != FormValue::Kind::kCount) {
    return NotSupported("a count of those that are above an average is not supported");
  }
  LOUPE_ASSIGN_OR_RETURN(
      const std::vector<JoinStep> steps,
      graph_.FindTree(EntityAt(scope.root()), {&EntityAt(condition.left.ref.entity)},
                      JoinGraph::Along::kAll, ties_));
  if (steps.empty()) return NotSupported("what is counted is the answer itself");
  sql::Select counted;
  std::map<const Entity*, std::string> names;
  names[&EntityAt(scope.root())] = scope.AliasOf(scope.root());
  counted.items.push_back({sql::Call("count", {sql::Star()}), ""});
  AddSteps(PlacesOf(steps), EntityAt(scope.root()), &aliases_, &names, &counted);
  sql::Expr count = sql::Scalar(std::move(counted));
  // "authors of less than 3 papers" wrote one, as where they are listed.
  const bool few =
      condition.comparison == Comparison::kLess || condition.comparison == Comparison::kLessOrEqual;
  if (few) count = sql::Call("nullif", {std::move(count), sql::Integer(0)});
  return ComparisonOf(condition, std::move(count));
}

Status FormEmitter::AddBranch(const FormScope::Branch& branch,
                              const std::vector<std::vector<const FormCondition*>>& groups,
                              FormScope* scope) {
  std::map<const Entity*, std::string> names;
  sql::Select rows = scope->OpenBranch(branch, &names);
  for (const auto& group : groups) {
    std::vector<sql::Expr> either;
    for (const FormCondition* condition : group) {
      sql::Expr left = sql::Column(names.at(&EntityAt(condition->left.ref.entity)),
                                   DimensionAt(condition->left.ref).column);
      LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ComparisonOf(*condition, std::move(left)));
      either.push_back(std::move(expr));
    }
    rows.where.push_back(either.size() == 1 ? std::move(either.front())
                                            : sql::Or(std::move(either)));
  }
  scope->select.where.push_back(sql::Exists(std::move(rows)));
  return Status::Ok();
}

}  // namespace loupe::ask

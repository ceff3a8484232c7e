#include "core/semantic/emit_part.hpp"

#include <algorithm>
#include <utility>

#include "core/semantic/emit_partial.hpp"
#include "core/semantic/emit_rolling.hpp"
#include "core/semantic/emit_time.hpp"
#include "core/semantic/names.hpp"

namespace loupe::semantic {
namespace {

sql::Expr Percentile(double fraction, sql::Expr operand) {
  sql::Expr call = sql::Call("percentile_cont", {sql::Number(fraction)});
  call.within_group = true;
  call.order_by.push_back({std::move(operand)});
  return call;
}

// Tells whether the condition speaks of that time alone. As deep as the filter, which
// kMaxFilterDepth bounds.
bool IsOfTime(const Condition& condition, const Dimension* dimension) {
  if (!condition.children.empty()) {
    return std::all_of(condition.children.begin(), condition.children.end(),
                       [&](const Condition& child) { return IsOfTime(child, dimension); });
  }
  return condition.kind == Condition::Kind::kDimension && condition.dimension == dimension;
}

// The first or last times that count, one for each period of the query and each partition.
sql::Select PickedTimes(const Part& part, const EmitContext& context) {
  const Entity& entity = *part.root;
  const SemiAdditive& rule = *part.semi_additive;
  const Dimension& time = *entity.FindDimension(rule.time_dimension);
  Scope scope;
  scope.AddPresent(&entity);
  sql::Select times;
  times.from.push_back(TableOf(entity, context));
  const char* pick = rule.pick == SemiAdditive::Pick::kLast ? "max" : "min";
  times.items.push_back({sql::Call(pick, {DimensionExpr(entity, time, scope).expr}), "at"});
  for (std::size_t i = 0; i < rule.partition_by.size(); ++i) {
    const Dimension& by = *entity.FindDimension(rule.partition_by[i]);
    times.items.push_back({DimensionExpr(entity, by, scope).expr, "p" + std::to_string(i + 1)});
    times.group_by.push_back(sql::Integer(static_cast<std::int64_t>(i) + 2));
  }
  for (const Condition& condition : part.filters) {
    if (IsOfTime(condition, &time)) {
      times.where.push_back(ConditionExpr(condition, scope, context, nullptr));
    }
  }
  for (const std::size_t i : part.groups) {
    const Group& group = context.query.groups[i];
    if (group.dimension != &time) continue;
    sql::Expr local = LocalTimeOf(entity, time, scope, part, context);
    if (group.granularity) {
      local = TruncatedExpr(AsTimestamp(std::move(local), TypeOf(time)), *group.granularity);
    }
    times.group_by.push_back(std::move(local));
  }
  return times;
}

sql::Expr IsPicked(const Part& part, const Scope& scope, const EmitContext& context) {
  const Entity& entity = *part.root;
  const SemiAdditive& rule = *part.semi_additive;
  const Dimension& time = *entity.FindDimension(rule.time_dimension);
  sql::Select picked;
  picked.from.push_back(sql::SubqueryRef(PickedTimes(part, context), "picked"));
  picked.where.push_back(
      sql::Binary("=", sql::Column("picked", "at"), DimensionExpr(entity, time, scope).expr));
  for (std::size_t i = 0; i < rule.partition_by.size(); ++i) {
    const Dimension& by = *entity.FindDimension(rule.partition_by[i]);
    picked.where.push_back(sql::Binary("IS NOT DISTINCT FROM",
                                       sql::Column("picked", "p" + std::to_string(i + 1)),
                                       DimensionExpr(entity, by, scope).expr));
  }
  return sql::Exists(std::move(picked));
}

// Aggregates over partials that the root's rows were brought to.
PartQuery EarlyPart(const Part& part, PartRows rows, const EmitContext& context) {
  PartQuery query;
  query.select = std::move(rows.select);
  query.groups = std::move(rows.groups);
  for (const std::size_t i : part.aggregates) {
    sql::Expr merged =
        MergedPartial(i, context, [&](const char* function, const std::string& alias) {
          return sql::Call(function, {sql::Column(RowAlias(*part.root), alias)});
        });
    query.aggregates.push_back({std::move(merged), TypeOf(context.query.aggregates[i])});
  }
  return query;
}

// What is aggregated, as a column that can be grouped by; a count needs no more than that a value
// is there.
sql::Expr CarriedOperand(const Aggregate& aggregate, const Scope& scope,
                         const EmitContext& context) {
  if (aggregate.measure->aggregation == Aggregation::kCount) {
    return UngroupedExpr(aggregate, scope, context).expr;
  }
  return FilteredOperand(aggregate, scope, context);
}

// Aggregates over one row a key of the root and group.
PartQuery KeysPart(const Part& part, PartRows rows, const EmitContext& context) {
  sql::Select keys = std::move(rows.select);
  const auto add = [&](sql::Expr expr, std::string alias) {
    keys.items.push_back({std::move(expr), std::move(alias)});
    keys.group_by.push_back(sql::Integer(static_cast<std::int64_t>(keys.items.size())));
  };
  PartQuery query;
  for (std::size_t i = 0; i < part.root->primary_key.size(); ++i) {
    add(sql::Column(RowAlias(*part.root), part.root->primary_key[i]), "k" + std::to_string(i + 1));
  }
  for (std::size_t i = 0; i < rows.groups.size(); ++i) {
    const std::string alias = GroupAlias(part.groups[i]);
    add(std::move(rows.groups[i]), alias);
    query.groups.push_back(sql::Column("keys", alias));
  }
  for (const std::size_t i : part.aggregates) {
    const Aggregate& aggregate = context.query.aggregates[i];
    sql::Expr operand = sql::Star();
    if (!aggregate.measure->empty() || !aggregate.filters.empty()) {
      const std::string alias = "o" + std::to_string(i + 1);
      add(CarriedOperand(aggregate, rows.scope, context), alias);
      operand = sql::Column("keys", alias);
    }
    query.aggregates.push_back(
        {AggregateCall(*aggregate.measure, std::move(operand), context), TypeOf(aggregate)});
  }
  query.select.from.push_back(sql::SubqueryRef(std::move(keys), "keys"));
  return query;
}

}  // namespace

SqlType TypeOf(const Aggregate& aggregate) {
  const Measure& measure = *aggregate.measure;
  return ResultType(measure.aggregation, ClassifyType(measure.data_type));
}

sql::Expr AggregateCall(const Measure& measure, sql::Expr operand, const EmitContext& context) {
  switch (measure.aggregation) {
    case Aggregation::kMedian:
      return Percentile(0.5, std::move(operand));
    case Aggregation::kPercentile:
      return Percentile(measure.percentile, std::move(operand));
    case Aggregation::kCountDistinctApprox: {
      sql::Expr call = sql::Call("approx_distinct", {std::move(operand)});
      if (!context.functions_schema.empty()) {
        call.name.insert(call.name.begin(), context.functions_schema);
      }
      return call;
    }
    case Aggregation::kCountDistinct: {
      sql::Expr call = sql::Call("count", {std::move(operand)});
      call.distinct = true;
      return call;
    }
    default:
      break;
  }
  return sql::Call(AggregationName(measure.aggregation), {std::move(operand)});
}

TypedExpr AggregateExpr(const Aggregate& aggregate, const Scope& scope,
                        const EmitContext& context) {
  const Measure& measure = *aggregate.measure;
  sql::Expr operand =
      measure.empty() ? sql::Star() : OperandExpr(*aggregate.entity, measure, scope).expr;
  sql::Expr call = AggregateCall(measure, std::move(operand), context);
  std::vector<sql::Expr> filters = RowConditions(aggregate.filters, scope, context);
  if (!filters.empty()) call.filter.push_back(sql::And(std::move(filters)));
  return {std::move(call), TypeOf(aggregate)};
}

sql::Expr FilteredOperand(const Aggregate& aggregate, const Scope& scope,
                          const EmitContext& context) {
  sql::Expr value = OperandExpr(*aggregate.entity, *aggregate.measure, scope).expr;
  std::vector<sql::Expr> filters = RowConditions(aggregate.filters, scope, context);
  return filters.empty() ? value : sql::When(sql::And(std::move(filters)), std::move(value));
}

TypedExpr UngroupedExpr(const Aggregate& aggregate, const Scope& scope,
                        const EmitContext& context) {
  const Measure& measure = *aggregate.measure;
  if (measure.aggregation != Aggregation::kCount) {
    return {FilteredOperand(aggregate, scope, context), ClassifyType(measure.data_type)};
  }
  std::vector<sql::Expr> counted = RowConditions(aggregate.filters, scope, context);
  if (!measure.empty()) {
    counted.push_back(sql::IsNotNull(OperandExpr(*aggregate.entity, measure, scope).expr));
  }
  sql::Expr one = sql::Integer(1);
  if (!counted.empty()) one = sql::When(sql::And(std::move(counted)), std::move(one));
  return {std::move(one), SqlType::kInteger};
}

PartQuery EmitPart(const Part& part, const EmitContext& context) {
  if (part.periods) return EmitRollingPart(part, context);
  PartRows rows = RowsOf(part, context);
  if (part.semi_additive != nullptr) {
    rows.select.where.push_back(IsPicked(part, rows.scope, context));
  }
  if (part.shape == Shape::kEarly) return EarlyPart(part, std::move(rows), context);
  if (part.shape == Shape::kKeys) return KeysPart(part, std::move(rows), context);
  PartQuery query;
  query.select = std::move(rows.select);
  query.groups = std::move(rows.groups);
  for (const std::size_t i : part.aggregates) {
    const Aggregate& aggregate = context.query.aggregates[i];
    query.aggregates.push_back(context.query.ungrouped
                                   ? UngroupedExpr(aggregate, rows.scope, context)
                                   : AggregateExpr(aggregate, rows.scope, context));
  }
  return query;
}

}  // namespace loupe::semantic

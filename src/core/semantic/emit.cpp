#include "core/semantic/emit.hpp"

#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/semantic/emit_filter.hpp"
#include "core/semantic/emit_time.hpp"
#include "core/semantic/fragment.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/sql_types.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kCutNameBytes = 56;  // leaves room for "~" and a number

// The expression of a dimension or measure over its entity's row. Demands a column or an sql.
template <class Member>
sql::Expr RowExpr(const Entity& entity, const Member& member) {
  if (!member.column.empty()) return sql::Column(entity.name, member.column);
  return sql::Fragment(BindFragment(member.sql, entity.name));
}

bool IsBare(const Measure& measure) { return measure.column.empty() && measure.sql.empty(); }

sql::Expr AggregateExpr(const Aggregate& aggregate) {
  const Measure& measure = *aggregate.measure;
  if (IsBare(measure)) return sql::Call("count", {sql::Star()});
  const bool distinct = measure.aggregation == Aggregation::kCountDistinct;
  const char* function = distinct ? "count" : AggregationName(measure.aggregation);
  sql::Expr call = sql::Call(function, {RowExpr(*aggregate.entity, measure)});
  call.distinct = distinct;
  return call;
}

// What one row gives to the measure, for queries without groups.
sql::Expr UngroupedExpr(const Aggregate& aggregate) {
  const Measure& measure = *aggregate.measure;
  if (IsBare(measure)) return sql::Integer(1);
  sql::Expr value = RowExpr(*aggregate.entity, measure);
  if (measure.aggregation != Aggregation::kCount) return value;
  sql::Expr one;
  one.kind = sql::Expr::Kind::kCase;
  one.args = {sql::IsNotNull(std::move(value)), sql::Integer(1)};
  return one;
}

SqlType TypeOf(const Aggregate& aggregate) {
  return ResultType(aggregate.measure->aggregation, ClassifyType(aggregate.measure->data_type));
}

sql::FromItem TableOf(const Entity& entity) {
  return sql::TableRef(entity.schema, entity.table, entity.name);
}

// A null of the measure's type: UNION ALL would else take the nulls of two parts for text. Where
// the type is not known, the aggregate of no row has it, and no row is read for it.
sql::Expr TypedNull(const Aggregate& aggregate) {
  if (const char* type = CastName(TypeOf(aggregate))) return sql::Cast(sql::Null(), type);
  sql::Select none;
  none.items.push_back({AggregateExpr(aggregate), ""});
  none.from.push_back(TableOf(*aggregate.entity));
  none.where.push_back(sql::Boolean(false));
  sql::Expr scalar;
  scalar.kind = sql::Expr::Kind::kScalar;
  scalar.subquery.push_back(std::move(none));
  return scalar;
}

sql::Expr GroupExpr(const Group& group, const std::string& zone) {
  sql::Expr expr = RowExpr(*group.entity, *group.dimension);
  if (group.dimension->type != DimensionType::kTime) return expr;
  const SqlType type = ClassifyType(group.dimension->data_type);
  if (!group.granularity) return LocalTime(std::move(expr), type, zone);
  return TruncatedTime(std::move(expr), type, *group.granularity, zone);
}

// A measure as the answer shows it: moments become local.
sql::Expr Shown(sql::Expr measure, const Aggregate& aggregate, const std::string& zone) {
  const SqlType type = TypeOf(aggregate);
  if (type != SqlType::kTimestamp && type != SqlType::kTimestampTz) return measure;
  return LocalTime(std::move(measure), type, zone);
}

std::string OutputName(const std::string& key, std::size_t index) {
  if (key.size() <= kMaxNameBytes) return key;
  return key.substr(0, kCutNameBytes) + "~" + std::to_string(index + 1);
}

sql::FromItem JoinOf(const JoinStep& step) {
  sql::FromItem item = TableOf(*step.to);
  item.join = sql::JoinType::kLeft;
  std::vector<sql::Expr> pairs;
  for (const auto& [from, to] : step.columns) {
    pairs.push_back(
        sql::Binary("=", sql::Column(step.from->name, from), sql::Column(step.to->name, to)));
  }
  item.on.push_back(sql::And(std::move(pairs)));
  return item;
}

using MeasureExpr = std::function<sql::Expr(std::size_t aggregate)>;

// As deep as the condition, which kMaxFilterDepth bounds.
sql::Expr ConditionExpr(const Condition& condition, const ResolvedQuery& query,
                        const MeasureExpr& measure) {
  FilterTarget target;
  switch (condition.kind) {
    case Condition::Kind::kDimension:
      target.expr = RowExpr(*condition.entity, *condition.dimension);
      target.data_type = condition.dimension->data_type;
      target.type = ClassifyType(target.data_type);
      return EmitCondition(condition, target, query.timezone);
    case Condition::Kind::kMeasure:
      target.expr = measure(condition.aggregate);
      target.data_type = query.aggregates[condition.aggregate].measure->data_type;
      target.type = TypeOf(query.aggregates[condition.aggregate]);
      return EmitCondition(condition, target, query.timezone);
    default:
      break;
  }
  std::vector<sql::Expr> children;
  for (const Condition& child : condition.children) {
    children.push_back(ConditionExpr(child, query, measure));
  }
  return condition.kind == Condition::Kind::kAnd ? sql::And(std::move(children))
                                                 : sql::Or(std::move(children));
}

// FROM and WHERE of a part.
sql::Select RowsOf(const Part& part, const ResolvedQuery& query) {
  sql::Select select;
  select.from.push_back(TableOf(*part.root));
  for (const JoinStep& step : part.joins) select.from.push_back(JoinOf(step));
  for (const Condition& condition : query.row_filters) {
    select.where.push_back(ConditionExpr(condition, query, nullptr));
  }
  return select;
}

void GroupByPositions(std::size_t count, sql::Select* select) {
  for (std::size_t i = 0; i < count; ++i) {
    select->group_by.push_back(sql::Integer(static_cast<std::int64_t>(i) + 1));
  }
}

void AddHaving(const ResolvedQuery& query, const MeasureExpr& measure, sql::Select* select) {
  for (const Condition& condition : query.measure_filters) {
    select->having.push_back(ConditionExpr(condition, query, measure));
  }
}

sql::Select EmitSinglePart(const Plan& plan) {
  const ResolvedQuery& query = plan.query;
  sql::Select select = RowsOf(plan.parts[0], query);
  for (const Group& group : query.groups) {
    select.items.push_back({GroupExpr(group, query.timezone), ""});
  }
  for (std::size_t i = 0; i < query.selected_aggregates; ++i) {
    const Aggregate& aggregate = query.aggregates[i];
    sql::Expr expr = query.ungrouped ? UngroupedExpr(aggregate) : AggregateExpr(aggregate);
    select.items.push_back({Shown(std::move(expr), aggregate, query.timezone), ""});
  }
  if (query.ungrouped) return select;
  GroupByPositions(query.groups.size(), &select);
  AddHaving(
      query, [&](std::size_t i) { return AggregateExpr(query.aggregates[i]); }, &select);
  return select;
}

std::string GroupAlias(std::size_t index) { return "g" + std::to_string(index + 1); }
std::string MeasureAlias(std::size_t index) { return "m" + std::to_string(index + 1); }

// One branch of the UNION ALL: groups, then every aggregate, null where it is another part's.
sql::Select EmitBranch(const Part& part, const ResolvedQuery& query) {
  sql::Select select = RowsOf(part, query);
  for (std::size_t i = 0; i < query.groups.size(); ++i) {
    select.items.push_back({GroupExpr(query.groups[i], query.timezone), GroupAlias(i)});
  }
  for (std::size_t i = 0; i < query.aggregates.size(); ++i) {
    const Aggregate& aggregate = query.aggregates[i];
    const bool own = aggregate.entity == part.root;
    select.items.push_back(
        {own ? AggregateExpr(aggregate) : TypedNull(aggregate), MeasureAlias(i)});
  }
  GroupByPositions(query.groups.size(), &select);
  return select;
}

// Each group has at most one row that is not null in a measure's column: max() picks it.
sql::Select EmitParts(const Plan& plan) {
  const ResolvedQuery& query = plan.query;
  sql::Select inner = EmitBranch(plan.parts[0], query);
  for (std::size_t i = 1; i < plan.parts.size(); ++i) {
    inner.union_all.push_back(EmitBranch(plan.parts[i], query));
  }
  sql::Select select;
  select.from.push_back(sql::SubqueryRef(std::move(inner), "parts"));
  for (std::size_t i = 0; i < query.groups.size(); ++i) {
    select.items.push_back({sql::Column("parts", GroupAlias(i)), ""});
  }
  const auto met = [](std::size_t i) {
    return sql::Call("max", {sql::Column("parts", MeasureAlias(i))});
  };
  for (std::size_t i = 0; i < query.selected_aggregates; ++i) {
    select.items.push_back({Shown(met(i), query.aggregates[i], query.timezone), ""});
  }
  GroupByPositions(query.groups.size(), &select);
  AddHaving(query, met, &select);
  return select;
}

// The statement without order, limit and names.
sql::Select EmitRows(const Plan& plan) {
  return plan.parts.size() == 1 ? EmitSinglePart(plan) : EmitParts(plan);
}

}  // namespace

sql::Select Emit(const Plan& plan) {
  const ResolvedQuery& query = plan.query;
  sql::Select select = EmitRows(plan);
  for (std::size_t i = 0; i < select.items.size(); ++i) {
    const std::size_t groups = query.groups.size();
    const std::string& key = i < groups ? query.groups[i].key : query.aggregates[i - groups].key;
    select.items[i].alias = OutputName(key, i);
  }
  const bool one_row = query.groups.empty() && !query.ungrouped;
  for (const SortKey& key : query.order) {
    if (one_row) break;
    select.order_by.push_back(
        {sql::Integer(static_cast<std::int64_t>(key.column) + 1), key.direction, key.nulls});
  }
  select.limit = query.limit;
  if (query.offset > 0) select.offset = query.offset;
  return select;
}

sql::Select EmitTotal(const Plan& plan) {
  sql::Select rows = EmitRows(plan);
  for (std::size_t i = 0; i < rows.items.size(); ++i) {
    rows.items[i].alias = "c" + std::to_string(i + 1);
  }
  sql::Select total;
  total.items.push_back({sql::Call("count", {sql::Star()}), "total"});
  total.from.push_back(sql::SubqueryRef(std::move(rows), "rows"));
  return total;
}

}  // namespace loupe::semantic

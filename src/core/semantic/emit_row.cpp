#include "core/semantic/emit_row.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "core/semantic/emit_filter.hpp"
#include "core/semantic/formula_types.hpp"
#include "core/semantic/fragment.hpp"

namespace loupe::semantic {
namespace {

// A number as people write it: 10, 2.5.
std::string NumberText(double value) { return sql::Number(value).text; }

// "< 10", "10 to < 100", ">= 100"; null stays null.
sql::Expr BinLabel(const sql::Expr& value, const std::vector<double>& edges) {
  sql::Expr label;
  label.kind = sql::Expr::Kind::kCase;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    label.args.push_back(sql::Binary("<", value, sql::Number(edges[i])));
    const std::string below = "< " + NumberText(edges[i]);
    label.args.push_back(sql::String(i == 0 ? below : NumberText(edges[i - 1]) + " to " + below));
  }
  label.args.push_back(sql::Binary(">=", value, sql::Number(edges.back())));
  label.args.push_back(sql::String(">= " + NumberText(edges.back())));
  return label;
}

// The source's expression over a row that is there. As deep as formulas refer to one another, which
// ParseModel bounds.
TypedExpr SourceExpr(const Entity& entity, const RowSource& source, SqlType type) {
  TypedExpr value;
  value.type = type;
  if (!source.column.empty()) {
    value.expr = sql::Column(RowAlias(entity), source.column);
  } else if (source.formula) {
    const Scope present;
    value = EmitFormula(*source.formula, [&](const std::string& name) {
      return DimensionExpr(entity, *entity.FindDimension(name.substr(name.find('.') + 1)), present);
    });
    if (value.type == SqlType::kUnknown) value.type = type;
  } else {
    value.expr = sql::Fragment(BindFragment(source.sql, RowAlias(entity)));
  }
  return value;
}

TypedExpr Guarded(TypedExpr value, const Entity& entity, const RowSource& source,
                  const Scope& scope) {
  const std::string& guard = scope.GuardOf(&entity);
  if (guard.empty() || !source.column.empty()) return value;
  value.expr =
      sql::When(sql::IsNotNull(sql::Column(RowAlias(entity), guard)), std::move(value.expr));
  return value;
}

// The value of a dimension, also where the caller may not see it: for filters of the model itself.
TypedExpr UnmaskedExpr(const Entity& entity, const Dimension& dimension, const Scope& scope) {
  const SqlType type = dimension.bins.empty() ? ClassifyType(dimension.data_type) : SqlType::kText;
  TypedExpr value = SourceExpr(entity, dimension, type);
  value.kind = FormulaTypeOf(dimension.type);
  if (!dimension.bins.empty()) {
    value.expr = BinLabel(value.expr, dimension.bins);
    value.type = type;
  }
  return Guarded(std::move(value), entity, dimension, scope);
}

// The entity's own rows, before anything restricts them.
sql::FromItem SourceOf(const Entity& entity) {
  if (entity.sql.empty()) return sql::TableRef(entity.schema, entity.table, RowAlias(entity));
  sql::FromItem item;
  item.fragment = entity.sql;
  item.alias = RowAlias(entity);
  return item;
}

}  // namespace

const std::string& Scope::GuardOf(const Entity* entity) const {
  static const std::string none;
  for (const auto& [known, guard] : guards_) {
    if (known == entity) return guard;
  }
  return none;
}

std::string RowAlias(const Entity& entity) {
  static constexpr std::string_view kTaken[] = {"base",   "one",    "periods",
                                                "picked", "series", "steps"};
  const std::string& name = entity.name;
  // Branches are b1, b2 and so on.
  const bool is_branch = name.size() > 1 && name[0] == 'b' &&
                         name.find_first_not_of("0123456789", 1) == std::string::npos;
  const bool is_taken =
      is_branch || std::find(std::begin(kTaken), std::end(kTaken), name) != std::end(kTaken);
  return is_taken ? name + "$" : name;
}

std::string GroupAlias(std::size_t group) { return "g" + std::to_string(group + 1); }

sql::Expr NullOf(SqlType type) {
  const char* name = CastName(type);
  return name == nullptr ? sql::Null() : sql::Cast(sql::Null(), name);
}

TypedExpr DimensionExpr(const Entity& entity, const Dimension& dimension, const Scope& scope) {
  if (!dimension.is_masked) return UnmaskedExpr(entity, dimension, scope);
  const SqlType type = TypeOf(dimension);
  return {NullOf(type), type, FormulaTypeOf(dimension.type)};
}

TypedExpr OperandExpr(const Entity& entity, const Measure& measure, const Scope& scope) {
  return Guarded(SourceExpr(entity, measure, ClassifyType(measure.data_type)), entity, measure,
                 scope);
}

sql::FromItem TableOf(const Entity& entity, const EmitContext& context) {
  sql::FromItem source = SourceOf(entity);
  sql::Select visible;
  Scope scope;
  scope.AddPresent(&entity);
  for (const EntityRows& rows : context.query.entity_rows) {
    if (rows.entity != &entity) continue;
    visible.where.push_back(ConditionExpr(rows.condition, scope, context, nullptr));
  }
  if (visible.where.empty()) return source;
  sql::Expr all = sql::Star();
  all.name.push_back(RowAlias(entity));
  visible.items.push_back({std::move(all), ""});
  visible.from.push_back(std::move(source));
  return sql::SubqueryRef(std::move(visible), RowAlias(entity));
}

sql::Expr LinkOf(const JoinStep& step) {
  std::vector<sql::Expr> pairs;
  for (const auto& [from, to] : step.columns) {
    pairs.push_back(sql::Binary("=", sql::Column(RowAlias(*step.from), from),
                                sql::Column(RowAlias(*step.to), to)));
  }
  return sql::And(std::move(pairs));
}

sql::FromItem JoinOf(const JoinStep& step, const EmitContext& context) {
  sql::FromItem item = TableOf(*step.to, context);
  item.join = sql::JoinType::kLeft;
  item.on.push_back(LinkOf(step));
  return item;
}

sql::Expr ConditionExpr(const Condition& condition, const Scope& scope, const EmitContext& context,
                        const MeasureExpr& measure) {
  const auto on_value = [&](TypedExpr value, const std::string& data_type) {
    FilterTarget target;
    target.expr = std::move(value.expr);
    target.data_type = data_type;
    target.type = value.type;
    return EmitCondition(condition, target, context.query.timezone);
  };
  switch (condition.kind) {
    case Condition::Kind::kDimension: {
      const Dimension& dimension = *condition.dimension;
      return on_value(condition.is_of_model ? UnmaskedExpr(*condition.entity, dimension, scope)
                                            : DimensionExpr(*condition.entity, dimension, scope),
                      dimension.bins.empty() ? dimension.data_type : "text");
    }
    case Condition::Kind::kMeasure:
      return on_value(measure(condition.measure),
                      context.query.measures[condition.measure].measure->data_type);
    case Condition::Kind::kSql: {
      RowSource source;
      source.sql = condition.sql;
      TypedExpr value = SourceExpr(*condition.entity, source, SqlType::kBoolean);
      return Guarded(std::move(value), *condition.entity, source, scope).expr;
    }
    default:
      break;
  }
  std::vector<sql::Expr> children;
  for (const Condition& child : condition.children) {
    children.push_back(ConditionExpr(child, scope, context, measure));
  }
  return condition.kind == Condition::Kind::kAnd ? sql::And(std::move(children))
                                                 : sql::Or(std::move(children));
}

std::vector<sql::Expr> RowConditions(const std::vector<Condition>& conditions, const Scope& scope,
                                     const EmitContext& context) {
  std::vector<sql::Expr> exprs;
  for (const Condition& condition : conditions) {
    exprs.push_back(ConditionExpr(condition, scope, context, nullptr));
  }
  return exprs;
}

}  // namespace loupe::semantic

// Rows in SQL: what a member is over the row of its entity, wherever that row comes from.
//
// Tables are aliased by their entities, unless an entity is called like a part of the statement. A
// row that a LEFT JOIN may not find gives null for every dimension, also for one whose expression
// would make something of nulls:
//
//   column      customers.country
//   expression  CASE WHEN customers.id IS NOT NULL THEN (coalesce(customers.country, '?')) END
//
// Tested by test/unit/semantic_emit_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_EMIT_ROW_HPP
#define LOUPE_CORE_SEMANTIC_EMIT_ROW_HPP

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "core/semantic/formula_emit.hpp"
#include "core/semantic/join_graph.hpp"
#include "core/semantic/resolve.hpp"
#include "core/sql/ast.hpp"

namespace loupe::semantic {

// The entities that stand in a FROM list and those around it, each with the column that is null
// when its row is missing; empty where it never is.
class Scope {
 public:
  void AddPresent(const Entity* entity) { guards_.emplace_back(entity, ""); }
  void AddJoined(const JoinStep& step) { guards_.emplace_back(step.to, step.columns[0].second); }
  // The guard column of the entity, or empty.
  [[nodiscard]] const std::string& GuardOf(const Entity* entity) const;

 private:
  std::vector<std::pair<const Entity*, std::string>> guards_;
};

// What the emitters of one statement share.
struct EmitContext {
  const ResolvedQuery& query;
  std::string functions_schema;  // of the extension's own functions
};

// The alias of a group's column inside the statement: "g1".
[[nodiscard]] std::string GroupAlias(std::size_t group);

// The alias of an entity's rows: its name; with a mark that no name has where the statement itself
// calls something so.
[[nodiscard]] std::string RowAlias(const Entity& entity);

// The value of a dimension, or of what a measure aggregates, over the entity's row. Demands a
// source.
[[nodiscard]] TypedExpr DimensionExpr(const Entity& entity, const Dimension& dimension,
                                      const Scope& scope);
[[nodiscard]] TypedExpr OperandExpr(const Entity& entity, const Measure& measure,
                                    const Scope& scope);

// A null of the type, as a cast where the type has a name.
[[nodiscard]] sql::Expr NullOf(SqlType type);

// The rows of an entity that the caller may see, as a FROM entry.
[[nodiscard]] sql::FromItem TableOf(const Entity& entity, const EmitContext& context);
// LEFT JOIN of a step.
[[nodiscard]] sql::FromItem JoinOf(const JoinStep& step, const EmitContext& context);
// from.a = to.a AND …
[[nodiscard]] sql::Expr LinkOf(const JoinStep& step);

// A measure's value, for conditions on groups.
using MeasureExpr = std::function<TypedExpr(std::size_t measure)>;

[[nodiscard]] sql::Expr ConditionExpr(const Condition& condition, const Scope& scope,
                                      const EmitContext& context, const MeasureExpr& measure);
// The conditions, each an expression over rows.
[[nodiscard]] std::vector<sql::Expr> RowConditions(const std::vector<Condition>& conditions,
                                                   const Scope& scope, const EmitContext& context);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_EMIT_ROW_HPP

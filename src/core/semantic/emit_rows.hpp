// The rows of a part: FROM and WHERE, and the query's groups over them.
//
//   trunk                LEFT JOIN, conditions in WHERE
//   branch with groups   LEFT JOIN (SELECT DISTINCT key, groups …): one row a parent and group
//   branch that filters  EXISTS; a row that has none of it passes where nulls do
//
// In the shape of keys the branch with groups is joined as it is; in the early shape the root's
// rows are aggregated by the columns of its join before anything is joined (plan_shape.hpp).
//
// A filter that spans branches, or a branch and the trunk, is asked of their joined rows:
//
//   EXISTS (SELECT FROM (VALUES (1)) AS one LEFT JOIN payments … LEFT JOIN items … WHERE …)
//
// Tested by test/unit/semantic_emit_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_EMIT_ROWS_HPP
#define LOUPE_CORE_SEMANTIC_EMIT_ROWS_HPP

#include <vector>

#include "core/semantic/emit_row.hpp"
#include "core/semantic/plan.hpp"
#include "core/sql/ast.hpp"

namespace loupe::semantic {

struct PartRows {
  sql::Select select;             // FROM and WHERE
  Scope scope;                    // of the trunk
  std::vector<sql::Expr> groups;  // for each of part.groups
};

// The rows of the part; the group of its periods is cut by their base. In the early shape the root
// has the partials of the part's aggregates (emit_partial.hpp) beside the columns of its join.
[[nodiscard]] PartRows RowsOf(const Part& part, const EmitContext& context);

// A time on the clock of the query's zone as the part sees it: shifted.
[[nodiscard]] sql::Expr LocalTimeOf(const Entity& entity, const Dimension& dimension,
                                    const Scope& scope, const Part& part,
                                    const EmitContext& context);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_EMIT_ROWS_HPP

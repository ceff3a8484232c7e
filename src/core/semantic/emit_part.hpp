// A part in SQL: its groups and aggregates over its rows.
//
//   plain          SELECT … FROM orders … GROUP BY …
//   semi-additive  … WHERE EXISTS (SELECT FROM (SELECT max(day) AS at FROM stock GROUP BY month)
//                  AS last WHERE last.at = stock.day)
//   rolling        emit_rolling.hpp
//
// Tested by test/unit/semantic_emit_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_EMIT_PART_HPP
#define LOUPE_CORE_SEMANTIC_EMIT_PART_HPP

#include <vector>

#include "core/semantic/emit_rows.hpp"
#include "core/sql/ast.hpp"

namespace loupe::semantic {

// A part whose select list is still to be written.
struct PartQuery {
  sql::Select select;
  std::vector<sql::Expr> groups;      // for each of part.groups
  std::vector<TypedExpr> aggregates;  // for each of part.aggregates
  bool is_grouped = true;             // the select list's groups belong into GROUP BY
};

[[nodiscard]] PartQuery EmitPart(const Part& part, const EmitContext& context);

// The aggregation over the entity's rows.
[[nodiscard]] TypedExpr AggregateExpr(const Aggregate& aggregate, const Scope& scope,
                                      const EmitContext& context);
// What one row gives to the measure, for queries without groups.
[[nodiscard]] TypedExpr UngroupedExpr(const Aggregate& aggregate, const Scope& scope,
                                      const EmitContext& context);
// The type of the aggregation's result.
[[nodiscard]] SqlType TypeOf(const Aggregate& aggregate);

// The value that is aggregated; null in rows that the measure's own filters leave out.
[[nodiscard]] sql::Expr FilteredOperand(const Aggregate& aggregate, const Scope& scope,
                                        const EmitContext& context);

// The aggregate function of a measure over `args`, before filters.
[[nodiscard]] sql::Expr AggregateCall(const Measure& measure, sql::Expr operand,
                                      const EmitContext& context);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_EMIT_PART_HPP

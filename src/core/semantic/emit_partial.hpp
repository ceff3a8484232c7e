// Partial aggregates: an aggregate of rows taken in two steps, first by some key, then over the
// keys.
//
//   count   count(*) AS a1                   sum(a1)::bigint
//   sum     sum(fee) AS a1                   sum(a1)
//   avg     sum(fee) AS a1, count(fee) AS n1 sum(a1) / nullif(sum(n1), 0)
//   min     min(fee) AS a1                   min(a1)
//
// Tested by test/unit/semantic_emit_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_EMIT_PARTIAL_HPP
#define LOUPE_CORE_SEMANTIC_EMIT_PARTIAL_HPP

#include <functional>
#include <string>
#include <vector>

#include "core/semantic/emit_part.hpp"

namespace loupe::semantic {

// The column of an aggregate's partial: "a3".
[[nodiscard]] std::string PartialAlias(std::size_t aggregate);
// The columns of an aggregate's partial: "a3", and "n3" for an average.
[[nodiscard]] std::vector<std::string> PartialAliases(const EmitContext& context,
                                                      std::size_t aggregate);

// Adds the partial of aggregates[index] to a select list over its entity's rows. Demands an
// aggregate that IsMergeable.
void AddPartial(std::size_t index, const Scope& scope, const EmitContext& context,
                sql::Select* select);

// The aggregate over its partials; `call` applies an aggregate function to a column by its alias.
[[nodiscard]] sql::Expr MergedPartial(
    std::size_t index, const EmitContext& context,
    const std::function<sql::Expr(const char* function, const std::string& alias)>& call);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_EMIT_PARTIAL_HPP

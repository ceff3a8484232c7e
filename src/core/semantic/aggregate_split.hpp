// AggregateSplit: an expression over aggregates, cut into the aggregates and what is done to them.
//
//   SUM(a.x) / NULLIF(COUNT(DISTINCT b.id), 0)
//     aggregates  sum of a.x; count_distinct of b.id
//     formula     {m1} / NULLIF({m2}, 0)     with the names that the caller gives
//
// Known are sum, count, avg, min, max, median, approx_count_distinct and percentile_cont, with
// DISTINCT (in count, min and max), FILTER and WITHIN GROUP. Casts around aggregates go, because
// formulas divide without truncation.
//
// Tested by test/unit/semantic_aggregate_split_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_AGGREGATE_SPLIT_HPP
#define LOUPE_CORE_SEMANTIC_AGGREGATE_SPLIT_HPP

#include <functional>
#include <optional>
#include <string>

#include "core/semantic/sql_tokens.hpp"

namespace loupe::semantic {

struct AggregateCall {
  std::string type;                  // as measures have it: "sum", "count_distinct", …
  std::optional<double> percentile;  // of "percentile"
  SqlTokens argument;                // empty: counts rows
  SqlTokens filter;                  // empty: none
};

// Replaces each aggregate call by a reference to what `name_of` returns for it. Errors: those of
// `name_of`; kNotSupported for aggregates inside aggregates, windows and unknown forms of a call.
[[nodiscard]] Result<SqlTokens> SplitAggregates(
    const SqlTokens& tokens,
    const std::function<Result<std::string>(const AggregateCall&)>& name_of);

// Tells whether a known aggregate is called.
[[nodiscard]] bool HasAggregate(const SqlTokens& tokens);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_AGGREGATE_SPLIT_HPP

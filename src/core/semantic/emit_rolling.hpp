// Rolling measures in SQL: rows are aggregated by period first, then windows are laid over a series
// of periods without gaps. Three shapes:
//
//   framed   borders of the window lie on borders of periods, and aggregates add up
//     WITH base AS (SELECT day, channel, count(*) … GROUP BY …)
//     SELECT day, channel, sum(…) OVER (PARTITION BY channel ORDER BY day
//                                       RANGE BETWEEN '6 days' PRECEDING AND CURRENT ROW)
//     FROM (base UNION ALL each day of the series with each channel) GROUP BY day, channel
//
//   stepped  framed without other groups, where an index finds the rows of each period
//     SELECT period, sum(n) OVER (…) FROM generate_series(…) AS series CROSS JOIN LATERAL
//     (SELECT count(*) AS n FROM orders WHERE created_at >= period AND created_at < period + 1 day)
//
//   joined   any other window, and distinct counts and percentiles
//     WITH base AS (SELECT DISTINCT day, channel, customer …)
//     SELECT period, channel, count(DISTINCT customer)
//     FROM series JOIN base ON base.day >= start of the window AND base.day < its end GROUP BY …
//
// A period whose window holds no row is shown with a null, unless there are other groups: then it
// has no row for those.
//
// Tested by test/unit/semantic_emit_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_EMIT_ROLLING_HPP
#define LOUPE_CORE_SEMANTIC_EMIT_ROLLING_HPP

#include "core/semantic/emit_part.hpp"

namespace loupe::semantic {

// Demands a part with periods.
[[nodiscard]] PartQuery EmitRollingPart(const Part& part, const EmitContext& context);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_EMIT_ROLLING_HPP

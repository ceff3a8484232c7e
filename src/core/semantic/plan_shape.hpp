// The part of Plan that chooses between SQL of equal meaning by what it costs.
//
//   early  revenue by tag: a million items have two hundred products. Aggregated by product first,
//          few rows meet the pairs of product and tag. Where no to-many join follows it pays from
//          two rows a key on, and never where filters lie beyond the join: they may leave few rows.
//   keys   orders by product category: (order, category, fee) grouped once, in place of distinct
//          (order, category) pairs that are joined to the orders again.
//
//   steps  seven days rolling, by day: an index on the time gives the rows of each of 26 days, and
//          nothing is cut to days.
//   append sums of four facts: one parallel append of all their rows starts its workers once, where
//          four aggregates start them four times. Not for extremes, which an index may give.
//
// Measured by `make bench-semantic`.
//
// Tested by test/unit/semantic_plan_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_PLAN_SHAPE_HPP
#define LOUPE_CORE_SEMANTIC_PLAN_SHAPE_HPP

#include "core/semantic/plan.hpp"

namespace loupe::semantic {

// The shape of a part that is otherwise planned.
[[nodiscard]] Shape ShapeOf(const ResolvedQuery& query, const Part& part);

// Tells whether the windows of a rolling part take no row after the period they are shown for.
[[nodiscard]] bool EndsWithPeriod(const Part& part);

// Tells whether all that lies before the first period of a rolling part can be aggregated with it:
// every window that is shown has all of it.
[[nodiscard]] bool GathersFirst(const ResolvedQuery& query, const Part& part);

// Tells whether a rolling part reads its rows period by period.
[[nodiscard]] bool IsStepped(const ResolvedQuery& query, const Part& part);

// Tells whether parts of one row each are aggregated out of one append of their rows.
[[nodiscard]] bool ReadsAsOne(const Plan& plan);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_PLAN_SHAPE_HPP

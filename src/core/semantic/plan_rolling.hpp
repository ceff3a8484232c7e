// The part of Plan that is about time: which periods a rolling measure is shown for, which rows
// their windows need, and where the rows of a shifted measure lie.
//
//   7 days trailing, by day, 2024-03-01 to 2024-03-31    rows from 2024-02-24, a frame of 7 days
//   1 month trailing, by day                             days are no whole months: rows by day,
//                                                        each period joined to its window
//   year to date, by week                                a week may begin in the year before: by
//   day
//
// Tested by test/unit/semantic_plan_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_PLAN_ROLLING_HPP
#define LOUPE_CORE_SEMANTIC_PLAN_ROLLING_HPP

#include <vector>

#include "core/semantic/plan.hpp"

namespace loupe::semantic {

// Most periods of one query.
constexpr std::int64_t kMaxPeriods = 100'000;

// Tells whether aggregates of periods add up to the aggregate of their rows.
[[nodiscard]] bool IsMergeable(Aggregation aggregation);

// The periods from the one that begins at `first` to the one that begins at `last`, or a few more:
// months count as 28 days.
[[nodiscard]] std::int64_t MostPeriods(const Granularity& period, const DateTime& first,
                                       const DateTime& last);

// Sets the periods of a rolling part. `to_date` is the window's granularity when it has one.
// Errors: kSemanticInvalidQuery when the query has neither periods nor a range, kLimitExceeded.
[[nodiscard]] Status PlanPeriods(const ResolvedQuery& query, const Model& model, Part* part);

// The ranges of the query as conditions on the rows of the part: shifted, and as wide as its
// windows.
[[nodiscard]] Result<std::vector<Condition>> RangeConditions(const ResolvedQuery& query,
                                                             const Model& model, const Part& part);

// Bounds of a window as SQL and calendar need them: what to add to a period's start.
struct WindowBounds {
  std::optional<Interval> from;  // of the first moment inside; none: unbounded
  std::optional<Interval> to;    // of the first moment after it
};
[[nodiscard]] WindowBounds BoundsOf(const RollingWindow& window, const Granularity& period);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_PLAN_ROLLING_HPP

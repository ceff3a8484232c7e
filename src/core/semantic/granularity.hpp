// Granularities: how a time is cut into periods.
//
// A grid of periods has a unit, a count of it and an offset from the natural origin, 2000-01-03 (a
// Monday) for weeks and 2000-01-01T00:00 for all else:
//
//   month               1 month              date_trunc('month', t)
//   fiscal_year         1 year,  3 months    date_trunc('year', t - '3 months') + '3 months'
//   sunday_week         1 week,  -1 day      date_bin('7 days', t, '2000-01-09')
//   quarter_hour        15 minutes           date_bin('15 minutes', t, '2000-01-01')
//   half_year           6 months             months since the origin, cut to a multiple of 6
//
// There are two sorts of grid. Seconds to weeks have periods of one length, from an origin. Months
// to years count months: the days and milliseconds of the offset are taken off first, then the
// months, so that no month's end bends the result. Truncate and the SQL of TruncatedExpr agree for
// the years 1 to 9999.
//
// Tested by test/unit/semantic_granularity_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_GRANULARITY_HPP
#define LOUPE_CORE_SEMANTIC_GRANULARITY_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/calendar.hpp"
#include "core/semantic/interval.hpp"
#include "core/sql/ast.hpp"

namespace loupe::semantic {

inline constexpr int kMaxPeriodCount = 10'000;

struct Granularity {
  std::string name;  // "month", "fiscal_year": the suffix of its result key
  TimeUnit unit = TimeUnit::kDay;
  int count = 1;    // of units in a period, 1 to kMaxPeriodCount and at most a thousand years
  Interval offset;  // from the natural origin, within what ParseInterval reads
};

[[nodiscard]] Granularity PlainGranularity(TimeUnit unit);

// "second" to "year", "fiscal_quarter" or "fiscal_year": weeks begin on an ISO day, fiscal years
// with a month. None when the name is another.
[[nodiscard]] std::optional<Granularity> NamedGranularity(std::string_view name, int week_start,
                                                          int fiscal_year_start);
[[nodiscard]] std::vector<std::string> GranularityNames();

// The length of a period.
[[nodiscard]] Interval StepOf(const Granularity& granularity);

// Start of the period that holds a reading of the local clock.
[[nodiscard]] DateTime Truncate(const DateTime& local, const Granularity& granularity);
// Start of the period after the one that starts at `period_start`.
[[nodiscard]] DateTime Next(const DateTime& period_start, const Granularity& granularity);

// Tells whether every period of `fine` lies inside one period of `coarse`: day in month, month in
// fiscal year, not week in month. True only when sure: grids that meet by a chance of the calendar
// alone (weeks in four centuries) are said not to nest.
[[nodiscard]] bool Nests(const Granularity& fine, const Granularity& coarse);

// Start of the period as SQL over a local timestamp; its time stands once or twice in the result.
[[nodiscard]] sql::Expr TruncatedExpr(sql::Expr local_timestamp, const Granularity& granularity);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_GRANULARITY_HPP

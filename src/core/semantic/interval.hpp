// Intervals: spans of calendar time as models write them, on a clock without zones.
//
//   ParseInterval("1 year 6 months")   {18 months}
//   ParseInterval("2 weeks 3 days")    {17 days}
//   ParseInterval("-90 minutes")       {-5,400,000 ms}
//
// Months, days and milliseconds stay apart, as PostgreSQL keeps them: a month has no fixed number
// of days. A text is one or more pairs of a whole number, signed or not, and a unit (second to
// year, singular or plural); seconds may have up to three decimals.
//
// Tested by test/unit/semantic_interval_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_INTERVAL_HPP
#define LOUPE_CORE_SEMANTIC_INTERVAL_HPP

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/calendar.hpp"
#include "core/base/status.hpp"

namespace loupe::semantic {

struct Interval {
  std::int64_t months = 0;
  std::int64_t days = 0;
  std::int64_t millis = 0;

  bool operator==(const Interval& other) const;
  [[nodiscard]] bool IsZero() const;
};

// Reads an interval of at most a thousand years. Errors: kSemanticInvalidModel.
[[nodiscard]] Result<Interval> ParseInterval(std::string_view text);

// Writes "1 year 6 months -3 days +90 minutes": one text per value, read back by ParseInterval and
// by PostgreSQL under every IntervalStyle.
[[nodiscard]] std::string IntervalText(const Interval& interval);

// `count` units as an interval: 2 weeks are 14 days, a quarter is 3 months.
[[nodiscard]] Interval IntervalOf(TimeUnit unit, std::int64_t count);

// Adds months first (a day beyond the month's end becomes its last day), then days, then
// milliseconds, as PostgreSQL's timestamp + interval does.
[[nodiscard]] DateTime Add(const DateTime& time, const Interval& interval);

[[nodiscard]] Interval Sum(const Interval& a, const Interval& b);
[[nodiscard]] Interval Negated(const Interval& interval);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_INTERVAL_HPP

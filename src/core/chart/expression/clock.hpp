// Dates of expressions: ECMAScript's Date in UTC, and steps of Vega's time units.
//
// Times are milliseconds since 1970, NaN where there is none; beyond the calendar's years (see
// calendar.hpp) there is none either.
//
// Tested by test/unit/chart_expression_function_test.cpp.
#ifndef LOUPE_CORE_CHART_EXPRESSION_CLOCK_HPP
#define LOUPE_CORE_CHART_EXPRESSION_CLOCK_HPP

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/calendar.hpp"

namespace loupe::chart {

// The time without parts of a millisecond, or NaN.
[[nodiscard]] double ClippedTime(double millis);

// Year, month (from 0), day, hours, minutes, seconds, milliseconds; parts beyond their range carry
// over. Years 0 to 99 mean 1900 to 1999.
[[nodiscard]] double TimeOfParts(const std::array<double, 7>& parts);

// The calendar's reading. Demands a time.
[[nodiscard]] DateTime ReadingOf(double millis);

// Weeks of the year that begin on Sunday, and ISO 8601's. Demand a time.
[[nodiscard]] int SundayWeek(double millis);
[[nodiscard]] int IsoWeek(double millis);

enum class ClockUnit {
  kYear,
  kQuarter,
  kMonth,
  kWeek,
  kIsoWeek,
  kDay,
  kHour,
  kMinute,
  kSecond,
  kMillisecond
};

// "year", "quarter", "month", "week", "isoweek", "date", "day", "dayofyear", "hours", …
[[nodiscard]] std::optional<ClockUnit> ParseClockUnit(std::string_view name);
[[nodiscard]] double FloorToClock(ClockUnit unit, double millis);
// Moves by `steps` units, as Date's setters do: a month after January 31 is March 2 or 3.
[[nodiscard]] double MoveByClock(ClockUnit unit, double millis, double steps);

// Reads a text by the directives of d3-time-format, see time_format.hpp; NaN where it does not fit.
[[nodiscard]] double ReadTime(std::string_view text, std::string_view specifier);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_EXPRESSION_CLOCK_HPP

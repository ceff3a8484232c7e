// Date points: one end of a date range, or a whole range by itself.
//
//   text                        means (now: Wednesday 2024-03-13 02:30)
//   today, now, last 2 weeks    a span fixed by the clock
//   2023-11, Nov 5 2023         a span of the calendar
//   3 hours ago, in 2 days      a moment; it spans the hour, minute or second, else the day
//   friday                      the nearest day of that name: 2024-03-15
//   november, 5 nov, q3         the nearest that begins so: 2023-11, 2023-11-05, 2024-07
//
// Points of the last three kinds bend to the other end of a range; date_range.cpp says how.
//
// Tested by test/unit/semantic_date_range_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_DATE_POINT_HPP
#define LOUPE_CORE_SEMANTIC_DATE_POINT_HPP

#include <optional>

#include "core/base/calendar.hpp"
#include "core/semantic/date_range.hpp"
#include "core/semantic/date_words.hpp"

namespace loupe::semantic {

// A day (day > 0), month or quarter of a year yet to be known.
struct Yearless {
  int month = 1;  // of a quarter, its first
  int day = 0;    // 0: the whole month or quarter
  TimeUnit unit = TimeUnit::kDay;
};

struct DatePoint {
  enum class Kind { kSpan, kCalendar, kMoment, kWeekday, kYearless };

  Kind kind = Kind::kSpan;
  DateRange range;                 // what the point means alone
  DateTime moment;                 // of kMoment
  TimeUnit unit = TimeUnit::kDay;  // of kMoment: finest sub-day unit that it names, else the day
  Yearless yearless;               // of kYearless
};

// Reads one point; nothing when the words are none.
[[nodiscard]] std::optional<DatePoint> ParseDatePoint(const Words& words,
                                                      const DateContext& context);

// The span that a moment means when cut to `unit`.
[[nodiscard]] DateRange SpanOf(const DateTime& moment, TimeUnit unit);

// The day, month or quarter in that year; nothing for February 29 of a common year.
[[nodiscard]] std::optional<DateRange> InYear(const Yearless& yearless, int year);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_DATE_POINT_HPP

// Date ranges: what the "dateRange" of a query means on the wall clock of the query's zone.
//
//   ParseDateRange(["2024-01-01", "2024-01-31"], now)  [2024-01-01T00:00, 2024-02-01T00:00)
//   ParseDateRange("last 7 days", now)                 the seven whole days before today
//   ParseDateRange("from 3 hours ago to now", now)     four hours, the current one among them
//
// Bounds are half-open and local: the zone enters only when SQL is made of them. A text is one
// point or two (lower or upper case, any white space):
//
//   range  point | [from] A to B | A - B | between A and B | since A (to the end of today)
//          from the start of A to the end of B; until, till and through say "to" as well
//   point  today, yesterday, tomorrow, now (alone: today)
//          this|last|next UNIT      UNIT: second minute hour day week month quarter year; current,
//                                   previous and past say this, last and last
//          last|next N UNITs        whole units, the current one not among them; N from 1, in
//                                   digits or a word to twelve
//          UNIT to date, ytd, qtd, mtd, wtd     from the start of the current unit to today's end
//          N UNITs ago, in N UNITs, N UNITs from now     a moment, see below
//          WEEKDAY                  the nearest day of that name; last: before today; this: from
//                                   today on; next: of the next week
//          MONTH, MONTH DAY, DAY MONTH, Qn      with a year, or the nearest that begins so; last,
//                                   this or next MONTH: the latest over, of this year, first ahead
//          2024, 2024-03, 2024-Q1, 2024-03-13, 2024/03/13, 20240313, 2024-03-13T02:30[:45[.5]]
//
// A date is as long as it is written: "2024-03" is a month, "…T02:30" a minute. A moment is as long
// as its finest unit below the day, else a day; two moments take the finer of their lengths. In a
// range, a day or month without a year takes the year of the other end where that has one written,
// and an end that could be another weekday or year moves until the range does not end before it
// begins ("monday to today"). Nothing is guessed: "11/05/2023" is an error.
//
// Tested by test/unit/semantic_date_range_test.cpp and test/fuzz/date_range_fuzz.cpp.
#ifndef LOUPE_CORE_SEMANTIC_DATE_RANGE_HPP
#define LOUPE_CORE_SEMANTIC_DATE_RANGE_HPP

#include <string>
#include <string_view>
#include <vector>

#include "core/base/calendar.hpp"
#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::semantic {

struct DateRange {
  DateTime from;  // included
  DateTime to;    // excluded
};

// What a relative range is relative to. "fiscal year" and "fiscal quarter" count from
// fiscal_year_start; the plain year and Qn are those of the calendar.
struct DateContext {
  DateTime now;               // local to the query's zone
  int week_start = 1;         // 1 = Monday … 7 = Sunday
  int fiscal_year_start = 1;  // month, 1-12
};

// How answers write a range: its end is included, to the millisecond.
[[nodiscard]] std::vector<std::string> RangeTexts(const DateRange& range);

// Reads one string, or an array of one string (the range that it means) or two points (from the
// start of the first to the end of the second). Errors: kSemanticInvalidQuery with a pointer
// relative to `value`.
[[nodiscard]] Result<DateRange> ParseDateRange(const Json& value, const DateContext& context);

// The same for one text.
[[nodiscard]] Result<DateRange> ParseDateRange(std::string_view text, const DateContext& context);
// The same for one text or two.
[[nodiscard]] Result<DateRange> ParseDateRange(const std::vector<std::string>& texts,
                                               const DateContext& context);

// The same with weeks from Monday and fiscal years from January.
[[nodiscard]] Result<DateRange> ParseDateRange(const Json& value, const DateTime& now);
[[nodiscard]] Result<DateRange> ParseDateRange(std::string_view text, const DateTime& now);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_DATE_RANGE_HPP

// Date ranges: what the "dateRange" of a query means on the wall clock of the query's zone.
//
//   ParseDateRange(["2024-01-01", "2024-01-31"], now)  [2024-01-01T00:00, 2024-02-01T00:00)
//   ParseDateRange("last 7 days", now)                 the seven whole days before today
//
// Bounds are half-open and local: the zone enters only when SQL is made of them. A bare date as an
// end means the whole day; an end written to the minute, second or millisecond includes that
// minute, second or millisecond. Weeks begin on Monday.
//
// Relative ranges (lower or upper case, single spaces not needed):
//   today, yesterday, tomorrow, now
//   this|last|previous|next UNIT     UNIT: second minute hour day week month quarter year
//   last|previous|next N UNITs       N whole units, the current one not among them; N from 1
//   UNIT to date, ytd, qtd, mtd      from the start of the current unit to the end of today
//
// Tested by test/unit/semantic_date_range_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_DATE_RANGE_HPP
#define LOUPE_CORE_SEMANTIC_DATE_RANGE_HPP

#include <string_view>

#include "core/base/calendar.hpp"
#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::semantic {

struct DateRange {
  DateTime from;  // included
  DateTime to;    // excluded
};

// Reads one string, or an array of one string (the range of that date or relative range) or two
// (from the start of the first to the end of the second). `now` is local to the query's zone.
// Errors: kSemanticInvalidQuery with a pointer relative to `value`.
[[nodiscard]] Result<DateRange> ParseDateRange(const Json& value, const DateTime& now);

// The same for one text.
[[nodiscard]] Result<DateRange> ParseDateRange(std::string_view text, const DateTime& now);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_DATE_RANGE_HPP

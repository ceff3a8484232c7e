// TimeColumn: which columns tell when something was.
//
//   ordered_at timestamp   a time        year int, founded int   a year
//   starts time            neither       month int, quarter int  a period of a year
//
// Tested by test/unit/ask_tables_test.cpp.
#ifndef LOUPE_CORE_ASK_TIME_COLUMN_HPP
#define LOUPE_CORE_ASK_TIME_COLUMN_HPP

#include "core/semantic/model.hpp"

namespace loupe::ask {

// A date or a point in time; no time of day, no interval.
[[nodiscard]] bool IsTimeColumn(const semantic::Dimension& dimension);

// A number or text that is a year by its name.
[[nodiscard]] bool IsYearColumn(const semantic::Dimension& dimension);

// What people list in its own order: times, years, numbered months and the like.
[[nodiscard]] bool IsListedInTime(const semantic::Dimension& dimension);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_TIME_COLUMN_HPP

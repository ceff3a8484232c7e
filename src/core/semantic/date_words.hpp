// Words of dates: what the words of a date range mean one by one.
//
//   DateWords("From Nov. 5th, 2023 to Now")   from nov 5th 2023 to now
//
// Tested by test/unit/semantic_date_range_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_DATE_WORDS_HPP
#define LOUPE_CORE_SEMANTIC_DATE_WORDS_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/calendar.hpp"

namespace loupe::semantic {

using Words = std::vector<std::string>;

inline constexpr int kMaxUnits = 100'000;  // of "last N units": stays inside the calendar

// Cuts a text at white space into lower-case words without the comma or full stop that ends one;
// "year-to-date" makes three words, a long dash becomes "-".
[[nodiscard]] Words DateWords(std::string_view text);

// "2", "two", "twelve": 1 to kMaxUnits.
[[nodiscard]] std::optional<int> CountOf(std::string_view word);
// "day", "hr", "min" …; UnitsOf also reads the plurals.
[[nodiscard]] std::optional<TimeUnit> UnitOf(std::string_view word);
[[nodiscard]] std::optional<TimeUnit> UnitsOf(std::string_view word);
// "friday", "fri": 1 = Monday … 7 = Sunday.
[[nodiscard]] std::optional<int> WeekdayOf(std::string_view word);
// "november", "nov": 1 to 12.
[[nodiscard]] std::optional<int> MonthOf(std::string_view word);
// "5", "05", "5th": 1 to 31.
[[nodiscard]] std::optional<int> DayOf(std::string_view word);
// "q3": 1 to 4.
[[nodiscard]] std::optional<int> QuarterOf(std::string_view word);
// Exactly `count` digits as a number.
[[nodiscard]] std::optional<int> DigitsOf(std::string_view word, std::size_t count);

// What a hint says when a word is nearly one that a date range may hold; else empty.
[[nodiscard]] std::string NearestDateWordHint(const Words& words);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_DATE_WORDS_HPP

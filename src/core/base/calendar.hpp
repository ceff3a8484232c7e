// Calendar: the proleptic Gregorian calendar without time zones.
//
// A DateTime is a local wall-clock reading; zones are PostgreSQL's business. Algorithms: Howard
// Hinnant, "chrono-Compatible Low-Level Date Algorithms". Years -200000 to 200000.
//
// Tested by test/unit/base_calendar_test.cpp.
#ifndef LOUPE_CORE_BASE_CALENDAR_HPP
#define LOUPE_CORE_BASE_CALENDAR_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loupe {

struct DateTime {
  int year = 1970;
  int month = 1;  // 1-12
  int day = 1;    // 1-31
  int hour = 0;
  int minute = 0;
  int second = 0;
  int millisecond = 0;

  bool operator==(const DateTime& other) const;
};

enum class TimeUnit { kSecond, kMinute, kHour, kDay, kWeek, kMonth, kQuarter, kYear };

[[nodiscard]] bool IsLeapYear(int year);
[[nodiscard]] int DaysInMonth(int year, int month);

// Days since 1970-01-01.
[[nodiscard]] std::int64_t DaysFromCivil(int year, int month, int day);
[[nodiscard]] DateTime CivilFromDays(std::int64_t days);

// Milliseconds since 1970-01-01T00:00:00 of the same wall clock.
[[nodiscard]] std::int64_t ToMillis(const DateTime& time);
[[nodiscard]] DateTime FromMillis(std::int64_t millis);

// 0 = Sunday … 6 = Saturday.
[[nodiscard]] int DayOfWeek(const DateTime& time);
// 1-366.
[[nodiscard]] int DayOfYear(const DateTime& time);

// Start of the unit that holds `time`; weeks begin on Monday (ISO 8601).
[[nodiscard]] DateTime Truncate(const DateTime& time, TimeUnit unit);
// Adds `count` units; a day beyond the target month's end becomes its last day.
[[nodiscard]] DateTime Add(const DateTime& time, TimeUnit unit, std::int64_t count);

// Reads "YYYY-MM-DD" or "YYYY-MM-DD[T ]HH:MM[:SS[.fff…]]", with an optional trailing zone ("Z",
// "+02", "-05:30"), which shifts the reading to UTC. Nothing for any other text or a date that does
// not exist.
[[nodiscard]] std::optional<DateTime> ParseDateTime(std::string_view text);

[[nodiscard]] std::string FormatDate(const DateTime& time);      // 2024-03-07
[[nodiscard]] std::string FormatDateTime(const DateTime& time);  // 2024-03-07T15:04:05.678

// "second" … "year", as date_trunc and the semantic layer name them.
[[nodiscard]] const char* TimeUnitName(TimeUnit unit);
[[nodiscard]] std::optional<TimeUnit> ParseTimeUnit(std::string_view name);

}  // namespace loupe

#endif  // LOUPE_CORE_BASE_CALENDAR_HPP

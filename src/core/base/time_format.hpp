// Time formats in the directives of d3-time-format (a superset of C's strftime):
//
//   FormatTime("%b %d, %Y", t)  "Mar 07, 2024"     FormatTime("%-I:%M %p", t)  "3:04 PM"
//
// %a %A %b %B %c %d %e %f %g %G %H %I %j %L %m %M %p %q %Q %s %S %u %U %V %w %W %x %X %y %Y %Z %%,
// each with an optional padding flag: "-" none, "_" spaces, "0" zeros. A directive that is not
// known prints its letter. The locale is en-US where none is given; the zone is the reading's own,
// printed as +0000.
//
//   FormatTime("%A, %-d. %B", t, german)  "Donnerstag, 7. März"
//
// Tested by test/unit/base_time_format_test.cpp.
#ifndef LOUPE_CORE_BASE_TIME_FORMAT_HPP
#define LOUPE_CORE_BASE_TIME_FORMAT_HPP

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace loupe {

// How a language writes times: a locale of d3-time-format. The defaults are those of en-US. %c
// writes date_time, %x date and %X time; what these name themselves is expanded one level deep.
struct TimeLocale {
  std::string date_time = "%x, %X";
  std::string date = "%-m/%-d/%Y";
  std::string time = "%-I:%M:%S %p";
  std::array<std::string, 2> periods = {"AM", "PM"};
  std::array<std::string, 7> days = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                     "Thursday", "Friday", "Saturday"};
  std::array<std::string, 7> short_days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  std::array<std::string, 12> months = {"January",   "February", "March",    "April",
                                        "May",       "June",     "July",     "August",
                                        "September", "October",  "November", "December"};
  std::array<std::string, 12> short_months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
};

[[nodiscard]] const TimeLocale& EnglishTimes();

// `millis` counts from 1970-01-01T00:00:00 of the wall clock (see calendar.hpp).
[[nodiscard]] std::string FormatTime(std::string_view specifier, std::int64_t millis,
                                     const TimeLocale& locale = EnglishTimes());

// Formats an axis label by the coarsest unit on whose boundary the time lies: "2024", "March",
// "Mar 10" (a Sunday, where weeks begin), "Tue 12", "03 PM", "03:04", ":05", ".678".
[[nodiscard]] std::string FormatTimeByScale(std::int64_t millis,
                                            const TimeLocale& locale = EnglishTimes());

}  // namespace loupe

#endif  // LOUPE_CORE_BASE_TIME_FORMAT_HPP

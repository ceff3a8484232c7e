// Time formats in the directives of d3-time-format (a superset of C's strftime):
//
//   FormatTime("%b %d, %Y", t)  "Mar 07, 2024"     FormatTime("%-I:%M %p", t)  "3:04 PM"
//
// %a %A %b %B %c %d %e %f %g %G %H %I %j %L %m %M %p %q %Q %s %S %u %U %V %w %W %x %X %y %Y %Z %%,
// each with an optional padding flag: "-" none, "_" spaces, "0" zeros. A directive that is not
// known prints its letter. Locale en-US; the zone is the reading's own, printed as +0000.
//
// Tested by test/unit/base_time_format_test.cpp.
#ifndef LOUPE_CORE_BASE_TIME_FORMAT_HPP
#define LOUPE_CORE_BASE_TIME_FORMAT_HPP

#include <cstdint>
#include <string>
#include <string_view>

namespace loupe {

// `millis` counts from 1970-01-01T00:00:00 of the wall clock (see calendar.hpp).
[[nodiscard]] std::string FormatTime(std::string_view specifier, std::int64_t millis);

// Formats an axis label by the coarsest unit on whose boundary the time lies: "2024", "March",
// "Mar 10" (a Sunday, where weeks begin), "Tue 12", "03 PM", "03:04", ":05", ".678".
[[nodiscard]] std::string FormatTimeByScale(std::int64_t millis);

}  // namespace loupe

#endif  // LOUPE_CORE_BASE_TIME_FORMAT_HPP

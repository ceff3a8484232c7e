// Reads times written in the directives of d3-time-format (see time_format.hpp):
//
//   ParseTimeAs("%d %b %Y", "07 Mar 2024")  milliseconds of 2024-03-07T00:00:00
//
// %a %A %b %B %d %e %f %H %I %j %L %m %M %p %q %Q %s %S %x %X %c %y %Y %Z %%, each with an optional
// padding flag, which reading ignores. Numbers may have leading blanks and fewer digits than when
// they are written; other characters stand for themselves. What is not named is that of
// 1900-01-01T00:00:00. The names of months and days are those of the locale, in any case.
//
// Tested by test/unit/base_time_parse_test.cpp.
#ifndef LOUPE_CORE_BASE_TIME_PARSE_HPP
#define LOUPE_CORE_BASE_TIME_PARSE_HPP

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/base/status.hpp"
#include "core/base/time_format.hpp"

namespace loupe {

// Error: kInvalidArgument for a directive that cannot be read, weeks among them.
[[nodiscard]] Status CheckTimeFormat(std::string_view specifier);

// Milliseconds since 1970-01-01T00:00:00 of the wall clock; a zone that %Z reads shifts them to
// UTC. Nothing where the text has another form or names no time.
[[nodiscard]] std::optional<std::int64_t> ParseTimeAs(std::string_view specifier,
                                                      std::string_view text,
                                                      const TimeLocale& locale = EnglishTimes());

}  // namespace loupe

#endif  // LOUPE_CORE_BASE_TIME_PARSE_HPP

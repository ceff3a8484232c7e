// Time units: which parts of a date and time a field keeps.
//
//   "yearmonth"  2024-03-07T15:04 -> 2024-03-01, titled "date (year-month)", label "Mar 2024"
//   "month"      2024-03-07T15:04 -> 2012-03-01, label "Mar"
//
// Parts that a unit leaves out take those of 2012-01-01, a Sunday, so that all years fall together.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_DATA_TIME_UNIT_HPP
#define LOUPE_CORE_CHART_DATA_TIME_UNIT_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace loupe::chart {

enum class TimePart {
  kYear,
  kQuarter,
  kMonth,
  kWeek,
  kDay,
  kDayOfYear,
  kDate,
  kHours,
  kMinutes,
  kSeconds,
  kMilliseconds
};
constexpr int kTimePartCount = 11;

struct TimeUnitSpec {
  std::uint16_t parts = 0;  // bit i: TimePart i
  int step = 1;             // of the smallest part
  bool binned = false;      // the data holds the units' starts already

  [[nodiscard]] bool Has(TimePart part) const {
    return (parts >> static_cast<unsigned>(part) & 1U) != 0;
  }
  // Demands that there is a part.
  [[nodiscard]] TimePart Smallest() const;
  // Tells whether this is the one part only.
  [[nodiscard]] bool Is(TimePart part) const {
    return parts == (1U << static_cast<unsigned>(part));
  }
};

// Reads "yearmonthdate", "utcmonth", "binnedyear", …; nothing for any other text.
[[nodiscard]] std::optional<TimeUnitSpec> ParseTimeUnitSpec(std::string_view name);

// Start of the unit that holds `millis`, in milliseconds since 1970 of the wall clock.
[[nodiscard]] double FloorToUnit(const TimeUnitSpec& unit, double millis);
// Start of the next unit after the one that starts at `start`.
[[nodiscard]] double NextUnit(const TimeUnitSpec& unit, double start);
// Length of the unit in milliseconds where months have 31 days; nothing for weekdays.
[[nodiscard]] std::optional<double> UnitDuration(const TimeUnitSpec& unit);

// "year-month".
[[nodiscard]] std::string UnitTitle(const TimeUnitSpec& unit);
// The time format of labels: "%b %Y".
[[nodiscard]] std::string UnitFormat(const TimeUnitSpec& unit);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_TIME_UNIT_HPP

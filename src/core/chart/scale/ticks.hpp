// Ticks: round values within a domain, and domains widened to round ends.
//
// Linear ticks are 1, 2 or 5 times a power of ten apart (the rule of d3-array), times fall on the
// boundaries of seconds to years, weeks begin on Sunday (the rule of d3-time).
//
// Tested by test/unit/chart_ticks_test.cpp.
#ifndef LOUPE_CORE_CHART_SCALE_TICKS_HPP
#define LOUPE_CORE_CHART_SCALE_TICKS_HPP

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/calendar.hpp"
#include "core/chart/scale/scale.hpp"

namespace loupe::chart {

// About `count` values from `start` to `stop`, in that direction; at most kMaxTicks.
[[nodiscard]] std::vector<double> LinearTicks(double start, double stop, double count);
// Distance of LinearTicks; 0 when there is none.
[[nodiscard]] double TickStep(double start, double stop, double count);
// Widens a domain so that its ends are ticks.
void NiceLinear(double count, double* start, double* stop);

[[nodiscard]] std::vector<double> LogTicks(double start, double stop, double base, double count);
// Tells whether a log tick is labelled when there are too many for all to be.
[[nodiscard]] bool IsLabelledLogTick(double tick, double base, double count, std::size_t ticks);
void NiceLog(double base, double* start, double* stop);

// A calendar step: every `count` units.
struct TimeInterval {
  TimeUnit unit = TimeUnit::kDay;
  int count = 1;
  double millis = 0;  // kSecond with millis > 0: every so many milliseconds
};
[[nodiscard]] std::optional<TimeInterval> ParseTimeInterval(std::string_view name, int step);
[[nodiscard]] TimeInterval ChooseTimeInterval(double start, double stop, double count);
[[nodiscard]] std::vector<double> TimeTicks(double start, double stop,
                                            const TimeInterval& interval);
void NiceTime(const TimeInterval& interval, double* start, double* stop);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_SCALE_TICKS_HPP

#include "core/chart/scale/ticks.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

constexpr double kSecond = 1000;
constexpr double kMinute = 60 * kSecond;
constexpr double kHour = 60 * kMinute;
constexpr double kDay = 24 * kHour;
constexpr double kWeek = 7 * kDay;
constexpr double kMonth = 30 * kDay;
constexpr double kYear = 365 * kDay;
constexpr double kMaxTime = 6e15;  // within the calendar's years
constexpr int kMaxSpecDepth = 64;
constexpr int kMaxNiceRounds = 10;

// Ticks are i / -increment (increment < 0) or i * increment for i from first to last.
struct TickSpec {
  double first = 0;
  double last = -1;
  double increment = 0;
};

double RoundHalfUp(double x) { return std::floor(x + 0.5); }

TickSpec SpecOf(double start, double stop, double count, int depth) {
  const double step = (stop - start) / std::max(0.0, count);
  const double power = std::floor(std::log10(step));
  const double error = step / std::pow(10, power);
  const double factor = error >= std::sqrt(50.0)   ? 10
                        : error >= std::sqrt(10.0) ? 5
                        : error >= std::sqrt(2.0)  ? 2
                                                   : 1;
  TickSpec spec;
  if (power < 0) {
    const double per_unit = std::pow(10, -power) / factor;
    spec.first = RoundHalfUp(start * per_unit);
    spec.last = RoundHalfUp(stop * per_unit);
    if (spec.first / per_unit < start) ++spec.first;
    if (spec.last / per_unit > stop) --spec.last;
    spec.increment = -per_unit;
  } else {
    const double each = std::pow(10, power) * factor;
    spec.first = RoundHalfUp(start / each);
    spec.last = RoundHalfUp(stop / each);
    if (spec.first * each < start) ++spec.first;
    if (spec.last * each > stop) --spec.last;
    spec.increment = each;
  }
  const bool none = spec.last < spec.first && count >= 0.5 && count < 2;
  return none && depth < kMaxSpecDepth ? SpecOf(start, stop, count * 2, depth + 1) : spec;
}

struct Candidate {
  TimeUnit unit;
  int count;
  double duration;
};
constexpr std::array<Candidate, 18> kCandidates = {{{TimeUnit::kSecond, 1, kSecond},
                                                    {TimeUnit::kSecond, 5, 5 * kSecond},
                                                    {TimeUnit::kSecond, 15, 15 * kSecond},
                                                    {TimeUnit::kSecond, 30, 30 * kSecond},
                                                    {TimeUnit::kMinute, 1, kMinute},
                                                    {TimeUnit::kMinute, 5, 5 * kMinute},
                                                    {TimeUnit::kMinute, 15, 15 * kMinute},
                                                    {TimeUnit::kMinute, 30, 30 * kMinute},
                                                    {TimeUnit::kHour, 1, kHour},
                                                    {TimeUnit::kHour, 3, 3 * kHour},
                                                    {TimeUnit::kHour, 6, 6 * kHour},
                                                    {TimeUnit::kHour, 12, 12 * kHour},
                                                    {TimeUnit::kDay, 1, kDay},
                                                    {TimeUnit::kDay, 2, 2 * kDay},
                                                    {TimeUnit::kWeek, 1, kWeek},
                                                    {TimeUnit::kMonth, 1, kMonth},
                                                    {TimeUnit::kMonth, 3, 3 * kMonth},
                                                    {TimeUnit::kYear, 1, kYear}}};

DateTime StartOfUnit(const DateTime& time, TimeUnit unit) {
  if (unit != TimeUnit::kWeek) return Truncate(time, unit);
  return Add(Truncate(time, TimeUnit::kDay), TimeUnit::kDay, -DayOfWeek(time));
}

// The field whose multiples of the interval's count are ticks.
int Field(const DateTime& time, TimeUnit unit) {
  switch (unit) {
    case TimeUnit::kSecond:
      return time.second;
    case TimeUnit::kMinute:
      return time.minute;
    case TimeUnit::kHour:
      return time.hour;
    case TimeUnit::kDay:
      return time.day - 1;
    case TimeUnit::kMonth:
      return time.month - 1;
    case TimeUnit::kQuarter:
      return (time.month - 1) / 3;
    case TimeUnit::kWeek:
      return static_cast<int>((DaysFromCivil(time.year, time.month, time.day) + 4) / 7);
    case TimeUnit::kYear:
      return time.year;
  }
  return 0;
}

bool OnInterval(const DateTime& time, const TimeInterval& interval) {
  return Field(time, interval.unit) % interval.count == 0;
}

// Last boundary at or before `time`; boundaries are at most a year's worth of units apart.
DateTime FloorToInterval(const DateTime& time, const TimeInterval& interval) {
  DateTime at = StartOfUnit(time, interval.unit);
  if (interval.unit == TimeUnit::kYear) {
    at.year -= ((at.year % interval.count) + interval.count) % interval.count;
    return at;
  }
  for (int i = 0; i < interval.count && !OnInterval(at, interval); ++i) {
    at = StartOfUnit(Add(at, interval.unit, -1), interval.unit);
  }
  return at;
}

DateTime NextOnInterval(DateTime at, const TimeInterval& interval) {
  if (interval.unit == TimeUnit::kYear) return Add(at, TimeUnit::kYear, interval.count);
  for (int i = 0; i < interval.count; ++i) {
    at = Add(at, interval.unit, 1);
    if (OnInterval(at, interval)) break;
  }
  return at;
}

bool InCalendar(double start, double stop) {
  return std::fabs(start) < kMaxTime && std::fabs(stop) < kMaxTime;
}

std::vector<double> MillisecondTicks(double start, double stop, double every) {
  std::vector<double> ticks;
  const double first = std::ceil(start / every);
  for (std::size_t i = 0; i < kMaxTicks; ++i) {
    const double tick = (first + static_cast<double>(i)) * every;
    if (tick > stop) break;
    ticks.push_back(tick);
  }
  return ticks;
}

}  // namespace

std::vector<double> LinearTicks(double start, double stop, double count) {
  if (!(count > 0) || !std::isfinite(start) || !std::isfinite(stop)) return {};
  if (start == stop) return {start};
  const bool reverse = stop < start;
  const TickSpec spec = reverse ? SpecOf(stop, start, count, 0) : SpecOf(start, stop, count, 0);
  std::vector<double> ticks;
  for (std::size_t i = 0; i < kMaxTicks; ++i) {
    const double k = spec.first + static_cast<double>(i);
    if (!(k <= spec.last)) break;
    ticks.push_back(spec.increment < 0 ? k / -spec.increment : k * spec.increment);
  }
  if (reverse) std::reverse(ticks.begin(), ticks.end());
  return ticks;
}

double TickStep(double start, double stop, double count) {
  if (start == stop || !(count > 0)) return 0;
  const bool reverse = stop < start;
  const double increment =
      reverse ? SpecOf(stop, start, count, 0).increment : SpecOf(start, stop, count, 0).increment;
  const double step = increment < 0 ? 1 / -increment : increment;
  return reverse ? -step : step;
}

void NiceLinear(double count, double* start, double* stop) {
  const bool reverse = *stop < *start;
  double low = reverse ? *stop : *start;
  double high = reverse ? *start : *stop;
  double before = 0;
  for (int i = 0; i < kMaxNiceRounds && low < high; ++i) {
    const double step = SpecOf(low, high, count, 0).increment;
    if (step == before || step == 0 || !std::isfinite(step)) break;
    if (step > 0) {
      low = std::floor(low / step) * step;
      high = std::ceil(high / step) * step;
    } else {
      low = std::ceil(low * step) / step;
      high = std::floor(high * step) / step;
    }
    before = step;
  }
  *start = reverse ? high : low;
  *stop = reverse ? low : high;
}

std::vector<double> LogTicks(double start, double stop, double base, double count) {
  const bool reverse = stop < start;
  const double u = reverse ? stop : start;
  const double v = reverse ? start : stop;
  if (!(u > 0) || !(base > 1)) return LinearTicks(start, stop, count);
  const double from = std::log(u) / std::log(base);
  const double to = std::log(v) / std::log(base);
  std::vector<double> ticks;
  if (std::floor(base) == base && to - from < count) {
    for (double i = std::floor(from); i <= std::ceil(to); ++i) {
      for (double k = 1; k < base && ticks.size() < kMaxTicks; ++k) {
        const double t = i < 0 ? k / std::pow(base, -i) : k * std::pow(base, i);
        if (t >= u && t <= v) ticks.push_back(t);
      }
    }
    if (static_cast<double>(ticks.size()) * 2 < count) ticks = LinearTicks(u, v, count);
  } else {
    for (const double power : LinearTicks(from, to, std::min(to - from, count))) {
      ticks.push_back(std::pow(base, power));
    }
  }
  if (reverse) std::reverse(ticks.begin(), ticks.end());
  return ticks;
}

bool IsLabelledLogTick(double tick, double base, double count, std::size_t ticks) {
  const double k = std::max(1.0, base * count / static_cast<double>(ticks));
  const double log_base = std::log(base);
  double i = tick / std::pow(base, RoundHalfUp(std::log(tick) / log_base));
  if (i * base < base - 0.5) i *= base;
  return i <= k;
}

void NiceLog(double base, double* start, double* stop) {
  const bool reverse = *stop < *start;
  double& low = reverse ? *stop : *start;
  double& high = reverse ? *start : *stop;
  if (!(low > 0)) return;
  low = std::pow(base, std::floor(std::log(low) / std::log(base) + 1e-12));
  high = std::pow(base, std::ceil(std::log(high) / std::log(base) - 1e-12));
}

std::optional<TimeInterval> ParseTimeInterval(std::string_view name, int step) {
  if (name == "millisecond" || name == "milliseconds")
    return TimeInterval{TimeUnit::kSecond, 1, 1.0 * step};
  if (!name.empty() && name.back() == 's') name.remove_suffix(1);
  if (name == "date") name = "day";
  const std::optional<TimeUnit> unit = ParseTimeUnit(name);
  if (!unit) return std::nullopt;
  return TimeInterval{*unit, std::max(1, step), 0};
}

TimeInterval ChooseTimeInterval(double start, double stop, double count) {
  const double target = std::fabs(stop - start) / std::max(1.0, count);
  std::size_t i = 0;
  while (i < kCandidates.size() && kCandidates[i].duration <= target) ++i;
  if (i == kCandidates.size()) {
    const double years = TickStep(start / kYear, stop / kYear, count);
    return {TimeUnit::kYear, std::max(1, static_cast<int>(std::min(1e5, std::fabs(years)))), 0};
  }
  if (i == 0) {
    return {TimeUnit::kSecond, 1,
            std::max(1.0, std::floor(std::fabs(TickStep(start, stop, count))))};
  }
  const bool coarser = target / kCandidates[i - 1].duration >= kCandidates[i].duration / target;
  const Candidate& chosen = kCandidates[coarser ? i : i - 1];
  return {chosen.unit, chosen.count, 0};
}

std::vector<double> TimeTicks(double start, double stop, const TimeInterval& interval) {
  if (!InCalendar(start, stop)) return {};
  const bool reverse = stop < start;
  const double low = std::min(start, stop);
  const double high = std::max(start, stop);
  std::vector<double> ticks;
  if (interval.millis > 0) {
    ticks = MillisecondTicks(low, high, interval.millis);
  } else {
    DateTime at = FloorToInterval(FromMillis(static_cast<std::int64_t>(std::floor(low))), interval);
    while (ticks.size() < kMaxTicks) {
      const auto tick = static_cast<double>(ToMillis(at));
      if (tick > high) break;
      if (tick >= low) ticks.push_back(tick);
      at = NextOnInterval(at, interval);
    }
  }
  if (reverse) std::reverse(ticks.begin(), ticks.end());
  return ticks;
}

void NiceTime(const TimeInterval& interval, double* start, double* stop) {
  if (!InCalendar(*start, *stop) || interval.millis > 0) return;
  double& low = *stop < *start ? *stop : *start;
  double& high = *stop < *start ? *start : *stop;
  const auto floor = [&](double millis) {
    return FloorToInterval(FromMillis(static_cast<std::int64_t>(std::floor(millis))), interval);
  };
  low = static_cast<double>(ToMillis(floor(low)));
  const DateTime end = floor(high);
  const auto end_millis = static_cast<double>(ToMillis(end));
  high =
      end_millis < high ? static_cast<double>(ToMillis(NextOnInterval(end, interval))) : end_millis;
}

}  // namespace loupe::chart

#include "core/chart/data/time_unit.hpp"

#include <array>
#include <cmath>

#include "core/base/calendar.hpp"
#include "core/base/time_format.hpp"

namespace loupe::chart {
namespace {

constexpr int kBaseYear = 2012;  // begins on a Sunday
constexpr double kDayMillis = 86'400'000;
constexpr double kMaxMillis = 6e15;  // within the calendar's years

constexpr std::array<std::string_view, kTimePartCount> kNames = {
    "year", "quarter", "month",   "week",    "day",         "dayofyear",
    "date", "hours",   "minutes", "seconds", "milliseconds"};

// Label formats of runs of parts; the longest run that matches is taken first.
struct RunFormat {
  std::string_view run;
  std::string_view format;
};
constexpr std::array<RunFormat, 14> kFormats = {{{"year-month-date", "%b %d, %Y "},
                                                 {"year-month", "%b %Y "},
                                                 {"hours-minutes", "%H:%M"},
                                                 {"year", "%Y "},
                                                 {"quarter", "Q%q "},
                                                 {"month", "%b "},
                                                 {"week", "W%U "},
                                                 {"dayofyear", "%j "},
                                                 {"day", "%a "},
                                                 {"date", "%d "},
                                                 {"hours", "%H:00"},
                                                 {"minutes", "00:%M"},
                                                 {"seconds", ":%S"},
                                                 {"milliseconds", ".%L"}}};

bool StartsWith(std::string_view text, std::string_view prefix) {
  return text.substr(0, prefix.size()) == prefix;
}

std::optional<TimePart> TakePart(std::string_view* name) {
  std::optional<TimePart> found;
  std::size_t length = 0;
  for (int i = 0; i < kTimePartCount; ++i) {
    const std::string_view part = kNames[static_cast<std::size_t>(i)];
    if (part.size() > length && StartsWith(*name, part)) {
      found = static_cast<TimePart>(i);
      length = part.size();
    }
  }
  name->remove_prefix(length);
  return found;
}

int SundaysBefore(const DateTime& time) { return (DayOfYear(time) + 6 - DayOfWeek(time)) / 7; }

// Day of the year's first month on which `weekday` of week `week` falls; weeks begin on Sunday.
int DayOfWeekNumber(int week, int weekday, int year) {
  const int first = DayOfWeek(CivilFromDays(DaysFromCivil(year, 1, 1)));
  return weekday + week * 7 - (first + 6) % 7;
}

double AtDay(int year, int month, std::int64_t day, const DateTime& clock) {
  DateTime start = CivilFromDays(DaysFromCivil(year, month, 1) + day - 1);
  start.hour = clock.hour;
  start.minute = clock.minute;
  start.second = clock.second;
  start.millisecond = clock.millisecond;
  return static_cast<double>(ToMillis(start));
}

int FloorTo(int value, int step) { return value - value % step; }

}  // namespace

TimePart TimeUnitSpec::Smallest() const {
  int last = 0;
  for (int i = 0; i < kTimePartCount; ++i) {
    if (Has(static_cast<TimePart>(i))) last = i;
  }
  return static_cast<TimePart>(last);
}

std::optional<TimeUnitSpec> ParseTimeUnitSpec(std::string_view name) {
  TimeUnitSpec unit;
  if (StartsWith(name, "binned")) {
    unit.binned = true;
    name.remove_prefix(6);
  }
  if (StartsWith(name, "utc")) name.remove_prefix(3);
  if (name.empty()) return std::nullopt;
  while (!name.empty()) {
    const std::optional<TimePart> part = TakePart(&name);
    if (!part) return std::nullopt;
    const auto bit = static_cast<std::uint16_t>(1U << static_cast<unsigned>(*part));
    if (unit.parts >= bit) return std::nullopt;  // parts come from large to small, each once
    unit.parts = static_cast<std::uint16_t>(unit.parts | bit);
  }
  return unit;
}

double FloorToUnit(const TimeUnitSpec& unit, double millis) {
  if (!(std::fabs(millis) < kMaxMillis)) return millis;
  const DateTime t = FromMillis(static_cast<std::int64_t>(std::floor(millis)));
  const auto step = [&](TimePart part) { return unit.Smallest() == part ? unit.step : 1; };
  DateTime clock;
  if (unit.Has(TimePart::kHours)) clock.hour = FloorTo(t.hour, step(TimePart::kHours));
  if (unit.Has(TimePart::kMinutes)) clock.minute = FloorTo(t.minute, step(TimePart::kMinutes));
  if (unit.Has(TimePart::kSeconds)) clock.second = FloorTo(t.second, step(TimePart::kSeconds));
  if (unit.Has(TimePart::kMilliseconds)) {
    clock.millisecond = FloorTo(t.millisecond, step(TimePart::kMilliseconds));
  }
  const int year = unit.Has(TimePart::kYear) ? FloorTo(t.year, step(TimePart::kYear)) : kBaseYear;
  int month = 1;
  std::int64_t day = 1;
  if (unit.Has(TimePart::kQuarter)) {
    month = FloorTo((t.month - 1) / 3, step(TimePart::kQuarter)) * 3 + 1;
  }
  if (unit.Has(TimePart::kMonth)) month = FloorTo(t.month - 1, step(TimePart::kMonth)) + 1;
  if (unit.Has(TimePart::kDate)) day = FloorTo(t.day - 1, step(TimePart::kDate)) + 1;
  if (unit.Has(TimePart::kDayOfYear)) {
    day = FloorTo(DayOfYear(t) - 1, step(TimePart::kDayOfYear)) + 1;
  }
  if (unit.Has(TimePart::kWeek)) {
    const int week = FloorTo(SundaysBefore(t), step(TimePart::kWeek));
    day = DayOfWeekNumber(week, unit.Has(TimePart::kDay) ? DayOfWeek(t) : 0, year);
  } else if (unit.Has(TimePart::kDay)) {
    day = DayOfWeekNumber(1, FloorTo(DayOfWeek(t), step(TimePart::kDay)), year);
  }
  return AtDay(year, month, day, clock);
}

double NextUnit(const TimeUnitSpec& unit, double start) {
  if (!(std::fabs(start) < kMaxMillis)) return start;
  const DateTime t = FromMillis(static_cast<std::int64_t>(start));
  const auto add = [&](TimeUnit by, int count) {
    return static_cast<double>(ToMillis(Add(t, by, static_cast<std::int64_t>(count) * unit.step)));
  };
  switch (unit.Smallest()) {
    case TimePart::kYear:
      return add(TimeUnit::kYear, 1);
    case TimePart::kQuarter:
      return add(TimeUnit::kQuarter, 1);
    case TimePart::kMonth:
      return add(TimeUnit::kMonth, 1);
    case TimePart::kWeek:
      return add(TimeUnit::kWeek, 1);
    case TimePart::kDay:
    case TimePart::kDayOfYear:
    case TimePart::kDate:
      return add(TimeUnit::kDay, 1);
    case TimePart::kHours:
      return add(TimeUnit::kHour, 1);
    case TimePart::kMinutes:
      return add(TimeUnit::kMinute, 1);
    case TimePart::kSeconds:
      return add(TimeUnit::kSecond, 1);
    case TimePart::kMilliseconds:
      return start + unit.step;
  }
  return start;
}

std::optional<double> UnitDuration(const TimeUnitSpec& unit) {
  switch (unit.Smallest()) {
    case TimePart::kDay:
      return std::nullopt;
    case TimePart::kYear:
      return 365 * kDayMillis * unit.step;
    case TimePart::kQuarter:
      return 90 * kDayMillis * unit.step;
    case TimePart::kMonth:
      return 31 * kDayMillis * unit.step;
    case TimePart::kWeek:
      return 7 * kDayMillis * unit.step;
    case TimePart::kDayOfYear:
    case TimePart::kDate:
      return kDayMillis * unit.step;
    case TimePart::kHours:
      return 3'600'000.0 * unit.step;
    case TimePart::kMinutes:
      return 60'000.0 * unit.step;
    case TimePart::kSeconds:
      return 1'000.0 * unit.step;
    case TimePart::kMilliseconds:
      return 1.0 * unit.step;
  }
  return std::nullopt;
}

std::string UnitTitle(const TimeUnitSpec& unit) {
  std::string title;
  for (int i = 0; i < kTimePartCount; ++i) {
    if (!unit.Has(static_cast<TimePart>(i))) continue;
    if (!title.empty()) title += "-";
    title += kNames[static_cast<std::size_t>(i)];
  }
  return title;
}

std::string UnitFormat(const TimeUnitSpec& unit) {
  const std::string title = UnitTitle(unit);
  std::string_view rest = title;
  std::string format;
  while (!rest.empty()) {
    for (const RunFormat& entry : kFormats) {
      const bool whole = rest.size() == entry.run.size() ||
                         (rest.size() > entry.run.size() && rest[entry.run.size()] == '-');
      if (!StartsWith(rest, entry.run) || !whole) continue;
      format += entry.format;
      rest.remove_prefix(std::min(rest.size(), entry.run.size() + 1));
      break;
    }
  }
  while (!format.empty() && format.back() == ' ') format.pop_back();
  return format;
}

}  // namespace loupe::chart

#include "core/base/time_format.hpp"

#include <cstdlib>

#include "core/base/calendar.hpp"

namespace loupe {
namespace {

constexpr int kMaxExpansions = 2;  // %c expands to %x and %X, which expand once more

// `pad` is '0', ' ' or '\0' for none.
std::string Padded(std::int64_t number, char pad, int width) {
  std::string digits = std::to_string(number < 0 ? -number : number);
  if (pad != '\0') {
    const int missing = width - static_cast<int>(digits.size());
    if (missing > 0) digits.insert(0, static_cast<std::size_t>(missing), pad);
  }
  return number < 0 ? "-" + digits : digits;
}

// Week of the year of weeks that begin on `first` (0 = Sunday); days before the first such day are
// in week 0.
int WeekOfYear(const DateTime& time, int first) {
  const int weekday = (DayOfWeek(time) - first + 7) % 7;
  return (DayOfYear(time) - 1 - weekday + 7) / 7;
}

// The Thursday of the ISO week, whose year and week number are the ISO ones.
DateTime IsoThursday(const DateTime& time) {
  const int weekday = (DayOfWeek(time) + 6) % 7;  // Monday = 0
  return CivilFromDays(DaysFromCivil(time.year, time.month, time.day) + 3 - weekday);
}

int HourOfTwelve(int hour) { return hour % 12 == 0 ? 12 : hour % 12; }

std::string Expand(std::string_view specifier, std::int64_t millis, const TimeLocale& locale,
                   int depth);

std::string Directive(char c, char pad, std::int64_t millis, const TimeLocale& locale, int depth) {
  const DateTime t = FromMillis(millis);
  const auto weekday = static_cast<std::size_t>(DayOfWeek(t));
  const auto month = static_cast<std::size_t>(t.month - 1);
  switch (c) {
    case 'a':
      return locale.short_days[weekday];
    case 'A':
      return locale.days[weekday];
    case 'b':
      return locale.short_months[month];
    case 'B':
      return locale.months[month];
    case 'c':
      return Expand(locale.date_time, millis, locale, depth + 1);
    case 'd':
    case 'e':
      return Padded(t.day, pad, 2);
    case 'f':
      return Padded(t.millisecond, pad, 3) + "000";
    case 'g':
      return Padded(IsoThursday(t).year % 100, pad, 2);
    case 'G':
      return Padded(IsoThursday(t).year % 10000, pad, 4);
    case 'H':
      return Padded(t.hour, pad, 2);
    case 'I':
      return Padded(HourOfTwelve(t.hour), pad, 2);
    case 'j':
      return Padded(DayOfYear(t), pad, 3);
    case 'L':
      return Padded(t.millisecond, pad, 3);
    case 'm':
      return Padded(t.month, pad, 2);
    case 'M':
      return Padded(t.minute, pad, 2);
    case 'p':
      return locale.periods[t.hour < 12 ? 0 : 1];
    case 'q':
      return std::to_string((t.month - 1) / 3 + 1);
    case 'Q':
      return std::to_string(millis);
    case 's':
      return std::to_string((millis - ((millis % 1000) + 1000) % 1000) / 1000);
    case 'S':
      return Padded(t.second, pad, 2);
    case 'u':
      return std::to_string(weekday == 0 ? 7 : weekday);
    case 'U':
      return Padded(WeekOfYear(t, 0), pad, 2);
    case 'V':
      return Padded((DayOfYear(IsoThursday(t)) - 1) / 7 + 1, pad, 2);
    case 'w':
      return std::to_string(weekday);
    case 'W':
      return Padded(WeekOfYear(t, 1), pad, 2);
    case 'x':
      return Expand(locale.date, millis, locale, depth + 1);
    case 'X':
      return Expand(locale.time, millis, locale, depth + 1);
    case 'y':
      return Padded(t.year % 100, pad, 2);
    case 'Y':
      return Padded(t.year % 10000, pad, 4);
    case 'Z':
      return "+0000";
    default:
      return std::string(1, c);
  }
}

std::string Expand(std::string_view specifier, std::int64_t millis, const TimeLocale& locale,
                   int depth) {
  if (depth > kMaxExpansions) return std::string(specifier);
  std::string out;
  for (std::size_t i = 0; i < specifier.size(); ++i) {
    if (specifier[i] != '%' || i + 1 >= specifier.size()) {
      out.push_back(specifier[i]);
      continue;
    }
    char c = specifier[++i];
    char pad = c == 'e' ? ' ' : '0';
    const bool flagged = (c == '-' || c == '_' || c == '0') && i + 1 < specifier.size();
    if (flagged) {
      pad = c == '-' ? '\0' : c == '_' ? ' ' : '0';
      c = specifier[++i];
    }
    out += Directive(c, pad, millis, locale, depth);
  }
  return out;
}

}  // namespace

const TimeLocale& EnglishTimes() {
  static const TimeLocale english;
  return english;
}

std::string FormatTime(std::string_view specifier, std::int64_t millis, const TimeLocale& locale) {
  return Expand(specifier, millis, locale, 0);
}

std::string FormatTimeByScale(std::int64_t millis, const TimeLocale& locale) {
  const DateTime t = FromMillis(millis);
  std::string_view specifier = "%Y";
  if (t.month != 1) specifier = "%B";
  if (t.day != 1) specifier = DayOfWeek(t) == 0 ? "%b %d" : "%a %d";
  if (t.hour != 0) specifier = "%I %p";
  if (t.minute != 0) specifier = "%I:%M";
  if (t.second != 0) specifier = ":%S";
  if (t.millisecond != 0) specifier = ".%L";
  return FormatTime(specifier, millis, locale);
}

}  // namespace loupe

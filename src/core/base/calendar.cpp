#include "core/base/calendar.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <tuple>

namespace loupe {
namespace {

constexpr std::int64_t kMillisPerSecond = 1000;
constexpr std::int64_t kMillisPerMinute = 60 * kMillisPerSecond;
constexpr std::int64_t kMillisPerHour = 60 * kMillisPerMinute;
constexpr std::int64_t kMillisPerDay = 24 * kMillisPerHour;
constexpr std::array<const char*, 8> kUnitNames = {"second", "minute", "hour",    "day",
                                                   "week",   "month",  "quarter", "year"};

std::int64_t FloorDivide(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return (a % b != 0 && (a < 0) != (b < 0)) ? quotient - 1 : quotient;
}

// Reads digits from a text, one field after the other.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool Digits(std::size_t count, int* value) {
    if (text_.size() - position_ < count) return false;
    *value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const char c = text_[position_ + i];
      if (c < '0' || c > '9') return false;
      *value = *value * 10 + (c - '0');
    }
    position_ += count;
    return true;
  }
  bool Accept(char c) {
    if (position_ >= text_.size() || text_[position_] != c) return false;
    ++position_;
    return true;
  }
  bool PeekDigit() const {
    return position_ < text_.size() && text_[position_] >= '0' && text_[position_] <= '9';
  }
  bool AtEnd() const { return position_ == text_.size(); }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
};

bool ScanFraction(Scanner* scanner, int* millisecond) {
  int scale = 100;
  if (!scanner->PeekDigit()) return false;
  while (scanner->PeekDigit()) {
    int digit = 0;
    (void)scanner->Digits(1, &digit);
    *millisecond += digit * scale;
    scale /= 10;  // digits behind the third are cut off
  }
  return true;
}

bool ScanZone(Scanner* scanner, std::int64_t* offset_millis) {
  if (scanner->Accept('Z')) return true;
  int sign = 0;
  if (scanner->Accept('+')) sign = 1;
  if (sign == 0 && scanner->Accept('-')) sign = -1;
  if (sign == 0) return true;
  int hours = 0;
  int minutes = 0;
  if (!scanner->Digits(2, &hours) || hours > 15) return false;
  const bool colon = scanner->Accept(':');
  if ((colon || scanner->PeekDigit()) && (!scanner->Digits(2, &minutes) || minutes > 59)) {
    return false;
  }
  *offset_millis = sign * (hours * kMillisPerHour + minutes * kMillisPerMinute);
  return true;
}

}  // namespace

bool DateTime::operator==(const DateTime& other) const {
  return std::tie(year, month, day, hour, minute, second, millisecond) ==
         std::tie(other.year, other.month, other.day, other.hour, other.minute, other.second,
                  other.millisecond);
}

bool IsLeapYear(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

int DaysInMonth(int year, int month) {
  constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && IsLeapYear(year) ? 29 : kDays.at(static_cast<std::size_t>(month - 1));
}

std::int64_t DaysFromCivil(int year, int month, int day) {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = FloorDivide(y, 400);
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

DateTime CivilFromDays(std::int64_t days) {
  const std::int64_t z = days + 719468;
  const std::int64_t era = FloorDivide(z, 146097);
  const std::int64_t day_of_era = z - era * 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t shifted_month = (5 * day_of_year + 2) / 153;
  DateTime date;
  date.day = static_cast<int>(day_of_year - (153 * shifted_month + 2) / 5 + 1);
  date.month = static_cast<int>(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
  date.year = static_cast<int>(year_of_era + era * 400 + (date.month <= 2 ? 1 : 0));
  return date;
}

std::int64_t ToMillis(const DateTime& time) {
  return DaysFromCivil(time.year, time.month, time.day) * kMillisPerDay +
         time.hour * kMillisPerHour + time.minute * kMillisPerMinute +
         time.second * kMillisPerSecond + time.millisecond;
}

DateTime FromMillis(std::int64_t millis) {
  const std::int64_t days = FloorDivide(millis, kMillisPerDay);
  std::int64_t rest = millis - days * kMillisPerDay;
  DateTime time = CivilFromDays(days);
  time.hour = static_cast<int>(rest / kMillisPerHour);
  rest %= kMillisPerHour;
  time.minute = static_cast<int>(rest / kMillisPerMinute);
  rest %= kMillisPerMinute;
  time.second = static_cast<int>(rest / kMillisPerSecond);
  time.millisecond = static_cast<int>(rest % kMillisPerSecond);
  return time;
}

int DayOfWeek(const DateTime& time) {
  const std::int64_t days = DaysFromCivil(time.year, time.month, time.day);
  return static_cast<int>(days + 4 - FloorDivide(days + 4, 7) * 7);
}

int DayOfYear(const DateTime& time) {
  return static_cast<int>(DaysFromCivil(time.year, time.month, time.day) -
                          DaysFromCivil(time.year, 1, 1)) +
         1;
}

DateTime Truncate(const DateTime& time, TimeUnit unit) {
  DateTime start = time;
  switch (unit) {
    case TimeUnit::kYear:
      return {time.year, 1, 1, 0, 0, 0, 0};
    case TimeUnit::kQuarter:
      return {time.year, (time.month - 1) / 3 * 3 + 1, 1, 0, 0, 0, 0};
    case TimeUnit::kMonth:
      return {time.year, time.month, 1, 0, 0, 0, 0};
    case TimeUnit::kWeek: {
      const int since_monday = (DayOfWeek(time) + 6) % 7;
      return CivilFromDays(DaysFromCivil(time.year, time.month, time.day) - since_monday);
    }
    case TimeUnit::kDay:
      start.hour = 0;
      [[fallthrough]];
    case TimeUnit::kHour:
      start.minute = 0;
      [[fallthrough]];
    case TimeUnit::kMinute:
      start.second = 0;
      [[fallthrough]];
    case TimeUnit::kSecond:
      start.millisecond = 0;
  }
  return start;
}

DateTime Add(const DateTime& time, TimeUnit unit, std::int64_t count) {
  std::int64_t months = 0;
  switch (unit) {
    case TimeUnit::kSecond:
      return FromMillis(ToMillis(time) + count * kMillisPerSecond);
    case TimeUnit::kMinute:
      return FromMillis(ToMillis(time) + count * kMillisPerMinute);
    case TimeUnit::kHour:
      return FromMillis(ToMillis(time) + count * kMillisPerHour);
    case TimeUnit::kDay:
      return FromMillis(ToMillis(time) + count * kMillisPerDay);
    case TimeUnit::kWeek:
      return FromMillis(ToMillis(time) + count * 7 * kMillisPerDay);
    case TimeUnit::kMonth:
      months = count;
      break;
    case TimeUnit::kQuarter:
      months = count * 3;
      break;
    case TimeUnit::kYear:
      months = count * 12;
      break;
  }
  const std::int64_t total = std::int64_t{time.year} * 12 + (time.month - 1) + months;
  DateTime shifted = time;
  shifted.year = static_cast<int>(FloorDivide(total, 12));
  shifted.month = static_cast<int>(total - std::int64_t{shifted.year} * 12) + 1;
  shifted.day = std::min(time.day, DaysInMonth(shifted.year, shifted.month));
  return shifted;
}

std::optional<DateTime> ParseDateTime(std::string_view text) {
  Scanner scanner(text);
  DateTime time;
  if (!scanner.Digits(4, &time.year) || !scanner.Accept('-') || !scanner.Digits(2, &time.month) ||
      !scanner.Accept('-') || !scanner.Digits(2, &time.day)) {
    return std::nullopt;
  }
  if (time.month < 1 || time.month > 12 || time.day < 1 ||
      time.day > DaysInMonth(time.year, time.month)) {
    return std::nullopt;
  }
  if (scanner.AtEnd()) return time;
  if (!scanner.Accept('T') && !scanner.Accept(' ')) return std::nullopt;
  if (!scanner.Digits(2, &time.hour) || !scanner.Accept(':') || !scanner.Digits(2, &time.minute) ||
      time.hour > 23 || time.minute > 59) {
    return std::nullopt;
  }
  if (scanner.Accept(':') && (!scanner.Digits(2, &time.second) || time.second > 59)) {
    return std::nullopt;
  }
  if (scanner.Accept('.') && !ScanFraction(&scanner, &time.millisecond)) return std::nullopt;
  std::int64_t offset_millis = 0;
  if (!ScanZone(&scanner, &offset_millis) || !scanner.AtEnd()) return std::nullopt;
  return offset_millis == 0 ? time : FromMillis(ToMillis(time) - offset_millis);
}

std::string FormatDate(const DateTime& time) {
  char buffer[48];
  std::snprintf(buffer, sizeof buffer, "%04d-%02d-%02d", time.year, time.month, time.day);
  return buffer;
}

std::string FormatDateTime(const DateTime& time) {
  char buffer[64];
  std::snprintf(buffer, sizeof buffer, "T%02d:%02d:%02d.%03d", time.hour, time.minute, time.second,
                time.millisecond);
  return FormatDate(time) + buffer;
}

const char* TimeUnitName(TimeUnit unit) { return kUnitNames.at(static_cast<std::size_t>(unit)); }

std::optional<TimeUnit> ParseTimeUnit(std::string_view name) {
  for (std::size_t i = 0; i < kUnitNames.size(); ++i) {
    if (name == kUnitNames.at(i)) return static_cast<TimeUnit>(i);
  }
  return std::nullopt;
}

}  // namespace loupe

#include "core/chart/expression/clock.hpp"

#include <cmath>
#include <limits>

#include "core/base/utf8.hpp"

namespace loupe::chart {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kMaxMillis = 6e15;  // within the calendar's years
constexpr double kDayMillis = 86'400'000;

constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> kDays = {"sunday",   "monday", "tuesday", "wednesday",
                                                   "thursday", "friday", "saturday"};

double DaysOf(double year, double month, double day) {
  const double years = year + std::floor(month / 12);
  if (!(std::fabs(years) < 190'000)) return kNaN;
  const int within = static_cast<int>(month - std::floor(month / 12) * 12);
  return static_cast<double>(DaysFromCivil(static_cast<int>(years), within + 1, 1)) + day - 1;
}

double MoveMonths(double millis, double months) {
  const DateTime t = ReadingOf(millis);
  const double clock = millis - std::floor(millis / kDayMillis) * kDayMillis;
  return ClippedTime(DaysOf(t.year, t.month - 1 + months, t.day) * kDayMillis + clock);
}

double UnitMillis(ClockUnit unit) {
  switch (unit) {
    case ClockUnit::kWeek:
    case ClockUnit::kIsoWeek:
      return 7 * kDayMillis;
    case ClockUnit::kDay:
      return kDayMillis;
    case ClockUnit::kHour:
      return 3'600'000;
    case ClockUnit::kMinute:
      return 60'000;
    case ClockUnit::kSecond:
      return 1000;
    default:
      return 1;
  }
}

// What the directives of a specifier have read.
class TimeReader {
 public:
  TimeReader(std::string_view text, std::string_view specifier) : text_(text), spec_(specifier) {}

  double Read() {
    if (!ReadDirectives() || at_ != text_.size()) return kNaN;
    if (epoch_ == epoch_) return ClippedTime(epoch_);
    if (half_ >= 0) hour_ = std::fmod(hour_, 12) + half_ * 12;
    const double days =
        day_of_year_ > 0 ? DaysOf(year_, 0, day_of_year_) : DaysOf(year_, month_, day_);
    return ClippedTime(days * kDayMillis + ((hour_ * 60 + minute_ - zone_) * 60 + second_) * 1000 +
                       millisecond_);
  }

 private:
  bool ReadDirectives() {
    for (std::size_t i = 0; i < spec_.size(); ++i) {
      if (spec_[i] != '%') {
        if (at_ == text_.size() || text_[at_++] != spec_[i]) return false;
        continue;
      }
      ++i;
      if (i < spec_.size() && (spec_[i] == '-' || spec_[i] == '_' || spec_[i] == '0')) ++i;
      if (i == spec_.size() || !ReadDirective(spec_[i])) return false;
    }
    return true;
  }

  bool ReadDirective(char directive) {
    switch (directive) {
      case 'Y':
        return ReadNumber(4, &year_);
      case 'y':
        if (!ReadNumber(2, &year_)) return false;
        year_ += year_ > 68 ? 1900 : 2000;
        return true;
      case 'm':
        return ReadFrom(1, &month_);
      case 'q':
        if (!ReadFrom(1, &month_)) return false;
        month_ *= 3;
        return true;
      case 'd':
      case 'e':
        return ReadNumber(2, &day_);
      case 'j':
        return ReadNumber(3, &day_of_year_);
      case 'H':
      case 'I':
        return ReadNumber(2, &hour_);
      case 'M':
        return ReadNumber(2, &minute_);
      case 'S':
        return ReadNumber(2, &second_);
      case 'L':
        return ReadNumber(3, &millisecond_);
      case 'f': {
        double micros = 0;
        if (!ReadNumber(6, &micros)) return false;
        millisecond_ = std::floor(micros / 1000);
        return true;
      }
      default:
        return ReadWords(directive);
    }
  }

  bool ReadWords(char directive) {
    double ignored = 0;
    switch (directive) {
      case 'B':
        return ReadName(kMonths, 0, &month_);
      case 'b':
        return ReadName(kMonths, 3, &month_);
      case 'A':
        return ReadName(kDays, 0, &ignored);
      case 'a':
        return ReadName(kDays, 3, &ignored);
      case 'p': {
        const std::string half = AsciiLower(text_.substr(at_, 2));
        half_ = half == "pm" ? 1 : half == "am" ? 0 : -1;
        at_ += 2;
        return half_ >= 0;
      }
      case 'Q':
        return ReadNumber(16, &epoch_);
      case 's':
        if (!ReadNumber(12, &epoch_)) return false;
        epoch_ *= 1000;
        return true;
      case 'Z':
        return ReadZone();
      case '%':
        return at_ < text_.size() && text_[at_++] == '%';
      default:
        return false;
    }
  }

  bool ReadNumber(std::size_t digits, double* number) {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
    double sign = 1;
    if (at_ < text_.size() && (text_[at_] == '-' || text_[at_] == '+')) {
      sign = text_[at_++] == '-' ? -1 : 1;
    }
    const std::size_t begin = at_;
    *number = 0;
    for (; at_ < text_.size() && at_ < begin + digits; ++at_) {
      if (text_[at_] < '0' || text_[at_] > '9') break;
      *number = *number * 10 + (text_[at_] - '0');
    }
    *number *= sign;
    return at_ > begin;
  }

  bool ReadFrom(double first, double* number) {
    const bool read = ReadNumber(2, number);
    *number -= first;
    return read;
  }

  // Reads a name, or its first `letters`, ASCII case folded.
  template <class Names>
  bool ReadName(const Names& names, std::size_t letters, double* index) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string_view name = letters > 0 ? names[i].substr(0, letters) : names[i];
      if (AsciiLower(text_.substr(at_, name.size())) != name) continue;
      at_ += name.size();
      *index = static_cast<double>(i);
      return true;
    }
    return false;
  }

  bool ReadZone() {
    if (at_ < text_.size() && text_[at_] == 'Z') {
      ++at_;
      return true;
    }
    if (at_ == text_.size() || (text_[at_] != '+' && text_[at_] != '-')) return false;
    const double sign = text_[at_++] == '-' ? -1 : 1;
    double hours = 0;
    double minutes = 0;
    if (!ReadNumber(2, &hours)) return false;
    if (at_ < text_.size() && text_[at_] == ':') ++at_;
    if (at_ < text_.size() && !ReadNumber(2, &minutes)) return false;
    zone_ = sign * (hours * 60 + minutes);
    return true;
  }

  std::string_view text_;
  std::string_view spec_;
  std::size_t at_ = 0;
  double epoch_ = kNaN;
  double year_ = 1900;
  double month_ = 0;
  double day_ = 1;
  double day_of_year_ = 0;
  double hour_ = 0;
  double minute_ = 0;
  double second_ = 0;
  double millisecond_ = 0;
  double zone_ = 0;  // minutes east of UTC
  int half_ = -1;    // of the day
};

}  // namespace

double ClippedTime(double millis) {
  return std::fabs(millis) <= kMaxMillis ? std::trunc(millis) + 0.0 : kNaN;
}

double TimeOfParts(const std::array<double, 7>& parts) {
  for (const double part : parts) {
    if (!std::isfinite(part)) return kNaN;
  }
  double year = std::trunc(parts[0]);
  if (year >= 0 && year <= 99) year += 1900;
  const double days = DaysOf(year, std::trunc(parts[1]), std::trunc(parts[2]));
  const double clock =
      ((std::trunc(parts[3]) * 60 + std::trunc(parts[4])) * 60 + std::trunc(parts[5])) * 1000 +
      std::trunc(parts[6]);
  return ClippedTime(days * kDayMillis + clock);
}

DateTime ReadingOf(double millis) { return FromMillis(static_cast<std::int64_t>(millis)); }

int SundayWeek(double millis) {
  const DateTime t = ReadingOf(millis);
  return (DayOfYear(t) + 6 - DayOfWeek(t)) / 7;
}

int IsoWeek(double millis) {
  const DateTime t = ReadingOf(millis);
  const int from_monday = (DayOfWeek(t) + 6) % 7;
  const DateTime thursday = ReadingOf(millis + (3 - from_monday) * kDayMillis);
  return (DayOfYear(thursday) - 1) / 7 + 1;
}

std::optional<ClockUnit> ParseClockUnit(std::string_view name) {
  if (name == "year") return ClockUnit::kYear;
  if (name == "quarter") return ClockUnit::kQuarter;
  if (name == "month") return ClockUnit::kMonth;
  if (name == "week") return ClockUnit::kWeek;
  if (name == "isoweek") return ClockUnit::kIsoWeek;
  if (name == "date" || name == "day" || name == "dayofyear") return ClockUnit::kDay;
  if (name == "hours") return ClockUnit::kHour;
  if (name == "minutes") return ClockUnit::kMinute;
  if (name == "seconds") return ClockUnit::kSecond;
  if (name == "milliseconds") return ClockUnit::kMillisecond;
  return std::nullopt;
}

double FloorToClock(ClockUnit unit, double millis) {
  if (std::isnan(millis)) return millis;
  const DateTime t = ReadingOf(millis);
  const double midnight = std::floor(millis / kDayMillis) * kDayMillis;
  switch (unit) {
    case ClockUnit::kYear:
      return ClippedTime(DaysOf(t.year, 0, 1) * kDayMillis);
    case ClockUnit::kQuarter: {
      const int quarter = (t.month - 1) / 3;
      return ClippedTime(DaysOf(t.year, quarter * 3, 1) * kDayMillis);
    }
    case ClockUnit::kMonth:
      return ClippedTime(DaysOf(t.year, t.month - 1, 1) * kDayMillis);
    case ClockUnit::kWeek:
      return midnight - DayOfWeek(t) * kDayMillis;
    case ClockUnit::kIsoWeek:
      return midnight - (DayOfWeek(t) + 6) % 7 * kDayMillis;
    default: {
      const double size = UnitMillis(unit);
      return std::floor(millis / size) * size;
    }
  }
}

double MoveByClock(ClockUnit unit, double millis, double steps) {
  steps = std::floor(steps);
  if (std::isnan(millis) || !std::isfinite(steps)) return kNaN;
  switch (unit) {
    case ClockUnit::kYear:
      return MoveMonths(millis, steps * 12);
    case ClockUnit::kQuarter: {  // to a first month of a quarter, which counts as a step
      const int within = (ReadingOf(millis).month - 1) % 3;
      if (steps == 0 || within == 0) return MoveMonths(millis, steps * 3);
      return MoveMonths(millis, (steps < 0 ? steps + 1 : steps) * 3 - within);
    }
    case ClockUnit::kMonth:
      return MoveMonths(millis, steps);
    default:
      return ClippedTime(millis + steps * UnitMillis(unit));
  }
}

double ReadTime(std::string_view text, std::string_view specifier) {
  return TimeReader(text, specifier).Read();
}

}  // namespace loupe::chart

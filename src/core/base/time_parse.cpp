#include "core/base/time_parse.hpp"

#include <algorithm>
#include <string>

#include "core/base/calendar.hpp"
#include "core/base/utf8.hpp"

namespace loupe {
namespace {

constexpr std::string_view kDirectives = "aAbBdefHIjLmMpqQsSxXcyYZ%";
constexpr int kMaxExpansions = 2;  // %c expands to %x and %X, which expand once more
constexpr std::int64_t kMaxEpoch = 8'640'000'000'000'000;  // milliseconds, as ECMAScript's Date

struct Reading {
  DateTime time{1900, 1, 1};
  std::optional<int> day_of_year;
  std::optional<bool> afternoon;
  std::optional<std::int64_t> epoch;  // milliseconds
  std::int64_t zone = 0;              // milliseconds east of UTC
};

class TimeReader {
 public:
  TimeReader(std::string_view text, const TimeLocale& locale) : rest_(text), locale_(locale) {}

  bool Read(std::string_view specifier, int depth, Reading* out) {
    for (std::size_t i = 0; i < specifier.size(); ++i) {
      if (specifier[i] != '%' || i + 1 == specifier.size()) {
        if (!Literal(specifier[i])) return false;
        continue;
      }
      char directive = specifier[++i];
      const bool flag = directive == '-' || directive == '_' || directive == '0';
      if (flag && i + 1 < specifier.size()) directive = specifier[++i];
      if (!Directive(directive, depth, out)) return false;
    }
    return true;
  }
  [[nodiscard]] bool AtEnd() const { return rest_.empty(); }

 private:
  bool Literal(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }

  // At most `digits` digits after blanks.
  std::optional<std::int64_t> Number(std::size_t digits) {
    const std::size_t start = std::min(rest_.find_first_not_of(" \t\n\r"), rest_.size());
    std::string_view left = rest_.substr(start);
    std::int64_t number = 0;
    std::size_t read = 0;
    for (; read < digits && read < left.size() && left[read] >= '0' && left[read] <= '9'; ++read) {
      number = number * 10 + (left[read] - '0');
    }
    if (read == 0) return std::nullopt;
    rest_ = left.substr(read);
    return number;
  }

  bool Number(std::size_t digits, int low, int high, int* out) {
    const auto number = Number(digits);
    if (!number || *number < low || *number > high) return false;
    *out = static_cast<int>(*number);
    return true;
  }

  // The longest of the names that the text begins with, in any case.
  template <std::size_t N>
  std::optional<int> Name(const std::array<std::string, N>& names) {
    std::optional<int> found;
    std::size_t longest = 0;
    for (std::size_t i = 0; i < N; ++i) {
      const std::string& name = names[i];
      const bool longer = name.size() > longest && rest_.size() >= name.size();
      if (!longer || AsciiLower(rest_.substr(0, name.size())) != AsciiLower(name)) continue;
      longest = name.size();
      found = static_cast<int>(i);
    }
    rest_.remove_prefix(longest);
    return found;
  }

  template <std::size_t N>
  bool Month(const std::array<std::string, N>& names, Reading* out) {
    const std::optional<int> month = Name(names);
    if (month) out->time.month = *month + 1;
    return month.has_value();
  }

  bool Epoch(std::int64_t scale, Reading* out) {
    const bool negative = Literal('-');
    const auto number = Number(16);
    if (!number || *number > kMaxEpoch / scale) return false;
    out->epoch = (negative ? -*number : *number) * scale;
    return true;
  }

  // "Z", "+02", "-0530", "-05:30"
  bool Zone(Reading* out) {
    if (Literal('Z')) return true;
    const bool west = Literal('-');
    if (!west && !Literal('+')) return false;
    int hours = 0;
    int minutes = 0;
    if (!Number(2, 0, 23, &hours)) return false;
    const bool colon = Literal(':');
    const bool more = !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9';
    if ((colon || more) && !Number(2, 0, 59, &minutes)) return false;
    out->zone = (west ? -1 : 1) * (hours * 60 + minutes) * std::int64_t{60'000};
    return true;
  }

  bool Date(char directive, Reading* out) {
    DateTime& time = out->time;
    switch (directive) {
      case 'd':
      case 'e':
        return Number(2, 1, 31, &time.day);
      case 'j': {
        int day = 0;
        if (!Number(3, 1, 366, &day)) return false;
        out->day_of_year = day;
        return true;
      }
      case 'm':
        return Number(2, 1, 12, &time.month);
      case 'q': {
        int quarter = 0;
        if (!Number(1, 1, 4, &quarter)) return false;
        time.month = quarter * 3 - 2;
        return true;
      }
      case 'y':
        if (!Number(2, 0, 99, &time.year)) return false;
        time.year += time.year > 68 ? 1900 : 2000;
        return true;
      case 'Y':
        return Number(4, 0, 9999, &time.year);
      case 'b':
        return Month(locale_.short_months, out);
      case 'B':
        return Month(locale_.months, out);
      case 'a':
        return Name(locale_.short_days).has_value();
      default:
        return Name(locale_.days).has_value();
    }
  }

  bool Directive(char directive, int depth, Reading* out) {
    DateTime& time = out->time;
    switch (directive) {
      case 'H':
      case 'I':
        return Number(2, 0, 24, &time.hour);
      case 'M':
        return Number(2, 0, 59, &time.minute);
      case 'S':
        return Number(2, 0, 61, &time.second);
      case 'L':
        return Number(3, 0, 999, &time.millisecond);
      case 'f': {
        int micros = 0;
        if (!Number(6, 0, 999'999, &micros)) return false;
        time.millisecond = micros / 1000;
        return true;
      }
      case 'p': {
        const std::optional<int> half = Name(locale_.periods);
        if (half) out->afternoon = *half == 1;
        return half.has_value();
      }
      case 'Q':
        return Epoch(1, out);
      case 's':
        return Epoch(1000, out);
      case 'Z':
        return Zone(out);
      case '%':
        return Literal('%');
      case 'c':
        return depth < kMaxExpansions && Read(locale_.date_time, depth + 1, out);
      case 'x':
        return depth < kMaxExpansions && Read(locale_.date, depth + 1, out);
      case 'X':
        return depth < kMaxExpansions && Read(locale_.time, depth + 1, out);
      default:
        return Date(directive, out);
    }
  }

  std::string_view rest_;
  const TimeLocale& locale_;
};

}  // namespace

Status CheckTimeFormat(std::string_view specifier) {
  for (std::size_t i = 0; i + 1 < specifier.size(); ++i) {
    if (specifier[i] != '%') continue;
    char directive = specifier[++i];
    const bool flag = directive == '-' || directive == '_' || directive == '0';
    if (flag && i + 1 < specifier.size()) directive = specifier[++i];
    if (kDirectives.find(directive) != std::string_view::npos) continue;
    return Status(Code::kInvalidArgument,
                  "directive %" + std::string(1, directive) + " of a time format cannot be read")
        .WithHint("Known are %" + std::string(kDirectives) + ".");
  }
  return Status::Ok();
}

std::optional<std::int64_t> ParseTimeAs(std::string_view specifier, std::string_view text,
                                        const TimeLocale& locale) {
  Reading read;
  TimeReader reader(text, locale);
  if (!reader.Read(specifier, 0, &read) || !reader.AtEnd()) return std::nullopt;
  if (read.epoch) return read.epoch;
  if (read.afternoon) read.time.hour = read.time.hour % 12 + (*read.afternoon ? 12 : 0);
  if (read.day_of_year) {
    const std::int64_t first = DaysFromCivil(read.time.year, 1, 1);
    const DateTime date = CivilFromDays(first + *read.day_of_year - 1);
    read.time.month = date.month;
    read.time.day = date.day;
  }
  // A day beyond the month's end is one of the next month, as in ECMAScript.
  const int beyond = read.time.day - 1;
  read.time.day = 1;
  return ToMillis(read.time) + beyond * std::int64_t{86'400'000} - read.zone;
}

}  // namespace loupe

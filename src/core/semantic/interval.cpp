#include "core/semantic/interval.hpp"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <tuple>

#include "core/base/utf8.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kMaxIntervalBytes = 100;
constexpr std::int64_t kMaxYears = 1000;
constexpr std::int64_t kMaxMonths = kMaxYears * 12;
constexpr std::int64_t kMaxDays = kMaxYears * 366;
constexpr std::int64_t kMillisPerSecond = 1000;
constexpr std::int64_t kMillisPerMinute = 60 * kMillisPerSecond;
constexpr std::int64_t kMillisPerHour = 60 * kMillisPerMinute;
constexpr std::int64_t kMaxMillis = kMaxDays * 24 * kMillisPerHour;
constexpr std::string_view kSpaces = " \t\r\n\f\v";

// Takes the next word off the front of `text`; empty at the end.
std::string_view TakeWord(std::string_view* text) {
  text->remove_prefix(std::min(text->find_first_not_of(kSpaces), text->size()));
  const std::string_view word = text->substr(0, text->find_first_of(kSpaces));
  text->remove_prefix(word.size());
  return word;
}

std::optional<std::int64_t> WholeNumber(std::string_view word) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  if (value < -kMaxMillis || value > kMaxMillis) return std::nullopt;
  return value;
}

// The thousandths that "125", "5" or "25" mean behind a decimal point.
std::optional<std::int64_t> Thousandths(std::string_view digits) {
  if (digits.empty() || digits.size() > 3 || digits[0] == '-') return std::nullopt;
  std::string padded(digits);
  padded.resize(3, '0');
  return WholeNumber(padded);
}

// A number with at most three decimals, in thousandths.
std::optional<std::int64_t> Decimal(std::string_view word) {
  const std::size_t point = word.find('.');
  const bool negative = !word.empty() && word[0] == '-';
  const std::optional<std::int64_t> whole = WholeNumber(word.substr(0, point));
  if (!whole) return std::nullopt;
  std::optional<std::int64_t> fraction = 0;
  if (point != std::string_view::npos) fraction = Thousandths(word.substr(point + 1));
  if (!fraction) return std::nullopt;
  return *whole * 1000 + (negative ? -*fraction : *fraction);
}

std::optional<Interval> Pair(std::string_view number, std::string_view unit_word) {
  if (number.size() > 1 && number[0] == '+' && number[1] != '-') number.remove_prefix(1);
  std::string name = AsciiLower(unit_word);
  if (name.size() > 1 && name.back() == 's') name.pop_back();
  const std::optional<TimeUnit> unit = ParseTimeUnit(name);
  const std::optional<std::int64_t> thousandths = Decimal(number);
  if (!unit || !thousandths) return std::nullopt;
  if (*unit == TimeUnit::kSecond) return Interval{0, 0, *thousandths};
  if (number.find('.') != std::string_view::npos) return std::nullopt;
  if (std::abs(*thousandths / 1000) > kMaxMillis / kMillisPerHour) return std::nullopt;
  return IntervalOf(*unit, *thousandths / 1000);
}

bool IsBounded(const Interval& interval) {
  return std::abs(interval.months) <= kMaxMonths && std::abs(interval.days) <= kMaxDays &&
         std::abs(interval.millis) <= kMaxMillis;
}

std::optional<Interval> Read(std::string_view text) {
  Interval sum;
  std::string_view number = TakeWord(&text);
  if (number.empty()) return std::nullopt;
  while (!number.empty()) {
    const std::optional<Interval> pair = Pair(number, TakeWord(&text));
    if (!pair) return std::nullopt;
    sum = Sum(sum, *pair);
    if (!IsBounded(sum)) return std::nullopt;
    number = TakeWord(&text);
  }
  return sum;
}

// Writes the parts of an interval one after the other.
class Writer {
 public:
  void Part(std::int64_t count, const char* unit) {
    if (count == 0) return;
    Part(count < 0, std::to_string(std::abs(count)), std::abs(count) == 1, unit);
  }
  void Millis(std::int64_t millis) {
    if (millis % kMillisPerHour == 0) return Part(millis / kMillisPerHour, "hour");
    if (millis % kMillisPerMinute == 0) return Part(millis / kMillisPerMinute, "minute");
    if (millis % kMillisPerSecond == 0) return Part(millis / kMillisPerSecond, "second");
    char digits[48];
    std::snprintf(digits, sizeof digits, "%lld.%03d",
                  static_cast<long long>(std::abs(millis / kMillisPerSecond)),
                  static_cast<int>(std::abs(millis % kMillisPerSecond)));
    Part(millis < 0, digits, false, "second");
  }
  [[nodiscard]] std::string text() const { return text_.empty() ? "0 days" : text_; }

 private:
  void Part(bool negative, const std::string& digits, bool singular, const char* unit) {
    if (!text_.empty()) text_ += ' ';
    // Without its sign, IntervalStyle sql_standard would spread the minus of the part before.
    if (negative || after_negative_) text_ += negative ? '-' : '+';
    after_negative_ = negative || after_negative_;
    text_ += digits + ' ' + unit + (singular ? "" : "s");
  }

  std::string text_;
  bool after_negative_ = false;
};

}  // namespace

bool Interval::operator==(const Interval& other) const {
  return std::tie(months, days, millis) == std::tie(other.months, other.days, other.millis);
}

bool Interval::IsZero() const { return *this == Interval(); }

Result<Interval> ParseInterval(std::string_view text) {
  if (text.size() > kMaxIntervalBytes || !IsValidUtf8(text)) {
    return Status(Code::kSemanticInvalidModel, "interval is too long or not valid UTF-8");
  }
  const std::optional<Interval> interval = Read(text);
  if (interval) return *interval;
  return Status(Code::kSemanticInvalidModel, "\"" + std::string(text) + "\" is not an interval")
      .WithHint(
          "Write whole numbers and units up to a thousand years, such as \"7 days\", \"1 month\", "
          "\"2 weeks 3 days\" or \"-1 day\".");
}

std::string IntervalText(const Interval& interval) {
  Writer writer;
  writer.Part(interval.months / 12, "year");
  writer.Part(interval.months % 12, "month");
  writer.Part(interval.days, "day");
  writer.Millis(interval.millis);
  return writer.text();
}

Interval IntervalOf(TimeUnit unit, std::int64_t count) {
  switch (unit) {
    case TimeUnit::kSecond:
      return {0, 0, count * kMillisPerSecond};
    case TimeUnit::kMinute:
      return {0, 0, count * kMillisPerMinute};
    case TimeUnit::kHour:
      return {0, 0, count * kMillisPerHour};
    case TimeUnit::kDay:
      return {0, count, 0};
    case TimeUnit::kWeek:
      return {0, count * 7, 0};
    case TimeUnit::kMonth:
      return {count, 0, 0};
    case TimeUnit::kQuarter:
      return {count * 3, 0, 0};
    case TimeUnit::kYear:
      return {count * 12, 0, 0};
  }
  return {};
}

DateTime Add(const DateTime& time, const Interval& interval) {
  const DateTime shifted = Add(time, TimeUnit::kMonth, interval.months);
  return FromMillis(ToMillis(shifted) + interval.days * 24 * kMillisPerHour + interval.millis);
}

Interval Sum(const Interval& a, const Interval& b) {
  return {a.months + b.months, a.days + b.days, a.millis + b.millis};
}

Interval Negated(const Interval& interval) {
  return {-interval.months, -interval.days, -interval.millis};
}

}  // namespace loupe::semantic

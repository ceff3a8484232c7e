#include "core/semantic/date_range.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "core/base/utf8.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kMaxRangeBytes = 100;
constexpr int kMaxUnits = 100'000;  // "last 100000 years" stays inside the calendar's arithmetic
constexpr int kFirstYear = 1;       // years that PostgreSQL reads without an era
constexpr int kLastYear = 9999;

std::vector<std::string> SplitAtSpaces(std::string_view text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while ((at = text.find_first_not_of(" \t", at)) != std::string_view::npos) {
    const std::size_t end = std::min(text.find_first_of(" \t", at), text.size());
    words.emplace_back(text.substr(at, end - at));
    at = end;
  }
  return words;
}

std::optional<TimeUnit> UnitOf(std::string_view word) {
  if (word.size() > 1 && word.back() == 's') word.remove_suffix(1);
  return ParseTimeUnit(word);
}

std::optional<int> CountOf(std::string_view word) {
  int count = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), count);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  if (count < 1 || count > kMaxUnits) return std::nullopt;
  return count;
}

// Whole units: `first` units away from the current one, `count` of them.
DateRange Units(const DateTime& now, TimeUnit unit, int first, int count) {
  const DateTime from = Add(Truncate(now, unit), unit, first);
  return {from, Add(from, unit, count)};
}

// From the start of the current unit to the end of today.
DateRange ToDate(const DateTime& now, TimeUnit unit) {
  return {Truncate(now, unit), Units(now, TimeUnit::kDay, 0, 1).to};
}

std::optional<DateRange> OneWord(const std::string& word, const DateTime& now) {
  if (word == "today" || word == "now") return Units(now, TimeUnit::kDay, 0, 1);
  if (word == "yesterday") return Units(now, TimeUnit::kDay, -1, 1);
  if (word == "tomorrow") return Units(now, TimeUnit::kDay, 1, 1);
  if (word == "ytd") return ToDate(now, TimeUnit::kYear);
  if (word == "qtd") return ToDate(now, TimeUnit::kQuarter);
  if (word == "mtd") return ToDate(now, TimeUnit::kMonth);
  return std::nullopt;
}

std::optional<DateRange> Relative(std::string_view text, const DateTime& now) {
  const std::vector<std::string> words = SplitAtSpaces(AsciiLower(text));
  if (words.size() == 1) return OneWord(words[0], now);
  if (words.size() < 2 || words.size() > 3) return std::nullopt;
  const bool last = words[0] == "last" || words[0] == "previous";
  const bool next = words[0] == "next";
  if (words.size() == 2) {
    const std::optional<TimeUnit> unit = ParseTimeUnit(words[1]);
    if (!unit) return std::nullopt;
    if (words[0] == "this") return Units(now, *unit, 0, 1);
    if (last) return Units(now, *unit, -1, 1);
    if (next) return Units(now, *unit, 1, 1);
    return std::nullopt;
  }
  if (words[1] == "to" && words[2] == "date") {
    const std::optional<TimeUnit> unit = ParseTimeUnit(words[0]);
    if (unit) return ToDate(now, *unit);
    return std::nullopt;
  }
  const std::optional<int> count = CountOf(words[1]);
  const std::optional<TimeUnit> unit = UnitOf(words[2]);
  if (!count || !unit) return std::nullopt;
  if (last) return Units(now, *unit, -*count, *count);
  if (next) return Units(now, *unit, 1, *count);
  return std::nullopt;
}

// The unit to which a date text is written: its end is the end of that unit.
TimeUnit PrecisionOf(std::string_view text, bool* milliseconds) {
  *milliseconds = text.find('.') != std::string_view::npos;
  if (text.find(':') == std::string_view::npos) return TimeUnit::kDay;
  const std::size_t first = text.find(':');
  const bool seconds = first + 3 < text.size() && text[first + 3] == ':';
  return seconds ? TimeUnit::kSecond : TimeUnit::kMinute;
}

// Tells whether a time of day is followed by a zone: "…T10:00Z", "…T10:00+02".
bool HasZone(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && text.find_first_of("Zz+-", colon) < text.size();
}

std::optional<DateRange> Absolute(std::string_view text) {
  const std::optional<DateTime> time = ParseDateTime(text);
  if (!time || HasZone(text)) return std::nullopt;
  bool milliseconds = false;
  const TimeUnit unit = PrecisionOf(text, &milliseconds);
  if (milliseconds) return DateRange{*time, FromMillis(ToMillis(*time) + 1)};
  return DateRange{*time, Add(*time, unit, 1)};
}

bool IsWritable(const DateRange& range) {
  return range.from.year >= kFirstYear && range.to.year <= kLastYear;
}

Status NotADate(std::string_view text) {
  return Status(Code::kSemanticInvalidQuery,
                "\"" + std::string(text.substr(0, kMaxRangeBytes)) + "\" is not a date range")
      .WithHint(
          "Write \"YYYY-MM-DD\", two of them, or a relative range such as \"last 7 days\", "
          "\"this month\" or \"yesterday\"; times are local to \"timezone\" and carry no zone.");
}

}  // namespace

Result<DateRange> ParseDateRange(std::string_view text, const DateTime& now) {
  if (text.size() > kMaxRangeBytes || !IsValidUtf8(text)) {
    return Status(Code::kSemanticInvalidQuery, "date range is too long or not valid UTF-8");
  }
  std::optional<DateRange> range = Absolute(text);
  if (!range) range = Relative(text, now);
  if (!range) return NotADate(text);
  if (IsWritable(*range)) return *range;
  return Status(Code::kSemanticInvalidQuery,
                "\"" + std::string(text) + "\" lies outside of the years 1 to 9999");
}

Result<DateRange> ParseDateRange(const Json& value, const DateTime& now) {
  if (value.IsString()) return ParseDateRange(std::string_view(value.AsString()), now);
  if (!value.IsArray() || value.items().empty() || value.items().size() > 2) {
    return Status(Code::kSemanticInvalidQuery,
                  "a date range must be a string or an array of one or two strings");
  }
  DateRange range;
  for (std::size_t i = 0; i < value.items().size(); ++i) {
    const Json& item = value.items()[i];
    const std::string pointer = JsonPointer("", i);
    if (!item.IsString()) {
      return Status(Code::kSemanticInvalidQuery,
                    std::string("a date must be a string, not ") + item.TypeName())
          .At(pointer);
    }
    Result<DateRange> part = ParseDateRange(std::string_view(item.AsString()), now);
    if (!part.ok()) return std::move(part).status().At(pointer);
    if (i == 0) range.from = part.value().from;
    range.to = part.value().to;
  }
  if (ToMillis(range.from) >= ToMillis(range.to)) {
    return Status(Code::kSemanticInvalidQuery, "date range ends before it begins");
  }
  return range;
}

}  // namespace loupe::semantic

#include "core/semantic/date_range.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "core/base/utf8.hpp"
#include "core/semantic/date_point.hpp"
#include "core/semantic/date_words.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kMaxRangeBytes = 100;
constexpr int kFirstYear = 1;  // years that PostgreSQL reads without an era
constexpr int kLastYear = 9999;
constexpr int kMaxYearSteps = 8;  // a February 29 is at most so far from the year wanted

using Kind = DatePoint::Kind;

bool IsOrdered(const DateRange& range) { return ToMillis(range.from) < ToMillis(range.to); }

// Which way an end moves: to before the other end, or to after it.
enum class Way { kBack, kAhead };

// The day of the same name nearest to `bound` on that way.
DateRange MovedWeekday(const DateTime& weekday, const DateTime& bound, Way way) {
  const int ahead = (DayOfWeek(weekday) - DayOfWeek(bound) + 7) % 7;
  const int away = way == Way::kAhead || ahead == 0 ? ahead : ahead - 7;
  return SpanOf(Add(bound, TimeUnit::kDay, away), TimeUnit::kDay);
}

// The day, month or quarter nearest to `bound` on that way, or the one that holds it.
std::optional<DateRange> MovedYear(const Yearless& yearless, const DateTime& bound, Way way) {
  for (int years = 0; years <= kMaxYearSteps; ++years) {
    const std::optional<DateRange> range =
        InYear(yearless, bound.year + (way == Way::kAhead ? years : -years));
    if (!range) continue;
    if (way == Way::kAhead && ToMillis(range->to) > ToMillis(bound)) return range;
    if (way == Way::kBack && ToMillis(range->from) <= ToMillis(bound)) return range;
  }
  return std::nullopt;
}

void Move(Way way, const DateTime& bound, DatePoint* point) {
  if (point->kind == Kind::kWeekday) point->range = MovedWeekday(point->range.from, bound, way);
  if (point->kind != Kind::kYearless) return;
  point->range = MovedYear(point->yearless, bound, way).value_or(point->range);
}

// Bends the loose ends of a range to each other, as the head of date_range.hpp tells.
DateRange Span(DatePoint a, DatePoint b) {
  if (a.kind == Kind::kYearless && b.kind == Kind::kCalendar) Move(Way::kBack, b.range.from, &a);
  if (b.kind == Kind::kYearless && a.kind == Kind::kCalendar) Move(Way::kAhead, a.range.from, &b);
  if (!IsOrdered({a.range.from, b.range.to})) Move(Way::kAhead, a.range.from, &b);
  if (!IsOrdered({a.range.from, b.range.to})) Move(Way::kBack, b.range.from, &a);
  TimeUnit unit = TimeUnit::kDay;
  for (const DatePoint* point : {&a, &b}) {
    if (point->kind == Kind::kMoment) unit = std::min(unit, point->unit);
  }
  for (DatePoint* point : {&a, &b}) {
    if (point->kind == Kind::kMoment) point->range = SpanOf(point->moment, unit);
  }
  return {a.range.from, b.range.to};
}

bool IsSeparator(const std::string& word) {
  for (const char* separator : {"to", "-", "until", "till", "through", "thru"}) {
    if (word == separator) return true;
  }
  return false;
}

// Two points around the word at `middle`, the first from word `begin` on.
std::optional<DateRange> Pair(const Words& words, std::size_t begin, std::size_t middle,
                              const DateContext& context) {
  const auto word = [&](std::size_t i) { return words.begin() + static_cast<std::ptrdiff_t>(i); };
  const std::optional<DatePoint> a = ParseDatePoint(Words(word(begin), word(middle)), context);
  if (!a) return std::nullopt;
  const std::optional<DatePoint> b = ParseDatePoint(Words(word(middle + 1), words.end()), context);
  if (!b) return std::nullopt;
  return Span(*a, *b);
}

std::optional<DateRange> Read(const Words& words, const DateContext& context) {
  if (words.empty()) return std::nullopt;
  if (const std::optional<DatePoint> point = ParseDatePoint(words, context)) return point->range;
  if (words[0] == "since") {
    Words closed = words;
    closed.insert(closed.end(), {"to", "today"});
    return Pair(closed, 1, words.size(), context);
  }
  const bool between = words[0] == "between";
  const std::size_t begin = between || words[0] == "from" ? 1 : 0;
  for (std::size_t i = begin + 1; i + 1 < words.size(); ++i) {
    if (between ? words[i] != "and" : !IsSeparator(words[i])) continue;
    if (std::optional<DateRange> range = Pair(words, begin, i, context)) return range;
  }
  return std::nullopt;
}

// Tells whether a word is like "11/05/2023" or "5.11.23": day and month cannot be told apart.
bool IsDayFirst(const std::string& word) {
  const std::size_t first = word.find_first_not_of("0123456789");
  if (first == 0 || first > 2 || std::string("/.-").find(word[first]) == std::string::npos) {
    return false;
  }
  const std::size_t second = word.find(word[first], first + 1);
  return second != std::string::npos && second + 1 < word.size() &&
         word.find_first_not_of("0123456789", second + 1) == std::string::npos;
}

std::string HintFor(const Words& words) {
  if (std::any_of(words.begin(), words.end(), IsDayFirst)) {
    return "Write the year first, \"2023-11-05\": day and month cannot be told apart otherwise.";
  }
  std::string near = NearestDateWordHint(words);
  if (!near.empty()) return near;
  return "Write \"YYYY-MM-DD\", two of them, or a relative range such as \"last 7 days\", "
         "\"this month\", \"from 2 weeks ago to now\" or \"yesterday\"; times are local to "
         "\"timezone\" and carry no zone.";
}

Status CheckText(std::string_view text) {
  if (text.size() <= kMaxRangeBytes && IsValidUtf8(text)) return Status::Ok();
  return Status(Code::kSemanticInvalidQuery, "date range is too long or not valid UTF-8");
}

Status NotADate(std::string_view text, const Words& words) {
  return Status(Code::kSemanticInvalidQuery, "\"" + std::string(text) + "\" is not a date range")
      .WithHint(HintFor(words));
}

Result<DateRange> Checked(const DateRange& range) {
  if (range.from.year < kFirstYear || range.to.year > kLastYear || range.to.year < kFirstYear ||
      range.from.year > kLastYear) {
    return Status(Code::kSemanticInvalidQuery, "date range lies outside of the years 1 to 9999");
  }
  if (IsOrdered(range)) return range;
  return Status(Code::kSemanticInvalidQuery, "date range ends before it begins")
      .WithHint("It would run from " + FormatDateTime(range.from) + " to " +
                FormatDateTime(range.to) + ".");
}

// The text of one date of an array.
Result<std::string_view> TextOf(const Json& item) {
  if (item.IsString()) return std::string_view(item.AsString());
  return Status(Code::kSemanticInvalidQuery,
                std::string("a date must be a string, not ") + item.TypeName());
}

Result<DatePoint> PointOf(const Json& item, const DateContext& context) {
  LOUPE_ASSIGN_OR_RETURN(const std::string_view text, TextOf(item));
  LOUPE_RETURN_IF_ERROR(CheckText(text));
  const Words words = DateWords(text);
  std::optional<DatePoint> point = ParseDatePoint(words, context);
  if (!point) return NotADate(text, words);
  Result<DateRange> range = Checked(point->range);
  if (!range.ok()) return std::move(range).status();
  return *point;
}

}  // namespace

std::vector<std::string> RangeTexts(const DateRange& range) {
  return {FormatDateTime(range.from), FormatDateTime(FromMillis(ToMillis(range.to) - 1))};
}

Result<DateRange> ParseDateRange(std::string_view text, const DateContext& context) {
  LOUPE_RETURN_IF_ERROR(CheckText(text));
  const Words words = DateWords(text);
  const std::optional<DateRange> range = Read(words, context);
  return range ? Checked(*range) : NotADate(text, words);
}

Result<DateRange> ParseDateRange(const Json& value, const DateContext& context) {
  if (value.IsString()) return ParseDateRange(std::string_view(value.AsString()), context);
  if (!value.IsArray() || value.items().empty() || value.items().size() > 2) {
    return Status(Code::kSemanticInvalidQuery,
                  "a date range must be a string or an array of one or two strings");
  }
  if (value.items().size() == 1) {
    const Result<std::string_view> text = TextOf(value.items()[0]);
    if (!text.ok()) return text.status().At("/0");
    Result<DateRange> range = ParseDateRange(text.value(), context);
    return range.ok() ? range : std::move(range).status().At("/0");
  }
  const Result<DatePoint> from = PointOf(value.items()[0], context);
  if (!from.ok()) return from.status().At("/0");
  const Result<DatePoint> to = PointOf(value.items()[1], context);
  if (!to.ok()) return to.status().At("/1");
  return Checked(Span(from.value(), to.value()));
}

Result<DateRange> ParseDateRange(const std::vector<std::string>& texts,
                                 const DateContext& context) {
  Json array = Json::MakeArray();
  for (const std::string& text : texts) array.Append(text);
  return ParseDateRange(array, context);
}

Result<DateRange> ParseDateRange(std::string_view text, const DateTime& now) {
  return ParseDateRange(text, DateContext{now, 1, 1});
}

Result<DateRange> ParseDateRange(const Json& value, const DateTime& now) {
  return ParseDateRange(value, DateContext{now, 1, 1});
}

}  // namespace loupe::semantic

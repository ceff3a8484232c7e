#include "core/semantic/date_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/nearest.hpp"
#include "core/base/utf8.hpp"

namespace loupe::semantic {
namespace {

constexpr std::string_view kSpaces = " \t\r\n\f\v";
constexpr std::array<std::string_view, 12> kNumbers = {"one",  "two", "three",  "four",
                                                       "five", "six", "seven",  "eight",
                                                       "nine", "ten", "eleven", "twelve"};
constexpr std::array<std::string_view, 12> kMonths = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december"};
constexpr std::array<std::string_view, 7> kWeekdays = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
// Words of no family below that a range may hold: what NearestDateWordHint can offer.
constexpr std::array<std::string_view, 24> kOtherWords = {
    "today", "yesterday", "tomorrow", "now",  "last",    "next", "this",  "previous",
    "past",  "current",   "ago",      "from", "to",      "date", "since", "between",
    "and",   "fiscal",    "until",    "in",   "through", "ytd",  "qtd",   "mtd"};

// Position of `word` in `names` as a whole or cut to `letters` letters.
template <std::size_t N>
std::optional<int> IndexOf(const std::array<std::string_view, N>& names, std::string_view word,
                           std::size_t letters) {
  for (std::size_t i = 0; i < N; ++i) {
    if (word == names.at(i) || word == names.at(i).substr(0, letters)) return static_cast<int>(i);
  }
  return std::nullopt;
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

std::optional<int> NumberOf(std::string_view word) {
  int value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

void AddWord(std::string word, Words* words) {
  constexpr std::string_view kToDate = "-to-date";
  if (word.size() > 1 && (word.back() == ',' || word.back() == '.')) word.pop_back();
  if (word == "\u2013" || word == "\u2014") word = "-";
  if (word.size() > kToDate.size() && EndsWith(word, kToDate)) {
    words->push_back(word.substr(0, word.size() - kToDate.size()));
    words->insert(words->end(), {"to", "date"});
    return;
  }
  words->push_back(std::move(word));
}

bool IsKnown(const std::string& word) {
  return CountOf(word) || UnitsOf(word) || WeekdayOf(word) || MonthOf(word) ||
         std::find(kOtherWords.begin(), kOtherWords.end(), word) != kOtherWords.end();
}

std::vector<std::string> KnownWords() {
  std::vector<std::string> words(kOtherWords.begin(), kOtherWords.end());
  for (int unit = 0; unit <= static_cast<int>(TimeUnit::kYear); ++unit) {
    const std::string name = TimeUnitName(static_cast<TimeUnit>(unit));
    words.insert(words.end(), {name, name + "s"});
  }
  words.insert(words.end(), kWeekdays.begin(), kWeekdays.end());
  words.insert(words.end(), kMonths.begin(), kMonths.end());
  return words;
}

}  // namespace

Words DateWords(std::string_view text) {
  const std::string lower = AsciiLower(text);
  Words words;
  std::size_t at = 0;
  while ((at = lower.find_first_not_of(kSpaces, at)) != std::string::npos) {
    const std::size_t end = std::min(lower.find_first_of(kSpaces, at), lower.size());
    AddWord(lower.substr(at, end - at), &words);
    at = end;
  }
  return words;
}

std::optional<int> CountOf(std::string_view word) {
  if (const std::optional<int> index = IndexOf(kNumbers, word, std::string_view::npos)) {
    return *index + 1;
  }
  const std::optional<int> count = NumberOf(word);
  if (!count || *count < 1 || *count > kMaxUnits) return std::nullopt;
  return count;
}

std::optional<TimeUnit> UnitOf(std::string_view word) {
  if (word == "sec") return TimeUnit::kSecond;
  if (word == "min") return TimeUnit::kMinute;
  if (word == "hr") return TimeUnit::kHour;
  if (word == "wk") return TimeUnit::kWeek;
  if (word == "qtr") return TimeUnit::kQuarter;
  if (word == "yr") return TimeUnit::kYear;
  return ParseTimeUnit(word);
}

std::optional<TimeUnit> UnitsOf(std::string_view word) {
  if (word.size() > 1 && word.back() == 's') word.remove_suffix(1);
  return UnitOf(word);
}

std::optional<int> WeekdayOf(std::string_view word) {
  if (word == "tues") word = "tuesday";
  if (word == "weds") word = "wednesday";
  if (word == "thur" || word == "thurs") word = "thursday";
  const std::optional<int> index = IndexOf(kWeekdays, word, 3);
  if (!index) return std::nullopt;
  return *index + 1;
}

std::optional<int> MonthOf(std::string_view word) {
  if (word == "sept") word = "september";
  const std::optional<int> index = IndexOf(kMonths, word, 3);
  if (!index) return std::nullopt;
  return *index + 1;
}

std::optional<int> DayOf(std::string_view word) {
  for (const std::string_view end : {"st", "nd", "rd", "th"}) {
    if (EndsWith(word, end)) {
      word.remove_suffix(end.size());
      break;
    }
  }
  if (word.empty() || word.size() > 2) return std::nullopt;
  const std::optional<int> day = DigitsOf(word, word.size());
  if (!day || *day < 1 || *day > 31) return std::nullopt;
  return day;
}

std::optional<int> QuarterOf(std::string_view word) {
  if (word.size() != 2 || word[0] != 'q' || word[1] < '1' || word[1] > '4') return std::nullopt;
  return word[1] - '0';
}

std::optional<int> DigitsOf(std::string_view word, std::size_t count) {
  const bool digits =
      std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (word.size() != count || !digits) return std::nullopt;
  return NumberOf(word);
}

std::string NearestDateWordHint(const Words& words) {
  for (const std::string& word : words) {
    if (IsKnown(word) || word.size() < 3) continue;
    const std::optional<std::string> near = NearestName(word, KnownWords());
    return near ? "Did you mean \"" + *near + "\"?" : "";
  }
  return "";
}

}  // namespace loupe::semantic

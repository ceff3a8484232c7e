#include "core/ask/time_words.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "core/ask/name_words.hpp"

namespace loupe::ask {
namespace {

constexpr int kFirstYear = 1900;  // a bare number from here on may be a year
constexpr int kLastYear = 2100;
constexpr int kFirstNamedYear = 1000;  // "before 1850", "the year 1066"
constexpr double kBareYearWeight = 0.8;
constexpr int kMaxRelativeUnits = 10'000;
constexpr int kMonthsInQuarter = 3;

constexpr std::string_view kMonths[] = {"january",   "february", "march",    "april",
                                        "may",       "june",     "july",     "august",
                                        "september", "october",  "november", "december"};
constexpr std::string_view kShortMonths[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                             "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr std::string_view kQuarters[] = {"q1", "q2", "q3", "q4"};
constexpr std::string_view kOrdinals[] = {"first", "second", "third", "fourth"};
constexpr std::string_view kWholeUnits[] = {"calendar", "full", "whole", "complete", "iso"};
// Words behind which a bare year or an everyday word such as "may" is a time.
constexpr std::string_view kAnnouncers[] = {
    "in",    "of",      "during", "for",  "year", "since",   "before", "after",
    "until", "between", "and",    "from", "to",   "through", "till",   "throughout"};

struct Period {
  std::size_t end = 0;
  TimeRange range;
  double weight = 1;
};

class Reader {
 public:
  Reader(const std::vector<Token>& tokens, const DateTime& now) : tokens_(tokens), now_(now) {}

  std::optional<Period> ReadRange(std::size_t at) const {
    std::optional<Period> range = ReadTwoEnded(at);
    if (!range) range = ReadOpenEnded(at);
    if (!range) range = ReadPeriod(at);
    if (range) range->end = EndOfInclusion(range->end);
    return range;
  }

 private:
  template <std::size_t N>
  static int IndexIn(const std::string_view (&words)[N], std::string_view word) {
    const auto* found = std::find(std::begin(words), std::end(words), word);
    return found == std::end(words) ? -1 : static_cast<int>(found - std::begin(words));
  }

  std::string_view WordAt(std::size_t at) const {
    if (at >= tokens_.size() || tokens_[at].kind == TokenKind::kQuoted) return {};
    return tokens_[at].lower;
  }

  static Period Make(std::size_t end, const DateTime& from, TimeUnit unit, int count) {
    Period period;
    period.end = end;
    period.range.from = from;
    period.range.to = Add(from, unit, count);
    return period;
  }

  std::optional<Period> ReadTwoEnded(std::size_t at) const {
    const bool between = WordAt(at) == "between";
    if (!between && WordAt(at) != "from") return std::nullopt;
    std::optional<Period> first = ReadPeriod(at + 1);
    if (!first) return std::nullopt;
    const std::string_view link = WordAt(first->end);
    const bool links = between
                           ? link == "and"
                           : link == "to" || link == "until" || link == "till" || link == "through";
    if (!links) return std::nullopt;
    const std::optional<Period> second = ReadPeriod(first->end + 1);
    if (!second) return std::nullopt;
    if (std::optional<Period> months = ReadPartsOfYear(*first, *second)) return months;
    if (!second->range.to) return std::nullopt;
    GiveYear(second->range, &first->range);
    if (!first->range.from || ToMillis(*second->range.to) <= ToMillis(*first->range.from))
      return std::nullopt;
    Period whole;
    whole.end = second->end;
    whole.range.from = first->range.from;
    whole.range.to = second->range.to;
    return whole;
  }

  // "from October to December", of every year.
  static std::optional<Period> ReadPartsOfYear(const Period& first, const Period& second) {
    const TimeRange& one = first.range;
    const TimeRange& other = second.range;
    const bool months = one.month_of_year > 0 && other.month_of_year > 0;
    const bool quarters = one.quarter_of_year > 0 && other.quarter_of_year > 0;
    if (!months && !quarters) return std::nullopt;
    Period whole = first;
    whole.end = second.end;
    whole.range.last_of_year = months ? other.month_of_year : other.quarter_of_year;
    return whole;
  }

  // "from May to July 2013": the first month takes the year of the second.
  static void GiveYear(const TimeRange& second, TimeRange* first) {
    if (first->from || first->month_of_year == 0 || !second.from) return;
    DateTime start;
    start.year = second.from->year;
    start.month = first->month_of_year;
    first->from = start;
  }

  std::optional<Period> ReadOpenEnded(std::size_t at) const {
    struct Head {
      std::string_view words;
      bool keeps_from;
      bool period_included;
    };
    static constexpr Head kHeads[] = {
        {"before", false, false},      {"prior to", false, false},  {"until", false, true},
        {"till", false, true},         {"up to", false, true},      {"through", false, true},
        {"in or after", true, true},   {"on or after", true, true}, {"in or before", false, true},
        {"on or before", false, true}, {"since", true, true},       {"starting", true, true},
        {"after", true, false},
    };
    for (const Head& head : kHeads) {
      const std::size_t length = CountPhraseTokens(tokens_, at, head.words);
      if (length == 0) continue;
      std::optional<Period> period = ReadPeriod(at + length);
      if (!period || !period->range.from) return std::nullopt;
      TimeRange* range = &period->range;
      const DateTime edge = head.keeps_from == head.period_included ? *range->from : *range->to;
      *range = TimeRange();
      (head.keeps_from ? range->from : range->to) = edge;
      period->weight = 1;
      return period;
    }
    return std::nullopt;
  }

  std::optional<Period> ReadPeriod(std::size_t at) const {
    if (at >= tokens_.size()) return std::nullopt;
    if (std::optional<Period> period = ReadIso(at)) return period;
    if (std::optional<Period> period = ReadDayMonth(at)) return period;
    if (std::optional<Period> period = ReadMonth(at)) return period;
    if (std::optional<Period> period = ReadQuarter(at)) return period;
    if (std::optional<Period> period = ReadRelative(at)) return period;
    return ReadYear(at);
  }

  std::optional<Period> ReadIso(std::size_t at) const {
    if (tokens_[at].kind != TokenKind::kDate) return std::nullopt;
    const std::string& text = tokens_[at].text;
    const bool whole_month = text.size() == 7;
    const std::optional<DateTime> from = ParseDateTime(whole_month ? text + "-01" : text);
    if (!from) return std::nullopt;
    return Make(at + 1, *from, whole_month ? TimeUnit::kMonth : TimeUnit::kDay, 1);
  }

  bool IsAnnounced(std::size_t at) const {
    return at > 0 && (IndexIn(kAnnouncers, WordAt(at - 1)) >= 0 ||
                      ((WordAt(at - 1) == "the" || WordAt(at - 1) == "either") && at > 1 &&
                       IndexIn(kAnnouncers, WordAt(at - 2)) >= 0));
  }

  // 1-12 or 0. "may", "march" and short forms are months only when written or used as such.
  int MonthAt(std::size_t at) const {
    if (at >= tokens_.size() || tokens_[at].kind != TokenKind::kWord) return 0;
    const std::string_view word = tokens_[at].lower;
    int month = IndexIn(kMonths, word) + 1;
    if (month == 0 && word == "sept") month = 9;
    const bool everyday = month == 0 || word == "may" || word == "march" || word == "august";
    if (month == 0) month = IndexIn(kShortMonths, word) + 1;
    const bool capitalised = IsCapitalised(tokens_[at]) && at > 0;
    if (everyday && !capitalised && !IsAnnounced(at)) return 0;
    return month;
  }

  std::optional<int> YearAt(std::size_t at, int first = kFirstYear) const {
    if (at >= tokens_.size() || tokens_[at].kind != TokenKind::kNumber) return std::nullopt;
    const double number = tokens_[at].number;
    const bool plain = tokens_[at].text.size() == 4 && !tokens_[at].ordinal;
    if (!plain || number < first || number > kLastYear || number != static_cast<int>(number)) {
      return std::nullopt;
    }
    return static_cast<int>(number);
  }

  std::optional<int> DayAt(std::size_t at) const {
    if (at >= tokens_.size() || tokens_[at].kind != TokenKind::kNumber) return std::nullopt;
    const int day = static_cast<int>(std::clamp(tokens_[at].number, 0.0, 99.0));
    if (day < 1 || day > 31 || day != tokens_[at].number) return std::nullopt;
    return day;
  }

  static std::optional<Period> MakeDay(std::size_t end, int year, int month, int day) {
    if (day > DaysInMonth(year, month)) return std::nullopt;
    DateTime from;
    from.year = year;
    from.month = month;
    from.day = day;
    return Make(end, from, TimeUnit::kDay, 1);
  }

  // "July 4, 2013", "July 4th 2013", "4 July, 2013"; without its year a day says too little.
  std::optional<Period> ReadDayMonth(std::size_t at) const {
    if (const std::optional<int> day = DayAt(at)) {
      const std::size_t name = WordAt(at + 1) == "of" ? at + 2 : at + 1;
      const int month = MonthAt(name);
      const std::size_t year_at = WordAt(name + 1) == "," ? name + 2 : name + 1;
      const std::optional<int> year = YearAt(year_at);
      if (month > 0 && year) return MakeDay(year_at + 1, *year, month, *day);
    }
    const int month = MonthAt(at);
    const std::optional<int> day = month > 0 ? DayAt(at + 1) : std::nullopt;
    if (!day) return std::nullopt;
    const std::size_t year_at = WordAt(at + 2) == "," ? at + 3 : at + 2;
    const std::optional<int> year = YearAt(year_at);
    if (!year) return std::nullopt;
    return MakeDay(year_at + 1, *year, month, *day);
  }

  std::optional<Period> ReadMonth(std::size_t at) const {
    const int month = MonthAt(at);
    if (month == 0) return std::nullopt;
    std::size_t year_at = at + 1;
    if (WordAt(year_at) == "," || WordAt(year_at) == "of") ++year_at;
    if (const std::optional<int> year = YearAt(year_at)) {
      DateTime from;
      from.year = *year;
      from.month = month;
      return Make(year_at + 1, from, TimeUnit::kMonth, 1);
    }
    Period period;
    period.end = at + 1;
    period.range.month_of_year = month;
    return period;
  }

  std::optional<Period> MakeQuarter(std::size_t end, int quarter, std::optional<int> year) const {
    if (year) {
      DateTime from;
      from.year = *year;
      from.month = (quarter - 1) * kMonthsInQuarter + 1;
      return Make(end, from, TimeUnit::kQuarter, 1);
    }
    Period period;
    period.end = end;
    period.range.quarter_of_year = quarter;
    return period;
  }

  // "Q3 2013", "2013 Q3", "third quarter of 2013", "quarter 3 of 2013".
  std::optional<Period> ReadQuarter(std::size_t at) const {
    if (const std::optional<int> year = YearAt(at)) {
      const int quarter = IndexIn(kQuarters, WordAt(at + 1)) + 1;
      if (quarter > 0) return MakeQuarter(at + 2, quarter, year);
    }
    int quarter = IndexIn(kQuarters, WordAt(at)) + 1;
    std::size_t end = at + 1;
    if (quarter == 0 && WordAt(at + 1) == "quarter") {
      quarter = IndexIn(kOrdinals, WordAt(at)) + 1;
      if (quarter == 0 && tokens_[at].ordinal && tokens_[at].number <= 4) {
        quarter = static_cast<int>(tokens_[at].number);
      }
      end = at + 2;
    } else if (quarter == 0 && WordAt(at) == "quarter" && DayAt(at + 1).value_or(5) <= 4) {
      quarter = *DayAt(at + 1);
      end = at + 2;
    }
    if (quarter == 0) return std::nullopt;
    const std::size_t year_at = WordAt(end) == "of" || WordAt(end) == "in" ? end + 1 : end;
    const std::optional<int> year = YearAt(year_at);
    return MakeQuarter(year ? year_at + 1 : end, quarter, year);
  }

  // Whole units: "this month", "the previous 2 weeks". Up to now: "the past 7 days", "the last 6
  // months". "the last 6 calendar months" begin with their first day.
  std::optional<Period> ReadRelative(std::size_t at) const {
    const std::string_view head = WordAt(at);
    const DateTime today = Truncate(now_, TimeUnit::kDay);
    if (head == "today") return Make(at + 1, today, TimeUnit::kDay, 1);
    if (head == "yesterday") return Make(at + 1, Add(today, TimeUnit::kDay, -1), TimeUnit::kDay, 1);
    if (std::optional<Period> then = ReadAgo(at)) return then;
    const bool current = head == "this" || head == "current";
    const bool past = head == "last" || head == "previous" || head == "past" || head == "prior";
    if (!current && !past) return std::nullopt;
    const std::optional<double> number = past ? NumberAt(tokens_, at + 1) : std::nullopt;
    std::size_t unit_at = at + (number ? 2 : 1);
    const bool calendar = IndexIn(kWholeUnits, WordAt(unit_at)) >= 0;
    if (calendar) ++unit_at;
    const std::optional<Units> units = ReadUnits(number.value_or(1), unit_at);
    if (!units) return std::nullopt;
    if (current) return Make(units->end, Truncate(now_, units->unit), units->unit, 1);
    const std::size_t open = EndOfExclusion(units->end);
    const bool rolling = head == "past" || (number && head == "last");
    if (!rolling || open > units->end) {
      const DateTime start = Truncate(now_, units->unit);
      return Make(open, Add(start, units->unit, -units->count), units->unit, units->count);
    }
    Period period;
    period.end = units->end;
    const bool hours = units->unit == TimeUnit::kHour || units->unit == TimeUnit::kMinute;
    period.range.from = Add(hours ? now_ : today, units->unit, -units->count);
    if (calendar) period.range.from = Truncate(*period.range.from, units->unit);
    period.range.to = Add(today, TimeUnit::kDay, 1);
    return period;
  }

  struct Units {
    std::size_t end = 0;
    TimeUnit unit = TimeUnit::kDay;
    int count = 1;
  };

  std::optional<Units> ReadUnits(double count, std::size_t at) const {
    if (at >= tokens_.size() || count < 1 || count > kMaxRelativeUnits ||
        count != static_cast<int>(count)) {
      return std::nullopt;
    }
    const std::optional<PhraseMatch> grain = MatchGrain(tokens_, at);
    if (!grain) return std::nullopt;
    return Units{grain->end, grain->meaning.grain, static_cast<int>(count)};
  }

  // "2 years ago": that year; "more than 2 years ago": that day.
  std::optional<Period> ReadAgo(std::size_t at) const {
    const std::optional<double> number = NumberAt(tokens_, at);
    const std::optional<Units> units = number ? ReadUnits(*number, at + 1) : std::nullopt;
    if (!units || WordAt(units->end) != "ago") return std::nullopt;
    const TimeUnit exact = IsCompared(at) ? TimeUnit::kDay : units->unit;
    return Make(units->end + 1, Add(Truncate(now_, exact), units->unit, -units->count), exact, 1);
  }

  [[nodiscard]] bool IsCompared(std::size_t at) const {
    if (at == 0) return false;
    static constexpr std::string_view kWords[] = {"than", "over", "under", "least", "most"};
    return IsOneOf(kWords, WordAt(at - 1));
  }

  // "(not including the current month)": the end of it, else `at`.
  std::size_t EndOfExclusion(std::size_t at) const {
    std::size_t next = WordAt(at) == "(" || WordAt(at) == "," ? at + 1 : at;
    std::size_t length = 0;
    for (const std::string_view words : {"excluding", "exclusive of", "not including", "without"}) {
      length = std::max(length, CountPhraseTokens(tokens_, next, words));
    }
    if (length == 0) return at;
    next += length;
    if (WordAt(next) == "the") ++next;
    if (WordAt(next) != "current" && WordAt(next) != "this") return at;
    ++next;
    if (next < tokens_.size() && MatchGrain(tokens_, next)) ++next;
    return WordAt(next) == ")" ? next + 1 : next;
  }

  // "(inclusive of today)", "inclusive": what every period is.
  std::size_t EndOfInclusion(std::size_t at) const {
    const bool marked = WordAt(at) == "(" || WordAt(at) == ",";
    std::size_t next = marked ? at + 1 : at;
    if (WordAt(next) == "both") ++next;
    if (WordAt(next) != "inclusive") return at;
    ++next;
    if (WordAt(next) == "of") {
      while (next < tokens_.size() && WordAt(next) != ")" && WordAt(next) != "," &&
             !IsPause(tokens_[next])) {
        ++next;
      }
    }
    return WordAt(next) == ")" ? next + 1 : next;
  }

  // "before 1850", but not "after 1500 miles".
  bool IsBound(std::size_t at) const {
    static constexpr std::string_view kBounds[] = {"before", "after", "since", "until"};
    const bool bound = at > 0 && IsOneOf(kBounds, WordAt(at - 1));
    return bound && (at + 1 >= tokens_.size() || IsFunctionWord(tokens_[at + 1]));
  }

  std::optional<Period> ReadYear(std::size_t at) const {
    if (WordAt(at) == "the" && WordAt(at + 1) == "year") ++at;
    const bool named = WordAt(at) == "year";
    if (named) at += WordAt(at + 1) == "of" ? 2 : 1;
    const bool early = named || IsBound(at);
    const std::optional<int> year = YearAt(at, early ? kFirstNamedYear : kFirstYear);
    if (!year) return std::nullopt;
    DateTime from;
    from.year = *year;
    Period period = Make(at + 1, from, TimeUnit::kYear, 1);
    if (!named && !IsAnnounced(at)) period.weight = kBareYearWeight;
    return period;
  }

  const std::vector<Token>& tokens_;
  const DateTime& now_;
};

}  // namespace

std::optional<PhraseMatch> MatchTime(const std::vector<Token>& tokens, std::size_t at,
                                     const DateTime& now) {
  const std::optional<Period> period = Reader(tokens, now).ReadRange(at);
  if (!period) return std::nullopt;
  PhraseMatch match;
  match.end = period->end;
  match.meaning.kind = MeaningKind::kTime;
  match.meaning.weight = period->weight;
  match.meaning.time = period->range;
  return match;
}

}  // namespace loupe::ask

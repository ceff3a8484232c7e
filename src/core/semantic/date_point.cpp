#include "core/semantic/date_point.hpp"

#include <algorithm>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/semantic/interval.hpp"

namespace loupe::semantic {
namespace {

constexpr int kLeapSearchYears = 8;  // the longest way from one February 29 to the next
constexpr std::int64_t kMaxMonths = std::int64_t{kMaxUnits} * 12;
constexpr std::int64_t kMaxDays = std::int64_t{kMaxUnits} * 7;

using Kind = DatePoint::Kind;

// Reads words from the front to the end.
class Cursor {
 public:
  explicit Cursor(const Words& words) : words_(words) {}

  [[nodiscard]] bool AtEnd() const { return at_ == words_.size(); }
  bool Accept(std::string_view word) {
    if (AtEnd() || words_[at_] != word) return false;
    ++at_;
    return true;
  }
  bool AcceptOneOf(std::initializer_list<std::string_view> words) {
    return std::any_of(words.begin(), words.end(), [&](auto word) { return Accept(word); });
  }
  // Takes the next word when `meaning` knows it.
  template <class Meaning>
  auto Take(Meaning meaning) -> decltype(meaning(std::string_view())) {
    if (AtEnd()) return std::nullopt;
    const auto value = meaning(std::string_view(words_[at_]));
    if (value) ++at_;
    return value;
  }

 private:
  const Words& words_;
  std::size_t at_ = 0;
};

// A unit as the model cuts time: weeks from its first weekday, fiscal years from their first month.
struct Period {
  TimeUnit unit = TimeUnit::kDay;
  Interval offset;
};

DateTime StartOf(const DateTime& time, const Period& period) {
  return Add(Truncate(Add(time, Negated(period.offset)), period.unit), period.offset);
}

// Whole periods: `first` periods away from the current one, `count` of them.
DateRange Periods(const DateTime& now, const Period& period, int first, int count) {
  const DateTime from = Add(StartOf(now, period), period.unit, first);
  return {from, Add(from, period.unit, count)};
}

Period Plain(TimeUnit unit, const DateContext& context) {
  Period period;
  period.unit = unit;
  if (unit == TimeUnit::kWeek) period.offset.days = context.week_start - 1;
  return period;
}

// A unit, or "fiscal" before a year or a quarter.
template <class Meaning>
std::optional<Period> TakePeriod(Meaning meaning, const DateContext& context, Cursor* cursor) {
  const bool fiscal = cursor->Accept("fiscal");
  const std::optional<TimeUnit> unit = cursor->Take(meaning);
  if (!unit) return std::nullopt;
  Period period = Plain(*unit, context);
  if (!fiscal) return period;
  if (*unit != TimeUnit::kQuarter && *unit != TimeUnit::kYear) return std::nullopt;
  period.offset.months = context.fiscal_year_start - 1;
  return period;
}

// "last", "this", "next" and their like: -1, 0, 1.
std::optional<int> TakeDirection(Cursor* cursor) {
  if (cursor->AcceptOneOf({"last", "previous", "past"})) return -1;
  if (cursor->AcceptOneOf({"this", "current"})) return 0;
  if (cursor->Accept("next")) return 1;
  return std::nullopt;
}

// "7", "seven", "couple of"; nothing leaves the cursor where it was.
std::optional<int> TakeCount(Cursor* cursor) {
  if (!cursor->Accept("couple")) return cursor->Take(CountOf);
  cursor->Accept("of");
  return 2;
}

DatePoint Fixed(Kind kind, const DateRange& range) {
  DatePoint point;
  point.kind = kind;
  point.range = range;
  return point;
}

DateRange Days(const DateTime& now, int first) {
  return Periods(now, {TimeUnit::kDay, {}}, first, 1);
}

DatePoint Moment(const DateTime& moment, TimeUnit unit) {
  DatePoint point = Fixed(Kind::kMoment, SpanOf(moment, unit));
  point.moment = moment;
  point.unit = unit;
  return point;
}

std::optional<DatePoint> NamedDay(Cursor cursor, const DateContext& context) {
  std::optional<DatePoint> point;
  if (cursor.Accept("now")) {
    point = Moment(context.now, TimeUnit::kDay);
  } else if (cursor.Accept("today")) {
    point = Fixed(Kind::kSpan, Days(context.now, 0));
  } else if (cursor.Accept("yesterday")) {
    point = Fixed(Kind::kSpan, Days(context.now, -1));
  } else if (cursor.Accept("tomorrow")) {
    point = Fixed(Kind::kSpan, Days(context.now, 1));
  }
  if (!cursor.AtEnd()) return std::nullopt;
  return point;
}

// From the start of the current period to the end of today.
DatePoint ToDate(const Period& period, const DateContext& context) {
  return Fixed(Kind::kSpan, {StartOf(context.now, period), Days(context.now, 0).to});
}

// "ytd", "[this] year to date", "fiscal year to date".
std::optional<DatePoint> PeriodToDate(Cursor cursor, const DateContext& context) {
  const auto abbreviation = [](std::string_view word) -> std::optional<TimeUnit> {
    if (word == "ytd") return TimeUnit::kYear;
    if (word == "qtd") return TimeUnit::kQuarter;
    if (word == "mtd") return TimeUnit::kMonth;
    if (word == "wtd") return TimeUnit::kWeek;
    return std::nullopt;
  };
  if (const std::optional<TimeUnit> unit = cursor.Take(abbreviation)) {
    if (!cursor.AtEnd()) return std::nullopt;
    return ToDate(Plain(*unit, context), context);
  }
  cursor.AcceptOneOf({"this", "current"});
  const std::optional<Period> period = TakePeriod(UnitOf, context, &cursor);
  if (!period || !cursor.Accept("to") || !cursor.Accept("date") || !cursor.AtEnd()) {
    return std::nullopt;
  }
  return ToDate(*period, context);
}

// "last month", "the past 2 weeks", "next fiscal year".
std::optional<DatePoint> RelativePeriods(Cursor cursor, const DateContext& context) {
  cursor.AcceptOneOf({"in", "over", "during", "within"});
  cursor.Accept("the");
  const std::optional<int> direction = TakeDirection(&cursor);
  if (!direction) return std::nullopt;
  std::optional<int> count;
  if (*direction != 0) count = TakeCount(&cursor);
  const std::optional<Period> period =
      count ? TakePeriod(UnitsOf, context, &cursor) : TakePeriod(UnitOf, context, &cursor);
  if (!period || !cursor.AtEnd()) return std::nullopt;
  const int first = *direction < 0 ? -count.value_or(1) : *direction;
  return Fixed(Kind::kSpan, Periods(context.now, *period, first, count.value_or(1)));
}

struct Distance {
  Interval interval;
  TimeUnit finest = TimeUnit::kDay;
};

std::optional<int> TakeDistanceCount(Cursor* cursor) {
  const bool article = cursor->AcceptOneOf({"a", "an"});
  const std::optional<int> count = TakeCount(cursor);
  return article && !count ? 1 : count;
}

// "2 weeks and 3 days", "an hour", "a couple of months".
std::optional<Distance> TakeDistance(Cursor* cursor) {
  Distance distance;
  for (bool more = true; more;) {
    const std::optional<int> count = TakeDistanceCount(cursor);
    const std::optional<TimeUnit> unit = cursor->Take(UnitsOf);
    if (!count || !unit) return std::nullopt;
    distance.interval = Sum(distance.interval, IntervalOf(*unit, *count));
    distance.finest = std::min(distance.finest, *unit);
    Cursor ahead = *cursor;
    more = cursor->Accept("and") || TakeDistanceCount(&ahead);
  }
  if (distance.interval.months > kMaxMonths || distance.interval.days > kMaxDays) {
    return std::nullopt;
  }
  return distance;
}

// "3 hours ago", "2 weeks from now", "in a month".
std::optional<DatePoint> DistantMoment(Cursor cursor, const DateContext& context) {
  const bool in = cursor.Accept("in");
  const std::optional<Distance> distance = TakeDistance(&cursor);
  if (!distance) return std::nullopt;
  const bool ago = !in && cursor.Accept("ago");
  const bool ahead = in || (!ago && cursor.Accept("from") && cursor.AcceptOneOf({"now", "today"}));
  if (!(ago || ahead) || !cursor.AtEnd()) return std::nullopt;
  const Interval shift = ago ? Negated(distance->interval) : distance->interval;
  return Moment(Add(context.now, shift), distance->finest);
}

// 1 = Monday … 7 = Sunday.
int IsoWeekday(const DateTime& time) { return (DayOfWeek(time) + 6) % 7 + 1; }

std::optional<DatePoint> Weekday(Cursor cursor, const DateContext& context) {
  cursor.Accept("on");
  const std::optional<int> direction = TakeDirection(&cursor);
  const std::optional<int> weekday = cursor.Take(WeekdayOf);
  if (!weekday || !cursor.AtEnd()) return std::nullopt;
  const int ahead = (*weekday - IsoWeekday(context.now) + 7) % 7;
  if (!direction) {
    return Fixed(Kind::kWeekday, Days(context.now, ahead <= 3 ? ahead : ahead - 7));
  }
  if (*direction <= 0) {
    return Fixed(Kind::kSpan, Days(context.now, *direction == 0 ? ahead : ahead - 7));
  }
  const DateTime week = Periods(context.now, Plain(TimeUnit::kWeek, context), 1, 1).from;
  return Fixed(Kind::kSpan, Days(week, (*weekday - IsoWeekday(week) + 7) % 7));
}

// The year in which the point begins nearest to now.
std::optional<DatePoint> Nearest(const Yearless& yearless, const DateContext& context) {
  const std::int64_t now = ToMillis(Truncate(context.now, TimeUnit::kDay));
  std::optional<DateRange> nearest;
  std::int64_t least = 0;
  for (int i = 0; i <= 2 * kLeapSearchYears; ++i) {
    const int years = i % 2 == 1 ? (i + 1) / 2 : -i / 2;
    const std::optional<DateRange> range = InYear(yearless, context.now.year + years);
    if (!range) continue;
    const std::int64_t away = std::abs(ToMillis(range->from) - now);
    if (nearest && away >= least) continue;
    nearest = range;
    least = away;
  }
  if (!nearest) return std::nullopt;
  DatePoint point = Fixed(Kind::kYearless, *nearest);
  point.yearless = yearless;
  return point;
}

// "last march": the latest that is over; "this march": of this year; "next march": the first ahead.
std::optional<DatePoint> RelativeMonth(Cursor cursor, const DateContext& context) {
  const std::optional<int> direction = TakeDirection(&cursor);
  const std::optional<int> month = cursor.Take(MonthOf);
  if (!direction || !month || !cursor.AtEnd()) return std::nullopt;
  int year = context.now.year;
  if (*direction < 0 && *month >= context.now.month) --year;
  if (*direction > 0 && *month <= context.now.month) ++year;
  return Fixed(Kind::kSpan, *InYear({*month, 0, TimeUnit::kMonth}, year));
}

std::optional<int> YearOf(std::string_view word) { return DigitsOf(word, 4); }

std::optional<DatePoint> InWrittenYear(const Yearless& yearless, int year) {
  const std::optional<DateRange> range = InYear(yearless, year);
  if (!range) return std::nullopt;
  return Fixed(Kind::kCalendar, *range);
}

// "november [2023]", "nov 5 [2023]", "the 5th of november [2023]", "q3 [of] [2023]", "2023 q3".
std::optional<DatePoint> NamedDate(Cursor cursor, const DateContext& context) {
  cursor.AcceptOneOf({"in", "on", "during"});
  cursor.Accept("the");
  std::optional<int> year = cursor.Take(YearOf);
  std::optional<int> day;
  if (!year) day = cursor.Take(DayOf);
  if (day) cursor.Accept("of");
  Yearless date;
  if (const std::optional<int> quarter = day ? std::nullopt : cursor.Take(QuarterOf)) {
    date = {*quarter * 3 - 2, 0, TimeUnit::kQuarter};
  } else if (const std::optional<int> month = cursor.Take(MonthOf)) {
    if (!day) day = cursor.Take(DayOf);
    date = {*month, day.value_or(0), day ? TimeUnit::kDay : TimeUnit::kMonth};
  } else {
    return std::nullopt;
  }
  if (!year && cursor.Accept("of") && cursor.AtEnd()) return std::nullopt;
  if (!year) year = cursor.Take(YearOf);
  if (!cursor.AtEnd()) return std::nullopt;
  return year ? InWrittenYear(date, *year) : Nearest(date, context);
}

// Tells whether a time of day is followed by a zone: "…t10:00z", "…t10:00+02".
bool HasZone(std::string_view text) {
  const std::size_t colon = text.find(':');
  return colon != std::string_view::npos && text.find_first_of("z+-", colon) < text.size();
}

// The span to which a time is written: "…T10:30" is a minute, "…T10:30:05" a second.
DateRange Written(const DateTime& time, std::string_view text) {
  if (text.find('.') != std::string_view::npos) return {time, FromMillis(ToMillis(time) + 1)};
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return {time, Add(time, TimeUnit::kDay, 1)};
  const bool seconds = text.find(':', colon + 1) != std::string_view::npos;
  return {time, Add(time, seconds ? TimeUnit::kSecond : TimeUnit::kMinute, 1)};
}

std::optional<DateRange> IsoTime(std::string text) {
  constexpr std::size_t kDateBytes = 10;
  if (text.size() > kDateBytes && text[kDateBytes] == 't') text[kDateBytes] = 'T';
  const std::optional<DateTime> time = ParseDateTime(text);
  if (!time || HasZone(text)) return std::nullopt;
  return Written(*time, text);
}

// "2023", "2023-11", "2023-q4", "2023/11/05", "20231105": year first, so that nothing is guessed.
std::optional<DateRange> IsoPeriod(const std::string& text) {
  if (const std::optional<int> year = YearOf(text)) {
    return SpanOf({*year, 1, 1, 0, 0, 0, 0}, TimeUnit::kYear);
  }
  if (DigitsOf(text, 8)) {
    return IsoTime(text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6));
  }
  const std::optional<int> year = YearOf(std::string_view(text).substr(0, 4));
  if (!year || text.size() < 7) return std::nullopt;
  if (text.size() == 10 && text[4] == '/' && text[7] == '/') {
    return IsoTime(text.substr(0, 4) + "-" + text.substr(5, 2) + "-" + text.substr(8));
  }
  if (text[4] != '-') return std::nullopt;
  const std::string_view rest = std::string_view(text).substr(5);
  if (const std::optional<int> quarter = QuarterOf(rest)) {
    return InYear({*quarter * 3 - 2, 0, TimeUnit::kQuarter}, *year);
  }
  const std::optional<int> month = DigitsOf(rest, 2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  return InYear({*month, 0, TimeUnit::kMonth}, *year);
}

std::optional<DatePoint> IsoDate(const Words& words, const DateContext&) {
  std::optional<DateRange> range;
  if (words.size() == 1) range = IsoTime(words[0]);
  if (words.size() == 1 && !range) range = IsoPeriod(words[0]);
  if (words.size() == 2 && words[1].find(':') != std::string::npos) {
    range = IsoTime(words[0] + "t" + words[1]);
  }
  if (!range) return std::nullopt;
  return Fixed(Kind::kCalendar, *range);
}

}  // namespace

DateRange SpanOf(const DateTime& moment, TimeUnit unit) {
  const DateTime from = Truncate(moment, unit);
  return {from, Add(from, unit, 1)};
}

std::optional<DateRange> InYear(const Yearless& yearless, int year) {
  DateTime from;
  from.year = year;
  from.month = yearless.month;
  from.day = std::max(yearless.day, 1);
  if (from.day > DaysInMonth(year, from.month)) return std::nullopt;
  return DateRange{from, Add(from, yearless.unit, 1)};
}

std::optional<DatePoint> ParseDatePoint(const Words& words, const DateContext& context) {
  if (std::optional<DatePoint> point = IsoDate(words, context)) return point;
  using Parser = std::optional<DatePoint> (*)(Cursor, const DateContext&);
  constexpr Parser kParsers[] = {NamedDay, PeriodToDate,  RelativePeriods, DistantMoment,
                                 Weekday,  RelativeMonth, NamedDate};
  for (const Parser parse : kParsers) {
    if (std::optional<DatePoint> point = parse(Cursor(words), context)) return point;
  }
  return std::nullopt;
}

}  // namespace loupe::semantic

#include "core/semantic/granularity.hpp"

#include <utility>

namespace loupe::semantic {
namespace {

constexpr std::int64_t kMillisPerDay = 86'400'000;
constexpr int kOriginYear = 2000;
constexpr DateTime kOrigin = {kOriginYear, 1, 1, 0, 0, 0, 0};
constexpr DateTime kWeekOrigin = {kOriginYear, 1, 3, 0, 0, 0, 0};

// a - FloorMod(a, b) is the multiple of b at or below a; b > 0.
std::int64_t FloorMod(std::int64_t a, std::int64_t b) { return (a % b + b) % b; }

bool CountsMonths(const Granularity& granularity) { return granularity.unit >= TimeUnit::kMonth; }

std::int64_t StepMillis(const Granularity& granularity) {
  const Interval step = StepOf(granularity);
  return step.days * kMillisPerDay + step.millis;
}

// The days and milliseconds of an interval, without its months.
Interval ShortPart(const Interval& interval) { return {0, interval.days, interval.millis}; }

std::int64_t ShortMillis(const Interval& interval) {
  return interval.days * kMillisPerDay + interval.millis;
}

// Start of the first period at or after the natural origin, of a grid of one length.
DateTime OriginOf(const Granularity& granularity) {
  const DateTime natural = granularity.unit == TimeUnit::kWeek ? kWeekOrigin : kOrigin;
  const DateTime shifted = Add(natural, granularity.offset);
  const std::int64_t away = ToMillis(shifted) - ToMillis(natural);
  return FromMillis(ToMillis(natural) + FloorMod(away, StepMillis(granularity)));
}

// The offset of a grid of months, its months cut to less than a period.
Interval MonthOffset(const Granularity& granularity) {
  Interval offset = granularity.offset;
  offset.months = FloorMod(offset.months, StepOf(granularity).months);
  return offset;
}

std::int64_t MonthsSinceOrigin(const DateTime& time) {
  return (std::int64_t{time.year} - kOriginYear) * 12 + time.month - 1;
}

sql::Expr IntervalExpr(const Interval& interval) {
  return sql::Cast(sql::String(IntervalText(interval)), "interval");
}

// time + interval; an interval that is nowhere positive is written as a subtraction.
sql::Expr Shifted(sql::Expr time, const Interval& interval) {
  if (interval.IsZero()) return time;
  if (interval.months <= 0 && interval.days <= 0 && interval.millis <= 0) {
    return sql::Binary("-", std::move(time), IntervalExpr(Negated(interval)));
  }
  return sql::Binary("+", std::move(time), IntervalExpr(interval));
}

sql::Expr TimestampExpr(const DateTime& time) {
  std::string text = FormatDateTime(time);
  text[text.find('T')] = ' ';
  constexpr std::string_view kMidnight = " 00:00:00.000";
  if (text.find(kMidnight) != std::string::npos) text = FormatDate(time);
  return sql::Cast(sql::String(text), "timestamp");
}

sql::Expr DateTrunc(TimeUnit unit, sql::Expr time) {
  return sql::Call("date_trunc", {sql::String(TimeUnitName(unit)), std::move(time)});
}

sql::Expr DatePart(const char* part, const sql::Expr& time) {
  return sql::Call("date_part", {sql::String(part), time});
}

// timestamp '2000-01-01' + the greatest multiple of `months` months at or before the time.
sql::Expr MonthsExpr(const sql::Expr& time, std::int64_t months) {
  const sql::Expr years = sql::Binary("-", DatePart("year", time), sql::Integer(kOriginYear));
  const sql::Expr index = sql::Binary(
      "-", sql::Binary("+", sql::Binary("*", years, sql::Integer(12)), DatePart("month", time)),
      sql::Integer(1));
  const sql::Expr periods =
      sql::Cast(sql::Call("floor", {sql::Binary("/", index, sql::Integer(months))}), "integer");
  return sql::Binary("+", TimestampExpr(kOrigin),
                     sql::Binary("*", periods, IntervalExpr({months, 0, 0})));
}

// The unit of date_trunc whose periods are `months` months long, where there is one.
sql::Expr MonthStart(sql::Expr time, std::int64_t months) {
  if (months == 1) return DateTrunc(TimeUnit::kMonth, std::move(time));
  if (months == 3) return DateTrunc(TimeUnit::kQuarter, std::move(time));
  if (months == 12) return DateTrunc(TimeUnit::kYear, std::move(time));
  return MonthsExpr(time, months);
}

}  // namespace

Granularity PlainGranularity(TimeUnit unit) {
  Granularity granularity;
  granularity.name = TimeUnitName(unit);
  granularity.unit = unit;
  return granularity;
}

std::optional<Granularity> NamedGranularity(std::string_view name, int week_start,
                                            int fiscal_year_start) {
  if (name == "fiscal_year" || name == "fiscal_quarter") {
    const bool year = name == "fiscal_year";
    Granularity fiscal = PlainGranularity(year ? TimeUnit::kYear : TimeUnit::kQuarter);
    fiscal.name = name;
    fiscal.offset.months = year ? fiscal_year_start - 1 : (fiscal_year_start - 1) % 3;
    return fiscal;
  }
  const std::optional<TimeUnit> unit = ParseTimeUnit(name);
  if (!unit) return std::nullopt;
  Granularity plain = PlainGranularity(*unit);
  if (*unit == TimeUnit::kWeek && week_start != 1) plain.offset.days = week_start - 8;
  return plain;
}

std::vector<std::string> GranularityNames() {
  return {"second",  "minute", "hour",           "day",        "week", "month",
          "quarter", "year",   "fiscal_quarter", "fiscal_year"};
}

Interval StepOf(const Granularity& granularity) {
  return IntervalOf(granularity.unit, granularity.count);
}

DateTime Truncate(const DateTime& local, const Granularity& granularity) {
  if (!CountsMonths(granularity)) {
    const std::int64_t since = ToMillis(local) - ToMillis(OriginOf(granularity));
    return FromMillis(ToMillis(local) - FloorMod(since, StepMillis(granularity)));
  }
  const Interval offset = MonthOffset(granularity);
  const DateTime shifted = Add(Add(local, Negated(ShortPart(offset))), {-offset.months, 0, 0});
  const std::int64_t months = MonthsSinceOrigin(shifted);
  const std::int64_t start = months - FloorMod(months, StepOf(granularity).months);
  return Add(Add(kOrigin, {start, 0, 0}), offset);
}

DateTime Next(const DateTime& period_start, const Granularity& granularity) {
  const Interval offset = ShortPart(granularity.offset);
  if (!CountsMonths(granularity)) return Add(period_start, StepOf(granularity));
  return Add(Add(Add(period_start, Negated(offset)), StepOf(granularity)), offset);
}

bool Nests(const Granularity& fine, const Granularity& coarse) {
  if (CountsMonths(fine)) {
    if (!CountsMonths(coarse)) return false;
    const std::int64_t step = StepOf(fine).months;
    return StepOf(coarse).months % step == 0 &&
           (coarse.offset.months - fine.offset.months) % step == 0 &&
           ShortMillis(coarse.offset) == ShortMillis(fine.offset);
  }
  const std::int64_t step = StepMillis(fine);
  const std::int64_t origin = ToMillis(OriginOf(fine));
  if (!CountsMonths(coarse)) {
    return StepMillis(coarse) % step == 0 && (ToMillis(OriginOf(coarse)) - origin) % step == 0;
  }
  // Months begin any number of days apart, so that only what divides a day meets all of them.
  const std::int64_t start = ToMillis(kOrigin) + ShortMillis(coarse.offset);
  return kMillisPerDay % step == 0 && (start - origin) % step == 0;
}

sql::Expr TruncatedExpr(sql::Expr local_timestamp, const Granularity& granularity) {
  if (!CountsMonths(granularity)) {
    const bool plain = granularity.count == 1 && granularity.offset.IsZero();
    if (plain) return DateTrunc(granularity.unit, std::move(local_timestamp));
    return sql::Call("date_bin", {IntervalExpr(StepOf(granularity)), std::move(local_timestamp),
                                  TimestampExpr(OriginOf(granularity))});
  }
  const Interval offset = MonthOffset(granularity);
  sql::Expr shifted = Shifted(std::move(local_timestamp), Negated(ShortPart(offset)));
  shifted = Shifted(std::move(shifted), {-offset.months, 0, 0});
  return Shifted(MonthStart(std::move(shifted), StepOf(granularity).months), offset);
}

}  // namespace loupe::semantic

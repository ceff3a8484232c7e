#include "core/semantic/plan_rolling.hpp"

#include <algorithm>
#include <cstdlib>
#include <iterator>
#include <numeric>
#include <utility>

#include "core/semantic/member_lookup.hpp"

namespace loupe::semantic {
namespace {

constexpr std::int64_t kDayMillis = 86'400'000;

// Intervals of one family compare and divide: months, or days and what is shorter.
enum class Family { kNone, kMonths, kDays, kMixed };

Family FamilyOf(const Interval& interval) {
  const bool days = interval.days != 0 || interval.millis != 0;
  if (interval.months == 0) return days ? Family::kDays : Family::kNone;
  return days ? Family::kMixed : Family::kMonths;
}

std::int64_t LengthOf(const Interval& interval) {
  return interval.months != 0 ? interval.months : interval.days * kDayMillis + interval.millis;
}

// Tells whether the bound lies on the border of a period, seen from any period's start.
bool IsWholePeriods(const std::optional<Interval>& bound, const Interval& step) {
  if (!bound || bound->IsZero()) return true;
  if (FamilyOf(*bound) != FamilyOf(step) || FamilyOf(step) == Family::kMixed) return false;
  return LengthOf(*bound) % LengthOf(step) == 0;
}

// The unit that borders of days and longer, or of shorter spans, all lie on.
Granularity CommonBase(const Granularity& period, const WindowBounds& bounds) {
  std::int64_t millis = kDayMillis;
  const auto narrow = [&](const Interval& interval) {
    if (interval.millis != 0) millis = std::gcd(millis, std::abs(interval.millis));
  };
  narrow(StepOf(period));
  narrow(period.offset);
  if (bounds.from) narrow(*bounds.from);
  if (bounds.to) narrow(*bounds.to);
  if (millis == kDayMillis) return PlainGranularity(TimeUnit::kDay);
  if (millis % 3'600'000 == 0) return PlainGranularity(TimeUnit::kHour);
  return PlainGranularity(millis % 60'000 == 0 ? TimeUnit::kMinute : TimeUnit::kSecond);
}

// The granularity that a window is "to date" of; ParseModel knows its name.
Granularity ToDateOf(const RollingWindow& window, const Model& model) {
  return NamedGranularity(window.to_date, model.week_start, model.fiscal_year_start)
      .value_or(PlainGranularity(TimeUnit::kYear));
}

Status CountPeriods(const Granularity& period, const Periods& periods) {
  if (MostPeriods(period, *periods.first, *periods.last) <= kMaxPeriods) return Status::Ok();
  return Status(Code::kLimitExceeded, "the date range has more than " +
                                          std::to_string(kMaxPeriods) + " periods of \"" +
                                          period.name + "\"")
      .WithHint("Use a coarser granularity or a shorter range.")
      .At("/timeDimensions");
}

// No clock begins before or ends after these.
constexpr DateTime kAlways = {1, 1, 1, 0, 0, 0, 0};
constexpr DateTime kForever = {9999, 12, 31, 23, 59, 59, 999};

Condition InRange(const Entity* entity, const Dimension* dimension, const DateRange& range) {
  Condition condition;
  condition.entity = entity;
  condition.dimension = dimension;
  condition.value_kind = ValueKind::kTime;
  condition.op = FilterOperator::kInDateRange;
  condition.ranges.push_back(range);
  if (range.from == kAlways) {
    condition.op = FilterOperator::kBeforeDate;
    condition.ranges[0].from = range.to;
  } else if (range.to == kForever) {
    condition.op = FilterOperator::kAfterOrOnDate;
  }
  return condition;
}

// The first moment that lies at or after `bound` once it is `back` later.
DateTime FirstShifted(const DateTime& bound, const Interval& back) {
  const DateTime moment = Add(bound, Negated(back));
  if (ToMillis(Add(moment, back)) >= ToMillis(bound)) return moment;
  return Add(Truncate(moment, TimeUnit::kDay), TimeUnit::kDay, 1);  // the 29th had become the 28th
}

DateRange Shifted(DateRange range, const Shift& shift) {
  if (!(range.from == kAlways)) range.from = FirstShifted(range.from, shift.back);
  if (!(range.to == kForever)) range.to = FirstShifted(range.to, shift.back);
  return range;
}

// The rows that the windows of all periods need.
DateRange ReadRange(const Part& part, const Granularity& period) {
  const WindowBounds bounds = BoundsOf(*part.rolling, period);
  const DateTime& first = *part.periods->first;
  const DateTime& last = *part.periods->last;
  DateRange range = {kAlways, kForever};
  if (part.periods->to_date) {
    range.from = Truncate(first, *part.periods->to_date);
  } else if (bounds.from) {
    range.from = Add(first, *bounds.from);
  }
  if (bounds.to) range.to = Add(last, *bounds.to);
  return range;
}

// The one window of a query that has a range and no periods: seen from the range itself.
DateRange WholeWindow(const RollingWindow& window, const DateRange& range, const Model& model) {
  if (!window.to_date.empty()) {
    const DateTime last = FromMillis(ToMillis(range.to) - 1);
    return {Truncate(last, ToDateOf(window, model)), range.to};
  }
  const DateTime& anchor = window.anchor == RollingWindow::Anchor::kEnd ? range.to : range.from;
  DateRange rows = {kAlways, kForever};
  if (window.trailing) rows.from = Add(anchor, Negated(*window.trailing));
  if (window.leading) rows.to = Add(anchor, *window.leading);
  return rows;
}

// The time group that says which periods there are: of the first time dimension's granularities the
// one whose periods lie inside those of the others, which become `coarser`.
Result<std::optional<std::size_t>> TimeGroupOf(const ResolvedQuery& query, const Part& part,
                                               std::vector<std::size_t>* coarser) {
  std::vector<std::size_t> times;
  for (const std::size_t i : part.groups) {
    const Group& group = query.groups[i];
    if (!group.granularity) continue;
    if (times.empty() || query.groups[times[0]].dimension == group.dimension) times.push_back(i);
  }
  if (times.empty()) return std::optional<std::size_t>();
  for (const std::size_t fine : times) {
    const bool is_finest = std::all_of(times.begin(), times.end(), [&](std::size_t other) {
      return Nests(*query.groups[fine].granularity, *query.groups[other].granularity);
    });
    if (!is_finest) continue;
    std::copy_if(times.begin(), times.end(), std::back_inserter(*coarser),
                 [&](std::size_t other) { return other != fine; });
    return std::optional<std::size_t>(fine);
  }
  const Measure& measure = *query.aggregates[part.aggregates[0]].measure;
  return Status(Code::kNotSupported, "rolling measure " +
                                         Shown(part.root->name + "." + measure.name) +
                                         " takes periods that lie inside one another")
      .WithHint("Leave out one granularity of " + Shown(query.groups[times[0]].Name()) + ".")
      .At("/timeDimensions");
}

}  // namespace

std::int64_t MostPeriods(const Granularity& period, const DateTime& first, const DateTime& last) {
  const Interval step = StepOf(period);
  const std::int64_t millis = (step.months * 28 + step.days) * kDayMillis + step.millis;
  return (ToMillis(last) - ToMillis(first)) / std::max<std::int64_t>(millis, 1) + 1;
}

bool IsMergeable(Aggregation aggregation) {
  switch (aggregation) {
    case Aggregation::kCount:
    case Aggregation::kSum:
    case Aggregation::kAvg:
    case Aggregation::kMin:
    case Aggregation::kMax:
      return true;
    default:
      return false;
  }
}

WindowBounds BoundsOf(const RollingWindow& window, const Granularity& period) {
  WindowBounds bounds;
  const Interval step = StepOf(period);
  const Interval anchor = window.anchor == RollingWindow::Anchor::kEnd ? step : Interval{};
  if (!window.to_date.empty()) {
    bounds.to = step;
    return bounds;
  }
  if (window.trailing) bounds.from = Sum(anchor, Negated(*window.trailing));
  if (window.leading) bounds.to = Sum(anchor, *window.leading);
  return bounds;
}

Status PlanPeriods(const ResolvedQuery& query, const Model& model, Part* part) {
  Periods periods;
  LOUPE_ASSIGN_OR_RETURN(const std::optional<std::size_t> group,
                         TimeGroupOf(query, *part, &periods.coarser));
  const bool endless = !part->rolling->trailing && !part->rolling->leading;
  if (!group) {
    if (!query.ranges.empty() || endless || !part->rolling->trailing) return Status::Ok();
    const Measure& measure = *query.aggregates[part->aggregates[0]].measure;
    return Status(Code::kSemanticInvalidQuery, "rolling measure " +
                                                   Shown(part->root->name + "." + measure.name) +
                                                   " needs a time dimension")
        .WithHint("Add a time dimension with a \"granularity\" or a \"dateRange\".")
        .At("/timeDimensions");
  }
  periods.group = *group;
  if (!part->rolling->to_date.empty()) periods.to_date = ToDateOf(*part->rolling, model);
  const Granularity& period = *query.groups[*group].granularity;
  const WindowBounds bounds = BoundsOf(*part->rolling, period);
  const Interval step = StepOf(period);
  const bool is_whole = part->rolling->to_date.empty()
                            ? IsWholePeriods(bounds.from, step) && IsWholePeriods(bounds.to, step)
                            : Nests(period, *periods.to_date);
  const bool merges = std::all_of(
      part->aggregates.begin(), part->aggregates.end(),
      [&](std::size_t i) { return IsMergeable(query.aggregates[i].measure->aggregation); });
  periods.is_framed = is_whole && merges;
  periods.base = is_whole ? period : CommonBase(period, bounds);
  if (const TimeRange* range = query.FindRange(query.groups[*group].dimension)) {
    periods.first = Truncate(range->range.from, period);
    periods.last = Truncate(FromMillis(ToMillis(range->range.to) - 1), period);
    LOUPE_RETURN_IF_ERROR(CountPeriods(period, periods));
  }
  part->periods = std::move(periods);
  if (part->periods->first) {
    const DateRange read = ReadRange(*part, period);
    if (!(read.from == kAlways)) part->periods->read = Truncate(read.from, period);
  }
  return Status::Ok();
}

Result<std::vector<Condition>> RangeConditions(const ResolvedQuery& query, const Model& model,
                                               const Part& part) {
  std::vector<Condition> conditions;
  const Group* time = part.periods ? &query.groups[part.periods->group] : nullptr;
  for (const TimeRange& own : query.ranges) {
    DateRange range = own.range;
    if (part.rolling != nullptr && time != nullptr && time->dimension == own.dimension) {
      range = ReadRange(part, *time->granularity);
    } else if (part.rolling != nullptr && time == nullptr && &own == &query.ranges.front()) {
      range = WholeWindow(*part.rolling, range, model);
    }
    if (part.shift && part.shift->dimension == own.dimension) range = Shifted(range, *part.shift);
    if (range.from == kAlways && range.to == kForever) continue;
    conditions.push_back(InRange(own.entity, own.dimension, range));
  }
  return conditions;
}

}  // namespace loupe::semantic

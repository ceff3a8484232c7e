#include "core/ask/shaper.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/time_column.hpp"

namespace loupe::ask {

using semantic::Dimension;
using semantic::DimensionType;
using semantic::Entity;

namespace {

constexpr double kBesideTime = 0.75;  // the time of something that is not spoken of
constexpr double kYearColumn = 0.95;  // a number called year

}  // namespace

bool Shaper::IsYear(const Dimension& dimension) { return IsYearColumn(dimension); }

bool Shaper::IsTime(const Dimension& dimension) { return IsTimeColumn(dimension); }

void Shaper::AddTime(const Predicate& predicate, const PhraseReading* left,
                     std::vector<FormCondition>* out) {
  std::optional<MemberRef> column;
  if (left != nullptr && left->head == PhraseReading::Head::kColumn) {
    const Dimension& named = DimensionAt(left->ref);
    if (IsTime(named) || IsYear(named)) column = left->ref;
  }
  if (!column) column = TimeColumn(predicate);
  if (!column) return Fail("no time is known that could be meant");
  FormCondition condition;
  condition.left = ColumnValue(*column);
  condition.negated = predicate.negated;
  condition.alternative = predicate.alternative;
  const Meaning& literal = predicate.literals.front()->meanings.front();
  TimeRange range = literal.time;
  if (literal.kind == MeaningKind::kNumber) {
    range.from = DateTime{static_cast<int>(literal.number), 1, 1, 0, 0, 0, 0};
    range.to = DateTime{static_cast<int>(literal.number) + 1, 1, 1, 0, 0, 0, 0};
  }
  if (predicate.comparison == Comparison::kGreaterOrEqual) range.to.reset();
  if (predicate.comparison == Comparison::kLessOrEqual) range.from.reset();
  if (!range.from && !range.to) return AddMonth(range, column->entity, std::move(condition), out);
  if (IsTime(DimensionAt(*column))) {
    condition.range = range;
  } else if (!YearCondition(range, &condition)) {
    if (AddMonthOfYear(range, *column, condition, out)) return;
    return Fail("a year is compared with a shorter time");
  }
  out->push_back(std::move(condition));
}

// "in July", "from October to December" without a year: a column of months, where there is one.
void Shaper::AddMonth(const TimeRange& range, int entity, FormCondition condition,
                      std::vector<FormCondition>* out) {
  const Entity& owner = EntityAt(entity);
  const char* word = range.month_of_year > 0 ? "month" : "quarter";
  const int number = range.month_of_year > 0 ? range.month_of_year : range.quarter_of_year;
  for (std::size_t d = 0; d < owner.dimensions.size(); ++d) {
    const Dimension& dimension = owner.dimensions[d];
    if (dimension.type != DimensionType::kNumber || dimension.name != word) continue;
    condition.left = ColumnValue({entity, static_cast<int>(d)});
    condition.values = {Json(number)};
    if (range.last_of_year > number) {
      condition.comparison = Comparison::kBetween;
      condition.values.emplace_back(range.last_of_year);
    } else if (range.last_of_year > 0 && range.last_of_year < number) {
      // "from November to February": not what lies between.
      condition.comparison = Comparison::kBetween;
      condition.negated = !condition.negated;
      condition.values = {Json(range.last_of_year + 1), Json(number - 1)};
    }
    out->push_back(std::move(condition));
    return;
  }
  Fail("a month without a year is not clear");
}

// "in April 2021" of a year and a month: a number, or a name that begins with "Apr".
bool Shaper::AddMonthOfYear(const TimeRange& range, MemberRef year, const FormCondition& condition,
                            std::vector<FormCondition>* out) {
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const bool month = range.from && range.to &&
                     Truncate(*range.from, TimeUnit::kMonth) == *range.from &&
                     Add(*range.from, TimeUnit::kMonth, 1) == *range.to;
  const auto alternatives = std::count_if(
      outline_.predicates.begin(), outline_.predicates.end(),
      [&](const Predicate& predicate) { return predicate.alternative == condition.alternative; });
  const std::vector<Dimension>& dimensions = EntityAt(year.entity).dimensions;
  const auto found =
      std::find_if(dimensions.begin(), dimensions.end(), [](const Dimension& dimension) {
        const bool fits =
            dimension.type == DimensionType::kNumber || dimension.type == DimensionType::kString;
        return dimension.is_public && fits && dimension.name == "month";
      });
  if (!month || found == dimensions.end() || condition.negated || alternatives > 1) return false;
  FormCondition in_year = condition;
  in_year.alternative = 0;
  in_year.values = {Json(static_cast<std::int64_t>(range.from->year))};
  out->push_back(std::move(in_year));
  FormCondition in_month = condition;
  in_month.alternative = 0;
  in_month.left = ColumnValue({year.entity, static_cast<int>(found - dimensions.begin())});
  if (found->type == DimensionType::kNumber) {
    in_month.values = {Json(static_cast<std::int64_t>(range.from->month))};
  } else {
    in_month.pattern = Pattern::kStartsWith;
    in_month.values = {Json(kMonths[range.from->month - 1])};
  }
  out->push_back(std::move(in_month));
  return true;
}

bool Shaper::YearCondition(const TimeRange& range, FormCondition* condition) {
  const auto starts_year = [](const DateTime& time) {
    return Truncate(time, TimeUnit::kYear) == time;
  };
  if (!range.from && !range.to) return false;
  if ((range.from && !starts_year(*range.from)) || (range.to && !starts_year(*range.to))) {
    return false;
  }
  const auto year = [](const DateTime& time) { return Json(static_cast<std::int64_t>(time.year)); };
  if (range.from && range.to) {
    if (range.to->year - range.from->year == 1) {
      condition->values = {year(*range.from)};
      return true;
    }
    condition->comparison = Comparison::kBetween;
    condition->values = {year(*range.from), Json(static_cast<std::int64_t>(range.to->year - 1))};
    return true;
  }
  condition->comparison = range.from ? Comparison::kGreaterOrEqual : Comparison::kLess;
  condition->values = {year(range.from ? *range.from : *range.to)};
  return true;
}

// The time of an entity that is spoken of, the nearest first.
std::optional<MemberRef> Shaper::TimeColumn(const Predicate& predicate) {
  std::vector<int> entities;
  if (predicate.scope > 0) {
    entities = form_.nested[static_cast<std::size_t>(predicate.scope) - 1].entities;
  }
  const PhraseReading* things = ReadingOf(predicate.left.phrase);
  if (things != nullptr && things->head == PhraseReading::Head::kEntity) {
    PushUnique(&entities, things->ref.entity);
  }
  for (const FormValue& output : form_.outputs) {
    if (output.IsAggregate()) PushUnique(&entities, output.ref.entity);
  }
  for (auto mention = form_.mentions.rbegin(); mention != form_.mentions.rend(); ++mention) {
    PushUnique(&entities, *mention);
  }
  const std::size_t spoken = entities.size();
  for (std::size_t e = 0; e < model_.entities.size(); ++e) {
    const bool beside =
        std::any_of(entities.begin(), entities.begin() + static_cast<std::ptrdiff_t>(spoken),
                    [&](int other) { return graph_.Distance(other, static_cast<int>(e)) == 1; });
    if (beside) PushUnique(&entities, static_cast<int>(e));
  }
  for (std::size_t i = 0; i < entities.size(); ++i) {
    const int entity = entities[i];
    std::vector<MemberRef> times;
    std::vector<MemberRef> years;
    const Entity& owner = EntityAt(entity);
    for (std::size_t d = 0; d < owner.dimensions.size(); ++d) {
      if (!owner.dimensions[d].is_public) continue;
      const MemberRef ref = {entity, static_cast<int>(d)};
      if (IsTime(owner.dimensions[d])) times.push_back(ref);
      if (IsYear(owner.dimensions[d])) years.push_back(ref);
    }
    const std::size_t found = times.size() + years.size();
    if (found == 0) continue;
    form_.score *= found == 1 ? kPlainTime : kSeveralTimes;
    if (times.size() > 1) {
      form_.warnings.push_back("the time is taken to be \"" + DimensionAt(times.front()).name +
                               "\"");
    }
    if (i >= spoken) form_.score *= kBesideTime;
    if (!years.empty() && times.empty()) form_.score *= kYearColumn;
    return times.empty() ? years.front() : times.front();
  }
  return std::nullopt;
}

}  // namespace loupe::ask

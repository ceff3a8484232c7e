#include <algorithm>
#include <utility>

#include "core/ask/gender_codes.hpp"
#include "core/ask/shaper.hpp"

namespace loupe::ask {

using semantic::Aggregation;
using semantic::DimensionType;

// "web" and "app" of one column, 2024 and 2025 of one time.
bool Shaper::AreCompared(const FormCondition& a, const FormCondition& b) {
  const auto plain = [](const FormCondition& condition) {
    const bool value = condition.comparison == Comparison::kEqual && condition.values.size() == 1;
    const bool whole = condition.range && condition.range->from && condition.range->to;
    return !condition.negated && !condition.pattern && !condition.right &&
           !condition.left.IsAggregate() && (value || whole);
  };
  if (!plain(a) || !plain(b) || !(a.left == b.left)) return false;
  if (a.range.has_value() != b.range.has_value()) return false;
  if (a.range) {
    return ToMillis(*a.range->from) != ToMillis(*b.range->from) && UnitOf(*a.range) &&
           UnitOf(*a.range) == UnitOf(*b.range);
  }
  return a.values[0].Dump() != b.values[0].Dump();
}

// The year, quarter, month or day that the range is.
std::optional<TimeUnit> Shaper::UnitOf(const TimeRange& range) {
  for (const TimeUnit unit :
       {TimeUnit::kYear, TimeUnit::kQuarter, TimeUnit::kMonth, TimeUnit::kWeek, TimeUnit::kDay}) {
    const bool starts = ToMillis(Truncate(*range.from, unit)) == ToMillis(*range.from);
    if (starts && ToMillis(Add(*range.from, unit, 1)) == ToMillis(*range.to)) return unit;
  }
  return std::nullopt;
}

// The conditions that speak of one column in different ways; none where two columns are.
std::vector<std::size_t> Shaper::ComparedConditions() const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < form_.conditions.size(); ++i) {
    std::vector<std::size_t> same = {i};
    for (std::size_t j = i + 1; j < form_.conditions.size(); ++j) {
      if (AreCompared(form_.conditions[i], form_.conditions[j])) same.push_back(j);
    }
    if (same.size() < 2 || std::find(found.begin(), found.end(), i) != found.end()) continue;
    if (!found.empty()) return {};
    found = same;
  }
  return found;
}

// "the average age of male and female students": both of them are everyone, so each is meant.
bool Shaper::TellsGendersApart() const {
  if (!form_.HasAggregates()) return false;
  for (std::size_t i = 0; i < form_.conditions.size(); ++i) {
    const FormCondition& one = form_.conditions[i];
    if (one.left.IsAggregate() || !KeepsGender(DimensionAt(one.left.ref).name)) continue;
    for (std::size_t j = i + 1; j < form_.conditions.size(); ++j) {
      const FormCondition& other = form_.conditions[j];
      const bool either = one.alternative != 0 && one.alternative == other.alternative;
      if (!either && AreCompared(one, other)) return true;
    }
  }
  return false;
}

// "compare web and app": either of them, and a group each.
void Shaper::AddCompared() {
  if (!outline_.compares && !TellsGendersApart()) return;
  const std::vector<std::size_t> compared = ComparedConditions();
  if (compared.empty() || form_.grain) return Fail("what is compared is not clear");
  std::vector<FormCondition> either;
  for (std::size_t i = compared.size(); i-- > 0;) {
    const auto at = form_.conditions.begin() + static_cast<std::ptrdiff_t>(compared[i]);
    either.insert(either.begin(), std::move(*at));
    form_.conditions.erase(at);
  }
  for (FormCondition& condition : either) condition.alternative = kEither;
  if (!AggregateCompared() || !ShowCompared(either.front())) {
    return Fail("what is compared is not clear");
  }
  for (FormCondition& condition : either) form_.conditions.push_back(std::move(condition));
}

// Rows are counted and numbers added up, where no aggregate is asked for.
bool Shaper::AggregateCompared() {
  if (form_.HasAggregates()) return true;
  if (shown_entities_.size() == 1 && outline_.outputs.size() == 1) {
    form_.outputs = {FormValue{FormValue::Kind::kCount, {shown_entities_.front(), -1}, {}}};
    form_.score *= kImpliedCount;
    return true;
  }
  if (form_.outputs.size() != 1 || !shown_entities_.empty()) return false;
  FormValue& output = form_.outputs.front();
  const bool number = output.kind == FormValue::Kind::kColumn &&
                      DimensionAt(output.ref).type == DimensionType::kNumber &&
                      !IsIdentifier(output.ref);
  if (!number) return false;
  output.kind = FormValue::Kind::kAggregate;
  output.aggregation = Aggregation::kSum;
  form_.score *= kImpliedSum;
  return true;
}

bool Shaper::ShowCompared(const FormCondition& condition) {
  if (condition.range) {
    form_.grain = UnitOf(*condition.range);
    form_.outputs.insert(form_.outputs.begin(),
                         FormValue{FormValue::Kind::kGrain, condition.left.ref, {}});
    return form_.grain.has_value();
  }
  const FormValue column = ColumnValue(condition.left.ref);
  PushUnique(&form_.groups, column.ref);
  if (!ShowsOnly(column.ref)) form_.outputs.insert(form_.outputs.begin(), column);
  return true;
}

}  // namespace loupe::ask

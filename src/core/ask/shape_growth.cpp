#include <algorithm>
#include <utility>

#include "core/ask/shaper.hpp"

namespace loupe::ask {

void Shaper::AddGrowing(const Operand& operand) {
  FormGrowth growth;
  if (operand.phrase.empty()) {
    if (form_.outputs.empty()) return Fail("what grows is not clear");
    growth.of = form_.outputs.back();
  } else {
    const PhraseReading& reading = *ReadingOf(operand.phrase);
    AddFilters(reading, false, 0, &form_.conditions);
    Mention(reading);
    const bool aggregated =
        operand.aggregation && *operand.aggregation != semantic::Aggregation::kSum;
    const std::optional<FormValue> value =
        aggregated ? ValueOf(operand, &reading) : SharedValue(operand);
    if (!value) return Fail("what grows is not clear");
    growth.of = *value;
  }
  const bool number = growth.of.kind == FormValue::Kind::kCount ||
                      growth.of.kind == FormValue::Kind::kAggregate ||
                      growth.of.kind == FormValue::Kind::kMeasure;
  if (!number || growth.of.ref.entity < 0) return Fail("what grows is not clear");
  form_.outputs.push_back({FormValue::Kind::kGrowth, growth.of.ref, {}});
  form_.growth = std::move(growth);
}

// The one range of a time that is a condition; nothing where there are several, or none.
std::optional<std::size_t> Shaper::TimeCondition() const {
  std::optional<std::size_t> found;
  for (std::size_t i = 0; i < form_.conditions.size(); ++i) {
    if (!form_.conditions[i].range) continue;
    if (found) return std::nullopt;
    found = i;
  }
  return found;
}

void Shaper::CloseGrowth() {
  if (!form_.growth) return;
  if (form_.grain) return GrowByPeriod();
  if (outline_.growth->is_told) return Fail("the periods of the growth are not clear");
  GrowBetween();
}

// The periods before those that are shown have to be read as well.
void Shaper::GrowByPeriod() {
  FormGrowth& growth = *form_.growth;
  growth.back = outline_.growth->against.value_or(*form_.grain);
  if (static_cast<int>(*growth.back) < static_cast<int>(*form_.grain)) {
    return Fail("growth over a shorter time than its periods is not clear");
  }
  SortByPeriod();
  const bool timed = std::any_of(form_.conditions.begin(), form_.conditions.end(),
                                 [](const FormCondition& condition) { return condition.range; });
  if (!timed) return;
  const std::optional<std::size_t> at = TimeCondition();
  const FormValue* period = nullptr;
  for (const FormValue& output : form_.outputs) {
    if (output.kind == FormValue::Kind::kGrain) period = &output;
  }
  const bool fits = at && period != nullptr && !form_.conditions[*at].negated &&
                    form_.conditions[*at].left.ref == period->ref;
  if (!fits) return Fail("the times of the growth are not clear");
  growth.shown = form_.conditions[*at].range;
  form_.conditions.erase(form_.conditions.begin() + static_cast<std::ptrdiff_t>(*at));
}

// Periods are read in their order.
void Shaper::SortByPeriod() {
  if (!form_.order.empty()) return;
  for (const FormValue& output : form_.outputs) {
    if (output.kind == FormValue::Kind::kGrain) form_.order.push_back({output, false});
  }
}

// "from 2024 to 2025": the last year against the first.
void Shaper::GrowBetween() {
  const std::optional<std::size_t> at = TimeCondition();
  const FormCondition* condition = at ? &form_.conditions[*at] : nullptr;
  const bool whole =
      condition != nullptr && condition->range->from && condition->range->to &&
      !condition->negated &&
      Truncate(*condition->range->from, TimeUnit::kYear) == *condition->range->from &&
      Truncate(*condition->range->to, TimeUnit::kYear) == *condition->range->to &&
      condition->range->to->year - condition->range->from->year >= 2;
  if (!whole) return Fail("the two times of the growth are not clear");
  FormGrowth& growth = *form_.growth;
  growth.first = *condition;
  growth.last = *condition;
  growth.first->range->to = Add(*condition->range->from, TimeUnit::kYear, 1);
  growth.last->range->from = Add(*condition->range->to, TimeUnit::kYear, -1);
}

}  // namespace loupe::ask

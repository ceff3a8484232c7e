#include "core/ask/shaper.hpp"

#include <algorithm>
#include <utility>

namespace loupe::ask {

using semantic::Aggregation;

namespace {

constexpr double kSharedTwice = 0.9;  // "percentage of cancelled flights from JFK": of all from JFK

bool IsEmpty(const FormGroup& group) { return group.conditions.empty() && group.entities.empty(); }

}  // namespace

void Shaper::OpenShare() {
  if (!outline_.share) return;
  form_.share.emplace();
  form_.share->shares = outline_.share->shares;
  part_.excluded = false;
  whole_.excluded = false;
}

// "cancelled flights", "completed orders": whether the words of that side hold a value.
bool Shaper::SharesFilters(Side side) const {
  return std::any_of(outline_.outputs.begin(), outline_.outputs.end(), [&](const Operand& operand) {
    const PhraseReading* reading = ReadingOf(operand.phrase);
    return operand.shared && operand.phrase.side == side && reading != nullptr &&
           !reading->filters.empty();
  });
}

// Where words of a side belong: to the part, to the whole alone, or, as nothing, to both.
//
//   what percentage of [both] are [part]
//   ratio of [part] to [whole], or [both] where the words behind "to" tell values
//   percentage of [part] out of [both]
//   percentage of [part]; but times restrict both, as does all behind an adjective
FormGroup* Shaper::ShareGroup(Side side, bool is_time) {
  if (!form_.share) return nullptr;
  const Share& share = *outline_.share;
  if (share.has_verb) return side == Side::kBehindVerb ? &part_ : nullptr;
  if (share.has_to) {
    if (side == Side::kBefore) return &part_;
    return share.is_out_of || SharesFilters(Side::kBehindTo) ? nullptr : &whole_;
  }
  const bool grouped = !outline_.groups.empty() || outline_.grain;
  if (SharesFilters(Side::kBefore)) {
    if (!is_time) form_.score *= kSharedTwice;
    return nullptr;
  }
  const bool only_times = std::all_of(
      outline_.predicates.begin(), outline_.predicates.end(),
      [](const Predicate& predicate) { return predicate.with == Predicate::With::kTime; });
  return is_time && (grouped || !only_times || !outline_.nested.empty()) ? nullptr : &part_;
}

// Rows are counted, numbers added up.
std::optional<FormValue> Shaper::SharedValue(const Operand& operand) {
  const PhraseReading& reading = *ReadingOf(operand.phrase);
  const bool counts =
      reading.head == PhraseReading::Head::kEntity || reading.head == PhraseReading::Head::kNone;
  if (counts && operand.aggregation && *operand.aggregation != Aggregation::kSum) {
    return std::nullopt;
  }
  if (reading.head == PhraseReading::Head::kEntity) {
    return FormValue{FormValue::Kind::kCount, {reading.ref.entity, -1}, {}};
  }
  if (reading.head == PhraseReading::Head::kNone) {
    return FormValue{FormValue::Kind::kCount, {EntityOfFilters(reading), -1}, {}};
  }
  Operand sum = operand;
  sum.counts = false;
  sum.aggregation = operand.aggregation.value_or(Aggregation::kSum);
  const bool added = *sum.aggregation == Aggregation::kSum;
  const bool number = reading.head != PhraseReading::Head::kColumn || IsAmount(reading);
  if (!added || !number) return std::nullopt;
  if (!operand.aggregation && reading.head == PhraseReading::Head::kColumn) {
    form_.score *= kImpliedSum;
    sums_share_ = true;
  }
  return ValueOf(sum, &reading);
}

// The first is what is told of; the second, behind "to", has to be the same.
void Shaper::AddShared(const Operand& operand) {
  const PhraseReading& reading = *ReadingOf(operand.phrase);
  const bool first = operand.phrase.side == Side::kBefore;
  const Share& share = *outline_.share;
  FormGroup* group = first ? &part_ : &whole_;
  const bool both = first ? share.has_verb : share.is_out_of;
  AddFilters(reading, false, 0, both ? &form_.conditions : &group->conditions);
  for (const ValueFilter& filter : reading.filters) {
    if (!both) PushUnique(&group->entities, filter.column.entity);
  }
  std::optional<FormValue> value = SharedValue(operand);
  if (!value || value->ref.entity < 0) return Fail("what the share is of is not clear");
  FormShare& made = *form_.share;
  const bool bare = reading.head == PhraseReading::Head::kNone;
  if (first) {
    made.of = *value;
    shares_bare_ = bare;
  } else if (shares_bare_ && !bare) {
    made.of = *value;
  } else if (!bare && !(made.of == *value)) {
    return Fail("a ratio of two kinds of things is not supported");
  }
  for (FormValue& output : form_.outputs) {
    if (output.kind != FormValue::Kind::kShare) continue;
    output.ref = made.of.ref;
    return;
  }
  form_.outputs.push_back({FormValue::Kind::kShare, made.of.ref, {}});
}

// What is excluded of the part is no condition of the whole.
void Shaper::MoveNested() {
  if (!form_.share) return;
  for (std::size_t i = outline_.nested.size(); i-- > 0;) {
    FormGroup* group = ShareGroup(outline_.nested[i].side, false);
    if (group == nullptr) continue;
    auto& groups = group == &part_ ? form_.share->part : form_.share->whole;
    groups.push_back(std::move(form_.nested[i]));
    form_.nested.erase(form_.nested.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

// Whether parts of the value add up to it.
bool Shaper::IsAdded(const FormValue& value) const {
  if (value.kind == FormValue::Kind::kCount) return value.ref.member < 0;
  if (value.kind == FormValue::Kind::kAggregate) return value.aggregation == Aggregation::kSum;
  if (value.kind != FormValue::Kind::kMeasure) return false;
  const semantic::Measure& measure =
      EntityAt(value.ref.entity).measures[static_cast<std::size_t>(value.ref.member)];
  return measure.IsPlainAggregate() &&
         (measure.aggregation == Aggregation::kSum || measure.aggregation == Aggregation::kCount);
}

void Shaper::CloseShare() {
  if (!form_.share) return;
  FormShare& share = *form_.share;
  const int counted = share.of.ref.entity;
  for (FormGroup* group : {&part_, &whole_}) {
    auto& entities = group->entities;
    entities.erase(std::remove(entities.begin(), entities.end(), counted), entities.end());
  }
  if (!IsEmpty(part_)) share.part.push_back(std::move(part_));
  if (!IsEmpty(whole_)) share.whole.push_back(std::move(whole_));
  if (!IsAdded(share.of)) return Fail("a share of that number is not clear");
  const bool grouped = !form_.groups.empty() || !form_.group_entities.empty() || form_.grain;
  share.of_total = share.part.empty() && share.whole.empty() && grouped;
  // "the percentage of women in cities above 10,000" may well be a column's own.
  if (sums_share_ && !share.of_total) return Fail("what the share adds up is not clear");
  if (share.part.empty() && !share.of_total) Fail("what part the share tells is not clear");
}

}  // namespace loupe::ask

#include "core/ask/shaper.hpp"

#include <algorithm>
#include <utility>

namespace loupe::ask {

using semantic::Aggregation;
using semantic::Entity;

namespace {

constexpr double kSharedTwice = 0.9;  // "percentage of cancelled flights from JFK": of all from JFK

bool IsEmpty(const FormGroup& group) { return group.conditions.empty() && group.entities.empty(); }

}  // namespace

void Shaper::OpenShare() {
  if (!outline_.share) return;
  form_.share.emplace();
  form_.share->shares = outline_.share->shares;
  form_.share->averaged = outline_.share->averaged;
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

// The first is what is told of; the second, behind "to", is the same or what a ratio divides by.
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
    if (share.is_out_of) return Fail("a share of another kind of thing is not clear");
    made.below = *value;
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

// "publications to journals" among rows that lead to journals: how many different ones.
void Shaper::CountLeading() {
  FormShare& share = *form_.share;
  const Entity& counted = EntityAt(share.of.ref.entity);
  const Entity& other = EntityAt(share.below->ref.entity);
  const bool rows = share.of.kind == FormValue::Kind::kCount && share.of.ref.member < 0 &&
                    share.below->kind == FormValue::Kind::kCount && share.below->ref.member < 0;
  if (!rows) return;
  for (const semantic::Join& join : counted.joins) {
    if (join.entity != other.name || join.columns.size() != 1) continue;
    for (std::size_t d = 0; d < counted.dimensions.size(); ++d) {
      if (counted.dimensions[d].column != join.columns[0].first) continue;
      share.below->ref = {share.of.ref.entity, static_cast<int>(d)};
      return;
    }
  }
}

// The entity whose rows are the groups, or -1.
int Shaper::EntityOfGroups() const {
  std::vector<int> entities = form_.group_entities;
  for (const MemberRef group : form_.groups) {
    const bool row = IsKeyOf(group) || group.member == NameOf(model_, group.entity);
    if (!row) return -1;
    PushUnique(&entities, group.entity);
  }
  return entities.size() == 1 ? entities.front() : -1;
}

// Two numbers of different things stand beside each row of the groups, or alone.
void Shaper::PlaceRatio() {
  FormShare& share = *form_.share;
  const bool grouped = !form_.groups.empty() || !form_.group_entities.empty() || form_.grain;
  const bool added = IsAdded(*share.below) || share.below->kind == FormValue::Kind::kCount;
  if (!added) return Fail("a ratio to that number is not clear");
  if (sums_share_ && !grouped) return Fail("what the share adds up is not clear");
  const int owner = EntityOfGroups();
  if (grouped && share.IsOfTwo() && owner < 0) CountLeading();
  if (share.averaged && (share.IsOfTwo() || !sums_share_)) {
    return Fail("the average of that ratio is not clear");
  }
  if (!share.IsOfTwo()) return;
  if (!share.part.empty() || !share.whole.empty() || (grouped && owner < 0)) {
    return Fail("a ratio of two kinds of things is not clear there");
  }
  if (!grouped) return;
  PushUnique(&form_.group_entities, owner);
  for (FormValue& output : form_.outputs) {
    if (output.kind == FormValue::Kind::kShare) output.ref = {owner, -1};
  }
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
  if (share.below) return PlaceRatio();
  if (share.averaged) return Fail("the average of that ratio is not clear");
  const bool grouped = !form_.groups.empty() || !form_.group_entities.empty() || form_.grain;
  share.of_total = share.part.empty() && share.whole.empty() && grouped;
  // "the percentage of women in cities above 10,000" may well be a column's own.
  const bool both = share.shares == Shares::kRatio && !share.part.empty() && !share.whole.empty();
  if (sums_share_ && !share.of_total && !both) return Fail("what the share adds up is not clear");
  if (share.part.empty() && !share.of_total) Fail("what part the share tells is not clear");
}

}  // namespace loupe::ask

#include "core/ask/shaper.hpp"

#include <algorithm>
#include <utility>

namespace loupe::ask {

using semantic::Aggregation;
using semantic::DimensionType;

void Shaper::AddGroups() {
  if (RanksWithin()) return ShowGroups();
  ImplyCount();
  const bool aggregates = form_.HasAggregates();
  for (const NounPhrase& phrase : outline_.groups) {
    if (ReadingOf(phrase) == nullptr) continue;
    const PhraseReading& reading = *ReadingOf(phrase);
    AddFilters(reading, false, 0, &form_.conditions);
    Mention(reading);
    if (!sorted_by_group_) AddGroup(reading, aggregates);
  }
  if (!aggregates) return;
  // "the name of each stadium and the number of concerts": what is shown beside a number.
  for (const FormValue& output : form_.outputs) {
    if (output.kind == FormValue::Kind::kColumn) PushUnique(&form_.groups, output.ref);
  }
}

// "amount by month", "sales in 2025"
void Shaper::SumBareNumber() {
  const bool in_time =
      !outline_.which && !outline_.who && outline_.mentions.empty() &&
      std::any_of(outline_.predicates.begin(), outline_.predicates.end(),
                  [](const Predicate& p) { return p.with == Predicate::With::kTime; });
  const bool grouped =
      in_time ||
      (!outline_.groups.empty() && outline_.groups.front().preposition == MeaningKind::kBy) ||
      outline_.grain;
  if (!grouped || form_.outputs.size() != 1 || outline_.listing) return;
  FormValue& output = form_.outputs.front();
  const bool number = output.kind == FormValue::Kind::kColumn &&
                      DimensionAt(output.ref).type == DimensionType::kNumber &&
                      !IsIdentifier(output.ref) && shown_entities_.empty();
  if (!number) return;
  output.kind = FormValue::Kind::kAggregate;
  output.aggregation = Aggregation::kSum;
  form_.score *= kImpliedSum;
}

// "orders by status" counts them.
void Shaper::ImplyCount() {
  SumBareNumber();
  const bool things =
      !outline_.groups.empty() && outline_.outputs.size() == 1 && shown_entities_.size() == 1 &&
      outline_.superlatives.empty() &&
      (outline_.groups.front().preposition == MeaningKind::kBy || outline_.compares);
  if (!things || ReadingOf(outline_.groups.front()) == nullptr) return;
  const PhraseReading& group = *ReadingOf(outline_.groups.front());
  const bool sorts = outline_.listing && outline_.groups.size() == 1 &&
                     group.head == PhraseReading::Head::kColumn &&
                     DimensionAt(group.ref).type == DimensionType::kNumber;
  if (sorts) {
    // "list products by price"
    form_.order.push_back({ColumnValue(group.ref), false});
    sorted_by_group_ = true;
    return;
  }
  form_.outputs = {FormValue{FormValue::Kind::kCount, {shown_entities_.front(), -1}, {}}};
  form_.score *= kImpliedCount;
}

void Shaper::AddGroup(const PhraseReading& reading, bool aggregates) {
  if (reading.head == PhraseReading::Head::kColumn) {
    const bool shown = ShowsOnly(reading.ref);
    if (aggregates) PushUnique(&form_.groups, reading.ref);
    if (!shown) form_.outputs.insert(form_.outputs.begin(), ColumnValue(reading.ref));
    return;
  }
  if (reading.head != PhraseReading::Head::kEntity) return Fail("what to group by is not clear");
  if (!aggregates) return;
  const int entity = reading.ref.entity;
  PushUnique(&form_.group_entities, entity);
  const bool shown =
      std::any_of(form_.outputs.begin(), form_.outputs.end(),
                  [&](const FormValue& output) { return output.kind == FormValue::Kind::kColumn; });
  if (shown) return;
  std::vector<FormValue> identity;
  for (const MemberRef ref : IdentityOf(entity)) identity.push_back(ColumnValue(ref));
  form_.outputs.insert(form_.outputs.begin(), identity.begin(), identity.end());
  ++form_.fit.labels;
}

bool Shaper::ShowsOnly(MemberRef ref) const {
  return std::any_of(form_.outputs.begin(), form_.outputs.end(), [&](const FormValue& output) {
    return output.kind == FormValue::Kind::kColumn && output.ref == ref;
  });
}

// "on which day was the order placed", "the number and the date of each order": its time, where
// nothing is counted.
bool Shaper::ShowDay(bool ranked) {
  const bool asked = outline_.which && *outline_.grain == TimeUnit::kDay && !ranked &&
                     !outline_.grain_groups && !form_.HasAggregates() && outline_.groups.empty();
  const std::optional<MemberRef> time = asked ? TimeColumn(Predicate()) : std::nullopt;
  if (!time || !IsTime(DimensionAt(*time))) return false;
  if (form_.fit.implied > 0 || outline_.outputs.empty()) {
    form_.outputs.clear();
    form_.fit.implied = 0;
  }
  PushUnique(&form_.outputs, ColumnValue(*time));
  return true;
}

// "by month": of the time of what is aggregated.
void Shaper::AddGrain() {
  // "year over year growth": by year, where nothing else is named.
  const bool grows = !outline_.grain && outline_.growth && outline_.growth->against;
  const std::optional<TimeUnit> grain = grows ? outline_.growth->against : outline_.grain;
  if (!grain || RanksWithin()) return;
  const bool ranked = form_.outputs.empty() && !outline_.superlatives.empty();
  if (ShowDay(ranked)) return;
  if (!form_.HasAggregates() && !ranked) {
    // "orders by month" counts.
    if (shown_entities_.empty() && form_.mentions.empty()) {
      return Fail("what to count is not clear");
    }
    const int entity = shown_entities_.empty() ? form_.mentions.front() : shown_entities_.front();
    form_.outputs = {FormValue{FormValue::Kind::kCount, {entity, -1}, {}}};
    form_.score *= kImpliedOutput;
  }
  if (ranked) {
    const PhraseReading* by = ReadingOf(outline_.superlatives.front().by.phrase);
    if (by != nullptr && !by->entities.empty()) PushUnique(&form_.mentions, by->entities.front());
  }
  const std::optional<MemberRef> time = TimeColumn(Predicate());
  // "annual numbers" of rows that tell their year.
  if (time && *grain == TimeUnit::kYear && IsYear(DimensionAt(*time))) {
    PushUnique(&form_.groups, *time);
    if (!ShowsOnly(*time)) form_.outputs.insert(form_.outputs.begin(), ColumnValue(*time));
    return;
  }
  if (!time || !IsTime(DimensionAt(*time))) return Fail("no time is known to group by");
  if (ShowsOnly(*time)) return Fail("a time is grouped by in two ways");
  form_.grain = grain;
  form_.outputs.insert(form_.outputs.begin(), FormValue{FormValue::Kind::kGrain, *time, {}});
}

}  // namespace loupe::ask

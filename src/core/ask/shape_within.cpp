#include <algorithm>
#include <utility>

#include "core/ask/shaper.hpp"

namespace loupe::ask {

// Whether the words name what a group goes by.
bool Shaper::IsGroupPhrase(const PhraseReading& reading) const {
  return std::any_of(outline_.groups.begin(), outline_.groups.end(), [&](const NounPhrase& phrase) {
    const PhraseReading* group = ReadingOf(phrase);
    if (group == nullptr) return false;
    const bool entity =
        group->head == PhraseReading::Head::kEntity || reading.head == PhraseReading::Head::kEntity;
    return entity ? group->ref.entity == reading.ref.entity && group->head == reading.head
                  : group->ref == reading.ref;
  });
}

// "for each department, the most expensive product": the products are ranked, and no group; "for
// each semester, the one with the most students" ranks the groups.
bool Shaper::RanksWithin() const {
  const bool by_time = outline_.grain && outline_.grain_groups;
  const bool grouped = !outline_.groups.empty() || by_time;
  if (!grouped || (outline_.grain && !by_time) || outline_.superlatives.size() != 1 ||
      outline_.share)
    return false;
  const Superlative& superlative = outline_.superlatives.front();
  const PhraseReading* thing = ReadingOf(superlative.subject);
  if (thing == nullptr) thing = ReadingOf(superlative.about);
  if (thing == nullptr || IsGroupPhrase(*thing)) return false;
  const bool plain = std::none_of(form_.outputs.begin(), form_.outputs.end(),
                                  [](const FormValue& output) { return output.IsAggregate(); });
  return plain &&
         std::any_of(outline_.outputs.begin(), outline_.outputs.end(), [&](const Operand& operand) {
           const PhraseReading* shown = ReadingOf(operand.phrase);
           return shown != nullptr && shown->ref.entity == thing->ref.entity;
         });
}

// The groups stand first in each row.
void Shaper::ShowGroups() {
  std::vector<FormValue> shown;
  for (const NounPhrase& phrase : outline_.groups) {
    if (ReadingOf(phrase) == nullptr) continue;
    const PhraseReading& reading = *ReadingOf(phrase);
    AddFilters(reading, false, 0, &form_.conditions);
    Mention(reading);
    if (reading.head == PhraseReading::Head::kColumn) {
      PushUnique(&shown, ColumnValue(reading.ref));
    } else if (reading.head == PhraseReading::Head::kEntity) {
      for (const MemberRef ref : IdentityOf(reading.ref.entity)) {
        PushUnique(&shown, ColumnValue(ref));
      }
    } else {
      return Fail("what to group by is not clear");
    }
  }
  if (outline_.grain) {
    const PhraseReading* by = ReadingOf(outline_.superlatives.front().by.phrase);
    if (by != nullptr && !by->entities.empty()) PushUnique(&form_.mentions, by->entities.front());
    const std::optional<MemberRef> time = TimeColumn(Predicate());
    if (!time || !IsTime(DimensionAt(*time))) return Fail("no time is known to group by");
    form_.grain = outline_.grain;
    shown.push_back({FormValue::Kind::kGrain, *time, {}});
  }
  for (const FormValue& output : form_.outputs) PushUnique(&shown, output);
  form_.outputs = std::move(shown);
}

void Shaper::RankWithin(FormRank rank) {
  for (const NounPhrase& phrase : outline_.groups) {
    if (ReadingOf(phrase) == nullptr) continue;
    const PhraseReading& reading = *ReadingOf(phrase);
    if (reading.head == PhraseReading::Head::kColumn) {
      rank.within.push_back(ColumnValue(reading.ref));
    } else {
      rank.within_entities.push_back(reading.ref.entity);
    }
  }
  for (const FormValue& output : form_.outputs) {
    if (output.kind == FormValue::Kind::kGrain) rank.within.push_back(output);
  }
  // Within groups of one row nothing is ranked.
  const auto alone = [&](const FormValue& value) {
    return value == rank.by || (value.kind == FormValue::Kind::kColumn && IsKeyOf(value.ref) &&
                                value.ref.entity == rank.by.ref.entity && !rank.by.IsAggregate());
  };
  if (std::any_of(rank.within.begin(), rank.within.end(), alone)) {
    return Fail("what is ranked within each group is not clear");
  }
  form_.rank = std::move(rank);
}

}  // namespace loupe::ask

#include "core/ask/shaper.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/stem.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {

using semantic::Aggregation;
using semantic::Dimension;
using semantic::DimensionType;
using semantic::Entity;

namespace {

constexpr std::int64_t kDefaultTop = 10;    // rows that "top carriers" shows
constexpr double kImpliedAttribute = 0.93;  // "the oldest dog": by its age
constexpr double kPickedRows = 0.95;        // the rank of something beside the answer

}  // namespace

bool Shaper::HasWord(const Dimension& dimension, std::string_view word) {
  const std::string stem = Stem(word);
  for (const std::string& part : semantic::SplitWords(dimension.name)) {
    if (Stem(part) == stem) return true;
  }
  const std::string& name = dimension.name;
  return word.size() >= 3 && name.size() > word.size() &&
         name.compare(name.size() - word.size(), word.size(), word) == 0;
}

// The column that an adjective compares, of an entity that is spoken of.
std::optional<MemberRef> Shaper::AttributeOf(const std::vector<std::string_view>& attributes,
                                             const std::vector<std::string_view>& flipped,
                                             Comparison* comparison, int only) {
  for (const bool turn : {false, true}) {
    for (const std::string_view word : turn ? flipped : attributes) {
      if (const std::optional<MemberRef> found = ColumnWith(word, turn, only)) {
        form_.score *= kImpliedAttribute;
        if (turn && comparison != nullptr) *comparison = Turned(*comparison);
        turned_ = turn;
        return found;
      }
    }
  }
  return std::nullopt;
}

std::vector<int> Shaper::SpokenOf(int only) const {
  if (only >= 0) return {only};
  std::vector<int> entities = form_.mentions;
  for (const FormValue& output : form_.outputs) PushUnique(&entities, output.ref.entity);
  return entities;
}

std::optional<MemberRef> Shaper::ColumnWith(std::string_view word, bool any_type, int only) const {
  for (const int entity : SpokenOf(only)) {
    const Entity& owner = EntityAt(entity);
    for (std::size_t d = 0; d < owner.dimensions.size(); ++d) {
      const Dimension& dimension = owner.dimensions[d];
      const bool ordered = dimension.type == DimensionType::kNumber ||
                           dimension.type == DimensionType::kTime || any_type;
      if (dimension.is_public && ordered && HasWord(dimension, word)) {
        return MemberRef{entity, static_cast<int>(d)};
      }
    }
  }
  return std::nullopt;
}

std::optional<MemberRef> Shaper::TimeOf(int only) {
  std::vector<MemberRef> found;
  for (const int entity : SpokenOf(only)) {
    std::vector<MemberRef> years;  // less exact than a time
    const Entity& owner = EntityAt(entity);
    for (std::size_t d = 0; d < owner.dimensions.size(); ++d) {
      const Dimension& dimension = owner.dimensions[d];
      if (!dimension.is_public) continue;
      if (IsTime(dimension)) found.push_back({entity, static_cast<int>(d)});
      if (IsYear(dimension)) years.push_back({entity, static_cast<int>(d)});
    }
    if (found.empty()) found = std::move(years);
    if (!found.empty()) break;
  }
  if (found.empty()) return std::nullopt;
  form_.score *= found.size() == 1 ? kPlainTime : kSeveralTimes;
  return found.front();
}

void Shaper::AddSuperlatives() {
  if (outline_.superlatives.size() > 1) return Fail("two rankings in one question are not clear");
  for (const Superlative& superlative : outline_.superlatives) {
    if (superlative.scope > 0) return Fail("a ranking of what is excluded is not clear");
    AddSuperlative(superlative);
  }
}

void Shaper::AddSuperlative(const Superlative& superlative) {
  const PhraseReading* subject = ReadingOf(superlative.subject);
  const int entity = subject != nullptr && subject->head == PhraseReading::Head::kEntity
                         ? subject->ref.entity
                         : -1;
  FormRank rank;
  rank.descending = superlative.descending;
  rank.limit = superlative.limit.value_or(DefaultLimit(superlative));
  if (!superlative.by.phrase.empty()) {
    if (!RankBy(superlative, &rank)) return;
  } else if (superlative.ranks == Ranks::kCountOrNumber) {
    if (!CountSubject(subject, &rank)) return;
  } else if (!RankByAttribute(superlative, entity, &rank)) {
    return;
  }
  if (!superlative.limit && superlative.ranks == Ranks::kSubject) {
    form_.warnings.push_back("no number was named: the first " + std::to_string(kDefaultTop) +
                             " are shown");
  }
  if (IsAboutOther(superlative, rank)) {
    const PhraseReading& about = *ReadingOf(superlative.about);
    form_.restricted = about.ref.entity;
    if (about.head == PhraseReading::Head::kColumn) form_.restricted_column = about.ref;
    form_.restriction = rank;
    form_.score *= kPickedRows;
    // What is counted need not be there beside each row of the answer.
    auto& mentions = form_.mentions;
    mentions.erase(std::remove(mentions.begin(), mentions.end(), rank.by.ref.entity),
                   mentions.end());
    return;
  }
  if (IsCommonest(subject, rank)) {
    form_.restricted = subject->ref.entity;
    form_.restricted_column = subject->ref;
    form_.restriction = rank;
    form_.score *= kPickedRows;
    return;
  }
  if (RanksWithin()) {
    RankWithin(std::move(rank));
  } else {
    PlaceRank(entity, rank);
  }
  if (shows_rank_ && form_.rank) PushUnique(&form_.outputs, form_.rank->by);
}

// "students of the dorm that has the most amenities": the dorm is ranked, not its students.
bool Shaper::IsAboutOther(const Superlative& superlative, const FormRank& rank) const {
  const PhraseReading* about = ReadingOf(superlative.about);
  if (about == nullptr || !rank.by.IsAggregate()) return false;
  // "products of the category that has the most reviews", where categories are a column.
  if (about->head == PhraseReading::Head::kColumn) {
    return std::none_of(form_.outputs.begin(), form_.outputs.end(),
                        [&](const FormValue& output) { return output.ref == about->ref; });
  }
  if (about->head != PhraseReading::Head::kEntity) return false;
  return about->ref.entity != rank.by.ref.entity && IsBeside(about->ref.entity);
}

// "names of customers with the most common payment method": those who have it.
bool Shaper::IsCommonest(const PhraseReading* subject, const FormRank& rank) const {
  const bool counted = subject != nullptr && subject->head == PhraseReading::Head::kColumn &&
                       rank.by.kind == FormValue::Kind::kCount && outline_.groups.empty() &&
                       !outline_.grain && !form_.outputs.empty();
  return counted &&
         std::all_of(form_.outputs.begin(), form_.outputs.end(), [&](const FormValue& output) {
           return output.ref.entity == subject->ref.entity && !(output.ref == subject->ref);
         });
}

std::int64_t Shaper::DefaultLimit(const Superlative& superlative) const {
  return superlative.ranks == Ranks::kSubject ? kDefaultTop : 1;
}

bool Shaper::RankBy(const Superlative& superlative, FormRank* rank) {
  if (ReadingOf(superlative.by.phrase) == nullptr) {
    Fail("what the ranking goes by is not clear");
    return false;
  }
  const PhraseReading& reading = *ReadingOf(superlative.by.phrase);
  AddFilters(reading, false, 0, &form_.conditions);
  Mention(reading);
  const bool names = reading.head == PhraseReading::Head::kColumn && IsIdentifier(reading.ref);
  if (names && superlative.by.counts) {
    rank->by = {FormValue::Kind::kCount, {reading.ref.entity, -1}, {}};
    form_.score *= kImpliedCount;
    return true;
  }
  const bool number = reading.head == PhraseReading::Head::kColumn &&
                      DimensionAt(reading.ref).type == DimensionType::kNumber;
  Operand by = superlative.by;
  if (by.counts && number && superlative.ranks == Ranks::kCountOrNumber) {
    // "the most money": the greatest amount, not the most rows.
    rank->by = ColumnValue(reading.ref);
    return true;
  }
  const std::optional<FormValue> value = ValueOf(superlative.by);
  if (!value) {
    if (reading.head == PhraseReading::Head::kEntity) {
      rank->by = {FormValue::Kind::kCount, {reading.ref.entity, -1}, {}};
      return true;
    }
    Fail("what the ranking goes by is not clear");
    return false;
  }
  rank->by = *value;
  AddUp(superlative, rank);
  return true;
}

// "top 3 products by revenue": of all their rows.
void Shaper::AddUp(const Superlative& superlative, FormRank* rank) {
  const PhraseReading* subject = ReadingOf(superlative.subject);
  if (superlative.ranks != Ranks::kSubject || rank->by.kind != FormValue::Kind::kColumn ||
      subject == nullptr) {
    return;
  }
  const bool row = subject->head == PhraseReading::Head::kEntity
                       ? subject->ref.entity == rank->by.ref.entity
                       : subject->head == PhraseReading::Head::kColumn &&
                             subject->ref.entity == rank->by.ref.entity &&
                             (IsKeyOf(subject->ref) ||
                              subject->ref.member == NameOf(model_, subject->ref.entity));
  if (row) return;
  rank->by.kind = FormValue::Kind::kAggregate;
  rank->by.aggregation = Aggregation::kSum;
  shows_rank_ = true;
  form_.score *= kImpliedSum;
}

// "the most common nationality": by how many rows have it.
bool Shaper::CountSubject(const PhraseReading* subject, FormRank* rank) {
  if (subject == nullptr || subject->head == PhraseReading::Head::kNone) {
    // "who has the most", of what was spoken of.
    Fail("what the ranking counts is not clear");
    return false;
  }
  rank->by = {FormValue::Kind::kCount, {subject->ref.entity, -1}, {}};
  // Of a key there is one row each.
  if (subject->head == PhraseReading::Head::kColumn && !IsKeyOf(subject->ref)) return true;
  // "the most popular course": by the rows that lead to it.
  Fail("what the ranking counts is not clear");
  return false;
}

bool Shaper::RankByAttribute(const Superlative& superlative, int entity, FormRank* rank) {
  std::optional<MemberRef> column;
  if (superlative.ranks == Ranks::kTime) {
    column = TimeOf(entity);
  } else {
    column = AttributeOf(superlative.attributes, superlative.flipped, nullptr, entity);
    if (column && turned_) rank->descending = !rank->descending;
    if (!column && superlative.temporal) column = TimeOf(entity);
  }
  if (!column) {
    Fail("what the ranking goes by is not clear");
    return false;
  }
  rank->by = ColumnValue(*column);
  return true;
}

// Of the answer's rows, or of something that the answer's rows belong to.
void Shaper::PlaceRank(int subject, const FormRank& rank) {
  const bool aggregated =
      form_.HasAggregates() && form_.groups.empty() && form_.group_entities.empty();
  const int owner = subject >= 0 ? subject : rank.by.ref.entity;
  if (!rank.by.IsAggregate() && (aggregated || IsBeside(owner))) {
    form_.restricted = owner;
    form_.restriction = rank;
    form_.score *= kPickedRows;
    return;
  }
  if (aggregated && rank.by.IsAggregate()) {
    // "how many flights has the airline with the most …"
    return Fail("a ranking beside a single number is not clear");
  }
  form_.rank = rank;
}

// Whether no column of the entity is shown.
bool Shaper::IsBeside(int entity) const {
  return std::none_of(form_.outputs.begin(), form_.outputs.end(),
                      [&](const FormValue& output) { return output.ref.entity == entity; });
}

}  // namespace loupe::ask

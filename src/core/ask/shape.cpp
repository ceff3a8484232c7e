#include "core/ask/shaper.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace loupe::ask {

using semantic::Dimension;
using semantic::DimensionType;
using semantic::Entity;

Shaped Shaper::Shape() {
  OpenShare();
  AddMentions();
  AddNested();
  AddOutputs();
  CheckOutputs();
  if (!failure_.empty()) return {std::nullopt, failure_};
  AddGroups();
  SumBareNumber();
  AddGrain();
  AddPredicates();
  MoveNested();
  AddCompared();
  CloseGrowth();
  SplitContradictions();
  std::move(excluded_.begin(), excluded_.end(), std::back_inserter(form_.nested));
  AddSuperlatives();
  AddOrder();
  TurnOwnExclusions();
  if (!form_.rank) form_.limit = outline_.limit;
  CloseShare();
  CloseDifferences();
  SplitTruth();
  CheckShape();
  if (!failure_.empty()) return {std::nullopt, failure_};
  return {std::move(form_), {}};
}

void Shaper::Fail(std::string reason) {
  if (failure_.empty()) failure_ = std::move(reason);
}

const Entity& Shaper::EntityAt(int entity) const {
  return model_.entities[static_cast<std::size_t>(entity)];
}

const Dimension& Shaper::DimensionAt(MemberRef ref) const {
  return EntityAt(ref.entity).dimensions[static_cast<std::size_t>(ref.member)];
}

const PhraseReading* Shaper::ReadingOf(const NounPhrase& phrase) const {
  const auto found = readings_.find(&phrase);
  return found == readings_.end() ? nullptr : found->second;
}

void Shaper::AddFilters(const PhraseReading& reading, bool negated, int alternative,
                        std::vector<FormCondition>* conditions) {
  for (const ValueFilter& filter : reading.filters) {
    if (filter.taught >= 0) {
      const auto place = static_cast<std::size_t>(filter.taught);
      AddTaught(lexicon_.words()[place], negated, alternative, conditions);
      continue;
    }
    FormCondition condition;
    condition.left = ColumnValue(filter.column);
    condition.values = {filter.value};
    condition.negated = negated;
    condition.alternative = alternative;
    conditions->push_back(std::move(condition));
  }
}

void Shaper::Mention(const PhraseReading& reading) {
  for (const int entity : reading.entities) PushUnique(&form_.mentions, entity);
  if (reading.head == PhraseReading::Head::kEntity) PushUnique(&form_.things, reading.ref.entity);
}

// "customers who are active"
void Shaper::AddTruth(const PhraseReading& reading, bool negated,
                      std::vector<FormCondition>* conditions) const {
  const bool truth = reading.head == PhraseReading::Head::kColumn &&
                     DimensionAt(reading.ref).type == DimensionType::kBoolean;
  if (!truth) return;
  FormCondition condition;
  condition.left = ColumnValue(reading.ref);
  condition.values = {Json(!negated)};
  conditions->push_back(std::move(condition));
}

void Shaper::AddMentions() {
  for (const NounPhrase& phrase : outline_.mentions) {
    if (ReadingOf(phrase) == nullptr) continue;  // the words found no noun
    const PhraseReading& reading = *ReadingOf(phrase);
    const bool shared = phrase.side != Side::kBefore || phrase.preposition == MeaningKind::kWith;
    if (FormGroup* group = shared ? ShareGroup(phrase.side, false) : nullptr) {
      const bool column = reading.head == PhraseReading::Head::kColumn &&
                          DimensionAt(reading.ref).type != DimensionType::kBoolean;
      // "flights with stops" where stops are a number
      if (column && reading.filters.empty()) return Fail("what part the share tells is not clear");
      AddTruth(reading, phrase.negated, &group->conditions);
      AddFilters(reading, phrase.negated, 0, &group->conditions);
      for (const int entity : reading.entities) PushUnique(&group->entities, entity);
      continue;
    }
    AddTruth(reading, phrase.negated, &form_.conditions);
    AddFilters(reading, phrase.negated, 0, &form_.conditions);
    Mention(reading);
  }
}

void Shaper::AddNested() {
  is_nested_ = true;
  for (const Nested& nested : outline_.nested) {
    FormGroup group;
    group.excluded = nested.kind != Nested::Kind::kBoth;
    for (const NounPhrase& phrase : nested.mentions) {
      if (ReadingOf(phrase) == nullptr) continue;
      const PhraseReading& reading = *ReadingOf(phrase);
      AddFilters(reading, phrase.negated, 0, &group.conditions);
      AddTruth(reading, phrase.negated, &group.conditions);
      for (const int entity : reading.entities) PushUnique(&group.entities, entity);
    }
    form_.nested.push_back(std::move(group));
  }
  is_nested_ = false;
}

void Shaper::AddOrder() {
  for (const SortBy& sort : outline_.order) {
    if (sort.by.phrase.empty() && sort.by.counts) {
      if (!SortByCount(sort)) return Fail("what to sort by is not clear");
      continue;
    }
    if (sort.by.phrase.empty()) return Fail("what to sort by is not clear");
    const PhraseReading& reading = *ReadingOf(sort.by.phrase);
    std::optional<FormValue> value = ValueOf(sort.by);
    if (!value && reading.head == PhraseReading::Head::kEntity) {
      const std::vector<MemberRef> identity = IdentityOf(reading.ref.entity);
      if (!identity.empty()) value = ColumnValue(identity.front());
    }
    if (!value) return Fail("what to sort by is not clear");
    form_.order.push_back({*value, sort.descending.value_or(false)});
  }
  if (outline_.direction && form_.order.empty()) {
    if (form_.rank && ListsRanked()) {
      form_.order.push_back({form_.rank->by, *outline_.direction});
    } else if (!form_.outputs.empty()) {
      form_.order.push_back({OrderedOutput(), *outline_.direction});
    }
  }
  if (form_.rank && !form_.order.empty() && ListsRanked()) {
    PushUnique(&form_.outputs, form_.rank->by);
    form_.rank.reset();
  }
}

// "from highest to lowest", beside groups and a number: of the number.
const FormValue& Shaper::OrderedOutput() const {
  for (const FormValue& output : form_.outputs) {
    if (!outline_.alphabetical && output.IsAggregate()) return output;
  }
  return form_.outputs.front();
}

// "which airports have the shortest connect time, sorted in ascending order": all of them, in
// order.
bool Shaper::ListsRanked() const {
  const bool ordered = !outline_.order.empty() || outline_.direction;
  if (outline_.superlatives.empty() || outline_.outputs.empty() || !ordered) return false;
  return !outline_.superlatives.front().limit && outline_.outputs.front().phrase.plural;
}

// "in descending order of the count"
bool Shaper::SortByCount(const SortBy& sort) {
  for (const FormValue& output : form_.outputs) {
    if (output.kind != FormValue::Kind::kCount) continue;
    form_.order.push_back({output, sort.descending.value_or(false)});
    return true;
  }
  return false;
}

// "which studios have never worked with …", of films: a value of many rows is shown.
bool Shaper::ShowsKinds(int entity) const {
  if (form_.outputs.size() != 1 || form_.outputs.front().kind != FormValue::Kind::kColumn) {
    return false;
  }
  const MemberRef shown = form_.outputs.front().ref;
  const bool row =
      shown.member == NameOf(model_, entity) || IsKeyOf(shown) ||
      std::find(form_.things.begin(), form_.things.end(), entity) != form_.things.end() ||
      !shown_entities_.empty();
  return !row;
}

bool Shaper::IsOfKinds(const FormGroup& group) const {
  if (form_.outputs.empty() || group.conditions.empty()) return false;
  const int entity = form_.outputs.front().ref.entity;
  return ShowsKinds(entity) &&
         std::all_of(group.conditions.begin(), group.conditions.end(),
                     [&](const FormCondition& c) { return c.left.ref.entity == entity; });
}

// "not from JFK" is a condition of the rows themselves.
void Shaper::TurnOwnExclusions() {
  const auto is_own = [&](const FormGroup& group) {
    if (!group.excluded || group.conditions.size() != 1) return false;
    const int entity = group.conditions[0].left.ref.entity;
    const bool alone = std::all_of(group.entities.begin(), group.entities.end(),
                                   [&](int other) { return other == entity; });
    return alone && !group.conditions[0].left.IsAggregate() && !form_.outputs.empty() &&
           form_.outputs.front().ref.entity == entity && !ShowsKinds(entity);
  };
  for (std::size_t i = 0; i < form_.nested.size();) {
    if (!is_own(form_.nested[i])) {
      form_.nested[i].of_kinds = form_.nested[i].excluded && IsOfKinds(form_.nested[i]);
      ++i;
      continue;
    }
    FormCondition condition = std::move(form_.nested[i].conditions[0]);
    condition.negated = !condition.negated;
    condition.alternative = 0;
    form_.conditions.push_back(std::move(condition));
    form_.nested.erase(form_.nested.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

void Shaper::CheckShape() {
  if (Contradicts()) Fail("two of the conditions exclude one another");
  if (form_.outputs.empty()) Fail("what to show is not clear");
  if (AggregatesGroup()) Fail("a group has one value of what it is grouped by");
}

// "investors and the number of investors": nobody asks for the number 1.
bool Shaper::AggregatesGroup() const {
  return std::any_of(form_.outputs.begin(), form_.outputs.end(), [&](const FormValue& output) {
    const bool of_column =
        (output.kind == FormValue::Kind::kCount || output.kind == FormValue::Kind::kAggregate) &&
        output.ref.member >= 0;
    return of_column &&
           std::find(form_.groups.begin(), form_.groups.end(), output.ref) != form_.groups.end();
  });
}

Shaped ShapeForm(const Outline& outline, const ReadingMap& readings,
                 const std::vector<Token>& tokens, const semantic::Model& model,
                 const Lexicon& lexicon, const EntityGraph& graph) {
  return Shaper(outline, readings, tokens, model, lexicon, graph).Shape();
}

}  // namespace loupe::ask

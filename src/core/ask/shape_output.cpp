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

constexpr double kTotalledAmount = 0.95;  // "how many people" for population
constexpr double kTextAggregate = 0.2;    // an average of texts

}  // namespace

// The dimensions that show a row of the entity to a person.
std::vector<MemberRef> Shaper::IdentityOf(int entity) const {
  if (outline_.everything) return AllOf(entity);
  const int name = NameOf(model_, entity);
  if (name >= 0) return {{entity, name}};
  if (const std::optional<NameParts> parts = NamePartsOf(model_, entity)) {
    return {{entity, std::min(parts->first, parts->last)},
            {entity, std::max(parts->first, parts->last)}};
  }
  return AllOf(entity);
}

std::vector<MemberRef> Shaper::AllOf(int entity) const {
  std::vector<MemberRef> all;
  const std::vector<Dimension>& dimensions = EntityAt(entity).dimensions;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    if (dimensions[d].is_public) all.push_back({entity, static_cast<int>(d)});
  }
  return all;
}

std::optional<FormValue> Shaper::ValueOf(const Operand& operand) {
  const PhraseReading* reading = ReadingOf(operand.phrase);
  if (reading == nullptr) return std::nullopt;
  if (const std::optional<MemberRef> since = SinceOf(operand, *reading)) {
    return DifferenceOf(operand, reading->ref, *since);
  }
  if (!operand.since.empty()) return std::nullopt;
  if (const auto pair = DurationOf(operand, *reading)) {
    return DifferenceOf(operand, pair->second, pair->first);
  }
  return ValueOf(operand, reading);
}

std::optional<FormValue> Shaper::ValueOf(const Operand& operand, const PhraseReading* reading) {
  FormValue value;
  value.ref = reading->ref;
  if (reading->head == PhraseReading::Head::kMeasure) return MeasureValue(operand, reading->ref);
  if (reading->head == PhraseReading::Head::kQuantity) return QuantityValue(operand, reading->ref);
  const bool rows = reading->head == PhraseReading::Head::kEntity;
  if (rows && operand.aggregation == Aggregation::kSum) {
    if (const std::optional<MemberRef> amount = AmountOf(operand, reading->ref.entity)) {
      return FormValue{FormValue::Kind::kAggregate, *amount, Aggregation::kSum};
    }
    if (const std::optional<MemberRef> count = CountColumnOf(reading->ref.entity)) {
      return FormValue{FormValue::Kind::kAggregate, *count, Aggregation::kSum};
    }
    // "total flights": how many.
    return FormValue{FormValue::Kind::kCount, {reading->ref.entity, -1}, {}};
  }
  if (operand.counts && IsAmount(*reading) && !CountsValues(operand, *reading)) {
    // "the number of passengers" where that is a column.
    if (operand.totals) {
      value.kind = FormValue::Kind::kAggregate;
      value.aggregation = Aggregation::kSum;
    }
    return value;
  }
  if (operand.counts && rows) {
    if (const std::optional<MemberRef> count = CountColumnOf(reading->ref.entity)) {
      return FormValue{FormValue::Kind::kAggregate, *count, Aggregation::kSum};
    }
  }
  if (operand.counts) {
    value.kind = FormValue::Kind::kCount;
    if (reading->head == PhraseReading::Head::kNone) value.ref = {EntityOfFilters(*reading), -1};
    if (reading->head == PhraseReading::Head::kColumn && IsKeyOf(reading->ref)) {
      value.ref.member = -1;
    }
    if (operand.phrase.distinct && reading->head == PhraseReading::Head::kEntity) {
      form_.score *= 0.98;
    }
    return value;
  }
  if (reading->head != PhraseReading::Head::kColumn) return std::nullopt;
  if (!operand.aggregation) return value;
  value.kind = FormValue::Kind::kAggregate;
  value.aggregation = *operand.aggregation;
  const DimensionType type = DimensionAt(reading->ref).type;
  if (IsIdentifier(reading->ref)) form_.score *= kComparedKey;
  const bool extreme =
      value.aggregation == Aggregation::kMin || value.aggregation == Aggregation::kMax;
  if (type != DimensionType::kNumber && (!extreme || type == DimensionType::kBoolean)) {
    form_.score *= kTextAggregate;
    if (type != DimensionType::kNumber && !extreme) {
      Fail("\"" + DimensionAt(reading->ref).name + "\" is no number");
    }
  }
  return value;
}

// "the total amount of payments": what they amount to, where one column says so.
std::optional<MemberRef> Shaper::AmountOf(const Operand& operand, int entity) const {
  std::optional<MemberRef> found;
  const std::vector<Dimension>& dimensions = EntityAt(entity).dimensions;
  for (std::size_t d = 0; operand.amount && d < dimensions.size(); ++d) {
    const Dimension& dimension = dimensions[d];
    const std::vector<std::string> words = semantic::SplitWords(dimension.name);
    const bool amount = dimension.is_public && dimension.type == DimensionType::kNumber &&
                        !words.empty() && (words.back() == "amount" || words.back() == "amt");
    if (!amount) continue;
    if (found) return std::nullopt;
    found = MemberRef{entity, static_cast<int>(d)};
  }
  return found;
}

// "checkins(business, day, count)": each row stands for so many.
std::optional<MemberRef> Shaper::CountColumnOf(int entity) const {
  const std::vector<Dimension>& dimensions = EntityAt(entity).dimensions;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    const Dimension& dimension = dimensions[d];
    const bool counts = dimension.name == "count" || dimension.name == "cnt";
    if (counts && dimension.is_public && dimension.type == DimensionType::kNumber) {
      return MemberRef{entity, static_cast<int>(d)};
    }
  }
  return std::nullopt;
}

// A number that says how many.
bool Shaper::IsAmount(const PhraseReading& reading) const {
  if (reading.head != PhraseReading::Head::kColumn) return false;
  const Dimension& dimension = DimensionAt(reading.ref);
  return dimension.type == DimensionType::kNumber && !IsIdentifier(reading.ref) &&
         !IsYear(dimension);
}

// "how many different levels", "how many advisors" for a column called advisor: its values; an
// amount is called by what it counts ("passengers") or says that it counts ("num_passenger").
bool Shaper::CountsValues(const Operand& operand, const PhraseReading& reading) const {
  if (operand.phrase.distinct) return true;
  static constexpr std::string_view kAmounts[] = {"num", "number",   "no",  "count", "total",
                                                  "sum", "quantity", "qty", "of",    "amount"};
  const std::vector<std::string> words = semantic::SplitWords(DimensionAt(reading.ref).name);
  const bool amount = std::any_of(words.begin(), words.end(), [](const std::string& word) {
    return std::find(std::begin(kAmounts), std::end(kAmounts), word) != std::end(kAmounts);
  });
  if (amount || words.empty() || !operand.phrase.plural || IsPlural(words.back())) return false;
  const Segment& head = *operand.phrase.parts.back();
  return tokens_[head.end - 1].stem == Stem(words.back());
}

// "how many people live in Utah" of cities with their population: all together.
void Shaper::AddUpAmount(const Operand& operand, FormValue* value) {
  const bool alone = outline_.outputs.size() == 1 && outline_.groups.empty() &&
                     outline_.superlatives.empty() && outline_.order.empty() && !outline_.grain;
  if (!alone || !operand.counts || value->kind != FormValue::Kind::kColumn) return;
  value->kind = FormValue::Kind::kAggregate;
  value->aggregation = Aggregation::kSum;
  form_.score *= kTotalledAmount;
}

// A measure as it is, or what aggregates the same rows in the way that is asked for.
std::optional<FormValue> Shaper::MeasureValue(const Operand& operand, MemberRef ref) const {
  if (operand.counts) return std::nullopt;
  const Entity& owner = EntityAt(ref.entity);
  const semantic::Measure& measure = owner.measures[static_cast<std::size_t>(ref.member)];
  if (!operand.aggregation || *operand.aggregation == measure.aggregation) {
    return FormValue{FormValue::Kind::kMeasure, ref, {}};
  }
  for (std::size_t m = 0; m < owner.measures.size(); ++m) {
    const semantic::Measure& other = owner.measures[m];
    const bool same = other.is_public && other.column == measure.column &&
                      other.sql == measure.sql && !other.empty() && other.IsPlainAggregate();
    if (same && other.aggregation == *operand.aggregation) {
      return FormValue{FormValue::Kind::kMeasure, {ref.entity, static_cast<int>(m)}, {}};
    }
  }
  return std::nullopt;
}

// Of a number that rows do not show: its sum where nothing else is said.
std::optional<FormValue> Shaper::QuantityValue(const Operand& operand, MemberRef ref) {
  if (operand.counts) return std::nullopt;
  const Quantity& quantity = lexicon_.quantities()[static_cast<std::size_t>(ref.member)];
  if (!operand.aggregation) form_.score *= kImpliedSum;
  for (const Aggregation wanted :
       {operand.aggregation.value_or(Aggregation::kSum), Aggregation::kAvg}) {
    for (const int member : quantity.measures) {
      const semantic::Measure& measure =
          EntityAt(ref.entity).measures[static_cast<std::size_t>(member)];
      if (measure.aggregation == wanted && measure.is_public) {
        return FormValue{FormValue::Kind::kMeasure, {ref.entity, member}, {}};
      }
    }
    if (operand.aggregation) break;
  }
  return std::nullopt;
}

// What an output is of: "names of singers", "the name of every city".
const PhraseReading* Shaper::OwnerOf(const Operand& operand) const {
  const int owner = operand.phrase.owner;
  const bool of_group = owner < 0 && outline_.groups.size() == 1 &&
                        outline_.groups.front().preposition == MeaningKind::kOf;
  if (of_group) return ReadingOf(outline_.groups.front());
  if (owner < 0 || static_cast<std::size_t>(owner) >= outline_.mentions.size()) return nullptr;
  return ReadingOf(outline_.mentions[static_cast<std::size_t>(owner)]);
}

// "the name of the city" where cities are a column.
bool Shaper::IsNameOfColumn(const Operand& operand) const {
  const PhraseReading* owner = OwnerOf(operand);
  const NounPhrase& phrase = operand.phrase;
  if (owner == nullptr || owner->head != PhraseReading::Head::kColumn || operand.counts ||
      operand.aggregation || phrase.parts.size() != 1) {
    return false;
  }
  const Segment& part = *phrase.parts[0];
  return part.end == part.begin + 1 && tokens_[part.begin].stem == "name" &&
         DimensionAt(owner->ref).type == DimensionType::kString;
}

// "the maximum price and score": the score's as well.
void Shaper::ShareAggregation(const Operand& operand, FormValue* value) const {
  if (form_.outputs.empty() || operand.aggregation || operand.counts) return;
  const FormValue& before = form_.outputs.back();
  const std::optional<Aggregation> aggregation = AggregationOf(before);
  const bool shares =
      aggregation && operand.phrase.run == last_run_ && value->kind == FormValue::Kind::kColumn &&
      DimensionAt(value->ref).type == DimensionType::kNumber && !IsIdentifier(value->ref) &&
      !IsYear(DimensionAt(value->ref)) && value->ref.entity == before.ref.entity;
  if (!shares) return;
  value->kind = FormValue::Kind::kAggregate;
  value->aggregation = *aggregation;
}

// What an aggregate, or a measure that is one, does with its numbers.
std::optional<Aggregation> Shaper::AggregationOf(const FormValue& value) const {
  if (value.kind == FormValue::Kind::kAggregate) return value.aggregation;
  if (value.kind != FormValue::Kind::kMeasure) return std::nullopt;
  const semantic::Measure& measure =
      EntityAt(value.ref.entity).measures[static_cast<std::size_t>(value.ref.member)];
  const bool counts = measure.aggregation == Aggregation::kCount ||
                      measure.aggregation == Aggregation::kCountDistinct;
  if (!measure.IsPlainAggregate() || counts) return std::nullopt;
  return measure.aggregation;
}

int Shaper::EntityOfFilters(const PhraseReading& reading) {
  return reading.filters.empty() ? -1 : reading.filters.front().column.entity;
}

bool Shaper::IsKeyOf(MemberRef ref) const {
  if (ref.member < 0) return false;
  const Entity& owner = EntityAt(ref.entity);
  return owner.primary_key.size() == 1 && owner.primary_key[0] == DimensionAt(ref).column;
}

// A key, or a column that leads to one: its numbers are names.
bool Shaper::IsIdentifier(MemberRef ref) const {
  const Entity& owner = EntityAt(ref.entity);
  const std::string& column = DimensionAt(ref).column;
  const bool key = IsLabel(DimensionAt(ref)) ||
                   std::find(owner.primary_key.begin(), owner.primary_key.end(), column) !=
                       owner.primary_key.end();
  return key || std::any_of(owner.joins.begin(), owner.joins.end(), [&](const semantic::Join& j) {
           return j.columns.size() == 1 && j.columns[0].first == column;
         });
}

void Shaper::AddOutputs() {
  for (const Operand& operand : outline_.outputs) {
    if (operand.grows) {
      AddGrowing(operand);
      continue;
    }
    if (operand.phrase.empty() && operand.counts) {
      counts_rows_ = true;
      continue;
    }
    if (operand.phrase.empty()) return Fail("what to show is not clear");
    if (operand.shared) {
      AddShared(operand);
      continue;
    }
    const PhraseReading& reading = *ReadingOf(operand.phrase);
    AddFilters(reading, false, 0, &form_.conditions);
    Mention(reading);
    if (operand.phrase.distinct && !operand.counts) form_.distinct = true;
    if (std::optional<FormValue> value = ValueOf(operand)) {
      if (IsNameOfColumn(operand)) *value = ColumnValue(OwnerOf(operand)->ref);
      ShareAggregation(operand, &*value);
      AddUpAmount(operand, &*value);
      PushUnique(&form_.outputs, *value);
      AddLastName(operand, *value);
      last_run_ = operand.phrase.run;
    } else if (operand.aggregation) {
      Fail("what to aggregate is not clear");
    } else if (reading.head == PhraseReading::Head::kEntity) {
      shown_entities_.push_back(reading.ref.entity);
      for (const MemberRef ref : IdentityOf(reading.ref.entity)) {
        PushUnique(&form_.outputs, ColumnValue(ref));
        ++form_.fit.implied;
      }
    }
  }
  if (shown_entities_.size() > 1) Fail("two lists in one question are not clear");
  DropRestated();
  if (counts_rows_) AddRowCount();
  if (outline_.when) ShowTime();
  if (!form_.outputs.empty()) return;
  for (const NounPhrase& phrase : outline_.mentions) {
    if (ReadingOf(phrase) == nullptr) continue;
    const PhraseReading& reading = *ReadingOf(phrase);
    if (outline_.grain && !outline_.superlatives.empty()) break;
    if (reading.head == PhraseReading::Head::kNone) continue;
    form_.score *= kImpliedOutput;
    if (reading.head == PhraseReading::Head::kColumn) {
      form_.outputs.push_back(ColumnValue(reading.ref));
      return;
    }
    for (const MemberRef ref : IdentityOf(reading.ref.entity)) {
      form_.outputs.push_back(ColumnValue(ref));
    }
    return;
  }
  if (outline_.grain && !outline_.superlatives.empty()) return;
  if (ShowComparedThings()) return;
  if (!form_.mentions.empty() && outline_.groups.empty()) {
    form_.score *= kImpliedOutput * kImpliedOutput;
    for (const MemberRef ref : IdentityOf(form_.mentions.front())) {
      form_.outputs.push_back(ColumnValue(ref));
    }
    return;
  }
  if (outline_.groups.empty() && !outline_.grain) Fail("what to show is not clear");
}

// "full names": the last name beside the first.
void Shaper::AddLastName(const Operand& operand, const FormValue& value) {
  if (!IsFullName(tokens_, operand.phrase.parts.back()->begin)) return;
  const std::optional<NameParts> parts = NamePartsOf(model_, value.ref.entity);
  const bool names = parts && value.kind == FormValue::Kind::kColumn;
  if (names) PushUnique(&form_.outputs, ColumnValue({value.ref.entity, parts->last}));
}

// "type codes and the number of files of each code": a key and what leads to it are one column.
void Shaper::DropJoined() {
  const auto leads = [&](const FormValue& from, const FormValue& to) {
    if (from.kind != FormValue::Kind::kColumn || to.kind != FormValue::Kind::kColumn) return false;
    const Entity& owner = EntityAt(from.ref.entity);
    return std::any_of(owner.joins.begin(), owner.joins.end(), [&](const semantic::Join& join) {
      return join.entity == EntityAt(to.ref.entity).name && join.columns.size() == 1 &&
             join.columns[0].first == DimensionAt(from.ref).column &&
             join.columns[0].second == DimensionAt(to.ref).column;
    });
  };
  for (std::size_t i = 1; i < form_.outputs.size();) {
    const bool known =
        std::any_of(form_.outputs.begin(), form_.outputs.begin() + static_cast<std::ptrdiff_t>(i),
                    [&](const FormValue& before) {
                      return leads(before, form_.outputs[i]) || leads(form_.outputs[i], before);
                    });
    if (!known) {
      ++i;
      continue;
    }
    form_.outputs.erase(form_.outputs.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

// A count or an aggregate of words that name nothing: the steps that follow look at the entity.
// Whether rows that look alike are shown once.
void Shaper::CheckOutputs() {
  DropJoined();
  for (const FormValue& output : form_.outputs) {
    if (output.ref.entity < 0) return Fail("what to show is not clear");
  }
  if (form_.HasAggregates() || form_.outputs.empty()) return;
  // "names of all distinct drivers"
  for (const NounPhrase& phrase : outline_.mentions) {
    form_.distinct = form_.distinct || (phrase.distinct && phrase.preposition == MeaningKind::kOf);
  }
  if (ShowsKind()) form_.distinct = true;
}

// "show all majors", "which rooms are used by grade 5": of nobody. A kind is named once, while
// names and keys are those of rows.
bool Shaper::ShowsKind() const {
  const bool alone = form_.outputs.size() == 1 && outline_.outputs.size() == 1 &&
                     outline_.mentions.empty() && outline_.groups.empty() &&
                     outline_.superlatives.empty() && outline_.order.empty() &&
                     outline_.nested.empty() && shown_entities_.empty();
  const bool of_things =
      std::any_of(outline_.predicates.begin(), outline_.predicates.end(), [&](const Predicate& p) {
        const PhraseReading* left = ReadingOf(p.left.phrase);
        const bool owned =
            !p.left.phrase.empty() && p.left.phrase.parts.back()->meanings.front().owned;
        return left != nullptr && (owned || left->head == PhraseReading::Head::kEntity);
      });
  const MemberRef shown = form_.outputs.front().ref;
  if (!alone || of_things || shown.member < 0) return false;
  const Dimension& dimension = DimensionAt(shown);
  const bool plural = outline_.outputs.front().phrase.plural;
  const bool kind = (dimension.type == DimensionType::kString && !HasWord(dimension, "date")) ||
                    dimension.type == DimensionType::kNumber;
  return kind && plural && shown.member != NameOf(model_, shown.entity) && !IsKeyOf(shown);
}

// "and how many": of what is ranked by its number, else of the rows themselves. "How many orders
// does each customer have? List the name and the number": the number asked for.
void Shaper::AddRowCount() {
  const bool counted =
      std::any_of(form_.outputs.begin(), form_.outputs.end(),
                  [](const FormValue& output) { return output.kind == FormValue::Kind::kCount; });
  if (counted) return;
  int entity = -1;
  for (const Superlative& superlative : outline_.superlatives) {
    const PhraseReading* by = ReadingOf(superlative.by.phrase);
    if (by != nullptr && by->head == PhraseReading::Head::kEntity) entity = by->ref.entity;
  }
  for (const FormValue& output : form_.outputs) {
    if (entity < 0 && !output.IsAggregate()) entity = output.ref.entity;
  }
  if (entity < 0 && !form_.mentions.empty()) entity = form_.mentions.front();
  if (entity < 0) return Fail("what to count is not clear");
  PushUnique(&form_.outputs, FormValue{FormValue::Kind::kCount, {entity, -1}, {}});
}

// "list all cartoons directed by X": the cartoons.
bool Shaper::ShowComparedThings() {
  for (const Predicate& predicate : outline_.predicates) {
    const PhraseReading* left = ReadingOf(predicate.left.phrase);
    if (left == nullptr || left->head != PhraseReading::Head::kEntity) continue;
    if (!predicate.literals.empty() || predicate.scope > 0) continue;
    form_.score *= kImpliedOutput;
    shown_entities_.push_back(left->ref.entity);
    for (const MemberRef ref : IdentityOf(left->ref.entity)) {
      form_.outputs.push_back(ColumnValue(ref));
    }
    if (outline_.when) ShowTimeOf(left->ref.entity);
    return true;
  }
  return false;
}

// "when was the last transcript released": its time.
void Shaper::ShowTime() {
  const bool things = shown_entities_.size() == 1 && outline_.outputs.size() == 1;
  const int entity = things                   ? shown_entities_.front()
                     : !form_.outputs.empty() ? -1
                     : form_.mentions.empty() ? -1
                                              : form_.mentions.front();
  if (entity >= 0) ShowTimeOf(entity);
}

void Shaper::ShowTimeOf(int entity) {
  const std::optional<MemberRef> time = TimeOf(entity);
  if (!time) return Fail("no time is known to show");
  form_.outputs = {ColumnValue(*time)};
}

// "Which dogs …": where columns of dogs are asked for as well, they alone are shown.
void Shaper::DropRestated() {
  for (const int entity : shown_entities_) {
    const std::vector<MemberRef> identity = IdentityOf(entity);
    const bool others =
        std::any_of(form_.outputs.begin(), form_.outputs.end(), [&](const FormValue& output) {
          return output.kind == FormValue::Kind::kColumn && output.ref.entity == entity &&
                 (!ListsRanked() || DimensionAt(output.ref).type != DimensionType::kNumber) &&
                 std::find(identity.begin(), identity.end(), output.ref) == identity.end();
        });
    if (!others || !outline_.which) continue;
    form_.outputs.erase(std::remove_if(form_.outputs.begin(), form_.outputs.end(),
                                       [&](const FormValue& output) {
                                         return std::find(identity.begin(), identity.end(),
                                                          output.ref) != identity.end() &&
                                                output.kind == FormValue::Kind::kColumn &&
                                                !IsNamed(output.ref);
                                       }),
                        form_.outputs.end());
  }
}

bool Shaper::IsNamed(MemberRef ref) const {
  return std::any_of(outline_.outputs.begin(), outline_.outputs.end(), [&](const Operand& operand) {
    const PhraseReading* reading = ReadingOf(operand.phrase);
    return reading != nullptr && reading->head == PhraseReading::Head::kColumn &&
           reading->ref == ref;
  });
}

}  // namespace loupe::ask

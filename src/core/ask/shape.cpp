#include "core/ask/shape.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/stem.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

using semantic::Aggregation;
using semantic::Dimension;
using semantic::DimensionType;
using semantic::Entity;

constexpr std::int64_t kDefaultTop = 10;    // rows that "top carriers" shows
constexpr double kImpliedOutput = 0.9;      // nothing is asked for but a thing is named
constexpr double kSeveralThings = 0.4;      // "customers and orders"
constexpr double kImpliedSum = 0.85;        // "revenue by month": added up
constexpr double kImpliedCount = 0.95;      // "orders by status"
constexpr double kImpliedAttribute = 0.93;  // "the oldest dog": by its age
constexpr double kLooseAttribute = 0.75;    // the only number an adjective could mean
constexpr double kPlainTime = 0.95;         // the only time of an entity
constexpr double kSeveralTimes = 0.88;      // one of several
constexpr double kBesideTime = 0.75;        // the time of something that is not spoken of
constexpr double kYearColumn = 0.95;        // a number called year
constexpr double kPickedRows = 0.95;        // the rank of something beside the answer
constexpr double kTextAggregate = 0.2;      // an average of texts
constexpr int kEither = 1'000'000;          // number of alternatives that no word made
constexpr double kTwoRows = 0.9;       // of two conditions that no row fulfils each has its own
constexpr double kComparedKey = 0.25;  // an identifier that is compared or summed up

template <class T>
void PushUnique(std::vector<T>* items, const T& item) {
  if (std::find(items->begin(), items->end(), item) == items->end()) items->push_back(item);
}

class Shaper {
 public:
  Shaper(const Outline& outline, const ReadingMap& readings, const std::vector<Token>& tokens,
         const semantic::Model& model, const Lexicon& lexicon, const EntityGraph& graph)
      : outline_(outline),
        readings_(readings),
        tokens_(tokens),
        model_(model),
        lexicon_(lexicon),
        graph_(graph) {}

  Shaped Shape() {
    AddMentions();
    AddNested();
    AddOutputs();
    CheckOutputs();
    if (!failure_.empty()) return {std::nullopt, failure_};
    AddGroups();
    SumBareNumber();
    AddGrain();
    AddPredicates();
    SplitContradictions();
    AddSuperlatives();
    AddOrder();
    TurnOwnExclusions();
    if (!form_.rank) form_.limit = outline_.limit;
    CheckShape();
    if (!failure_.empty()) return {std::nullopt, failure_};
    return {std::move(form_), {}};
  }

 private:
  void Fail(std::string reason) {
    if (failure_.empty()) failure_ = std::move(reason);
  }

  [[nodiscard]] const Entity& EntityAt(int entity) const {
    return model_.entities[static_cast<std::size_t>(entity)];
  }
  [[nodiscard]] const Dimension& DimensionAt(MemberRef ref) const {
    return EntityAt(ref.entity).dimensions[static_cast<std::size_t>(ref.member)];
  }
  [[nodiscard]] const PhraseReading* ReadingOf(const NounPhrase& phrase) const {
    const auto found = readings_.find(&phrase);
    return found == readings_.end() ? nullptr : found->second;
  }

  static FormValue ColumnValue(MemberRef ref) { return {FormValue::Kind::kColumn, ref, {}}; }

  // ---- conditions that come with a phrase ----

  void AddFilters(const PhraseReading& reading, bool negated, int alternative,
                  std::vector<FormCondition>* conditions) {
    for (const ValueFilter& filter : reading.filters) {
      FormCondition condition;
      condition.left = ColumnValue(filter.column);
      condition.values = {filter.value};
      condition.negated = negated;
      condition.alternative = alternative;
      conditions->push_back(std::move(condition));
    }
  }

  void Mention(const PhraseReading& reading) {
    for (const int entity : reading.entities) PushUnique(&form_.mentions, entity);
    if (reading.head == PhraseReading::Head::kEntity) PushUnique(&form_.things, reading.ref.entity);
  }

  // "customers who are active"
  void AddTruth(const PhraseReading& reading, bool negated,
                std::vector<FormCondition>* conditions) const {
    const bool truth = reading.head == PhraseReading::Head::kColumn &&
                       DimensionAt(reading.ref).type == DimensionType::kBoolean;
    if (!truth) return;
    FormCondition condition;
    condition.left = ColumnValue(reading.ref);
    condition.values = {Json(!negated)};
    conditions->push_back(std::move(condition));
  }

  void AddMentions() {
    for (const NounPhrase& phrase : outline_.mentions) {
      if (ReadingOf(phrase) == nullptr) continue;  // the words found no noun
      const PhraseReading& reading = *ReadingOf(phrase);
      AddTruth(reading, phrase.negated, &form_.conditions);
      AddFilters(reading, phrase.negated, 0, &form_.conditions);
      Mention(reading);
    }
  }

  void AddNested() {
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
  }

  // ---- what is shown ----

  // The dimensions that show a row of the entity to a person.
  [[nodiscard]] std::vector<MemberRef> IdentityOf(int entity) const {
    const int name = NameOf(model_, entity);
    if (name >= 0) return {{entity, name}};
    std::vector<MemberRef> named;
    const Entity& owner = EntityAt(entity);
    for (std::size_t d = 0; d < owner.dimensions.size(); ++d) {
      const std::string& column = owner.dimensions[d].name;
      for (const char* part : {"fname", "lname", "first_name", "last_name", "forename", "surname",
                               "firstname", "lastname"}) {
        if (column == part) named.push_back({entity, static_cast<int>(d)});
      }
    }
    if (!named.empty()) return named;
    return AllOf(entity);
  }

  [[nodiscard]] std::vector<MemberRef> AllOf(int entity) const {
    std::vector<MemberRef> all;
    const std::vector<Dimension>& dimensions = EntityAt(entity).dimensions;
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      if (dimensions[d].is_public) all.push_back({entity, static_cast<int>(d)});
    }
    return all;
  }

  std::optional<FormValue> ValueOf(const Operand& operand) {
    const PhraseReading* reading = ReadingOf(operand.phrase);
    if (reading == nullptr) return std::nullopt;
    FormValue value;
    value.ref = reading->ref;
    if (reading->head == PhraseReading::Head::kMeasure) return MeasureValue(operand, reading->ref);
    if (reading->head == PhraseReading::Head::kQuantity)
      return QuantityValue(operand, reading->ref);
    const bool rows = reading->head == PhraseReading::Head::kEntity;
    if (rows && operand.aggregation == Aggregation::kSum) {
      // "total flights": how many.
      return FormValue{FormValue::Kind::kCount, {reading->ref.entity, -1}, {}};
    }
    if (operand.counts && IsAmount(*reading)) {
      // "the number of passengers" where that is a column.
      if (operand.totals) {
        value.kind = FormValue::Kind::kAggregate;
        value.aggregation = Aggregation::kSum;
      }
      return value;
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

  // A number that says how many.
  [[nodiscard]] bool IsAmount(const PhraseReading& reading) const {
    if (reading.head != PhraseReading::Head::kColumn) return false;
    const Dimension& dimension = DimensionAt(reading.ref);
    return dimension.type == DimensionType::kNumber && !IsIdentifier(reading.ref) &&
           !IsYear(dimension);
  }

  // A measure as it is, or what aggregates the same rows in the way that is asked for.
  [[nodiscard]] std::optional<FormValue> MeasureValue(const Operand& operand, MemberRef ref) const {
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
  std::optional<FormValue> QuantityValue(const Operand& operand, MemberRef ref) {
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

  [[nodiscard]] const PhraseReading* OwnerOf(const Operand& operand) const {
    const int owner = operand.phrase.owner;
    if (owner < 0 || static_cast<std::size_t>(owner) >= outline_.mentions.size()) return nullptr;
    return ReadingOf(outline_.mentions[static_cast<std::size_t>(owner)]);
  }

  // "the name of the city" where cities are a column.
  [[nodiscard]] bool IsNameOfColumn(const Operand& operand) const {
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
  void ShareAggregation(const Operand& operand, FormValue* value) const {
    if (form_.outputs.empty() || operand.aggregation || operand.counts) return;
    const FormValue& before = form_.outputs.back();
    const bool shares = before.kind == FormValue::Kind::kAggregate &&
                        operand.phrase.run == last_run_ &&
                        value->kind == FormValue::Kind::kColumn &&
                        DimensionAt(value->ref).type == DimensionType::kNumber &&
                        !IsIdentifier(value->ref) && value->ref.entity == before.ref.entity;
    if (!shares) return;
    value->kind = FormValue::Kind::kAggregate;
    value->aggregation = before.aggregation;
  }

  static int EntityOfFilters(const PhraseReading& reading) {
    return reading.filters.empty() ? -1 : reading.filters.front().column.entity;
  }

  [[nodiscard]] bool IsKeyOf(MemberRef ref) const {
    if (ref.member < 0) return false;
    const Entity& owner = EntityAt(ref.entity);
    return owner.primary_key.size() == 1 && owner.primary_key[0] == DimensionAt(ref).column;
  }

  // A key, or a column that leads to one: its numbers are names.
  [[nodiscard]] bool IsIdentifier(MemberRef ref) const {
    const Entity& owner = EntityAt(ref.entity);
    const std::string& column = DimensionAt(ref).column;
    const bool key = std::find(owner.primary_key.begin(), owner.primary_key.end(), column) !=
                     owner.primary_key.end();
    return key || std::any_of(owner.joins.begin(), owner.joins.end(), [&](const semantic::Join& j) {
             return j.columns.size() == 1 && j.columns[0].first == column;
           });
  }

  void AddOutputs() {
    for (const Operand& operand : outline_.outputs) {
      if (operand.phrase.empty() && operand.counts) {
        counts_rows_ = true;
        continue;
      }
      if (operand.phrase.empty()) return Fail("what to show is not clear");
      const PhraseReading& reading = *ReadingOf(operand.phrase);
      AddFilters(reading, false, 0, &form_.conditions);
      Mention(reading);
      if (operand.phrase.distinct && !operand.counts) form_.distinct = true;
      if (std::optional<FormValue> value = ValueOf(operand)) {
        if (IsNameOfColumn(operand)) *value = ColumnValue(OwnerOf(operand)->ref);
        ShareAggregation(operand, &*value);
        PushUnique(&form_.outputs, *value);
        last_run_ = operand.phrase.run;
      } else if (operand.aggregation) {
        Fail("what to aggregate is not clear");
      } else if (reading.head == PhraseReading::Head::kEntity) {
        shown_entities_.push_back(reading.ref.entity);
        for (const MemberRef ref : IdentityOf(reading.ref.entity)) {
          PushUnique(&form_.outputs, ColumnValue(ref));
        }
      }
    }
    if (shown_entities_.size() > 1) form_.score *= kSeveralThings;
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

  // A count or an aggregate of words that name nothing: the steps that follow look at the entity.
  void CheckOutputs() {
    for (const FormValue& output : form_.outputs) {
      if (output.ref.entity < 0) return Fail("what to show is not clear");
    }
  }

  // "and how many": of what is ranked by its number, else of the rows themselves.
  void AddRowCount() {
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
  bool ShowComparedThings() {
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
  void ShowTime() {
    const bool things = shown_entities_.size() == 1 && outline_.outputs.size() == 1;
    const int entity = things                   ? shown_entities_.front()
                       : !form_.outputs.empty() ? -1
                       : form_.mentions.empty() ? -1
                                                : form_.mentions.front();
    if (entity >= 0) ShowTimeOf(entity);
  }

  void ShowTimeOf(int entity) {
    if (const std::optional<MemberRef> time = TimeOf(entity)) {
      form_.outputs = {ColumnValue(*time)};
    }
  }

  // "Which dogs …": where columns of dogs are asked for as well, they alone are shown.
  void DropRestated() {
    for (const int entity : shown_entities_) {
      const std::vector<MemberRef> identity = IdentityOf(entity);
      const bool others =
          std::any_of(form_.outputs.begin(), form_.outputs.end(), [&](const FormValue& output) {
            return output.kind == FormValue::Kind::kColumn && output.ref.entity == entity &&
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

  [[nodiscard]] bool IsNamed(MemberRef ref) const {
    return std::any_of(
        outline_.outputs.begin(), outline_.outputs.end(), [&](const Operand& operand) {
          const PhraseReading* reading = ReadingOf(operand.phrase);
          return reading != nullptr && reading->head == PhraseReading::Head::kColumn &&
                 reading->ref == ref;
        });
  }

  // ---- groups ----

  void AddGroups() {
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

  // "amount by month"
  void SumBareNumber() {
    const bool grouped =
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
  void ImplyCount() {
    SumBareNumber();
    const bool things = !outline_.groups.empty() && outline_.outputs.size() == 1 &&
                        shown_entities_.size() == 1 && outline_.superlatives.empty() &&
                        outline_.groups.front().preposition == MeaningKind::kBy;
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

  void AddGroup(const PhraseReading& reading, bool aggregates) {
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
    const bool shown = std::any_of(
        form_.outputs.begin(), form_.outputs.end(),
        [&](const FormValue& output) { return output.kind == FormValue::Kind::kColumn; });
    if (shown) return;
    std::vector<FormValue> identity;
    for (const MemberRef ref : IdentityOf(entity)) identity.push_back(ColumnValue(ref));
    form_.outputs.insert(form_.outputs.begin(), identity.begin(), identity.end());
  }

  [[nodiscard]] bool ShowsOnly(MemberRef ref) const {
    return std::any_of(form_.outputs.begin(), form_.outputs.end(), [&](const FormValue& output) {
      return output.kind == FormValue::Kind::kColumn && output.ref == ref;
    });
  }

  // "by month": of the time of what is aggregated.
  void AddGrain() {
    if (!outline_.grain) return;
    const bool ranked = form_.outputs.empty() && !outline_.superlatives.empty();
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
    if (!time || !IsTime(DimensionAt(*time))) return Fail("no time is known to group by");
    form_.grain = outline_.grain;
    form_.outputs.insert(form_.outputs.begin(), FormValue{FormValue::Kind::kGrain, *time, {}});
  }

  // ---- predicates ----

  void AddPredicates() {
    for (const Predicate& predicate : outline_.predicates) {
      if (!failure_.empty()) return;
      std::vector<FormCondition> conditions;
      ConditionsOf(predicate, &conditions);
      std::vector<FormCondition>* to = &form_.conditions;
      FormGroup* group = nullptr;
      if (predicate.scope > 0) {
        group = &form_.nested[static_cast<std::size_t>(predicate.scope) - 1];
        to = &group->conditions;
      }
      for (FormCondition& condition : conditions) {
        if (group != nullptr) PushUnique(&group->entities, condition.left.ref.entity);
        to->push_back(std::move(condition));
      }
    }
  }

  static bool Contradict(const FormCondition& a, const FormCondition& b) {
    if (!(a.left == b.left) || a.left.IsAggregate() || a.negated || b.negated || a.right ||
        b.right || a.pattern || b.pattern || a.values.size() != 1 || b.values.size() != 1 ||
        (a.alternative != 0 && a.alternative == b.alternative)) {
      return false;
    }
    if (a.comparison == Comparison::kEqual && b.comparison == Comparison::kEqual) {
      return a.values[0].Dump() != b.values[0].Dump();
    }
    if (!a.values[0].IsNumber() || !b.values[0].IsNumber()) return false;
    const auto above = [](const FormCondition& c) {
      return c.comparison == Comparison::kGreater || c.comparison == Comparison::kGreaterOrEqual;
    };
    const auto below = [](const FormCondition& c) {
      return c.comparison == Comparison::kLess || c.comparison == Comparison::kLessOrEqual;
    };
    const double left = a.values[0].AsDouble();
    const double right = b.values[0].AsDouble();
    return (above(a) && below(b) && left >= right) || (below(a) && above(b) && left <= right);
  }

  // Whether the rows themselves are shown, of which none is of two kinds.
  [[nodiscard]] bool NamesRows(const FormCondition& condition) const {
    const int entity = condition.left.ref.entity;
    return std::any_of(form_.outputs.begin(), form_.outputs.end(), [&](const FormValue& output) {
      return output.ref.entity == entity &&
             (output.IsAggregate() || output.ref.member == NameOf(model_, entity) ||
              IsKeyOf(output.ref));
    });
  }

  // "citizenship of singers born before 1945 and after 1955": no row is both, two rows are.
  void SplitContradictions() {
    for (std::size_t i = 0; i < form_.conditions.size(); ++i) {
      for (std::size_t j = i + 1; j < form_.conditions.size(); ++j) {
        if (!Contradict(form_.conditions[i], form_.conditions[j])) continue;
        if (form_.conditions[i].comparison == Comparison::kEqual &&
            NamesRows(form_.conditions[i])) {
          // "customers from Germany and France": of either.
          if (form_.conditions[i].alternative == 0) form_.conditions[i].alternative = kEither;
          form_.conditions[j].alternative = form_.conditions[i].alternative;
          std::rotate(form_.conditions.begin() + static_cast<std::ptrdiff_t>(i) + 1,
                      form_.conditions.begin() + static_cast<std::ptrdiff_t>(j),
                      form_.conditions.begin() + static_cast<std::ptrdiff_t>(j) + 1);
          form_.score *= kTwoRows;
          return;
        }
        for (const std::size_t k : {i, j}) {
          FormGroup group;
          group.excluded = false;
          group.conditions.push_back(form_.conditions[k]);
          group.entities.push_back(form_.conditions[k].left.ref.entity);
          form_.nested.push_back(std::move(group));
        }
        form_.conditions.erase(form_.conditions.begin() + static_cast<std::ptrdiff_t>(j));
        form_.conditions.erase(form_.conditions.begin() + static_cast<std::ptrdiff_t>(i));
        form_.distinct = form_.distinct || !form_.HasAggregates();
        form_.score *= kTwoRows;
        return;
      }
    }
  }

  void ConditionsOf(const Predicate& predicate, std::vector<FormCondition>* out) {
    const PhraseReading* left = ReadingOf(predicate.left.phrase);
    if (predicate.with == Predicate::With::kTime) return AddTime(predicate, left, out);
    if (predicate.literals.empty() && predicate.with == Predicate::With::kLiteral) {
      // A phrase that holds its own values.
      if (left == nullptr) return Fail("what a condition speaks of is not clear");
      AddFilters(*left, predicate.negated, predicate.alternative, out);
      if (predicate.scope == 0) {
        for (const int entity : left->entities) {
          if (left->head == PhraseReading::Head::kEntity) PushUnique(&form_.mentions, entity);
        }
      }
      if (left->head == PhraseReading::Head::kColumn) form_.score *= 0.9;
      return;
    }
    FormCondition condition;
    condition.comparison = predicate.comparison;
    condition.pattern = predicate.pattern;
    condition.negated = predicate.negated;
    condition.alternative = predicate.alternative;
    if (!SetLeft(predicate, left, &condition)) return;
    if (left != nullptr) AddFilters(*left, false, 0, out);
    if (predicate.with == Predicate::With::kAggregate) {
      SetRight(predicate, &condition);
    } else if (!SetValues(predicate, &condition)) {
      return Fail("what is compared does not fit its kind");
    }
    out->push_back(std::move(condition));
  }

  bool SetLeft(const Predicate& predicate, const PhraseReading* left, FormCondition* condition) {
    const bool adjective = !predicate.attributes.empty();
    if (left == nullptr || (adjective && left->head != PhraseReading::Head::kColumn)) {
      const bool things = left != nullptr && left->head == PhraseReading::Head::kEntity;
      std::optional<MemberRef> attribute =
          AttributeOf(predicate.attributes, predicate.flipped, &condition->comparison,
                      things ? left->ref.entity : -1);
      if (!attribute) {
        attribute = AttributeOf(predicate.attributes, predicate.flipped, &condition->comparison);
      }
      if (!attribute) {
        Fail("what is compared is not clear");
        return false;
      }
      condition->left = ColumnValue(*attribute);
      return true;
    }
    Operand operand = predicate.left;
    if (left->head == PhraseReading::Head::kEntity) {
      condition->left = {FormValue::Kind::kCount, {left->ref.entity, -1}, {}};
      return true;
    }
    if (left->head == PhraseReading::Head::kNone) {
      Fail("what is compared is not clear");
      return false;
    }
    // Looked up through the predicate's own phrase.
    const std::optional<FormValue> value = ValueOf(predicate.left);
    if (!value) {
      Fail("what is compared is not clear");
      return false;
    }
    condition->left = *value;
    if (value->kind != FormValue::Kind::kColumn) return true;
    const DimensionType type = DimensionAt(value->ref).type;
    const bool ordered = condition->comparison != Comparison::kEqual && !condition->pattern;
    const bool text = type == DimensionType::kString || type == DimensionType::kBoolean;
    if (ordered && IsIdentifier(value->ref)) form_.score *= kComparedKey;
    if (ordered && text && predicate.with == Predicate::With::kAggregate) {
      Fail("\"" + DimensionAt(value->ref).name + "\" is no number");
      return false;
    }
    if (ordered && text) {
      // "more than one language": how many of them.
      if (!predicate.follows) {
        Fail("\"" + DimensionAt(value->ref).name + "\" is no number");
        return false;
      }
      condition->left.kind = FormValue::Kind::kCount;
      form_.score *= 0.8;
    }
    return true;
  }

  void SetRight(const Predicate& predicate, FormCondition* condition) {
    FormValue right;
    right.kind = FormValue::Kind::kAggregate;
    right.aggregation = *predicate.right.aggregation;
    right.ref = condition->left.ref;
    if (!predicate.right.phrase.empty()) {
      if (const std::optional<FormValue> value = ValueOf(predicate.right)) right = *value;
    }
    if (condition->left.kind != FormValue::Kind::kColumn) {
      return Fail("a comparison of counts with their average is not supported");
    }
    condition->right = right;
  }

  bool SetValues(const Predicate& predicate, FormCondition* condition) {
    const bool counted = condition->left.IsAggregate();
    for (const Segment* literal : predicate.literals) {
      if (literal->meanings.front().kind == MeaningKind::kTime) {
        if (!SetYear(*literal, condition)) return false;
        continue;
      }
      if (counted) {
        const Meaning* number = nullptr;
        for (const Meaning& meaning : literal->meanings) {
          if (meaning.kind == MeaningKind::kNumber) number = &meaning;
        }
        if (number == nullptr) return false;
        condition->values.emplace_back(static_cast<std::int64_t>(number->number));
        continue;
      }
      std::optional<Json> value;
      if (condition->pattern) {
        Dimension text;
        value = LiteralFor(*literal, tokens_, text);
      } else {
        value = LiteralFor(*literal, tokens_, DimensionAt(condition->left.ref));
      }
      if (!value) return false;
      condition->values.push_back(std::move(*value));
    }
    const std::size_t wanted = condition->comparison == Comparison::kBetween ? 2 : 1;
    return condition->values.size() >= wanted || condition->range.has_value();
  }

  // A year beside a comparison of its own: "later than 2009".
  bool SetYear(const Segment& literal, FormCondition* condition) {
    const TimeRange& range = literal.meanings.front().time;
    if (!range.from) return false;
    if (DimensionAt(condition->left.ref).type == DimensionType::kTime) {
      TimeRange bound;
      if (condition->comparison == Comparison::kGreater) bound.from = range.to;
      if (condition->comparison == Comparison::kGreaterOrEqual) bound.from = range.from;
      if (condition->comparison == Comparison::kLess) bound.to = range.from;
      if (condition->comparison == Comparison::kLessOrEqual) bound.to = range.to;
      if (condition->comparison == Comparison::kEqual) bound = range;
      if (condition->comparison == Comparison::kBetween) {
        bound = condition->range.value_or(range);
        bound.to = range.to;
      }
      condition->range = bound;
      return true;
    }
    condition->values.emplace_back(static_cast<std::int64_t>(range.from->year));
    return true;
  }

  // ---- times ----

  [[nodiscard]] static bool IsYear(const Dimension& dimension) {
    if (dimension.type == DimensionType::kTime || dimension.type == DimensionType::kBoolean) {
      return false;
    }
    const std::string& name = dimension.name;
    for (const std::string& word : semantic::SplitWords(name)) {
      if (word == "year" || word == "founded" || word == "yr") return true;
    }
    return name.size() > 4 && name.compare(name.size() - 4, 4, "year") == 0;
  }

  [[nodiscard]] static bool IsTime(const Dimension& dimension) {
    return dimension.type == DimensionType::kTime &&
           dimension.data_type.compare(0, 5, "time ") != 0 && dimension.data_type != "time" &&
           dimension.data_type != "interval";
  }

  void AddTime(const Predicate& predicate, const PhraseReading* left,
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
      return Fail("a year is compared with a shorter time");
    }
    out->push_back(std::move(condition));
  }

  // "in July" without a year: a column of months, where there is one.
  void AddMonth(const TimeRange& range, int entity, FormCondition condition,
                std::vector<FormCondition>* out) {
    const Entity& owner = EntityAt(entity);
    const char* word = range.month_of_year > 0 ? "month" : "quarter";
    const int number = range.month_of_year > 0 ? range.month_of_year : range.quarter_of_year;
    for (std::size_t d = 0; d < owner.dimensions.size(); ++d) {
      const Dimension& dimension = owner.dimensions[d];
      if (dimension.type != DimensionType::kNumber || dimension.name != word) continue;
      condition.left = ColumnValue({entity, static_cast<int>(d)});
      condition.values = {Json(static_cast<std::int64_t>(number))};
      out->push_back(std::move(condition));
      return;
    }
    Fail("a month without a year is not clear");
  }

  static bool YearCondition(const TimeRange& range, FormCondition* condition) {
    const auto starts_year = [](const DateTime& time) {
      return Truncate(time, TimeUnit::kYear) == time;
    };
    if (!range.from && !range.to) return false;
    if ((range.from && !starts_year(*range.from)) || (range.to && !starts_year(*range.to))) {
      return false;
    }
    const auto year = [](const DateTime& time) {
      return Json(static_cast<std::int64_t>(time.year));
    };
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
  std::optional<MemberRef> TimeColumn(const Predicate& predicate) {
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

  // ---- adjectives and ranks ----

  [[nodiscard]] static bool HasWord(const Dimension& dimension, std::string_view word) {
    const std::string stem = Stem(word);
    for (const std::string& part : semantic::SplitWords(dimension.name)) {
      if (Stem(part) == stem) return true;
    }
    const std::string& name = dimension.name;
    return word.size() >= 3 && name.size() > word.size() &&
           name.compare(name.size() - word.size(), word.size(), word) == 0;
  }

  // The column that an adjective compares, of an entity that is spoken of.
  std::optional<MemberRef> AttributeOf(const std::vector<std::string_view>& attributes,
                                       const std::vector<std::string_view>& flipped,
                                       Comparison* comparison, int only = -1) {
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

  static Comparison Turned(Comparison comparison) {
    switch (comparison) {
      case Comparison::kLess:
        return Comparison::kGreater;
      case Comparison::kGreater:
        return Comparison::kLess;
      case Comparison::kLessOrEqual:
        return Comparison::kGreaterOrEqual;
      case Comparison::kGreaterOrEqual:
        return Comparison::kLessOrEqual;
      default:
        return comparison;
    }
  }

  [[nodiscard]] std::vector<int> SpokenOf(int only) const {
    if (only >= 0) return {only};
    std::vector<int> entities = form_.mentions;
    for (const FormValue& output : form_.outputs) PushUnique(&entities, output.ref.entity);
    return entities;
  }

  [[nodiscard]] std::optional<MemberRef> ColumnWith(std::string_view word, bool any_type,
                                                    int only) const {
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

  std::optional<MemberRef> TimeOf(int only) {
    std::vector<MemberRef> found;
    for (const int entity : SpokenOf(only)) {
      const Entity& owner = EntityAt(entity);
      for (std::size_t d = 0; d < owner.dimensions.size(); ++d) {
        const Dimension& dimension = owner.dimensions[d];
        if (dimension.is_public && (IsTime(dimension) || IsYear(dimension))) {
          found.push_back({entity, static_cast<int>(d)});
        }
      }
      if (!found.empty()) break;
    }
    if (found.empty()) return std::nullopt;
    form_.score *= found.size() == 1 ? kPlainTime : kSeveralTimes;
    return found.front();
  }

  void AddSuperlatives() {
    if (outline_.superlatives.size() > 1) return Fail("two rankings in one question are not clear");
    for (const Superlative& superlative : outline_.superlatives) {
      if (superlative.scope > 0) return Fail("a ranking of what is excluded is not clear");
      AddSuperlative(superlative);
    }
  }

  void AddSuperlative(const Superlative& superlative) {
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
      return Fail("a ranking of what stands beside the answer is not clear");
    }
    PlaceRank(entity, rank);
    if (shows_rank_ && form_.rank) PushUnique(&form_.outputs, form_.rank->by);
  }

  // "students of the dorm that has the most amenities": the dorm is ranked, not its students.
  [[nodiscard]] bool IsAboutOther(const Superlative& superlative, const FormRank& rank) const {
    const PhraseReading* about = ReadingOf(superlative.about);
    if (about == nullptr || about->head != PhraseReading::Head::kEntity || !rank.by.IsAggregate()) {
      return false;
    }
    return about->ref.entity != rank.by.ref.entity && IsBeside(about->ref.entity);
  }

  [[nodiscard]] std::int64_t DefaultLimit(const Superlative& superlative) const {
    return superlative.ranks == Ranks::kSubject ? kDefaultTop : 1;
  }

  bool RankBy(const Superlative& superlative, FormRank* rank) {
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
  void AddUp(const Superlative& superlative, FormRank* rank) {
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
  bool CountSubject(const PhraseReading* subject, FormRank* rank) {
    if (subject == nullptr || subject->head == PhraseReading::Head::kNone) {
      // "who has the most", of what was spoken of.
      Fail("what the ranking counts is not clear");
      return false;
    }
    rank->by = {FormValue::Kind::kCount, {subject->ref.entity, -1}, {}};
    if (subject->head == PhraseReading::Head::kColumn) return true;
    // "the most popular course": by the rows that lead to it.
    Fail("what the ranking counts is not clear");
    return false;
  }

  bool RankByAttribute(const Superlative& superlative, int entity, FormRank* rank) {
    std::optional<MemberRef> column;
    if (superlative.ranks == Ranks::kTime) {
      column = TimeOf(entity);
    } else {
      column = AttributeOf(superlative.attributes, superlative.flipped, nullptr, entity);
      if (column && turned_) rank->descending = !rank->descending;
    }
    if (!column) {
      Fail("what the ranking goes by is not clear");
      return false;
    }
    rank->by = ColumnValue(*column);
    return true;
  }

  // Of the answer's rows, or of something that the answer's rows belong to.
  void PlaceRank(int subject, FormRank rank) {
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
  [[nodiscard]] bool IsBeside(int entity) const {
    return std::none_of(form_.outputs.begin(), form_.outputs.end(),
                        [&](const FormValue& output) { return output.ref.entity == entity; });
  }

  // ---- order ----

  void AddOrder() {
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
      if (form_.outputs.empty()) return;
      form_.order.push_back({form_.outputs.front(), *outline_.direction});
    }
  }

  // "in descending order of the count"
  bool SortByCount(const SortBy& sort) {
    for (const FormValue& output : form_.outputs) {
      if (output.kind != FormValue::Kind::kCount) continue;
      form_.order.push_back({output, sort.descending.value_or(false)});
      return true;
    }
    return false;
  }

  // "not from JFK" is a condition of the rows themselves.
  void TurnOwnExclusions() {
    const auto is_own = [&](const FormGroup& group) {
      if (!group.excluded || group.conditions.size() != 1) return false;
      const int entity = group.conditions[0].left.ref.entity;
      const bool alone = std::all_of(group.entities.begin(), group.entities.end(),
                                     [&](int other) { return other == entity; });
      return alone && !group.conditions[0].left.IsAggregate() && !form_.outputs.empty() &&
             form_.outputs.front().ref.entity == entity;
    };
    for (std::size_t i = 0; i < form_.nested.size();) {
      if (!is_own(form_.nested[i])) {
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

  void CheckShape() {
    if (outline_.share) Fail("shares are not supported yet");
    if (form_.outputs.empty()) Fail("what to show is not clear");
  }

  const Outline& outline_;
  const ReadingMap& readings_;
  const std::vector<Token>& tokens_;
  const semantic::Model& model_;
  const Lexicon& lexicon_;
  const EntityGraph& graph_;
  Form form_;
  std::vector<int> shown_entities_;
  bool turned_ = false;
  bool counts_rows_ = false;
  bool shows_rank_ = false;
  bool sorted_by_group_ = false;
  int last_run_ = 0;
  std::string failure_;
};

}  // namespace

Shaped ShapeForm(const Outline& outline, const ReadingMap& readings,
                 const std::vector<Token>& tokens, const semantic::Model& model,
                 const Lexicon& lexicon, const EntityGraph& graph) {
  return Shaper(outline, readings, tokens, model, lexicon, graph).Shape();
}

}  // namespace loupe::ask

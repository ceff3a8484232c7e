#include "core/ask/roles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <utility>

#include "core/base/utf8.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {
namespace {

using semantic::Aggregation;
using semantic::Dimension;
using semantic::DimensionType;
using semantic::Entity;
using semantic::Measure;

constexpr double kCueOpposed = 0.6;      // "from JFK" read as a destination
constexpr double kCueMissing = 0.95;     // a value of a directed dimension without its preposition
constexpr double kSiblingWeight = 0.85;  // "average revenue" where revenue is a sum
constexpr double kMaxLimit = 50'000;     // the semantic layer's own greatest limit

constexpr std::string_view kTotalWords[] = {"earnings", "expenses", "income",   "profit",
                                            "profits",  "revenue",  "revenues", "sales",
                                            "spending", "turnover"};
constexpr std::string_view kAggregateWords[] = {"average", "avg",     "max", "maximum", "mean",
                                                "min",     "minimum", "sum", "total"};
constexpr std::string_view kSourceWords[] = {"origin", "source", "from", "departure",
                                             "sender", "start",  "orig", "pickup"};
constexpr std::string_view kTargetWords[] = {"dest",    "destination", "target", "to",
                                             "arrival", "recipient",   "end",    "dropoff"};

const char* AggregateName(Aggregation aggregation) {
  switch (aggregation) {
    case Aggregation::kSum:
      return "total";
    case Aggregation::kAvg:
      return "average";
    case Aggregation::kMin:
      return "minimum";
    case Aggregation::kMax:
      return "maximum";
    case Aggregation::kCount:
      return "count";
    case Aggregation::kCountDistinct:
    case Aggregation::kCountDistinctApprox:
      return "number of different values";
    case Aggregation::kMedian:
      return "median";
    case Aggregation::kPercentile:
      return "percentile";
  }
  return "";
}

// kFrom or kTo when the dimension's name tells a direction.
MeaningKind DirectionOf(const Dimension& dimension) {
  for (const std::string& word : semantic::SplitWords(dimension.name)) {
    for (std::string_view source : kSourceWords) {
      if (word == source) return MeaningKind::kFrom;
    }
    for (std::string_view target : kTargetWords) {
      if (word == target) return MeaningKind::kTo;
    }
  }
  return MeaningKind::kNeutral;
}

Json NumberJson(double number) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (number == std::floor(number) && std::fabs(number) < kExact) {
    return static_cast<std::int64_t>(number);
  }
  return number;
}

class Walker {
 public:
  Walker(const std::vector<Item>& items, const semantic::Model& model, const Lexicon& lexicon)
      : items_(items), model_(model), lexicon_(lexicon) {}

  Roles Walk() {
    for (at_ = 0; at_ < items_.size() && roles_.failure.empty(); ++at_) {
      roles_.score *= Here().weight;
      Visit();
    }
    if (roles_.failure.empty() && roles_.negated) {
      Fail("this kind of negation is not understood");
    }
    return std::move(roles_);
  }

 private:
  enum class Mode { kNone, kGroup, kSort };

  const Meaning& Here() const { return *items_[at_].meaning; }
  const Item* Next() const { return at_ + 1 < items_.size() ? &items_[at_ + 1] : nullptr; }
  const Item* Previous() const { return at_ > 0 ? &items_[at_ - 1] : nullptr; }
  bool NextIs(MeaningKind kind) const { return Next() != nullptr && Next()->meaning->kind == kind; }
  bool PreviousIs(MeaningKind kind) const {
    return Previous() != nullptr && Previous()->meaning->kind == kind;
  }
  const Dimension& DimensionAt(MemberRef ref) const {
    return model_.entities[ref.entity].dimensions[ref.member];
  }
  std::string Quoted() const { return "\"" + items_[at_].text + "\""; }

  void Fail(std::string reason) {
    if (roles_.failure.empty()) roles_.failure = std::move(reason);
  }

  // What does not continue a list behind "by" ends it.
  static bool KeepsMode(MeaningKind kind) {
    switch (kind) {
      case MeaningKind::kAnd:
      case MeaningKind::kEntity:
      case MeaningKind::kDimension:
      case MeaningKind::kQuantity:
      case MeaningKind::kMeasure:
      case MeaningKind::kAggregate:
      case MeaningKind::kCount:
      case MeaningKind::kGrain:
      case MeaningKind::kDistinct:
      case MeaningKind::kDirection:
        return true;
      default:
        return false;
    }
  }

  void Visit() {
    if (!KeepsMode(Here().kind)) mode_ = Mode::kNone;
    switch (Here().kind) {
      case MeaningKind::kEntity:
        return VisitEntity();
      case MeaningKind::kDimension:
        return VisitDimension();
      case MeaningKind::kMeasure:
        return VisitMeasure();
      case MeaningKind::kQuantity:
        return VisitQuantity();
      case MeaningKind::kValue:
        return VisitValue();
      case MeaningKind::kAggregate:
        return VisitAggregate();
      case MeaningKind::kCount:
        if (!roles_.aggregates.empty()) return Fail("an aggregate of a count is not supported");
        roles_.counting = true;
        return;
      case MeaningKind::kSuperlative:
        return VisitSuperlative();
      case MeaningKind::kNumber:
        return VisitNumber();
      case MeaningKind::kComparison:
        return VisitComparison();
      case MeaningKind::kTime:
        if (roles_.range) return Fail("two time ranges in one question are not supported");
        roles_.range = Here().time;
        return;
      case MeaningKind::kGrain:
        return VisitGrain();
      case MeaningKind::kGroup:
        mode_ = Mode::kGroup;
        return;
      case MeaningKind::kSort:
        mode_ = Mode::kSort;
        return;
      case MeaningKind::kDirection:
        return VisitDirection();
      case MeaningKind::kNegation:
        roles_.negated = true;
        return;
      case MeaningKind::kOr:
        return VisitOr();
      case MeaningKind::kWhich:
        roles_.which = true;
        return;
      case MeaningKind::kList:
        roles_.listing = true;
        return;
      case MeaningKind::kDistinct:
        roles_.distinct = true;
        return;
      default:
        return;
    }
  }

  // ---- measures ----

  // A measure answers a ranking that waits for its number; behind "by" or "sorted by" it orders.
  void UseMeasure(MemberRef measure) {
    if (roles_.negated) return Fail("this kind of negation is not understood");
    if (std::find(roles_.measures.begin(), roles_.measures.end(), measure) ==
        roles_.measures.end()) {
      roles_.measures.push_back(measure);
    }
    const bool ranks = roles_.ranking && !roles_.ranking->satisfied;
    if (ranks) {
      roles_.ranking->satisfied = true;
      roles_.order.push_back({DraftOrder::Target::kMeasure, measure, roles_.ranking->descending});
    } else if (mode_ != Mode::kNone) {
      roles_.order.push_back({DraftOrder::Target::kMeasure, measure, mode_ == Mode::kGroup});
    }
    last_measure_ = measure;
    last_measure_at_ = at_;
  }

  void VisitMeasure() {
    const MemberRef named = {Here().entity, Here().member};
    const Measure& measure = model_.entities[named.entity].measures[named.member];
    roles_.counting = roles_.counting && measure.aggregation != Aggregation::kCount;
    if (roles_.counting) return Fail("a count of " + Quoted() + " is not in the model");
    const bool explicit_aggregate = NamesAggregate(items_[at_].text);
    if (explicit_aggregate && PreviousIs(MeaningKind::kAggregate)) RankByAggregate();
    if (!roles_.failure.empty()) return;
    const std::vector<Aggregation> wanted = std::exchange(roles_.aggregates, {});
    for (Aggregation aggregation : wanted) {
      if (measure.aggregation == aggregation) {
        UseMeasure(named);
        continue;
      }
      const std::optional<MemberRef> sibling = SiblingOf(named, aggregation);
      if (!sibling) return FailAggregate(aggregation);
      if (!explicit_aggregate) roles_.score *= kSiblingWeight;
      UseMeasure(*sibling);
    }
    if (wanted.empty() || explicit_aggregate) UseMeasure(named);
  }

  // Words that mean a sum by themselves: "revenue by month".
  static bool NamesTotal(std::string_view text) {
    return std::find(std::begin(kTotalWords), std::end(kTotalWords), AsciiLower(text)) !=
           std::end(kTotalWords);
  }

  // Tells whether a measure was named with its aggregate: "average delay", not "revenue".
  static bool NamesAggregate(std::string_view text) {
    const std::vector<std::string> words = semantic::SplitWords(text);
    return std::any_of(words.begin(), words.end(), [](const std::string& word) {
      return std::find(std::begin(kAggregateWords), std::end(kAggregateWords), word) !=
             std::end(kAggregateWords);
    });
  }

  // "the maximum average delay": an extreme of an aggregate ranks it.
  void RankByAggregate() {
    const Aggregation first = roles_.aggregates.back();
    const bool extreme = first == Aggregation::kMax || first == Aggregation::kMin;
    if (!extreme || roles_.ranking || roles_.aggregates.size() > 1) {
      return Fail("an aggregate of an aggregate is not supported");
    }
    roles_.aggregates.clear();
    Ranking ranking;
    ranking.descending = first == Aggregation::kMax;
    ranking.subject_before = !roles_.mentions.empty() || !roles_.bare.empty();
    roles_.ranking = ranking;
  }

  // The measure over the same numbers with another aggregation.
  std::optional<MemberRef> SiblingOf(MemberRef ref, Aggregation aggregation) const {
    for (const Quantity& quantity : lexicon_.quantities()) {
      const bool holds = quantity.entity == ref.entity &&
                         std::find(quantity.measures.begin(), quantity.measures.end(),
                                   ref.member) != quantity.measures.end();
      if (holds) return MeasureOf(model_, quantity, aggregation);
    }
    return std::nullopt;
  }

  void FailAggregate(Aggregation aggregation) {
    Fail(std::string("the model has no ") + AggregateName(aggregation) + " of " + Quoted());
  }

  void VisitAggregate() {
    if (roles_.counting) return Fail("an aggregate of a count is not supported");
    if (!roles_.aggregates.empty() && !PreviousIs(MeaningKind::kAnd)) {
      RankByAggregate();
      if (!roles_.failure.empty()) return;
    }
    if (NextIs(MeaningKind::kCount) || NextIs(MeaningKind::kEntity)) {
      const bool owner = NextIs(MeaningKind::kEntity) && at_ + 2 < items_.size() &&
                         (items_[at_ + 2].meaning->kind == MeaningKind::kQuantity ||
                          items_[at_ + 2].meaning->kind == MeaningKind::kMeasure);
      if (!owner && Here().aggregation != Aggregation::kSum) {
        return Fail("an aggregate of a count is not supported");
      }
      if (!owner) {  // "total orders" counts them
        roles_.counting = true;
        return;
      }
    }
    roles_.aggregates.push_back(Here().aggregation);
  }

  void VisitQuantity() {
    const Quantity& quantity = lexicon_.quantities()[Here().member];
    const MemberRef dimension = {quantity.entity, quantity.dimension};
    const bool total = roles_.aggregates.empty() && !roles_.counting && !roles_.listing &&
                       !NextIs(MeaningKind::kComparison) && NamesTotal(items_[at_].text) &&
                       MeasureOf(model_, quantity, Aggregation::kSum);
    if (total) roles_.aggregates.push_back(Aggregation::kSum);
    if (!roles_.aggregates.empty()) {
      const std::vector<Aggregation> wanted = std::exchange(roles_.aggregates, {});
      for (Aggregation aggregation : wanted) {
        const std::optional<MemberRef> measure = MeasureOf(model_, quantity, aggregation);
        if (!measure) return FailAggregate(aggregation);
        UseMeasure(*measure);
      }
      return;
    }
    if (roles_.counting) return CountDistinct(dimension);
    if (NextIs(MeaningKind::kComparison) || NumberFollows()) {
      if (dimension.member < 0) return Fail("rows cannot be filtered by " + Quoted());
      filter_target_ = dimension;
      filter_target_at_ = at_;
      return;
    }
    if (roles_.ranking && !roles_.ranking->satisfied) {
      roles_.ranking->satisfied = true;
      roles_.ranking->quantity = Here().member;
      return;
    }
    // "list products by price" sorts, "orders by quantity" counts.
    const bool sorts = mode_ == Mode::kGroup && roles_.listing && roles_.measures.empty();
    if (mode_ == Mode::kSort || sorts) {
      roles_.order_quantities.push_back(Here().member);
    } else if (mode_ == Mode::kGroup) {
      if (dimension.member < 0) return Fail("rows cannot be grouped by " + Quoted());
      roles_.groups.push_back(dimension);
    } else {
      roles_.bare_quantities.push_back(Here().member);
    }
  }

  // "how many different countries": only where the model counts them.
  void CountDistinct(MemberRef dimension) {
    roles_.counting = false;
    if (dimension.member < 0) return Fail("the model has no count of " + Quoted());
    const Entity& entity = model_.entities[dimension.entity];
    for (std::size_t m = 0; m < entity.measures.size(); ++m) {
      const Measure& measure = entity.measures[m];
      const Dimension& counted = entity.dimensions[dimension.member];
      const bool same = measure.column == counted.column && measure.sql == counted.sql;
      if (measure.is_public && same && measure.aggregation == Aggregation::kCountDistinct) {
        roles_.distinct = false;
        return UseMeasure({dimension.entity, static_cast<int>(m)});
      }
    }
    Fail("the model has no count of different values of " + Quoted());
  }

  // ---- things ----

  void VisitEntity() {
    const int entity = Here().entity;
    if (roles_.negated) return Fail("rows without " + Quoted() + " cannot be asked for yet");
    const bool qualifies = Next() != nullptr && Next()->begin == items_[at_].end &&
                           Next()->meaning->entity == entity &&
                           (NextIs(MeaningKind::kDimension) || NextIs(MeaningKind::kQuantity)) &&
                           (!items_[at_].plural || mode_ == Mode::kGroup);
    const bool countable = roles_.ranking && !roles_.ranking->satisfied &&
                           roles_.ranking->ranks == Ranks::kCountOrNumber;
    const bool ranked_by = mode_ != Mode::kNone && roles_.ranking && !roles_.ranking->satisfied;
    if (qualifies) {
      roles_.mentions.push_back(entity);
    } else if (roles_.counting || countable || ranked_by || mode_ == Mode::kSort) {
      roles_.counting = false;
      const std::optional<MemberRef> count = CountMeasure(model_, entity);
      if (!count) return Fail("the model has no count of " + Quoted());
      UseMeasure(*count);
    } else if (mode_ == Mode::kGroup) {
      roles_.group_entities.push_back(entity);
    } else {
      roles_.mentions.push_back(entity);
      roles_.plural_subject = roles_.plural_subject || items_[at_].plural;
    }
  }

  void VisitDimension() {
    const MemberRef ref = {Here().entity, Here().member};
    const Dimension& dimension = DimensionAt(ref);
    if (roles_.counting && dimension.type != DimensionType::kBoolean) return CountDistinct(ref);
    if (NextIs(MeaningKind::kValue) && Next()->meaning->entity == ref.entity &&
        Next()->meaning->member == ref.member) {
      return;  // only names what its neighbour is a value of
    }
    if (PreviousIs(MeaningKind::kValue) && Previous()->meaning->entity == ref.entity &&
        Previous()->meaning->member == ref.member && mode_ == Mode::kNone) {
      return;
    }
    if (dimension.type == DimensionType::kBoolean && mode_ == Mode::kNone &&
        (!roles_.listing || NextIs(MeaningKind::kEntity))) {
      AddFilter({ref, false, "equals", {Json(!std::exchange(roles_.negated, false))}});
      return;
    }
    if (dimension.type == DimensionType::kTime && NextIs(MeaningKind::kTime)) {
      roles_.time_dimension = ref;
      return;
    }
    const bool text = dimension.type == DimensionType::kString;
    if (text && NumberFollows() && mode_ == Mode::kNone && !roles_.ranking) {
      filter_target_ = ref;
      filter_target_at_ = at_;
      return;
    }
    if (roles_.negated) return Fail("this kind of negation is not understood");
    const bool counts = roles_.ranking && !roles_.ranking->satisfied &&
                        roles_.ranking->ranks == Ranks::kCountOrNumber && !PreviousIsNumber();
    if (counts) return CountDistinct(ref);
    if (mode_ == Mode::kSort) {
      roles_.order.push_back({DraftOrder::Target::kDimension, ref, false});
    } else if (mode_ == Mode::kGroup) {
      roles_.groups.push_back(ref);
    } else {
      roles_.bare.push_back(ref);
      roles_.plural_subject = roles_.plural_subject || items_[at_].plural;
    }
  }

  // "month 7", but not "month in 2013".
  bool NumberFollows() const {
    return NextIs(MeaningKind::kNumber) && Next()->begin == items_[at_].end;
  }

  bool PreviousIsNumber() const { return PreviousIs(MeaningKind::kNumber); }

  // ---- filters ----

  // Values of one dimension join into one filter: "from Germany or France".
  void AddFilter(DraftFilter filter) {
    for (DraftFilter& other : roles_.filters) {
      const bool joins = other.target == filter.target && !other.on_measure && !filter.on_measure &&
                         other.op == filter.op &&
                         (filter.op == "equals" || filter.op == "notEquals");
      if (!joins) continue;
      other.values.push_back(std::move(filter.values.front()));
      return;
    }
    roles_.filters.push_back(std::move(filter));
  }

  bool IsNamed(const Item* neighbour, MemberRef ref) const {
    return neighbour != nullptr && neighbour->meaning->kind == MeaningKind::kDimension &&
           neighbour->meaning->entity == ref.entity && neighbour->meaning->member == ref.member;
  }

  void VisitValue() {
    const MemberRef ref = {Here().entity, Here().member};
    const MeaningKind direction = DirectionOf(DimensionAt(ref));
    MeaningKind cue = items_[at_].cue;
    if (PreviousIs(MeaningKind::kOr) || PreviousIs(MeaningKind::kAnd)) cue = last_cue_;
    last_cue_ = cue;
    const bool directed = cue == MeaningKind::kFrom || cue == MeaningKind::kTo;
    if (!IsNamed(Previous(), ref) && !IsNamed(Next(), ref)) {
      if (directed && direction != MeaningKind::kNeutral && direction != cue) {
        roles_.score *= kCueOpposed;
      } else if (direction != cue && (directed || direction != MeaningKind::kNeutral)) {
        roles_.score *= kCueMissing;
      }
    }
    if (roles_.negated) last_negated_at_ = at_;
    const bool continues = at_ >= 2 && last_negated_at_ == at_ - 2 && last_negated_at_ > 0 &&
                           (PreviousIs(MeaningKind::kOr) || PreviousIs(MeaningKind::kAnd));
    const bool negated = std::exchange(roles_.negated, false) || continues;
    if (continues) last_negated_at_ = at_;
    AddFilter({ref, false, negated ? "notEquals" : "equals", {Here().value}});
  }

  void VisitNumber() {
    const double number = Here().number;
    if (filter_target_ && filter_target_at_ + 1 == at_) {
      const bool numeric = DimensionAt(*filter_target_).type == DimensionType::kNumber;
      const bool negated = std::exchange(roles_.negated, false);
      AddFilter({*filter_target_,
                 false,
                 negated ? "notEquals" : "equals",
                 {numeric ? NumberJson(number) : Json(items_[at_].text)}});
      filter_target_.reset();
      return;
    }
    const bool subject_follows = NextIs(MeaningKind::kEntity) || NextIs(MeaningKind::kDimension) ||
                                 NextIs(MeaningKind::kQuantity) ||
                                 NextIs(MeaningKind::kSuperlative);
    const bool ranks = PreviousIs(MeaningKind::kSuperlative) || NextIs(MeaningKind::kSuperlative) ||
                       (subject_follows && (roles_.listing || RankingFollows()));
    if (!ranks || roles_.limit || number < 1 || number > kMaxLimit ||
        number != std::floor(number)) {
      return Fail("the number " + Quoted() + " has no clear role");
    }
    roles_.limit = static_cast<std::int64_t>(number);
  }

  bool RankingFollows() const {
    return std::any_of(
        items_.begin() + static_cast<std::ptrdiff_t>(at_), items_.end(),
        [](const Item& item) { return item.meaning->kind == MeaningKind::kSuperlative; });
  }

  void VisitSuperlative() {
    if (roles_.ranking) return Fail("two rankings in one question are not supported");
    Ranking ranking;
    ranking.descending = Here().descending;
    ranking.ranks = Here().ranks;
    ranking.subject_before = !roles_.mentions.empty() || !roles_.bare.empty();
    roles_.ranking = ranking;
  }

  // "distance over 1000" compares what stands before, "more than 100 flights" what follows.
  void VisitComparison() {
    if (roles_.negated) return Fail("this kind of negation is not understood");
    DraftFilter filter;
    if (filter_target_ && filter_target_at_ + 1 == at_) {
      filter.target = *std::exchange(filter_target_, std::nullopt);
    } else if (last_measure_ && last_measure_at_ + 1 == at_) {
      filter.target = *last_measure_;
      filter.on_measure = true;
    } else if (!CompareFollowing(&filter)) {
      return Fail("what " + Quoted() + " compares is not clear");
    }
    const Meaning& comparison = *items_[comparison_at_.value_or(at_)].meaning;
    comparison_at_.reset();
    AddComparison(std::move(filter), comparison);
  }

  bool CompareFollowing(DraftFilter* filter) {
    if (Next() == nullptr || PreviousIs(MeaningKind::kQuantity)) return false;
    const Meaning& next = *Next()->meaning;
    std::optional<MemberRef> measure;
    if (next.kind == MeaningKind::kEntity) measure = CountMeasure(model_, next.entity);
    if (next.kind == MeaningKind::kMeasure) measure = MemberRef{next.entity, next.member};
    if (!measure) return false;
    comparison_at_ = at_;
    ++at_;
    roles_.score *= next.weight;
    if (std::find(roles_.measures.begin(), roles_.measures.end(), *measure) ==
        roles_.measures.end()) {
      roles_.measures.push_back(*measure);
    }
    filter->target = *measure;
    filter->on_measure = true;
    return true;
  }

  void AddComparison(DraftFilter filter, const Meaning& comparison) {
    static constexpr std::array<const char*, 5> kOperators = {"lt", "lte", "equals", "gte", "gt"};
    filter.values = {NumberJson(comparison.number)};
    if (comparison.comparison == Comparison::kBetween) {
      filter.op = "gte";
      DraftFilter upper = filter;
      upper.op = "lte";
      upper.values = {NumberJson(comparison.second_number)};
      roles_.filters.push_back(std::move(filter));
      roles_.filters.push_back(std::move(upper));
      return;
    }
    filter.op = kOperators[static_cast<std::size_t>(comparison.comparison)];
    roles_.filters.push_back(std::move(filter));
  }

  // ---- the rest ----

  void VisitGrain() {
    if (mode_ == Mode::kSort) {
      roles_.order.push_back({DraftOrder::Target::kGrain, {}, false});
      return;
    }
    if (roles_.grain && *roles_.grain != Here().grain) {
      return Fail("two time units in one question are not supported");
    }
    roles_.grain = Here().grain;
    const std::string& text = items_[at_].text;
    const bool adverb = text.size() > 2 && text.compare(text.size() - 2, 2, "ly") == 0;
    roles_.grain_grouped = roles_.grain_grouped || mode_ == Mode::kGroup || adverb;
    roles_.plural_subject = roles_.plural_subject || items_[at_].plural;
  }

  void VisitDirection() {
    if (roles_.order.empty() && roles_.order_quantities.empty()) {
      return Fail("what " + Quoted() + " sorts is not clear");
    }
    for (DraftOrder& order : roles_.order) order.descending = Here().descending;
    roles_.order_descending = Here().descending;
  }

  // "or" only joins values of one dimension.
  void VisitOr() {
    const bool values = PreviousIs(MeaningKind::kValue) && NextIs(MeaningKind::kValue) &&
                        Previous()->meaning->entity == Next()->meaning->entity &&
                        Previous()->meaning->member == Next()->meaning->member;
    if (!values) Fail("\"or\" is only understood between values of one kind");
  }

  const std::vector<Item>& items_;
  const semantic::Model& model_;
  const Lexicon& lexicon_;
  std::size_t at_ = 0;
  Mode mode_ = Mode::kNone;
  Roles roles_;
  std::optional<MemberRef> filter_target_;
  std::size_t filter_target_at_ = 0;
  std::optional<MemberRef> last_measure_;
  std::size_t last_measure_at_ = 0;
  std::optional<std::size_t> comparison_at_;
  MeaningKind last_cue_ = MeaningKind::kNeutral;
  std::size_t last_negated_at_ = 0;
};

}  // namespace

std::optional<MemberRef> CountMeasure(const semantic::Model& model, int entity) {
  const std::vector<Measure>& measures = model.entities[entity].measures;
  for (std::size_t m = 0; m < measures.size(); ++m) {
    const Measure& measure = measures[m];
    const bool rows =
        measure.aggregation == Aggregation::kCount && measure.column.empty() && measure.sql.empty();
    if (measure.is_public && rows) return MemberRef{entity, static_cast<int>(m)};
  }
  return std::nullopt;
}

std::optional<MemberRef> MeasureOf(const semantic::Model& model, const Quantity& quantity,
                                   Aggregation aggregation) {
  for (int member : quantity.measures) {
    const Measure& measure = model.entities[quantity.entity].measures[member];
    if (measure.aggregation == aggregation) return MemberRef{quantity.entity, member};
  }
  return std::nullopt;
}

Roles AssignRoles(const std::vector<Item>& items, const semantic::Model& model,
                  const Lexicon& lexicon) {
  return Walker(items, model, lexicon).Walk();
}

}  // namespace loupe::ask

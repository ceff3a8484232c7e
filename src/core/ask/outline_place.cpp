#include "core/ask/outline_walker.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/words.hpp"

namespace loupe::ask {

using semantic::Aggregation;

namespace {

constexpr double kClearlyMeant = 0.1;  // by how much one of two neighbours has to fit better

}  // namespace

void OutlineWalker::FlushPending() {
  // "how many" at the end of "… and how many": of what was last spoken of.
  if (counts_) {
    Operand count;
    count.counts = true;
    if (zone_ == Zone::kSort) {
      outline_.order.push_back({std::move(count), std::exchange(outline_.direction, {})});
      sort_open_ = true;
    } else {
      outline_.outputs.push_back(std::move(count));
    }
  }
  counts_ = false;
  aggregates_.clear();
  preposition_ = MeaningKind::kNeutral;
}

std::vector<Operand> OutlineWalker::TakeOperands(NounPhrase phrase) {
  const std::optional<NounPhrase> since = std::exchange(since_, std::nullopt);
  std::vector<Operand> operands = MakeOperands(std::move(phrase));
  for (Operand& operand : operands) {
    if (since) operand.since = *since;
  }
  return operands;
}

std::vector<Operand> OutlineWalker::MakeOperands(NounPhrase phrase) {
  std::vector<Operand> operands;
  const bool grows = std::exchange(grows_, false);
  if (std::exchange(shares_, false) || grows) {
    // "percentage of the total revenue", "ratio of the number of cancelled orders to …"
    Operand operand;
    operand.shared = !grows;
    operand.grows = grows;
    operand.counts = std::exchange(counts_, false);
    if (!aggregates_.empty()) operand.aggregation = aggregates_.front();
    aggregates_.clear();
    operand.phrase = std::move(phrase);
    operand.phrase.side = side_;
    operands.push_back(std::move(operand));
    return operands;
  }
  // "the average number of passengers" is an average.
  if (!aggregates_.empty()) counts_ = false;
  // "the numbers of publications and journals": of both.
  const auto follows_numbers = [&] {
    if (outline_.outputs.empty() || !outline_.outputs.back().counts) return false;
    const NounPhrase& before = outline_.outputs.back().phrase;
    if (before.empty() || before.parts.front() == segments_.data()) return false;
    const std::string text =
        TextAt(static_cast<std::size_t>(before.parts.front() - segments_.data()) - 1);
    return text == "numbers of" || text == "counts of";
  };
  if (aggregates_.empty() && zone_ == Zone::kOutput && connective_ == MeaningKind::kAnd &&
      NamesEntity(phrase) && follows_numbers()) {
    counts_ = true;
  }
  if (std::exchange(counts_, false)) {
    Operand operand;
    operand.counts = true;
    operand.totals = std::exchange(totals_, false);
    operand.phrase = phrase;
    operands.push_back(std::move(operand));
  }
  for (const Aggregation aggregation : aggregates_) {
    Operand operand;
    operand.aggregation = aggregation;
    operand.amount = amount_;
    operand.phrase = phrase;
    operands.push_back(std::move(operand));
  }
  // "the maximum and minimum price" where the latter is a measure: both.
  if (!aggregates_.empty() && NamesAggregate(phrase)) operands.push_back({phrase, {}, false});
  aggregates_.clear();
  if (operands.empty()) operands.push_back({std::move(phrase), std::nullopt, false});
  return operands;
}

// "the order count": of orders.
bool OutlineWalker::TakeCountBehind(const NounPhrase& phrase) {
  const std::string word = TextAt(at_);
  const bool counts = Kind() == MeaningKind::kCount && (word == "count" || word == "counts") &&
                      at_ > 0 && phrase.parts.back() == &segments_[at_ - 1] &&
                      NamesEntity(phrase) && !IsAwaited();
  if (counts) Next();
  return counts;
}

// A measure that is named with its aggregate: "minimum price".
bool OutlineWalker::NamesAggregate(const NounPhrase& phrase) const {
  if (phrase.parts.size() != 1) return false;
  const Segment& part = *phrase.parts.front();
  if (part.meanings.front().kind != MeaningKind::kMeasure) return false;
  const std::vector<Token> alone = {tokens_[part.begin]};  // not "maximum number of"
  const auto word = MatchPhrase(alone, 0);
  return word && word->meaning.kind == MeaningKind::kAggregate &&
         word->meaning.aggregation == part.meanings.front().aggregation;
}

bool OutlineWalker::ComparisonFollows() const {
  const MeaningKind kind = KindAt(SkipNeutral(at_));
  if (kind == MeaningKind::kNumber) {
    return OrMoreAt(SkipNeutral(at_) + 1).has_value() &&
           !IsTermAt(SkipNeutral(SkipNeutral(at_) + 3));
  }
  return kind == MeaningKind::kComparison || kind == MeaningKind::kPattern;
}

void OutlineWalker::Place(NounPhrase phrase) {
  phrase.negated = std::exchange(negated_, false) || phrase.negated;
  if (TakeCountBehind(phrase)) counts_ = true;
  if (std::exchange(ranks_by_, false)) return PlaceRankedBy(std::move(phrase));
  const bool column_like = NamesColumn(phrase) && !HasLiteral(phrase);
  if (column_like && zone_ != Zone::kGroup && ComparisonFollows() &&
      (zone_ == Zone::kModifier || !NamesEntity(phrase))) {
    return PlaceCompared(std::move(phrase));
  }
  last_ = phrase;
  switch (zone_) {
    case Zone::kGroup:
      return PlaceGroup(std::move(phrase));
    case Zone::kSort:
      return PlaceSort(std::move(phrase));
    case Zone::kModifier:
      return PlaceModifier(std::move(phrase));
    case Zone::kOutput:
      break;
  }
  PlaceOutput(std::move(phrase));
}

// "top 5 carriers by number of flights"
void OutlineWalker::PlaceRankedBy(NounPhrase phrase) {
  Operand by = TakeOperands(std::move(phrase)).front();
  if (NamesEntity(by.phrase) && !by.aggregation) by.counts = true;
  outline_.superlatives.back().by = std::move(by);
  zone_ = Zone::kModifier;
}

// "how many rooms cost more than 120": rooms are counted, their cost is compared.
void OutlineWalker::CountCompared(NounPhrase* phrase) {
  const Segment& first = *phrase->parts.front();
  if (!counts_ || phrase->parts.size() < 2 || IsLiteral(first) || BestOf(first, true) == 0) return;
  NounPhrase things = *phrase;
  things.parts.resize(1);
  phrase->parts.erase(phrase->parts.begin());
  PlaceOutput(std::move(things));
  zone_ = Zone::kModifier;
}

void OutlineWalker::PlaceCompared(NounPhrase phrase) {
  CountCompared(&phrase);
  // "in states with an area above 1000": the states' area.
  const bool owned = phrase.preposition == MeaningKind::kWith && last_ && nested_ == 0 &&
                     !outline_.mentions.empty() && outline_.mentions.back().parts == last_->parts;
  std::vector<Operand> operands = TakeOperands(phrase);
  if (owned) operands.front().phrase.owner = static_cast<int>(outline_.mentions.size()) - 1;
  last_ = std::move(phrase);
  at_ = SkipNeutral(at_);
  if (Kind() == MeaningKind::kPattern) return VisitPattern(operands.front().phrase);
  if (Kind() == MeaningKind::kNumber) {
    left_ = operands.front();
    VisitNumber();
    return;
  }
  VisitComparison(std::move(operands.front()));
}

void OutlineWalker::PlaceGroup(NounPhrase phrase) {
  if (IsAwaited()) {
    zone_ = Zone::kOutput;
    return PlaceOutput(std::move(phrase));
  }
  if (HasLiteral(phrase)) return AddMention(std::move(phrase));
  if (connective_ == MeaningKind::kComma && (!outline_.groups.empty() || outline_.grain)) {
    zone_ = Zone::kOutput;
    return PlaceOutput(std::move(phrase));
  }
  if (RestatesGroup(phrase)) return;
  outline_.groups.push_back(std::move(phrase));
  connective_ = MeaningKind::kNeutral;
}

// Whether nothing stands between the two.
bool OutlineWalker::Follows(const NounPhrase& before, const NounPhrase& phrase) {
  return !before.empty() && !phrase.empty() && before.parts.back() + 1 == phrase.parts.front();
}

double OutlineWalker::WeightOf(const NounPhrase& phrase) {
  const Segment& head = *phrase.parts.back();
  return std::max(BestOf(head, true), BestOf(head, false));
}

// "average lesson price" is of a price, where lessons are some column; "decoration type", where
// types are those of something else, is the decoration.
bool OutlineWalker::JoinsOutput(const NounPhrase& phrase) {
  if (outline_.outputs.empty() || IsFreshOutput() || IsAwaited()) return false;
  NounPhrase& before = outline_.outputs.back().phrase;
  if (!Follows(before, phrase) || before.plural || HasLiteral(before)) return false;
  if (WeightOf(before) >= WeightOf(phrase) + kClearlyMeant) return true;
  // "the number of official languages": numbers are of the head.
  const bool number = outline_.outputs.back().counts || outline_.outputs.back().aggregation;
  if (!number && WeightOf(phrase) < WeightOf(before) + kClearlyMeant) return false;
  before.parts = phrase.parts;
  before.plural = phrase.plural;
  return true;
}

bool OutlineWalker::RestatesGroup(const NounPhrase& phrase) const {
  return !outline_.groups.empty() && connective_ == MeaningKind::kNeutral &&
         Follows(outline_.groups.back(), phrase) && !outline_.groups.back().plural &&
         WeightOf(outline_.groups.back()) >= WeightOf(phrase) + kClearlyMeant;
}

// "sort the names by …", "sort the names in descending order of …": what was taken for the target
// is what is sorted, and shown where nothing else is.
void OutlineWalker::TurnSorted() {
  const bool shows = outline_.outputs.empty();
  for (SortBy& sort : outline_.order) {
    if (shows) {
      outline_.outputs.push_back(std::move(sort.by));
    } else {
      outline_.mentions.push_back(std::move(sort.by.phrase));
    }
  }
  outline_.order.clear();
  sort_open_ = false;
}

void OutlineWalker::PlaceSort(NounPhrase phrase) {
  if (HasLiteral(phrase)) return AddMention(std::move(phrase));
  for (Operand& operand : TakeOperands(std::move(phrase))) {
    outline_.order.push_back({std::move(operand), std::exchange(outline_.direction, {})});
  }
  sort_open_ = true;
}

// A measure, or a number column.
bool OutlineWalker::NamesNumber(const NounPhrase& phrase) {
  if (phrase.empty()) return false;
  const MeaningKind kind = phrase.parts.back()->meanings.front().kind;
  return kind == MeaningKind::kMeasure || kind == MeaningKind::kQuantity;
}

// "orders by status", "average delay by carrier"; but "songs by the singer".
bool OutlineWalker::GroupsBy(const NounPhrase& phrase) const {
  // What an aggregate or a count waits for is shown: PlaceGroup would hand it back.
  if (phrase.preposition != MeaningKind::kBy || HasLiteral(phrase) || IsAwaited() ||
      outline_.outputs.empty() || !outline_.superlatives.empty()) {
    return false;
  }
  // "transactions by users who joined in May": who did it.
  const MeaningKind next = KindAt(at_);
  const bool restricted =
      NamesEntity(phrase) &&
      (next == MeaningKind::kWho || next == MeaningKind::kThat || next == MeaningKind::kWith);
  if (restricted) return false;
  const Operand& last = outline_.outputs.back();
  const bool number =
      last.counts || last.aggregation || last.shared || last.grows || NamesNumber(last.phrase);
  const bool things = NamesEntity(last.phrase) && NamesColumn(phrase) && !NamesEntity(phrase);
  return number || things;
}

void OutlineWalker::PlaceModifier(NounPhrase phrase) {
  if (GroupsBy(phrase)) {
    zone_ = Zone::kGroup;
    return PlaceGroup(std::move(phrase));
  }
  const bool operand = IsAwaited();
  // "courses with a final project and a final exam": both are conditions.
  const bool joined = IsFreshOutput() && nested_ == 0 && !HasLiteral(phrase) &&
                      !NamesTruth(phrase) && phrase.preposition == MeaningKind::kNeutral;
  const bool behind_of = KindAt(at_) == MeaningKind::kOf;
  if (operand || (joined && NamesColumn(phrase) && (!NamesEntity(phrase) || behind_of))) {
    zone_ = Zone::kOutput;
    return PlaceOutput(std::move(phrase));
  }
  AddMention(std::move(phrase));
}

// "Italian food": a value of the very column that follows it.
bool OutlineWalker::RestatesColumn(const NounPhrase& phrase) {
  if (phrase.parts.size() < 2) return false;
  const std::vector<Meaning>& columns = phrase.parts.back()->meanings;
  const std::vector<Meaning>& values = phrase.parts[phrase.parts.size() - 2]->meanings;
  return std::any_of(values.begin(), values.end(), [&](const Meaning& value) {
    return value.kind == MeaningKind::kValue &&
           std::any_of(columns.begin(), columns.end(), [&](const Meaning& column) {
             return column.kind == MeaningKind::kDimension && column.entity == value.entity &&
                    column.member == value.member;
           });
  });
}

void OutlineWalker::PlaceOutput(NounPhrase phrase) {
  if (GroupsBy(phrase)) {
    zone_ = Zone::kGroup;
    connective_ = MeaningKind::kNeutral;  // a comma before "by" opens no further output
    return PlaceGroup(std::move(phrase));
  }
  const bool operand = IsAwaited();
  // "Kyle's id" is an id, "id 5" a condition.
  const bool ends_in_literal = HasLiteral(phrase) && IsLiteral(*phrase.parts.back());
  const bool things = HasLiteral(phrase) && (NamesEntity(phrase) || RestatesColumn(phrase));
  if ((ends_in_literal || things) && !operand) return AddMention(std::move(phrase));
  if (phrase.negated) return AddMention(std::move(phrase));
  if (JoinsOutput(phrase)) return;
  if (!IsFreshOutput()) ++run_;
  phrase.run = run_;
  // "how many dogs does each owner have", "how many templates do documents use": what stands
  // behind the verb is no further column.
  if (IsSubjectOfVerb(operand, phrase)) {
    zone_ = Zone::kModifier;
    return AddMention(std::move(phrase));
  }
  // "names of customers" in one: what follows is about the customers.
  const bool owned = phrase.parts.back()->meanings.front().owned;
  if (owned) zone_ = Zone::kModifier;
  for (Operand& one : TakeOperands(std::move(phrase))) outline_.outputs.push_back(std::move(one));
  run_open_ = !owned;
  accepts_output_ = false;
  connective_ = MeaningKind::kNeutral;
}

bool OutlineWalker::IsSubjectOfVerb(bool operand, const NounPhrase& phrase) const {
  if (operand || IsFreshOutput() || accepts_output_ || outline_.outputs.empty()) return false;
  const Operand& last = outline_.outputs.back();
  return NamesEntity(phrase) || phrase.preposition != MeaningKind::kNeutral || last.counts ||
         last.aggregation;
}

void OutlineWalker::AddMention(NounPhrase phrase) {
  // "in 2014 or 2015", "Spain or France": what follows is an alternative to what went before.
  const bool alternative = connective_ == MeaningKind::kOr;
  if (!alternative) ++alternative_;
  if (alternative && !HasLiteral(phrase) && !NamesEntity(phrase) && !NamesTruth(phrase)) {
    outline_.failure = "what is one of two alternatives is not clear";
    return;
  }
  phrase.side = side_;
  if (HasLiteral(phrase) && ContinuesPredicate(phrase)) return;
  if (HasLiteral(phrase)) {
    Predicate predicate = MakePredicate();
    predicate.alternative = alternative_;
    predicate.negated = phrase.negated;
    predicate.left.phrase = std::move(phrase);
    if (alternative && !outline_.predicates.empty()) {
      predicate.negated = predicate.negated || outline_.predicates.back().negated;
    }
    outline_.predicates.push_back(std::move(predicate));
  } else if (nested_ > 0) {
    outline_.nested[static_cast<std::size_t>(nested_) - 1].mentions.push_back(std::move(phrase));
  } else {
    // "schools founded before 1890 or schools with 500 pupils": the alternative is yet to come.
    const bool again = alternative && IsMentioned(phrase);
    OwnRun(phrase);
    outline_.mentions.push_back(std::move(phrase));
    if (again) return;
  }
  connective_ = MeaningKind::kNeutral;
}

// Whether the things were mentioned before.
bool OutlineWalker::IsMentioned(const NounPhrase& phrase) const {
  const Meaning& thing = phrase.parts.back()->meanings.front();
  return thing.kind == MeaningKind::kEntity &&
         std::any_of(outline_.mentions.begin(), outline_.mentions.end(),
                     [&](const NounPhrase& before) {
                       const Meaning& other = before.parts.back()->meanings.front();
                       return other.kind == thing.kind && other.entity == thing.entity;
                     });
}

// "in 2014 or 2015", "type code PP or PPT": a bare literal takes the place of the one before it.
bool OutlineWalker::ContinuesPredicate(const NounPhrase& phrase) {
  const bool bare =
      phrase.parts.size() == 1 && (phrase.parts[0]->meanings.front().kind == MeaningKind::kNumber ||
                                   phrase.parts[0]->meanings.front().kind == MeaningKind::kText);
  if (!bare || outline_.predicates.empty() || connective_ == MeaningKind::kNeutral) return false;
  Predicate next = outline_.predicates.back();
  if (next.with == Predicate::With::kTime || !next.literals.empty()) {
    next.literals = {phrase.parts[0]};
  } else if (next.left.phrase.parts.size() > 1) {
    next.left.phrase.parts.back() = phrase.parts[0];
  } else {
    return false;
  }
  // "in 2013 and 2014": no row is of both, so either is meant.
  const bool both = connective_ == MeaningKind::kAnd && next.comparison != Comparison::kEqual;
  if (both) next.alternative = ++alternative_;
  if (connective_ == MeaningKind::kComma) next.alternative = alternative_;
  outline_.predicates.push_back(std::move(next));
  connective_ = MeaningKind::kNeutral;
  return true;
}

// "names and ages of singers": what was shown just before belongs to the singers.
void OutlineWalker::OwnRun(const NounPhrase& phrase) {
  const bool owns = phrase.preposition == MeaningKind::kOf ||
                    phrase.preposition == MeaningKind::kIn ||
                    phrase.preposition == MeaningKind::kFrom;
  if (!std::exchange(run_open_, false) || !owns) return;
  for (Operand& output : outline_.outputs) {
    const bool free = output.phrase.run == run_ && output.phrase.owner < 0;
    if (free) output.phrase.owner = static_cast<int>(outline_.mentions.size());
  }
}

Predicate OutlineWalker::MakePredicate() {
  Predicate predicate;
  predicate.scope = nested_;
  predicate.side = side_;
  return predicate;
}

void OutlineWalker::AddPredicate(Predicate predicate) {
  if (connective_ != MeaningKind::kOr) ++alternative_;
  predicate.alternative = alternative_;
  predicate.negated = predicate.negated || std::exchange(negated_, false);
  connective_ = MeaningKind::kNeutral;
  outline_.predicates.push_back(std::move(predicate));
  preposition_ = MeaningKind::kNeutral;
}

}  // namespace loupe::ask

#include "core/ask/outline_walker.hpp"

#include <utility>

#include "core/ask/gradable.hpp"
#include "core/ask/name_words.hpp"
#include "core/ask/stem.hpp"
#include "core/ask/words.hpp"

namespace loupe::ask {

Operand OutlineWalker::TakeLeft() {
  Operand left;
  if (left_) left = *std::exchange(left_, std::nullopt);
  return left;
}

void OutlineWalker::VisitComparison(Operand left) {
  const Meaning& meaning = Here();
  const bool split = meaning.is_split;
  Predicate predicate = MakePredicate();
  predicate.comparison = meaning.comparison;
  predicate.attributes = meaning.attributes;
  predicate.flipped = meaning.flipped;
  if (left.phrase.empty() && (counts_ || !aggregates_.empty())) {
    counts_ = false;
    aggregates_.clear();
  }
  Next();
  if (split && !ReadSplitSide(&left)) {
    outline_.failure = "what is compared with is not clear";
    return;
  }
  at_ = SkipNeutral(at_);
  if (ReadAggregateSide(&predicate)) {
    if (IsOfSome()) {
      outline_.failure = "whose average is compared with is not clear";
      return;
    }
    const bool thing = left.phrase.empty() || NamesEntity(left.phrase);
    if (thing && !predicate.right.phrase.empty()) {
      left = predicate.right;
      left.aggregation.reset();
    }
    return FinishComparison(std::move(predicate), std::move(left));
  }
  // "above age 20": the noun stands between.
  const bool noun = IsTermAt(at_) && (!IsLiteralAt(at_) || IsMixed(at_));
  if (noun && IsLiteralAt(SkipNeutral(at_ + 1))) {
    preposition_ = MeaningKind::kNeutral;
    NounPhrase phrase;
    phrase.parts.push_back(&segments_[at_]);
    left.phrase = std::move(phrase);
    Next();
    at_ = SkipNeutral(at_);
    if (Kind() == MeaningKind::kOf) Next();
  }
  ReadLiterals(&predicate);
  if (predicate.literals.empty()) {
    outline_.failure = "what is compared with is not clear";
    return;
  }
  TurnAgo(&predicate);
  FinishComparison(std::move(predicate), std::move(left));
}

// "more than 3 years ago" is before that day.
void OutlineWalker::TurnAgo(Predicate* predicate) const {
  static constexpr std::string_view kPlain[] = {"before", "after", "since"};
  const Segment& time = *predicate->literals.front();
  const bool ago = time.meanings.front().kind == MeaningKind::kTime &&
                   tokens_[time.end - 1].lower == "ago" &&
                   !IsOneOf(kPlain, tokens_[time.begin - 1].lower);
  if (ago) predicate->comparison = Turned(predicate->comparison);
}

// "… the average salary of instructors in Physics", "of museums that opened after 2010": an
// aggregate over some rows only, up to the next condition.
bool OutlineWalker::IsOfSome() const {
  if (Kind() != MeaningKind::kOf && Kind() != MeaningKind::kIn && Kind() != MeaningKind::kFrom) {
    return false;
  }
  for (std::size_t at = at_; at < segments_.size(); ++at) {
    const MeaningKind kind = KindAt(at);
    if (kind == MeaningKind::kAnd || kind == MeaningKind::kOr || kind == MeaningKind::kComma ||
        kind == MeaningKind::kPause || kind == MeaningKind::kSort) {
      return false;
    }
    const bool restricts = IsLiteralAt(at) || kind == MeaningKind::kTime ||
                           kind == MeaningKind::kThat || kind == MeaningKind::kWith ||
                           kind == MeaningKind::kWho || kind == MeaningKind::kNumber ||
                           kind == MeaningKind::kNegation;
    if (restricts) return true;
  }
  return false;
}

// "more orders than": the orders.
bool OutlineWalker::ReadSplitSide(Operand* left) {
  at_ = SkipNeutral(at_);
  if (Kind() == MeaningKind::kAggregate) {
    left->aggregation = Here().aggregation;
    Next();
  }
  if (Kind() == MeaningKind::kCount) Next();
  preposition_ = MeaningKind::kNeutral;
  std::optional<NounPhrase> phrase = ReadPhraseAhead();
  if (!phrase || HasLiteral(*phrase) || TextAt(at_) != "than") return false;
  left->phrase = std::move(*phrase);
  return true;
}

// "less than the largest salary"; but not "… than the largest college".
bool OutlineWalker::ReadExtremeSide(Predicate* predicate) {
  if (Here().ranks != Ranks::kNumber) return false;
  const std::size_t saved = at_;
  const bool greatest = Here().descending;
  Next();
  std::optional<NounPhrase> phrase = ReadPhraseAhead();
  if (!phrase || HasLiteral(*phrase) || NamesEntity(*phrase) || !NamesColumn(*phrase)) {
    at_ = saved;
    return false;
  }
  predicate->with = Predicate::With::kAggregate;
  predicate->right.aggregation =
      greatest ? semantic::Aggregation::kMax : semantic::Aggregation::kMin;
  predicate->right.phrase = std::move(*phrase);
  return true;
}

// "the average", "the average price", "the average number of orders", "the average customer".
bool OutlineWalker::ReadAggregateSide(Predicate* predicate) {
  if (Kind() == MeaningKind::kMeasure && NamesAggregate(PhraseOf(at_))) {
    // Where the model has a measure of that name.
    predicate->with = Predicate::With::kAggregate;
    predicate->right.aggregation = Here().aggregation;
    predicate->right.phrase = PhraseOf(at_);
    Next();
    return true;
  }
  if (Kind() == MeaningKind::kSuperlative) return ReadExtremeSide(predicate);
  if (Kind() != MeaningKind::kAggregate) return false;
  predicate->with = Predicate::With::kAggregate;
  // "the overall average" is an average.
  for (; Kind() == MeaningKind::kAggregate; Next()) {
    predicate->right.aggregation = Here().aggregation;
  }
  const std::size_t saved = at_;
  const bool counts = Kind() == MeaningKind::kCount;
  if (counts || Kind() == MeaningKind::kOf) Next();
  std::optional<NounPhrase> phrase = ReadPhraseAhead();
  const bool column = phrase && !HasLiteral(*phrase) && (counts || !NamesEntity(*phrase));
  if (column) {
    predicate->right.phrase = std::move(*phrase);
    predicate->right.counts = counts;
    return true;
  }
  if (phrase && !HasLiteral(*phrase)) predicate->right_thing = std::move(*phrase);
  at_ = saved;  // it is spoken of as well
  return true;
}

void OutlineWalker::ReadLiterals(Predicate* predicate) {
  // "than the one with the most horsepower" is no number.
  if (TextAt(at_) == "one" && at_ > 0 && TextAt(at_ - 1) == "the") return;
  const std::size_t wanted = predicate->comparison == Comparison::kBetween ? 2 : 1;
  while (predicate->literals.size() < wanted && at_ < segments_.size()) {
    if (IsLiteralAt(at_) || KindAt(at_) == MeaningKind::kTime) {
      predicate->literals.push_back(&segments_[at_]);
    } else if (predicate->literals.empty() ||
               (Kind() != MeaningKind::kAnd && Kind() != MeaningKind::kTo &&
                Kind() != MeaningKind::kNeutral)) {
      return;
    }
    Next();
  }
}

// "advisors who advise more than 2 students": students are counted, though "advise" is a column.
bool OutlineWalker::CountsThings(const Predicate& predicate, const Operand& left) const {
  const bool number = predicate.with == Predicate::With::kLiteral &&
                      predicate.literals.size() == 1 &&
                      predicate.literals[0]->meanings.front().kind == MeaningKind::kNumber;
  const bool follows = number && !left.phrase.empty() && !left.aggregation && !left.counts &&
                       &segments_[at_] == predicate.literals[0] + 1 && at_ < segments_.size();
  if (!follows || !IsTermAt(at_) || IsLiteralAt(at_)) return false;
  return BestOf(segments_[at_], true) > BestOf(segments_[at_], false) &&
         IsPlural(tokens_[segments_[at_].end - 1].lower);
}

// "who visited at least twice", "that were ordered more than 5 times": visits and orders are
// counted. Passes over "times".
bool OutlineWalker::CountsTimes(const Predicate& predicate, const Operand& left) {
  if (!left.phrase.empty() || !predicate.attributes.empty() || predicate.literals.size() != 1) {
    return false;
  }
  const std::string& word = tokens_[predicate.literals[0]->begin].lower;
  const bool times = TextAt(at_) == "times" || TextAt(at_) == "time";
  const bool counts = (times || word == "once" || word == "twice") && last_ &&
                      !HasLiteral(*last_) && NamesEntity(*last_);
  if (counts && times) Next();
  return counts;
}

// The left side may follow the number: "more than 3 models".
void OutlineWalker::FinishComparison(Predicate predicate, Operand left) {
  if (SkipUnits() && left.phrase.empty() && predicate.attributes.empty()) {
    if (const auto old = GradableOf("old")) predicate.attributes = old->attributes;
  }
  if (CountsThings(predicate, left)) left = Operand();
  if (CountsTimes(predicate, left)) {
    predicate.follows = true;
    predicate.left.phrase = *last_;
    predicate.left.counts = true;
    return AddPredicate(std::move(predicate));
  }
  if (left.phrase.empty() && predicate.attributes.empty()) {
    std::size_t saved = at_;
    at_ = SkipNeutral(at_);
    if (Kind() == MeaningKind::kDistinct) Next();
    if (IsTermAt(at_) && !IsLiteralAt(at_)) {
      left.phrase = ReadPhrase();
      predicate.follows = true;
    } else {
      at_ = saved;
      if (last_ && NamesColumn(*last_) && !NamesEntity(*last_)) left.phrase = *last_;
    }
  }
  // "students who are older than 20": the students' age.
  const bool of_things = left.phrase.empty() && !predicate.attributes.empty() && last_ &&
                         NamesEntity(*last_) && connective_ == MeaningKind::kNeutral;
  if (of_things) left.phrase = *last_;
  const bool shares = left.phrase.empty() && connective_ != MeaningKind::kNeutral &&
                      !outline_.predicates.empty() && !outline_.predicates.back().literals.empty();
  if (shares) {
    left = outline_.predicates.back().left;
    if (!left.phrase.empty()) predicate.attributes.clear();
  }
  predicate.left = std::move(left);
  AddPredicate(std::move(predicate));
}

// "20 years old", "10 km"; true for an age.
bool OutlineWalker::SkipUnits() {
  bool old = false;
  while (Kind() == MeaningKind::kGrain || TextAt(at_) == "old" || TextAt(at_) == "dollars" ||
         TextAt(at_) == "percent" || TextAt(at_) == "%") {
    old = old || TextAt(at_) == "old";
    Next();
  }
  return old;
}

void OutlineWalker::VisitPattern(NounPhrase left) {
  Predicate predicate = MakePredicate();
  predicate.pattern = Here().pattern;
  Next();
  at_ = SkipNeutral(at_);
  while (at_ < segments_.size() && (Kind() == MeaningKind::kIn || Kind() == MeaningKind::kPattern))
    at_ = SkipNeutral(at_ + 1);
  if (at_ >= segments_.size() || Kind() == MeaningKind::kPause) {
    outline_.failure = "the text to look for is missing";
    return;
  }
  predicate.literals.push_back(&segments_[at_]);
  Next();
  // "having 'Hey' in its name"
  const std::size_t saved = at_;
  if (Kind() == MeaningKind::kIn) {
    Next();
    if (auto phrase = ReadPhraseAhead()) {
      left = std::move(*phrase);
    } else {
      at_ = saved;
    }
  }
  predicate.left.phrase = std::move(left);
  if (predicate.left.phrase.empty()) {
    outline_.failure = "what contains the text is not clear";
    return;
  }
  AddPredicate(std::move(predicate));
}

bool OutlineWalker::EndsWith(const NounPhrase& phrase, std::string_view ending) const {
  if (phrase.empty()) return false;
  const std::string& word = tokens_[phrase.parts.back()->end - 1].lower;
  return word.size() > ending.size() + 2 &&
         word.compare(word.size() - ending.size(), ending.size(), ending) == 0;
}

void OutlineWalker::VisitTime() {
  FlushPending();
  const bool continues = !outline_.predicates.empty() &&
                         outline_.predicates.back().with == Predicate::With::kTime &&
                         connective_ == MeaningKind::kAnd && Here().time.from && Here().time.to;
  if (continues) connective_ = MeaningKind::kOr;
  Predicate predicate = MakePredicate();
  predicate.with = Predicate::With::kTime;
  predicate.literals.push_back(&segments_[at_]);
  // "who ordered in 2024": the orders' time.
  const bool happened = last_ && EndsWith(*last_, "ed") && NamesEntity(*last_);
  if (happened || (last_ && NamesTime(*last_))) predicate.left.phrase = *last_;
  if (const auto comparison = OrMoreAt(at_ + 1)) {
    predicate.comparison = *comparison;
    at_ += 2;
  }
  AddPredicate(std::move(predicate));
  Next();
}

// "by day of week", "for each month of the year"
bool OutlineWalker::IsPartOfTime() const {
  std::size_t at = at_;
  while (at > 0 && KindAt(at - 1) == MeaningKind::kNeutral) --at;
  if (at < 2 || KindAt(at - 1) != MeaningKind::kOf) return false;
  const std::vector<Token> word = {tokens_[segments_[at - 2].end - 1]};
  return MatchGrain(word, 0).has_value();
}

void OutlineWalker::VisitGrain() {
  const std::string text = TextAt(at_);
  const bool periodic = text.find("ly") != std::string::npos || text == "annual";
  const bool grouped =
      zone_ == Zone::kGroup || preposition_ == MeaningKind::kBy || outline_.which || periodic;
  if (!grouped && zone_ != Zone::kSort) return VisitUnknown();
  if (zone_ == Zone::kSort) return Next();
  if (IsPartOfTime()) {
    outline_.failure =
        "groups by a part of a time, such as the day of the week, are not understood";
    return;
  }
  outline_.grain = Here().grain;
  outline_.grain_groups = zone_ == Zone::kGroup || preposition_ == MeaningKind::kBy || periodic;
  preposition_ = MeaningKind::kNeutral;
  Next();
}

}  // namespace loupe::ask

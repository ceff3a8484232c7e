#include "core/ask/outline_walker.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/name_words.hpp"
#include "core/ask/stem.hpp"

namespace loupe::ask {

using semantic::Aggregation;

bool IsTermKind(MeaningKind kind) {
  return kind == MeaningKind::kEntity || kind == MeaningKind::kDimension ||
         kind == MeaningKind::kMeasure || kind == MeaningKind::kQuantity ||
         kind == MeaningKind::kValue || kind == MeaningKind::kText;
}

Outline OutlineWalker::Walk() {
  while (at_ < segments_.size() && outline_.failure.empty()) Step();
  FlushPending();
  CloseGrowth();
  ShowSorted();
  if (shares_) outline_.failure = "what the share is of is not clear";
  MergeSentences();
  MergeSuperlatives();
  outline_.limit = limit_;
  return std::move(outline_);
}

void OutlineWalker::Step() {
  if (IsVerbOfShare()) return VisitVerbOfShare();
  switch (Kind()) {
    case MeaningKind::kUnknown:
      return VisitUnknown();
    case MeaningKind::kPause:
      return EndSentence();
    case MeaningKind::kAll:
      outline_.everything = true;
      [[fallthrough]];
    case MeaningKind::kList:
      StartOutputs();
      return Next();
    case MeaningKind::kWhich:
      return VisitWhich();
    case MeaningKind::kWho:
      return VisitWho();
    case MeaningKind::kWhen:
      outline_.when = outline_.when || AtSentenceStart();
      return Next();
    case MeaningKind::kThat:
    case MeaningKind::kWith:
      return VisitRelative();
    case MeaningKind::kCount:
      return VisitCount();
    case MeaningKind::kAggregate:
      return VisitAggregate();
    case MeaningKind::kDistinct:
      distinct_ = true;
      return Next();
    case MeaningKind::kShare:
      return VisitShare();
    case MeaningKind::kCompare:
      return VisitCompare();
    case MeaningKind::kGrowth:
      return VisitGrowth();
    case MeaningKind::kEarlier:
      return VisitEarlier();
    case MeaningKind::kDifference:
      return VisitDifference();
    case MeaningKind::kEach:
      return VisitEach();
    case MeaningKind::kBy:
    case MeaningKind::kOf:
    case MeaningKind::kFrom:
    case MeaningKind::kTo:
    case MeaningKind::kIn:
      return VisitPreposition();
    case MeaningKind::kAnd:
    case MeaningKind::kComma:
    case MeaningKind::kOr:
      return VisitConnective();
    case MeaningKind::kBoth:
      return VisitBoth();
    case MeaningKind::kSort:
      return VisitSort();
    case MeaningKind::kDirection:
      return VisitDirection();
    case MeaningKind::kComparison:
      return VisitComparison({});
    case MeaningKind::kPattern:
      return VisitPattern(TakeLast());
    case MeaningKind::kSuperlative:
      return VisitSuperlative();
    case MeaningKind::kNegation:
      return VisitNegation();
    case MeaningKind::kExcept:
      return VisitExcept();
    case MeaningKind::kTime:
      return VisitTime();
    case MeaningKind::kGrain:
      return VisitGrain();
    case MeaningKind::kUnit:
      outline_.unit = Here().grain;
      [[fallthrough]];
    case MeaningKind::kNeutral:
      return Next();
    default:
      return VisitPhrase();
  }
}

void OutlineWalker::VisitAggregate() {
  if (IsExtremeOfNumber()) return VisitSuperlative();
  aggregates_.push_back(Here().aggregation);
  amount_ = TextAt(at_).find("amount") != std::string::npos;
  if (zone_ == Zone::kModifier && IsFreshOutput()) zone_ = Zone::kOutput;
  Next();
}

void OutlineWalker::VisitSort() {
  FlushPending();
  CloseNested();
  zone_ = Zone::kSort;
  sort_open_ = false;
  Next();
}

void OutlineWalker::VisitExcept() {
  OpenNested(Nested::Kind::kMinus);
  zone_ = Zone::kModifier;
  Next();
}

// "of each" stays an "of".
void OutlineWalker::VisitEach() {
  // "all details for each swimmer"
  if (outline_.everything && outline_.outputs.empty()) return Next();
  const MeaningKind preposition = preposition_;
  FlushPending();
  preposition_ = preposition == MeaningKind::kOf ? preposition : MeaningKind::kNeutral;
  zone_ = Zone::kGroup;
  Next();
}

// "the maximum average delay" ranks by averages.
bool OutlineWalker::IsExtremeOfNumber() const {
  const bool extreme =
      Here().aggregation == Aggregation::kMax || Here().aggregation == Aggregation::kMin;
  const MeaningKind next = KindAt(SkipNeutral(at_ + 1));
  return extreme && zone_ == Zone::kModifier &&
         (next == MeaningKind::kAggregate || next == MeaningKind::kCount);
}

// "have authorized": a verb in the perfect.
bool OutlineWalker::HasHave(std::size_t token) const {
  static constexpr std::string_view kWords[] = {"have", "has", "had", "never", "not", "ever"};
  return token > 0 && IsOneOf(kWords, tokens_[token - 1].lower);
}

void OutlineWalker::VisitUnknown() {
  for (std::size_t t = segments_[at_].begin; t < segments_[at_].end; ++t) {
    outline_.unknown.push_back(tokens_[t].text);
    const bool last = t + 1 == segments_[at_].end;
    const bool before_thing = IsTermAt(at_ + 1) && !IsLiteralAt(at_ + 1) && !HasHave(t);
    const bool alternative = at_ > 0 && KindAt(at_ - 1) == MeaningKind::kOr;
    const bool restricts = last && IsPast(tokens_[t]) && (before_thing || alternative);
    if (restricts) outline_.restricting.push_back(tokens_[t].text);
  }
  Next();
}

void OutlineWalker::EndSentence() {
  FlushPending();
  CloseNested();
  zone_ = Zone::kOutput;
  accepts_output_ = true;
  connective_ = MeaningKind::kNeutral;
  if (!outline_.outputs.empty() && first_end_ == 0) first_end_ = outline_.outputs.size();
  last_.reset();
  preposition_ = MeaningKind::kNeutral;
  Next();
}

// "List …" in a second sentence tells what to show of what the first one asked for.
void OutlineWalker::StartOutputs() {
  FlushPending();
  CloseNested();
  outline_.listing = outline_.listing || AtSentenceStart();
  if (AtSentenceStart() && !outline_.outputs.empty()) relisted_ = true;
  zone_ = Zone::kOutput;
  accepts_output_ = true;
  connective_ = MeaningKind::kNeutral;
}

void OutlineWalker::VisitWhich() {
  // "in which", "for which" relate; "and what is" asks on.
  const bool relative =
      at_ > 0 &&
      (preposition_ != MeaningKind::kNeutral ||
       (KindAt(at_ - 1) != MeaningKind::kNeutral && KindAt(at_ - 1) != MeaningKind::kPause &&
        KindAt(at_ - 1) != MeaningKind::kAnd && KindAt(at_ - 1) != MeaningKind::kComma &&
        KindAt(at_ - 1) != MeaningKind::kList));
  if (relative && !outline_.outputs.empty()) {
    zone_ = Zone::kModifier;
  } else {
    outline_.which = true;
    zone_ = Zone::kOutput;
    accepts_output_ = true;
  }
  connective_ = MeaningKind::kNeutral;
  Next();
}

void OutlineWalker::VisitWho() {
  FlushPending();
  if (outline_.outputs.empty() && outline_.mentions.empty()) outline_.who = true;
  // "who are the governor and the comptroller": columns are shown, things are only named.
  const std::size_t next = SkipNeutral(at_ + 1);
  const bool column = outline_.who && next > at_ + 1 && IsTermAt(next) && !IsLiteralAt(next) &&
                      NamesColumn(PhraseOf(next)) && !NamesEntity(PhraseOf(next));
  zone_ = column ? Zone::kOutput : Zone::kModifier;
  accepts_output_ = accepts_output_ || column;
  connective_ = MeaningKind::kNeutral;
  Next();
}

void OutlineWalker::VisitRelative() {
  FlushPending();
  const bool asks = AtSentenceStart();
  if (!asks) zone_ = Zone::kModifier;
  if (Here().negated) {
    OpenNested(Nested::Kind::kExcluded);
  }
  preposition_ = MeaningKind::kWith;
  Next();
}

bool OutlineWalker::IsFreshOutput() const {
  return connective_ == MeaningKind::kAnd || connective_ == MeaningKind::kComma;
}

// "the phone number of the patients" is no count.
bool OutlineWalker::EndsName() const {
  const std::string& word = tokens_[segments_[at_].begin].lower;
  if (at_ == 0 || (word != "number" && word != "numbers") || !IsTermAt(at_ - 1)) return false;
  const Segment& before = segments_[at_ - 1];
  return !IsLiteralAt(at_ - 1) && !IsPlural(tokens_[before.end - 1].lower);
}

void OutlineWalker::VisitCount() {
  if (EndsName()) {
    if (!NamesColumn(PhraseOf(at_ - 1))) return VisitUnknown();
    preposition_ = MeaningKind::kOf;
    if (zone_ == Zone::kOutput) zone_ = Zone::kModifier;
    return Next();
  }
  if (SplitsTruth()) return;
  const std::vector<Aggregation> waiting = aggregates_;
  FlushPending();
  aggregates_ = waiting;
  totals_ = TextAt(at_).find("total") != std::string::npos;
  counts_ = true;
  if (zone_ != Zone::kSort && preposition_ != MeaningKind::kWith) zone_ = Zone::kOutput;
  Next();
}

// "… have an exam and how many do not?"
bool OutlineWalker::SplitsTruth() {
  const bool again = IsFreshOutput() && !outline_.outputs.empty() && outline_.outputs.back().counts;
  if (!again) return false;
  std::size_t at = SkipNeutral(at_ + 1);
  if (KindAt(at) == MeaningKind::kWith) at = SkipNeutral(at + 1);
  if (KindAt(at) != MeaningKind::kNegation || KindAt(SkipNeutral(at + 1)) != MeaningKind::kPause) {
    return false;
  }
  outline_.splits_truth = true;
  at_ = SkipNeutral(at + 1);
  return true;
}

// "owned by", "produced by": who did it, and no group.
bool OutlineWalker::FollowsVerb() const {
  if (at_ == 0) return false;
  const std::string before = TextAt(at_ - 1);
  const auto ends = [&](std::string_view ending) {
    return before.size() > ending.size() + 2 &&
           before.compare(before.size() - ending.size(), ending.size(), ending) == 0;
  };
  return ends("ed") || ends("en") || before == "done" || before == "made" || before == "won" ||
         before == "held" || before == "sold";
}

void OutlineWalker::VisitPreposition() {
  const MeaningKind kind = Kind();
  // "average of the ages": the aggregate waits for its noun.
  if (IsAwaited()) return Next();
  if (LeadsToWhole()) return VisitWhole();
  preposition_ = kind == MeaningKind::kBy && FollowsVerb() ? MeaningKind::kIn : kind;
  const bool ranks = kind == MeaningKind::kBy && !outline_.superlatives.empty() &&
                     outline_.superlatives.back().ranks != Ranks::kCountOrNumber &&
                     outline_.superlatives.back().by.phrase.empty();
  if (ranks) {
    ranks_by_ = true;
    preposition_ = MeaningKind::kNeutral;
    return Next();
  }
  // "sort the shops by …": the shops are only named.
  if (zone_ == Zone::kSort && kind == MeaningKind::kBy && sort_open_) TurnSorted();
  if (zone_ == Zone::kOutput && !outline_.outputs.empty()) zone_ = Zone::kModifier;
  if (zone_ == Zone::kOutput && AtSentenceStart()) zone_ = Zone::kModifier;
  if (zone_ == Zone::kGroup && kind != MeaningKind::kOf && !outline_.groups.empty()) {
    zone_ = Zone::kModifier;
  }
  if (zone_ == Zone::kSort && sort_open_ && kind != MeaningKind::kBy) zone_ = Zone::kModifier;
  Next();
}

void OutlineWalker::VisitConnective() {
  // "the number and the average price of products": the number stands alone.
  const bool lone = counts_ && Kind() != MeaningKind::kOr && KindAt(at_ - 1) == MeaningKind::kCount;
  if (lone) FlushPending();
  connective_ = Kind();
  const std::string text = TextAt(at_);
  const bool adds = text == "as well as" || text == "along with" || text == "together with";
  if (adds && zone_ == Zone::kModifier && nested_ == 0) zone_ = Zone::kOutput;
  if (connective_ != MeaningKind::kOr && nested_ > 0) {
    const bool both = outline_.nested[nested_ - 1].kind == Nested::Kind::kBoth;
    if (both && connective_ == MeaningKind::kAnd && !both_done_) {
      OpenNested(Nested::Kind::kBoth);
      both_done_ = true;
    } else if (connective_ == MeaningKind::kAnd && !both) {
      CloseNested();
    }
  }
  Next();
}

void OutlineWalker::VisitBoth() {
  if (zone_ == Zone::kModifier) {
    OpenNested(Nested::Kind::kBoth);
    both_done_ = false;
  }
  Next();
}

// "compare X with Y" begins a question, "X versus Y" links two values.
void OutlineWalker::VisitCompare() {
  outline_.compares = true;
  const std::string text = TextAt(at_);
  if (text == "compare" || text == "comparison of") {
    StartOutputs();
  } else {
    connective_ = MeaningKind::kOr;
  }
  Next();
}

void OutlineWalker::OpenNested(Nested::Kind kind) {
  FlushPending();
  outline_.nested.push_back({kind, {}, side_});
  nested_ = static_cast<int>(outline_.nested.size());
}

// "Sort the names of all authors in alphabetical order": they are shown as well.
void OutlineWalker::ShowSorted() {
  const bool asked = KindAt(SkipNeutral(0)) == MeaningKind::kSort && outline_.outputs.empty() &&
                     outline_.order.size() == 1 && !outline_.order.front().by.phrase.empty();
  if (asked) outline_.outputs.push_back(outline_.order.front().by);
}

// What a second sentence lists takes the place of what the first one only named.
void OutlineWalker::MergeSentences() {
  if (!relisted_ || first_end_ == 0 || first_end_ >= outline_.outputs.size()) return;
  // "which airports …? show the connect time": of which, has to be shown as well.
  const bool numbers = std::all_of(
      outline_.outputs.begin() + static_cast<std::ptrdiff_t>(first_end_), outline_.outputs.end(),
      [](const Operand& operand) { return !operand.counts && NamesNumber(operand.phrase); });
  if (numbers && outline_.which) return;
  std::vector<Operand> kept;
  for (std::size_t i = 0; i < outline_.outputs.size(); ++i) {
    Operand& operand = outline_.outputs[i];
    const bool plain = !operand.counts && !operand.aggregation && !operand.shared && !operand.grows;
    if (i < first_end_ && plain) {
      outline_.mentions.insert(outline_.mentions.begin(), std::move(operand.phrase));
    } else {
      kept.push_back(std::move(operand));
    }
  }
  outline_.outputs = std::move(kept);
}

// "the top 2 categories with the highest average rating": one ranking.
void OutlineWalker::MergeSuperlatives() {
  if (outline_.superlatives.size() != 2) return;
  Superlative& top = outline_.superlatives.front();
  Superlative& by = outline_.superlatives.back();
  const bool one = top.ranks == Ranks::kSubject && top.by.phrase.empty() && top.scope == by.scope &&
                   !by.limit && !by.by.phrase.empty();
  if (!one) return;
  by.limit = top.limit;
  by.subject = std::move(top.subject);
  outline_.superlatives.erase(outline_.superlatives.begin());
}

Outline OutlineOf(const std::vector<Segment>& segments, const std::vector<Token>& tokens) {
  return OutlineWalker(segments, tokens).Walk();
}

}  // namespace loupe::ask

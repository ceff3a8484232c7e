#include "core/ask/outline_walker.hpp"

#include <algorithm>
#include <utility>

namespace loupe::ask {

using semantic::Aggregation;

// "the lowest, the highest and the average temperature", "the average and largest wage": numbers
// of one thing.
bool OutlineWalker::IsListedExtreme() const {
  const bool number = Kind() == MeaningKind::kSuperlative && Here().ranks == Ranks::kNumber &&
                      zone_ == Zone::kOutput && !limit_;
  if (!number) return false;
  if (!aggregates_.empty()) return true;
  std::size_t next = at_ + 1;
  if (KindAt(next) == MeaningKind::kComma) ++next;
  if (KindAt(next) == MeaningKind::kAnd) ++next;
  if (next == at_ + 1) return false;
  next = SkipNeutral(next);
  return KindAt(next) == MeaningKind::kAggregate ||
         (KindAt(next) == MeaningKind::kSuperlative &&
          segments_[next].meanings.front().ranks == Ranks::kNumber);
}

void OutlineWalker::VisitSuperlative() {
  const Meaning& meaning = Here();
  // "from the oldest to the youngest"
  if (zone_ == Zone::kSort && sort_open_) {
    if (!outline_.order.back().descending) outline_.order.back().descending = meaning.descending;
    return Next();
  }
  if (IsListedExtreme()) {
    aggregates_.push_back(meaning.descending ? Aggregation::kMax : Aggregation::kMin);
    Next();
    if (Kind() == MeaningKind::kAnd || Kind() == MeaningKind::kComma) Next();
    return;
  }
  const std::string words = TextAt(at_);
  const bool least = words == "minimum number of";
  const bool aggregates = (least || words == "maximum number of") && zone_ == Zone::kOutput &&
                          (outline_.outputs.empty() || !aggregates_.empty());
  if (aggregates) {
    aggregates_.push_back(least ? Aggregation::kMin : Aggregation::kMax);
    return Next();
  }
  Superlative superlative;
  superlative.attributes = meaning.attributes;
  superlative.flipped = meaning.flipped;
  superlative.ranks = meaning.ranks;
  superlative.temporal = meaning.temporal;
  superlative.descending = meaning.kind == MeaningKind::kAggregate
                               ? meaning.aggregation == Aggregation::kMax
                               : meaning.descending;
  superlative.limit = std::exchange(limit_, std::nullopt);
  superlative.scope = nested_;
  // "the shop that is hiring the most employees": a verb names no thing.
  const bool thing =
      last_ && !HasLiteral(*last_) && !EndsWith(*last_, "ing") && !EndsWith(*last_, "ed");
  if (zone_ == Zone::kModifier && thing) superlative.about = *last_;
  const std::string text = TextAt(at_);
  const bool common = text.find("common") != std::string::npos ||
                      text.find("frequent") != std::string::npos ||
                      text.find("popular") != std::string::npos;
  Next();
  at_ = SkipNeutral(at_);
  if (Kind() == MeaningKind::kNumber && !superlative.limit) {
    superlative.limit = static_cast<std::int64_t>(Here().number);
    Next();
  }
  if (superlative.limit && (*superlative.limit < 1 || *superlative.limit > kMaxRankedRows)) {
    outline_.failure = "the number of rows to show is not clear";
    return;
  }
  // "the top 2 most common types": of the second word, so many.
  if (Kind() == MeaningKind::kSuperlative && superlative.ranks == Ranks::kSubject) {
    limit_ = superlative.limit;
    return VisitSuperlative();
  }
  ReadRanked(common, std::move(superlative));
}

void OutlineWalker::ReadRanked(bool common, Superlative superlative) {
  std::optional<Aggregation> aggregation;
  bool counts = false;
  if (Kind() == MeaningKind::kAggregate) {
    aggregation = Here().aggregation;
    Next();
  } else if (Kind() == MeaningKind::kCount) {
    counts = true;
    Next();
  }
  if (Kind() == MeaningKind::kOf) Next();
  if (Kind() == MeaningKind::kDifference) {
    if (auto first = ReadDifference()) superlative.by.since = std::move(*first);
  }
  std::optional<NounPhrase> phrase = ReadPhraseAhead();
  if (!phrase) {
    // "the payment method that is used most frequently"
    const bool lasts = common && last_ && !HasLiteral(*last_);
    if (lasts) superlative.subject = *last_;
    if (lasts) superlative.about = NounPhrase();
    outline_.superlatives.push_back(std::move(superlative));
    return;
  }
  if (!superlative.by.since.empty()) {
    // "the longest duration between departure and arrival"
    superlative.by.phrase = std::move(*phrase);
    superlative.by.aggregation = aggregation;
    outline_.superlatives.push_back(std::move(superlative));
    return;
  }
  last_ = *phrase;
  counts = counts || TakeCountBehind(*phrase);
  if (superlative.ranks == Ranks::kNumber && !counts && !aggregation && IsRankedAlike(*phrase)) {
    superlative.by.phrase = PhraseOf(*phrase->parts.front());
    phrase->parts.erase(phrase->parts.begin());
    last_ = *phrase;
    superlative.subject = *phrase;
    outline_.superlatives.push_back(std::move(superlative));
    return Place(std::move(*phrase));
  }
  // "trips with the top 3 durations": by the number.
  const bool by_number = superlative.ranks == Ranks::kSubject && zone_ == Zone::kModifier &&
                         superlative.limit && NamesNumber(*phrase) && !NamesEntity(*phrase) &&
                         !outline_.outputs.empty();
  if (by_number) {
    superlative.ranks = Ranks::kNumber;
    return RankByColumn(std::move(superlative), std::move(*phrase));
  }
  if (common || superlative.ranks == Ranks::kSubject || superlative.ranks == Ranks::kTime) {
    superlative.subject = *phrase;
  } else if (superlative.ranks == Ranks::kCountOrNumber || counts || aggregation) {
    superlative.by.phrase = *phrase;
    superlative.by.counts = counts || !aggregation;
    superlative.by.aggregation = aggregation;
    outline_.superlatives.push_back(std::move(superlative));
    return;
  } else if (NamesColumn(*phrase) && !NamesEntity(*phrase)) {
    return RankByColumn(std::move(superlative), std::move(*phrase));
  } else {
    superlative.subject = *phrase;
  }
  NounPhrase subject = superlative.subject;
  outline_.superlatives.push_back(std::move(superlative));
  Place(std::move(subject));
}

// "the highest-rated restaurant": of the highest rating.
bool OutlineWalker::IsRankedAlike(const NounPhrase& phrase) const {
  if (phrase.parts.size() < 2) return false;
  const Segment& first = *phrase.parts.front();
  return first.end == first.begin + 1 && IsPast(tokens_[first.begin]) && !IsLiteral(first) &&
         NamesNumber(PhraseOf(first)) && NamesEntity(phrase);
}

// "the highest grade of students" is a maximum; "the student with the highest grade" is ranked.
void OutlineWalker::RankByColumn(Superlative superlative, NounPhrase phrase) {
  const bool numbers =
      std::all_of(outline_.outputs.begin(), outline_.outputs.end(), [](const Operand& output) {
        return output.aggregation || output.counts || NamesNumber(output.phrase);
      });
  const bool asked = (zone_ == Zone::kOutput || zone_ == Zone::kGroup) && !superlative.limit &&
                     (outline_.outputs.empty() || (numbers && IsFreshOutput()));
  if (!asked) {
    superlative.by.phrase = std::move(phrase);
    outline_.superlatives.push_back(std::move(superlative));
    return;
  }
  aggregates_.push_back(superlative.descending ? Aggregation::kMax : Aggregation::kMin);
  PlaceOutput(std::move(phrase));
}

void OutlineWalker::VisitNegation() {
  Next();
  const std::size_t next = SkipNeutral(at_);
  const MeaningKind kind = KindAt(next);
  if (kind == MeaningKind::kComparison || kind == MeaningKind::kPattern || IsLiteralAt(next) ||
      kind == MeaningKind::kTime) {
    negated_ = true;
    return;
  }
  const bool column_is_literal = IsTermAt(next) &&
                                 ContinuesAt(next + 1, PhraseOf(next)) < segments_.size() &&
                                 IsLiteralAt(ContinuesAt(next + 1, PhraseOf(next)));
  if (column_is_literal) {
    negated_ = true;
    return;
  }
  zone_ = Zone::kModifier;
  OpenNested(Nested::Kind::kExcluded);
}

NounPhrase OutlineWalker::PhraseOf(std::size_t at) const { return PhraseOf(segments_[at]); }

NounPhrase OutlineWalker::PhraseOf(const Segment& segment) {
  NounPhrase phrase;
  phrase.parts.push_back(&segment);
  return phrase;
}

// "in descending order of age" and "sorted by age in descending order".
void OutlineWalker::VisitDirection() {
  const bool descending = Here().descending;
  const std::string text = TextAt(at_);
  const bool alphabetical =
      text.find("alphabet") != std::string::npos || text.find("lexicograph") != std::string::npos;
  const bool leads_on = text.size() > 3 && text.compare(text.size() - 3, 3, " of") == 0;
  if (leads_on && sort_open_ && outline_.outputs.empty()) TurnSorted();
  Next();
  CloseNested();
  FlushPending();
  const bool opens = !outline_.order.empty() && !outline_.order.back().descending;
  if (opens) {
    outline_.order.back().descending = descending;
    return;
  }
  outline_.direction = descending;
  outline_.alphabetical = alphabetical;
  zone_ = Zone::kSort;
  sort_open_ = false;
}

}  // namespace loupe::ask

#include <utility>

#include "core/ask/outline_walker.hpp"

namespace loupe::ask {

// "and", "to" or "until" between the two.
std::size_t OutlineWalker::NextOfPair(std::size_t at) const {
  at = SkipNeutral(at);
  const bool joins = KindAt(at) == MeaningKind::kAnd || KindAt(at) == MeaningKind::kTo;
  return joins ? at + 1 : segments_.size();
}

// The first of two columns, with the walk before the second: "departure and | arrival".
std::optional<NounPhrase> OutlineWalker::ReadDifference() {
  if (Here().has_unit) outline_.unit = Here().grain;
  Next();
  preposition_ = MeaningKind::kNeutral;
  std::optional<NounPhrase> first = ReadPhraseAhead();
  const std::size_t next = NextOfPair(at_);
  const bool pair = first && NamesColumn(*first) && !HasLiteral(*first) && next < segments_.size();
  if (!pair) {
    outline_.failure = "what the difference is of is not clear";
    return std::nullopt;
  }
  at_ = SkipNeutral(next);
  if (!IsTermAt(at_) || IsLiteralAt(at_))
    outline_.failure = "what the difference is of is not clear";
  return first;
}

void OutlineWalker::VisitDifference() {
  // "the number of days between": nothing is counted.
  counts_ = false;
  since_ = ReadDifference();
  if (zone_ == Zone::kModifier && IsFreshOutput()) zone_ = Zone::kOutput;
}

}  // namespace loupe::ask

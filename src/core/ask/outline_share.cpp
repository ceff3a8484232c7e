#include "core/ask/outline_walker.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/name_words.hpp"

namespace loupe::ask {

using semantic::Aggregation;

// "percentage of": what it is a share of comes next.
void OutlineWalker::VisitShare() {
  const bool averaged = aggregates_.size() == 1 && aggregates_.front() == Aggregation::kAvg;
  FlushPending();
  const bool continues = outline_.outputs.empty() || IsFreshOutput();
  if (outline_.share || nested_ > 0 || zone_ == Zone::kSort || !continues) {
    outline_.failure = "the place of the share in the question is not clear";
    return;
  }
  outline_.share = Share();
  outline_.share->shares = Here().shares;
  outline_.share->averaged = averaged;
  shares_ = true;
  zone_ = Zone::kOutput;
  Next();
}

// "what percentage of orders ARE cancelled", "… of customers HAVE orders", "… of reviews GIVE 5
// stars"; but not "orders that are cancelled".
bool OutlineWalker::IsVerbOfShare() const {
  if (!outline_.share || outline_.share->shares == Shares::kRatio || outline_.share->has_verb ||
      shares_ || outline_.share->has_to || at_ == 0) {
    return false;
  }
  const MeaningKind before = KindAt(at_ - 1);
  if (before == MeaningKind::kThat || before == MeaningKind::kWho ||
      before == MeaningKind::kWhich) {
    return false;
  }
  static constexpr std::string_view kVerbs[] = {"is",   "are",  "was", "were", "been",
                                                "have", "has",  "had", "do",   "does",
                                                "did",  "give", "get", "show", "come"};
  const std::string text = TextAt(at_);
  return std::find(std::begin(kVerbs), std::end(kVerbs), text) != std::end(kVerbs);
}

// What follows holds for the part.
void OutlineWalker::VisitVerbOfShare() {
  outline_.share->has_verb = true;
  CloseNested();
  side_ = Side::kBehindVerb;
  zone_ = Zone::kModifier;
  connective_ = MeaningKind::kNeutral;
  // "have no orders" opens its own group, "have orders" is of those with orders.
  preposition_ = Kind() == MeaningKind::kWith ? MeaningKind::kWith : MeaningKind::kNeutral;
  last_.reset();
  Next();
}

// "ratio of cancelled TO completed orders", "share of red ones out OF all", "proportion of papers
// with an award TO papers without"; but not "papers that belong to a dataset".
bool OutlineWalker::LeadsToWhole() const {
  static constexpr std::string_view kLeading[] = {"belong",    "belongs", "belonging", "related",
                                                  "connected", "linked",  "assigned",  "refer"};
  if (!outline_.share || outline_.share->has_to || outline_.share->has_verb || at_ == 0) {
    return false;
  }
  const std::string before = TextAt(at_ - 1);
  if (Kind() == MeaningKind::kOf) return before == "out";
  if (Kind() != MeaningKind::kTo || IsOneOf(kLeading, before)) return false;
  return outline_.share->shares == Shares::kRatio || RepeatsShared(SkipNeutral(at_ + 1));
}

// Whether the same things come once more as those that the share is of.
bool OutlineWalker::RepeatsShared(std::size_t at) const {
  if (!IsTermAt(at) || outline_.outputs.empty() || outline_.outputs.front().phrase.empty()) {
    return false;
  }
  const Segment& first = *outline_.outputs.front().phrase.parts.back();
  return tokens_[segments_[at].end - 1].stem == tokens_[first.end - 1].stem;
}

void OutlineWalker::VisitWhole() {
  outline_.share->has_to = true;
  outline_.share->is_out_of = Kind() == MeaningKind::kOf;
  CloseNested();
  side_ = Side::kBehindTo;
  shares_ = true;
  zone_ = Zone::kOutput;
  connective_ = MeaningKind::kNeutral;
  preposition_ = MeaningKind::kNeutral;
  last_.reset();
  Next();
}

}  // namespace loupe::ask

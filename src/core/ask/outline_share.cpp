#include "core/ask/outline_walker.hpp"

#include <algorithm>
#include <utility>

namespace loupe::ask {

// "percentage of": what it is a share of comes next.
void OutlineWalker::VisitShare() {
  FlushPending();
  const bool continues = outline_.outputs.empty() || IsFreshOutput();
  if (outline_.share || nested_ > 0 || zone_ == Zone::kSort || !continues) {
    outline_.failure = "the place of the share in the question is not clear";
    return;
  }
  outline_.share = Share();
  outline_.share->shares = Here().shares;
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

// "ratio of cancelled TO completed orders", "share of red ones out OF all".
bool OutlineWalker::LeadsToWhole() const {
  if (!outline_.share || outline_.share->has_to || outline_.share->has_verb) return false;
  const bool out_of = Kind() == MeaningKind::kOf && at_ > 0 && TextAt(at_ - 1) == "out";
  return out_of || (Kind() == MeaningKind::kTo && outline_.share->shares == Shares::kRatio);
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

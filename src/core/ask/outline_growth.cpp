#include <utility>

#include "core/ask/outline_walker.hpp"

namespace loupe::ask {

// "growth of": what grows comes next, or stands before: "orders per quarter and their growth".
void OutlineWalker::VisitGrowth() {
  FlushPending();
  const bool continues = outline_.outputs.empty() || IsFreshOutput();
  if (outline_.growth || nested_ > 0 || zone_ == Zone::kSort || !continues) {
    outline_.failure = "the place of the growth in the question is not clear";
    return;
  }
  outline_.growth = Growth();
  grows_ = true;
  zone_ = Zone::kOutput;
  Next();
}

// "over the previous quarter"
void OutlineWalker::VisitEarlier() {
  if (!outline_.growth || outline_.growth->is_told) {
    outline_.failure = "what is compared with the period before is not clear";
    return;
  }
  CloseGrowth();
  outline_.growth->is_told = true;
  if (!Here().is_any_grain) outline_.growth->against = Here().grain;
  zone_ = Zone::kModifier;
  Next();
}

// A growth of nothing is that of the last output.
void OutlineWalker::CloseGrowth() {
  if (!std::exchange(grows_, false)) return;
  Operand operand;
  operand.grows = true;
  outline_.outputs.push_back(std::move(operand));
}

}  // namespace loupe::ask

// Rank: decides between the readings: answer, ask back, or abstain.
//
// The score of a reading is the product of how well its words fit and how much it had to assume; it
// ranks. The confidence of the first one (ConfidenceOf) says whether it answers.
// Two different statements within kMargin of each other are not told apart: the person is asked.
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_RANK_HPP
#define LOUPE_CORE_ASK_RANK_HPP

#include "core/ask/lexicon.hpp"
#include "core/ask/outline.hpp"
#include "core/ask/read.hpp"
#include "core/base/context.hpp"

namespace loupe::ask {

constexpr double kMargin = 0.97;  // a second reading this near the first, as a factor
constexpr std::size_t kMaxAlternatives = 4;

[[nodiscard]] Reading Decide(const Outline& outline, const std::vector<Token>& tokens,
                             const semantic::Model& model, const Lexicon& lexicon,
                             const DateTime& now, Layer layer, const Context& context,
                             const ReadOptions& options = {});

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_RANK_HPP

// Rank: decides between the readings: answer, ask back, or abstain.
//
// The score of a reading is the product of how well its words fit and how much it had to assume.
// Two different queries within kMargin of each other are not told apart: the person is asked.
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_RANK_HPP
#define LOUPE_CORE_ASK_RANK_HPP

#include <vector>

#include "core/ask/interpret.hpp"
#include "core/ask/lexicon.hpp"
#include "core/ask/read.hpp"
#include "core/ask/tokens.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

constexpr double kMargin = 0.05;          // score between readings that counts as a difference
constexpr double kLeastConfidence = 0.3;  // below it a reading is not shown as an answer
constexpr std::size_t kMaxAlternatives = 4;

[[nodiscard]] Reading Decide(Interpretations interpretations, const semantic::Model& model);

// Abstains because of tokens that mean nothing here; names them and offers what is near or known.
[[nodiscard]] Reading AbstainUnknown(const std::vector<Token>& tokens,
                                     const std::vector<std::size_t>& unknown,
                                     const semantic::Model& model, const Lexicon& lexicon);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_RANK_HPP

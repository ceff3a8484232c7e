// Interpret: gives the chosen meanings their roles in one query, or says why they have none.
//
//   which carrier has the highest average arrival delay
//     carrier → subject    highest → ranking    average + arrival delay → measure
//     = measures [flights.avg_arr_delay], dimensions [flights.carrier], order desc, limit 1
//
// Every content word must get a role: an entity that is mentioned must be counted, grouped by,
// listed, filtered or the owner of a member that is; a number must limit, compare or filter. What
// the query language cannot say (nested aggregates, anti-joins, "or" across members) fails.
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_INTERPRET_HPP
#define LOUPE_CORE_ASK_INTERPRET_HPP

#include <string>
#include <vector>

#include "core/ask/draft.hpp"
#include "core/ask/lexicon.hpp"
#include "core/ask/meaning.hpp"
#include "core/ask/tokens.hpp"
#include "core/base/context.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

// Rows that "top carriers" shows when no number is named.
constexpr int kDefaultTop = 10;

struct Interpretations {
  std::vector<Draft> drafts;  // best first, distinct queries
  std::string failure;        // of the best combination without a draft, in words
};

// Tries the combinations of meanings, at most kMaxCombinations, best weights first.
[[nodiscard]] Interpretations InterpretSegments(const std::vector<Segment>& segments,
                                                const std::vector<Token>& tokens,
                                                const semantic::Model& model,
                                                const Lexicon& lexicon, const Context& context);

constexpr std::size_t kMaxCombinations = 1024;

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_INTERPRET_HPP

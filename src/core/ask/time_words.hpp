// Time words: the expressions of time in a question, as half-open ranges.
//
//   in July 2013 → [2013-07-01, 2013-08-01)      since 2012 → [2012-01-01, …)
//   Q3 2013 → [2013-07-01, 2013-10-01)           last 7 days → the seven whole days before today
//
// "Last N units" means whole units without the current one, as in semantic queries. A month or
// quarter without a year is kept as its number: the reading decides what it can mean.
//
// Tested by test/unit/ask_time_words_test.cpp.
#ifndef LOUPE_CORE_ASK_TIME_WORDS_HPP
#define LOUPE_CORE_ASK_TIME_WORDS_HPP

#include <cstddef>
#include <optional>
#include <vector>

#include "core/ask/tokens.hpp"
#include "core/ask/words.hpp"

namespace loupe::ask {

// The time expression that begins at token `at`, its preposition included where it changes the
// meaning (before, since, between …). A bare year without a word that announces a time weighs less.
[[nodiscard]] std::optional<PhraseMatch> MatchTime(const std::vector<Token>& tokens, std::size_t at,
                                                   const DateTime& now);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_TIME_WORDS_HPP

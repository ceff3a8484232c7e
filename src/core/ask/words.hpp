// Words: the English function words and phrases that give a question its shape.
//
//   "how many" → kCount     "for each" → kGroup     "at most" → (a comparison's head)
//
// Everything that is in no table here and in no model is a content word that nobody understands:
// the reason to abstain.
//
// Tested by test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_WORDS_HPP
#define LOUPE_CORE_ASK_WORDS_HPP

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/ask/meaning.hpp"
#include "core/ask/tokens.hpp"

namespace loupe::ask {

struct PhraseMatch {
  std::size_t end = 0;  // token behind the phrase
  Meaning meaning;
};

// The longest phrase that begins at token `at`.
[[nodiscard]] std::optional<PhraseMatch> MatchPhrase(const std::vector<Token>& tokens,
                                                     std::size_t at);

// Tells whether the words at `at` are those of `phrase` (lower case, single blanks); returns their
// number, else 0.
[[nodiscard]] std::size_t CountPhraseTokens(const std::vector<Token>& tokens, std::size_t at,
                                            std::string_view phrase);

// A number in digits or as a word up to twelve.
[[nodiscard]] std::optional<double> NumberAt(const std::vector<Token>& tokens, std::size_t at);

// Matches a number with the words that multiply it: "a hundred thousand", "2.5 million".
[[nodiscard]] std::optional<PhraseMatch> MatchNumber(const std::vector<Token>& tokens,
                                                     std::size_t at);

// "month", "monthly", "days": a unit to group by. Not where "of the week" and the like follow,
// which asks for something else.
[[nodiscard]] std::optional<PhraseMatch> MatchGrain(const std::vector<Token>& tokens,
                                                    std::size_t at);

// Tells whether the word is a form of a verb that links things and says little of its own.
[[nodiscard]] bool IsCommonVerb(const std::string& lower);

// Tells whether a word in lower case is a common verb or has the ending of a form of one.
[[nodiscard]] bool IsVerbForm(const std::string& lower);

// Tells whether the word behind the name of a number only says that it is one: "RAM size".
[[nodiscard]] bool IsMeasuringNoun(std::string_view lower);

// Tells whether the word is a noun that says little where nothing is called so: "the details of".
[[nodiscard]] bool IsVagueNoun(std::string_view lower);

// Tells whether the word only carries grammar, so that no value begins or ends with it.
[[nodiscard]] bool IsFunctionWord(const Token& token);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_WORDS_HPP

// Synonyms: names of the model in other words than its own.
//
//   how many clients      customers, where no client is known
//   enterprise titles     company_name: a word for each of the name's
//   family name           last_name: two words for two
//
// A word that names something here keeps its meaning; only one that names nothing stands for
// others, and words that mean something together, whatever each means alone ("last name": surname).
//
// Tested by test/unit/ask_synonyms_test.cpp.
#ifndef LOUPE_CORE_ASK_SYNONYMS_HPP
#define LOUPE_CORE_ASK_SYNONYMS_HPP

#include <cstddef>
#include <vector>

#include "core/ask/lexicon.hpp"
#include "core/ask/tokens.hpp"

namespace loupe::ask {

struct SynonymMatch {
  std::size_t begin = 0;
  TermMatch term;
};

// What else each token that is `open` may be called, by single words.
[[nodiscard]] OtherWords OtherWordsOf(const std::vector<Token>& tokens,
                                      const std::vector<bool>& open);

// All names that other words of the tokens may mean; `others` as OtherWordsOf gives them. In the
// order of the tokens.
[[nodiscard]] std::vector<SynonymMatch> MatchSynonyms(const std::vector<Token>& tokens,
                                                      const OtherWords& others,
                                                      const std::vector<bool>& open,
                                                      const Lexicon& lexicon);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_SYNONYMS_HPP

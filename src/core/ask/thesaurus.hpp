// Thesaurus: English words that mean about the same, from WordNet 3.0 (Fellbaum 1998).
//
//   SynonymsOf("vocalist")   singer 0.9, …
//   BaseForms("cities")      city
//
// The table is made by scripts/derive-thesaurus; nothing is read or built at run time.
//
// Tested by test/unit/ask_thesaurus_test.cpp.
#ifndef LOUPE_CORE_ASK_THESAURUS_HPP
#define LOUPE_CORE_ASK_THESAURUS_HPP

#include <string>
#include <string_view>
#include <vector>

namespace loupe::ask {

struct Synonym {
  std::string_view word;  // one or two words, lower case
  double weight = 0;      // 0 to 1
};

// Words that mean about the same as a base form in lower case, best first.
[[nodiscard]] std::vector<Synonym> SynonymsOf(std::string_view lemma);

// Tells whether the table has the word.
[[nodiscard]] bool IsKnownWord(std::string_view lower);

// What an inflected word may be a form of, itself first: WordNet's rules of detachment.
[[nodiscard]] std::vector<std::string> BaseForms(std::string_view lower);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_THESAURUS_HPP

// Thesaurus: English words that mean about the same in any schema, and the base forms of inflected
// words, both from WordNet 3.0 (Miller 1995, Fellbaum 1998) by scripts/derive-thesaurus.
//
//   SynonymsOf("vocalist")            singer 0.9, …
//   Relatedness("cost", "price")      0.8
//   BaseForms("children")             children, child
//
// The tables are constant bytes, sorted by word, searched where they lie: nothing is read, built or
// relocated when the library is loaded. One entry a line; a digit is the weight of the words behind
// it in tenths, so no word may hold one.
//
//   vocalist9singer\n
//
// A weight tells how alike two words are in the senses that texts give them most: from 0.8 on they
// may stand for each other, below 0.6 they only have to do with each other.
//
// Tested by test/unit/ask_thesaurus_test.cpp.
#ifndef LOUPE_CORE_ASK_THESAURUS_HPP
#define LOUPE_CORE_ASK_THESAURUS_HPP

#include <string>
#include <string_view>
#include <vector>

namespace loupe::ask {

struct Synonym {
  std::string_view word;  // one or two words, lower case; lives as long as the program
  double weight = 0;      // 0 to 1
};

// Words that mean about the same as a base form in lower case, one or two words joined by a blank;
// best first, at most 32. Empty when the word is unknown.
[[nodiscard]] std::vector<Synonym> SynonymsOf(std::string_view lemma);

// 1 for the same word, 0 for words that no entry joins, else the weight; symmetric. Allocates
// nothing.
[[nodiscard]] double Relatedness(std::string_view a, std::string_view b);

// Tells whether the thesaurus has an entry for a base form: most words that texts use have one.
[[nodiscard]] bool IsKnownWord(std::string_view lemma);

// The same for any form of one: "places".
[[nodiscard]] bool IsKnownForm(std::string_view lower);

// What a lower-case word may be a form of: itself first, then the bases of its irregular forms,
// then those that the rules of detachment find and the thesaurus knows. A plural of an unknown word
// keeps the likeliest base ("widgets": widget). At most five.
[[nodiscard]] std::vector<std::string> BaseForms(std::string_view lower);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_THESAURUS_HPP

// Stem: folds the common endings of English words, so that "flights" finds "flight" and "shipped"
// finds "shipping". Both the question's and the model's words pass through it.
//
//   countries → countri, country → countri     buses → bus, bus → bus     planes → plane
//
// Tested by test/unit/ask_tokens_test.cpp.
#ifndef LOUPE_CORE_ASK_STEM_HPP
#define LOUPE_CORE_ASK_STEM_HPP

#include <string>
#include <string_view>

namespace loupe::ask {

// Demands a lower-case word; words with bytes beyond ASCII come back unchanged.
[[nodiscard]] std::string Stem(std::string_view lower);

// Tells whether the word is a plural by its form ("flights", "people").
[[nodiscard]] bool IsPlural(std::string_view lower);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_STEM_HPP

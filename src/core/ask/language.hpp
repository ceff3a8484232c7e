// Language: what language a question seems to be written in, where it is not English.
//
//   Wie viele Kunden gibt es?   German    (its small words: wie, viele, gibt, es)
//   有多少客户？                  Chinese   (its letters)
//   DELETE FROM customers       SQL       (how it begins)
//
// Only English is read; the guess makes the refusal plain. A language is added by a row of small
// words that are no English ones, or by a range of letters.
//
// Tested by test/unit/ask_language_test.cpp.
#ifndef LOUPE_CORE_ASK_LANGUAGE_HPP
#define LOUPE_CORE_ASK_LANGUAGE_HPP

#include <string_view>
#include <vector>

#include "core/ask/tokens.hpp"

namespace loupe::ask {

// "German", "Chinese", "Cyrillic letters", "SQL"; empty for English and where nothing speaks for
// another. A language needs two small words of its own, and more of them than there are English
// ones; an alphabet needs more than half of the letters.
[[nodiscard]] std::string_view ForeignLanguageOf(const std::vector<Token>& tokens);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_LANGUAGE_HPP

// Tokens: a question cut into words, numbers, quoted values and symbols. The first phase.
//
//   Top 5 carriers in "New York"?   →   top | 5 | carriers | in | "New York" | ?
//
// A word is a run of letters, digits and apostrophes; an underscore or a hyphen ends it, so that
// identifiers fall into their words. Bytes beyond ASCII are letters, except typographic quotes,
// dashes and spaces. ISO dates and months are one token each.
//
// Tested by test/unit/ask_tokens_test.cpp.
#ifndef LOUPE_CORE_ASK_TOKENS_HPP
#define LOUPE_CORE_ASK_TOKENS_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.hpp"

namespace loupe::ask {

constexpr std::size_t kMaxQuestionBytes = std::size_t{64} << 10;
constexpr std::size_t kMaxTokens = 512;

enum class TokenKind { kWord, kNumber, kDate, kQuoted, kSymbol };

struct Token {
  TokenKind kind = TokenKind::kWord;
  std::string text;       // as written, without quotes and possessive endings
  std::string lower;      // ASCII-folded; contractions of "not" become "not"
  std::string stem;       // of words, else empty
  double number = 0;      // of kNumber
  bool ordinal = false;   // of kNumber: "4th"
  std::size_t begin = 0;  // bytes of the question, quotes included
  std::size_t end = 0;
};

// Cuts `question`. Errors: kAskEmptyQuestion (nothing but blanks and punctuation), kLimitExceeded
// (kMaxQuestionBytes, kMaxTokens), kInvalidText.
[[nodiscard]] Result<std::vector<Token>> Tokenize(std::string_view question);

// What tokens are compared by: the stem of a word, the text of anything else, in lower case.
[[nodiscard]] const std::string& TokenKey(const Token& token);

// Tells whether the token's text begins with an ASCII capital.
[[nodiscard]] bool IsCapitalised(const Token& token);

// "ordered", "cancelled".
[[nodiscard]] bool IsPast(const Token& token);

// Tells whether the token ends or separates phrases without meaning of its own: . ? ! ; : ( )
[[nodiscard]] bool IsPause(const Token& token);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_TOKENS_HPP

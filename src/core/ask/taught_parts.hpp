// TaughtParts: what of a question counts when it is compared with one that was taught.
//
//   please show me the mean price of all articles sold by Acme
//                      └op┘ ─▶ price     article  sold    acme        each op points at its part
//
// Function words and politeness go, words keep their base forms, phrases become operators. Two
// questions with the same words in another order have the same parts; what tells them apart is
// which part an operator points at: "customers without orders", "orders without customers".
//
// Tested by test/unit/ask_taught_test.cpp.
#ifndef LOUPE_CORE_ASK_TAUGHT_PARTS_HPP
#define LOUPE_CORE_ASK_TAUGHT_PARTS_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/ask/meaning.hpp"
#include "core/ask/tokens.hpp"
#include "core/base/calendar.hpp"
#include "core/base/status.hpp"

namespace loupe::ask {

constexpr std::size_t kNoPart = static_cast<std::size_t>(-1);

struct TaughtPart {
  enum class Kind { kWord, kNumber, kTime, kValue };
  Kind kind = Kind::kWord;
  std::vector<std::string> forms;  // of kWord: base forms, itself first
  double number = 0;               // of kNumber, and of a time that is a bare number
  bool is_bare = false;            // of kTime: nothing but a number, which may be no year
  TimeRange time;
  std::size_t literal = 0;        // of kValue: which of the given ones
  bool is_prepositional = false;  // "in", "of" or the like stands before it
  std::size_t begin = 0;          // tokens
  std::size_t end = 0;
};

struct TaughtOperator {
  std::string key;               // "count", "not", "top:desc", …
  std::size_t target = kNoPart;  // index of the part that it points at
  std::size_t first = 0;         // part that follows it
};

struct TaughtParts {
  std::string question;
  std::vector<Token> tokens;
  std::vector<TaughtPart> parts;  // in order of the question
  std::vector<TaughtOperator> operators;
  std::size_t head = kNoPart;  // the first word that is not behind a preposition
  bool has_focus = false;      // an operator says what is asked for, so the head does not matter
};

// Cuts a question. `literals` are texts that are known to be values; the longer one wins, and each
// is taken once. Errors as Tokenize.
[[nodiscard]] Result<TaughtParts> PartsOf(std::string_view question,
                                          const std::vector<std::string>& literals,
                                          const DateTime& now);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_TAUGHT_PARTS_HPP

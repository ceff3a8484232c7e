// TaughtWord: a word with what it means in one model, because somebody said so.
//
//   "VIP"       customers.tier = 'gold'   ─ReadWord─▶ WordLesson ─ResolveWord─▶ TaughtWord
//   "clients"   customers                              names           │           places
//                                                                    model
//
// A lesson outlives models; where a model lacks what it names, or hides it from the caller, the
// word means nothing there. The lexicon takes words as whole terms that go before all else that
// the same tokens may mean.
//
// Tested by test/unit/ask_taught_word_test.cpp.
#ifndef LOUPE_CORE_ASK_TAUGHT_WORD_HPP
#define LOUPE_CORE_ASK_TAUGHT_WORD_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/ask/form.hpp"
#include "core/ask/tokens.hpp"
#include "core/ask/word_meaning.hpp"
#include "core/base/status.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

constexpr std::size_t kMaxTermBytes = 200;
constexpr std::size_t kMaxTermWords = 6;

struct WordLesson {
  std::string term;               // as written
  std::string meaning;            // as written
  std::vector<std::string> keys;  // of the term's tokens, as TokenKey gives them
  WordMeaning parsed;
};

struct TaughtWord {
  enum class Kind { kEntity, kDimension, kMeasure, kFilter };
  std::string term;
  std::string meaning;
  std::vector<std::string> keys;
  Kind kind = Kind::kEntity;
  MemberRef ref;  // of kFilter the first column
  // Of kFilter: each of these holds, and of each one of its alternatives.
  std::vector<std::vector<FormCondition>> filter;
};

// Reads a term and its meaning. Errors: kInvalidArgument for a term without a word of its own,
// those of ParseWordMeaning.
[[nodiscard]] Result<WordLesson> ReadWord(std::string_view term, std::string_view meaning);

// Tells whether the term stands somewhere among the tokens.
[[nodiscard]] bool IsSpoken(const WordLesson& lesson, const std::vector<Token>& tokens);

// The tables and columns that the meaning names, with blanks between them.
[[nodiscard]] std::string NamesOf(const WordLesson& lesson);

// Finds what a lesson names. Errors: kUndefinedTable, kUndefinedColumn with the nearest name as
// hint, kInvalidArgument where a name is not the only one or a value does not fit its column.
[[nodiscard]] Result<TaughtWord> ResolveWord(const WordLesson& lesson,
                                             const semantic::Model& model);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_TAUGHT_WORD_HPP

// Taught: questions with verified SQL, which also answer the same question in other words and with
// other values, numbers and times.
//
//   taught   How many orders came from Germany in 2024?
//            … WHERE c.country = 'Germany' AND extract(year FROM ordered_at) = 2024
//   asked    please tell me the number of orders that came from France in 2025
//            … WHERE c.country = 'France' AND extract(year FROM ordered_at) = 2025
//
//   question, SQL ─CompileTaught─▶ parts, slots      (once)
//   asked ─PartsOf─▶ operators equal? words equal or synonyms? values of the slots' columns? ─▶ SQL
//
// What the question says and the SQL holds as a literal becomes a slot: a text that is compared
// with a column, a number that is compared or limits, the ends or the year of a time. All else has
// to be as it was: one more content word, another operator or one that points at another part, and
// the pair does not answer. Precision comes first.
//
// Tested by test/unit/ask_taught_test.cpp and test/ask/run-taught.
#ifndef LOUPE_CORE_ASK_TAUGHT_HPP
#define LOUPE_CORE_ASK_TAUGHT_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ask/taught_parts.hpp"
#include "core/ask/values.hpp"
#include "core/base/status.hpp"
#include "core/semantic/model.hpp"
#include "core/semantic/sql_tokens.hpp"

namespace loupe::ask {

constexpr std::size_t kMaxTaughtSlots = 8;   // values of one question
constexpr std::size_t kMaxTaughtTries = 64;  // ways to give values to slots

// How a literal of the SQL follows from a part of the question.
enum class SlotRole {
  kText,
  kNumber,
  kCount,  // a number of rows: LIMIT
  kFrom,   // the first day of a time
  kTo,     // the day behind it
  kLastDay,
  kFromYear,  // plus the offset
  kToYear,
  kMonth,
  kQuarter,
};

struct TaughtSlot {
  std::size_t part = 0;   // of the question
  std::size_t token = 0;  // of the SQL
  SlotRole role = SlotRole::kText;
  int offset = 0;
  std::vector<std::string> tables;  // of kText: those that the column may be of
  std::string column;
};

// A taught pair, ready to be compared; plain data.
struct TaughtPattern {
  std::string sql;
  semantic::SqlTokens tokens;  // of the SQL; empty: it is no template
  TaughtParts parts;
  std::vector<TaughtSlot> slots;
  std::vector<std::string> keys;  // KeysOf the parts
};

struct TaughtMatch {
  std::size_t pattern = 0;
  std::string sql;
  std::vector<std::string> changes;  // "France for Germany"
  std::size_t synonyms = 0;          // words that stand for others
};

// The operators that two questions must have in common to be compared at all, sorted.
[[nodiscard]] std::vector<std::string> KeysOf(const TaughtParts& parts);

// Reads a pair; `now` is when it was taught, for "last month". Errors as Tokenize; SQL that cannot
// be cut into tokens has no slots.
[[nodiscard]] Result<TaughtPattern> CompileTaught(std::string_view question, std::string_view sql,
                                                  const DateTime& now);

// The pattern that answers the question: the one with the fewest synonyms, of equal ones the first.
// Values are looked up at most once for each pattern that fits in all but those. Errors as
// Tokenize.
[[nodiscard]] Result<std::optional<TaughtMatch>> MatchTaught(
    std::string_view question, const std::vector<const TaughtPattern*>& patterns,
    const semantic::Model& model, const ValueSource& values, const DateTime& now);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_TAUGHT_HPP

// WordMeaning: what somebody says that a word means, read and not yet looked up in a model.
//
//   customers                                          a name: of things …
//   customers.country                                  … a column, or a measure
//   customers.tier = 'gold'                            a filter
//   orders.amount >= 1000 AND orders.status NOT IN ('cancelled', 'returned')
//
// Names are those of SQL: unquoted ones fold to lower case, a schema may stand before the table.
//
// Tested by test/unit/ask_taught_word_test.cpp.
#ifndef LOUPE_CORE_ASK_WORD_MEANING_HPP
#define LOUPE_CORE_ASK_WORD_MEANING_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/ask/meaning.hpp"
#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::ask {

constexpr std::size_t kMaxMeaningBytes = 2000;
constexpr std::size_t kMaxMeaningConditions = 16;
constexpr std::size_t kMaxMeaningValues = 64;  // of one condition

using WordPath = std::vector<std::string>;  // one to three names

struct WordCondition {
  WordPath column;
  Comparison comparison = Comparison::kEqual;
  bool negated = false;
  std::vector<Json> values;  // two of kBetween; of kEqual one of them
};

struct WordMeaning {
  WordPath name;                          // either this …
  std::vector<WordCondition> conditions;  // … or these, all of which hold
};

// Errors: kInvalidArgument with the forms as hint, kLimitExceeded.
[[nodiscard]] Result<WordMeaning> ParseWordMeaning(std::string_view meaning);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_WORD_MEANING_HPP

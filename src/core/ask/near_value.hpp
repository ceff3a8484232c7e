// Near values: what a word that is no value may have been meant to say.
//
//   "flights from Germny"   ──▶ Germany            one edit away
//   "flights of JetBlue"    ──▶ JetBlue Airways    the only value that begins with this name
//
// Precision comes first. A word that English has, a short one, or one that is near several values
// means none of them. Of shorter words only slips of the typing hand count (a letter left out,
// added or swapped with its neighbour): "Martin" is not a misspelt "Marvin".
//
// Tested by test/unit/ask_near_value_test.cpp.
#ifndef LOUPE_CORE_ASK_NEAR_VALUE_HPP
#define LOUPE_CORE_ASK_NEAR_VALUE_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/ask/tokens.hpp"

namespace loupe::ask {

constexpr std::size_t kMinNearBytes = 5;  // of a word that may be misspelt
constexpr std::size_t kMinSlipBytes = 8;  // from here on a wrong letter counts too

// Tells whether the word may be a misspelt one, or a part of a value: nothing that English has.
[[nodiscard]] bool MayBeNear(const Token& token);

// Tells whether `written` is one slip away from `meant`; both in lower case.
[[nodiscard]] bool IsSlip(std::string_view written, std::string_view meant);

// Tells whether `value` has a word that is `word`, or one slip away from it; both in lower case.
[[nodiscard]] bool HasNearWord(std::string_view value, std::string_view word);

// Tells whether `value` begins with the words of `name` and goes on with another; in lower case.
[[nodiscard]] bool BeginsWithName(std::string_view value, std::string_view name);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_NEAR_VALUE_HPP

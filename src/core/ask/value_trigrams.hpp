// Trigrams: groups of three bytes in the words of a value, by which values that are written nearly
// alike are found (the idea of PostgreSQL's pg_trgm, over bytes).
//
//   "Big Sur"   {␣␣b ␣bi big ig␣  ␣␣s ␣su sur ur␣}, each as a number of 24 bits
//
// One edit (a letter changed, added, left out, or two swapped) spoils at most four neighbouring
// trigrams of a word. So the trigrams left or right of the middle of a word survive it, unless the
// edit is in the middle: SurvivorsOf cuts a word into two groups of which one is whole in every
// value with that word misspelt by one edit.
//
// Tested by test/unit/ask_value_trigrams_test.cpp.
#ifndef LOUPE_CORE_ASK_VALUE_TRIGRAMS_HPP
#define LOUPE_CORE_ASK_VALUE_TRIGRAMS_HPP

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace loupe::ask {

// The different trigrams of a text in lower case, ascending. Words are runs of ASCII letters and
// digits and of bytes beyond ASCII.
[[nodiscard]] std::vector<std::int32_t> ValueTrigrams(std::string_view folded);

// The trigrams at the beginning and at the end of a word in lower case; at least one of the groups
// is whole in every word that one edit makes of it. Demands four bytes or more, or a group would be
// empty.
[[nodiscard]] std::pair<std::vector<std::int32_t>, std::vector<std::int32_t>> SurvivorsOf(
    std::string_view word);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_VALUE_TRIGRAMS_HPP

// Words that names of tables and columns are made of.
//
// Tested by test/unit/ask_name_words_test.cpp.
#ifndef LOUPE_CORE_ASK_NAME_WORDS_HPP
#define LOUPE_CORE_ASK_NAME_WORDS_HPP

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace loupe::ask {

using Words = std::vector<std::string>;  // of a name, in lower case

// What says little alone: the tail of department_name, the head of total_amount.
inline constexpr std::string_view kGenericTail[] = {
    "at", "address", "code", "date", "description", "id", "key", "name", "no", "num", "number",
    "text", "time", "title", "timestamp", "on", "type",
    // units
    "cm", "feet", "ft", "inch", "kg", "km", "lb", "meter", "mile", "mm", "sqft", "usd"};
inline constexpr std::string_view kAggregateWords[] = {
    "total",  "sum", "average", "avg",     "mean", "max", "earliest",
    "latest", "min", "maximum", "minimum", "of",   "the"};
inline constexpr std::string_view kCountWords[] = {"count", "number", "of", "total", "the", "rows"};

// Tells whether a list has the word.
template <std::size_t kCount>
[[nodiscard]] bool IsOneOf(const std::string_view (&words)[kCount], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

// What an abbreviation stands for ("qty": quantity); empty for any other word.
[[nodiscard]] std::string_view FullWord(std::string_view word);

// The two words of English that a name without a mark consists of ("governmentform": government,
// form); nothing where there are none.
[[nodiscard]] Words SplitGlued(const std::string& name);

// "stu fname" is "stu first name", "emp dob" a date of birth.
[[nodiscard]] Words SpellOut(const Words& words);

// Without the units that a number is measured in, which stand last: "budget in billions" gives
// budget, "weight kg" weight. All of them where nothing else is left.
[[nodiscard]] Words WithoutUnits(Words words);

// What the rows of a table are kept about: "user profiles" gives the user. Nothing for any other
// name.
[[nodiscard]] Words RecordedThing(const Words& words);

// What a column counts: "bathroom count" and "num of bathrooms" give the bathrooms. Nothing for any
// other name.
[[nodiscard]] Words CountedThing(const Words& words);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_NAME_WORDS_HPP

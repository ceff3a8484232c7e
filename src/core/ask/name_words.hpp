// Words that names of tables and columns are commonly made of and that say little alone: the tail
// of department_name, the head of total_amount.
#ifndef LOUPE_CORE_ASK_NAME_WORDS_HPP
#define LOUPE_CORE_ASK_NAME_WORDS_HPP

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string_view>

namespace loupe::ask {

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

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_NAME_WORDS_HPP

// Nearest name: what a hint offers when a name is not known.
//
// Tested by test/unit/base_nearest_test.cpp.
#ifndef LOUPE_CORE_BASE_NEAREST_HPP
#define LOUPE_CORE_BASE_NEAREST_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loupe {

// Edit distance with transpositions of neighbours (Damerau 1964, optimal string alignment) over
// bytes, ASCII case folded. Stops early and returns limit + 1 when it exceeds `limit`.
[[nodiscard]] int EditDistance(std::string_view a, std::string_view b, int limit);

// The name nearest to `name` within a third of its length (at least one edit); the first in order
// wins a tie. Nothing when none is near enough or `name` is longer than 256 bytes.
[[nodiscard]] std::optional<std::string> NearestName(std::string_view name,
                                                     const std::vector<std::string>& names);

// "Did you mean \"x\"?" for the nearest name; else, when there are few names, "Known names
// are a, b, c."; else empty. Made for Status::WithHint.
[[nodiscard]] std::string NearestNameHint(std::string_view name,
                                          const std::vector<std::string>& names);

}  // namespace loupe

#endif  // LOUPE_CORE_BASE_NEAREST_HPP

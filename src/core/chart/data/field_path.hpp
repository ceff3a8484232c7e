// Paths of fields: "a.b", "a[0]" and "a['b c']" reach into objects and lists; a backslash takes the
// next character as it is ("a\\.b" names one member).
//
// Tested by test/unit/chart_predicate_test.cpp.
#ifndef LOUPE_CORE_CHART_DATA_FIELD_PATH_HPP
#define LOUPE_CORE_CHART_DATA_FIELD_PATH_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace loupe::chart {

// At least one step.
[[nodiscard]] std::vector<std::string> SplitFieldPath(std::string_view field);

// What the steps from `from` on reach in `value`; null when something is missing on the way.
[[nodiscard]] const Json* WalkFieldPath(const Json& value, const std::vector<std::string>& path,
                                        std::size_t from);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_FIELD_PATH_HPP

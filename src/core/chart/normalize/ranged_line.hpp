// Ranged lines: a line with both ends of a range is a rule for each row.
//
//   {"mark": "line", x, x2, y}  ->  {"mark": "rule", x, x2, y}
//
// Tested by test/unit/chart_overlay_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_RANGED_LINE_HPP
#define LOUPE_CORE_CHART_NORMALIZE_RANGED_LINE_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/chart/compile.hpp"

namespace loupe::chart {

// The unit with mark "rule" and a warning, where it is a line with a second position beside a first
// one that is a datum or a field not binned before; else nothing. Comes after overlays.
[[nodiscard]] std::optional<Json> ExpandRangedLine(const Json& unit, std::vector<Warning>* warnings,
                                                   const std::string& pointer);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_RANGED_LINE_HPP

// Overlays: lines with points, areas with a line or points, as layers.
//
//   {"mark": {"type": "line", "point": true}}  ->  layers of a line and of filled points
//
// Tested by test/unit/chart_normalize_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_OVERLAY_HPP
#define LOUPE_CORE_CHART_NORMALIZE_OVERLAY_HPP

#include <optional>

#include "core/base/json.hpp"

namespace loupe::chart {

// The layers of a unit with overlays, by its mark or by `config`; nothing where there are none.
// Overlays of a pile are piled in the same way.
[[nodiscard]] std::optional<Json> ExpandOverlay(const Json& unit, const Json& config);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_OVERLAY_HPP

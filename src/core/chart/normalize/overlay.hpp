// Overlays: lines with points, areas with a line or points, as layers.
//
//   {"mark": {"type": "line", "point": true}}  ->  layers of a line and of filled points
//
// Tested by test/unit/chart_overlay_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_OVERLAY_HPP
#define LOUPE_CORE_CHART_NORMALIZE_OVERLAY_HPP

#include <optional>

#include "core/base/json.hpp"

namespace loupe::chart {

// The layers of a line, area, rule or trail with overlays, by its mark, by `config` (the merged
// one) or by a channel "shape"; nothing where there are none or where what asks for them has a
// wrong type. Overlays of a pile are piled in the same way; those of a range lie on its first end.
//
// The units are final: as the config may ask for overlays of all lines, the caller must not lay
// anything over them again. In Vega-Lite, too, the config loses "point" and "line" below.
[[nodiscard]] std::optional<Json> ExpandOverlay(const Json& unit, const Json& config);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_OVERLAY_HPP

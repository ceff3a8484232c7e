// Geometry that every renderer shares: outlines of rectangles, cutting of text, opacities.
//
// The rules are Vega's: text wider than its limit ends in an ellipsis. What layout and renderers
// share (baselines, line heights) is in layout/bounds.hpp.
//
// Tested by test/unit/chart_render_svg_test.cpp and chart_render_png_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_GEOMETRY_HPP
#define LOUPE_CORE_CHART_RENDER_GEOMETRY_HPP

#include <string>
#include <vector>

#include "core/chart/scene.hpp"
#include "core/chart/text/measure.hpp"

namespace loupe::chart {

// Outline of a rectangle or group at (x, y) with the item's corner radii, each cut to half of the
// shorter side.
[[nodiscard]] Path RectOutline(const Item& item, double x, double y);

// The lines of a text item, each cut to item.limit.
[[nodiscard]] std::vector<std::string> FittedLines(const Item& item, const TextMeasure& measure);

// An item's opacity for its fill or stroke: the product of item, channel and colour.
[[nodiscard]] double FillAlpha(const Item& item);
[[nodiscard]] double StrokeAlpha(const Item& item);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_GEOMETRY_HPP

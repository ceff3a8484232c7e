// Geometry that every renderer shares: outlines of rectangles, placement and cutting of text.
//
// The rules are Vega's: a baseline other than the alphabetic one shifts the text by a rounded share
// of the font size; text wider than its limit ends in an ellipsis.
//
// Tested by test/unit/chart_render_geometry_test.cpp.
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

// Pixels that the alphabetic baseline lies below the item's y.
[[nodiscard]] double BaselineOffset(const Item& item);

// Distance between two lines of a text item, in pixels.
[[nodiscard]] double LineHeight(const Item& item);

// The lines of a text item, each cut to item.limit.
[[nodiscard]] std::vector<std::string> FittedLines(const Item& item, const TextMeasure& measure);

// An item's opacity for its fill or stroke: the product of item, channel and colour.
[[nodiscard]] double FillAlpha(const Item& item);
[[nodiscard]] double StrokeAlpha(const Item& item);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_GEOMETRY_HPP

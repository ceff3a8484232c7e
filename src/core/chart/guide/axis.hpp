// Axes: grid, ticks, labels, domain line and title of a position scale.
//
//   Axis  group role=axis  ├ rules axis-grid | axis-tick ├ texts axis-label ├ rule axis-domain
//                          └ text axis-title
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_GUIDE_AXIS_HPP
#define LOUPE_CORE_CHART_GUIDE_AXIS_HPP

#include <array>
#include <vector>

#include "core/chart/layout/bounds.hpp"
#include "core/chart/mark/position.hpp"

namespace loupe::chart {

struct AxisGroup {
  Mark mark;      // kGroup, role "axis", placed
  Bounds bounds;  // what layout counts, in the data rectangle's coordinates
  bool along_y = false;
  bool is_grid = false;
  bool is_header = false;  // left or above: at the head of a facet's row or column
  double zindex = 0;       // above 0: painted over the marks
};

// The units of one data rectangle and whether they share the axes of x and y; axes that are not
// shared change sides in turn.
struct AxisRequest {
  std::vector<MarkContext> units;
  std::array<bool, 2> shared = {true, true};
};

// Grids first, then axes, x before y, as Vega paints them.
[[nodiscard]] Result<std::vector<AxisGroup>> BuildAxes(const AxisRequest& request,
                                                       const TextMeasure& measure,
                                                       const Context& host);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_GUIDE_AXIS_HPP

// Axes: grid, ticks, labels, domain line and title of a position scale.
//
//   Axis  group role=axis  ├ rules axis-grid | axis-tick ├ texts axis-label ├ rule axis-domain
//                          └ text axis-title
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_GUIDE_AXIS_HPP
#define LOUPE_CORE_CHART_GUIDE_AXIS_HPP

#include <vector>

#include "core/chart/layout/bounds.hpp"
#include "core/chart/mark/position.hpp"

namespace loupe::chart {

struct AxisGroup {
  Mark mark;      // kGroup, role "axis", placed
  Bounds bounds;  // what layout counts, in the data rectangle's coordinates
  bool along_y = false;
  double zindex = 0;  // above 0: painted over the marks
};

// Grids first, then axes, x before y, as Vega paints them.
[[nodiscard]] Result<std::vector<AxisGroup>> BuildAxes(const MarkContext& context,
                                                       const TextMeasure& measure);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_GUIDE_AXIS_HPP

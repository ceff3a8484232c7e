// Flattens paths: curves and arcs become short straight lines, for renderers that know no curves.
//
// Tested by test/unit/chart_render_path_flatten_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_PATH_FLATTEN_HPP
#define LOUPE_CORE_CHART_RENDER_PATH_FLATTEN_HPP

#include <vector>

#include "core/chart/scene.hpp"

namespace loupe::chart {

struct PathPoint {
  double x = 0;
  double y = 0;
};
using Polyline = std::vector<PathPoint>;

// One polyline for each subpath, in order; a closed one ends at its first point. Curves take 16
// lines, arcs one every 4 degrees. Elliptical arcs that cannot be drawn become straight lines, as
// SVG says (implementation notes, "out-of-range radii").
[[nodiscard]] std::vector<Polyline> FlattenPath(const Path& path);

// The angle, in radians, that the outer rim of a sector spans about the origin of its path.
[[nodiscard]] double SectorAngle(const Path& path);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_PATH_FLATTEN_HPP

// Paths of symbols, curves and arcs, as Vega and d3-shape draw them.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_MARK_PATH_HPP
#define LOUPE_CORE_CHART_MARK_PATH_HPP

#include <optional>
#include <string_view>
#include <vector>

#include "core/chart/scene.hpp"

namespace loupe::chart {

// A symbol of `size` square pixels about the origin: "circle", "square", "cross", "diamond",
// "triangle", "triangle-up", "triangle-down", "triangle-left", "triangle-right", "arrow", "wedge",
// "stroke", or a path as SVG writes it, which sqrt(size) / 2 scales; nothing for other text.
[[nodiscard]] std::optional<Path> SymbolPath(std::string_view shape, double size);

enum class Curve {
  kLinear,
  kLinearClosed,
  kStep,
  kStepBefore,
  kStepAfter,
  kMonotone,
  kBasis,
  kCardinal,
  kNatural
};
[[nodiscard]] std::optional<Curve> ParseCurve(std::string_view name);

struct CurveStyle {
  Curve curve = Curve::kLinear;
  double tension = 0;       // kCardinal
  bool horizontal = false;  // kMonotone: along y
};

// One vertex of a line or area; `x0`, `y0` is the area's other edge. A point that is not defined
// breaks the path.
struct Vertex {
  double x = 0;
  double y = 0;
  double x0 = 0;
  double y0 = 0;
  bool defined = true;
};

[[nodiscard]] Path LinePath(const std::vector<Vertex>& vertices, const CurveStyle& style);
[[nodiscard]] Path AreaPath(const std::vector<Vertex>& vertices, const CurveStyle& style);

// A vertex of a trail, whose width changes along it.
struct TrailVertex {
  double x = 0;
  double y = 0;
  double width = 1;
  bool defined = true;
};

// Discs of the vertices' widths joined by their common tangents.
[[nodiscard]] Path TrailPath(const std::vector<TrailVertex>& vertices);

// A sector about the origin; angles in radians clockwise from twelve o'clock.
struct Sector {
  double start = 0;
  double end = 0;
  double inner = 0;
  double outer = 0;
  double pad = 0;  // radians left out between neighbours
};
[[nodiscard]] Path ArcPath(const Sector& sector);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_MARK_PATH_HPP

#include "core/chart/mark/path.hpp"

#include <algorithm>
#include <cmath>

#include "core/chart/mark/path_text.hpp"

namespace loupe::chart {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kTwoPi = 2 * kPi;
constexpr double kEpsilon = 1e-12;
constexpr double kHalfSqrt3 = 0.86602540378443865;
constexpr double kTan30 = 0.5773502691896257;

struct Point {
  double x = 0;
  double y = 0;
};
using Points = std::vector<Point>;

void Move(double x, double y, Path* path) { path->push_back({PathVerb::kMove, {x, y}}); }
void Line(double x, double y, Path* path) { path->push_back({PathVerb::kLine, {x, y}}); }
void Close(Path* path) { path->push_back({PathVerb::kClose, {}}); }
void Cubic(const Point& a, const Point& b, const Point& end, Path* path) {
  path->push_back({PathVerb::kCubic, {a.x, a.y, b.x, b.y, end.x, end.y}});
}
void Arc(double radius, bool large, bool clockwise, const Point& end, Path* path) {
  path->push_back({PathVerb::kArc,
                   {radius, radius, 0, large ? 1.0 : 0.0, clockwise ? 1.0 : 0.0, end.x, end.y}});
}

Path Polygon(const Points& points) {
  Path path;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i == 0) {
      Move(points[i].x, points[i].y, &path);
    } else {
      Line(points[i].x, points[i].y, &path);
    }
  }
  Close(&path);
  return path;
}

Path Circle(double r) {
  Path path;
  Move(r, 0, &path);
  Arc(r, true, true, {-r, 0}, &path);
  Arc(r, true, true, {r, 0}, &path);
  return path;
}

Path Cross(double r) {
  const double s = r / 2.5;
  return Polygon({{-r, -s},
                  {-r, s},
                  {-s, s},
                  {-s, r},
                  {s, r},
                  {s, s},
                  {r, s},
                  {r, -s},
                  {s, -s},
                  {s, -r},
                  {-s, -r},
                  {-s, -s}});
}

Path Arrow(double r) {
  const double s = r / 7;
  const double t = r / 2.5;
  const double v = r / 8;
  return Polygon({{-s, r}, {s, r}, {s, -v}, {t, -v}, {0, -r}, {-t, -v}, {-s, -v}});
}

// The pen begins a path or, for the second edge of an area, goes on from where it is.
void Begin(const Point& at, bool joined, Path* path) {
  if (joined) {
    Line(at.x, at.y, path);
  } else {
    Move(at.x, at.y, path);
  }
}

void Straight(const Points& points, bool joined, Path* path) {
  Begin(points[0], joined, path);
  for (std::size_t i = 1; i < points.size(); ++i) Line(points[i].x, points[i].y, path);
}

// `t` is where between two points the step lies: 0 at the first, 1 at the second.
void Steps(const Points& points, double t, bool joined, Path* path) {
  Begin(points[0], joined, path);
  for (std::size_t i = 1; i < points.size(); ++i) {
    const Point& a = points[i - 1];
    const Point& b = points[i];
    if (t <= 0) {
      Line(a.x, b.y, path);
      Line(b.x, b.y, path);
    } else {
      const double x = a.x * (1 - t) + b.x * t;
      Line(x, a.y, path);
      Line(x, b.y, path);
    }
  }
  if (t > 0 && t < 1 && points.size() > 1) Line(points.back().x, points.back().y, path);
}

double Sign(double x) { return x < 0 ? -1 : 1; }

// Slope at the middle one of three points (Steffen 1990).
double MiddleSlope(const Point& a, const Point& b, const Point& c) {
  const double h0 = b.x - a.x;
  const double h1 = c.x - b.x;
  const double s0 = (b.y - a.y) / (h0 != 0 ? h0 : (h1 < 0 ? -0.0 : 0.0));
  const double s1 = (c.y - b.y) / (h1 != 0 ? h1 : (h0 < 0 ? -0.0 : 0.0));
  const double p = (s0 * h1 + s1 * h0) / (h0 + h1);
  const double slope =
      (Sign(s0) + Sign(s1)) * std::min({std::fabs(s0), std::fabs(s1), 0.5 * std::fabs(p)});
  return std::isnan(slope) ? 0 : slope;
}

double EndSlope(const Point& a, const Point& b, double other) {
  const double h = b.x - a.x;
  return h != 0 ? (3 * (b.y - a.y) / h - other) / 2 : other;
}

void Monotone(Points points, bool along_y, bool joined, Path* path) {
  const auto turn = [along_y](const Point& p) { return along_y ? Point{p.y, p.x} : p; };
  for (Point& p : points) p = turn(p);
  Points kept;  // points that coincide with the one before are left out
  for (const Point& p : points) {
    const bool same = !kept.empty() && kept.back().x == p.x && kept.back().y == p.y;
    if (!same) kept.push_back(p);
  }
  const Point first = turn(kept[0]);
  Begin(first, joined, path);
  const std::size_t n = kept.size();
  if (n == 2) {
    const Point last = turn(kept[1]);
    Line(last.x, last.y, path);
  }
  if (n < 3) return;
  std::vector<double> slopes(n);
  for (std::size_t i = 1; i + 1 < n; ++i)
    slopes[i] = MiddleSlope(kept[i - 1], kept[i], kept[i + 1]);
  slopes[0] = EndSlope(kept[0], kept[1], slopes[1]);
  slopes[n - 1] = EndSlope(kept[n - 2], kept[n - 1], slopes[n - 2]);
  for (std::size_t i = 1; i < n; ++i) {
    const double third = (kept[i].x - kept[i - 1].x) / 3;
    Cubic(turn({kept[i - 1].x + third, kept[i - 1].y + third * slopes[i - 1]}),
          turn({kept[i].x - third, kept[i].y - third * slopes[i]}), turn(kept[i]), path);
  }
}

void BasisSegment(const Point& a, const Point& b, const Point& c, Path* path) {
  Cubic({(2 * a.x + b.x) / 3, (2 * a.y + b.y) / 3}, {(a.x + 2 * b.x) / 3, (a.y + 2 * b.y) / 3},
        {(a.x + 4 * b.x + c.x) / 6, (a.y + 4 * b.y + c.y) / 6}, path);
}

void Basis(const Points& points, bool joined, Path* path) {
  Begin(points[0], joined, path);
  const std::size_t n = points.size();
  if (n >= 3) {
    Line((5 * points[0].x + points[1].x) / 6, (5 * points[0].y + points[1].y) / 6, path);
    for (std::size_t i = 2; i < n; ++i) BasisSegment(points[i - 2], points[i - 1], points[i], path);
    BasisSegment(points[n - 2], points[n - 1], points[n - 1], path);
  }
  if (n >= 2) Line(points[n - 1].x, points[n - 1].y, path);
}

void Cardinal(const Points& points, double tension, bool joined, Path* path) {
  Begin(points[0], joined, path);
  const std::size_t n = points.size();
  if (n == 2) Line(points[1].x, points[1].y, path);
  if (n < 3) return;
  const double k = (1 - tension) / 6;
  for (std::size_t i = 1; i < n; ++i) {
    const Point& a = points[i >= 2 ? i - 2 : 1];
    const Point& b = points[i - 1];
    const Point& c = points[i];
    const Point& d = points[i + 1 < n ? i + 1 : n - 2];
    // The ends have no neighbour; d3 takes the point on their inner side.
    Cubic({b.x + k * (c.x - a.x), b.y + k * (c.y - a.y)},
          {c.x + k * (b.x - d.x), c.y + k * (b.y - d.y)}, c, path);
  }
}

// Control points of a natural cubic spline along one coordinate.
void NaturalControls(const std::vector<double>& x, std::vector<double>* a, std::vector<double>* b) {
  const std::size_t n = x.size() - 1;
  std::vector<double> r(n);
  a->assign(n, 0);
  b->assign(n, 0);
  (*b)[0] = 2;
  r[0] = x[0] + 2 * x[1];
  for (std::size_t i = 1; i + 1 < n; ++i) {
    (*a)[i] = 1;
    (*b)[i] = 4;
    r[i] = 4 * x[i] + 2 * x[i + 1];
  }
  (*a)[n - 1] = 2;
  (*b)[n - 1] = 7;
  r[n - 1] = 8 * x[n - 1] + x[n];
  for (std::size_t i = 1; i < n; ++i) {
    const double m = (*a)[i] / (*b)[i - 1];
    (*b)[i] -= m;
    r[i] -= m * r[i - 1];
  }
  (*a)[n - 1] = r[n - 1] / (*b)[n - 1];
  for (std::size_t i = n - 1; i-- > 0;) (*a)[i] = (r[i] - (*a)[i + 1]) / (*b)[i];
  (*b)[n - 1] = (x[n] + (*a)[n - 1]) / 2;
  for (std::size_t i = 0; i + 1 < n; ++i) (*b)[i] = 2 * x[i + 1] - (*a)[i + 1];
}

void Natural(const Points& points, bool joined, Path* path) {
  Begin(points[0], joined, path);
  if (points.size() == 2) Line(points[1].x, points[1].y, path);
  if (points.size() < 3) return;
  std::vector<double> xs;
  std::vector<double> ys;
  for (const Point& p : points) {
    xs.push_back(p.x);
    ys.push_back(p.y);
  }
  std::vector<double> ax;
  std::vector<double> bx;
  std::vector<double> ay;
  std::vector<double> by;
  NaturalControls(xs, &ax, &bx);
  NaturalControls(ys, &ay, &by);
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    Cubic({ax[i], ay[i]}, {bx[i], by[i]}, points[i + 1], path);
  }
}

enum class Edge { kFirst, kSecond };

void Draw(const Points& points, const CurveStyle& style, Edge edge, Path* path) {
  const bool joined = edge == Edge::kSecond;
  switch (style.curve) {
    case Curve::kLinear:
    case Curve::kLinearClosed:
      return Straight(points, joined, path);
    case Curve::kStep:
      return Steps(points, 0.5, joined, path);
    case Curve::kStepBefore:
      return Steps(points, joined ? 1 : 0, joined, path);
    case Curve::kStepAfter:
      return Steps(points, joined ? 0 : 1, joined, path);
    case Curve::kMonotone:
      return Monotone(points, style.horizontal, joined, path);
    case Curve::kBasis:
      return Basis(points, joined, path);
    case Curve::kCardinal:
      return Cardinal(points, style.tension, joined, path);
    case Curve::kNatural:
      return Natural(points, joined, path);
  }
}

// Runs of defined vertices.
std::vector<std::vector<Vertex>> Runs(const std::vector<Vertex>& vertices) {
  std::vector<std::vector<Vertex>> runs;
  bool open = false;
  for (const Vertex& vertex : vertices) {
    if (vertex.defined && !open) runs.emplace_back();
    if (vertex.defined) runs.back().push_back(vertex);
    open = vertex.defined;
  }
  return runs;
}

Point OnCircle(double radius, double angle) {
  return {radius * std::sin(angle), -radius * std::cos(angle)};
}

void FullRing(const Sector& s, double turn, Path* path) {
  const double half = s.start + turn * kPi;
  const bool clockwise = turn > 0;
  const Point from = OnCircle(s.outer, s.start);
  Move(from.x, from.y, path);
  Arc(s.outer, true, clockwise, OnCircle(s.outer, half), path);
  Arc(s.outer, true, clockwise, from, path);
  if (s.inner > kEpsilon) {
    const Point inner = OnCircle(s.inner, s.start);
    Move(inner.x, inner.y, path);
    Arc(s.inner, true, !clockwise, OnCircle(s.inner, half), path);
    Arc(s.inner, true, !clockwise, inner, path);
  }
  Close(path);
}

}  // namespace

std::optional<Path> SymbolPath(std::string_view shape, double size) {
  const double r = std::sqrt(std::max(0.0, size)) / 2;
  const double h = kHalfSqrt3 * r;
  const double o = h - r * kTan30;
  if (shape == "circle") return Circle(r);
  if (shape == "square") return Polygon({{-r, -r}, {r, -r}, {r, r}, {-r, r}});
  if (shape == "cross") return Cross(r);
  if (shape == "diamond") return Polygon({{-r, 0}, {0, -r}, {r, 0}, {0, r}});
  if (shape == "arrow") return Arrow(r);
  if (shape == "wedge") return Polygon({{0, -h - o}, {-r / 4, h - o}, {r / 4, h - o}});
  if (shape == "triangle") return Polygon({{0, -h - o}, {-r, h - o}, {r, h - o}});
  if (shape == "triangle-up") return Polygon({{0, -h}, {-r, h}, {r, h}});
  if (shape == "triangle-down") return Polygon({{0, h}, {-r, -h}, {r, -h}});
  if (shape == "triangle-right") return Polygon({{h, 0}, {-h, -r}, {-h, r}});
  if (shape == "triangle-left") return Polygon({{-h, 0}, {h, -r}, {h, r}});
  if (shape == "stroke") return Path{{PathVerb::kMove, {-r, 0}}, {PathVerb::kLine, {r, 0}}};
  return ParsePathText(shape, r);
}

std::optional<Curve> ParseCurve(std::string_view name) {
  constexpr std::string_view kNames[] = {"linear",      "linear-closed", "step",
                                         "step-before", "step-after",    "monotone",
                                         "basis",       "cardinal",      "natural"};
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) return static_cast<Curve>(i);
  }
  return std::nullopt;
}

Path LinePath(const std::vector<Vertex>& vertices, const CurveStyle& style) {
  Path path;
  for (const auto& run : Runs(vertices)) {
    Points points;
    for (const Vertex& v : run) points.push_back({v.x, v.y});
    Draw(points, style, Edge::kFirst, &path);
    const bool close = style.curve == Curve::kLinearClosed || points.size() == 1;
    if (close) Close(&path);
  }
  return path;
}

Path AreaPath(const std::vector<Vertex>& vertices, const CurveStyle& style) {
  Path path;
  for (const auto& run : Runs(vertices)) {
    Points top;
    Points bottom;
    for (const Vertex& v : run) top.push_back({v.x, v.y});
    for (auto v = run.rbegin(); v != run.rend(); ++v) bottom.push_back({v->x0, v->y0});
    Draw(top, style, Edge::kFirst, &path);
    Draw(bottom, style, Edge::kSecond, &path);
    Close(&path);
  }
  return path;
}

namespace {

// The band between two discs and the further half of each.
void TrailPiece(const TrailVertex& from, const TrailVertex& to, Path* path) {
  const double length = std::hypot(to.x - from.x, to.y - from.y);
  if (!(length > kEpsilon)) return;
  const double ux = (from.y - to.y) / length;
  const double uy = (to.x - from.x) / length;
  const double r = to.width / 2;
  const double s = from.width / 2;
  Move(from.x - ux * s, from.y - uy * s, path);
  Line(to.x - ux * r, to.y - uy * r, path);
  if (r > kEpsilon) Arc(r, false, true, {to.x + ux * r, to.y + uy * r}, path);
  Line(from.x + ux * s, from.y + uy * s, path);
  if (s > kEpsilon) Arc(s, false, true, {from.x - ux * s, from.y - uy * s}, path);
  Close(path);
}

}  // namespace

Path TrailPath(const std::vector<TrailVertex>& vertices) {
  Path path;
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    const TrailVertex& to = vertices[i];
    if (!to.defined) continue;
    const bool joined = i > 0 && vertices[i - 1].defined;
    if (joined) TrailPiece(vertices[i - 1], to, &path);
    const bool alone = !joined && (i + 1 == vertices.size() || !vertices[i + 1].defined);
    const double r = to.width / 2;
    if (!alone || !(r > kEpsilon)) continue;
    Move(to.x + r, to.y, &path);
    Arc(r, true, true, {to.x - r, to.y}, &path);
    Arc(r, true, true, {to.x + r, to.y}, &path);
    Close(&path);
  }
  return path;
}

Path ArcPath(const Sector& sector) {
  Sector s = sector;
  if (s.outer < s.inner) std::swap(s.outer, s.inner);
  Path path;
  if (!(s.outer > kEpsilon)) {
    Move(0, 0, &path);
    Close(&path);
    return path;
  }
  const double span = s.end - s.start;
  const double turn = span < 0 ? -1 : 1;
  if (std::fabs(span) > kTwoPi - kEpsilon) {
    FullRing(s, turn, &path);
    return path;
  }
  // The gap is as wide at both radii as at the mean one (d3-shape's rule).
  const double pad_radius = std::sqrt(s.inner * s.inner + s.outer * s.outer);
  const auto trimmed = [&](double radius) {
    const double half = radius > kEpsilon && s.pad > 0
                            ? std::asin(std::min(1.0, pad_radius / radius * std::sin(s.pad / 2)))
                            : 0;
    const double room = std::min(half, std::fabs(span) / 2);
    return std::pair<double, double>{s.start + turn * room, s.end - turn * room};
  };
  const auto [outer_start, outer_end] = trimmed(s.outer);
  const Point from = OnCircle(s.outer, outer_start);
  Move(from.x, from.y, &path);
  const double outer_span = std::fabs(outer_end - outer_start);
  if (outer_span > kEpsilon) {
    Arc(s.outer, outer_span >= kPi, turn > 0, OnCircle(s.outer, outer_end), &path);
  }
  if (s.inner > kEpsilon) {
    const auto [inner_start, inner_end] = trimmed(s.inner);
    const Point back = OnCircle(s.inner, inner_end);
    Line(back.x, back.y, &path);
    const double inner_span = std::fabs(inner_end - inner_start);
    if (inner_span > kEpsilon) {
      Arc(s.inner, inner_span >= kPi, turn < 0, OnCircle(s.inner, inner_start), &path);
    }
  } else {
    Line(0, 0, &path);
  }
  Close(&path);
  return path;
}

}  // namespace loupe::chart

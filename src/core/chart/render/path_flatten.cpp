#include "core/chart/render/path_flatten.hpp"

#include <algorithm>
#include <cmath>

namespace loupe::chart {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr int kCurveLines = 16;
constexpr double kArcStep = 4 * kPi / 180;
constexpr double kOnRim = 0.005;  // of the radius

PathPoint Mix(PathPoint a, PathPoint b, double t) {
  return {a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t};
}

// De Casteljau's construction; a quadratic curve is given as the cubic that equals it.
void AppendCubic(PathPoint b, PathPoint c, PathPoint d, Polyline* line) {
  const PathPoint a = line->back();
  for (int i = 1; i <= kCurveLines; ++i) {
    const double t = static_cast<double>(i) / kCurveLines;
    const PathPoint ab = Mix(a, b, t);
    const PathPoint bc = Mix(b, c, t);
    const PathPoint cd = Mix(c, d, t);
    line->push_back(Mix(Mix(ab, bc, t), Mix(bc, cd, t), t));
  }
}

// Centre parametrisation of an SVG arc (SVG 1.1, appendix F.6.5), as points of the unit circle that
// is scaled by the radii and turned by the rotation.
void AppendArc(const std::array<double, 7>& args, Polyline* line) {
  const PathPoint from = line->back();
  const PathPoint to = {args[5], args[6]};
  double rx = std::fabs(args[0]);
  double ry = std::fabs(args[1]);
  if (!(rx > 0) || !(ry > 0) || (from.x == to.x && from.y == to.y)) {
    line->push_back(to);
    return;
  }
  const double turn = args[2] * kPi / 180;
  const double c = std::cos(turn);
  const double s = std::sin(turn);
  const double mx = (from.x - to.x) / 2;
  const double my = (from.y - to.y) / 2;
  const double px = c * mx + s * my;
  const double py = -s * mx + c * my;
  const double lambda = (px * px) / (rx * rx) + (py * py) / (ry * ry);
  if (lambda > 1) {
    rx *= std::sqrt(lambda);
    ry *= std::sqrt(lambda);
  }
  const double denominator = rx * rx * py * py + ry * ry * px * px;
  const double numerator = std::max(0.0, rx * rx * ry * ry - denominator);
  const double sign = (args[3] != 0) == (args[4] != 0) ? -1 : 1;
  const double k = sign * std::sqrt(numerator / denominator);
  const double ux = k * rx * py / ry;
  const double uy = -k * ry * px / rx;
  const double cx = c * ux - s * uy + (from.x + to.x) / 2;
  const double cy = s * ux + c * uy + (from.y + to.y) / 2;
  const double start = std::atan2((py - uy) / ry, (px - ux) / rx);
  double sweep = std::atan2((-py - uy) / ry, (-px - ux) / rx) - start;
  if (args[4] != 0 && sweep < 0) sweep += 2 * kPi;
  if (args[4] == 0 && sweep > 0) sweep -= 2 * kPi;
  const int lines = std::max(1, static_cast<int>(std::ceil(std::fabs(sweep) / kArcStep)));
  for (int i = 1; i < lines; ++i) {
    const double angle = start + sweep * i / lines;
    const double ex = rx * std::cos(angle);
    const double ey = ry * std::sin(angle);
    line->push_back({cx + c * ex - s * ey, cy + s * ex + c * ey});
  }
  line->push_back(to);
}

void Append(const PathCommand& command, Polyline* line) {
  const auto& p = command.args;
  switch (command.verb) {
    case PathVerb::kLine:
      line->push_back({p[0], p[1]});
      break;
    case PathVerb::kCubic:
      AppendCubic({p[0], p[1]}, {p[2], p[3]}, {p[4], p[5]}, line);
      break;
    case PathVerb::kQuad: {
      const PathPoint control = {p[0], p[1]};
      const PathPoint end = {p[2], p[3]};
      AppendCubic(Mix(line->back(), control, 2.0 / 3), Mix(end, control, 2.0 / 3), end, line);
      break;
    }
    case PathVerb::kArc:
      AppendArc(p, line);
      break;
    case PathVerb::kMove:
    case PathVerb::kClose:
      break;
  }
}

}  // namespace

std::vector<Polyline> FlattenPath(const Path& path) {
  std::vector<Polyline> lines;
  for (const PathCommand& command : path) {
    if (command.verb == PathVerb::kMove) {
      lines.push_back({{command.args[0], command.args[1]}});
      continue;
    }
    if (lines.empty()) continue;  // a path begins with a move
    if (command.verb == PathVerb::kClose) {
      const PathPoint first = lines.back().front();
      lines.back().push_back(first);
      continue;
    }
    Append(command, &lines.back());
  }
  return lines;
}

double SectorAngle(const Path& path) {
  const std::vector<Polyline> lines = FlattenPath(path);
  double radius = 0;
  for (const Polyline& line : lines) {
    for (const PathPoint& point : line) radius = std::max(radius, std::hypot(point.x, point.y));
  }
  const auto is_on_rim = [&](const PathPoint& point) {
    return std::fabs(std::hypot(point.x, point.y) - radius) <= radius * kOnRim;
  };
  double angle = 0;
  for (const Polyline& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) {
      if (!is_on_rim(line[i - 1]) || !is_on_rim(line[i])) continue;
      const double turn =
          std::atan2(line[i].y, line[i].x) - std::atan2(line[i - 1].y, line[i - 1].x);
      angle += std::fabs(std::remainder(turn, 2 * kPi));
    }
  }
  return angle;
}

}  // namespace loupe::chart

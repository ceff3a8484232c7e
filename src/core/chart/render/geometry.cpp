#include "core/chart/render/geometry.hpp"

#include <algorithm>
#include <cmath>

#include "core/chart/layout/bounds.hpp"

namespace loupe::chart {
namespace {

PathCommand Command(PathVerb verb, std::array<double, 7> args) { return {verb, args}; }

}  // namespace

Path RectOutline(const Item& item, double x, double y) {
  const double width = item.width;
  const double height = item.height;
  const double most = std::min(std::abs(width), std::abs(height)) / 2;
  std::array<double, 4> radius{};
  for (std::size_t i = 0; i < radius.size(); ++i) {
    radius.at(i) = std::clamp(item.corner_radius.at(i), 0.0, most);
  }
  const auto [top_left, top_right, bottom_right, bottom_left] = radius;
  Path path;
  const auto corner = [&](double r, double to_x, double to_y) {
    if (r > 0) path.push_back(Command(PathVerb::kArc, {r, r, 0, 0, 1, to_x, to_y}));
  };
  path.push_back(Command(PathVerb::kMove, {x + top_left, y}));
  path.push_back(Command(PathVerb::kLine, {x + width - top_right, y}));
  corner(top_right, x + width, y + top_right);
  path.push_back(Command(PathVerb::kLine, {x + width, y + height - bottom_right}));
  corner(bottom_right, x + width - bottom_right, y + height);
  path.push_back(Command(PathVerb::kLine, {x + bottom_left, y + height}));
  corner(bottom_left, x, y + height - bottom_left);
  path.push_back(Command(PathVerb::kLine, {x, y + top_left}));
  corner(top_left, x + top_left, y);
  path.push_back(Command(PathVerb::kClose, {}));
  return path;
}

std::vector<std::string> FittedLines(const Item& item, const TextMeasure& measure) {
  std::vector<std::string> lines;
  for (const std::string& line : item.text)
    lines.push_back(LimitText(line, item.limit, item.font, measure));
  return lines;
}

double FillAlpha(const Item& item) {
  return item.opacity * item.fill_opacity * (item.fill.color ? item.fill.color->alpha : 1);
}

double StrokeAlpha(const Item& item) {
  return item.opacity * item.stroke_opacity * (item.stroke.color ? item.stroke.color->alpha : 1);
}

}  // namespace loupe::chart

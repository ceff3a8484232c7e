#include "core/chart/render/geometry.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/utf8.hpp"

namespace loupe::chart {
namespace {

constexpr const char* kEllipsis = "…";

// Byte positions at which the text may be cut: behind each code point.
std::vector<std::size_t> Cuts(const std::string& text) {
  std::vector<std::size_t> cuts = {0};
  std::size_t position = 0;
  while (position < text.size()) {
    (void)NextCodePoint(text, &position);
    cuts.push_back(position);
  }
  return cuts;
}

std::string Fit(const std::string& text, const Item& item, const TextMeasure& measure) {
  if (item.limit <= 0 || measure.Width(item.font, text) <= item.limit) return text;
  const double room = item.limit - measure.Width(item.font, kEllipsis);
  const std::vector<std::size_t> cuts = Cuts(text);
  // The longest beginning that leaves room; widths grow with length, so bisect.
  std::size_t fits = 0;
  std::size_t too_long = cuts.size();
  while (too_long - fits > 1) {
    const std::size_t middle = (fits + too_long) / 2;
    const bool is_short = measure.Width(item.font, text.substr(0, cuts[middle])) <= room;
    (is_short ? fits : too_long) = middle;
  }
  return text.substr(0, cuts[fits]) + kEllipsis;
}

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

double LineHeight(const Item& item) {
  return item.line_height > 0 ? item.line_height : item.font.size + 2;
}

double BaselineOffset(const Item& item) {
  const double size = item.font.size;
  switch (item.baseline) {
    case TextBaseline::kTop:
      return std::round(0.79 * size);
    case TextBaseline::kMiddle:
      return std::round(0.30 * size);
    case TextBaseline::kBottom:
      return std::round(-0.21 * size);
    case TextBaseline::kLineTop:
      return std::round(0.29 * size + 0.5 * LineHeight(item));
    case TextBaseline::kLineBottom:
      return std::round(0.29 * size - 0.5 * LineHeight(item));
    case TextBaseline::kAlphabetic:
      break;
  }
  return 0;
}

std::vector<std::string> FittedLines(const Item& item, const TextMeasure& measure) {
  std::vector<std::string> lines;
  for (const std::string& line : item.text) lines.push_back(Fit(line, item, measure));
  return lines;
}

double FillAlpha(const Item& item) {
  return item.opacity * item.fill_opacity * (item.fill.color ? item.fill.color->alpha : 1);
}

double StrokeAlpha(const Item& item) {
  return item.opacity * item.stroke_opacity * (item.stroke.color ? item.stroke.color->alpha : 1);
}

}  // namespace loupe::chart

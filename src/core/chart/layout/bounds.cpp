#include "core/chart/layout/bounds.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace loupe::chart {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr const char* kEllipsis = "\xE2\x80\xA6";
constexpr int kMaxGroupDepth = 16;

double RoundHalfUp(double x) { return std::floor(x + 0.5); }

bool IsStroked(const Item& item) {
  return !item.stroke.IsNone() && item.opacity != 0 && item.stroke_opacity != 0;
}

void AddStroke(const Item& item, Bounds* bounds) {
  if (IsStroked(item) && !bounds->IsEmpty()) bounds->Expand(item.stroke_width);
}

struct Pen {
  double x = 0;
  double y = 0;
};

// Extremes of a circular arc: its ends and the points of the circle's four quarters within it.
void AddArc(const Pen& pen, const PathCommand& arc, Bounds* bounds) {
  const double r = arc.args[0];
  const bool large = arc.args[3] != 0;
  const bool clockwise = arc.args[4] != 0;
  const Pen end{arc.args[5], arc.args[6]};
  bounds->Add(end.x, end.y);
  const double dx = end.x - pen.x;
  const double dy = end.y - pen.y;
  const double chord = std::hypot(dx, dy);
  if (!(chord > 0) || !(r > 0)) return;
  const double height = std::sqrt(std::max(0.0, r * r - chord * chord / 4));
  const double side = large == clockwise ? -1 : 1;
  const double cx = (pen.x + end.x) / 2 - side * height * dy / chord;
  const double cy = (pen.y + end.y) / 2 + side * height * dx / chord;
  const double from = std::atan2(pen.y - cy, pen.x - cx);
  double sweep = std::atan2(end.y - cy, end.x - cx) - from;
  if (clockwise && sweep <= 0) sweep += 2 * kPi;
  if (!clockwise && sweep >= 0) sweep -= 2 * kPi;
  for (int i = -8; i <= 8; ++i) {
    const double angle = i * kPi / 2;
    const double turned = (angle - from) / sweep;
    if (turned >= 0 && turned <= 1) bounds->Add(cx + r * std::cos(angle), cy + r * std::sin(angle));
  }
}

double CubicAt(double a, double b, double c, double d, double t) {
  const double u = 1 - t;
  return u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
}

void AddCubic(const Pen& pen, const PathCommand& cubic, Bounds* bounds) {
  const auto& p = cubic.args;
  bounds->Add(p[4], p[5]);
  const double from[2] = {pen.x, pen.y};
  for (int axis = 0; axis < 2; ++axis) {
    const double b = p[static_cast<std::size_t>(axis)];
    const double c = p[2 + static_cast<std::size_t>(axis)];
    const double d = p[4 + static_cast<std::size_t>(axis)];
    const double a = from[axis];
    // Roots of the derivative.
    const double q = -a + 3 * b - 3 * c + d;
    const double l = 2 * (a - 2 * b + c);
    const double k = b - a;
    const double root = l * l - 4 * q * k;
    const double roots[2] = {std::fabs(q) > 1e-12 ? (-l + std::sqrt(root)) / (2 * q) : -k / l,
                             std::fabs(q) > 1e-12 ? (-l - std::sqrt(root)) / (2 * q) : -1};
    for (const double t : roots) {
      if (!(t > 0 && t < 1)) continue;
      bounds->Add(CubicAt(pen.x, p[0], p[2], p[4], t), CubicAt(pen.y, p[1], p[3], p[5], t));
    }
  }
}

Bounds PathBounds(const Path& path) {
  Bounds bounds;
  Pen pen;
  for (const PathCommand& command : path) {
    switch (command.verb) {
      case PathVerb::kMove:
      case PathVerb::kLine:
        bounds.Add(command.args[0], command.args[1]);
        pen = {command.args[0], command.args[1]};
        break;
      case PathVerb::kQuad:
        bounds.Add(command.args[0], command.args[1]);
        bounds.Add(command.args[2], command.args[3]);
        pen = {command.args[2], command.args[3]};
        break;
      case PathVerb::kCubic:
        AddCubic(pen, command, &bounds);
        pen = {command.args[4], command.args[5]};
        break;
      case PathVerb::kArc:
        AddArc(pen, command, &bounds);
        pen = {command.args[5], command.args[6]};
        break;
      case PathVerb::kClose:
        break;
    }
  }
  return bounds;
}

void Rotate(double degrees, double cx, double cy, Bounds* bounds) {
  const double angle = degrees * kPi / 180;
  const double c = std::cos(angle);
  const double s = std::sin(angle);
  const Bounds b = *bounds;
  *bounds = Bounds();
  for (const double x : {b.x1, b.x2}) {
    for (const double y : {b.y1, b.y2}) {
      bounds->Add(cx + c * (x - cx) - s * (y - cy), cy + s * (x - cx) + c * (y - cy));
    }
  }
}

Bounds TextBounds(const Item& item, const TextMeasure& measure) {
  double width = 0;
  for (const std::string& line : item.text) {
    const std::string drawn = LimitText(line, item.limit, item.font, measure);
    if (item.font.size > 0) width = std::max(width, measure.Width(item.font, drawn));
  }
  double height = item.font.size;
  const double dy = item.dy + BaselineOffset(item) - RoundHalfUp(0.8 * height);
  if (item.text.size() > 1) height += LineHeight(item) * static_cast<double>(item.text.size() - 1);
  double dx = item.dx;
  if (item.align == TextAlign::kCenter) dx -= width / 2;
  if (item.align == TextAlign::kRight) dx -= width;
  Bounds bounds{item.x + dx, item.y + dy, item.x + dx + width, item.y + dy + height};
  if (item.angle != 0) Rotate(item.angle, item.x, item.y, &bounds);
  return bounds;
}

Bounds GroupBounds(const Item& item, const TextMeasure& measure, int depth);

// Bounds move with their item, so those of a look are worked out once.
Bounds PlacedBounds(const Mark& mark, const TextMeasure& measure) {
  std::vector<Bounds> looks;
  for (const Item& item : mark.items) looks.push_back(ItemBounds(mark.type, item, measure));
  Bounds bounds;
  for (const Place& place : mark.places) {
    Bounds copy = looks[place.item];
    if (copy.IsEmpty()) continue;
    const Item& item = mark.items[place.item];
    copy.Translate(place.x - item.x, place.y - item.y);
    bounds.Union(copy);
  }
  return bounds;
}

Bounds MarkBoundsAt(const Mark& mark, const TextMeasure& measure, int depth) {
  if (!mark.places.empty()) return PlacedBounds(mark, measure);
  Bounds bounds;
  for (const Item& item : mark.items) {
    bounds.Union(mark.type == MarkType::kGroup ? GroupBounds(item, measure, depth)
                                               : ItemBounds(mark.type, item, measure));
  }
  return bounds;
}

Bounds GroupBounds(const Item& item, const TextMeasure& measure, int depth) {
  Bounds bounds;
  if (!item.clip && depth < kMaxGroupDepth) {
    for (const Mark& mark : item.marks) bounds.Union(MarkBoundsAt(mark, measure, depth + 1));
  }
  if (item.clip || item.width > 0 || item.height > 0) {
    bounds.Union({0, 0, item.width, item.height});
  }
  AddStroke(item, &bounds);
  bounds.Translate(item.x, item.y);
  return bounds;
}

}  // namespace

void Bounds::Add(double x, double y) {
  x1 = std::min(x1, x);
  y1 = std::min(y1, y);
  x2 = std::max(x2, x);
  y2 = std::max(y2, y);
}

void Bounds::Union(const Bounds& other) {
  if (other.IsEmpty()) return;
  Add(other.x1, other.y1);
  Add(other.x2, other.y2);
}

void Bounds::Expand(double by) {
  x1 -= by;
  y1 -= by;
  x2 += by;
  y2 += by;
}

void Bounds::Translate(double dx, double dy) {
  if (IsEmpty()) return;
  x1 += dx;
  x2 += dx;
  y1 += dy;
  y2 += dy;
}

double LineHeight(const Item& item) {
  return item.line_height > 0 ? item.line_height : item.font.size + 2;
}

double BaselineOffset(const Item& item) {
  const double h = item.font.size;
  switch (item.baseline) {
    case TextBaseline::kTop:
      return RoundHalfUp(0.79 * h);
    case TextBaseline::kMiddle:
      return RoundHalfUp(0.30 * h);
    case TextBaseline::kBottom:
      return RoundHalfUp(-0.21 * h);
    case TextBaseline::kLineTop:
      return RoundHalfUp(0.29 * h + 0.5 * LineHeight(item));
    case TextBaseline::kLineBottom:
      return RoundHalfUp(0.29 * h - 0.5 * LineHeight(item));
    case TextBaseline::kAlphabetic:
      return 0;
  }
  return 0;
}

std::string LimitText(const std::string& text, double limit, const FontSpec& font,
                      const TextMeasure& measure) {
  if (!(limit > 0) || text.empty() || measure.Width(font, text) < limit) return text;
  const double room = limit - measure.Width(font, kEllipsis);
  std::vector<std::size_t> ends = {0};  // of the code points
  for (std::size_t i = 1; i <= text.size(); ++i) {
    if (i == text.size() || (text[i] & 0xC0) != 0x80) ends.push_back(i);
  }
  std::size_t low = 0;
  std::size_t high = ends.size() - 1;
  while (low < high) {
    const std::size_t middle = 1 + (low + high) / 2;
    if (measure.Width(font, text.substr(0, ends[middle])) < room) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return text.substr(0, ends[low]) + kEllipsis;
}

Bounds ItemBounds(MarkType type, const Item& item, const TextMeasure& measure) {
  switch (type) {
    case MarkType::kGroup:
      return GroupBounds(item, measure, 0);
    case MarkType::kText:
      return TextBounds(item, measure);
    case MarkType::kRect:
    case MarkType::kImage: {
      Bounds bounds{item.x, item.y, item.x + item.width, item.y + item.height};
      AddStroke(item, &bounds);
      return bounds;
    }
    case MarkType::kRule: {
      Bounds bounds;
      bounds.Add(item.x, item.y);
      bounds.Add(item.x2, item.y2);
      AddStroke(item, &bounds);
      return bounds;
    }
    case MarkType::kLine:
    case MarkType::kArea:
    case MarkType::kArc:
    case MarkType::kSymbol:
    case MarkType::kPath:
    case MarkType::kTrail: {
      Bounds bounds = PathBounds(item.path);
      if (bounds.IsEmpty()) return bounds;
      AddStroke(item, &bounds);
      if (item.angle != 0) Rotate(item.angle, 0, 0, &bounds);
      bounds.Translate(item.x, item.y);
      return bounds;
    }
  }
  return Bounds();
}

Bounds MarkBounds(const Mark& mark, const TextMeasure& measure) {
  return MarkBoundsAt(mark, measure, 0);
}

}  // namespace loupe::chart

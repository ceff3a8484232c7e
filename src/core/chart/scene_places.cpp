#include "core/chart/scene_places.hpp"

#include <functional>
#include <string>
#include <utility>

namespace loupe::chart {
namespace {

bool SameGradient(const Gradient& a, const Gradient& b) {
  if (a.x1 != b.x1 || a.y1 != b.y1 || a.x2 != b.x2 || a.y2 != b.y2) return false;
  if (a.stops.size() != b.stops.size()) return false;
  for (std::size_t i = 0; i < a.stops.size(); ++i) {
    const bool same =
        a.stops[i].offset == b.stops[i].offset && a.stops[i].color == b.stops[i].color;
    if (!same) return false;
  }
  return true;
}

bool SamePaint(const Paint& a, const Paint& b) {
  if (!(a.color == b.color) || a.gradient.has_value() != b.gradient.has_value()) return false;
  return !a.gradient || SameGradient(*a.gradient, *b.gradient);
}

bool SamePath(const Path& a, const Path& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (a[i].verb != b[i].verb || a[i].args != b[i].args) return false;
  }
  return true;
}

bool SameFont(const FontSpec& a, const FontSpec& b) {
  return a.size == b.size && a.weight == b.weight && a.style == b.style && a.family == b.family;
}

bool SameText(const Item& a, const Item& b) {
  return a.text == b.text && a.line_height == b.line_height && SameFont(a.font, b.font) &&
         a.align == b.align && a.baseline == b.baseline && a.dx == b.dx && a.dy == b.dy &&
         a.limit == b.limit;
}

bool SameShape(const Item& a, const Item& b) {
  return a.width == b.width && a.height == b.height && a.x2 == b.x2 && a.y2 == b.y2 &&
         a.angle == b.angle && a.corner_radius == b.corner_radius && SamePath(a.path, b.path);
}

bool SamePen(const Item& a, const Item& b) {
  return a.stroke_width == b.stroke_width && a.stroke_cap == b.stroke_cap &&
         a.stroke_join == b.stroke_join && a.stroke_miter_limit == b.stroke_miter_limit &&
         a.stroke_dash == b.stroke_dash && a.stroke_dash_offset == b.stroke_dash_offset;
}

class Hasher {
 public:
  void Add(double value) { Mix(std::hash<double>()(value)); }
  void Add(const Color& color) {
    Mix(color.red | color.green << 8U | color.blue << 16U);
    Add(color.alpha);
  }
  [[nodiscard]] std::size_t value() const { return value_; }

 private:
  void Mix(std::size_t part) {  // FNV-1a's step over whole words
    constexpr std::size_t kPrime = 1099511628211U;
    value_ = (value_ ^ part) * kPrime;
    value_ ^= value_ >> 29U;
  }

  std::size_t value_ = 14695981039346656037U;
};

// Of what most often tells looks apart: colours, opacities, pen, size and outline.
std::size_t HashLook(const Item& item) {
  Hasher hasher;
  for (const Paint* paint : {&item.fill, &item.stroke}) {
    if (paint->color) hasher.Add(*paint->color);
  }
  for (const double part : {item.opacity, item.fill_opacity, item.stroke_opacity, item.stroke_width,
                            item.angle, item.width, item.height}) {
    hasher.Add(part);
  }
  for (const PathCommand& command : item.path) {
    hasher.Add(static_cast<double>(command.verb));
    for (const double arg : command.args) hasher.Add(arg);
  }
  return hasher.value();
}

}  // namespace

bool LooksAlike(const Item& a, const Item& b) {
  return SamePaint(a.fill, b.fill) && SamePaint(a.stroke, b.stroke) && a.opacity == b.opacity &&
         a.fill_opacity == b.fill_opacity && a.stroke_opacity == b.stroke_opacity &&
         SameShape(a, b) && SamePen(a, b) && SameText(a, b) && a.clip == b.clip &&
         a.aria_role_description == b.aria_role_description && a.marks.empty() && b.marks.empty();
}

std::uint32_t PlaceBuilder::FindLook(const Item& item) {
  const auto last = mark_->places.empty() ? 0 : mark_->places.back().item;
  if (!mark_->items.empty() && LooksAlike(mark_->items[last], item)) return last;
  const std::size_t hash = HashLook(item);
  const auto [begin, end] = looks_.equal_range(hash);
  for (auto look = begin; look != end; ++look) {
    if (LooksAlike(mark_->items[look->second], item)) return look->second;
  }
  const auto added = static_cast<std::uint32_t>(mark_->items.size());
  if (looks_.size() < kMaxLooks) looks_.emplace(hash, added);
  return added;
}

// Texts begin with the first item that has one.
void PlaceBuilder::AddText(PlaceText text) {
  const bool has_text = !text.aria_label.empty() || !text.tooltip.empty();
  if (!has_text && mark_->texts.empty()) return;
  mark_->texts.resize(mark_->places.size() - 1);
  mark_->texts.push_back(std::move(text));
}

void PlaceBuilder::Add(Item item) {
  if (mark_->type != MarkType::kSymbol) {
    mark_->items.push_back(std::move(item));
    return;
  }
  const std::uint32_t look = FindLook(item);
  mark_->places.push_back({item.x, item.y, look});
  AddText({std::exchange(item.aria_label, {}), std::exchange(item.tooltip, {})});
  if (look < mark_->items.size()) return;
  item.x = 0;
  item.y = 0;
  mark_->items.push_back(std::move(item));
}

void PlaceBuilder::AddAgain(double x, double y, PlaceText text) {
  mark_->places.push_back({x, y, mark_->places.back().item});
  AddText(std::move(text));
}

}  // namespace loupe::chart

#include "core/chart/guide/parts.hpp"

#include <algorithm>
#include <vector>

#include "core/chart/mark/style.hpp"

namespace loupe::chart {
namespace {

bool Overlaps(const Bounds& a, const Bounds& b, double separation) {
  return separation >
         std::max(std::max(b.x1 - a.x2, a.x1 - b.x2), std::max(b.y1 - a.y2, a.y1 - b.y2));
}

bool AnyOverlap(const std::vector<Bounds>& bounds, const std::vector<std::size_t>& shown,
                double separation) {
  for (std::size_t i = 1; i < shown.size(); ++i) {
    if (Overlaps(bounds[shown[i - 1]], bounds[shown[i]], separation)) return true;
  }
  return false;
}

}  // namespace

Mark PartMark(MarkType type, const char* role) {
  Mark mark;
  mark.type = type;
  mark.role = role;
  return mark;
}

FontSpec FontOf(const Lookup& look, const Json& config, const char* prefix, const char* style) {
  const Lookup base({&Section(Section(config, "style"), style)});
  const std::string name(prefix);
  FontSpec font;
  font.family = look.Text(name + "Font", base.Text("font", "sans-serif"));
  font.size = look.Number(name + "FontSize", base.Number("fontSize", 10));
  const Json* weight = look.Find(name + "FontWeight");
  font.weight = WeightOf(weight != nullptr ? weight : base.Find("fontWeight"));
  const std::string slant = look.Text(name + "FontStyle", base.Text("fontStyle", ""));
  font.style = slant == "italic" ? FontStyle::kItalic : FontStyle::kNormal;
  return font;
}

Paint TextPaint(const Lookup& look, const Json& config, const char* property, const char* style) {
  const Json* own = look.Find(property);
  return PaintOf(own != nullptr ? own : Section(Section(config, "style"), style).Find("fill"));
}

void HideOverlaps(bool greedy, double separation, const TextMeasure& measure, Mark* labels) {
  std::vector<Bounds> bounds;
  std::vector<std::size_t> shown;
  for (std::size_t i = 0; i < labels->items.size(); ++i) {
    bounds.push_back(ItemBounds(MarkType::kText, labels->items[i], measure));
    if (bounds[i].Width() > 1 && bounds[i].Height() > 1) shown.push_back(i);
  }
  const std::vector<std::size_t> all = shown;
  while (shown.size() >= 3 && AnyOverlap(bounds, shown, separation)) {
    std::vector<std::size_t> kept;
    for (std::size_t i = 0; i < shown.size(); ++i) {
      const bool keep =
          greedy ? kept.empty() || !Overlaps(bounds[kept.back()], bounds[shown[i]], separation)
                 : i % 2 == 0;
      if (keep) kept.push_back(shown[i]);
    }
    shown = std::move(kept);
  }
  if (shown.size() < 3 && !all.empty() && shown.back() != all.back()) {
    if (shown.size() > 1) shown.pop_back();
    shown.push_back(all.back());
  }
  for (const std::size_t i : all) {
    const bool visible = std::find(shown.begin(), shown.end(), i) != shown.end();
    if (!visible) labels->items[i].opacity = 0;
  }
}

}  // namespace loupe::chart

// Bounds of marks by Vega's rules, which decide how large a picture becomes.
//
// Texts are as high as their font size, four fifths of it above the baseline; strokes widen bounds
// by their whole width on every side.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_LAYOUT_BOUNDS_HPP
#define LOUPE_CORE_CHART_LAYOUT_BOUNDS_HPP

#include "core/chart/scene.hpp"
#include "core/chart/text/measure.hpp"

namespace loupe::chart {

struct Bounds {
  double x1 = 1e300;
  double y1 = 1e300;
  double x2 = -1e300;
  double y2 = -1e300;

  [[nodiscard]] bool IsEmpty() const { return x1 > x2 || y1 > y2; }
  [[nodiscard]] double Width() const { return IsEmpty() ? 0 : x2 - x1; }
  [[nodiscard]] double Height() const { return IsEmpty() ? 0 : y2 - y1; }
  void Add(double x, double y);
  void Union(const Bounds& other);
  void Expand(double by);
  void Translate(double dx, double dy);
};

// In the coordinates of the enclosing group. `type` is the mark's.
[[nodiscard]] Bounds ItemBounds(MarkType type, const Item& item, const TextMeasure& measure);
[[nodiscard]] Bounds MarkBounds(const Mark& mark, const TextMeasure& measure);

// Vertical shift of a text's baseline below its anchor.
[[nodiscard]] double BaselineOffset(const Item& item);
[[nodiscard]] double LineHeight(const Item& item);
// The text that is drawn: cut with an ellipsis where it is wider than its limit.
[[nodiscard]] std::string LimitText(const std::string& text, double limit, const FontSpec& font,
                                    const TextMeasure& measure);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_LAYOUT_BOUNDS_HPP

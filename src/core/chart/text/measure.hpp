// TextMeasure: how wide a text will be drawn, the one thing that layout must know about fonts.
//
// Layout asks for advances only: the height of a line is its font size, as in Vega. FontSet
// (text/font_set.hpp) shapes with the real fonts; tests use a measure of fixed advances, so that
// their expectations do not depend on a font file.
#ifndef LOUPE_CORE_CHART_TEXT_MEASURE_HPP
#define LOUPE_CORE_CHART_TEXT_MEASURE_HPP

#include <string_view>

#include "core/chart/scene.hpp"

namespace loupe::chart {

class TextMeasure {
 public:
  virtual ~TextMeasure() = default;

  // Returns the advance of one line of UTF-8 text in pixels.
  [[nodiscard]] virtual double Width(const FontSpec& font, std::string_view text) const = 0;
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_TEXT_MEASURE_HPP

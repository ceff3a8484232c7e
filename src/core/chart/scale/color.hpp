// Colours: CSS colour text, and interpolation in RGB and HCL as Vega's scales use it.
//
// HCL is CIE LCh(ab) with the D50 white point, the short way round the hue circle.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_SCALE_COLOR_HPP
#define LOUPE_CORE_CHART_SCALE_COLOR_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/chart/scene.hpp"

namespace loupe::chart {

// Reads "#rgb", "#rrggbb", "#rrggbbaa", "rgb(…)", "rgba(…)", "hsl(…)", CSS colour names and
// "transparent"; nothing for other text.
[[nodiscard]] std::optional<Color> ParseColor(std::string_view text);

// The text of a paint where it is a CSS colour name, in lower case; else empty.
[[nodiscard]] std::string ColorName(std::string_view text);

enum class ColorSpace { kRgb, kHcl };

// The colour at `t` (0-1, clamped) of a way through `colors` in equal steps. Demands one colour.
[[nodiscard]] Color InterpolateColors(const std::vector<Color>& colors, ColorSpace space, double t);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_SCALE_COLOR_HPP

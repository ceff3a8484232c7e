// Colour schemes by the names that Vega documents ("Schemes" in its reference).
//
// Sources of the numbers: ColorBrewer 2.0 (Brewer, Harrower; Apache-2.0) for its sequential,
// diverging and categorical sets, resampled as Vega publishes them; matplotlib (viridis, magma,
// inferno, plasma; CC0), Nuñez, Anderton and Renslow 2018 (cividis), Mikhailov 2019 (turbo),
// Tableau (tableau10, tableau20, multi-hue ramps), d3-scale-chromatic (category10 and its kin).
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_SCALE_SCHEME_HPP
#define LOUPE_CORE_CHART_SCALE_SCHEME_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/chart/scene.hpp"

namespace loupe::chart {

enum class SchemeKind { kDiscrete, kContinuous };

struct Scheme {
  SchemeKind kind = SchemeKind::kDiscrete;
  std::vector<Color> colors;
};

// Case does not matter.
[[nodiscard]] std::optional<Scheme> FindScheme(std::string_view name);
[[nodiscard]] std::vector<std::string> SchemeNames();

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_SCALE_SCHEME_HPP

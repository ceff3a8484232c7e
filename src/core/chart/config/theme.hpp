// Themes: configs by name, which lie above Vega-Lite's defaults and below every other config.
//
//   Result<Json> dark = ThemeConfig("dark");
//   options.theme = dark.value();  // {"background": "#333", …}
//
// "default" is Vega-Lite's own look. The values of the others are those of the package vega-themes
// 3.0.0 (BSD-3-Clause), without its defaults of Vega's groups, paths, shapes and symbols, which no
// mark of Vega-Lite reads. "colorblind" is ours: the eight colours of Okabe and Ito (Color
// Universal Design, 2008) in an order that keeps neighbours apart, black last, as Wong recommends
// them (Points of view: Color blindness, Nature Methods 8, 2011); for amounts cividis (Nunez,
// Anderton and Renslow, PLoS ONE 13, 2018) and viridis, dark where there is more.
//
// Tested by test/unit/chart_theme_test.cpp.
#ifndef LOUPE_CORE_CHART_CONFIG_THEME_HPP
#define LOUPE_CORE_CHART_CONFIG_THEME_HPP

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::chart {

// The names that ThemeConfig knows, sorted.
[[nodiscard]] const std::vector<std::string>& ThemeNames();

// A Vega-Lite config object. Error: kInvalidArgument for a name that is not known; its hint names
// the nearest or all.
[[nodiscard]] Result<Json> ThemeConfig(std::string_view name);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_CONFIG_THEME_HPP

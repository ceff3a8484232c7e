// The configs of themes as JSON text; theme.hpp says where their values come from.
#ifndef LOUPE_CORE_CHART_CONFIG_THEME_TEXT_HPP
#define LOUPE_CORE_CHART_CONFIG_THEME_TEXT_HPP

#include <string_view>
#include <vector>

namespace loupe::chart {

struct ThemeText {
  std::string_view name;
  std::string_view config;
};

// Sorted by name; those that theme.cpp makes are not among them.
[[nodiscard]] const std::vector<ThemeText>& ThemeTexts();

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_CONFIG_THEME_TEXT_HPP

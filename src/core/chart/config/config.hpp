// Config: Vega-Lite's defaults merged with a theme's, the host's and the spec's, and the lookups
// that fall from an object through its styles to the config.
//
//   const Json config = MergedConfig({&theme, &options.config, &spec_config});
//   Lookup({&Section(config, "axis")}).Number("labelPadding", 0)  // 2
//
// Numbers are those of Vega-Lite 6 and Vega 6 (their documentation's config pages).
//
// Tested by test/unit/chart_theme_test.cpp, chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_CONFIG_CONFIG_HPP
#define LOUPE_CORE_CHART_CONFIG_CONFIG_HPP

#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

// Vega-Lite's defaults below `layers`, each above the one before; what is no object is passed over.
// Sections merge by their members, styles by the members of each style and the legend's layout by
// its own, as in Vega; every other value replaces the one below, objects too. The last "font" sets
// the font of every text, below what the layers say of single ones.
[[nodiscard]] Json MergedConfig(const std::vector<const Json*>& layers);

// Finds the first object of a list that has a member: a chain of defaults.
class Lookup {
 public:
  explicit Lookup(std::vector<const Json*> chain) : chain_(std::move(chain)) {}

  // The value of the first object that has `name`, null values included; or null.
  [[nodiscard]] const Json* Find(std::string_view name) const;
  // Each falls back where the value is absent or of another type.
  [[nodiscard]] double Number(std::string_view name, double fallback) const;
  [[nodiscard]] std::string Text(std::string_view name, std::string_view fallback) const;
  [[nodiscard]] bool Flag(std::string_view name, bool fallback) const;

 private:
  std::vector<const Json*> chain_;
};

// Member `name` of `config`, or an empty object.
[[nodiscard]] const Json& Section(const Json& config, std::string_view name);

// A mark's property: the mark itself, its styles, the config of its kind, the style of its kind,
// the config of all marks. Colours fall in an order of their own (BaseItem of mark/style.hpp).
[[nodiscard]] Lookup MarkLookup(const MarkDef& mark, const Json& config);

// Style objects that `style` (a name or a list of names) selects, the last name first.
[[nodiscard]] std::vector<const Json*> StyleChain(const Json* style, const Json& config);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_CONFIG_CONFIG_HPP

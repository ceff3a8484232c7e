#include "core/chart/config/theme.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "core/base/nearest.hpp"
#include "core/chart/config/theme_text.hpp"

namespace loupe::chart {
namespace {

// One of the four shades of IBM's Carbon design; they share all but colours.
struct CarbonShade {
  std::string_view name;
  const char* background;
  const char* view;
  const char* title;
  const char* text;
  const char* grid;
  bool dark;
};

constexpr std::array<CarbonShade, 4> kCarbonShades = {
    {{"carbong10", "#f4f4f4", "#ffffff", "#161616", "#525252", "#e0e0e0", false},
     {"carbong100", "#161616", "#161616", "#f4f4f4", "#c6c6c6", "#393939", true},
     {"carbong90", "#262626", "#161616", "#f4f4f4", "#c6c6c6", "#525252", true},
     {"carbonwhite", "#ffffff", "#ffffff", "#161616", "#525252", "#e0e0e0", false}}};

constexpr const char* kCarbonFont =
    "IBM Plex Sans,system-ui,-apple-system,BlinkMacSystemFont,\".sfnstext-regular\",sans-serif";
constexpr const char* kCarbonLabelFont =
    "IBM Plex Sans Condensed, system-ui, -apple-system, BlinkMacSystemFont, "
    "\".SFNSText-Regular\", sans-serif";

Json CarbonRanges(const CarbonShade& shade) {
  const Json dark = Json::FromArray({"#8a3ffc", "#33b1ff", "#007d79", "#ff7eb6", "#fa4d56",
                                     "#fff1f1", "#6fdc8c", "#4589ff", "#d12771", "#d2a106",
                                     "#08bdba", "#bae6ff", "#ba4e00", "#d4bbff"});
  const Json light = Json::FromArray({"#6929c4", "#1192e8", "#005d5d", "#9f1853", "#fa4d56",
                                      "#570408", "#198038", "#002d9c", "#ee538b", "#b28600",
                                      "#009d9a", "#012749", "#8a3800", "#a56eff"});
  Json diverging = Json::FromArray(
      {"#750e13", "#a2191f", "#da1e28", "#fa4d56", "#ff8389", "#ffb3b8", "#ffd7d9", "#fff1f1",
       "#e5f6ff", "#bae6ff", "#82cfff", "#33b1ff", "#1192e8", "#0072c3", "#00539a", "#003a6d"});
  Json heatmap = Json::FromArray({"#f6f2ff", "#e8daff", "#d4bbff", "#be95ff", "#a56eff", "#8a3ffc",
                                  "#6929c4", "#491d8b", "#31135e", "#1c0f30"});
  return Json::Of({{"category", shade.dark ? dark : light},
                   {"diverging", std::move(diverging)},
                   {"heatmap", std::move(heatmap)}});
}

Json CarbonConfig(const CarbonShade& shade) {
  const Json mark = Json::Of({{"fill", shade.dark ? "#d4bbff" : "#6929c4"}});
  const Json guide = Json::Of({{"font", kCarbonFont}, {"fill", shade.text}, {"fontWeight", 400}});
  return Json::Of({{"background", shade.background},
                   {"arc", mark},
                   {"area", mark},
                   {"circle", mark},
                   {"rect", mark},
                   {"view", Json::Of({{"fill", shade.view}, {"stroke", shade.view}})},
                   {"title", Json::Of({{"color", shade.title},
                                       {"anchor", "start"},
                                       {"dy", -15},
                                       {"fontSize", 16},
                                       {"font", kCarbonFont},
                                       {"fontWeight", 600}})},
                   {"axis", Json::Of({{"labelColor", shade.text},
                                      {"labelFontSize", 12},
                                      {"labelFont", kCarbonLabelFont},
                                      {"labelFontWeight", 400},
                                      {"titleColor", shade.title},
                                      {"titleFontWeight", 600},
                                      {"titleFontSize", 12},
                                      {"grid", true},
                                      {"gridColor", shade.grid},
                                      {"labelAngle", 0}})},
                   {"axisX", Json::Of({{"titlePadding", 10}})},
                   {"axisY", Json::Of({{"titlePadding", 2.5}})},
                   {"style", Json::Of({{"guide-label", guide}, {"guide-title", guide}})},
                   {"range", CarbonRanges(shade)}});
}

}  // namespace

const std::vector<std::string>& ThemeNames() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const ThemeText& theme : ThemeTexts()) all.emplace_back(theme.name);
    for (const CarbonShade& shade : kCarbonShades) all.emplace_back(shade.name);
    std::sort(all.begin(), all.end());
    return all;
  }();
  return names;
}

Result<Json> ThemeConfig(std::string_view name) {
  for (const ThemeText& theme : ThemeTexts()) {
    if (theme.name == name) return ParseJson(theme.config);
  }
  for (const CarbonShade& shade : kCarbonShades) {
    if (shade.name == name) return CarbonConfig(shade);
  }
  std::string hint;
  if (const std::optional<std::string> nearest = NearestName(name, ThemeNames())) {
    hint = "Did you mean \"" + *nearest + "\"?";
  } else {
    for (const std::string& known : ThemeNames()) hint += (hint.empty() ? "" : ", ") + known;
    hint = "Themes are " + hint + ".";
  }
  return Status(Code::kInvalidArgument, "unknown theme \"" + std::string(name) + "\"")
      .WithHint(std::move(hint));
}

}  // namespace loupe::chart

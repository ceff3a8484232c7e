#include "core/chart/config/theme.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "chart_fixture.hpp"
#include "core/chart/config/config.hpp"
#include "core/chart/scale/color.hpp"
#include "core/chart/scale/scheme.hpp"

namespace loupe::chart {
namespace {

Json Parsed(const std::string& text) {
  const Result<Json> json = ParseJson(text);
  EXPECT_TRUE(json.ok()) << text;
  return json.ok() ? json.value() : Json();
}

Scene Themed(const std::string& spec, const std::string& theme, const std::string& config = "{}") {
  CompileOptions options;
  options.theme = ThemeConfig(theme).value();
  options.config = Parsed(config);
  Result<Compiled> compiled = Compile(Parsed(spec), {}, options, FixedMeasure(), Context());
  EXPECT_TRUE(compiled.ok()) << compiled.status().message();
  return compiled.ok() ? std::move(compiled).value().scene : Scene{};
}

std::string Spec(const std::string& mark, const std::string& encoding,
                 const std::string& more = "") {
  return R"({"data": {"values": [{"a": "x", "b": 1, "c": "u"}, {"a": "y", "b": 2, "c": "v"}]},
             "mark": )" +
         mark + R"(, "encoding": {)" + encoding + "}" + more + "}";
}

const char* const kBars = R"("x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"})";

std::string Hex(const std::optional<Color>& color) {
  if (!color) return "";
  std::array<char, 8> text{};
  std::snprintf(text.data(), text.size(), "#%02x%02x%02x", color->red, color->green, color->blue);
  return text.data();
}

const Item& First(const Scene& scene, const char* role) {
  return MarksOf(scene, role).front()->items.front();
}

std::string Fill(const Scene& scene, const char* role) {
  return Hex(First(scene, role).fill.color);
}

std::string Stroke(const Scene& scene, const char* role) {
  return Hex(First(scene, role).stroke.color);
}

void ExpectColors(const Json& list, const std::string& where) {
  for (const Json& color : list.items()) {
    EXPECT_TRUE(color.IsString() && ParseColor(color.AsString())) << where;
  }
}

TEST(ChartTheme, KnowsItsNames) {
  const std::vector<std::string>& names = ThemeNames();
  EXPECT_EQ(names.size(), 16u);
  EXPECT_TRUE(std::is_sorted(names.begin(), names.end()));
  for (const std::string& name : names) {
    const Result<Json> config = ThemeConfig(name);
    ASSERT_TRUE(config.ok()) << name;
    EXPECT_TRUE(config.value().IsObject()) << name;
    EXPECT_EQ(config.value().members().empty(), name == "default") << name;
  }
}

TEST(ChartTheme, HoldsColoursAndSchemesThatExist) {
  for (const std::string& name : ThemeNames()) {
    const Json config = ThemeConfig(name).value();
    const Json* background = config.Find("background");
    if (background != nullptr) {
      EXPECT_TRUE(ParseColor(background->AsString())) << name;
    }
    for (const Json::Member& range : Section(config, "range").members()) {
      if (range.value.IsArray()) ExpectColors(range.value, name + " " + range.name);
      if (range.value.IsObject()) {
        EXPECT_TRUE(FindScheme(range.value.Find("scheme")->AsString())) << name;
      }
    }
  }
}

TEST(ChartTheme, NamesTheNearestThemeOrAll) {
  const Status misspelt = ThemeConfig("drak").status();
  EXPECT_EQ(misspelt.code(), Code::kInvalidArgument);
  EXPECT_EQ(misspelt.message(), "unknown theme \"drak\"");
  EXPECT_EQ(misspelt.hint(), "Did you mean \"dark\"?");
  EXPECT_EQ(ThemeConfig("").status().code(), Code::kInvalidArgument);
  EXPECT_EQ(ThemeConfig("solarized").status().hint().substr(0, 25), "Themes are carbong10, car");
}

TEST(ChartTheme, LiesBelowTheHostAndTheSpec) {
  EXPECT_EQ(Hex(Themed(Spec("\"bar\"", kBars), "dark").background.color), "#333333");
  EXPECT_EQ(
      Hex(Themed(Spec("\"bar\"", kBars), "dark", R"({"background": "red"})").background.color),
      "#ff0000");
  const std::string spec =
      Spec("\"bar\"", kBars, R"(, "config": {"background": "lime", "axis": {"tickColor": "red"}})");
  const Scene scene = Themed(spec, "dark", R"({"background": "red"})");
  EXPECT_EQ(Hex(scene.background.color), "#00ff00");
  EXPECT_EQ(Stroke(scene, "axis-tick"), "#ff0000");
  EXPECT_EQ(Stroke(scene, "axis-domain"), "#ffffff");  // what the spec leaves is the theme's
}

TEST(ChartTheme, DefaultChangesNothing) {
  const std::string spec = Spec("\"bar\"", kBars);
  EXPECT_EQ(DebugString(Themed(spec, "default")), DebugString(MustCompile(spec).scene));
  EXPECT_NE(DebugString(Themed(spec, "dark")), DebugString(MustCompile(spec).scene));
}

TEST(ChartTheme, PaintsMarksGuidesAndFrame) {
  const Scene dark = Themed(Spec("\"bar\"", kBars, R"(, "title": "t")"), "dark");
  EXPECT_EQ(Fill(dark, "axis-label"), "#ffffff");
  EXPECT_EQ(Fill(dark, "axis-title"), "#ffffff");
  EXPECT_EQ(Fill(dark, "title-text"), "#ffffff");
  EXPECT_EQ(Stroke(dark, "axis-grid"), "#888888");
  const Scene five = Themed(Spec("\"bar\"", kBars), "fivethirtyeight");
  EXPECT_EQ(Fill(five, "mark"), "#30a2da");
  EXPECT_EQ(First(five, "axis-title").font.size, 14);
  const Scene power = Themed(Spec("\"bar\"", kBars), "powerbi");
  EXPECT_TRUE(MarksOf(power, "axis-tick").empty());
  EXPECT_EQ(First(power, "axis-grid").stroke_dash, (std::vector<double>{1, 5}));
  EXPECT_EQ(First(power, "axis-label").font.family, "Segoe UI");
  EXPECT_FALSE(power.background.color);
}

TEST(ChartTheme, GivesRangesOfColours) {
  const std::string named = std::string(kBars) + R"(, "color": {"field": "c"})";
  EXPECT_EQ(Fill(Themed(Spec("\"bar\"", named), "quartz"), "mark"), "#ab5787");
  EXPECT_EQ(Fill(Themed(Spec("\"bar\"", named), "colorblind"), "mark"), "#0072b2");
  const std::string ramp =
      std::string(kBars) + R"(, "color": {"field": "b", "type": "quantitative"})";
  EXPECT_EQ(Fill(Themed(Spec("\"bar\"", ramp), "latimes"), "mark"), "#fbf2c7");
  // Cividis turned around: what is least is lightest.
  EXPECT_EQ(Fill(Themed(Spec("\"bar\"", ramp), "colorblind"), "mark"),
            Hex(FindScheme("cividis")->colors.back()));
}

TEST(ChartConfig, SectionsMergeOneLevelDeep) {
  const Json below = Parsed(R"({"range": {"ramp": {"scheme": "cividis", "extent": [1, 0]}},
      "style": {"bar": {"fill": "red", "opacity": 0.5}}, "axis": {"grid": true, "tickSize": 9},
      "legend": {"layout": {"right": {}, "bottom": {"margin": 1}}}})");
  const Json above = Parsed(R"({"range": {"ramp": {"scheme": "blues"}}, "axis": {"grid": false},
      "style": {"bar": {"fill": "blue"}}, "legend": {"layout": {"bottom": {"margin": 2}}}})");
  const Json list = Parsed("[1]");
  const Json config = MergedConfig({&below, &list, &above});
  EXPECT_EQ(config.Find("range")->Find("ramp")->Dump(), R"({"scheme":"blues"})");
  EXPECT_EQ(config.Find("style")->Find("bar")->Dump(), R"({"fill":"blue","opacity":0.5})");
  EXPECT_EQ(*config.Find("axis")->Find("grid"), Json(false));
  EXPECT_EQ(*config.Find("axis")->Find("tickSize"), Json(9));
  EXPECT_EQ(*config.Find("axis")->Find("tickWidth"), Json(1));
  EXPECT_EQ(config.Find("legend")->Find("layout")->Dump(), R"({"right":{},"bottom":{"margin":2}})");
}

TEST(ChartConfig, TheFontOfAllTextsLiesBelowThatOfSingleOnes) {
  const Json theme = Parsed(R"({"style": {"guide-label": {"font": "Arial"}}, "font": "A"})");
  const Json host = Parsed(R"({"font": "Lato"})");
  const Json config = MergedConfig({&theme, &host});
  EXPECT_EQ(*config.Find("style")->Find("guide-label")->Find("font"), Json("Arial"));
  EXPECT_EQ(*config.Find("style")->Find("guide-title")->Find("font"), Json("Lato"));
  EXPECT_EQ(*config.Find("text")->Find("font"), Json("Lato"));
}

TEST(ChartConfig, ColoursOfMarksFallAsInVegaLite) {
  const auto fill = [](const std::string& mark, const std::string& config) {
    return Fill(Themed(Spec(mark, kBars), "default", config), "mark");
  };
  EXPECT_EQ(fill("\"bar\"", R"({"style": {"bar": {"color": "red"}}, "bar": {"color": "lime"}})"),
            "#ff0000");
  EXPECT_EQ(fill("\"bar\"", R"({"style": {"bar": {"fill": "red"}}})"), "#4c78a8");
  EXPECT_EQ(fill("\"bar\"", R"({"mark": {"fill": "red"}, "bar": {"color": "lime"}})"), "#00ff00");
  EXPECT_EQ(fill("\"bar\"", R"({"mark": {"fill": "red"}})"), "#ff0000");
  EXPECT_EQ(fill(R"({"type": "bar", "color": "blue"})", R"({"bar": {"fill": "red"}})"), "#0000ff");
  const std::string stroke = R"({"style": {"bar": {"stroke": "red"}}})";
  EXPECT_EQ(Stroke(Themed(Spec("\"bar\"", kBars), "default", stroke), "mark"), "#ff0000");
}

TEST(ChartConfig, SizesOfMarksFallAsInVegaLite) {
  const std::string all = R"({"mark": {"strokeWidth": 8, "size": 400}})";
  const Scene line = Themed(Spec("\"line\"", kBars), "default", all);
  EXPECT_EQ(First(line, "mark").stroke_width, 8);
  EXPECT_EQ(First(Themed(Spec("\"line\"", kBars), "default"), "mark").stroke_width, 2);
  const Scene point = Themed(Spec("\"point\"", kBars), "default", all);
  EXPECT_EQ(First(point, "mark").stroke_width, 2);
}

TEST(ChartConfig, TheViewFramesOnlyPlotsWithAxes) {
  const std::string config = R"({"view": {"fill": "red", "stroke": "blue"}})";
  const auto frame = [&](const std::string& spec) {
    const Scene scene = Themed(spec, "default", config);
    return scene.root.items.front();
  };
  EXPECT_EQ(Hex(frame(Spec("\"bar\"", kBars)).fill.color), "#ff0000");
  const std::string arcs = R"("theta": {"field": "b", "type": "quantitative"})";
  EXPECT_FALSE(frame(Spec("\"arc\"", arcs)).fill.color);
  EXPECT_FALSE(frame(Spec("\"arc\"", arcs)).stroke.color);
}

TEST(ChartConfig, AreasUnderLinesKeepTheOpacityOfTheConfig) {
  const std::string area = Spec(R"({"type": "area", "line": true})", kBars);
  EXPECT_EQ(First(Themed(area, "default"), "mark").opacity, 0.7);
  EXPECT_EQ(First(Themed(area, "default", R"({"area": {"opacity": 0.6}})"), "mark").opacity, 0.6);
}

}  // namespace
}  // namespace loupe::chart

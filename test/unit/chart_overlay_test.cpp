#include "chart_fixture.hpp"
#include "core/chart/config/config.hpp"
#include "core/chart/normalize/overlay.hpp"
#include "core/chart/normalize/ranged_line.hpp"

namespace loupe::chart {
namespace {

Json Parsed(const std::string& text) { return ParseJson(text).value(); }

Json ConfigWith(const std::string& text) {
  const Json config = Parsed(text);
  return MergedConfig({&config});
}

TEST(ChartOverlay, BecomesLayers) {
  const Json config = MergedConfig({});
  const std::string encoding =
      R"(, "encoding": {"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}}})";
  const auto layers = [&](const std::string& mark, const Json& with) {
    const auto overlay = ExpandOverlay(Parsed(R"({"mark": )" + mark + encoding), with);
    return overlay ? overlay->Find("layer")->items().size() : 0;
  };
  EXPECT_EQ(layers(R"("line")", config), 0u);
  EXPECT_EQ(layers(R"({"type": "line", "point": true})", config), 2u);
  EXPECT_EQ(layers(R"({"type": "line", "point": false})", config), 0u);
  EXPECT_EQ(layers(R"({"type": "area", "line": true, "point": {"color": "red"}})", config), 3u);
  const Json by_config = ConfigWith(R"({"line": {"point": true}})");
  EXPECT_EQ(layers(R"("line")", by_config), 2u);
  // What lies over a pile is piled as well.
  const auto piled =
      ExpandOverlay(Parsed(R"({"mark": {"type": "area", "line": true})" + encoding), config);
  const Json& line = piled->Find("layer")->items()[1];
  EXPECT_EQ(*line.Find("encoding")->Find("y")->Find("stack"), Json("zero"));
}

constexpr const char* kEncoding =
    R"("encoding": {"x": {"field": "a", "type": "temporal"}, "y": {"field": "b", "aggregate": "sum"},
        "color": {"field": "c"}})";

std::string Overlaid(const std::string& unit, const std::string& config = "{}") {
  const auto out = ExpandOverlay(Parsed(unit), ConfigWith(config));
  return out ? out->Dump() : "none";
}

std::string Marks(const std::string& mark, const std::string& config = "{}") {
  const auto out =
      ExpandOverlay(Parsed(R"({"mark": )" + mark + ", " + kEncoding + "}"), ConfigWith(config));
  std::string text;
  if (!out) return "none";
  for (const Json& layer : out->Find("layer")->items()) {
    const Json* marked = layer.Find("mark");
    text += (marked != nullptr ? *marked : *layer.Find("layer")).Dump() + "\n";
  }
  return text;
}

TEST(ChartOverlay, KeepsTheViewAroundTheLayers) {
  EXPECT_EQ(Overlaid(R"({"name": "n", "title": "t", "width": 5, "params": [], "mark":
                {"type": "line", "point": true}, "encoding": {"x": {"field": "a"}}})"),
            R"({"title":"t","width":5,"layer":[{"name":"n","params":[],"mark":"line",)"
            R"("encoding":{"x":{"field":"a","type":"nominal"}}},)"
            R"({"mark":{"type":"point","opacity":1,"filled":true},)"
            R"("encoding":{"x":{"field":"a","type":"nominal"}}}]})");
}

TEST(ChartOverlay, LaysLinesAndPointsOverAreas) {
  EXPECT_EQ(Marks(R"({"type": "area", "line": {"color": "red"}, "point": "transparent",
                "interpolate": "step", "tooltip": true, "clip": false})"),
            R"({"type":"area","interpolate":"step","tooltip":true,"clip":false,"opacity":0.7})"
            "\n"
            R"({"type":"line","clip":false,"interpolate":"step","tooltip":true,"color":"red"})"
            "\n"
            R"({"type":"point","opacity":0,"filled":true,"clip":false,"tooltip":true})"
            "\n");
}

TEST(ChartOverlay, FadesAreasUnlessTheirOpacityIsGiven) {
  const std::string faded = R"({"type":"area","opacity":0.7})";
  const std::string mark = R"({"type": "area", "line": true})";
  EXPECT_EQ(Marks(mark).substr(0, faded.size()), faded);
  EXPECT_EQ(Marks(mark, R"({"area": {"fillOpacity": 0.2}})").substr(0, 7), "\"area\"\n");
  EXPECT_EQ(Marks(mark, R"({"mark": {"opacity": 0.2}})").substr(0, 7), "\"area\"\n");
  EXPECT_EQ(Marks(R"({"type": "area", "line": true, "style": "s"})",
                  R"({"style": {"s": {"opacity": 0.2}}})")
                .find("0.7"),
            std::string::npos);
}

TEST(ChartOverlay, FollowsTheConfigUnlessTheMarkRefuses) {
  const std::string config = R"({"area": {"line": true, "point": {"color": "red"}}})";
  EXPECT_NE(Marks(R"("area")", config).find(R"("color":"red")"), std::string::npos);
  EXPECT_EQ(Marks(R"({"type": "area", "line": false, "point": null})", config), "none");
  EXPECT_EQ(Marks(R"("bar")", R"({"bar": {"point": true}})"), "none");
  EXPECT_NE(Marks(R"({"type": "trail", "point": true})"), "none");
  EXPECT_EQ(Marks(R"({"type": "trail", "line": true})"), "none");
}

TEST(ChartOverlay, ShowsShapesByPointsAlone) {
  EXPECT_EQ(Overlaid(R"({"mark": "line", "encoding": {"shape": {"field": "s"}}})"),
            R"({"layer":[{"mark":"line","encoding":{}},)"
            R"({"mark":{"type":"point","opacity":1,"filled":true},)"
            R"("encoding":{"shape":{"field":"s","type":"nominal"}}}]})");
  EXPECT_EQ(Overlaid(R"({"mark": {"type": "line", "point": false},
                "encoding": {"shape": {"field": "s"}}})"),
            "none");
}

TEST(ChartOverlay, LinesOverAreasMayHavePointsOfTheirOwn) {
  EXPECT_NE(Marks(R"({"type": "area", "line": {"point": true}})").find(R"({"type":"point")"),
            std::string::npos);
}

TEST(ChartOverlay, LiesOnTheFirstEndOfRanges) {
  const auto out = ExpandOverlay(Parsed(R"({"mark": {"type": "area", "line": true}, "encoding":
      {"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}, "y2": {"field": "c"}}})"),
                                 MergedConfig({}));
  EXPECT_EQ(out->Find("layer")->items()[1].Find("encoding")->Dump(),
            R"({"x":{"field":"a","type":"nominal"},"y":{"field":"b","type":"quantitative"}})");
}

TEST(ChartOverlay, LeavesWrongTypesToTheParser) {
  for (const char* unit :
       {R"({"mark": {"type": "line", "point": 3}})", R"({"mark": {"type": 3, "point": true}})",
        R"({"mark": {"point": true}})", R"({"mark": [], "encoding": {}})", "{}",
        R"({"mark": {"type": "line", "point": true}, "encoding": []})"}) {
    EXPECT_EQ(Overlaid(unit), "none") << unit;
  }
}

TEST(ChartRangedLine, IsARule) {
  std::vector<Warning> warnings;
  const auto ranged = [&](const std::string& mark, const std::string& x) {
    const auto out = ExpandRangedLine(Parsed(R"({"mark": )" + mark + R"(, "encoding": {"x": )" + x +
                                             R"(, "x2": {"field": "b"}}})"),
                                      &warnings, "/layer/2");
    return out ? out->Find("mark")->Dump() : "none";
  };
  EXPECT_EQ(ranged(R"("line")", R"({"field": "a"})"), "\"rule\"");
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_EQ(warnings[0].pointer, "/layer/2/mark");
  EXPECT_EQ(ranged(R"({"type": "line", "color": "red"})", R"({"datum": 3})"),
            R"({"type":"rule","color":"red"})");
  EXPECT_EQ(ranged(R"("line")", R"({"field": "a", "bin": "binned"})"), "none");
  EXPECT_EQ(ranged(R"("line")", R"({"value": 3})"), "none");
  EXPECT_EQ(ranged(R"("bar")", R"({"field": "a"})"), "none");
  EXPECT_EQ(warnings.size(), 2u);
}

}  // namespace
}  // namespace loupe::chart

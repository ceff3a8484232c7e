#include <algorithm>

#include "chart_fixture.hpp"
#include "core/chart/config/config.hpp"
#include "core/chart/normalize/facet.hpp"
#include "core/chart/normalize/inherit.hpp"
#include "core/chart/normalize/overlay.hpp"
#include "core/chart/normalize/repeat.hpp"

namespace loupe::chart {
namespace {

Json Parsed(const std::string& text) { return ParseJson(text).value(); }

TEST(ChartNormalize, LayersInheritWhatTheyLeaveOpen) {
  const Json shared = Parsed(R"({"x": {"field": "a", "type": "nominal"}, "y": {"field": "b"}})");
  const Json layer =
      Parsed(R"({"mark": "bar", "encoding": {"x": {"field": "c"}, "color": {"value": "red"}}})");
  EXPECT_EQ(InheritEncoding(shared, layer).Find("encoding")->Dump(),
            R"({"x":{"field":"c","type":"nominal"},"y":{"field":"b"},"color":{"value":"red"}})");
  // A value does not inherit; a channel may be taken away.
  const Json value = Parsed(R"({"encoding": {"x": {"value": 3}, "y": null}})");
  EXPECT_EQ(InheritEncoding(shared, value).Find("encoding")->Dump(),
            R"({"x":{"value":3},"y":null})");
}

TEST(ChartNormalize, FacetChannelsBecomeAFacet) {
  std::vector<Warning> warnings;
  const auto facet = ExpandFacetChannels(
      Parsed(R"({"data": {}, "title": "T", "width": 50, "mark": "bar", "encoding":
          {"x": {"field": "a"}, "row": {"field": "r", "spacing": 7}, "column": {"field": "c"},
           "facet": {"field": "f"}}})"),
      &warnings, "");
  ASSERT_TRUE(facet);
  EXPECT_EQ(facet->Find("facet")->Dump(), R"({"row":{"field":"r"},"column":{"field":"c"}})");
  EXPECT_EQ(facet->Find("spacing")->Dump(), R"({"row":7})");
  EXPECT_NE(facet->Find("title"), nullptr);
  EXPECT_EQ(facet->Find("width"), nullptr);
  EXPECT_EQ(facet->Find("spec")->Dump(),
            R"({"width":50,"mark":"bar","encoding":{"x":{"field":"a"}}})");
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_EQ(warnings[0].pointer, "/encoding/facet");
  EXPECT_FALSE(ExpandFacetChannels(Parsed(R"({"mark": "bar"})"), &warnings, ""));
}

TEST(ChartNormalize, RepetitionsBecomeConcatenationsAndLayers) {
  const Json wrapped = ExpandRepeat(Parsed(R"({"repeat": ["a", "b"], "columns": 1, "spec":
      {"data": {}, "mark": "bar", "encoding": {"x": {"field": {"repeat": "repeat"}}}}})"),
                                    "")
                           .value();
  EXPECT_EQ(wrapped.Find("concat")->items().size(), 2u);
  EXPECT_EQ(wrapped.Find("concat")->items()[1].Find("encoding")->Dump(), R"({"x":{"field":"b"}})");
  EXPECT_EQ(wrapped.Find("columns")->AsInteger(), 1);
  const Json crossed = ExpandRepeat(Parsed(R"({"repeat": {"row": ["a"], "column": ["b", "c"],
      "layer": ["d", "e"]}, "spec": {"mark": "bar", "encoding": {"x": {"field":
      {"repeat": "column"}}, "y": {"field": {"repeat": "layer"}}}}})"),
                                    "")
                           .value();
  const Json& second = crossed.Find("concat")->items()[1];
  const Json layers = ExpandRepeat(second, "").value();
  EXPECT_EQ(layers.Find("layer")->items()[1].Find("encoding")->Dump(),
            R"({"x":{"field":"c"},"y":{"field":"e"}})");
  EXPECT_EQ(ExpandRepeat(Parsed(R"({"repeat": {}, "spec": {}})"), "").status().code(),
            Code::kChartInvalidSpec);
  EXPECT_EQ(ExpandRepeat(Parsed(R"({"repeat": 3})"), "").status().code(), Code::kChartInvalidSpec);
}

TEST(ChartNormalize, OverlaysBecomeLayers) {
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
  const Json host = Parsed(R"({"line": {"point": true}})");
  const Json by_config = MergedConfig({&host});
  EXPECT_EQ(layers(R"("line")", by_config), 2u);
  // What lies over a pile is piled as well.
  const auto piled =
      ExpandOverlay(Parsed(R"({"mark": {"type": "area", "line": true})" + encoding), config);
  const Json& line = piled->Find("layer")->items()[1];
  EXPECT_EQ(*line.Find("encoding")->Find("y")->Find("stack"), Json("zero"));
}

TEST(ChartNormalize, SaysWhatBecomesOfInvalidValues) {
  const auto points = [](const std::string& mark, const std::string& config) {
    const Compiled c =
        MustCompile(R"({"data": {"values": [{"a": 1, "b": 1}, {"a": 2, "b": null},
            {"a": 30, "b": null}]}, "mark": )" +
                    mark + R"(, "encoding": {"x": {"field": "a", "type": "quantitative"},
            "y": {"field": "b", "type": "quantitative"}}, "config": )" +
                    config + "}");
    const Mark& mark_of_points = *MarksOf(c.scene, "mark").front();
    return std::max(mark_of_points.places.size(), mark_of_points.items.size());
  };
  EXPECT_EQ(points(R"("point")", "{}"), 1u);
  EXPECT_EQ(points(R"({"type": "point", "invalid": "show"})", "{}"), 3u);
  EXPECT_EQ(points(R"({"type": "point", "invalid": null})", "{}"), 3u);
  EXPECT_EQ(points(R"("point")", R"({"scale": {"invalid": {"y": {"value": 7}}}})"), 3u);
}

}  // namespace
}  // namespace loupe::chart

#include <algorithm>

#include "chart_fixture.hpp"
#include "core/chart/config/config.hpp"
#include "core/chart/normalize/inherit.hpp"

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

TEST(ChartNormalize, UnitsInheritWhatIsBoundAndLayersInheritAll) {
  const Json shared = Parsed(R"({"x": {"axis": {"grid": true}}, "y": null, "tooltip": [],
      "color": {"condition": {"test": "true", "value": 1}}, "row": {"field": "r"}})");
  EXPECT_EQ(InheritEncoding(shared, Parsed(R"({"mark": "bar"})")).Find("encoding")->Dump(),
            R"({"tooltip":[]})");
  EXPECT_EQ(InheritEncoding(shared, Parsed(R"({"layer": []})")).Find("encoding")->Dump(),
            R"({"x":{"axis":{"grid":true}},"y":null,"tooltip":[],)"
            R"("color":{"condition":{"test":"true","value":1}}})");
  EXPECT_EQ(InheritEncoding(shared, Parsed(R"({"encoding": {"x": {"field": "a"}}})"))
                .Find("encoding")
                ->Find("x")
                ->Dump(),
            R"({"axis":{"grid":true},"field":"a"})");
  EXPECT_EQ(InheritEncoding(Parsed("[]"), Parsed(R"({"encoding": 3})")).Dump(),
            R"({"encoding":3})");
}

TEST(ChartNormalize, LayersInheritTheProjectionWhereTheyHaveNone) {
  const Json shared = Parsed(R"({"type": "mercator"})");
  EXPECT_EQ(InheritProjection(shared, Parsed("{}")).Dump(),
            R"({"projection":{"type":"mercator"}})");
  EXPECT_EQ(InheritProjection(shared, Parsed(R"({"projection": {"type": "identity"}})")).Dump(),
            R"({"projection":{"type":"identity"}})");
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

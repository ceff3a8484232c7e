#include "chart_fixture.hpp"

namespace loupe::chart {
namespace {

std::string With(const std::string& members) {
  return R"({"data": {"values": [{"a": "A", "b": 28}, {"a": "B", "b": 55}]}, )" + members + "}";
}

void ExpectError(const std::string& spec, Code code, const std::string& pointer) {
  const Result<Compiled> result = TryCompile(spec);
  ASSERT_FALSE(result.ok()) << spec;
  EXPECT_EQ(result.status().code(), code) << result.status().message();
  EXPECT_EQ(result.status().pointer(), pointer) << result.status().message();
}

TEST(ChartParse, WarnsOfUnknownPropertiesWithTheNearestName) {
  const Compiled c = MustCompile(With(
      R"("mark": {"type": "bar", "opacty": 0.5}, "encoding": {"x": {"field": "a", "tpye": "nominal"}})"));
  ASSERT_EQ(c.warnings.size(), 2u);
  EXPECT_EQ(c.warnings[0].pointer, "/mark/opacty");
  EXPECT_EQ(c.warnings[0].hint, "Did you mean \"opacity\"?");
  EXPECT_EQ(c.warnings[1].pointer, "/encoding/x/tpye");
  EXPECT_EQ(c.warnings[1].hint, "Did you mean \"type\"?");
}

TEST(ChartParse, WarnsOfUnknownFieldsWithTheNearestName) {
  const Compiled c = MustCompile(
      R"({"data": {"values": [{"price": 1}]}, "mark": "point", "encoding": {"x": {"field": "prise"}}})");
  ASSERT_EQ(c.warnings.size(), 1u);
  EXPECT_EQ(c.warnings[0].hint, "Did you mean \"price\"?");
}

TEST(ChartParse, PointsAtWrongTypes) {
  ExpectError("[]", Code::kChartInvalidSpec, "");
  ExpectError("{}", Code::kChartInvalidSpec, "");
  ExpectError(With(R"("mark": "baar")"), Code::kChartInvalidSpec, "/mark");
  ExpectError(With(R"("mark": {"type": "bar", "opacity": "x"})"), Code::kChartInvalidSpec,
              "/mark/opacity");
  ExpectError(With(R"("mark": "bar", "encoding": {"x": []})"), Code::kChartInvalidSpec,
              "/encoding/x");
  ExpectError(With(R"("mark": "bar", "encoding": {"x": {"field": "a", "type": "odd"}})"),
              Code::kChartInvalidSpec, "/encoding/x/type");
  ExpectError(With(R"("mark": "bar", "encoding": {"x": {"field": "a", "aggregate": "summ"}})"),
              Code::kChartInvalidSpec, "/encoding/x/aggregate");
  ExpectError(With(R"("mark": "bar", "encoding": {"x": {"field": "a", "timeUnit": "yaer"}})"),
              Code::kChartInvalidSpec, "/encoding/x/timeUnit");
  ExpectError(With(R"("mark": "bar", "encoding": {"x": {"field": "b", "bin": {"step": 0}}})"),
              Code::kChartInvalidSpec, "/encoding/x/bin/step");
  ExpectError(With(R"("mark": "bar", "width": -1)"), Code::kChartInvalidSpec, "/width");
  ExpectError(With(R"("mark": "bar", "encoding": {"x2": {"field": "b"}})"), Code::kChartInvalidSpec,
              "/encoding/x2");
  ExpectError(
      With(R"("mark": "bar", "encoding": {"color": {"field": "a", "scale": {"scheme": "blus"}}})"),
      Code::kChartInvalidSpec, "/encoding/color/scale/scheme");
}

TEST(ChartParse, NamesFeaturesThatAreNotDrawnYet) {
  ExpectError(With(R"("mark": "geoshape")"), Code::kChartNotSupported, "/mark");
  ExpectError(With(R"("mark": {"type": "bar", "filled": {"expr": "datum.b"}})"),
              Code::kChartNotSupported, "/mark/filled");
  ExpectError(With(R"("mark": "point", "encoding": {"latitude": {"field": "b"}})"),
              Code::kChartNotSupported, "/encoding/latitude");
}

TEST(ChartParse, PointsIntoViewsInsideViews) {
  ExpectError(With(R"("layer": [])"), Code::kChartInvalidSpec, "/layer");
  ExpectError(With(R"("layer": [{"mark": "bar"}, {"mark": "baar"}])"), Code::kChartInvalidSpec,
              "/layer/1/mark");
  ExpectError(With(R"("hconcat": [{"mark": "bar"}, {"layer": [{"mark": 3}]}])"),
              Code::kChartInvalidSpec, "/hconcat/1/layer/0/mark");
  ExpectError(With(R"("facet": {"field": "a"}, "spec": {"mark": "bar", "width": -1})"),
              Code::kChartInvalidSpec, "/spec/width");
  ExpectError(With(R"("layer": [{"hconcat": []}])"), Code::kChartInvalidSpec, "/layer/0");
  ExpectError(With(R"("mark": "bar", "encoding": {"color": {"condition": {}, "value": "red"}})"),
              Code::kChartInvalidSpec, "/encoding/color/condition");
  ExpectError(With(R"("mark": "bar", "transform": [{"filter": "datum.b >"}])"),
              Code::kChartInvalidSpec, "/transform/0/filter");
  ExpectError(With(R"("mark": "bar", "resolve": {"scale": {"x": "no"}})"), Code::kChartInvalidSpec,
              "/resolve/scale/x");
}

TEST(ChartParse, LimitsViewsAndTheirNesting) {
  std::string nested = R"({"mark": "bar"})";
  for (int i = 0; i < 40; ++i) nested = R"({"layer": [)" + nested + "]}";
  EXPECT_EQ(TryCompile(nested).status().code(), Code::kLimitExceeded);
  std::string fields = R"("a")";
  for (int i = 0; i < 40; ++i) fields += R"(, "a")";
  const std::string repeat = R"({"repeat": {"row": [)" + fields + R"(], "column": [)" + fields +
                             R"(]}, "spec": {"mark": "bar"}})";
  EXPECT_EQ(TryCompile(repeat).status().code(), Code::kLimitExceeded);
}

TEST(ChartParse, ReplacesComputedPropertiesByTheirValues) {
  const Compiled c = MustCompile(With(
      R"("params": [{"name": "w", "value": 30}, {"name": "twice", "expr": "w * 2"}],
         "width": {"expr": "twice"}, "mark": {"type": "bar", "opacity": {"expr": "w / 60"}})"));
  EXPECT_EQ(c.scene.root.items.front().width, 60);
  ASSERT_FALSE(c.scene.root.items.front().marks.empty());
  EXPECT_EQ(c.scene.root.items.front().marks.front().items.front().opacity, 0.5);
}

TEST(ChartParse, AsksForTheSameDataOnce) {
  const auto requests = RequestedData(
      ParseJson(R"({"data": {"sql": "SELECT 1"}, "hconcat": [{"data": {"sql": "SELECT 1"}},
          {"data": {"name": "x"}, "transform": [{"lookup": "a",
            "from": {"data": {"relation": "t"}, "key": "a", "fields": ["b"]}}]},
          {"data": {"name": "y", "values": []}}, {"data": {"name": "y"}}]})")
          .value());
  ASSERT_TRUE(requests.ok()) << requests.status().message();
  ASSERT_EQ(requests.value().size(), 3u);
  EXPECT_EQ(requests.value()[0].pointer, "/data");
  EXPECT_EQ(requests.value()[1].pointer, "/hconcat/1/data");
  EXPECT_EQ(requests.value()[2].pointer, "/hconcat/1/transform/0/from/data");
  std::string many;
  for (int i = 0; i < 101; ++i) {
    many += (i == 0 ? "" : ", ") + (R"({"data": {"sql": ")" + std::to_string(i) + R"("}})");
  }
  EXPECT_EQ(RequestedData(ParseJson(R"({"hconcat": [)" + many + "]}").value()).status().code(),
            Code::kLimitExceeded);
}

TEST(ChartParse, ListsTheDataThatASpecAsksFor) {
  const auto requests = RequestedData(ParseJson(R"({"data": {"sql": "SELECT 1"}})").value());
  ASSERT_TRUE(requests.ok());
  ASSERT_EQ(requests.value().size(), 1u);
  EXPECT_EQ(requests.value()[0].kind, DataKind::kSql);
  EXPECT_EQ(requests.value()[0].pointer, "/data");
  EXPECT_EQ(requests.value()[0].value, Json("SELECT 1"));
  EXPECT_TRUE(RequestedData(ParseJson(With(R"("mark": "bar")")).value()).value().empty());
  EXPECT_FALSE(RequestedData(ParseJson(R"({"data": {"x": 1}})").value()).ok());
  EXPECT_FALSE(RequestedData(ParseJson(R"({"data": 3})").value()).ok());
}

}  // namespace
}  // namespace loupe::chart

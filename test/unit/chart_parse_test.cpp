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
  ExpectError(With(R"("layer": [])"), Code::kChartNotSupported, "/layer");
  ExpectError(With(R"("mark": "bar", "transform": [{"filter": "datum.b > 1"}])"),
              Code::kChartNotSupported, "/transform");
  ExpectError(With(R"("mark": "boxplot")"), Code::kChartNotSupported, "/mark");
  ExpectError(With(R"("mark": {"type": "bar", "opacity": {"expr": "p"}})"),
              Code::kChartNotSupported, "/mark/opacity");
  ExpectError(With(R"("mark": "bar", "encoding": {"row": {"field": "a"}})"),
              Code::kChartNotSupported, "/encoding/row");
  ExpectError(With(R"("mark": "bar", "encoding": {"color": {"condition": {}, "value": "red"}})"),
              Code::kChartNotSupported, "/encoding/color/condition");
  ExpectError(With(R"("mark": "bar", "autosize": "fit")"), Code::kChartNotSupported, "/autosize");
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

#include "chart_fixture.hpp"
#include "core/chart/normalize/facet.hpp"

namespace loupe::chart {
namespace {

Json Parsed(const std::string& text) { return ParseJson(text).value(); }

TEST(ChartFacetChannels, BecomeAFacet) {
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

std::string Expanded(const std::string& text) {
  std::vector<Warning> warnings;
  const auto facet = ExpandFacetChannels(Parsed(text), &warnings, "/concat/1");
  std::string out = facet ? facet->Dump() : "none";
  for (const Warning& warning : warnings) out += " " + warning.pointer;
  return out;
}

TEST(ChartFacetChannels, GiveTheirLayoutToTheGrid) {
  EXPECT_EQ(Expanded(R"({"mark": "bar", "encoding": {"row": {"field": "r", "align": "each",
                "center": false}, "column": {"field": "c", "align": "all", "columns": 3}}})"),
            R"({"align":{"row":"each","column":"all"},"center":{"row":false},)"
            R"("facet":{"row":{"field":"r"},"column":{"field":"c"}},)"
            R"("spec":{"mark":"bar","encoding":{}}})");
  EXPECT_EQ(Expanded(R"({"mark": "bar", "encoding": {"facet": {"field": "f", "columns": 3,
                "spacing": {"row": 1}, "center": true, "header": null}}})"),
            R"({"center":true,"spacing":{"row":1},"columns":3,)"
            R"("facet":{"field":"f","header":null},"spec":{"mark":"bar","encoding":{}}})");
}

TEST(ChartFacetChannels, LeaveColumnsOutBesideSides) {
  EXPECT_EQ(Expanded(R"({"columns": 2, "mark": "bar", "encoding": {"row": {"field": "r"}}})"),
            R"({"facet":{"row":{"field":"r"}},"spec":{"mark":"bar","encoding":{}}})"
            " /concat/1/columns");
}

TEST(ChartFacetChannels, MoveTheViewInsideAndTheRestOutside) {
  EXPECT_EQ(Expanded(R"({"name": "n", "data": {}, "transform": [], "resolve": {}, "height": 0,
                "view": {"fill": "red"}, "params": [], "projection": {"type": "identity"},
                "mark": "bar", "encoding": {"facet": {"field": "f"}}})"),
            R"({"name":"n","data":{},"transform":[],"resolve":{},"facet":{"field":"f"},)"
            R"("spec":{"view":{"fill":"red"},"projection":{"type":"identity"},"mark":"bar",)"
            R"("encoding":{},"params":[]}})");
}

TEST(ChartFacetChannels, NeedAFieldAndASingleView) {
  EXPECT_EQ(Expanded(R"({"mark": "bar", "encoding": {"row": {}, "column": null, "facet": 3}})"),
            "none /concat/1/encoding/row /concat/1/encoding/facet");
  EXPECT_EQ(Expanded(R"({"layer": [], "encoding": {"row": {"field": "r"}}})"), "none");
  EXPECT_EQ(Expanded(R"({"mark": "bar", "encoding": [{"row": {"field": "r"}}]})"), "none");
  EXPECT_EQ(
      Expanded(R"({"mark": "bar", "encoding": {"column": {}, "row": {"aggregate": "count"}}})"),
      R"({"facet":{"row":{"aggregate":"count"}},"spec":{"mark":"bar","encoding":{}}})"
      " /concat/1/encoding/column");
}

}  // namespace
}  // namespace loupe::chart

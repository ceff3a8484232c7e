#include "chart_fixture.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/normalize/repeat.hpp"

namespace loupe::chart {
namespace {

Json Parsed(const std::string& text) { return ParseJson(text).value(); }

std::string Expanded(const std::string& text) {
  std::vector<Warning> warnings;
  const Result<Json> out = ExpandRepeat(Parsed(text), "/hconcat/0", &warnings);
  std::string result = out.ok() ? out.value().Dump() : out.status().pointer();
  for (const Warning& warning : warnings) result += " " + warning.pointer;
  return result;
}

TEST(ChartRepeat, BecomesAConcatenation) {
  EXPECT_EQ(Expanded(R"({"repeat": ["a b", "1"], "columns": 1, "title": "t", "data": {"url": "u"},
                "spec": {"mark": "bar", "encoding": {"x": {"field": {"repeat": "repeat"}}}}})"),
            R"({"data":{"url":"u"},"align":"all","columns":1,"title":"t","concat":[)"
            R"({"mark":"bar","encoding":{"x":{"field":"a b"}},"name":"child__a_b"},)"
            R"({"mark":"bar","encoding":{"x":{"field":"1"}},"name":"child___1"}]})");
}

TEST(ChartRepeat, CrossesRowsAndColumns) {
  EXPECT_EQ(Expanded(R"({"repeat": {"row": ["a"], "column": ["b", "c"]}, "columns": 7, "align":
                "each", "spec": {"data": {"name": "d"}, "name": "n", "mark": "point", "encoding":
                {"x": {"field": {"repeat": "column"}}, "y": {"field": {"repeat": "row"}}}}})"),
            R"({"data":{"name":"d"},"align":"each","columns":2,"concat":[{"name":)"
            R"("n_child__row_acolumn_b","mark":"point","encoding":{"x":{"field":"b"},)"
            R"("y":{"field":"a"}}},{"name":"n_child__row_acolumn_c","mark":"point","encoding":)"
            R"({"x":{"field":"c"},"y":{"field":"a"}}}]} /hconcat/0/columns)");
}

TEST(ChartRepeat, BecomesLayersWithNominalData) {
  EXPECT_EQ(Expanded(R"({"repeat": {"layer": ["a", "b"]}, "spec": {"mark": "line", "encoding":
                {"y": {"field": {"repeat": "layer"}}, "color": {"datum": {"repeat": "layer"}}}}})"),
            R"({"layer":[{"mark":"line","encoding":{"y":{"field":"a"},"color":{"datum":"a",)"
            R"("type":"nominal"}},"name":"child__layer_a"},{"mark":"line","encoding":{"y":)"
            R"({"field":"b"},"color":{"datum":"b","type":"nominal"}},"name":"child__layer_b"}]})");
}

TEST(ChartRepeat, LayersWithinRows) {
  EXPECT_EQ(Expanded(R"({"repeat": {"row": ["a"], "layer": ["b"]}, "spec": {"mark": "line",
                "encoding": {"x": {"field": {"repeat": "row"}},
                "y": {"field": {"repeat": "layer"}}}}})"),
            R"({"align":"all","columns":1,"concat":[{"layer":[{"mark":"line","encoding":{"x":)"
            R"({"field":"a"},"y":{"field":"b"}},"name":"child__row_achild__layer_b"}],)"
            R"("name":"child__row_a"}]})");
}

TEST(ChartRepeat, InnerRepetitionsHideOuterOnes) {
  EXPECT_EQ(Expanded(R"({"repeat": {"row": ["a"]}, "spec": {"repeat": {"row": ["b"]}, "spec":
                {"mark": "bar", "encoding": {"x": {"field": {"repeat": "row"}}}}}})"),
            R"({"align":"all","columns":1,"concat":[{"align":"all","columns":1,"concat":[{"mark":)"
            R"("bar","encoding":{"x":{"field":"b"}},"name":"child__row_achild__row_b"}],)"
            R"("name":"child__row_a"}]})");
  EXPECT_NE(Expanded(R"({"repeat": {"row": ["a"]}, "spec": {"repeat": ["b"], "spec":
                {"mark": "bar", "encoding": {"x": {"field": {"repeat": "row"}}}}}})")
                .find(R"("x":{"field":"a"})"),
            std::string::npos);
}

std::string Encoded(const std::string& encoding) {
  const std::string out = Expanded(
      R"({"repeat": {"column": ["f"]}, "spec": {"mark": "bar", "encoding": )" + encoding + "}}");
  const std::size_t start = out.find("\"encoding\":") + 11;
  return out.substr(start, out.find(",\"name\"") - start) + out.substr(out.rfind('}') + 1);
}

TEST(ChartRepeat, ReplacesFieldsInSortsConditionsAndLists) {
  EXPECT_EQ(Encoded(R"({"x": {"field": "a", "sort": {"field": {"repeat": "column"}}}})"),
            R"({"x":{"field":"a","sort":{"field":"f"}}})");
  EXPECT_EQ(Encoded(R"({"color": {"condition": {"test": "t", "field": {"repeat": "column"}},
                "value": 1}})"),
            R"({"color":{"condition":{"test":"t","field":"f"},"value":1}})");
  EXPECT_EQ(Encoded(R"({"tooltip": [{"field": {"repeat": "column"}}, {"field": "b"}]})"),
            R"({"tooltip":[{"field":"f"},{"field":"b"}]})");
}

TEST(ChartRepeat, LeavesOutWhatIsNotRepeated) {
  EXPECT_EQ(Encoded(R"({"x": {"field": {"repeat": "row"}}, "y": {"datum": {"repeat": "layer"}}})"),
            "{} /hconcat/0/spec/encoding/x/field /hconcat/0/spec/encoding/y/datum");
  EXPECT_EQ(Encoded(R"({"x": {"field": {"repeat": 3}, "condition": {"value": 1}}})"),
            R"({"x":{"condition":{"value":1}}} /hconcat/0/spec/encoding/x/field)");
}

TEST(ChartRepeat, ReachesLayersConcatenationsAndFacets) {
  EXPECT_EQ(Expanded(R"({"repeat": ["f"], "spec": {"hconcat": [{"facet": {"row": {"field":
                {"repeat": "repeat"}}}, "spec": {"name": "u", "mark": "bar"}}, {"layer": [
                {"mark": "bar"}], "encoding": {"x": {"field": {"repeat": "repeat"}}}}]}})"),
            R"({"align":"all","concat":[{"hconcat":[{"facet":{"row":{"field":"f"}},"spec":)"
            R"({"name":"child__f_u","mark":"bar"}},{"layer":[{"mark":"bar"}],"encoding":)"
            R"({"x":{"field":"f"}}}],"name":"child__f"}]})");
}

TEST(ChartRepeat, RefusesWhatIsNoList) {
  EXPECT_EQ(Expanded(R"({"repeat": ["a"]})"), "/hconcat/0");
  EXPECT_EQ(Expanded(R"({"repeat": ["a"], "spec": []})"), "/hconcat/0/spec");
  EXPECT_EQ(Expanded(R"({"repeat": ["a", 3], "spec": {}})"), "/hconcat/0/repeat/1");
  EXPECT_EQ(Expanded(R"({"repeat": {"row": "a"}, "spec": {}})"), "/hconcat/0/repeat/row");
  EXPECT_EQ(Expanded(R"({"repeat": {}, "spec": {}})"), "/hconcat/0/repeat");
  EXPECT_EQ(Expanded(R"({"repeat": 3, "spec": {}})"), "/hconcat/0/repeat");
}

std::string Nested(int depth) {
  std::string spec = R"({"mark": "bar"})";
  for (int i = 0; i < depth; ++i) {
    spec =
        R"({"repeat": ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"], "spec": )" + spec + "}";
  }
  return spec;
}

TEST(ChartRepeat, IsBoundedInViewsAndInText) {
  EXPECT_TRUE(ExpandRepeat(Parsed(Nested(2)), "").ok());
  const Status views = ExpandRepeat(Parsed(Nested(12)), "").status();
  EXPECT_EQ(views.code(), Code::kLimitExceeded);
  EXPECT_EQ(views.message(), "the chart has more than " + std::to_string(kMaxViews) + " views");
  const std::string text(kMaxRepeatedBytes / 8, 'x');
  const Json wide = Parsed(R"({"repeat": ["a", "b", "c", "d", "e", "f", "g", "h"], "spec":
      {"mark": "bar", "description": ")" +
                           text + R"("}})");
  EXPECT_EQ(ExpandRepeat(wide, "").status().code(), Code::kLimitExceeded);
}

}  // namespace
}  // namespace loupe::chart

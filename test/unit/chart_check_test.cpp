#include "core/chart/check.hpp"

#include "chart_fixture.hpp"

namespace loupe::chart {
namespace {

Checked CheckText(const std::string& text,
                  const std::optional<std::vector<RowSet>>& data = std::vector<RowSet>()) {
  return Check(ParseJson(text).value(), data, CompileOptions{}, FixedMeasure(), Context());
}

TEST(ChartCheck, FindsNothingInAChartThatIsDrawn) {
  const Checked checked = CheckText(R"({"data": {"values": [{"a": 1}]}, "mark": "bar",
      "encoding": {"x": {"field": "a", "type": "quantitative"}}})");
  EXPECT_TRUE(checked.findings.empty());
  ASSERT_TRUE(checked.scene.has_value());
}

TEST(ChartCheck, GivesWarningsWithTheirPlace) {
  const Checked checked = CheckText(R"({"data": {"values": [{"a": 1}]}, "mark": "bar",
      "encoding": {"x": {"feild": "a", "field": "a", "type": "quantitative"}}})");
  ASSERT_EQ(checked.findings.size(), 1U);
  EXPECT_EQ(checked.findings[0].severity, Severity::kWarning);
  EXPECT_EQ(checked.findings[0].pointer, "/encoding/x/feild");
  EXPECT_EQ(checked.findings[0].hint, "Did you mean \"field\"?");
  EXPECT_TRUE(checked.scene.has_value());
}

TEST(ChartCheck, GivesTheErrorAndTheWarningsBeforeIt) {
  const Checked checked = CheckText(R"({"data": {"values": []}, "layer": [
      {"mark": "bar", "encodng": {}}, {"mark": "bra"}]})");
  ASSERT_EQ(checked.findings.size(), 2U);
  EXPECT_EQ(checked.findings[0].severity, Severity::kError);
  EXPECT_EQ(checked.findings[0].pointer, "/layer/1/mark");
  EXPECT_EQ(checked.findings[1].severity, Severity::kWarning);
  EXPECT_EQ(checked.findings[1].pointer, "/layer/0/encodng");
  EXPECT_FALSE(checked.scene.has_value());
}

// "pointer message" of each error.
std::vector<std::string> ErrorsOf(const std::string& text) {
  std::vector<std::string> out;
  for (const Finding& finding : CheckText(text).findings) {
    if (finding.severity == Severity::kError) out.push_back(finding.pointer);
  }
  return out;
}

TEST(ChartCheck, FindsAllErrorsThatAreNoConsequences) {
  using Places = std::vector<std::string>;
  EXPECT_EQ(ErrorsOf(R"({"data": {"values": [{"a": 1}]}, "mark": {"type": "barr", "opacity": "x"},
                "width": -1, "encoding": {"x": {"field": "a", "type": "odd", "aggregate": "summ"},
                "y": []}})"),
            Places({"/width", "/mark/opacity", "/mark/type", "/encoding/y", "/encoding/x/type",
                    "/encoding/x/aggregate"}));
  // Items of lists keep their places, and a list without items is a consequence.
  EXPECT_EQ(ErrorsOf(R"({"data": {"values": [{"a": 1}]}, "layer": [{"mark": "point"}, 3,
                {"mark": "point"}, {"mark": "bra", "transform": [{"filter": "datum.a >"},
                {"filter": "a b"}]}], "padding": "x y"})"),
            Places({"/padding", "/layer/1", "/layer/3/mark", "/layer/3/transform/0/filter",
                    "/layer/3/transform/1/filter"}));
  EXPECT_EQ(ErrorsOf(R"({"data": {"values": []}, "layer": [3]})"), Places({"/layer/0"}));
  // What needs a channel goes with it.
  EXPECT_EQ(ErrorsOf(R"({"data": {"values": [{"a": 1}]}, "mark": "bar",
                "encoding": {"x": {"bin": true}, "x2": {"field": "a"}}})"),
            Places({"/encoding/x"}));
}

TEST(ChartCheck, EndsAtTheGreatestNumberOfErrors) {
  std::string layers = R"({"mark": "bra"})";
  for (int i = 0; i < 30; ++i) layers += R"(, {"mark": "bra"})";
  EXPECT_EQ(ErrorsOf(R"({"data": {"values": []}, "layer": [)" + layers + "]}").size(),
            kMaxCheckedErrors);
}

TEST(ChartCheck, ParsesASpecificationWithoutItsRows) {
  const std::string spec = R"({"data": {"sql": "SELECT 1"}, "mark": "bar", "widht": 3})";
  const Checked without = CheckText(spec, std::nullopt);
  ASSERT_EQ(without.findings.size(), 1U);
  EXPECT_EQ(without.findings[0].pointer, "/widht");
  EXPECT_FALSE(without.scene.has_value());
  const Checked wrong = CheckText(R"({"data": {"sql": "SELECT 1"}, "mark": "bra"})", std::nullopt);
  ASSERT_EQ(wrong.findings.size(), 1U);
  EXPECT_EQ(wrong.findings[0].severity, Severity::kError);
}

TEST(ChartCheck, SaysOnceThatASpecificationIsNone) {
  for (const std::optional<std::vector<RowSet>>& data :
       {std::optional<std::vector<RowSet>>(), std::optional(std::vector<RowSet>())}) {
    const Checked checked = CheckText("[]", data);
    ASSERT_EQ(checked.findings.size(), 1U);
    EXPECT_EQ(checked.findings[0].pointer, "");
  }
}

}  // namespace
}  // namespace loupe::chart

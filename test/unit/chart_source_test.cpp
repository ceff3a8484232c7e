#include "chart_fixture.hpp"

namespace loupe::chart {
namespace {

using Texts = std::vector<std::string>;

// The labels of a bar for each value of field k.
Texts LabelsOf(const std::string& data) {
  return TextsOf(MustCompile(R"({"data": )" + data + R"(, "mark": "bar", "encoding":
      {"y": {"field": "k", "type": "ordinal"}}})")
                     .scene,
                 "axis-label");
}

Status ErrorOf(const std::string& data) {
  return TryCompile(R"({"data": )" + data + R"(, "mark": "bar", "encoding": {}})").status();
}

TEST(ChartSource, ReadsInlineText) {
  EXPECT_EQ(LabelsOf(R"({"values": "k,n\na,1\n\"b,c\",2", "format": {"type": "csv"}})"),
            Texts({"a", "b,c"}));
  EXPECT_EQ(
      LabelsOf(R"({"values": "k|n\n7|1\n10|2", "format": {"type": "dsv", "delimiter": "|"}})"),
      Texts({"7", "10"}));  // numbers, in their order
  EXPECT_EQ(LabelsOf(R"({"values": "[{\"k\": \"x\"}]"})"), Texts({"x"}));
}

TEST(ChartSource, ReadsAPropertyOfInlineData) {
  EXPECT_EQ(LabelsOf(R"({"values": {"a": {"b": [{"k": 1}, {"k": 2}]}},
                "format": {"property": "a.b"}})"),
            Texts({"1", "2"}));
}

TEST(ChartSource, ReadsTimesByTheirFormat) {
  const Scene scene = MustCompile(R"({"data": {"values": [{"k": "07.03.2024"}, {"k": "x"}],
      "format": {"parse": {"k": "date:'%d.%m.%Y'"}}}, "mark": {"type": "text", "invalid": null},
      "encoding": {"text": {"field": "k", "type": "temporal", "format": "%Y-%m-%d"}}})")
                          .scene;
  EXPECT_EQ(MarksOf(scene, "mark").at(0)->items.at(0).text, Texts({"2024-03-07"}));
}

TEST(ChartSource, PointsAtWhatCannotBeRead) {
  EXPECT_EQ(ErrorOf(R"({"values": "{"})").pointer(), "/data/values");
  EXPECT_EQ(ErrorOf(R"({"values": "a", "format": {"type": "dsv"}})").pointer(), "/data/values");
  EXPECT_EQ(ErrorOf(R"({"values": "a", "format": {"type": "xml"}})").code(),
            Code::kChartNotSupported);
  EXPECT_EQ(ErrorOf(R"({"values": [], "format": {"property": "a.b"}})").pointer(),
            "/data/format/property");
  EXPECT_EQ(ErrorOf(R"({"values": [], "format": {"feature": "a"}})").pointer(),
            "/data/format/feature");
  EXPECT_EQ(
      ErrorOf(R"({"values": [{"k": "3"}], "format": {"parse": {"k": "utc:'%U'"}}})").pointer(),
      "/data/format/parse/k");
}

}  // namespace
}  // namespace loupe::chart

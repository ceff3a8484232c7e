#include "core/chart/summary.hpp"

#include "chart_fixture.hpp"

namespace loupe::chart {
namespace {

const std::string kRows =
    R"("data": {"values": [{"a": "A", "b": 28}, {"a": "B", "b": 55}, {"a": "C", "b": 43}]}, )";

std::string Summary(const std::string& members) {
  return Summarize(MustCompile("{" + members + "}").scene, Context());
}

bool Begins(const std::string& text, const std::string& start) {
  return text.compare(0, start.size(), start) == 0;
}

TEST(Summary, TellsKindTitleCountExtremesAndAxes) {
  EXPECT_EQ(Summary(kRows + R"("title": "Bees", "mark": "bar", "encoding": {
                "x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}})"),
            "Bar chart \"Bees\": 3 bars, longest a: B; b: 55, shortest a: A; b: 28. "
            "X-axis titled 'a' for a discrete scale with 3 values: A, B, C; "
            "Y-axis titled 'b' for a linear scale with values from 0 to 55.");
}

TEST(Summary, MeasuresLyingBarsByTheirWidth) {
  EXPECT_TRUE(Begins(Summary(kRows + R"("mark": "bar", "encoding": {
                         "y": {"field": "a"}, "x": {"field": "b", "type": "quantitative"}})"),
                     "Bar chart: 3 bars, longest a: B; b: 55, shortest a: A; b: 28. "));
}

TEST(Summary, MeasuresBarsBelowZeroByTheirLength) {
  EXPECT_TRUE(Begins(
      Summary(R"("data": {"values": [{"a": "A", "b": -9}, {"a": "B", "b": 2}, {"a": "C", "b": 4}]},
          "mark": "bar", "encoding": {"x": {"field": "a"},
                                      "y": {"field": "b", "type": "quantitative"}})"),
      "Bar chart: 3 bars, longest a: A; b: \xE2\x88\x92"
      "9, shortest a: B; b: 2."));
}

TEST(Summary, ComparesNothingWhereAllAreTheSame) {
  EXPECT_TRUE(
      Begins(Summary(R"("data": {"values": [{"a": "A", "b": 2}, {"a": "B", "b": 2}]}, "mark": "bar",
                 "encoding": {"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}})"),
             "Bar chart: 2 bars. X-axis"));
}

TEST(Summary, MeasuresSectorsByTheirAngle) {
  EXPECT_EQ(Summary(kRows + R"("mark": "arc", "encoding": {
                "theta": {"field": "b", "type": "quantitative"}, "color": {"field": "a"}})"),
            "Pie chart: 3 sectors, largest b: 55; a: B, smallest b: 28; a: A. "
            "Symbol legend titled 'a' for fill color with 3 values: A, B, C.");
}

TEST(Summary, TellsPointsByTheirHeight) {
  const std::string points = Summary(R"("data": {"values": [{"a": 1, "b": 28}, {"a": 2, "b": 55},
      {"a": 3, "b": 3}]}, "mark": "point", "encoding": {"x": {"field": "a", "type": "quantitative"},
      "y": {"field": "b", "type": "quantitative"}})");
  EXPECT_TRUE(Begins(points, "Scatter plot: 3 points, highest a: 2; b: 55, lowest a: 3; b: 3. "))
      << points;
}

TEST(Summary, SaysNearWhichLabelALineIsHighest) {
  const std::string line = Summary(kRows + R"("mark": "line", "encoding": {
      "x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}})");
  EXPECT_TRUE(Begins(line, "Line chart: 1 line, highest near B, lowest near A. ")) << line;
  const std::string area = Summary(kRows + R"("mark": "area", "encoding": {
      "x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}})");
  EXPECT_TRUE(Begins(area, "Area chart: 1 area, highest near B. ")) << area;
}

TEST(Summary, TakesThePointsOfALineForItsValues) {
  const std::string line = Summary(kRows + R"("mark": {"type": "line", "point": true}, "encoding": {
      "x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}})");
  EXPECT_TRUE(Begins(line, "Line chart: 1 line and 3 points, highest a: B; b: 55, lowest a: A;"))
      << line;
}

TEST(Summary, CountsTheMarksOfLayers) {
  const std::string layers = Summary(kRows + R"("encoding": {"y": {"field": "b",
      "type": "quantitative"}}, "layer": [{"mark": "bar", "encoding": {"x": {"field": "a"}}},
      {"mark": "rule"}])");
  EXPECT_TRUE(Begins(layers, "Layered chart: 3 bars and 3 rules, longest ")) << layers;
}

TEST(Summary, ComparesNothingAcrossViews) {
  const std::string views = Summary(kRows + R"("hconcat": [
      {"mark": "bar", "encoding": {"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}}},
      {"mark": "point", "encoding": {"x": {"field": "b", "type": "quantitative"}}}])");
  EXPECT_TRUE(Begins(views, "Layered chart: 3 bars and 3 points in 2 views. X-axis titled 'a'"))
      << views;
  const std::string facets = Summary(kRows + R"("mark": "bar", "encoding": {
      "row": {"field": "a"}, "x": {"field": "b", "type": "quantitative"}})");
  EXPECT_TRUE(Begins(facets, "Bar chart: 3 bars in 3 views. X-axis titled 'b'")) << facets;
  // Axes that say the same are told once.
  EXPECT_EQ(facets.find("X-axis"), facets.rfind("X-axis"));
}

TEST(Summary, SaysThatThereIsNothing) {
  EXPECT_TRUE(Begins(Summary(R"("data": {"values": []}, "mark": "bar", "encoding": {
                                "x": {"field": "a", "type": "quantitative"}})"),
                     "Chart: no marks."));
}

TEST(Summary, StaysShortAndOnOneLine) {
  Scene scene;
  scene.title = "a\nb" + std::string(5000, 'x');
  scene.root.items.emplace_back();
  for (int i = 0; i < 100; ++i) {
    Mark axis;
    axis.role = "axis";
    axis.aria_label = "Y-axis " + std::to_string(i) + "\x01" + std::string(5000, 'y');
    scene.root.items[0].marks.push_back(axis);
    axis.role = "legend";
    scene.root.items[0].marks.push_back(axis);
  }
  const std::string summary = Summarize(scene, Context());
  EXPECT_LT(summary.size(), 3000U);
  EXPECT_NE(summary.find("; 96 more axes; "), std::string::npos);
  EXPECT_NE(summary.find("; 96 more legends."), std::string::npos);
  EXPECT_EQ(summary.find('\n'), std::string::npos);
  EXPECT_EQ(summary.find('\x01'), std::string::npos);
}

}  // namespace
}  // namespace loupe::chart

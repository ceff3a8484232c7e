#include "chart_fixture.hpp"

namespace loupe::chart {
namespace {

// Nine rows with b from 19 to 91 and the channels that are given.
Scene Drawn(const std::string& mark, const std::string& channels) {
  return MustCompile(R"({"data": {"values": [{"b": 28}, {"b": 55}, {"b": 43}, {"b": 91}, {"b": 81},
      {"b": 53}, {"b": 19}, {"b": 87}, {"b": 52}]}, "height": 100, "mark": )" +
                     mark + R"(, "encoding": {)" + channels + "}}")
      .scene;
}

std::string CaptionOf(const Scene& scene) {
  const std::vector<const Mark*> legends = MarksOf(scene, "legend");
  return legends.empty() ? "none" : legends.front()->aria_label;
}

using Texts = std::vector<std::string>;

TEST(ChartLegend, ClassesOfColoursAreStepsOfARamp) {
  const Scene scene = Drawn(R"("square")", R"("color": {"field": "b", "type": "quantitative",
      "scale": {"type": "threshold", "domain": [30, 60], "range": ["red", "lime", "blue"]}})");
  EXPECT_EQ(CaptionOf(scene),
            "Discrete legend titled 'b' for fill color with 2 boundaries: 30, 60");
  const std::vector<Item>& steps = MarksOf(scene, "legend-band").at(0)->items;
  ASSERT_EQ(steps.size(), 3u);
  EXPECT_DOUBLE_EQ(steps[0].height, 200.0 / 3);  // the outer steps are as long as the inner one
  EXPECT_DOUBLE_EQ(steps[2].y, 0);
  EXPECT_EQ(TextsOf(scene, "legend-label"), Texts({"30", "60"}));
}

TEST(ChartLegend, BinsOfColoursAreStepsOfARamp) {
  const Scene scene = Drawn(R"("point")", R"("color": {"field": "b", "bin": {"step": 20}})");
  EXPECT_EQ(
      CaptionOf(scene),
      "Discrete legend titled 'b (binned)' for stroke color with 4 boundaries: 20, 40, 60, 80");
  EXPECT_EQ(MarksOf(scene, "legend-band").at(0)->items.size(), 5u);
}

TEST(ChartLegend, ASharedLegendShowsTheValuesOfItsFirstChannel) {
  const Scene scene = Drawn(R"("circle")", R"(
      "color": {"field": "b", "type": "quantitative", "scale": {"type": "quantize"}},
      "size": {"field": "b", "type": "quantitative", "scale": {"type": "quantize", "zero": false}})");
  EXPECT_EQ(CaptionOf(scene),
            "Symbol legend titled 'b' for size and fill color with 3 boundaries: 37, 55, 73");
  EXPECT_EQ(TextsOf(scene, "legend-label"),
            Texts({"< 37", "37 \xE2\x80\x93 55", "55 \xE2\x80\x93 73", "\xE2\x89\xA5 73"}));
}

TEST(ChartLegend, FillsAndStrokesOfOneScaleAreSymbols) {
  const std::string color = R"("color": {"field": "b", "type": "quantitative"})";
  EXPECT_EQ(CaptionOf(Drawn(R"("circle")", color)),
            "Gradient legend titled 'b' for fill color with values from 19 to 91");
  EXPECT_EQ(CaptionOf(Drawn(R"({"type": "line", "point": true})",
                            color + R"(, "x": {"field": "b", "type": "quantitative"})"))
                .substr(0, 57),
            "Symbol legend titled 'b' for fill color and stroke color ");
}

TEST(ChartLegend, DiscreteBinsAreLabelledFromStartToEnd) {
  const Scene scene = Drawn(R"("bar")", R"(
      "y": {"field": "b", "bin": {"step": 40}, "type": "ordinal"},
      "color": {"field": "b", "bin": {"step": 50}, "type": "ordinal"})");
  EXPECT_EQ(TextsOf(scene, "axis-label"),
            Texts({"0 \xE2\x80\x93 40", "40 \xE2\x80\x93 80", "80 \xE2\x80\x93 120"}));
  EXPECT_EQ(TextsOf(scene, "legend-label"), Texts({"0 \xE2\x80\x93 50", "50 \xE2\x80\x93 100"}));
}

}  // namespace
}  // namespace loupe::chart

#include "chart_fixture.hpp"

namespace loupe::chart {
namespace {

// The marks of layer `index`.
const std::vector<Item>& ItemsOf(const Scene& scene, std::size_t index) {
  return MarksOf(scene, "mark").at(index)->items;
}

TEST(ChartPosition, MapsTimesThatTheSpecificationNames) {
  const Scene scene = MustCompile(R"({"width": 100, "layer": [
      {"data": {"values": [{"t": "2026-01-01"}, {"t": "2026-01-05"}]}, "mark": "point",
       "encoding": {"x": {"field": "t", "type": "temporal"}}},
      {"data": {"values": [{}]}, "mark": "rule",
       "encoding": {"x": {"datum": {"year": 2026, "month": 1, "date": 2}, "type": "temporal"}}},
      {"data": {"values": [{}]}, "mark": "rule",
       "encoding": {"x": {"datum": "2026-01-04", "type": "temporal"}}}]})")
                          .scene;
  EXPECT_DOUBLE_EQ(ItemsOf(scene, 1).at(0).x, 25);
  EXPECT_DOUBLE_EQ(ItemsOf(scene, 2).at(0).x, 75);
}

TEST(ChartPosition, SharedScalesHaveThePaddingOfAnyBars) {
  const Scene scene = MustCompile(R"({"width": 100, "data": {"values":
      [{"t": "2026-01-01", "a": 1}, {"t": "2026-01-05", "a": 2}]},
      "encoding": {"x": {"field": "t", "type": "temporal"},
                   "y": {"field": "a", "type": "quantitative"}},
      "layer": [{"mark": {"type": "text", "text": "a"}}, {"mark": "bar"}]})")
                          .scene;
  EXPECT_DOUBLE_EQ(ItemsOf(scene, 0).at(0).x, 5);
  EXPECT_DOUBLE_EQ(ItemsOf(scene, 0).at(1).x, 95);
}

TEST(ChartPosition, LabelsOfSectorsLieInTheMiddleOfTheirParts) {
  const Scene scene = MustCompile(R"({"width": 200, "height": 200, "data": {"values":
      [{"k": "a", "n": 1}, {"k": "b", "n": 1}]}, "mark": {"type": "text", "radius": 50},
      "encoding": {"theta": {"field": "n", "type": "quantitative", "stack": true},
                   "detail": {"field": "k"}, "text": {"field": "k"}}})")
                          .scene;
  const std::vector<Item>& labels = ItemsOf(scene, 0);
  ASSERT_EQ(labels.size(), 2u);
  EXPECT_NEAR(labels[0].x, 150, 1e-9);
  EXPECT_NEAR(labels[1].x, 50, 1e-9);
  EXPECT_NEAR(labels[0].y, 100, 1e-9);
}

TEST(ChartPosition, BandPositionsLieWithinPartsOfPiles) {
  const Scene scene = MustCompile(R"({"width": 100, "data": {"values":
      [{"k": "a", "n": 1}, {"k": "b", "n": 3}]}, "mark": "text",
      "encoding": {"x": {"field": "n", "type": "quantitative", "stack": "zero",
                         "bandPosition": 0.5},
                   "detail": {"field": "k"}, "text": {"field": "k"}}})")
                          .scene;
  EXPECT_DOUBLE_EQ(ItemsOf(scene, 0).at(0).x, 12.5);
  EXPECT_DOUBLE_EQ(ItemsOf(scene, 0).at(1).x, 62.5);
}

TEST(ChartPosition, MarkPropertiesMayReadTheRow) {
  const Scene scene = MustCompile(R"({"data": {"values": [{"a": 1, "b": 2}, {"a": 2, "b": -2},
      {"a": 3, "b": -1}]}, "mark": {"type": "text", "text": {"expr": "'#' + datum.b"},
      "align": {"expr": "datum.b < 0 ? 'right' : 'left'"}, "dx": {"expr": "datum.b * 5"}},
      "encoding": {"x": {"field": "a", "type": "quantitative"}}})")
                          .scene;
  const std::vector<Item>& items = ItemsOf(scene, 0);
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].text, std::vector<std::string>{"#2"});
  EXPECT_EQ(items[0].align, TextAlign::kLeft);
  EXPECT_EQ(items[1].align, TextAlign::kRight);
  EXPECT_EQ(items[2].dx, -5);
  EXPECT_LT(items[0].x, items[1].x);
  EXPECT_LT(items[1].x, items[2].x);
}

TEST(ChartPosition, PropertiesOfTheWholeMarkMayNotReadRows) {
  for (const char* mark : {R"({"type": "line", "opacity": {"expr": "datum.a"}})",
                           R"({"type": "bar", "orient": {"expr": "datum.a"}})"}) {
    const Status status =
        TryCompile(R"({"data": {"values": []}, "encoding": {}, "mark": )" + std::string(mark) + "}")
            .status();
    EXPECT_EQ(status.code(), Code::kChartNotSupported) << mark;
  }
}

}  // namespace
}  // namespace loupe::chart

#include "core/chart/normalize/composite.hpp"

#include <cmath>

#include "chart_fixture.hpp"
#include "core/chart/config/config.hpp"

namespace loupe::chart {
namespace {

Result<Json> Expand(const std::string& unit) {
  const Json config = MergedConfig({});
  return ExpandComposite(ParseJson(unit).value(), config, "");
}

constexpr const char* kValues =
    R"("data": {"values": [{"g": "a", "v": 1}, {"g": "a", "v": 2}, {"g": "a", "v": 3},
        {"g": "a", "v": 4}, {"g": "a", "v": 100}]})";
constexpr const char* kEncoding =
    R"("encoding": {"x": {"field": "g"}, "y": {"field": "v", "type": "quantitative"}})";

std::string Spec(const std::string& mark) {
  return std::string("{") + kValues + R"(, "mark": )" + mark + ", " + kEncoding + "}";
}

TEST(ChartComposite, KnowsItsMarks) {
  EXPECT_TRUE(IsCompositeMark(Json("boxplot")));
  EXPECT_TRUE(IsCompositeMark(Json::Of({{"type", "errorband"}})));
  EXPECT_FALSE(IsCompositeMark(Json("bar")));
  EXPECT_FALSE(IsCompositeMark(Json(3)));
}

TEST(ChartComposite, DrawsTukeyBoxPlotsWithOutliers) {
  const Scene scene = MustCompile(Spec(R"("boxplot")")).scene;
  // One outlier, two whiskers, the box from the first to the third quartile, its median.
  int symbols = 0;
  int rules = 0;
  std::vector<const Item*> rects;
  for (const Mark* mark : MarksOf(scene, "mark")) {
    if (mark->type == MarkType::kSymbol) symbols += static_cast<int>(mark->items.size());
    if (mark->type == MarkType::kRule) rules += static_cast<int>(mark->items.size());
    if (mark->type == MarkType::kRect) {
      for (const Item& item : mark->items) rects.push_back(&item);
    }
  }
  EXPECT_EQ(symbols, 1);
  EXPECT_EQ(rules, 2);
  ASSERT_EQ(rects.size(), 2u);
  EXPECT_DOUBLE_EQ(rects[0]->height, 300.0 * 2 / 100);  // quartiles 2 and 4 on 0 to 100
  EXPECT_DOUBLE_EQ(rects[0]->width, 14);
}

TEST(ChartComposite, ReachesToTheExtremesWhereAskedTo) {
  const Json layers =
      *Expand(Spec(R"({"type": "boxplot", "extent": "min-max"})")).value().Find("layer");
  EXPECT_EQ(layers.items().size(), 4u);  // two rules, box, median; no ticks, no outliers
  const Json ticks = *Expand(Spec(R"({"type": "boxplot", "extent": "min-max", "ticks": true})"))
                          .value()
                          .Find("layer");
  EXPECT_EQ(ticks.items().size(), 6u);
  EXPECT_EQ(Expand(Spec(R"({"type": "boxplot", "extent": "odd"})")).status().pointer(),
            "/mark/extent");
}

TEST(ChartComposite, ReadsErrorBarsOffRowsAndOffGivenBounds) {
  const Scene scene = MustCompile(Spec(R"({"type": "errorbar", "extent": "iqr"})")).scene;
  const auto marks = MarksOf(scene, "mark");
  ASSERT_EQ(marks.size(), 1u);
  const Item& rule = marks.front()->items.front();
  EXPECT_DOUBLE_EQ(std::fabs(rule.y - rule.y2), 300 * (4 - 2) / 4.0);
  const Json given = Expand(std::string("{") + kValues +
                            R"(, "mark": "errorbar", "encoding": {"y": {"field": "v",
                             "type": "quantitative"}, "yError": {"field": "e"}}})")
                         .value();
  EXPECT_EQ(given.Find("transform")->items().size(), 2u);  // upper and lower, nothing aggregated
}

TEST(ChartComposite, DrawsBandsAsAreas) {
  const Json band = Expand(std::string("{") + kValues + R"(, "mark": {"type": "errorband",
      "borders": true}, )" +
                           kEncoding + "}")
                        .value();
  const auto& layers = band.Find("layer")->items();
  ASSERT_EQ(layers.size(), 3u);
  EXPECT_EQ(*layers[0].Find("mark")->Find("type"), Json("area"));
  EXPECT_EQ(*layers[1].Find("mark")->Find("type"), Json("line"));
}

TEST(ChartComposite, SwitchesPartsOff) {
  const Json without = *Expand(Spec(R"({"type": "boxplot", "outliers": false, "median": false})"))
                            .value()
                            .Find("layer");
  EXPECT_EQ(without.items()[0].Find("layer")->items().size(), 1u);
  EXPECT_EQ(without.items()[1].Find("layer")->items().size(), 1u);
}

TEST(ChartComposite, NeedsAContinuousPosition) {
  const Status status =
      TryCompile(R"({"mark": "boxplot", "encoding": {"x": {"field": "g"}}})").status();
  EXPECT_EQ(status.code(), Code::kChartInvalidSpec);
  EXPECT_EQ(status.pointer(), "/encoding");
  EXPECT_EQ(TryCompile(R"({"mark": "boxplot"})").status().code(), Code::kChartInvalidSpec);
  EXPECT_EQ(TryCompile(R"({"mark": "boxplot", "encoding": 3})").status().code(),
            Code::kChartInvalidSpec);
}

}  // namespace
}  // namespace loupe::chart

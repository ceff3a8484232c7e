#include "recommend_shapes.hpp"

namespace loupe::recommend {
namespace {

TEST(KindArea, RunningTotalsFillAnArea) {
  RowSet rows = Series(6, 1);
  EXPECT_EQ(KindOf(rows), "line");
  rows.columns[1].name = "cumulative_total";
  EXPECT_EQ(KindOf(rows), "area");
  EXPECT_TRUE(Cites(DesignOf(rows, "area"), Rule::kLength));
  rows.rows[0][1] = Json(-1);
  EXPECT_FALSE(Offers(rows, "area")) << "an area has no place below zero";
}

TEST(KindArea, PartsThatAddUpAreStacked) {
  RowSet rows = Monthly(4, 3);
  const Recommendation area = DesignOf(rows, "stacked-area");
  EXPECT_EQ(At(area.spec, {"encoding", "color", "field"}), Json("orders\\.region"));
  EXPECT_TRUE(Cites(area, Rule::kStackedParts));
  rows.columns[2].name = "orders.avg_price";
  EXPECT_FALSE(Offers(rows, "stacked-area")) << "averages do not add up";
}

TEST(KindArea, SharesOverTimeFillTheHeight) {
  EXPECT_EQ(KindOf(Monthly(4, 3)), "multi-line");
  EXPECT_EQ(KindOf(Monthly(4, 3), "share of revenue of each region"), "normalized-area");
  const Recommendation area = DesignOf(Monthly(4, 3), "normalized-area");
  EXPECT_EQ(At(area.spec, {"encoding", "y", "stack"}), Json("normalize"));
  EXPECT_TRUE(Cites(area, Rule::kExpressAll));
}

TEST(KindArea, LowAndHighAreABand) {
  const RowSet rows = ShapesOfKinds().at("band");
  EXPECT_EQ(KindOf(rows), "band");
  const Recommendation band = DesignOf(rows, "band");
  EXPECT_EQ(At(band.spec, {"encoding", "y", "field"}), Json("low"));
  EXPECT_EQ(At(band.spec, {"encoding", "y2"}).Dump(), R"({"field":"high"})");
  EXPECT_TRUE(Cites(band, Rule::kInterval));
}

}  // namespace
}  // namespace loupe::recommend

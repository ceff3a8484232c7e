#include "recommend_shapes.hpp"

namespace loupe::recommend {
namespace {

TEST(KindInterval, StartsAndEndsMakeAGanttChart) {
  RowSet rows = ShapesOfKinds().at("gantt");
  EXPECT_EQ(KindOf(rows), "gantt");
  const Recommendation gantt = DesignOf(rows, "gantt");
  EXPECT_EQ(At(gantt.spec, {"encoding", "x", "field"}), Json("start_date"));
  EXPECT_EQ(At(gantt.spec, {"encoding", "x2"}).Dump(), R"({"field":"end_date"})");
  EXPECT_EQ(At(gantt.spec, {"encoding", "y", "sort", "field"}), Json("start_date"));
  EXPECT_TRUE(Cites(gantt, Rule::kInterval));
  rows.rows[0][2] = Json("2023-01-01");
  EXPECT_FALSE(Offers(rows, "gantt")) << "one ends before it starts";
}

TEST(KindInterval, LowAndHighMakeRanges) {
  const RowSet rows = Only(Ranges(), {0, 2, 3});
  EXPECT_EQ(KindOf(rows), "range-bar");
  const Recommendation bars = DesignOf(rows, "range-bar");
  EXPECT_EQ(At(bars.spec, {"encoding", "x", "field"}), Json("temp_low"));
  EXPECT_EQ(At(bars.spec, {"encoding", "x2", "field"}), Json("temp_high"));
  EXPECT_FALSE(Offers(rows, "error-bar")) << "no value between";
}

TEST(KindInterval, AValueBetweenMakesErrorBars) {
  RowSet rows = Ranges();
  EXPECT_EQ(KindOf(rows), "error-bar");
  const Recommendation bars = DesignOf(rows, "error-bar");
  EXPECT_EQ(bars.spec.Find("layer")->items().size(), 2U);
  rows.rows[0][1] = Json(99);
  EXPECT_EQ(KindOf(rows), "range-bar") << "what lies beyond the ends is no value between them";
}

}  // namespace
}  // namespace loupe::recommend

#include "recommend_shapes.hpp"

namespace loupe::recommend {
namespace {

TEST(KindGrid, ManyNamesOnBothSidesMakeAHeatMap) {
  EXPECT_EQ(KindOf(Grid(12, 14)), "heat-map");
  const Recommendation map = DesignOf(Grid(12, 14), "heat-map");
  EXPECT_EQ(At(map.spec, {"encoding", "x", "field"}), Json("across")) << "the smaller side";
  EXPECT_EQ(At(map.spec, {"encoding", "color", "field"}), Json("n"));
  EXPECT_TRUE(Cites(map, Rule::kFewHues));
  EXPECT_TRUE(Cites(map, Rule::kColourIsWeak));
  EXPECT_FALSE(Cites(DesignOf(Grid(3, 2), "heat-map"), Rule::kFewHues));
  EXPECT_EQ(KindOf(Grid(3, 2), "as a heat map"), "heat-map");
  EXPECT_FALSE(Offers(Grid(61, 2), "heat-map"));
}

TEST(KindGrid, FewCellsHoldTheirDigits) {
  const Recommendation map = DesignOf(Grid(4, 5), "text-heat-map");
  EXPECT_EQ(map.spec.Find("layer")->items().size(), 2U);
  EXPECT_TRUE(Cites(map, Rule::kDigits));
  EXPECT_FALSE(Offers(Grid(9, 9), "text-heat-map"));
}

TEST(KindGrid, RawRowsAreCounted) {
  const RowSet rows = Only(Raw(60, 3), {0, 1});
  const Recommendation map = DesignOf(rows, "count-heat-map");
  EXPECT_EQ(At(map.spec, {"encoding", "color", "aggregate"}), Json("count"));
  EXPECT_FALSE(Offers(Grid(5, 5), "count-heat-map")) << "each cell has one row";
}

TEST(KindGrid, DaysMakeACalendar) {
  EXPECT_EQ(KindOf(Days(90)), "line");
  EXPECT_EQ(KindOf(Days(90), "a calendar heat map"), "calendar");
  const Recommendation calendar = DesignOf(Days(90), "calendar");
  EXPECT_EQ(At(calendar.spec, {"encoding", "x", "timeUnit"}), Json("date"));
  EXPECT_EQ(At(calendar.spec, {"encoding", "y", "timeUnit"}), Json("yearmonth"));
  EXPECT_TRUE(Cites(calendar, Rule::kCalendar));
  EXPECT_FALSE(Offers(Days(59), "calendar"));
  RowSet hours = Days(90);
  hours.rows[0][0] = Json("2024-01-01T12:00:00");
  EXPECT_FALSE(Offers(hours, "calendar"));
}

}  // namespace
}  // namespace loupe::recommend

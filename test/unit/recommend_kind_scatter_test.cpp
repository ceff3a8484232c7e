#include "recommend_shapes.hpp"

namespace loupe::recommend {
namespace {

TEST(KindScatter, RowsThatShareATimeArePoints) {
  RowSet rows = ShapesOfKinds().at("time-scatter");
  EXPECT_TRUE(Cites(DesignOf(rows, "time-scatter"), Rule::kEachValue));
  rows.columns.push_back(Text("shop"));
  for (std::size_t i = 0; i < rows.rows.size(); ++i) {
    rows.rows[i].emplace_back(i % 2 == 0 ? "a" : "b");
  }
  EXPECT_EQ(At(DesignOf(rows, "time-scatter").spec, {"encoding", "color", "field"}), Json("shop"));
  EXPECT_FALSE(Offers(Series(6, 1), "time-scatter"));
}

TEST(KindScatter, AKeyedNameGivesBarsUnlessCorrelationIsAsked) {
  const RowSet rows = Table({Text("city"), Number("people"), Number("crimes")},
                            {{"Oslo", 7, 3}, {"Rome", 28, 9}, {"Cairo", 95, 20}});
  EXPECT_EQ(KindOf(rows), "bar");
  EXPECT_EQ(KindOf(rows, "relationship of people and crimes"), "scatter");
}

TEST(KindScatter, ScalesOfPointsFollowTheValues) {
  const RowSet rows = Table({Number("a"), Number("b")}, {{90, 1}, {95, 50}, {99, 5000}});
  const Recommendation points = DesignOf(rows, "scatter");
  EXPECT_EQ(At(points.spec, {"encoding", "x", "scale"}).Dump(), R"({"zero":false})");
  EXPECT_EQ(At(points.spec, {"encoding", "y", "scale"}).Dump(), R"({"type":"log"})");
}

TEST(KindScatter, GroupsColourThePoints) {
  const RowSet rows = Only(Raw(40, 3), {0, 2, 3});
  EXPECT_EQ(KindOf(rows), "coloured-scatter");
  const Recommendation points = DesignOf(rows, "coloured-scatter");
  EXPECT_EQ(At(points.spec, {"encoding", "color", "field"}), Json("kind"));
  EXPECT_FALSE(Offers(Only(Raw(40, 11), {0, 2, 3}), "coloured-scatter"));
}

TEST(KindScatter, AThirdNumberIsTheSizeOfBubbles) {
  RowSet rows = ShapesOfKinds().at("bubble");
  const Recommendation bubbles = DesignOf(rows, "bubble");
  EXPECT_EQ(At(bubbles.spec, {"encoding", "size", "field"}), Json("c"));
  EXPECT_TRUE(Cites(bubbles, Rule::kAreaIsWeak));
  EXPECT_EQ(KindOf(rows, "as a bubble chart"), "bubble");
  rows.rows[0][2] = Json(-1);
  EXPECT_FALSE(Offers(rows, "bubble")) << "no area is below zero";
}

TEST(KindScatter, TooManyPointsAreCountedInCells) {
  EXPECT_EQ(KindOf(Only(Raw(2000, 3), {2, 3})), "scatter");
  const RowSet many = Only(Raw(2001, 3), {2, 3});
  EXPECT_EQ(KindOf(many), "binned-heat-map");
  EXPECT_TRUE(Cites(DesignOf(many, "scatter"), Rule::kOverplotting));
  EXPECT_TRUE(Cites(DesignOf(many, "binned-heat-map"), Rule::kBins));
}

TEST(KindScatter, APathJoinsTwoNumbersInTime) {
  EXPECT_EQ(KindOf(Series(8, 2)), "line");
  EXPECT_EQ(KindOf(Series(8, 2), "how m0 correlates, as a connected scatter plot"),
            "connected-scatter");
  EXPECT_EQ(KindOf(Series(8, 2), "correlation of m0 and m1"), "scatter") << "read at once";
  EXPECT_EQ(At(DesignOf(Series(8, 2), "connected-scatter").spec, {"encoding", "order", "field"}),
            Json("month"));
  EXPECT_FALSE(Offers(Series(3, 2), "connected-scatter"));
}

TEST(KindScatter, PlacesLieEastAndNorth) {
  RowSet rows = ShapesOfKinds().at("places");
  EXPECT_EQ(KindOf(rows), "places");
  const Recommendation places = DesignOf(rows, "places");
  EXPECT_EQ(At(places.spec, {"encoding", "x", "field"}), Json("lon"));
  EXPECT_EQ(At(places.spec, {"encoding", "y", "field"}), Json("lat"));
  EXPECT_EQ(At(places.spec, {"encoding", "size", "field"}), Json("people"));
  EXPECT_TRUE(Cites(places, Rule::kPlace));
  rows.rows[0][1] = Json(91);
  EXPECT_FALSE(Offers(rows, "places"));
}

}  // namespace
}  // namespace loupe::recommend

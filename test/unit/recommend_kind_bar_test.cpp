#include "recommend_shapes.hpp"

namespace loupe::recommend {
namespace {

RowSet Values(const std::vector<double>& values) {
  RowSet rows;
  rows.columns = {Text("kind"), Number("size")};
  for (const double value : values) {
    rows.rows.push_back({Json("k" + std::to_string(rows.rows.size())), Json(value)});
  }
  return rows;
}

TEST(KindBar, BarsStandOrLie) {
  const Recommendation standing = DesignOf(Named(8, "kind "), "bar");
  EXPECT_TRUE(Cites(standing, Rule::kSorted));
  EXPECT_TRUE(Cites(standing, Rule::kZeroBaseline));
  EXPECT_FALSE(Cites(standing, Rule::kLying));
  const Recommendation lying = DesignOf(Named(9, "kind "), "horizontal-bar");
  EXPECT_TRUE(Cites(lying, Rule::kLying));
  EXPECT_FALSE(Offers(Named(9, "kind "), "bar"));
  EXPECT_FALSE(Offers(Named(8, "kind "), "horizontal-bar"));
}

TEST(KindBar, ValuesWithAnOrderKeepIt) {
  RowSet rows;
  rows.columns = {Number("quarter"), Number("n")};
  for (int i = 1; i <= 4; ++i) rows.rows.push_back({Json(i), Json(i)});
  EXPECT_TRUE(Cites(DesignOf(rows, "bar"), Rule::kOwnOrder));
}

TEST(KindBar, BothSignsDiverge) {
  EXPECT_EQ(KindOf(Values({3, -2, 5})), "diverging-bar");
  EXPECT_EQ(KindOf(Values({3, 2, 5})), "bar");
  EXPECT_EQ(KindOf(Values({-3, -2, -5})), "bar");
  const Recommendation bars = DesignOf(Values({3, -2, 5}), "diverging-bar");
  EXPECT_EQ(At(bars.spec, {"encoding", "color", "condition", "test"}), Json("datum['size'] < 0"));
  EXPECT_TRUE(Cites(bars, Rule::kSignedValues));
}

TEST(KindBar, OfTooManyBarsTheLargestAreShownWhenAskedFor) {
  const RowSet rows = Named(60, "kind ");  // 0 to 59
  EXPECT_EQ(KindOf(rows), "none");
  EXPECT_EQ(KindOf(rows, "top kinds"), "top-bar");
  const Recommendation bars = DesignOf(rows, "top-bar");
  EXPECT_EQ(bars.spec.Find("transform")->Dump(),
            R"([{"filter":"datum['shop.total_value'] >= 40"}])");
  EXPECT_TRUE(Cites(bars, Rule::kTopOnly));
  EXPECT_FALSE(Offers(Named(50, "kind "), "top-bar"));
}

TEST(KindBar, DotsNeedNoZeroAndTakeALogarithm) {
  EXPECT_TRUE(
      At(DesignOf(Values({1, 50, 100}), "dot-plot").spec, {"encoding", "y", "scale"}).IsNull());
  const Recommendation near = DesignOf(Values({90, 95, 100}), "dot-plot");
  EXPECT_EQ(At(near.spec, {"encoding", "y", "scale", "zero"}), Json(false));
  EXPECT_TRUE(Cites(near, Rule::kNoZeroNeeded));
  const Recommendation wide = DesignOf(Values({1, 50, 1001}), "dot-plot");
  EXPECT_EQ(At(wide.spec, {"encoding", "y", "scale", "type"}), Json("log"));
  EXPECT_TRUE(Cites(wide, Rule::kLogarithm));
  EXPECT_FALSE(Cites(DesignOf(Values({1, 50, 1000}), "dot-plot"), Rule::kLogarithm));
  EXPECT_FALSE(Cites(DesignOf(Values({0, 50, 1001}), "dot-plot"), Rule::kLogarithm));
  EXPECT_TRUE(At(DesignOf(Values({1, 50, 1001}), "bar").spec, {"encoding", "y", "scale"}).IsNull())
      << "bars have no logarithm";
}

TEST(KindBar, TwoCategoriesStandSideBySide) {
  EXPECT_EQ(KindOf(Grid(3, 2)), "grouped-bar");
  EXPECT_TRUE(Cites(DesignOf(Grid(3, 2), "grouped-bar"), Rule::kCommonBaseline));
  EXPECT_FALSE(Offers(Grid(11, 2), "grouped-bar"));
  EXPECT_FALSE(Offers(Grid(2, 11), "grouped-bar"));
}

TEST(KindBar, ThreeCategoriesHavePanels) {
  const RowSet rows = ShapesOfKinds().at("faceted-bar");
  EXPECT_EQ(KindOf(rows), "faceted-bar");
  EXPECT_EQ(At(DesignOf(rows, "faceted-bar").spec, {"encoding", "column", "field"}), Json("where"));
}

TEST(KindBar, RawRowsAreAveragedOrCounted) {
  const RowSet rows = Only(Raw(60, 3), {0, 2});
  const Recommendation means = DesignOf(rows, "aggregated-bar");
  EXPECT_EQ(At(means.spec, {"encoding", "y", "aggregate"}), Json("mean"));
  EXPECT_EQ(At(means.spec, {"encoding", "x", "sort"}), Json("-y"));
  const Recommendation counts = DesignOf(rows, "count-bar");
  EXPECT_EQ(At(counts.spec, {"encoding", "y", "aggregate"}), Json("count"));
  EXPECT_FALSE(Offers(Only(Raw(19, 3), {0, 2}), "aggregated-bar")) << "too few rows to summarize";
  EXPECT_EQ(KindOf(Only(Raw(60, 3), {0})), "none") << "a list of names is an answer of its own";
  EXPECT_EQ(RankCharts(Only(Raw(60, 3), {0}), {"", "", RowsAre::kSample}).Best()->kind,
            "count-bar");
}

}  // namespace
}  // namespace loupe::recommend

#include "recommend_shapes.hpp"

namespace loupe::recommend {
namespace {

RowSet Parts(const std::vector<double>& values, const std::string& name) {
  RowSet rows;
  rows.columns = {Text("kind"), Number(name)};
  for (const double value : values) {
    rows.rows.push_back({Json("k" + std::to_string(rows.rows.size())), Json(value)});
  }
  return rows;
}

TEST(KindPart, StacksShowTotals) {
  const Recommendation bars = DesignOf(Grid(3, 2), "stacked-bar");
  EXPECT_EQ(At(bars.spec, {"encoding", "color", "field"}), Json("down"));
  EXPECT_TRUE(At(bars.spec, {"encoding", "xOffset"}).IsNull());
  EXPECT_TRUE(Cites(bars, Rule::kStackedParts));
  RowSet rates = Grid(3, 2);
  rates.columns[2].name = "rate";
  EXPECT_FALSE(Offers(rates, "stacked-bar"));
  RowSet negative = Grid(3, 2);
  negative.rows[0][2] = Json(-1);
  EXPECT_FALSE(Offers(negative, "stacked-bar"));
  EXPECT_EQ(KindOf(Grid(20, 3)), "stacked-bar") << "too many for bars side by side";
}

TEST(KindPart, SharesOfEachWholeAreNormalized) {
  EXPECT_EQ(KindOf(Grid(3, 2), "share of each kind"), "normalized-bar");
  const Recommendation bars = DesignOf(Grid(3, 2), "normalized-bar");
  EXPECT_EQ(At(bars.spec, {"encoding", "y", "stack"}), Json("normalize"));
  EXPECT_EQ(At(bars.spec, {"encoding", "y", "axis", "format"}), Json("%"));
}

TEST(KindPart, APieNeedsFewPositivePartsAndAReason) {
  EXPECT_EQ(KindOf(Parts({5, 3, 2}, "orders")), "bar") << "angles are read less accurately";
  EXPECT_EQ(KindOf(Parts({0.5, 0.3, 0.2}, "share"), "what share of orders"), "pie");
  EXPECT_EQ(KindOf(Parts({50, 30, 20}, "percent"), "what share of orders"), "pie");
  EXPECT_EQ(KindOf(Parts({50, 30, 10}, "percent"), "what share of orders"), "bar")
      << "they sum to 90";
  EXPECT_EQ(KindOf(Parts({5, 3, 2}, "orders"), "as a pie chart"), "pie");
  EXPECT_TRUE(Cites(DesignOf(Parts({5, 3, 2}, "orders"), "pie"), Rule::kAngleIsWeak));
  EXPECT_TRUE(Offers(Parts({1, 2, 3, 4, 5, 6}, "n"), "pie"));
  EXPECT_FALSE(Offers(Parts({1, 2, 3, 4, 5, 6, 7}, "n"), "pie"));
  EXPECT_FALSE(Offers(Parts({1, 0, 3}, "n"), "pie"));
  EXPECT_FALSE(Offers(Parts({1, -2, 3}, "n"), "pie"));
  EXPECT_FALSE(Offers(Parts({1, 2, 3}, "avg_n"), "pie"));
}

TEST(KindPart, ARunningShareMakesAPareto) {
  RowSet rows = ShapesOfKinds().at("pareto");
  EXPECT_EQ(KindOf(rows), "pareto");
  const Recommendation pareto = DesignOf(rows, "pareto");
  EXPECT_EQ(pareto.spec.Find("layer")->items().size(), 2U);
  EXPECT_EQ(At(pareto.spec, {"resolve", "scale", "y"}), Json("independent"));
  EXPECT_EQ(At(pareto.spec, {"encoding", "x", "sort", "field"}), Json("defects"));
  rows.columns[2].name = "weight";
  EXPECT_FALSE(Offers(rows, "pareto"));
}

}  // namespace
}  // namespace loupe::recommend

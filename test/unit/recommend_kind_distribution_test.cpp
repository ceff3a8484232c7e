#include "recommend_shapes.hpp"

namespace loupe::recommend {
namespace {

TEST(KindDistribution, ManyValuesOfOneNumberAreBinned) {
  const RowSet rows = Only(Raw(60, 3), {2});
  EXPECT_EQ(KindOf(rows), "histogram");
  const Recommendation bars = DesignOf(rows, "histogram");
  EXPECT_EQ(At(bars.spec, {"encoding", "x", "bin"}).Dump(), R"({"maxbins":20})");
  EXPECT_EQ(At(bars.spec, {"encoding", "y", "aggregate"}), Json("count"));
  EXPECT_TRUE(Cites(bars, Rule::kBins));
  EXPECT_EQ(KindOf(Only(Raw(19, 3), {2})), "none");
}

TEST(KindDistribution, AFewGroupsStackInTheBins) {
  const Recommendation bars = DesignOf(Only(Raw(60, 3), {0, 2}), "stacked-histogram");
  EXPECT_EQ(At(bars.spec, {"encoding", "color", "field"}), Json("kind"));
  EXPECT_FALSE(Offers(Only(Raw(60, 7), {0, 2}), "stacked-histogram"));
}

TEST(KindDistribution, FewRowsAreTicksManyAreBoxes) {
  const RowSet few = Only(Raw(60, 3), {0, 2});
  const RowSet many = Only(Raw(600, 3), {0, 2});
  EXPECT_EQ(KindOf(many), "box-plot");
  EXPECT_FALSE(Offers(many, "strip-plot"));
  const Recommendation strip = DesignOf(few, "strip-plot");
  EXPECT_EQ(At(strip.spec, {"mark"}), Json("tick"));
  EXPECT_TRUE(Cites(strip, Rule::kEachValue));
  EXPECT_TRUE(Cites(DesignOf(many, "box-plot"), Rule::kOverplotting));
  EXPECT_FALSE(Cites(DesignOf(few, "box-plot"), Rule::kOverplotting));
  EXPECT_FALSE(Offers(Only(Raw(60, 13), {0, 2}), "box-plot")) << "quartiles of four rows";
}

TEST(KindDistribution, ABoxHasARuleABarAndAMedian) {
  const Recommendation box = DesignOf(Only(Raw(600, 3), {0, 2}), "box-plot");
  const Json::Array& layers = box.spec.Find("layer")->items();
  ASSERT_EQ(layers.size(), 3U);
  EXPECT_EQ(At(layers[0], {"encoding", "y", "aggregate"}), Json("min"));
  EXPECT_EQ(At(layers[0], {"encoding", "y2", "aggregate"}), Json("max"));
  EXPECT_EQ(At(layers[1], {"encoding", "y", "aggregate"}), Json("q1"));
  EXPECT_EQ(At(layers[1], {"encoding", "y2", "aggregate"}), Json("q3"));
  EXPECT_EQ(At(layers[2], {"encoding", "y", "aggregate"}), Json("median"));
}

}  // namespace
}  // namespace loupe::recommend

#include "recommend_shapes.hpp"

namespace loupe::recommend {
namespace {

TEST(KindNumber, OneNumberIsShownOnlyWhenAskedFor) {
  const RowSet rows = ShapesOfKinds().at("big-number");
  EXPECT_EQ(KindOf(rows), "none") << "the row says as much";
  EXPECT_EQ(KindOf(rows, "orders as a big number"), "big-number");
  EXPECT_EQ(At(DesignOf(rows, "big-number").spec, {"encoding", "text", "field"}), Json("orders"));
  EXPECT_TRUE(Cites(DesignOf(rows, "big-number"), Rule::kOneNumber));
  EXPECT_FALSE(Offers(Series(2, 1), "big-number"));
}

}  // namespace
}  // namespace loupe::recommend

#include "core/base/nearest.hpp"

#include <gtest/gtest.h>

namespace loupe {
namespace {

TEST(EditDistance, CountsEditsAndTranspositions) {
  EXPECT_EQ(EditDistance("orders", "orders", 3), 0);
  EXPECT_EQ(EditDistance("orders", "ordres", 3), 1);
  EXPECT_EQ(EditDistance("orders", "order", 3), 1);
  EXPECT_EQ(EditDistance("Orders", "oRDERS", 3), 0);
  EXPECT_EQ(EditDistance("kitten", "sitting", 5), 3);
}

TEST(EditDistance, StopsBeyondItsLimit) {
  EXPECT_EQ(EditDistance("a", "abcdefgh", 2), 3);
  EXPECT_EQ(EditDistance("abcd", "wxyz", 2), 3);
}

TEST(NearestName, FindsTheNameWithinAThirdOfItsLength) {
  const std::vector<std::string> names = {"customers", "orders", "products"};
  EXPECT_EQ(NearestName("ordes", names), "orders");
  EXPECT_EQ(NearestName("costumers", names), "customers");
  EXPECT_EQ(NearestName("weather", names), std::nullopt);
  EXPECT_EQ(NearestName("", names), std::nullopt);
  EXPECT_EQ(NearestName(std::string(300, 'x'), names), std::nullopt);
}

TEST(NearestName, PrefersTheFirstOfEqualDistance) {
  EXPECT_EQ(NearestName("cat", {"car", "can"}), "car");
}

TEST(NearestNameHint, OffersTheNearestElseTheFewKnownNames) {
  EXPECT_EQ(NearestNameHint("ordes", {"orders"}), "Did you mean \"orders\"?");
  EXPECT_EQ(NearestNameHint("weather", {"a", "b"}), "Known names are \"a\", \"b\".");
  EXPECT_EQ(NearestNameHint("weather", {}), "");
  EXPECT_EQ(NearestNameHint("weather", std::vector<std::string>(13, "zzzzzzzzzzzz")), "");
}

}  // namespace
}  // namespace loupe

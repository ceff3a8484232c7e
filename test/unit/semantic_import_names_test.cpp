#include "core/semantic/import_names.hpp"

#include <gtest/gtest.h>

namespace loupe::semantic {
namespace {

TEST(MemberNameFrom, ReplacesWhatMemberNamesMayNotHold) {
  EXPECT_EQ(MemberNameFrom("Order Count"), "Order_Count");
  EXPECT_EQ(MemberNameFrom("2nd"), "_2nd");
  EXPECT_EQ(MemberNameFrom("größe"), "gr__e");
  EXPECT_EQ(MemberNameFrom(""), "unnamed");
  EXPECT_EQ(MemberNameFrom(std::string(200, 'x')).size(), 63u);
}

TEST(NameBook, NumbersTheLaterComers) {
  NameBook names;
  EXPECT_EQ(names.Take("a b"), "a_b");
  EXPECT_EQ(names.Take("a-b"), "a_b_2");
  EXPECT_EQ(names.Take("a.b"), "a_b_3");
  EXPECT_TRUE(names.Has("a_b_2"));
  EXPECT_FALSE(names.Has("a_b_4"));
}

TEST(NameBook, KeepsNumberedNamesShortAndDistinct) {
  NameBook names;
  const std::string longest(63, 'x');
  EXPECT_EQ(names.Take(longest), longest);
  EXPECT_EQ(names.Take(longest), std::string(61, 'x') + "_2");
  EXPECT_EQ(names.Take("a_2"), "a_2");
  EXPECT_EQ(names.Take("a"), "a");
  EXPECT_EQ(names.Take("a"), "a_3");
}

TEST(NameBook, TakesManyEqualNamesQuickly) {
  NameBook names;
  for (int i = 0; i < 100'000; ++i) names.Take("same");
  EXPECT_EQ(names.Take("same"), "same_100001");
}

}  // namespace
}  // namespace loupe::semantic

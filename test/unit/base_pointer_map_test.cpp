#include "core/base/pointer_map.hpp"

#include <gtest/gtest.h>

namespace loupe {
namespace {

TEST(PointerMap, CountsWhatWentBefore) {
  PointerMap map;
  map.Remove("/a/1");
  map.Remove("/a/1");
  map.Remove("/a/0");
  EXPECT_EQ(map.ToOriginal("/a/0"), "/a/3");
  EXPECT_EQ(map.ToOriginal("/a/1/b~1c"), "/a/4/b~1c");
  map.Remove("/a/0/x/2");
  EXPECT_EQ(map.ToOriginal("/a/0/x/2"), "/a/3/x/3");
  EXPECT_EQ(map.ToOriginal("/a/1/x/2"), "/a/4/x/2");
  EXPECT_EQ(map.ToOriginal(""), "");
}

TEST(PointerMap, TakesPointersApart) {
  EXPECT_EQ(PointerTokens("/a~1b/~0/0"), (std::vector<std::string>{"a/b", "~", "0"}));
  EXPECT_TRUE(PointerTokens("").empty());
  EXPECT_EQ(PointerOf({"a/b", "0"}, 2), "/a~1b/0");
  EXPECT_EQ(PointerIndex("12"), 12u);
  EXPECT_EQ(PointerIndex("1x"), std::nullopt);
}

}  // namespace
}  // namespace loupe

#include "core/recommend/rule.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace loupe::recommend {
namespace {

TEST(Rule, EveryRuleHasItsOwnNameASourceAndASentence) {
  std::set<std::string> names;
  for (int i = 0; i <= static_cast<int>(Rule::kPlainness); ++i) {
    const RuleText& text = TextOf(static_cast<Rule>(i));
    EXPECT_TRUE(names.insert(text.name).second) << text.name;
    EXPECT_GT(std::string(text.source).size(), 0U) << text.name;
    EXPECT_EQ(std::string(text.states).back(), '.') << text.name;
  }
}

TEST(Rule, NamesAndSourcesBelongTogether) {
  EXPECT_STREQ(TextOf(Rule::kPosition).name, "position-first");
  EXPECT_STREQ(TextOf(Rule::kPosition).source, "Mackinlay 1986; Cleveland & McGill 1984");
  EXPECT_STREQ(TextOf(Rule::kFewHues).source, "Draco (Moritz et al. 2019)");
  EXPECT_STREQ(TextOf(Rule::kOverview).name, "overview-first");
  EXPECT_STREQ(TextOf(Rule::kNamed).source, "the question");
  EXPECT_STREQ(TextOf(Rule::kPlainness).name, "fewer-parts");
}

}  // namespace
}  // namespace loupe::recommend

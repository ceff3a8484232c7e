#include "core/ask/thesaurus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace loupe::ask {
namespace {

double WeightOf(const std::string& word, std::string_view other) {
  for (const Synonym& synonym : SynonymsOf(word)) {
    if (synonym.word == other) return synonym.weight;
  }
  return 0;
}

TEST(AskThesaurus, KnowsWordsOfTheSameMeaning) {
  EXPECT_GT(WeightOf("vocalist", "singer"), 0.8);
  EXPECT_GT(WeightOf("nation", "country"), 0.8);
  EXPECT_GT(WeightOf("automobile", "car"), 0.8);
  EXPECT_GT(WeightOf("cost", "price"), 0.5);
}

TEST(AskThesaurus, HoldsBothWays) {
  EXPECT_EQ(WeightOf("pupil", "student"), WeightOf("student", "pupil"));
}

TEST(AskThesaurus, KeepsOtherWordsApart) {
  EXPECT_EQ(WeightOf("order", "price"), 0);
  EXPECT_EQ(WeightOf("name", "age"), 0);
  EXPECT_TRUE(SynonymsOf("").empty());
  EXPECT_TRUE(SynonymsOf("zzzz").empty());
}

TEST(AskThesaurus, GivesTheNearestFirst) {
  const std::vector<Synonym> synonyms = SynonymsOf("student");
  ASSERT_FALSE(synonyms.empty());
  EXPECT_TRUE(
      std::is_sorted(synonyms.begin(), synonyms.end(),
                     [](const Synonym& a, const Synonym& b) { return a.weight > b.weight; }));
}

TEST(AskThesaurus, FindsBaseForms) {
  const auto has = [](std::string_view word, const char* base) {
    const std::vector<std::string> forms = BaseForms(word);
    return std::find(forms.begin(), forms.end(), base) != forms.end();
  };
  EXPECT_TRUE(has("cities", "city"));
  EXPECT_TRUE(has("boxes", "box"));
  EXPECT_TRUE(has("women", "woman"));
  EXPECT_TRUE(has("hired", "hire"));
  EXPECT_TRUE(has("selling", "sell"));
  EXPECT_EQ(BaseForms("bus").front(), "bus");
}

}  // namespace
}  // namespace loupe::ask

#include <gtest/gtest.h>

#include "ask_fixture.hpp"
#include "core/ask/confidence.hpp"
#include "core/ask/read.hpp"
#include "core/ask/trace.hpp"

namespace loupe::ask {
namespace {

Reading ReadSure(const std::string& question) {
  ReadOptions options;
  options.least_confidence = 0;
  return Read(question, ShopModel(), ShopValues(), TestNow(), Layer::kTables, Context(), options)
      .value();
}

TEST(Confidence, NeverRisesWithASign) {
  const Signs none = {};
  for (std::size_t i = 0; i < kSigns; ++i) {
    Signs one = none;
    one[i] = 1;
    EXPECT_LE(ConfidenceOf(one), ConfidenceOf(none)) << NameOf(static_cast<Sign>(i));
    EXPECT_GE(DivisorOf(static_cast<Sign>(i), 1), 1) << NameOf(static_cast<Sign>(i));
  }
}

TEST(Confidence, IsAShareOfOne) {
  Signs all = {};
  all.fill(100);
  EXPECT_GE(ConfidenceOf(all), 0);
  EXPECT_LE(ConfidenceOf(Signs{}), 1);
  EXPECT_GT(ConfidenceOf(Signs{}), 0.5);
}

TEST(Confidence, IsTheOddsDividedByEachSign) {
  Signs signs = {};
  signs[static_cast<std::size_t>(Sign::kJoins)] = 2;
  signs[static_cast<std::size_t>(Sign::kRival)] = 0.5;
  const auto odds = [](double confidence) { return confidence / (1 - confidence); };
  EXPECT_NEAR(
      odds(ConfidenceOf(signs)),
      odds(ConfidenceOf(Signs{})) / DivisorOf(Sign::kJoins, 2) / DivisorOf(Sign::kRival, 0.5),
      1e-6);
}

TEST(Confidence, FallsWithWhatIsAssumed) {
  EXPECT_GT(ReadSure("how many orders").confidence, ReadSure("amount by country").confidence);
}

double AmountOf(Sign sign, const std::string& question) {
  Trace trace;
  ReadOptions options;
  options.least_confidence = 0;
  options.trace = &trace;
  EXPECT_TRUE(
      Read(question, ShopModel(), ShopValues(), TestNow(), Layer::kTables, Context(), options)
          .ok());
  return trace.signs[static_cast<std::size_t>(sign)];
}

TEST(Confidence, TellsFarWordsAndPartsOfNamesFromNames) {
  EXPECT_EQ(AmountOf(Sign::kFar, "list the customers"), 0);
  EXPECT_GT(AmountOf(Sign::kFar, "list the shoppers"), 0);
  EXPECT_EQ(AmountOf(Sign::kInPart, "list the names of customers"), 0);
  EXPECT_EQ(AmountOf(Sign::kInPart, "how many items"), 1);
}

TEST(Confidence, TellsLinksFromOtherTables) {
  EXPECT_EQ(AmountOf(Sign::kLinked, "top 3 products by total amount"), 1);
  EXPECT_EQ(AmountOf(Sign::kBetween, "top 3 products by total amount"), 0);
  EXPECT_EQ(AmountOf(Sign::kLinked, "number of orders per country"), 0);
}

TEST(Confidence, TellsThingsThatAreNamedFromColumns) {
  EXPECT_EQ(AmountOf(Sign::kGroupLabels, "total amount by product"), 1);
  EXPECT_EQ(AmountOf(Sign::kGroupLabels, "total amount by product name"), 0);
}

TEST(Confidence, NamesEverySign) {
  for (std::size_t i = 0; i < kSigns; ++i) {
    EXPECT_FALSE(NameOf(static_cast<Sign>(i)).empty()) << i;
    EXPECT_FALSE(InWords(static_cast<Sign>(i)).empty()) << i;
  }
}

}  // namespace
}  // namespace loupe::ask

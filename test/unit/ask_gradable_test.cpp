#include "core/ask/gradable.hpp"

#include <gtest/gtest.h>

#include <string>

namespace loupe::ask {
namespace {

std::string Spell(std::string_view words) {
  const std::optional<Gradable> found = GradableOf(words);
  if (!found) return "unknown";
  constexpr std::string_view kDegrees[] = {"", "+", "++"};
  std::string text(found->adjective);
  text += kDegrees[static_cast<int>(found->degree)];
  text += found->end == End::kGreatest ? " greatest " : " least ";
  return text.append(found->attributes.front());
}

std::optional<End> Ask(std::string_view words, std::string_view noun) {
  const std::optional<Gradable> found = GradableOf(words);
  return found ? EndOn(*found, noun) : std::nullopt;
}

TEST(AskGradable, ReadsTheThreeDegrees) {
  EXPECT_EQ(Spell("old"), "old greatest age");
  EXPECT_EQ(Spell("older"), "old+ greatest age");
  EXPECT_EQ(Spell("oldest"), "old++ greatest age");
  EXPECT_EQ(Spell("largest"), "large++ greatest size");
  EXPECT_EQ(Spell("biggest"), "big++ greatest size");
  EXPECT_EQ(Spell("heavier"), "heavy+ greatest weight");
  EXPECT_EQ(Spell("earliest"), "early++ least date");
  EXPECT_EQ(Spell("slower"), "slow+ least speed");
  EXPECT_EQ(Spell("newest"), "new++ least age");
  EXPECT_EQ(Spell("latest"), "late++ greatest date");
  EXPECT_EQ(Spell("fewest"), "few++ least count");
  EXPECT_EQ(Spell("deepest"), "deep++ greatest depth");
  EXPECT_EQ(Spell("shallowest"), "shallow++ least depth");
  EXPECT_EQ(Spell("hottest"), "hot++ greatest temperature");
}

TEST(AskGradable, ReadsIrregularForms) {
  EXPECT_EQ(Spell("best"), "good++ greatest rating");
  EXPECT_EQ(Spell("worse"), "bad+ least rating");
  EXPECT_EQ(Spell("most"), "many++ greatest count");
  EXPECT_EQ(Spell("least"), "little++ least amount");
  EXPECT_EQ(Spell("farthest"), "far++ greatest distance");
  EXPECT_EQ(Spell("eldest"), "old++ greatest age");
}

TEST(AskGradable, ReadsAdjectivesBehindMoreAndLess) {
  EXPECT_EQ(Spell("most expensive"), "expensive++ greatest price");
  EXPECT_EQ(Spell("least expensive"), "expensive++ least price");
  EXPECT_EQ(Spell("less popular"), "popular+ least popularity");
  EXPECT_EQ(Spell("most recent"), "recent++ greatest date");
  EXPECT_EQ(Spell("least recent"), "recent++ least date");
  EXPECT_EQ(Spell("most singers"), "unknown");
  EXPECT_EQ(Spell("very old"), "unknown");
}

TEST(AskGradable, GradesParticiplesByHighAndGood) {
  EXPECT_EQ(Spell("highest paid"), "paid++ greatest salary");
  EXPECT_EQ(Spell("lowest earning"), "earning++ least salary");
  EXPECT_EQ(Spell("better rated"), "rated+ greatest rating");
  EXPECT_EQ(Spell("best old"), "unknown");
  EXPECT_EQ(Spell("paid"), "unknown");
}

TEST(AskGradable, TurnsRoundOnPointsInTime) {
  EXPECT_EQ(Ask("oldest", "age"), End::kGreatest);
  EXPECT_EQ(Ask("oldest", "date of birth"), End::kLeast);
  EXPECT_EQ(Ask("youngest", "age"), End::kLeast);
  EXPECT_EQ(Ask("youngest", "birth date"), End::kGreatest);
  EXPECT_EQ(Ask("newest", "founded"), End::kGreatest);
  EXPECT_EQ(Ask("fastest", "speed"), End::kGreatest);
  EXPECT_EQ(Ask("fastest", "lap time"), End::kLeast);
  EXPECT_EQ(Ask("best", "score"), End::kGreatest);
  EXPECT_EQ(Ask("best", "rank"), End::kLeast);
}

TEST(AskGradable, MeasuresNoMoreThanItsNouns) {
  EXPECT_EQ(Ask("oldest", "price"), std::nullopt);
  EXPECT_EQ(Ask("cheapest", "age"), std::nullopt);
  EXPECT_EQ(Ask("highest", "salary"), End::kGreatest);
  EXPECT_EQ(Ask("lowest", "salary"), End::kLeast);
  EXPECT_EQ(Ask("fewest", "wins"), End::kLeast);
}

TEST(AskGradable, KnowsPairsOfOpposites) {
  using Pair = std::pair<std::string_view, std::string_view>;
  for (const auto& [great, small] :
       {Pair{"old", "young"}, Pair{"tall", "short"}, Pair{"long", "short"}, Pair{"big", "small"},
        Pair{"heavy", "light"}, Pair{"expensive", "cheap"}, Pair{"costly", "cheap"},
        Pair{"late", "early"}, Pair{"fast", "slow"}, Pair{"high", "low"}, Pair{"rich", "poor"},
        Pair{"many", "few"}, Pair{"good", "bad"}, Pair{"wide", "narrow"}, Pair{"deep", "shallow"},
        Pair{"strong", "weak"}, Pair{"hot", "cold"}, Pair{"warm", "cold"}}) {
    const std::string_view noun = GradableOf(great)->attributes.front();
    EXPECT_EQ(Ask(great, noun), End::kGreatest) << great;
    EXPECT_EQ(Ask(small, noun), End::kLeast) << small << " " << noun;
  }
}

TEST(AskGradable, KnowsNothingOfOtherWords) {
  for (std::string_view word : {"", " ", "s", "order", "newspaper", "oldes", "olderest", "number",
                                "most ", "est", "er", "Oldest"}) {
    EXPECT_FALSE(GradableOf(word)) << word;
  }
}

}  // namespace
}  // namespace loupe::ask

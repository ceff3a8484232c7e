#include "core/semantic/access.hpp"

#include <gtest/gtest.h>

namespace loupe::semantic {
namespace {

// Orders with the members region, price (dimensions), total (measure) and web (segment).
Model Shop(std::vector<AccessRule> rules) {
  Model model;
  model.entities.resize(2);
  Entity& orders = model.entities[0];
  orders.name = "orders";
  orders.dimensions.resize(2);
  orders.dimensions[0].name = "region";
  orders.dimensions[1].name = "price";
  orders.measures.resize(1);
  orders.measures[0].name = "total";
  orders.segments.resize(1);
  orders.segments[0].name = "web";
  orders.hierarchies = {{"place", "", {"region", "price"}}, {"money", "", {"price"}}};
  orders.access = std::move(rules);
  model.entities[1].name = "free";
  return model;
}

AccessRule Rule(std::vector<std::string> roles, std::vector<Json> row_filter = {},
                std::vector<std::string> hidden = {}, std::vector<std::string> masked = {}) {
  return {std::move(roles), std::move(row_filter), std::move(hidden), std::move(masked)};
}

// "shown", "masked" or "hidden".
template <class Member>
std::string Sight(const Member& member) {
  if (!member.is_public) return "hidden";
  return member.is_masked ? "masked" : "shown";
}

std::string PriceOf(const Model& model) { return Sight(model.entities[0].dimensions[1]); }

const Json kGerman = "{T}.region = 'DE'";
const Json kFrench = "{T}.region = 'FR'";

TEST(ApplyAccess, LeavesEntitiesWithoutRulesAlone) {
  const Model model = ApplyAccess(Shop({}), {});
  EXPECT_TRUE(model.entities[0].is_public);
  EXPECT_TRUE(model.entities[0].row_filters.empty());
  EXPECT_EQ(PriceOf(model), "shown");
}

TEST(ApplyAccess, ShowsNothingToWhomNoRuleFits) {
  const Model model = ApplyAccess(Shop({Rule({"clerk"})}), {"audit"});
  const Entity& orders = model.entities[0];
  EXPECT_FALSE(orders.is_public);
  EXPECT_EQ(PriceOf(model), "hidden");
  EXPECT_EQ(Sight(orders.measures[0]), "hidden");
  EXPECT_FALSE(orders.segments[0].is_public);
  EXPECT_TRUE(orders.hierarchies.empty());
  ASSERT_EQ(orders.row_filters.size(), 1u);
  EXPECT_EQ(orders.row_filters[0], std::vector<Json>{Json("false")});
  EXPECT_TRUE(model.entities[1].is_public);
}

TEST(ApplyAccess, TakesARuleWithoutRolesForEverybody) {
  const Model model = ApplyAccess(Shop({Rule({}, {kGerman}, {"price"})}), {});
  EXPECT_TRUE(model.entities[0].is_public);
  EXPECT_EQ(PriceOf(model), "hidden");
  ASSERT_EQ(model.entities[0].row_filters.size(), 1u);
  EXPECT_EQ(model.entities[0].row_filters[0], std::vector<Json>{kGerman});
  ASSERT_EQ(model.entities[0].hierarchies.size(), 1u);
  EXPECT_EQ(model.entities[0].hierarchies[0].levels, std::vector<std::string>{"region"});
}

TEST(ApplyAccess, MasksAndHidesEachKindOfMember) {
  const Model model =
      ApplyAccess(Shop({Rule({"clerk"}, {}, {"region"}, {"price", "total", "web"})}), {"clerk"});
  const Entity& orders = model.entities[0];
  EXPECT_EQ(Sight(orders.dimensions[0]), "hidden");
  EXPECT_EQ(PriceOf(model), "masked");
  EXPECT_EQ(Sight(orders.measures[0]), "masked");
  EXPECT_FALSE(orders.segments[0].is_public);
  EXPECT_TRUE(orders.row_filters.empty());
}

TEST(ApplyAccess, AddsTheRowsOfAllRulesThatFit) {
  const std::vector<AccessRule> rules = {Rule({"de"}, {kGerman}), Rule({"fr"}, {kFrench}),
                                         Rule({"de2"}, {kGerman}), Rule({"all"})};
  EXPECT_EQ(ApplyAccess(Shop(rules), {"de", "fr", "de2"}).entities[0].row_filters.size(), 2u);
  EXPECT_TRUE(ApplyAccess(Shop(rules), {"de", "all"}).entities[0].row_filters.empty());
}

TEST(ApplyAccess, AddsMembersWhereTheRowsAreTheSame) {
  const Model model =
      ApplyAccess(Shop({Rule({"a"}, {kGerman}, {"price"}), Rule({"b"}, {kGerman}, {}, {"price"}),
                        Rule({"c"}, {kGerman})}),
                  {"a", "b"});
  EXPECT_EQ(PriceOf(model), "masked");
}

TEST(ApplyAccess, AddsAMemberThatARuleOverAllRowsShows) {
  EXPECT_EQ(
      PriceOf(ApplyAccess(Shop({Rule({"a"}, {kGerman}, {"price"}), Rule({"b"})}), {"a", "b"})),
      "shown");
}

TEST(ApplyAccess, NeverShowsACellThatNoRuleAloneShows) {
  const std::vector<AccessRule> rules = {Rule({"clerk"}, {kGerman}), Rule({"audit"}, {}, {"price"}),
                                         Rule({"temp"}, {}, {}, {"price"})};
  EXPECT_EQ(PriceOf(ApplyAccess(Shop(rules), {"clerk"})), "shown");
  EXPECT_EQ(PriceOf(ApplyAccess(Shop(rules), {"clerk", "audit"})), "hidden");
  EXPECT_EQ(PriceOf(ApplyAccess(Shop(rules), {"clerk", "temp"})), "masked");
  EXPECT_EQ(PriceOf(ApplyAccess(Shop({Rule({"x"}, {kGerman}), Rule({"y"}, {kFrench}, {"price"})}),
                                {"x", "y"})),
            "hidden");
}

TEST(ApplyAccess, KeepsWhatTheModelItselfHides) {
  Model model = Shop({Rule({})});
  model.entities[0].dimensions[1].is_public = false;
  EXPECT_FALSE(ApplyAccess(std::move(model), {}).entities[0].dimensions[1].is_public);
}

TEST(RolesIn, ListsEachRoleOnce) {
  EXPECT_EQ(RolesIn(Shop({Rule({"b", "a"}), Rule({"a"}), Rule({})})),
            (std::vector<std::string>{"a", "b"}));
}

}  // namespace
}  // namespace loupe::semantic

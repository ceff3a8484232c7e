#include "core/ask/follow_up.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ask_fixture.hpp"

namespace loupe::ask {
namespace {

std::string Merged(const std::string& previous, const std::string& question) {
  return WholeQuestion(previous, question, ShopModel(), ShopValues(), TestNow(), Context()).value();
}

TEST(FollowUp, AddsOrReplacesAGroup) {
  EXPECT_EQ(Merged("How many orders were there?", "and by status?"),
            "How many orders were there by status");
  EXPECT_EQ(Merged("number of orders by status in 2024", "now per country"),
            "number of orders per country in 2024");
  EXPECT_EQ(Merged("revenue by country and status", "by month"), "revenue by month");
}

TEST(FollowUp, AddsOrReplacesATime) {
  EXPECT_EQ(Merged("How many orders by status?", "only 2023"), "How many orders by status in 2023");
  EXPECT_EQ(Merged("How many orders in 2023 by status?", "and in July 2024?"),
            "How many orders in July 2024 by status?");
  EXPECT_EQ(Merged("How many orders in 2023?", "what about last month?"),
            "How many orders last month?");
}

TEST(FollowUp, SwapsAValueOfTheSameColumn) {
  EXPECT_EQ(Merged("How many customers from France?", "what about Germany?"),
            "How many customers from Germany?");
  EXPECT_EQ(Merged("cancelled orders from France", "and for Germany or France"),
            "cancelled orders from Germany or France");
  EXPECT_EQ(Merged("How many customers are there?", "only from Germany"),
            "How many customers are there from Germany");
}

TEST(FollowUp, AddsACondition) {
  EXPECT_EQ(Merged("names of customers from France", "with more than 5 orders"),
            "names of customers from France with more than 5 orders");
  EXPECT_EQ(Merged("names of customers", "and without orders?"),
            "names of customers without orders");
}

TEST(FollowUp, TakesSeveralChangesAtOnce) {
  EXPECT_EQ(Merged("How many orders from France by status?", "only from Germany and only in 2024"),
            "How many orders from Germany by status in 2024");
  EXPECT_EQ(Merged("How many orders in 2023?", "and by status, from France"),
            "How many orders in 2023 by status from France");
  EXPECT_EQ(Merged("How many orders from France?", "what about Germany and Spain?"),
            "what about Germany and Spain?");
}

TEST(FollowUp, IsBuiltOnTheOneBefore) {
  std::string question = "How many orders from France?";
  for (const char* next : {"and by status?", "what about Germany?", "only 2024", "in 2023"}) {
    question = Merged(question, next);
  }
  EXPECT_EQ(question, "How many orders from Germany by status in 2023");
}

TEST(FollowUp, LeavesWholeQuestionsAlone) {
  for (const char* question :
       {"how many products", "customers from Germany", "which country has the most customers",
        "revenue in 2024", "Germany", "and how many products are there?", "what about unicorns?",
        "only", "and?"}) {
    EXPECT_EQ(Merged("How many orders from France in 2023 by status?", question), question);
  }
}

TEST(FollowUp, DoesNotGuessBetweenTwoPlaces) {
  EXPECT_EQ(Merged("customers from France or Germany", "what about United States?"),
            "what about United States?");
}

}  // namespace
}  // namespace loupe::ask

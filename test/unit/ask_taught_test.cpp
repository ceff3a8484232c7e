#include "core/ask/taught.hpp"

#include <gtest/gtest.h>

#include <string>

#include "ask_fixture.hpp"

namespace loupe::ask {
namespace {

DateTime Now() {
  DateTime now;
  now.year = 2024;
  now.month = 11;
  now.day = 24;
  return now;
}

semantic::Model ToyModel() {
  return ModelFrom(R"({"name": "toys", "entities": [
    {"name": "customers", "table": "customers", "primary_key": ["id"], "synonyms": ["clients"], "dimensions": [
       {"name": "name", "type": "string", "column": "name"},
       {"name": "country", "type": "string", "column": "country"},
       {"name": "city", "type": "string", "column": "city"}]},
    {"name": "orders", "table": "orders", "synonyms": ["purchases"], "dimensions": [
       {"name": "status", "type": "string", "column": "status"},
       {"name": "price", "type": "number", "column": "price"},
       {"name": "cost", "type": "number", "column": "cost"}]}]})");
}

// The SQL that a pair gives for a question; empty when it does not answer.
std::string Filled(const std::string& taught, const std::string& sql, const std::string& asked) {
  const TableOfValues values({{"customers", "country", "Germany"},
                              {"customers", "country", "New Zealand"},
                              {"customers", "city", "Berlin"},
                              {"customers", "city", "O'Brien"},
                              {"orders", "status", "open"}});
  const TaughtPattern pattern = CompileTaught(taught, sql, Now()).value();
  const auto match = MatchTaught(asked, {&pattern}, ToyModel(), values, Now()).value();
  return match ? match->sql : "";
}

constexpr const char* kFrom = "SELECT c.name FROM customers c WHERE c.country = 'France'";

TEST(Taught, AnswersOtherWordsInAnotherOrder) {
  for (const char* asked :
       {"customers from France", "Please show me all the customers from France!",
        "which customers are from France?", "clients from France"}) {
    EXPECT_EQ(Filled("customers from France", "SELECT 1", asked), "SELECT 1") << asked;
  }
  EXPECT_EQ(Filled("orders by status", "SELECT 1", "purchases per status"), "SELECT 1");
}

TEST(Taught, FillsAValueOfTheSameColumnAlone) {
  EXPECT_EQ(Filled("customers from France", kFrom, "customers from germany"),
            "SELECT c.name FROM customers c WHERE c.country = 'Germany'");
  EXPECT_EQ(Filled("customers from France", kFrom, "customers from New Zealand"),
            "SELECT c.name FROM customers c WHERE c.country = 'New Zealand'");
  EXPECT_EQ(Filled("customers from France", kFrom, "customers from Berlin"), "");
  EXPECT_EQ(Filled("customers from France", kFrom, "customers from Atlantis"), "");
}

TEST(Taught, QuotesWhatItFillsIn) {
  EXPECT_EQ(Filled("customers in Rome", "SELECT 1 FROM customers WHERE city = 'Rome'",
                   "customers in \"O'Brien\""),
            "SELECT 1 FROM customers WHERE city = 'O''Brien'");
}

TEST(Taught, FillsNumbersAndLimits) {
  const char* top = "SELECT name FROM orders WHERE price > 10 ORDER BY price LIMIT 5";
  EXPECT_EQ(Filled("top 5 orders above 10", top, "top three orders above 2.5"),
            "SELECT name FROM orders WHERE price > 2.5 ORDER BY price LIMIT 3");
  EXPECT_EQ(Filled("top 5 orders above 10", top, "top 0 orders above 10"), "");
  EXPECT_EQ(Filled("top 5 orders above 10", top, "top 5 orders below 10"), "");
  EXPECT_EQ(Filled("5 orders above 5", "SELECT 1 WHERE 5 > 5 LIMIT 5", "5 orders above 6"), "");
}

TEST(Taught, FillsTimesOfTheSameKind) {
  const char* range = "SELECT 1 FROM orders WHERE at >= '2023-01-01' AND at < '2024-01-01'";
  EXPECT_EQ(Filled("orders in 2023", range, "orders in July 2022"),
            "SELECT 1 FROM orders WHERE at >= '2022-07-01' AND at < '2022-08-01'");
  EXPECT_EQ(Filled("orders in 2023", range, "orders since 2023"), "");
  const char* year = "SELECT 1 FROM orders WHERE extract(year FROM at) = 2023";
  EXPECT_EQ(Filled("orders in 2023", year, "orders in 2020"),
            "SELECT 1 FROM orders WHERE extract(year FROM at) = 2020");
  EXPECT_EQ(Filled("orders in 2023", year, "orders in May 2020"), "");
  const char* before = "SELECT 1 FROM orders WHERE at < '2023-01-01'";
  EXPECT_EQ(Filled("orders before 2023", before, "orders before 2021"),
            "SELECT 1 FROM orders WHERE at < '2021-01-01'");
  EXPECT_EQ(Filled("orders before 2023", before, "orders after 2021"), "");
}

TEST(Taught, ReadsRelativeTimesAtTheTimeOfTeaching) {
  EXPECT_EQ(Filled("orders last month",
                   "SELECT 1 FROM orders WHERE at >= '2024-10-01' AND at < '2024-11-01'",
                   "orders this month"),
            "SELECT 1 FROM orders WHERE at >= '2024-11-01' AND at < '2024-12-01'");
}

TEST(Taught, DoesNotAnswerWhatMeansSomethingElse) {
  const struct {
    const char* taught;
    const char* asked;
  } kMisses[] = {
      {"customers without orders", "customers with orders"},
      {"customers without orders", "orders without customers"},
      {"average price of orders", "highest price of orders"},
      {"average price of orders", "average cost of orders"},
      {"number of orders per city", "number of orders per country"},
      {"number of orders per city", "number of cities per order"},
      {"orders", "open orders"},
      {"open orders", "orders"},
      {"orders by month", "orders by year"},
      {"customers in Rome or Paris", "customers in Rome and Paris"},
  };
  for (const auto& miss : kMisses) {
    EXPECT_EQ(Filled(miss.taught, "SELECT 1", miss.asked), "")
        << miss.taught << " | " << miss.asked;
  }
}

TEST(Taught, PrefersFewerSynonyms) {
  const TaughtPattern far = CompileTaught("list of purchases", "SELECT 1", Now()).value();
  const TaughtPattern near = CompileTaught("list of orders", "SELECT 2", Now()).value();
  const auto match =
      MatchTaught("list of orders", {&far, &near}, ToyModel(), TableOfValues({}), Now()).value();
  ASSERT_TRUE(match.has_value());
  EXPECT_EQ(match->pattern, 1U);
}

TEST(Taught, ToleratesSqlThatIsNoTemplate) {
  EXPECT_EQ(Filled("the answer", "SELECT $$42$$", "what is the answer"), "SELECT $$42$$");
  EXPECT_FALSE(CompileTaught("", "SELECT 1", Now()).ok());
}

}  // namespace
}  // namespace loupe::ask

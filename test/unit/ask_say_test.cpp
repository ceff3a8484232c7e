#include "core/ask/say.hpp"

#include <gtest/gtest.h>

#include "ask_fixture.hpp"
#include "core/ask/explain.hpp"

namespace loupe::ask {
namespace {

std::string SayShop(const char* question, std::vector<std::string> columns,
                    std::vector<std::vector<Json>> rows) {
  const semantic::Model model = ShopModel();
  const Reading reading =
      Read(question, model, ShopValues(), TestNow(), Layer::kQueries, Context()).value();
  RowSet set;
  for (std::string& name : columns) {
    const bool text = name.find("country") != std::string::npos;
    set.columns.push_back({name, "", text ? ValueType::kString : ValueType::kOther});
  }
  set.rows = std::move(rows);
  return Say(reading, model, set);
}

TEST(AskSay, SaysOneValue) {
  EXPECT_EQ(SayShop("how many orders", {"orders.count"}, {{336776}}),
            "The count of orders is 336,776.");
  EXPECT_EQ(SayShop("how many customers from Germany", {"customers.count"}, {{7}}),
            "The count of customers is 7, where country is Germany.");
  EXPECT_EQ(SayShop("total revenue and number of orders", {"orders.total_amount", "orders.count"},
                    {{"1234567.891", 20}}),
            "The total amount is 1,234,567.89 and the count of orders is 20.");
  EXPECT_EQ(SayShop("total revenue", {"orders.total_amount"}, {{Json()}}),
            "The total amount is unknown, since no rows have a value.");
}

TEST(AskSay, SaysTheTopOfARanking) {
  EXPECT_EQ(SayShop("which country has the most customers",
                    {"customers.country", "customers.count"}, {{"Germany", 1200}}),
            "Germany has the highest count of customers: 1,200.");
  EXPECT_EQ(SayShop("which country has the fewest customers",
                    {"customers.country", "customers.count"}, {{"France", 3}}),
            "France has the lowest count of customers: 3.");
  EXPECT_EQ(SayShop("revenue by country", {"customers.country", "orders.total_amount"},
                    {{"007", 3.5}, {Json(), 2}, {"France", 9.25}}),
            "Of 3 groups, France has the highest total amount: 9.25.");
  EXPECT_EQ(
      SayShop("revenue by country", {"customers.country", "orders.total_amount"}, {{"007", 3.5}}),
      "007 has the highest total amount: 3.5.");
  EXPECT_EQ(SayShop("revenue by country", {"customers.country", "orders.total_amount"},
                    {{Json(), Json()}, {"x", Json()}}),
            "2 rows.");
  EXPECT_EQ(
      SayShop("revenue by country", {"customers.country", "orders.total_amount"}, {{Json(), 1}}),
      "no value has the highest total amount: 1.");
}

TEST(AskSay, SaysTheCourseOfASeries) {
  EXPECT_EQ(
      SayShop(
          "revenue by month in 2024", {"orders.ordered_at.month", "orders.total_amount"},
          {{"2024-01-01T00:00:00", 10}, {"2024-02-01T00:00:00", 30}, {"2024-03-01T00:00:00", 20}}),
      "The total amount goes from 10 in January 2024 to 20 in March 2024, with its peak of "
      "30 in February 2024, where ordered at is in 2024.");
  EXPECT_EQ(SayShop("revenue by year", {"orders.ordered_at.year", "orders.total_amount"},
                    {{"2024-01-01", 0.123456}}),
            "The total amount in 2024 is 0.123.");
  EXPECT_EQ(SayShop("revenue by year", {"orders.ordered_at.year", "orders.total_amount"},
                    {{"2024-01-01", Json()}}),
            "1 row.");
}

TEST(AskSay, CountsListedRows) {
  EXPECT_EQ(SayShop("list product names in Books", {"products.product_name"}, {{"a"}, {"b"}}),
            "2 rows, where category is Books.");
  EXPECT_EQ(SayShop("what is the price of Red Kite", {"products.price"}, {{1999}}),
            "The price is 1999, where product name is Red Kite.");
}

TEST(AskSay, NamesTheFiltersOfAnEmptyResult) {
  EXPECT_EQ(
      SayShop("revenue by country in July 2013", {"customers.country", "orders.total_amount"}, {}),
      "Nothing was found, where ordered at is in July 2013.");
}

TEST(AskSay, FindsColumnsByNameOrPosition) {
  EXPECT_EQ(SayShop("orders by status", {"orders.count", "orders.status"}, {{5, "open"}}),
            "open has the highest count of orders: 5.");
  EXPECT_EQ(SayShop("orders by status", {"a", "b"}, {{"open", 5}}),
            "open has the highest count of orders: 5.");
  EXPECT_EQ(SayShop("orders by status", {"a"}, {{"open"}}), "");
}

TEST(AskSay, GivesTheReasonWhenThereIsNoAnswer) {
  EXPECT_EQ(SayShop("average", {}, {}), "What to show is not clear.");
}

TEST(AskSay, WritesValuesForPeople) {
  EXPECT_EQ(ValueInWords(0, ""), "0");
  EXPECT_EQ(ValueInWords(true, ""), "true");
  EXPECT_EQ(ValueInWords(false, ""), "false");
  EXPECT_EQ(ValueInWords(Json(), ""), "no value");
  EXPECT_EQ(ValueInWords(12.3456, ""), "12.35");
  EXPECT_EQ(ValueInWords("2024-03-07", ""), "7 March 2024");
  EXPECT_EQ(ValueInWords("2024-03-07T15:04:00", ""), "7 March 2024 15:04");
  EXPECT_EQ(ValueInWords("2024-07-01", "quarter"), "Q3 2024");
  EXPECT_EQ(ValueInWords("2024-07-01", "week"), "the week of 1 July 2024");
  EXPECT_EQ(ValueInWords("plain", ""), "plain");
  EXPECT_EQ(ValueInWords(Json::MakeArray(), ""), "[]");
}

TEST(AskExplain, WritesQueriesInWords) {
  const semantic::Model model = ShopModel();
  const auto words = [&](std::string_view query) {
    return Explain(ParseJson(query).value(), model);
  };
  EXPECT_EQ(words(R"({"measures":["orders.count"],"dimensions":["customers.name"],
                      "filters":[{"member":"orders.status","operator":"notEquals",
                                  "values":["open","shipped"]}],
                      "order":[["orders.count","desc"]],"limit":5})"),
            "count of orders, by customer name, where status is not open or shipped, sorted by "
            "count of orders descending, first 5");
  EXPECT_EQ(words(R"({"dimensions":["customers.country"]})"), "different country");
  EXPECT_EQ(words(R"({"dimensions":["nowhere.x","odd"],"ungrouped":true})"), "list of x and odd");
  EXPECT_EQ(words(R"({"dimensions":["orders.nothing"]})"), "different orders.nothing");
  EXPECT_EQ(words(R"({"measures":["orders.count"],"order":[["orders.ordered_at.month","asc"],3]})"),
            "count of orders, sorted by month ascending");
}

TEST(AskExplain, WritesRangesInWords) {
  EXPECT_EQ(RangeInWords("2013-01-01", "2013-12-31"), "2013");
  EXPECT_EQ(RangeInWords("2013-07-01", "2013-09-30"), "Q3 2013");
  EXPECT_EQ(RangeInWords("2013-07-01", "2013-07-31"), "July 2013");
  EXPECT_EQ(RangeInWords("2013-07-04", "2013-07-04"), "4 July 2013");
  EXPECT_EQ(RangeInWords("2013-07-04", "2013-07-09"), "2013-07-04 to 2013-07-09");
  EXPECT_EQ(RangeInWords("last", "week"), "last to week");
}

}  // namespace
}  // namespace loupe::ask

#include <gtest/gtest.h>

#include <string>

#include "ask_fixture.hpp"
#include "core/ask/read.hpp"

// Shapes of questions that no semantic query says: shares, rankings within each group, numbers
// against those of all groups. Statements and readings are written out whole.
// clang-format off
namespace loupe::ask {
namespace {

struct Stated {
  const char* question;
  const char* statement;  // the SQL on one line, or the query that the semantic layer answers
  const char* reading;
};

constexpr Stated kShares[] = {
    {R"(what percentage of orders are cancelled)",
     R"(SELECT 100.0 * count(*) FILTER (WHERE orders.status = 'cancelled') / nullif(count(*), 0) AS percentage_of_orders FROM orders AS orders LIMIT 10000)",
     R"(percentage of orders where status is cancelled)"},
    {R"(percentage of cancelled orders by country)",
     R"(SELECT customers.country, 100.0 * count(*) FILTER (WHERE orders.status = 'cancelled') / nullif(count(*), 0) AS percentage_of_orders FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id GROUP BY customers.country ORDER BY 100.0 * count(*) FILTER (WHERE orders.status = 'cancelled') / nullif(count(*), 0) DESC NULLS LAST, customers.country LIMIT 10000)",
     R"(country and percentage of orders where status is cancelled, by country)"},
    {R"(share of orders by status)",
     R"(SELECT orders.status, 1.0 * count(*) / nullif(sum(count(*)) OVER (), 0) AS share_of_orders FROM orders AS orders GROUP BY orders.status ORDER BY 1.0 * count(*) / nullif(sum(count(*)) OVER (), 0) DESC NULLS LAST, orders.status LIMIT 10000)",
     R"(status and share of orders in all groups together, by status)"},
    {R"(share of total amount of orders by country)",
     R"(SELECT customers.country, 1.0 * sum(orders.amount) / nullif(sum(sum(orders.amount)) OVER (), 0) AS share_of_total_amount FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id GROUP BY customers.country ORDER BY 1.0 * sum(orders.amount) / nullif(sum(sum(orders.amount)) OVER (), 0) DESC NULLS LAST, customers.country LIMIT 10000)",
     R"(country and share of total amount in all groups together, by country)"},
    {R"(what percentage of orders from Germany were cancelled?)",
     R"(SELECT 100.0 * count(*) FILTER (WHERE orders.status = 'cancelled') / nullif(count(*), 0) AS percentage_of_orders FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id WHERE customers.country = 'Germany' LIMIT 10000)",
     R"(percentage of orders where status is cancelled, where country is Germany)"},
    {R"(what percentage of customers have no orders)",
     R"(SELECT 100.0 * count(*) FILTER (WHERE NOT EXISTS ( SELECT 1 FROM orders AS orders WHERE orders.customer_id = customers.id )) / nullif(count(*), 0) AS percentage_of_customers FROM customers AS customers LIMIT 10000)",
     R"(percentage of customers where there is no orders)"},
    {R"(what percentage of customers have more than 5 orders)",
     R"(SELECT 100.0 * count(*) FILTER (WHERE ( SELECT count(*) FROM orders AS orders WHERE orders.customer_id = customers.id ) > 5) / nullif(count(*), 0) AS percentage_of_customers FROM customers AS customers LIMIT 10000)",
     R"(percentage of customers where count of orders is more than 5)"},
    {R"(ratio of cancelled to shipped orders)",
     R"(SELECT 1.0 * count(*) FILTER (WHERE orders.status = 'cancelled') / nullif(count(*) FILTER (WHERE orders.status = 'shipped'), 0) AS ratio_of_orders FROM orders AS orders LIMIT 10000)",
     R"(ratio of orders where status is cancelled to orders where status is shipped)"},
    {R"(ratio of cancelled orders to all orders by country)",
     R"(SELECT customers.country, 1.0 * count(*) FILTER (WHERE orders.status = 'cancelled') / nullif(count(*), 0) AS ratio_of_orders FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id GROUP BY customers.country ORDER BY 1.0 * count(*) FILTER (WHERE orders.status = 'cancelled') / nullif(count(*), 0) DESC NULLS LAST, customers.country LIMIT 10000)",
     R"(country and ratio of orders where status is cancelled, by country)"},
    {R"(share of products with price above 20 out of all products)",
     R"(SELECT 1.0 * count(*) FILTER (WHERE products.price > 20) / nullif(count(*), 0) AS share_of_products FROM products AS products LIMIT 10000)",
     R"(share of products where price is more than 20)"},
    {R"(percentage of orders that are cancelled in 2023)",
     R"(SELECT 100.0 * count(*) FILTER (WHERE orders.status = 'cancelled') / nullif(count(*), 0) AS percentage_of_orders FROM orders AS orders WHERE orders.ordered_at >= '2023-01-01 00:00+00' AND orders.ordered_at < '2024-01-01 00:00+00' LIMIT 10000)",
     R"(percentage of orders where status is cancelled, where ordered at is in 2023)"},
    {R"(proportion of active customers per country)",
     R"(SELECT customers.country, 1.0 * count(*) FILTER (WHERE customers.is_active = true) / nullif(count(*), 0) AS share_of_customers FROM customers AS customers GROUP BY customers.country ORDER BY 1.0 * count(*) FILTER (WHERE customers.is_active = true) / nullif(count(*), 0) DESC NULLS LAST, customers.country LIMIT 10000)",
     R"(country and share of customers where is active is true, by country)"},
};

constexpr Stated kWithin[] = {
    {R"(for each category, what is the most expensive product)",
     R"(SELECT ranked.category, ranked.product_name FROM ( SELECT products.category, products.product_name, rank() OVER (PARTITION BY products.category ORDER BY products.price DESC NULLS LAST) AS place_in_group FROM products AS products ) AS ranked WHERE ranked.place_in_group <= 1 ORDER BY ranked.category, ranked.place_in_group, ranked.product_name LIMIT 10000)",
     R"(category and product name, with the highest price within each category)"},
    {R"(top 3 products by price in each category)",
     R"(SELECT ranked.category, ranked.product_name FROM ( SELECT products.category, products.product_name, rank() OVER (PARTITION BY products.category ORDER BY products.price DESC NULLS LAST) AS place_in_group FROM products AS products ) AS ranked WHERE ranked.place_in_group <= 3 ORDER BY ranked.category, ranked.place_in_group, ranked.product_name LIMIT 10000)",
     R"(category and product name, the 3 with the highest price within each category)"},
    {R"(For each country, the customer with the most orders)",
     R"(SELECT ranked.country, ranked.name FROM ( SELECT customers.country, customers.name, rank() OVER (PARTITION BY customers.country ORDER BY count(*) DESC NULLS LAST) AS place_in_group FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id GROUP BY customers.id, customers.country, customers.name ) AS ranked WHERE ranked.place_in_group <= 1 ORDER BY ranked.country, ranked.place_in_group, ranked.name LIMIT 10000)",
     R"(country and customer name, with the highest count of orders within each country)"},
    {R"(For each month, the customer with the most orders)",
     R"(SELECT ranked.month, ranked.name FROM ( SELECT date_trunc('month', orders.ordered_at AT TIME ZONE 'UTC') AS month, customers.name, rank() OVER (PARTITION BY date_trunc('month', orders.ordered_at AT TIME ZONE 'UTC') ORDER BY count(*) DESC NULLS LAST) AS place_in_group FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id GROUP BY customers.id, customers.name, date_trunc('month', orders.ordered_at AT TIME ZONE 'UTC') ) AS ranked WHERE ranked.place_in_group <= 1 ORDER BY ranked.month, ranked.place_in_group, ranked.name LIMIT 10000)",
     R"(month of ordered at and customer name, with the highest count of orders within each month of ordered at)"},
    {R"(the latest order of each customer)",
     R"(SELECT ranked.name, ranked.id, ranked.status, ranked.amount, ranked.ordered_at, ranked.shipped_at FROM ( SELECT customers.name, orders.id, orders.status, orders.amount, orders.ordered_at, orders.shipped_at, rank() OVER (PARTITION BY customers.id ORDER BY orders.ordered_at DESC NULLS LAST) AS place_in_group FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id ) AS ranked WHERE ranked.place_in_group <= 1 ORDER BY ranked.name, ranked.place_in_group, ranked.id, ranked.status, ranked.amount, ranked.ordered_at, ranked.shipped_at LIMIT 10000)",
     R"(customer name, order id, status, amount, ordered at and shipped at, with the highest ordered at within each of customers)"},
};

constexpr Stated kAgainst[] = {
    {R"(customers with more orders than average)",
     R"(SELECT customers.name FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id GROUP BY customers.id, customers.name HAVING count(*) > ( SELECT avg(of_group.number) FROM ( SELECT count(*) AS number FROM orders AS orders_2 JOIN customers AS customers_2 ON customers_2.id = orders_2.customer_id GROUP BY customers_2.id, customers_2.name ) AS of_group ) LIMIT 10000)",
     R"(customer name, where count of orders is more than the average of all groups)"},
    {R"(countries with more than the average number of orders)",
     R"(SELECT customers.country FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id GROUP BY customers.country HAVING count(*) > ( SELECT avg(of_group.number) FROM ( SELECT count(*) AS number FROM orders AS orders_2 JOIN customers AS customers_2 ON customers_2.id = orders_2.customer_id GROUP BY customers_2.country ) AS of_group ) LIMIT 10000)",
     R"(country, where count of orders is more than the average of all groups)"},
    {R"(products whose price is above the overall average)",
     R"(SELECT products.product_name FROM products AS products WHERE products.price > ( SELECT avg(products.price) FROM products AS products ) LIMIT 10000)",
     R"(product name, where price is more than the average price of all)"},
    {R"(names of products of the category that has the most order items)",
     R"(SELECT products.product_name FROM products AS products WHERE products.category = ANY (ARRAY ( SELECT products_2.category FROM order_items AS order_items JOIN products AS products_2 ON products_2.id = order_items.product_id GROUP BY products_2.category ORDER BY count(*) DESC NULLS LAST, products_2.category LIMIT 1 )) LIMIT 10000)",
     R"(product name, where category has the highest count of order items)"},
    {R"(how many orders does the customer with the most orders have)",
     R"(SELECT count(*) AS number_of_orders FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id WHERE customers.id = ANY (ARRAY ( SELECT customers_2.id FROM orders AS orders_2 JOIN customers AS customers_2 ON customers_2.id = orders_2.customer_id GROUP BY customers_2.id ORDER BY count(*) DESC NULLS LAST, customers_2.id LIMIT 1 )) LIMIT 10000)",
     R"(count of orders, where customers has the highest count of orders)"},
    {R"(median price of products by category)",
     R"(SELECT products.category, percentile_cont(0.5) WITHIN GROUP (ORDER BY products.price) AS median_price FROM products AS products GROUP BY products.category ORDER BY percentile_cont(0.5) WITHIN GROUP (ORDER BY products.price) DESC NULLS LAST, products.category LIMIT 10000)",
     R"(category and median price, by category)"},
};

constexpr Stated kCompared[] = {
    {R"(compare cancelled and shipped orders)",
     R"({"measures":["orders.count"],"dimensions":["orders.status"],"filters":[{"member":"orders.status","operator":"equals","values":["shipped","cancelled"]}]})",
     R"(count of orders, by status, where status is shipped or cancelled)"},
    {R"(orders per status in 2024 compared with 2023)",
     R"({"measures":["orders.count"],"dimensions":["orders.status"],"timeDimensions":[{"dimension":"orders.ordered_at","granularity":"year"}],"filters":[{"or":[{"member":"orders.ordered_at","operator":"inDateRange","values":["2024-01-01","2024-12-31"]},{"member":"orders.ordered_at","operator":"inDateRange","values":["2023-01-01","2023-12-31"]}]}]})",
     R"(count of orders, by status and year of ordered at, where ordered at is in 2024 or ordered at is in 2023)"},
    {R"(total amount of cancelled versus shipped orders)",
     R"({"measures":["orders.total_amount"],"dimensions":["orders.status"],"filters":[{"member":"orders.status","operator":"equals","values":["shipped","cancelled"]}]})",
     R"(total amount, by status, where status is shipped or cancelled)"},
};
// clang-format on

Reading ReadTables(const char* question) {
  Result<Reading> reading =
      Read(question, ShopModel(), ShopValues(), TestNow(), Layer::kTables, Context(), Unsure());
  EXPECT_TRUE(reading.ok()) << question << ": " << reading.status().message();
  return reading.ok() ? reading.value() : Reading();
}

template <std::size_t kCount>
void ExpectStated(const Stated (&all)[kCount]) {
  for (const Stated& expected : all) {
    const Reading reading = ReadTables(expected.question);
    EXPECT_EQ(reading.outcome, Outcome::kAnswered) << expected.question << ": " << reading.reason;
    const std::string got = reading.query.IsNull() ? OneLine(reading.sql) : reading.query.Dump();
    EXPECT_EQ(got, expected.statement) << expected.question;
    EXPECT_EQ(reading.interpretation, expected.reading) << expected.question;
  }
}

// clang-format off
const Stated kGrowth[] = {
    {R"(number of orders per month and its growth over the previous month)",
     R"(SELECT date_trunc('month', orders.ordered_at AT TIME ZONE 'UTC') AS month, count(*) AS number_of_orders, 100.0 * (count(*) - first_value(count(*)) OVER (ORDER BY date_trunc('month', orders.ordered_at AT TIME ZONE 'UTC') RANGE BETWEEN INTERVAL '1 month' PRECEDING AND INTERVAL '1 month' PRECEDING)) / nullif(first_value(count(*)) OVER (ORDER BY date_trunc('month', orders.ordered_at AT TIME ZONE 'UTC') RANGE BETWEEN INTERVAL '1 month' PRECEDING AND INTERVAL '1 month' PRECEDING), 0) AS percent_growth_of_number_of_orders FROM orders AS orders GROUP BY date_trunc('month', orders.ordered_at AT TIME ZONE 'UTC') ORDER BY date_trunc('month', orders.ordered_at AT TIME ZONE 'UTC') LIMIT 10000)",
     R"(month of ordered at, count of orders and growth of count of orders in percent over the month before, sorted by month of ordered at ascending)"},
    {R"(growth of revenue from 2023 to 2024)",
     R"(SELECT 100.0 * (sum(orders.amount) FILTER (WHERE orders.ordered_at >= '2024-01-01 00:00+00' AND orders.ordered_at < '2025-01-01 00:00+00') - sum(orders.amount) FILTER (WHERE orders.ordered_at >= '2023-01-01 00:00+00' AND orders.ordered_at < '2024-01-01 00:00+00')) / nullif(sum(orders.amount) FILTER (WHERE orders.ordered_at >= '2023-01-01 00:00+00' AND orders.ordered_at < '2024-01-01 00:00+00'), 0) AS percent_growth_of_total_amount FROM orders AS orders WHERE orders.ordered_at >= '2023-01-01 00:00+00' AND orders.ordered_at < '2025-01-01 00:00+00' LIMIT 10000)",
     R"(growth of total amount in percent from 2023 to 2024, where ordered at is in 2023-01-01 to 2024-12-31)"},
};
const Stated kListed[] = {
    {R"(the lowest, the highest and the average price of products by category)",
     R"(SELECT products.category, min(products.price) AS minimum_price, max(products.price) AS maximum_price, avg(products.price) AS average_price FROM products AS products GROUP BY products.category ORDER BY min(products.price) DESC NULLS LAST, products.category LIMIT 10000)",
     R"(category, minimum price, maximum price and average price, by category)"},
    {R"(average product price by category)",
     R"({"measures":["products.average_price"],"dimensions":["products.category"]})",
     R"(average price, by category)"},
    {R"(number of orders, average amount and highest amount by status)",
     R"({"measures":["orders.count","orders.average_amount","orders.max_amount"],"dimensions":["orders.status"]})",
     R"(count of orders, average amount and max amount, by status)"},
};
const Stated kKinds[] = {
    {R"(Show all countries except for those having active customers)",
     R"(SELECT DISTINCT customers.country FROM customers AS customers WHERE NOT EXISTS ( SELECT 1 FROM customers AS customers_2 WHERE customers_2.country = customers.country AND customers_2.is_active = true ) LIMIT 10000)",
     R"(country, where none is of customers whose is active is true)"},
    {R"(customers except for those in Germany)",
     R"(SELECT customers.name FROM customers AS customers WHERE customers.country <> 'Germany' LIMIT 10000)",
     R"(customer name, where country is not Germany)"},
};
// clang-format on

TEST(AskShapes, TellsSharesAndRatios) { ExpectStated(kShares); }
TEST(AskShapes, RanksWithinEachGroup) { ExpectStated(kWithin); }
TEST(AskShapes, ComparesWithAllGroupsAndPicksWhatStandsBeside) { ExpectStated(kAgainst); }
TEST(AskShapes, ComparesGroups) { ExpectStated(kCompared); }
TEST(AskShapes, ReadsGrowth) { ExpectStated(kGrowth); }
TEST(AskShapes, ListsNumbersOfOneThing) { ExpectStated(kListed); }
TEST(AskShapes, ExcludesByWhatIsShown) { ExpectStated(kKinds); }

// Which orders are the whole, whether what is compared is one column, and what a column adds up to
// are for the person to say.
TEST(AskShapes, DeclinesSharesAndComparisonsThatAreNotClear) {
  constexpr const char* kDeclined[][2] = {
      {"percentage of orders", "what part the share tells is not clear"},
      {"percentage of prices of products in category Books", "what the share adds up is not clear"},
      {"ratio of orders to customers by status",
       "a ratio of two kinds of things is not clear there"},
      {"compare orders", "what is compared is not clear"},
      {"share of average price by category", "what the share is of is not clear"},
  };
  for (const auto& [question, reason] : kDeclined) {
    const Reading reading = ReadTables(question);
    EXPECT_EQ(reading.outcome, Outcome::kAbstained) << question << ": " << reading.sql;
    EXPECT_EQ(reading.reason, reason) << question;
  }
}

}  // namespace
}  // namespace loupe::ask

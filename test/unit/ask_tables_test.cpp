#include <gtest/gtest.h>

#include <string>

#include "ask_fixture.hpp"
#include "core/ask/read.hpp"

// Statements and readings are written out whole, so that any change shows.
// clang-format off
namespace loupe::ask {
namespace {

struct Stated {
  const char* question;
  const char* statement;  // the SQL on one line, or the query that the semantic layer answers
  const char* reading;
};

constexpr Stated kShop[] = {
    {R"(names of customers with cancelled orders)",
     R"(SELECT customers.name FROM customers AS customers WHERE EXISTS ( SELECT 1 FROM orders AS orders WHERE orders.customer_id = customers.id AND orders.status = 'cancelled' ) LIMIT 10000)",
     R"(customer name, where status is cancelled)"},
    {R"(customers without orders)",
     R"(SELECT customers.name FROM customers AS customers WHERE NOT EXISTS ( SELECT 1 FROM orders AS orders WHERE orders.customer_id = customers.id ) LIMIT 10000)",
     R"(customer name, where there is no orders)"},
    {R"(how many customers have more than 5 orders)",
     R"(SELECT count(*) AS number_of_customers FROM customers AS customers WHERE ( SELECT count(*) FROM orders AS orders WHERE orders.customer_id = customers.id ) > 5 LIMIT 10000)",
     R"(count of customers, where count of orders is more than 5)"},
    {R"(names of customers with more than 5 orders)",
     R"(SELECT customers.name FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id GROUP BY customers.id, customers.name HAVING count(*) > 5 LIMIT 10000)",
     R"(customer name, where count of orders is more than 5)"},
    {R"(which customer has the most orders)",
     R"(SELECT customers.name FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id GROUP BY customers.id, customers.name ORDER BY count(*) DESC NULLS LAST, customers.name LIMIT 1)",
     R"(customer name, with the highest count of orders)"},
    {R"(which country has the most orders)",
     R"(SELECT customers.country FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id GROUP BY customers.country ORDER BY count(*) DESC NULLS LAST, customers.country LIMIT 1)",
     R"(country, with the highest count of orders)"},
    {R"(number of orders per country)",
     R"({"measures":["orders.count"],"dimensions":["customers.country"]})",
     R"(count of orders, by country)"},
    {R"(products more expensive than the average price)",
     R"(SELECT products.product_name FROM products AS products WHERE products.price > ( SELECT avg(products.price) FROM products AS products ) LIMIT 10000)",
     R"(product name, where price is more than the average price of all)"},
    {R"(names and prices of products cheaper than 20)",
     R"(SELECT products.product_name, products.price FROM products AS products WHERE products.price < 20 LIMIT 10000)",
     R"(product name and price, where price is less than 20)"},
    {R"(customers from Germany and France)",
     R"(SELECT customers.name FROM customers AS customers WHERE customers.country = 'Germany' OR customers.country = 'France' LIMIT 10000)",
     R"(customer name, where country is Germany or country is France)"},
    {R"(names of customers who are not from Germany)",
     R"(SELECT customers.name FROM customers AS customers WHERE customers.country <> 'Germany' LIMIT 10000)",
     R"(customer name, where country is not Germany)"},
    {R"(how many orders are there for each customer)",
     R"(SELECT customers.name, count(*) AS number_of_orders FROM orders AS orders JOIN customers AS customers ON customers.id = orders.customer_id GROUP BY customers.id, customers.name ORDER BY count(*) DESC NULLS LAST, customers.name LIMIT 10000)",
     R"(customer name and count of orders, by each of customers and customer name)"},
    {R"(how many order items of the most expensive product)",
     R"(SELECT count(*) AS number_of_order_items FROM order_items AS order_items JOIN products AS products ON products.id = order_items.product_id WHERE products.id = ANY (ARRAY ( SELECT products_2.id FROM products AS products_2 ORDER BY products_2.price DESC NULLS LAST LIMIT 1 )) LIMIT 10000)",
     R"(count of order items, where products has the highest price)"},
    {R"(names of products whose name contains 'Kite')",
     R"(SELECT products.product_name FROM products AS products WHERE products.product_name ILIKE '%Kite%' LIMIT 10000)",
     R"(product name, where product name contains Kite)"},
    {R"(products with price between 5 and 10)",
     R"(SELECT products.product_name FROM products AS products WHERE products.price >= 5 AND products.price <= 10 LIMIT 10000)",
     R"(product name, where price is between 5 and 10)"},
    {R"(different countries of customers)",
     R"({"dimensions":["customers.country"]})",
     R"(different country)"},
    {R"(list customers sorted by name in descending order)",
     R"(SELECT customers.name FROM customers AS customers ORDER BY customers.name DESC NULLS LAST LIMIT 10000)",
     R"(customer name, sorted by customer name descending)"},
    {R"(names of customers except those from Germany)",
     R"(SELECT customers.name FROM customers AS customers WHERE customers.country <> 'Germany' LIMIT 10000)",
     R"(customer name, where country is not Germany)"},
    {R"(customers with both open and cancelled orders)",
     R"(SELECT customers.name FROM customers AS customers WHERE EXISTS ( SELECT 1 FROM orders AS orders WHERE orders.customer_id = customers.id AND orders.status = 'open' ) AND EXISTS ( SELECT 1 FROM orders AS orders_2 WHERE orders_2.customer_id = customers.id AND orders_2.status = 'cancelled' ) LIMIT 10000)",
     R"(customer name, where there is one of orders whose status is open and there is one of orders whose status is cancelled)"},
    {R"(top 3 products by price)",
     R"(SELECT products.product_name FROM products AS products ORDER BY products.price DESC NULLS LAST LIMIT 3)",
     R"(product name, the 3 with the highest price)"},
    {R"(how many different countries are there)",
     R"(SELECT count(DISTINCT customers.country) AS number_of_country FROM customers AS customers LIMIT 10000)",
     R"(count of different country)"},
};
// clang-format on

Reading ReadTables(const char* question, const semantic::Model& model) {
  Result<Reading> reading =
      Read(question, model, ShopValues(), TestNow(), Layer::kTables, Context(), Unsure());
  EXPECT_TRUE(reading.ok()) << question << ": " << reading.status().message();
  return reading.ok() ? reading.value() : Reading();
}

TEST(AskTables, AnswersByStatementsOverTables) {
  for (const Stated& expected : kShop) {
    const Reading reading = ReadTables(expected.question, ShopModel());
    EXPECT_EQ(reading.outcome, Outcome::kAnswered) << expected.question << ": " << reading.reason;
    const std::string got = reading.query.IsNull() ? OneLine(reading.sql) : reading.query.Dump();
    EXPECT_EQ(got, expected.statement) << expected.question;
    EXPECT_EQ(reading.interpretation, expected.reading) << expected.question;
  }
}

TEST(AskTables, QuotesTextsOfTheQuestion) {
  const Reading reading =
      ReadTables("customers whose name is \"x'; DROP TABLE orders; --\"", ShopModel());
  EXPECT_NE(reading.sql.find("= 'x''; DROP TABLE orders; --'"), std::string::npos) << reading.sql;
}

// Each order has several products: the layer knows how to add amounts up once, plain joins do not.
TEST(AskTables, LeavesToTheLayerWhatAJoinWouldCountTwice) {
  const Reading reading = ReadTables("total amount of orders by product category", ShopModel());
  EXPECT_TRUE(reading.sql.empty()) << reading.sql;
  EXPECT_EQ(reading.query.Dump(),
            R"({"measures":["orders.total_amount"],"dimensions":["products.category"]})");
}

TEST(AskTables, GivesUpOnAQuestionOfVeryManyParts) {
  std::string question = "names of customers";
  for (int i = 0; i < 60; ++i) question += i % 2 == 0 ? " and prices of products" : " and status";
  const Reading reading = ReadTables(question.c_str(), ShopModel());
  EXPECT_EQ(reading.outcome, Outcome::kAbstained);
  EXPECT_EQ(reading.reason, "the question says too much at once");
}

TEST(AskTables, KnowsOtherWordsForTheSameThing) {
  const Reading reading = ReadTables("products with cost under 20", ShopModel());
  EXPECT_NE(reading.sql.find("products.price < 20"), std::string::npos) << reading.sql;
  const Reading named = ReadTables("products with price under 20", ShopModel());
  EXPECT_LT(reading.confidence, named.confidence);
}

// Authors and papers of a house that declares no keys and marks its names.
semantic::Model PapersModel() {
  return ModelFrom(R"({"name": "papers", "entities": [
    {"name": "author", "table": "author", "primary_key": ["aid"],
     "dimensions": [{"name": "aid", "type": "number", "column": "aid"},
                    {"name": "name", "type": "string", "column": "name"},
                    {"name": "state", "type": "string", "column": "state"}]},
    {"name": "publication", "table": "publication", "primary_key": ["pid"],
     "dimensions": [{"name": "pid", "type": "number", "column": "pid"},
                    {"name": "title", "type": "string", "column": "title"},
                    {"name": "food_type", "type": "string", "column": "food_type"},
                    {"name": "has_figures", "type": "boolean", "column": "has_figures"},
                    {"name": "has_tables", "type": "boolean", "column": "has_tables"},
                    {"name": "citations", "type": "number", "column": "citations"},
                    {"name": "year", "type": "number", "column": "year"}]},
    {"name": "writes", "table": "writes",
     "joins": [{"entity": "author", "relationship": "many_to_one", "guess": true,
                "columns": [{"from": "aid", "to": "aid"}]},
               {"entity": "publication", "relationship": "many_to_one", "guess": true,
                "columns": [{"from": "pid", "to": "pid"}]}],
     "dimensions": [{"name": "aid", "type": "number", "column": "aid"},
                    {"name": "pid", "type": "number", "column": "pid"}]},
    {"name": "visit", "table": "visit",
     "dimensions": [{"name": "day", "type": "string", "column": "day"},
                    {"name": "month", "type": "string", "column": "month"},
                    {"name": "year", "type": "number", "column": "year"},
                    {"name": "count", "type": "number", "column": "count"}]}]})");
}

Reading ReadPapers(const char* question) {
  const TableOfValues values({{"author", "state", "CA"}, {"publication", "food_type", "Thai"}});
  ReadOptions options;
  options.least_confidence = 0.5;  // guessed joins are less sure
  return Read(question, PapersModel(), values, TestNow(), Layer::kTables, Context(), options)
      .value();
}

constexpr Stated kPapers[] = {
    // A row of the bridge is an author and a publication: none is added up twice for one author.
    {R"(total citations of publications by author)",
     R"(SELECT author.name, sum(publication.citations) AS total_citations FROM writes AS writes JOIN author AS author ON author.aid = writes.aid JOIN publication AS publication ON publication.pid = writes.pid GROUP BY author.aid, author.name ORDER BY sum(publication.citations) DESC NULLS LAST, author.name LIMIT 10000)",
     nullptr},
    {R"(how many visits were there on each day of the week)",
     R"(SELECT visit.day, sum(visit.count) AS total_count FROM visit AS visit GROUP BY visit.day ORDER BY sum(visit.count) DESC NULLS LAST, visit.day LIMIT 10000)",
     nullptr},
    {R"(how many visits in April 2021)",
     R"(SELECT sum(visit.count) AS total_count FROM visit AS visit WHERE visit.year = 2021 AND visit.month ILIKE 'Apr%' LIMIT 10000)",
     nullptr},
    {R"(average citations of publications in each year)",
     R"(SELECT publication.year, avg(publication.citations) AS average_citations FROM publication AS publication GROUP BY publication.year ORDER BY publication.year LIMIT 10000)",
     nullptr},
    {R"(names of authors from California)",
     R"(SELECT author.name FROM author AS author WHERE author.state = 'CA' LIMIT 10000)", nullptr},
    {R"(titles of publications about Thai food)",
     R"(SELECT publication.title FROM publication AS publication WHERE publication.food_type = 'Thai' LIMIT 10000)",
     nullptr},
    {R"(author ID and state name of authors)",
     R"(SELECT author.aid, author.state FROM author AS author LIMIT 10000)", nullptr},
    {R"(which publications have the highest citations, sorted in descending order)",
     R"(SELECT publication.title, publication.citations FROM publication AS publication ORDER BY publication.citations DESC NULLS LAST LIMIT 10000)",
     nullptr},
    {R"(titles of publications with figures and tables)",
     R"(SELECT publication.title FROM publication AS publication WHERE publication.has_figures = true AND publication.has_tables = true LIMIT 10000)",
     nullptr},
};

TEST(AskTables, ReadsSchemasWithoutDeclaredKeys) {
  for (const Stated& expected : kPapers) {
    const Reading reading = ReadPapers(expected.question);
    EXPECT_EQ(reading.outcome, Outcome::kAnswered) << expected.question << ": " << reading.reason;
    const std::string got = reading.query.IsNull() ? OneLine(reading.sql) : reading.query.Dump();
    EXPECT_EQ(got, expected.statement) << expected.question;
  }
}

TEST(AskTables, TellsOfJoinsThatNoKeyStandsFor) {
  const Reading reading = ReadPapers("total citations of publications by author");
  ASSERT_EQ(reading.warnings.size(), 2u);
  EXPECT_EQ(reading.warnings[0], "no key is declared: joined where author.aid = writes.aid");
}

}  // namespace
}  // namespace loupe::ask

#include "core/semantic/infer_joins.hpp"

#include <gtest/gtest.h>

#include "core/semantic/infer.hpp"
#include "semantic_catalog_fixture.hpp"

namespace loupe::semantic {
namespace {

CatalogColumn Integer(const std::string& name) {
  return ColumnOf(name, "integer", ValueType::kNumber);
}
CatalogColumn Text(const std::string& name) { return ColumnOf(name, "text", ValueType::kString); }

CatalogColumn With(CatalogColumn column, std::vector<std::string> values, bool is_unique = false) {
  ColumnStatistics statistics;
  statistics.is_unique = is_unique;
  statistics.distinct = static_cast<double>(values.size());
  statistics.values = std::move(values);
  column.statistics = std::move(statistics);
  return column;
}

CatalogTable Keyed(const std::string& name, const std::string& key,
                   std::vector<CatalogColumn> columns, const std::string& schema = "shop") {
  CatalogTable table = TableOf(schema, name, std::move(columns));
  if (!key.empty()) table.primary_key = {key};
  return table;
}

// "orders.customer_id -> customers.id" a line; a name and what is unlike many_to_one follow.
std::string Guesses(std::vector<CatalogTable> tables) {
  const Catalog catalog{std::move(tables)};
  Model model = InferModel(catalog, "m");
  AddGuessedJoins(catalog, &model);
  std::string lines;
  for (const Entity& entity : model.entities) {
    for (const Join& join : entity.joins) {
      if (!join.is_guess) continue;
      lines += entity.name + "." + join.columns[0].first + " -> " + join.entity + "." +
               join.columns[0].second;
      if (!join.name.empty()) lines += " as " + join.name;
      if (join.relationship == Relationship::kOneToOne) lines += " (one to one)";
      lines += "\n";
    }
  }
  return lines;
}

TEST(AddGuessedJoins, FollowsTheTablesNameAndItsKeys) {
  EXPECT_EQ(Guesses({Keyed("customers", "id", {Integer("id")}),
                     Keyed("categories", "code", {Text("code")}),
                     Keyed("addresses", "address_id", {Integer("address_id")}),
                     Keyed("people", "id", {Integer("id")}),
                     Keyed("orders", "id",
                           {Integer("id"), Integer("customer_id"), Text("category_code"),
                            Integer("address_id"), Integer("personId"), Integer("amount")})}),
            "orders.customer_id -> customers.id\n"
            "orders.category_code -> categories.code\n"
            "orders.address_id -> addresses.address_id\n"
            "orders.personId -> people.id\n");
}

TEST(AddGuessedJoins, NamesRoles) {
  EXPECT_EQ(Guesses({Keyed("airports", "id", {Integer("id")}),
                     Keyed("flights", "id",
                           {Integer("id"), Integer("origin_airport_id"),
                            Integer("destination_airport_id")})}),
            "flights.origin_airport_id -> airports.id as origin_airport\n"
            "flights.destination_airport_id -> airports.id as destination_airport\n");
  EXPECT_EQ(Guesses({Keyed("categories", "id", {Integer("id"), Integer("parent_category_id")})}),
            "categories.parent_category_id -> categories.id as parent_category\n");
}

TEST(AddGuessedJoins, KnowsStarSchemas) {
  EXPECT_EQ(Guesses({Keyed("dim_customer", "customer_key", {Integer("customer_key")}),
                     Keyed("fact_sales", "", {Integer("customer_key"), Integer("amount")})}),
            "fact_sales.customer_key -> dim_customer.customer_key\n");
}

TEST(AddGuessedJoins, KnowsKeysCalledByTheBeginningOfTheirTable) {
  EXPECT_EQ(Guesses({Keyed("author", "aid", {Integer("aid")}),
                     Keyed("merchants", "mid", {Integer("mid")}),
                     Keyed("writes", "", {Integer("aid"), Integer("merchant_id")})}),
            "writes.aid -> author.aid\n"
            "writes.merchant_id -> merchants.mid\n");
}

TEST(AddGuessedJoins, ReadsNamesWithoutMarks) {
  EXPECT_EQ(Guesses({Keyed("paper", "paperid", {Integer("paperid")}),
                     Keyed("cite", "", {Integer("citingpaperid"), Integer("citedpaperid")})}),
            "cite.citingpaperid -> paper.paperid as citingpaperid\n"
            "cite.citedpaperid -> paper.paperid as citedpaperid\n");
}

TEST(AddGuessedJoins, PassesOverWhatAllTablesBeginWith) {
  EXPECT_EQ(Guesses({Keyed("sbcustomer", "sbcustid", {Integer("sbcustid")}),
                     Keyed("sbticker", "sbtickerid", {Integer("sbtickerid")}),
                     Keyed("sbtransaction", "sbtxid",
                           {Integer("sbtxid"), Integer("sbtxcustid"), Integer("sbtxtickerid")})}),
            "sbtransaction.sbtxcustid -> sbcustomer.sbcustid as sbtxcustid\n"
            "sbtransaction.sbtxtickerid -> sbticker.sbtickerid as sbtxtickerid\n");
}

TEST(AddGuessedJoins, TakesTheSameNameOnlyWithItsValues) {
  const CatalogTable meals = Keyed("food_service", "", {With(Text("meal_code"), {"B", "L"}, true)});
  const auto flights = [](std::vector<std::string> values) {
    return Keyed("flights", "id", {Integer("id"), With(Text("meal_code"), std::move(values))});
  };
  EXPECT_EQ(Guesses({meals, flights({"B", "L"})}), "flights.meal_code -> food_service.meal_code\n");
  EXPECT_EQ(Guesses({meals, flights({"X", "L"})}), "");
}

TEST(AddGuessedJoins, KnowsRolesOfATableOnlyWithItsValues) {
  const CatalogTable airports =
      Keyed("airport", "airport_code", {With(Text("airport_code"), {"JFK", "ORD"})});
  const auto fares = [](std::vector<std::string> values) {
    return Keyed("fare", "id", {Integer("id"), With(Text("from_airport"), std::move(values))});
  };
  EXPECT_EQ(Guesses({airports, fares({"ORD"})}), "fare.from_airport -> airport.airport_code\n");
  EXPECT_EQ(Guesses({airports, fares({"Chicago"})}), "");
}

// "a.b -> c.d" a line, of what ConnectByGuesses adds.
std::string Connections(const Catalog& catalog) {
  Model model = InferModel(catalog, "m");
  ConnectByGuesses(catalog, &model);
  std::string lines;
  for (const Entity& entity : model.entities) {
    for (const Join& join : entity.joins) {
      if (join.is_guess)
        lines += entity.name + "." + join.columns[0].first + " -> " + join.entity + "\n";
    }
  }
  return lines;
}

TEST(ConnectByGuesses, LeavesAloneWhatDeclaredKeysConnect) {
  CatalogTable orders = Keyed("orders", "id", {Integer("id"), Integer("customer_id")});
  CatalogTable items =
      Keyed("items", "id", {Integer("id"), Integer("order_id"), Integer("customer_id")});
  items.foreign_keys = {{"fk", {"order_id"}, "shop", "orders", {"id"}}};
  const CatalogTable customers = Keyed("customers", "id", {Integer("id")});
  EXPECT_EQ(Connections({{orders, items, customers}}),
            "orders.customer_id -> customers\nitems.customer_id -> customers\n");
  orders.foreign_keys = {{"fk", {"customer_id"}, "shop", "customers", {"id"}}};
  EXPECT_EQ(Connections({{orders, items, customers}}), "");
  EXPECT_FALSE(LeavesJoinsOpen({{orders, items, customers}}));
  // The very name of a key says more than a way over other tables.
  const CatalogTable accounts = Keyed("accounts", "account_id", {Integer("account_id")});
  CatalogTable loans =
      Keyed("loans", "loan_id", {Integer("loan_id"), Integer("account_id"), Integer("bank_id")});
  CatalogTable cards = accounts;
  cards.columns.push_back(Integer("bank_id"));
  const CatalogTable banks = Keyed("banks", "bank_id", {Integer("bank_id")});
  for (CatalogTable* table : {&loans, &cards}) {
    table->foreign_keys = {{"fk", {"bank_id"}, "shop", "banks", {"bank_id"}}};
  }
  EXPECT_TRUE(LeavesJoinsOpen({{loans, cards, banks}}));
  EXPECT_EQ(Connections({{loans, cards, banks}}), "loans.account_id -> accounts\n");
  EXPECT_TRUE(LeavesJoinsOpen({{orders, items, customers, Keyed("logs", "id", {Integer("id")})}}));
}

TEST(ConnectByGuesses, TakesAnIdentityForTheKeyOfATableWithoutOne) {
  const Catalog catalog{{Keyed("flight", "", {With(Integer("flight_id"), {"1", "2"}, true)})}};
  Model model = InferModel(catalog, "m");
  ConnectByGuesses(catalog, &model);
  EXPECT_EQ(model.FindEntity("flight")->primary_key, std::vector<std::string>{"flight_id"});
}

TEST(AddGuessedJoins, DemandsTypesThatAgree) {
  EXPECT_EQ(Guesses({Keyed("customers", "id", {Integer("id")}),
                     Keyed("orders", "id", {Integer("id"), Text("customer_id")})}),
            "");
  EXPECT_EQ(Guesses({Keyed("customers", "id", {ColumnOf("id", "bigint", ValueType::kNumber)}),
                     Keyed("orders", "id", {Integer("id"), Integer("customer_id")})}),
            "orders.customer_id -> customers.id\n");
}

TEST(AddGuessedJoins, DemandsAKeyDeclaredOrByStatistics) {
  EXPECT_EQ(Guesses({Keyed("customers", "", {Integer("id")}),
                     Keyed("orders", "id", {Integer("id"), Integer("customer_id")})}),
            "");
  const Catalog catalog{{Keyed("customers", "", {With(Integer("id"), {"1", "9"}, true)}),
                         Keyed("orders", "id", {Integer("id"), Integer("customer_id")})}};
  Model model = InferModel(catalog, "m");
  AddGuessedJoins(catalog, &model);
  ASSERT_EQ(model.FindEntity("orders")->joins.size(), 1u);
  EXPECT_EQ(model.FindEntity("customers")->primary_key, std::vector<std::string>{"id"});
}

TEST(AddGuessedJoins, IsContradictedByValues) {
  const CatalogTable customers = Keyed("customers", "id", {With(Integer("id"), {"1", "50", "99"})});
  const auto orders = [](std::vector<std::string> values) {
    return Keyed("orders", "id", {Integer("id"), With(Integer("customer_id"), std::move(values))});
  };
  EXPECT_EQ(Guesses({customers, orders({"3", "98"})}), "orders.customer_id -> customers.id\n");
  EXPECT_EQ(Guesses({customers, orders({"3", "5000"})}), "");
}

TEST(AddGuessedJoins, TakesATablesBareNameOnlyWithItsValues) {
  const CatalogTable currencies =
      Keyed("currencies", "code", {With(Text("code"), {"EUR", "USD", "JPY"})});
  EXPECT_EQ(Guesses({currencies, Keyed("orders", "id",
                                       {Integer("id"), With(Text("currency"), {"EUR", "USD"})})}),
            "orders.currency -> currencies.code\n");
  EXPECT_EQ(Guesses({currencies, Keyed("orders", "id",
                                       {Integer("id"), With(Text("currency"), {"Euro", "USD"})})}),
            "");
  EXPECT_EQ(Guesses({currencies, Keyed("orders", "id", {Integer("id"), Text("currency")})}), "");
}

TEST(AddGuessedJoins, LeavesDeclaredKeysAlone) {
  CatalogTable orders = Keyed(
      "orders", "id", {Integer("id"), Integer("customer_id"), Integer("billing_customer_id")});
  orders.foreign_keys = {{"fk", {"customer_id"}, "shop", "clients", {"id"}}};
  const CatalogTable clients = Keyed("clients", "id", {Integer("id")});
  const CatalogTable customers = Keyed("customers", "id", {Integer("id")});
  EXPECT_EQ(Guesses({clients, customers, orders}),
            "orders.billing_customer_id -> customers.id as billing_customer\n");
  orders.foreign_keys = {{"fk", {"customer_id"}, "shop", "customers", {"id"}}};
  EXPECT_EQ(Guesses({customers, orders}), "");
}

TEST(AddGuessedJoins, IsSilentBetweenEquals) {
  const CatalogTable orders =
      Keyed("orders", "id", {Integer("id"), Integer("customer_id")}, "sales");
  const CatalogTable here = Keyed("customers", "id", {Integer("id")}, "a");
  const CatalogTable there = Keyed("customers", "id", {Integer("id")}, "b");
  EXPECT_EQ(Guesses({here, there, orders}), "");
  const CatalogTable own = Keyed("customers", "id", {Integer("id")}, "sales");
  EXPECT_EQ(Guesses({own, there, orders}), "orders.customer_id -> sales_customers.id\n");
}

TEST(AddGuessedJoins, TakesTheIdentityOfATableForNoReference) {
  EXPECT_EQ(Guesses({Keyed("orders", "order_id", {Integer("order_id")}),
                     Keyed("order_details", "order_id", {Integer("order_id")})}),
            "order_details.order_id -> orders.order_id (one to one)\n");
  EXPECT_EQ(Guesses({Keyed("a", "id", {Integer("id")}), Keyed("b", "id", {Integer("id")})}), "");
}

}  // namespace
}  // namespace loupe::semantic

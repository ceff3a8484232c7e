// Groups and filters that lie across to-many joins.
#include <gtest/gtest.h>

#include "core/semantic/plan.hpp"
#include "semantic_store_fixture.hpp"

namespace loupe::semantic {
namespace {

bool Has(const std::string& sql, const std::string& part) {
  return sql.find(part) != std::string::npos;
}

// The WHERE condition of a query that counts orders under these filters.
std::string OrdersWhere(const std::string& filters) {
  const std::string sql =
      StoreSql(R"({"measures": ["orders.count"], "filters": [)" + filters + "]}");
  const std::size_t where = sql.find(" WHERE ");
  return where == std::string::npos ? "" : sql.substr(where + 7);
}

std::string PlanText(std::string_view query) {
  const Result<std::string> plan =
      ExplainPlan(ParseQuery(JsonOf(query)).value(), StoreModel(), {Now(), ""});
  return plan.ok() ? plan.value() : plan.status().message();
}

const char* const kCard =
    R"({"member": "payments.method", "operator": "equals", "values": ["card"]})";
const char* const kToys =
    R"({"member": "products.category", "operator": "equals", "values": ["toys"]})";
const char* const kGerman =
    R"({"member": "customers.country", "operator": "equals", "values": ["DE"]})";

std::string AnyOf(const std::string& a, const std::string& b) {
  return R"({"or": [)" + a + ", " + b + "]}";
}

TEST(Branches, CountAParentOnceForEachGroup) {
  EXPECT_EQ(StoreSql(R"({"measures": ["orders.count"], "dimensions": ["payments.method"]})"),
            "SELECT keys.g1 AS \"payments.method\", count(*) AS \"orders.count\" FROM ( "
            "SELECT orders.id AS k1, payments.method AS g1 FROM orders AS orders "
            "LEFT JOIN payments AS payments ON orders.id = payments.order_id GROUP BY 1, 2 "
            ") AS keys GROUP BY 1");
}

TEST(Branches, JoinDistinctPairsWhereTheRootHasNoKey) {
  Json json = JsonOf(kStore);
  Json& orders = json.Find("entities")->items()[1];
  ASSERT_EQ(*orders.Find("name"), Json("orders"));
  orders.Set("primary_key", Json::MakeArray());
  const Model model = ModelOf(json.Dump());
  EXPECT_EQ(StoreSql(R"({"measures": ["orders.count"], "dimensions": ["payments.method"]})", model),
            "SELECT b1.g1 AS \"payments.method\", count(*) AS \"orders.count\" "
            "FROM orders AS orders LEFT JOIN ( "
            "SELECT DISTINCT payments.order_id AS k1, payments.method AS g1 "
            "FROM payments AS payments ) AS b1 ON orders.id = b1.k1 GROUP BY 1");
  const std::string filtered = StoreSql(R"({"measures": ["orders.count"],
      "dimensions": ["payments.method"], "filters": [{"member": "payments.method",
      "operator": "notEquals", "values": ["card"]}]})",
                                        model);
  EXPECT_TRUE(Has(filtered, "WHERE b1.k1 IS NOT NULL OR NOT EXISTS ( SELECT FROM payments"))
      << "an order without payments passes, one whose payments do not does not: " << filtered;
}

// The store with an entity under another name.
Model Renamed(const std::string& from, const std::string& to) {
  Json json = JsonOf(kStore);
  std::string text = json.Dump();
  const std::string quoted = "\"" + from + "\"";
  for (std::size_t at = text.find(quoted); at != std::string::npos; at = text.find(quoted, at)) {
    const std::size_t name = text.rfind("\"", at - 1);
    const bool is_table = text.compare(name - 6, 7, "\"table\"") == 0;
    if (!is_table) text.replace(at, quoted.size(), "\"" + to + "\"");
    at += 2;
  }
  const std::string prefix = "\"" + from + ".";
  for (std::size_t at = text.find(prefix); at != std::string::npos; at = text.find(prefix, at)) {
    text.replace(at, prefix.size(), "\"" + to + ".");
  }
  return ModelOf(text);
}

TEST(Branches, AreToldFromEntitiesOfTheirNames) {
  const std::string pairs = StoreSql(R"({"measures": ["orders.count"],
      "dimensions": ["b2.method", "products.category"]})",
                                     Renamed("payments", "b2"));
  EXPECT_TRUE(Has(pairs, "FROM payments AS \"b2$\"")) << pairs;
  EXPECT_TRUE(Has(pairs, "AS b2 ON orders.id = b2.k1")) << pairs;
  const std::string spanned = StoreSql(R"({"measures": ["orders.count"], "filters": [
      {"or": [{"member": "one.method", "operator": "equals", "values": ["card"]},
              {"member": "products.category", "operator": "equals", "values": ["toys"]}]},
      {"or": [{"member": "products.category", "operator": "equals", "values": ["toys"]},
              {"member": "customers.country", "operator": "equals", "values": ["DE"]}]}]})",
                                       Renamed("payments", "one"));
  EXPECT_TRUE(Has(spanned, "(VALUES (1)) AS one LEFT JOIN payments AS \"one$\"")) << spanned;
}

TEST(Branches, MeetEachOtherInGroupsOfTwo) {
  const std::string sql = StoreSql(R"({"measures": ["orders.count"],
      "dimensions": ["payments.method", "products.category"]})");
  EXPECT_TRUE(Has(sql, "AS b1 ON orders.id = b1.k1"));
  EXPECT_TRUE(Has(sql, "AS b2 ON orders.id = b2.k1"));
}

TEST(Branches, FilterByExists) {
  EXPECT_EQ(OrdersWhere(kCard),
            "EXISTS ( SELECT FROM payments AS payments "
            "WHERE orders.id = payments.order_id AND payments.method = 'card' )");
}

TEST(Branches, LetParentsWithoutChildrenPassWhereNullPasses) {
  const std::string none =
      "NOT EXISTS ( SELECT FROM payments AS payments "
      "WHERE orders.id = payments.order_id )";
  EXPECT_TRUE(Has(
      OrdersWhere(R"({"member": "payments.method", "operator": "notEquals", "values": ["card"]})"),
      ") OR " + none));
  EXPECT_TRUE(
      Has(OrdersWhere(R"({"member": "payments.method", "operator": "notSet"})"), ") OR " + none));
  EXPECT_FALSE(Has(OrdersWhere(R"({"member": "payments.method", "operator": "set"})"), "NOT EX"));
}

TEST(Branches, AskForNoneWhereAKeyIsNull) {
  EXPECT_EQ(OrdersWhere(R"({"member": "items.id", "operator": "notSet"})"),
            "NOT EXISTS ( SELECT FROM items AS items WHERE orders.id = items.order_id )");
}

TEST(Branches, FiltersOfOneBranchSpeakOfTheSameRow) {
  const std::string where = OrdersWhere(std::string(kCard) +
                                        R"(, {"member": "payments.paid_at", "operator": "afterDate",
                        "values": ["2024-01-01"]})");
  EXPECT_EQ(where,
            "EXISTS ( SELECT FROM payments AS payments WHERE orders.id = payments.order_id "
            "AND payments.method = 'card' "
            "AND payments.paid_at >= '2024-01-02'::timestamp AT TIME ZONE 'UTC' )");
}

TEST(Branches, AnyOfSeveralIsAskedOfEach) {
  const std::string where = OrdersWhere(AnyOf(kCard, AnyOf(kToys, kGerman)));
  EXPECT_EQ(where,
            "EXISTS ( SELECT FROM payments AS payments WHERE orders.id = payments.order_id "
            "AND payments.method = 'card' ) OR (EXISTS ( SELECT FROM items AS items "
            "LEFT JOIN products AS products ON items.product_id = products.id "
            "WHERE orders.id = items.order_id AND products.category = 'toys' ) "
            "OR customers.country = 'DE')");
}

TEST(Branches, AreJoinedWhereSeveralFiltersSpanThem) {
  const std::string where = OrdersWhere(AnyOf(kCard, kToys) + ", " + AnyOf(kToys, kGerman));
  EXPECT_TRUE(Has(where, "EXISTS ( SELECT FROM (VALUES (1)) AS one LEFT JOIN payments")) << where;
  EXPECT_TRUE(Has(where, "LEFT JOIN items AS items ON orders.id = items.order_id"));
}

TEST(Branches, GiveGroupsAndFiltersTogether) {
  const std::string sql = StoreSql(R"({"measures": ["orders.count"],
      "dimensions": ["payments.method"], "filters": [)" +
                                   AnyOf(kCard, kToys) + "]}");
  EXPECT_TRUE(Has(sql,
                  "CROSS JOIN LATERAL ( SELECT DISTINCT payments.method AS g1 "
                  "FROM (VALUES (1)) AS one LEFT JOIN payments"))
      << sql;
}

TEST(Branches, RunThroughABridge) {
  const std::string sql =
      StoreSql(R"({"measures": ["products.count"], "dimensions": ["tags.label"]})");
  EXPECT_TRUE(Has(sql,
                  "LEFT JOIN product_tags AS products__tags ON products.id = "
                  "products__tags.product_id LEFT JOIN tags AS tags ON "
                  "products__tags.tag_id = tags.id"))
      << sql;
}

TEST(Branches, TakeABridgeDeclaredOnBothSidesForOne) {
  std::size_t bridges = 0;
  for (const Entity& entity : StoreModel().entities) bridges += entity.is_bridge ? 1 : 0;
  EXPECT_EQ(bridges, 1u);
  EXPECT_TRUE(Has(StoreSql(R"({"measures": ["tags.count"], "dimensions": ["products.brand"]})"),
                  "products__tags"));
}

TEST(Branches, AggregateEarlyWhereManyRowsMeetFewKeys) {
  EXPECT_EQ(StoreSql(R"({"measures": ["items.units"], "dimensions": ["tags.label"]})"),
            "SELECT b1.g1 AS \"tags.label\", sum(items.a1) AS \"items.units\" FROM ( "
            "SELECT items.product_id, sum(items.quantity) AS a1 FROM items AS items GROUP BY 1 "
            ") AS items LEFT JOIN products AS products ON items.product_id = products.id "
            "LEFT JOIN ( SELECT DISTINCT products__tags.product_id AS k1, tags.label AS g1 "
            "FROM product_tags AS products__tags "
            "LEFT JOIN tags AS tags ON products__tags.tag_id = tags.id ) AS b1 "
            "ON products.id = b1.k1 GROUP BY 1");
}

TEST(Branches, AreDrawnByThePlan) {
  EXPECT_EQ(PlanText(R"({"measures": ["orders.count"], "order": [],
      "dimensions": ["products.category"], "filters": [)" +
                     std::string(kCard) + ", " + kGerman + "]}"),
            "part orders (1 filters) keys\n"
            "  join orders -> customers\n"
            "  pairs orders => items -> products\n"
            "  exists orders => payments (1 filters)\n"
            "  count orders.count\n"
            "group products.category\n"
            "row filters 2, measure filters 0\n"
            "limit 10000 offset 0\n");
}

TEST(Branches, OfAMeasuresOwnFilterAreRefused) {
  Json json = JsonOf(kStore);
  Json& count = json.Find("entities")->items()[1].Find("measures")->items()[0];
  count.Set("filters", Json::FromArray({JsonOf(kCard)}));
  const Status status = StoreError(R"({"measures": ["orders.count"]})", ModelOf(json.Dump()));
  EXPECT_EQ(status.code(), Code::kSemanticInvalidModel);
  EXPECT_EQ(status.message(),
            "filter of measure \"orders.count\" names \"payments\", of which a row may have many");
  EXPECT_EQ(status.pointer(), "/measures/0");
}

Condition On(const Entity& entity, FilterOperator op) {
  static const Dimension dimension;
  Condition condition;
  condition.entity = &entity;
  condition.dimension = &dimension;
  condition.op = op;
  condition.values = {"x"};
  return condition;
}

Condition Grouped(Condition::Kind kind, std::vector<Condition> children) {
  Condition group;
  group.kind = kind;
  group.children = std::move(children);
  return group;
}

TEST(PassesMissing, IsCertainOfWhatIsSaidOfMissingRowsAlone) {
  const Entity gone;
  const Entity here;
  const std::vector<const Entity*> missing = {&gone};
  const Condition yes = On(gone, FilterOperator::kNotEquals);
  const Condition no = On(gone, FilterOperator::kEquals);
  const Condition open = On(here, FilterOperator::kEquals);
  Condition sql;
  sql.kind = Condition::Kind::kSql;
  sql.entity = &gone;
  const auto passes = [&](std::vector<Condition> all) { return PassesMissing(all, missing); };
  const auto any = [](std::vector<Condition> of) { return Grouped(Condition::Kind::kOr, of); };
  const auto all = [](std::vector<Condition> of) { return Grouped(Condition::Kind::kAnd, of); };
  EXPECT_EQ(passes({}), true);
  EXPECT_EQ(passes({yes}), true);
  EXPECT_EQ(passes({no}), false);
  EXPECT_EQ(passes({sql}), false);
  EXPECT_EQ(passes({open}), std::nullopt);
  EXPECT_EQ(passes({open, no}), false);
  EXPECT_EQ(passes({open, yes}), std::nullopt);
  EXPECT_EQ(passes({any({open, yes})}), true);
  EXPECT_EQ(passes({any({open, no})}), std::nullopt);
  EXPECT_EQ(passes({any({no, sql})}), false);
  EXPECT_EQ(passes({all({yes, any({no, yes})})}), true);
  EXPECT_EQ(passes({all({yes, no})}), false);
}

TEST(Paths, ThatAreAmbiguousNameBoth) {
  const Model model = ModelOf(R"json({"name": "m", "entities": [
    {"name": "flights", "table": "flights", "measures": [{"name": "count", "type": "count"}],
     "joins": [{"name": "origin", "entity": "airports", "columns": [{"from": "o", "to": "id"}]},
               {"name": "target", "entity": "airports", "columns": [{"from": "d", "to": "id"}]}]},
    {"name": "airports", "table": "airports",
     "dimensions": [{"name": "city", "type": "string", "column": "city"}]}]})json");
  const Status status =
      StoreError(R"({"measures": ["flights.count"], "dimensions": ["airports.city"]})", model);
  EXPECT_EQ(status.code(), Code::kSemanticAmbiguousPath);
  EXPECT_EQ(status.detail(),
            "They are flights -> airports by \"origin\" and flights -> airports by \"target\".");
  EXPECT_EQ(status.pointer(), "/measures/0");
  EXPECT_FALSE(status.hint().empty());
}

}  // namespace
}  // namespace loupe::semantic

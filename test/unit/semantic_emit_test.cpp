#include "core/semantic/emit.hpp"

#include <gtest/gtest.h>

#include "core/sql/printer.hpp"
#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

// The WHERE condition of a query that counts orders under one filter.
std::string WhereOf(const std::string& filter, const std::string& timezone = "UTC") {
  const std::string sql = SqlOf(R"({"measures": ["orders.count"], "timezone": ")" + timezone +
                                R"(", "filters": [)" + filter + "]}");
  const std::size_t from = sql.find(" WHERE ");
  const std::size_t to = sql.find(" LIMIT");
  return from == std::string::npos ? sql : sql.substr(from + 7, to - from - 7);
}

std::string Condition(const std::string& member, const std::string& op, const std::string& values,
                      const std::string& timezone = "UTC") {
  return WhereOf(
      R"({"member": ")" + member + R"(", "operator": ")" + op + R"(", "values": )" + values + "}",
      timezone);
}

TEST(Emit, WritesOneSelectForOneEntity) {
  EXPECT_EQ(SqlOf(R"({"measures": ["orders.count"], "dimensions": ["customers.country"]})"),
            "SELECT customers.country AS \"customers.country\", count(*) AS \"orders.count\" "
            "FROM shop.orders AS orders "
            "LEFT JOIN shop.customers AS customers ON orders.customer_id = customers.id "
            "GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 10000");
}

TEST(Emit, WritesOneRowWithoutGroupOrOrder) {
  EXPECT_EQ(SqlOf(R"({"measures": ["orders.buyers", "orders.paid_count"],
                      "order": {"orders.buyers": "asc"}, "limit": 1, "offset": 2})"),
            "SELECT count(DISTINCT orders.customer_id) AS \"orders.buyers\", "
            "count(orders.paid_at) AS \"orders.paid_count\" "
            "FROM shop.orders AS orders LIMIT 1 OFFSET 2");
}

TEST(Emit, ListsDistinctGroupsWithoutMeasures) {
  EXPECT_EQ(SqlOf(R"({"dimensions": ["orders.status", "orders.late"], "order": []})"),
            "SELECT orders.status AS \"orders.status\", "
            "(orders.shipped_at > orders.due_at) AS \"orders.late\" "
            "FROM shop.orders AS orders GROUP BY 1, 2 LIMIT 10000");
}

TEST(Emit, LeavesTheSchemaToTheSearchPathWhenTheModelNamesNone) {
  EXPECT_EQ(SqlOf(R"({"measures": ["weather.count"]})"),
            "SELECT count(*) AS \"weather.count\" FROM weather AS weather LIMIT 10000");
}

TEST(Emit, LetsPartsMeetByUnionAll) {
  EXPECT_EQ(SqlOf(R"({"measures": ["orders.count", "items.revenue"],
                      "dimensions": ["customers.country"], "order": {"items.revenue": "desc"}})"),
            "SELECT parts.g1 AS \"customers.country\", max(parts.m1) AS \"orders.count\", "
            "max(parts.m2) AS \"items.revenue\" FROM ( "
            "SELECT customers.country AS g1, count(*) AS m1, "
            "( SELECT sum((items.quantity * items.price)) FROM shop.order_items AS items "
            "WHERE false ) AS m2 FROM shop.orders AS orders "
            "LEFT JOIN shop.customers AS customers ON orders.customer_id = customers.id GROUP BY 1 "
            "UNION ALL "
            "SELECT customers.country AS g1, NULL::bigint AS m1, "
            "sum((items.quantity * items.price)) AS m2 FROM shop.order_items AS items "
            "LEFT JOIN shop.orders AS orders ON items.order_id = orders.id "
            "LEFT JOIN shop.customers AS customers ON orders.customer_id = customers.id GROUP BY 1 "
            ") AS parts GROUP BY 1 ORDER BY 3 DESC, 1 LIMIT 10000");
}

TEST(Emit, FiltersMeasuresAfterAggregationAlsoThoseNotSelected) {
  EXPECT_EQ(SqlOf(R"({"measures": ["orders.count"], "dimensions": ["orders.status"],
                      "filters": [{"or": [
                        {"member": "orders.count", "operator": "lt", "values": ["5"]},
                        {"member": "orders.fees", "operator": "gte", "values": [1.5]}]}]})"),
            "SELECT orders.status AS \"orders.status\", count(*) AS \"orders.count\" "
            "FROM shop.orders AS orders GROUP BY 1 HAVING count(*) < 5 OR sum(orders.fee) >= 1.5 "
            "ORDER BY 2 DESC, 1 LIMIT 10000");
}

TEST(Emit, FiltersMeasuresOfSeveralPartsWhereTheyMeet) {
  const std::string sql = SqlOf(
      R"({"measures": ["orders.count"],
          "timeDimensions": [{"dimension": "orders.created_at", "granularity": "day"}],
          "filters": [{"member": "visits.count", "operator": "gt", "values": [3]},
                      {"member": "orders.first_at", "operator": "afterDate",
                       "values": ["2024-01-01"]}]})");
  EXPECT_NE(sql.find(") AS parts GROUP BY 1 HAVING max(parts.m2) > 3 AND max(parts.m3) >= "
                     "'2024-01-02'::timestamp AT TIME ZONE 'UTC' ORDER BY"),
            std::string::npos)
      << sql;
}

TEST(Emit, PutsPartsOfOneRowSideBySide) {
  EXPECT_EQ(SqlOf(R"({"measures": ["orders.count"],
                      "filters": [{"member": "visits.count", "operator": "gt", "values": [3]},
                                  {"member": "orders.first_at", "operator": "afterDate",
                                   "values": ["2024-01-01"]}]})"),
            "SELECT part1.m1 AS \"orders.count\" FROM ( SELECT count(*) AS m1, "
            "min(orders.created_at) AS m3 FROM shop.orders AS orders ) AS part1 CROSS JOIN ( "
            "SELECT count(*) AS m2 FROM shop.visits AS visits ) AS part2 WHERE part2.m2 > 3 AND "
            "part1.m3 >= '2024-01-02'::timestamp AT TIME ZONE 'UTC' LIMIT 10000");
}

TEST(Emit, GivesEachRowItsValueWhenUngrouped) {
  EXPECT_EQ(SqlOf(R"({"measures": ["orders.count", "orders.paid_count", "orders.fees"],
                      "dimensions": ["orders.status"], "ungrouped": true, "limit": 5,
                      "order": {"orders.status": "asc"}})"),
            "SELECT orders.status AS \"orders.status\", 1 AS \"orders.count\", "
            "CASE WHEN orders.paid_at IS NOT NULL THEN 1 END AS \"orders.paid_count\", "
            "orders.fee AS \"orders.fees\" FROM shop.orders AS orders ORDER BY 1 LIMIT 5");
}

TEST(Emit, CountsAllGroupsForTheTotal) {
  const Result<Compiled> compiled =
      Compile(R"({"measures": ["orders.count"], "dimensions": ["orders.status"], "total": true})");
  ASSERT_TRUE(compiled.ok());
  ASSERT_TRUE(compiled.value().total.has_value());
  EXPECT_EQ(sql::Print(*compiled.value().total),
            "SELECT count(*) AS total\n"
            "FROM (\n"
            "  SELECT orders.status AS c1, count(*) AS c2\n"
            "  FROM shop.orders AS orders\n"
            "  GROUP BY 1\n"
            ") AS rows");
}

TEST(Emit, TruncatesTimesOnTheLocalClock) {
  const auto group = [](const std::string& member, const std::string& zone) {
    const std::string sql =
        SqlOf(R"({"dimensions": [")" + member + R"(.month"], "timezone": ")" + zone + "\"}");
    return sql.substr(0, sql.find(" AS "));
  };
  EXPECT_EQ(group("orders.created_at", "Europe/Rome"),
            "SELECT date_trunc('month', orders.created_at AT TIME ZONE 'Europe/Rome')");
  EXPECT_EQ(group("orders.booked_at", "UTC"), "SELECT date_trunc('month', orders.booked_at)");
  EXPECT_EQ(group("orders.booked_at", "Europe/Rome"),
            "SELECT date_trunc('month', orders.booked_at AT TIME ZONE 'UTC' "
            "AT TIME ZONE 'Europe/Rome')");
  EXPECT_EQ(group("orders.due_on", "Europe/Rome"),
            "SELECT date_trunc('month', orders.due_on::timestamp)");
  EXPECT_EQ(group("orders.seen_at", "Europe/Rome"),
            "SELECT date_trunc('month', (coalesce(orders.a, orders.b))::timestamptz "
            "AT TIME ZONE 'Europe/Rome')");
}

TEST(Emit, ShowsTimesWithoutGranularityAndTimeMeasuresOnTheLocalClock) {
  EXPECT_EQ(SqlOf(R"({"measures": ["orders.first_at"],
                      "dimensions": ["orders.created_at", "orders.due_on"],
                      "timezone": "Asia/Tokyo", "order": []})"),
            "SELECT orders.created_at AT TIME ZONE 'Asia/Tokyo' AS \"orders.created_at\", "
            "orders.due_on AS \"orders.due_on\", "
            "min(orders.created_at) AT TIME ZONE 'Asia/Tokyo' AS \"orders.first_at\" "
            "FROM shop.orders AS orders GROUP BY 1, 2 LIMIT 10000");
}

TEST(Emit, ComparesTheBareTimeColumnWithConstants) {
  const std::string range = R"(["2024-01-01", "2024-01-31"])";
  EXPECT_EQ(Condition("orders.created_at", "inDateRange", range, "Europe/Rome"),
            "orders.created_at >= '2024-01-01'::timestamp AT TIME ZONE 'Europe/Rome' "
            "AND orders.created_at < '2024-02-01'::timestamp AT TIME ZONE 'Europe/Rome'");
  EXPECT_EQ(Condition("orders.booked_at", "inDateRange", range),
            "orders.booked_at >= '2024-01-01'::timestamp "
            "AND orders.booked_at < '2024-02-01'::timestamp");
  EXPECT_EQ(Condition("orders.booked_at", "beforeDate", R"(["2024-01-01"])", "Europe/Rome"),
            "orders.booked_at < '2024-01-01'::timestamp AT TIME ZONE 'Europe/Rome' "
            "AT TIME ZONE 'UTC'");
  EXPECT_EQ(Condition("orders.due_on", "inDateRange", range, "Europe/Rome"),
            "orders.due_on >= '2024-01-01'::date AND orders.due_on < '2024-02-01'::date");
  EXPECT_EQ(Condition("orders.due_on", "beforeDate", R"(["2024-01-01 10:30"])"),
            "orders.due_on < '2024-01-01 10:30:00.000'::timestamp");
}

TEST(Emit, TakesABareDateForTheWholeDay) {
  const std::string day = R"(["2024-01-01"])";
  const std::string from = "orders.due_on < '2024-01-01'::date";
  const std::string to = "orders.due_on < '2024-01-02'::date";
  EXPECT_EQ(Condition("orders.due_on", "beforeDate", day), from);
  EXPECT_EQ(Condition("orders.due_on", "lt", day), from);
  EXPECT_EQ(Condition("orders.due_on", "beforeOrOnDate", day), to);
  EXPECT_EQ(Condition("orders.due_on", "lte", day), to);
  EXPECT_EQ(Condition("orders.due_on", "afterDate", day), "orders.due_on >= '2024-01-02'::date");
  EXPECT_EQ(Condition("orders.due_on", "gt", day), "orders.due_on >= '2024-01-02'::date");
  EXPECT_EQ(Condition("orders.due_on", "afterOrOnDate", day),
            "orders.due_on >= '2024-01-01'::date");
  EXPECT_EQ(Condition("orders.due_on", "gte", day), "orders.due_on >= '2024-01-01'::date");
  EXPECT_EQ(Condition("orders.due_on", "equals", day),
            "orders.due_on >= '2024-01-01'::date AND orders.due_on < '2024-01-02'::date");
  EXPECT_EQ(Condition("orders.due_on", "notEquals", day),
            "(orders.due_on < '2024-01-01'::date OR orders.due_on >= '2024-01-02'::date) "
            "OR orders.due_on IS NULL");
  EXPECT_EQ(Condition("orders.due_on", "notInDateRange", day),
            "orders.due_on < '2024-01-01'::date OR orders.due_on >= '2024-01-02'::date")
      << "null is outside of no range";
}

TEST(Emit, ReadsRelativeRangesOnTheLocalClock) {
  const std::string sql = SqlOf(R"({"measures": ["orders.count"], "timeDimensions": [
      {"dimension": "orders.due_on", "dateRange": "last month"}]})");
  EXPECT_NE(sql.find("WHERE orders.due_on >= '2024-02-01'::date "
                     "AND orders.due_on < '2024-03-01'::date"),
            std::string::npos);
}

TEST(Emit, KeepsTheNullRulesOfEquality) {
  EXPECT_EQ(Condition("orders.status", "equals", R"(["a"])"), "orders.status = 'a'");
  EXPECT_EQ(Condition("orders.status", "equals", R"(["a", "b"])"), "orders.status IN ('a', 'b')");
  EXPECT_EQ(Condition("orders.status", "equals", R"(["a", null])"),
            "orders.status = 'a' OR orders.status IS NULL");
  EXPECT_EQ(Condition("orders.status", "equals", "[null]"), "orders.status IS NULL");
  EXPECT_EQ(Condition("orders.status", "notEquals", R"(["a"])"),
            "orders.status <> 'a' OR orders.status IS NULL");
  EXPECT_EQ(Condition("orders.status", "notEquals", R"(["a", "b", null])"),
            "orders.status NOT IN ('a', 'b')");
  EXPECT_EQ(Condition("orders.status", "notEquals", "[null]"), "orders.status IS NOT NULL");
  EXPECT_EQ(Condition("orders.status", "set", "[]"), "orders.status IS NOT NULL");
  EXPECT_EQ(Condition("orders.status", "notSet", "[]"), "orders.status IS NULL");
}

TEST(Emit, EscapesPatterns) {
  EXPECT_EQ(Condition("orders.status", "contains", R"(["0%_w\\"])"),
            "orders.status ILIKE E'%0\\\\%\\\\_w\\\\\\\\%'");
  EXPECT_EQ(Condition("orders.status", "startsWith", R"(["a", "b"])"),
            "orders.status ILIKE 'a%' OR orders.status ILIKE 'b%'");
  EXPECT_EQ(Condition("orders.status", "endsWith", R"(["a", null])"),
            "orders.status ILIKE '%a' OR orders.status IS NULL");
  EXPECT_EQ(Condition("orders.status", "notContains", R"(["a", "b"])"),
            "orders.status NOT ILIKE '%a%' AND orders.status NOT ILIKE '%b%' "
            "OR orders.status IS NULL");
  EXPECT_EQ(Condition("orders.status", "notStartsWith", R"(["a", null])"),
            "orders.status NOT ILIKE 'a%'");
  EXPECT_EQ(Condition("orders.status", "notEndsWith", "[null]"), "orders.status IS NOT NULL");
}

TEST(Emit, QuotesHostileValues) {
  EXPECT_EQ(Condition("orders.status", "equals", R"(["'; DROP TABLE orders; --"])"),
            "orders.status = '''; DROP TABLE orders; --'");
  EXPECT_EQ(Condition("orders.status", "equals", R"(["\\"])"), "orders.status = E'\\\\'");
}

TEST(Emit, ComparesValuesOfTheMembersType) {
  EXPECT_EQ(Condition("orders.fee", "gt", R"(["3.5"])"), "orders.fee > 3.5");
  EXPECT_EQ(Condition("orders.fee", "gte", "[3]"), "orders.fee >= 3");
  EXPECT_EQ(Condition("orders.fee", "lt", R"(["-1e3"])"), "orders.fee < -1e3");
  EXPECT_EQ(Condition("orders.fee", "lte", "[0]"), "orders.fee <= 0");
  EXPECT_EQ(Condition("orders.paid", "equals", "[true]"), "orders.paid = true");
  EXPECT_EQ(Condition("orders.paid", "notEquals", R"(["0", null])"), "orders.paid <> false");
  EXPECT_EQ(Condition("orders.status", "equals", "[5, true]"), "orders.status IN ('5', 'true')");
}

TEST(Emit, ComparesUserTypesAsText) {
  const auto where = [](const std::string& member, const char* op) {
    const std::string sql = SqlOf(R"({"dimensions": [")" + member + R"("], "order": [],
        "filters": [{"member": ")" +
                                  member + R"(", "operator": ")" + op + R"(", "values": ["a"]}]})");
    const std::size_t from = sql.find("WHERE ") + 6;
    return sql.substr(from, sql.find(" GROUP") - from);
  };
  EXPECT_EQ(where("customers.mood", "equals"), "customers.mood::text = 'a'");
  EXPECT_EQ(where("customers.mood", "contains"), "customers.mood::text ILIKE '%a%'");
  EXPECT_EQ(where("products.label", "equals"), "products.label = 'a'");
  EXPECT_EQ(where("products.label", "endsWith"), "products.label::text ILIKE '%a'");
  EXPECT_EQ(where("visits.source", "equals"), "visits.source = 'a'") << "no type is known";
}

TEST(Emit, CutsColumnNamesThatPostgresWouldCut) {
  const std::string entity(40, 'e');
  const std::string member(40, 'm');
  const Model model = ModelOf(R"({"name": "m", "entities": [{"name": ")" + entity +
                              R"(", "table": "t", "measures": [{"name": ")" + member +
                              R"(", "type": "count"}]}]})");
  Query query;
  query.measures = {entity + "." + member};
  const Result<Compiled> compiled = CompileQuery(query, model, {Now(), ""});
  ASSERT_TRUE(compiled.ok());
  EXPECT_EQ(compiled.value().select.items[0].alias.size(), 58u);
  EXPECT_EQ(compiled.value().select.items[0].alias.substr(56), "~1");
  EXPECT_EQ(compiled.value().columns[0].key, query.measures[0]);
}

}  // namespace
}  // namespace loupe::semantic

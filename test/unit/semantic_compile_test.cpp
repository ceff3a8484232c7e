#include "core/semantic/compile.hpp"

#include <gtest/gtest.h>

#include "core/semantic/annotation.hpp"
#include "semantic_store_fixture.hpp"

namespace loupe::semantic {
namespace {

TEST(CompileQuery, DescribesItsColumns) {
  const Result<Compiled> compiled = Compile(
      R"({"measures": ["orders.fees", "orders.last_status"], "dimensions": ["orders.status"],
          "timeDimensions": [{"dimension": "orders.created_at", "granularity": "month"}]})");
  ASSERT_TRUE(compiled.ok());
  const std::vector<OutputColumn>& columns = compiled.value().columns;
  ASSERT_EQ(columns.size(), 4u);
  EXPECT_EQ(columns[0].description, "State of the order.");
  EXPECT_EQ(columns[1].key, "orders.created_at.month");
  EXPECT_EQ(columns[1].member, "orders.created_at");
  EXPECT_EQ(columns[1].kind, MemberKind::kTimeDimension);
  EXPECT_EQ(columns[2].title, "Purchases All Fees");
  EXPECT_EQ(columns[2].short_title, "All Fees");
  EXPECT_EQ(columns[2].format, "currency");
  EXPECT_EQ(columns[3].type, ValueKind::kText);
  ASSERT_EQ(compiled.value().select.items.size(), columns.size());
  for (std::size_t i = 0; i < columns.size(); ++i) {
    EXPECT_EQ(compiled.value().select.items[i].alias, columns[i].key);
  }
}

TEST(CompileQuery, EchoesTheQueryWithAbsoluteDates) {
  const Result<Compiled> compiled = Compile(
      R"({"measures": ["orders.count"],
          "timeDimensions": [{"dimension": "orders.created_at", "dateRange": "last month"}]})");
  ASSERT_TRUE(compiled.ok());
  const Json echo = QueryToJson(compiled.value().query);
  EXPECT_EQ(echo.Find("timeDimensions")->items()[0].Find("dateRange")->Dump(),
            R"(["2024-02-01T00:00:00.000","2024-02-29T23:59:59.999"])");
  const Result<Compiled> again = CompileQuery(echo, ShopModel(), {Now(), ""});
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again.value().sql, compiled.value().sql) << "the echo means the same";
}

TEST(CompileQuery, GivesTheSameBytesForTheSameQuery) {
  const std::string query = R"({"measures": ["orders.count", "visits.count", "items.revenue"],
                                "dimensions": ["customers.country"]})";
  EXPECT_EQ(Compile(query).value().sql, Compile(query).value().sql);
}

TEST(CompileQuery, PassesOnTheErrorsOfEveryPhase) {
  EXPECT_EQ(ErrorOf("{}").code(), Code::kSemanticInvalidQuery);
  EXPECT_EQ(ErrorOf(R"({"measures": ["x.y"]})").code(), Code::kSemanticUnknownMember);
  EXPECT_EQ(ErrorOf(R"({"measures": ["orders.count"], "dimensions": ["weather.station"]})").code(),
            Code::kSemanticNoJoinPath);
  Query empty;
  EXPECT_FALSE(ExplainPlan(empty, ShopModel(), {Now(), ""}).ok());
}

TEST(CompileQuery, RefusesQueriesOverAnEmptyModel) {
  EXPECT_EQ(CompileQuery(JsonOf(R"({"measures": ["a.b"]})"), Model(), {Now(), ""}).status().code(),
            Code::kSemanticUnknownMember);
}

Result<Compiled> CompileStore(std::string_view query) {
  return CompileQuery(JsonOf(query), StoreModel(), {Now(), ""});
}

TEST(CompileQuery, RollsUpSubtotals) {
  const Result<Compiled> compiled = CompileStore(
      R"({"measures": ["orders.buyers"], "dimensions": ["customers.country", "orders.status"],
          "subtotals": true, "order": {"orders.buyers": "desc"}, "limit": 5})");
  ASSERT_TRUE(compiled.ok());
  const std::string sql = OneLine(compiled.value().sql);
  EXPECT_EQ(sql.substr(0, sql.find(" FROM ")),
            "SELECT variants.c1 AS \"customers.country\", variants.c2 AS \"orders.status\", "
            "variants.c3 AS \"orders.buyers\", variants.c4 AS \"grouping\"");
  for (const char* part :
       {"0 AS c4, 0 AS place", "NULL AS c2, rows.\"orders.buyers\" AS c3, 1 AS c4, 1 AS place",
        "NULL AS c1, NULL AS c2, rows.\"orders.buyers\" AS c3, 3 AS c4, 2 AS place",
        "ORDER BY variants.place, variants.c3 DESC, variants.c1, variants.c2"}) {
    EXPECT_NE(sql.find(part), std::string::npos) << part << " in " << sql;
  }
  const OutputColumn& grouping = compiled.value().columns.back();
  EXPECT_EQ(grouping.key, "grouping");
  EXPECT_EQ(grouping.kind, MemberKind::kGrouping);
  EXPECT_EQ(grouping.type, ValueKind::kNumber);
}

TEST(CompileQuery, RollsUpTheDimensionsThatAreNamed) {
  const Result<Compiled> compiled = CompileStore(
      R"({"measures": ["orders.count"], "dimensions": ["customers.country"], "timeDimensions": [
            {"dimension": "orders.created_at", "granularity": "year", "dateRange": "2024"}],
          "subtotals": ["orders.created_at"], "total": true})");
  ASSERT_TRUE(compiled.ok());
  const std::string sql = OneLine(compiled.value().sql);
  EXPECT_NE(sql.find("NULL AS c2, rows.\"orders.count\" AS c3, 1 AS c4, 1 AS place"),
            std::string::npos)
      << sql;
  EXPECT_EQ(sql.find("2 AS place"), std::string::npos);
  const std::size_t filter = sql.find("2024-01-01");
  EXPECT_NE(sql.find("2024-01-01", filter + 1), std::string::npos) << "subtotals keep the range";
}

TEST(CompileQuery, SeesDimensionsThatASubtotalLeavesOutAsNull) {
  const Result<Compiled> compiled = CompileStore(
      R"({"measures": ["orders.local"], "dimensions": ["customers.country"], "subtotals": true})");
  ASSERT_TRUE(compiled.ok());
  EXPECT_NE(compiled.value().sql.find("CASE WHEN NULL::text = 'DE' THEN"), std::string::npos);
}

TEST(CompileQuery, RefusesSubtotalsWithoutSense) {
  const auto error = [](const std::string& rest) {
    return StoreError(R"({"dimensions": ["customers.country"], )" + rest + "}");
  };
  const Status unknown =
      error(R"("measures": ["orders.count"], "subtotals": ["customers.country", "orders.status"])");
  EXPECT_EQ(unknown.code(), Code::kSemanticInvalidQuery);
  EXPECT_EQ(unknown.pointer(), "/subtotals/1");
  EXPECT_EQ(error(R"("subtotals": true)").pointer(), "/subtotals") << "of no measure";
  EXPECT_EQ(error(R"("measures": ["orders.count"], "subtotals": true, "ungrouped": true)").code(),
            Code::kNotSupported);
  EXPECT_EQ(error(R"("measures": ["orders.count"], "subtotals": true, "timeDimensions": [
                {"dimension": "orders.created_at", "compareDateRange": ["today"]}])")
                .code(),
            Code::kNotSupported);
}

TEST(CompileQuery, AnswersOnceForEachRange) {
  const Result<Compiled> compiled = CompileStore(
      R"({"measures": ["orders.count"], "timezone": "UTC", "total": true, "timeDimensions": [
            {"dimension": "orders.created_at", "granularity": "month",
             "compareDateRange": ["last month", ["2023-01-01", "2023-01-31"]]}]})");
  ASSERT_TRUE(compiled.ok());
  const std::string sql = OneLine(compiled.value().sql);
  EXPECT_NE(sql.find("'2024-02-01T00:00:00.000 - 2024-02-29T23:59:59.999' AS c3, 0 AS place"),
            std::string::npos);
  EXPECT_NE(sql.find("'2023-01-01T00:00:00.000 - 2023-01-31T23:59:59.999' AS c3, 1 AS place"),
            std::string::npos);
  EXPECT_EQ(compiled.value().columns.back().key, "compareDateRange");
  EXPECT_EQ(compiled.value().columns.back().kind, MemberKind::kRange);
  const Json echo = QueryToJson(compiled.value().query);
  EXPECT_EQ(echo.Find("timeDimensions")->items()[0].Find("compareDateRange")->items()[0].Dump(),
            R"(["2024-02-01T00:00:00.000","2024-02-29T23:59:59.999"])");
  ASSERT_TRUE(compiled.value().total.has_value());
  EXPECT_EQ(compiled.value().total->items.size(), 1u) << "the rows of both";
  EXPECT_EQ(StoreError(R"({"measures": ["orders.count"], "timeDimensions": [
                {"dimension": "orders.created_at", "compareDateRange": ["today", "sooon"]}]})")
                .pointer(),
            "/timeDimensions/0/compareDateRange/1");
}

TEST(CompileQuery, NamesTheEntitiesWhoseTablesItReads) {
  const Result<Compiled> compiled = CompileStore(
      R"({"measures": ["orders.count"], "dimensions": ["customers.country"],
          "filters": [{"member": "products.brand", "operator": "set"}]})");
  ASSERT_TRUE(compiled.ok());
  std::vector<std::string> names;
  for (const Entity* entity : compiled.value().entities) names.push_back(entity->name);
  EXPECT_EQ(names, (std::vector<std::string>{"orders", "customers", "items", "products"}));
}

TEST(CompileQuery, AnswersOnTheClockOfTheModel) {
  const Result<Compiled> compiled = CompileStore(
      R"({"measures": ["orders.count"],
          "timeDimensions": [{"dimension": "orders.created_at", "granularity": "day"}]})");
  ASSERT_TRUE(compiled.ok());
  EXPECT_EQ(compiled.value().query.timezone, "Europe/Berlin");
  EXPECT_NE(compiled.value().sql.find("AT TIME ZONE 'Europe/Berlin'"), std::string::npos);
}

TEST(Annotation, HasTheShapeThatClientsRead) {
  const Result<Compiled> compiled = Compile(
      R"({"measures": ["orders.fees"], "dimensions": ["orders.status"],
          "timeDimensions": [{"dimension": "orders.created_at", "granularity": "month"}]})");
  ASSERT_TRUE(compiled.ok());
  EXPECT_EQ(Annotation(compiled.value()).Dump(),
            R"({"measures":{"orders.fees":{"title":"Purchases All Fees","shortTitle":"All Fees",)"
            R"("type":"number","format":"currency"}},)"
            R"("dimensions":{"orders.status":{"title":"Purchases Status","shortTitle":"Status",)"
            R"("description":"State of the order.","type":"string"}},"segments":{},)"
            R"("timeDimensions":{"orders.created_at.month":{"title":"Purchases Created At",)"
            R"("shortTitle":"Created At","type":"time",)"
            R"("granularity":{"name":"month","title":"Month","interval":"1 month"}}}})");
}

}  // namespace
}  // namespace loupe::semantic

#include "core/semantic/compile.hpp"

#include <gtest/gtest.h>

#include "core/semantic/annotation.hpp"
#include "semantic_fixture.hpp"

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

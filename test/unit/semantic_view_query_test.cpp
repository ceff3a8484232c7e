#include "core/semantic/view_query.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/sql/printer.hpp"
#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

Result<ViewQuery> ViewOf(std::string_view query) {
  return MakeViewQuery(JsonOf(query), ShopModel(), "");
}

std::string SqlOf(std::string_view query) {
  const Result<ViewQuery> view = ViewOf(query);
  EXPECT_TRUE(view.ok()) << view.status().message();
  return view.ok() ? sql::Print(view.value().select) : "";
}

TEST(ViewQuery, HasNoLimitAndNoOrderOfItsOwn) {
  const std::string sql =
      SqlOf(R"({"measures": ["orders.count"], "dimensions": ["orders.status"]})");
  EXPECT_EQ(sql.find("LIMIT"), std::string::npos);
  EXPECT_EQ(sql.find("ORDER BY"), std::string::npos);
}

TEST(ViewQuery, KeepsALimitThatIsNamedWithItsOrder) {
  const std::string sql =
      SqlOf(R"({"measures": ["orders.count"], "dimensions": ["orders.status"], "limit": 3})");
  EXPECT_NE(sql.find("LIMIT 3"), std::string::npos);
  EXPECT_NE(sql.find("ORDER BY"), std::string::npos);
}

TEST(ViewQuery, KeepsAnOffsetWithItsOrder) {
  const std::string sql =
      SqlOf(R"({"measures": ["orders.count"], "dimensions": ["orders.status"], "offset": 3})");
  EXPECT_EQ(sql.find("LIMIT"), std::string::npos);
  EXPECT_NE(sql.find("OFFSET 3"), std::string::npos);
  EXPECT_NE(sql.find("ORDER BY"), std::string::npos);
}

TEST(ViewQuery, TakesRangesThatStandStill) {
  for (const char* range : {R"(["2024-01-01", "2024-03-31"])", R"("2024")", R"("november 2023")"}) {
    EXPECT_TRUE(ViewOf(R"({"measures": ["orders.count"], "timeDimensions": [
        {"dimension": "orders.created_at", "dateRange": )" +
                       std::string(range) + "}]}")
                    .ok())
        << range;
  }
}

TEST(ViewQuery, RefusesRangesThatMoveWithTheDay) {
  for (const char* range : {"today", "last 7 days", "this year", "next 2 quarters", "ytd", "friday",
                            "november", "3 days ago", "from 3 days ago to now"}) {
    const Result<ViewQuery> view = ViewOf(
        R"({"measures": ["orders.count"], "timeDimensions": [
            {"dimension": "orders.created_at", "granularity": "day", "dateRange": ")" +
        std::string(range) + "\"}]}");
    ASSERT_FALSE(view.ok()) << range;
    EXPECT_EQ(view.status().code(), Code::kNotSupported);
    EXPECT_EQ(view.status().pointer(), "/timeDimensions/0/dateRange");
    EXPECT_NE(view.status().hint(), "");
  }
}

TEST(ViewQuery, RefusesThemInFiltersToo) {
  const Result<ViewQuery> view = ViewOf(R"({"measures": ["orders.count"], "filters": [{"or": [
      {"member": "orders.status", "operator": "equals", "values": ["today"]},
      {"member": "orders.created_at", "operator": "beforeDate", "values": ["yesterday"]}]}]})");
  ASSERT_FALSE(view.ok());
  EXPECT_EQ(view.status().code(), Code::kNotSupported);
}

TEST(ViewQuery, TakesATextThatOnlyLooksLikeARange) {
  EXPECT_TRUE(ViewOf(R"({"measures": ["orders.count"], "filters": [
      {"member": "orders.status", "operator": "equals", "values": ["today"]}]})")
                  .ok());
}

TEST(ViewQuery, HasTheKeysOfTheResultAsColumns) {
  const Result<ViewQuery> view = ViewOf(R"({"measures": ["orders.count"], "timeDimensions": [
      {"dimension": "orders.created_at", "granularity": "month"}]})");
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(view.value().columns,
            (std::vector<std::string>{"orders.created_at.month", "orders.count"}));
}

TEST(ViewQuery, HasNoLimitInItsSubtotalsEither) {
  const std::string sql = SqlOf(
      R"({"measures": ["orders.count"], "dimensions": ["orders.status", "orders.paid"],
          "subtotals": true})");
  EXPECT_EQ(sql.find("LIMIT"), std::string::npos);
  EXPECT_EQ(sql.find("ORDER BY"), std::string::npos);
}

TEST(ViewQuery, TakesRangesThatAreCompared) {
  EXPECT_TRUE(ViewOf(R"({"measures": ["orders.count"], "timeDimensions": [{
      "dimension": "orders.created_at", "compareDateRange": ["2023", "2024"]}]})")
                  .ok());
  EXPECT_FALSE(ViewOf(R"({"measures": ["orders.count"], "timeDimensions": [{
      "dimension": "orders.created_at", "compareDateRange": ["2023", "this year"]}]})")
                   .ok());
}

TEST(ViewQuery, IsRefusedOverAnEntityWithAccessRules) {
  Model model = ShopModel();
  for (Entity& entity : model.entities) {
    if (entity.name == "customers") entity.access.emplace_back();
  }
  const auto view_of = [&](std::string_view query) {
    return MakeViewQuery(JsonOf(query), model, "").status();
  };
  EXPECT_TRUE(view_of(R"({"measures": ["orders.count"]})").ok());
  const Status refused =
      view_of(R"({"measures": ["orders.count"], "dimensions": ["customers.country"]})");
  EXPECT_EQ(refused.code(), Code::kNotSupported);
  EXPECT_NE(refused.message().find("\"customers\""), std::string::npos);
}

TEST(CreateViewSql, QuotesItsNames) {
  const std::vector<std::string> columns = {"orders.count", "a\"b"};
  EXPECT_EQ(CreateViewSql("My Schema", "select", columns, "SELECT 1", ViewCreation::kNew),
            "CREATE VIEW \"My Schema\".\"select\" (\"orders.count\", \"a\"\"b\")\n"
            "WITH (security_invoker = true) AS\nSELECT 1");
  EXPECT_EQ(CreateViewSql("s", "v", columns, "SELECT 1", ViewCreation::kReplace).substr(0, 27),
            "CREATE OR REPLACE VIEW s.v ");
}

}  // namespace
}  // namespace loupe::semantic

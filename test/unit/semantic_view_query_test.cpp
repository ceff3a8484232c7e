#include "core/semantic/view_query.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/sql/printer.hpp"
#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

constexpr DateTime kNow{2024, 3, 14, 10, 0, 0, 0};

Result<ViewQuery> ViewOf(std::string_view text) {
  const Model model = ShopModel();
  const Json query = JsonOf(text);
  const Result<Compiled> compiled = CompileQuery(query, model, {kNow, ""});
  if (!compiled.ok()) return compiled.status();
  return MakeViewQuery(query, compiled.value(), model);
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

TEST(ViewColumnNames, AreTheKeysOfTheResult) {
  const Result<ViewQuery> view = ViewOf(R"({"measures": ["orders.count"], "timeDimensions": [
      {"dimension": "orders.created_at", "granularity": "month"}]})");
  ASSERT_TRUE(view.ok());
  EXPECT_EQ(view.value().columns,
            (std::vector<std::string>{"orders.created_at.month", "orders.count"}));
}

TEST(ViewColumnNames, AreCutAndToldApart) {
  std::vector<OutputColumn> columns(12);
  for (OutputColumn& column : columns) column.key = std::string(70, 'a');
  const std::vector<std::string> names = ViewColumnNames(columns);
  EXPECT_EQ(names[0], std::string(63, 'a'));
  EXPECT_EQ(names[1], std::string(61, 'a') + "_2");
  EXPECT_EQ(names[11], std::string(60, 'a') + "_12");
}

TEST(CreateViewSql, QuotesItsNames) {
  ViewQuery view;
  view.columns = {"orders.count", "a\"b"};
  view.select.items.push_back({sql::Integer(1), ""});
  EXPECT_EQ(CreateViewSql("My Schema", "select", view, ViewCreation::kNew),
            "CREATE VIEW \"My Schema\".\"select\" (\"orders.count\", \"a\"\"b\")\n"
            "WITH (security_invoker = true) AS\nSELECT 1");
  EXPECT_EQ(CreateViewSql("s", "v", view, ViewCreation::kReplace).substr(0, 27),
            "CREATE OR REPLACE VIEW s.v ");
}

}  // namespace
}  // namespace loupe::semantic

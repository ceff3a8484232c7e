// Corners of the semantic compiler that random questions have found; each test fails on the code
// before its fix.
#include <gtest/gtest.h>

#include "core/semantic/check.hpp"
#include "semantic_catalog_fixture.hpp"
#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

const Model& Corners() {
  static const Model* const model = new Model(ModelOf(R"json({"name": "m", "entities": [
    {"name": "orders", "table": "orders", "primary_key": ["id"],
     "dimensions": [{"name": "at", "type": "time", "column": "at", "data_type": "date"}],
     "measures": [
       {"name": "count", "type": "count"},
       {"name": "ahead", "type": "count", "rolling_window": {"leading": "unbounded"}},
       {"name": "week", "type": "count", "rolling_window": {"trailing": "7 day"}},
       {"name": "target", "type": "calculated", "formula": "100"},
       {"name": "target_place", "type": "rank", "measure": "orders.target"},
       {"name": "filled", "type": "sum", "column": "fee", "data_type": "integer",
        "fill_nulls": 0},
       {"name": "filled_before", "type": "time_shift", "measure": "orders.filled",
        "interval": "1 year"},
       {"name": "place", "type": "rank", "measure": "orders.count"},
       {"name": "open", "type": "count", "semi_additive": {"time_dimension": "at"}}]},
    {"name": "items", "table": "items", "primary_key": ["id"],
     "joins": [{"entity": "orders", "columns": [{"from": "order_id", "to": "id"}]}],
     "dimensions": [{"name": "sent", "type": "time", "column": "sent", "data_type": "date"}]}
    ]})json"));
  return *model;
}

Result<Compiled> CompileCorner(const std::string& query) {
  return CompileQuery(JsonOf(query), Corners(), {Now(), ""});
}

std::string CornerSql(const std::string& query) {
  const Result<Compiled> compiled = CompileCorner(query);
  return compiled.ok() ? compiled.value().sql : compiled.status().message();
}

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Corners, RowsWithoutATimeLieInNoWindowThatHasNoEnd) {
  const std::string sql = CornerSql(R"({"measures": ["orders.ahead"], "timeDimensions": [
      {"dimension": "orders.at", "granularity": "day"}]})");
  EXPECT_TRUE(Has(sql, "WHERE date_trunc('day', orders.at::timestamp) IS NOT NULL")) << sql;
}

TEST(Corners, AConstantMeasureIsOneRow) {
  const std::string sql = CornerSql(R"({"measures": ["orders.target"]})");
  EXPECT_TRUE(Has(sql, "HAVING true")) << sql;
  const std::string ranked = CornerSql(R"({"measures": ["orders.target_place"]})");
  EXPECT_TRUE(Has(ranked, "HAVING true")) << ranked;
}

TEST(Corners, AShiftedMeasureIsFilledAsTheOneItShifts) {
  const std::string sql = CornerSql(R"({"measures": ["orders.filled_before"], "timeDimensions": [
      {"dimension": "orders.at", "granularity": "year", "dateRange": "2024"}]})");
  EXPECT_TRUE(Has(sql, "coalesce(")) << sql;
}

TEST(Corners, WindowsRefuseATimeThatARowHasManyOf) {
  const Result<Compiled> compiled = CompileCorner(R"({"measures": ["orders.week"],
      "timeDimensions": [{"dimension": "items.sent", "granularity": "day"}]})");
  ASSERT_FALSE(compiled.ok());
  EXPECT_EQ(compiled.status().code(), Code::kNotSupported);
  EXPECT_EQ(compiled.status().message(),
            "rolling measures of \"orders\" cannot be taken by \"items.sent.day\", of which a row "
            "may have many");
}

TEST(Corners, TheLastTimeIsTakenAmongThoseThatAnyOfSeveralDateFiltersAllows) {
  const std::string sql = CornerSql(R"({"measures": ["orders.open"], "filters": [{"or": [
      {"member": "orders.at", "operator": "equals", "values": ["2024-01-31"]},
      {"member": "orders.at", "operator": "equals", "values": ["2024-02-29"]}]}]})");
  const std::size_t first = sql.find("'2024-02-29'::date");
  ASSERT_NE(first, std::string::npos) << sql;
  EXPECT_NE(sql.find("'2024-02-29'::date", first + 1), std::string::npos) << sql;
}

TEST(Corners, UngroupedRowsHaveNoRank) {
  const Result<Compiled> compiled =
      CompileCorner(R"({"measures": ["orders.place"], "ungrouped": true})");
  ASSERT_FALSE(compiled.ok());
  EXPECT_EQ(compiled.status().code(), Code::kNotSupported);
}

TEST(Corners, AJoinOverABridgeNeedsNoKeyOfItsOwn) {
  Catalog catalog = ShopCatalog();
  catalog.tables.push_back(TableOf("shop", "likes",
                                   {ColumnOf("order_id", "integer", ValueType::kNumber),
                                    ColumnOf("customer_id", "integer", ValueType::kNumber)}));
  const Model model = ModelOf(R"json({"name": "m", "entities": [
    {"name": "orders", "schema": "shop", "table": "orders", "primary_key": ["id"],
     "joins": [{"entity": "customers", "relationship": "many_to_many",
                "bridge": {"schema": "shop", "table": "likes",
                           "from": [{"from": "id", "to": "order_id"}],
                           "to": [{"from": "customer_id", "to": "id"}]}}]},
    {"name": "customers", "schema": "shop", "table": "customers", "primary_key": ["id"]}]})json");
  for (const Status& problem : CheckModel(model, catalog)) ADD_FAILURE() << problem.message();
}

}  // namespace
}  // namespace loupe::semantic

#include "core/semantic/plan_shape.hpp"

#include <gtest/gtest.h>

#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

// Stock of products on days that a calendar knows; products have tags by a bridge.
Model StockModel() {
  Model model = ModelOf(R"json({"name": "stock", "entities": [
    {"name": "days", "table": "days", "primary_key": ["day"],
     "dimensions": [{"name": "day", "type": "time", "column": "day", "data_type": "date"}]},
    {"name": "products", "table": "products", "primary_key": ["id"],
     "joins": [{"entity": "tags", "relationship": "many_to_many",
                "bridge": {"table": "product_tags", "from": [{"from": "id", "to": "product_id"}],
                           "to": [{"from": "tag_id", "to": "id"}]}}],
     "dimensions": [{"name": "kind", "type": "string", "column": "kind", "data_type": "text"}],
     "measures": [{"name": "count", "type": "count"}]},
    {"name": "tags", "table": "tags", "primary_key": ["id"],
     "dimensions": [{"name": "label", "type": "string", "column": "label", "data_type": "text"}]},
    {"name": "stock", "table": "stock",
     "joins": [{"entity": "products", "columns": [{"from": "product_id", "to": "id"}]},
               {"entity": "days", "columns": [{"from": "day", "to": "day"}]}],
     "dimensions": [{"name": "day", "type": "time", "column": "day", "data_type": "date"},
                    {"name": "place", "type": "string", "column": "place", "data_type": "text"}],
     "measures": [
       {"name": "sold", "type": "sum", "column": "sold", "data_type": "integer"},
       {"name": "middle", "type": "median", "column": "sold", "data_type": "integer"},
       {"name": "sold_7d", "type": "sum", "column": "sold", "data_type": "integer",
        "rolling_window": {"trailing": "7 day"}},
       {"name": "sold_ytd", "type": "sum", "column": "sold", "data_type": "integer",
        "rolling_window": {"to_date": "year"}},
       {"name": "on_hand", "type": "sum", "column": "on_hand", "data_type": "integer",
        "semi_additive": {"time_dimension": "day"}}]}]})json");
  for (Entity& entity : model.entities) {
    if (entity.name != "stock") continue;
    entity.statistics.rows = 100'000;
    entity.statistics.distinct = {{"product_id", 50'000}, {"day", 90'000}};
    entity.statistics.indexed = {"day"};
  }
  return model;
}

std::string PlanOf(std::string_view text, const Model& model) {
  const Result<Query> query = ParseQuery(JsonOf(text));
  EXPECT_TRUE(query.ok());
  const Result<std::string> plan = ExplainPlan(query.value(), model, {Now(), ""});
  return plan.ok() ? plan.value() : plan.status().message();
}

bool Has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(ShapeOf, AggregatesEarlyBeforePairs) {
  const std::string query = R"({"measures": ["stock.sold"], "dimensions": ["tags.label"]})";
  EXPECT_TRUE(Has(PlanOf(query, StockModel()), "part stock early\n"));
}

TEST(ShapeOf, AggregatesEarlyWhereKeysRepeat) {
  const std::string query = R"({"measures": ["stock.sold"], "dimensions": ["products.kind"]})";
  EXPECT_TRUE(Has(PlanOf(query, StockModel()), "part stock early\n"));
  Model rare = StockModel();
  rare.entities[3].statistics.distinct = {{"product_id", 90'000}};
  EXPECT_TRUE(Has(PlanOf(query, rare), "part stock\n"));
}

TEST(ShapeOf, KeepsRowsWhereEarlyAggregatesWouldBeWrongOrWasted) {
  const Model model = StockModel();
  // A median of medians is none; a group of the rows themselves; a filter beyond the join.
  EXPECT_FALSE(
      Has(PlanOf(R"({"measures": ["stock.middle"], "dimensions": ["products.kind"]})", model),
          "early"));
  EXPECT_FALSE(
      Has(PlanOf(R"({"measures": ["stock.sold"], "dimensions": ["products.kind", "stock.place"]})",
                 model),
          "early"));
  EXPECT_FALSE(Has(PlanOf(R"({"measures": ["stock.sold"], "dimensions": ["products.kind"],
      "filters": [{"member": "products.kind", "operator": "equals", "values": ["a"]}]})",
                          model),
                   "early"));
}

TEST(ShapeOf, CarriesWhatIsAggregatedByKeysOfTheRoot) {
  const Model model = StockModel();
  const std::string query = R"({"measures": ["products.count"], "dimensions": ["stock.place"]})";
  EXPECT_TRUE(Has(PlanOf(query, model), "part products keys\n"));
  Model keyless = model;
  keyless.entities[1].primary_key.clear();
  EXPECT_TRUE(Has(PlanOf(query, keyless), "part products\n"));
}

TEST(IsStepped, NeedsAnIndexAndFewPeriods) {
  const auto query = [](const char* to) {
    return std::string(R"({"measures": ["stock.sold_7d"], "timeDimensions": [{"dimension":
        "stock.day", "granularity": "day", "dateRange": ["2024-01-01", ")") +
           to + R"("]}]})";
  };
  EXPECT_TRUE(Has(PlanOf(query("2024-01-20"), StockModel()), "day stepped"));
  EXPECT_TRUE(Has(PlanOf(query("2026-01-20"), StockModel()), "day framed"));
  Model plain = StockModel();
  plain.entities[3].statistics.indexed.clear();
  EXPECT_TRUE(Has(PlanOf(query("2024-01-20"), plain), "day framed"));
}

std::string TotalsOf(const char* measures, const Model& model) {
  const Result<Compiled> compiled =
      CompileQuery(JsonOf(std::string(R"({"measures": )") + measures + "}"), model, {Now(), ""});
  return compiled.ok() ? compiled.value().sql : compiled.status().message();
}

TEST(ReadsAsOne, AppendsTheRowsOfLargeTables) {
  Model model = StockModel();
  model.entities[1].statistics.rows = 20'000;
  const std::string counted = model.entities[1].name + ".count";
  const std::string query = R"(["stock.sold", ")" + counted + R"("])";
  const std::string sql = TotalsOf(query.c_str(), model);
  EXPECT_TRUE(Has(sql, "SELECT sum(facts.m1) AS \"stock.sold\", count(facts.m2) AS")) << sql;
  EXPECT_TRUE(Has(sql, "SELECT stock.sold AS m1, NULL::integer AS m2")) << sql;
  EXPECT_TRUE(Has(sql, "UNION ALL")) << sql;
}

TEST(ReadsAsOne, LeavesSmallTablesAndOtherAggregatesSideBySide) {
  Model model = StockModel();
  const std::string counted = model.entities[1].name + ".count";
  const std::string query = R"(["stock.sold", ")" + counted + R"("])";
  EXPECT_TRUE(Has(TotalsOf(query.c_str(), model), "CROSS JOIN"));
  model.entities[1].statistics.rows = 20'000;
  const std::string middle = R"(["stock.middle", ")" + counted + R"("])";
  EXPECT_TRUE(Has(TotalsOf(middle.c_str(), model), "CROSS JOIN"));
}

TEST(GathersFirst, PutsWhatLiesBeforeIntoTheFirstPeriod) {
  const Result<Compiled> compiled = CompileQuery(
      JsonOf(R"({"measures": ["stock.sold_ytd"], "timeDimensions": [{"dimension": "stock.day",
                 "granularity": "month", "dateRange": ["2024-03-01", "2024-05-31"]}]})"),
      StockModel(), {Now(), ""});
  ASSERT_TRUE(compiled.ok());
  EXPECT_TRUE(Has(compiled.value().sql,
                  "CASE WHEN stock.day < '2024-04-01'::date THEN '2024-03-01'::timestamp ELSE"))
      << compiled.value().sql;
}

TEST(MakePlan, RefusesSemiAdditiveMeasuresByTheTimeOfAnotherEntity) {
  const char* query = R"({"measures": ["stock.on_hand"], "timeDimensions":
                          [{"dimension": "days.day", "granularity": "month"}]})";
  EXPECT_EQ(PlanOf(query, StockModel()),
            "semi-additive measure \"stock.on_hand\" cannot be taken by \"days.day.month\"");
}

}  // namespace
}  // namespace loupe::semantic

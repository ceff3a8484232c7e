#include "core/semantic/explain.hpp"

#include <gtest/gtest.h>

#include <string>

#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

constexpr const char* kModel = R"json({"name": "shop", "entities": [
  {"name": "orders", "schema": "shop", "table": "orders", "description": "What was bought.",
   "dimensions": [
     {"name": "at", "type": "time", "column": "at"},
     {"name": "country", "type": "string", "column": "country"},
     {"name": "days", "type": "number", "sql": "{T}.a - {T}.b"},
     {"name": "is_late", "type": "boolean", "formula": "days > 7"}],
   "measures": [
     {"name": "count", "type": "count"},
     {"name": "fees", "type": "sum", "column": "fee", "data_type": "numeric(8,2)",
      "description": "All fees.", "fill_nulls": 0,
      "filters": ["{T}.status <> 'cancelled'",
                  {"member": "orders.country", "operator": "equals", "values": ["DE"]}]},
     {"name": "late", "type": "count_distinct", "formula": "is_late"},
     {"name": "fee_each", "type": "calculated", "formula": "fees / nullif(count, 0)"},
     {"name": "twice", "type": "calculated", "formula": "fee_each + fees + visits.count"},
     {"name": "fees_7d", "type": "sum", "column": "fee", "rolling_window": {"trailing": "7 day"}},
     {"name": "fees_all", "type": "sum", "column": "fee",
      "rolling_window": {"trailing": "unbounded", "leading": "1 day", "offset": "start"}},
     {"name": "fees_ytd", "type": "sum", "column": "fee", "rolling_window": {"to_date": "year"}},
     {"name": "before", "type": "time_shift", "measure": "fees", "interval": "1 year"},
     {"name": "after", "type": "time_shift", "measure": "fees", "interval": "1 month",
      "direction": "next", "time_dimension": "at"},
     {"name": "previous", "type": "time_shift", "measure": "fees",
      "interval": "previous_period"},
     {"name": "share", "type": "percent_of_total", "measure": "fees", "within": ["country"]},
     {"name": "place", "type": "rank", "measure": "fees"},
     {"name": "stock", "type": "sum", "column": "stock",
      "semi_additive": {"time_dimension": "at", "partition_by": ["country"]}},
     {"name": "secret", "type": "sum", "column": "x", "public": false}]},
  {"name": "visits", "sql": "SELECT 1 AS id",
   "measures": [{"name": "count", "type": "count"}]}]})json";

// One line a row: its depth as indentation, then what is not empty.
std::string Explained(const Model& model, std::string_view name) {
  const Result<std::vector<ExplainRow>> rows = ExplainMeasure(model, name);
  if (!rows.ok()) return "error: " + rows.status().message() + " (" + rows.status().hint() + ")";
  std::string text;
  for (const ExplainRow& row : rows.value()) {
    text += std::string(static_cast<std::size_t>(row.depth) * 2, ' ');
    text += row.member + "|" + row.kind + "|" + row.type + "|" + row.expression + "|" +
            row.description + "\n";
  }
  return text;
}

std::string Explained(std::string_view name) { return Explained(ModelOf(kModel), name); }

// The expression of the first row.
std::string Headline(std::string_view name) {
  const Result<std::vector<ExplainRow>> rows = ExplainMeasure(ModelOf(kModel), name);
  return rows.ok() ? rows.value()[0].expression : "";
}

TEST(ExplainMeasure, NamesTheColumnTheFiltersAndTheTable) {
  EXPECT_EQ(Explained("orders.fees"),
            "orders.fees|sum|numeric(8,2)|fee|All fees.\n"
            "  |filter||{T}.status <> 'cancelled'|\n"
            "  |filter||{\"member\":\"orders.country\",\"operator\":\"equals\","
            "\"values\":[\"DE\"]}|\n"
            "  |fill_nulls||0|\n"
            "  orders|entity||shop.orders|What was bought.\n");
}

TEST(ExplainMeasure, FollowsFormulasAndExplainsEachMemberOnce) {
  EXPECT_EQ(Explained("orders.twice"),
            "orders.twice|calculated|number|fee_each + fees + visits.count|\n"
            "  orders.fee_each|calculated|number|fees / nullif(count, 0)|\n"
            "    orders.fees|sum|numeric(8,2)|fee|All fees.\n"
            "      |filter||{T}.status <> 'cancelled'|\n"
            "      |filter||{\"member\":\"orders.country\",\"operator\":\"equals\","
            "\"values\":[\"DE\"]}|\n"
            "      |fill_nulls||0|\n"
            "      orders|entity||shop.orders|What was bought.\n"
            "    orders.count|count|number|*|\n"
            "      orders|entity||shop.orders|What was bought.\n"
            "  orders.fees|sum|numeric(8,2)|fee|All fees.\n"
            "  visits.count|count|number|*|\n"
            "    visits|entity||SELECT 1 AS id|\n");
}

TEST(ExplainMeasure, FollowsDimensionsToTheirSources) {
  EXPECT_EQ(Explained("orders.late"),
            "orders.late|count_distinct|number|is_late|\n"
            "  orders.is_late|dimension|boolean|days > 7|\n"
            "    orders.days|dimension|number|{T}.a - {T}.b|\n"
            "  orders|entity||shop.orders|What was bought.\n");
}

TEST(ExplainMeasure, DescribesWindows) {
  EXPECT_NE(Explained("orders.fees_7d").find("  |rolling_window||trailing 7 days|\n"),
            std::string::npos);
  EXPECT_NE(Explained("orders.fees_all")
                .find("|trailing unbounded, leading 1 day, from the period's start|"),
            std::string::npos);
  EXPECT_NE(Explained("orders.fees_ytd").find("|from the start of the year|"), std::string::npos);
}

TEST(ExplainMeasure, DescribesWhatIsMadeOfAnotherMeasure) {
  EXPECT_EQ(Headline("orders.before"), "orders.fees, 1 year earlier");
  EXPECT_EQ(Headline("orders.after"), "orders.fees, 1 month later by orders.at");
  EXPECT_EQ(Headline("orders.previous"), "orders.fees, one period earlier");
  EXPECT_EQ(Headline("orders.share"), "orders.fees as a share of its total within orders.country");
  EXPECT_EQ(Headline("orders.place"), "place by orders.fees");
}

TEST(ExplainMeasure, DescribesSemiAdditiveMeasures) {
  EXPECT_NE(Explained("orders.stock").find("  |semi_additive||last by at of each country|\n"),
            std::string::npos);
}

TEST(ExplainMeasure, ShowsTheRulesThatFitTheCaller) {
  Model model = ModelOf(kModel);
  model.entities[0].row_filters = {{Json("{T}.a"), Json("{T}.b")}, {Json("{T}.c")}};
  model.entities[0].measures[0].is_masked = true;
  EXPECT_EQ(Explained(model, "orders.count"),
            "orders.count|count|number|*|\n"
            "  |masked||null|\n"
            "  orders|entity||shop.orders|What was bought.\n"
            "    |row_filter||({T}.a AND {T}.b) OR ({T}.c)|\n");
}

TEST(ExplainMeasure, KnowsOnlyPublicMeasures) {
  EXPECT_EQ(Explained("orders.fee"),
            "error: \"orders.fee\" is not a measure of the model (Did you mean \"orders.fees\"?)");
  for (const char* name : {"orders.secret", "orders.country", "orders", "", "orders.count.day"}) {
    EXPECT_EQ(Explained(name).substr(0, 6), "error:") << name;
  }
}

}  // namespace
}  // namespace loupe::semantic

#include "semantic_import_fixture.hpp"

namespace loupe::semantic {
namespace {

constexpr const char* kModels = R"({"semantic_models": [
    {"name": "orders", "node_relation": {"alias": "fct_orders", "schema_name": "s", "database": "d"},
     "defaults": {"agg_time_dimension": "at"},
     "entities": [{"name": "order", "type": "primary", "expr": "order_id"},
                  {"name": "customer", "type": "foreign", "expr": "customer_id"}],
     "dimensions": [{"name": "at", "type": "time", "type_params": {"time_granularity": "day"}},
                    {"name": "status", "type": "categorical"},
                    {"name": "big", "type": "categorical", "expr": "total > 100"}],
     "measures": [{"name": "total", "agg": "sum"}, {"name": "n", "agg": "count", "expr": "1"},
                  {"name": "unused", "agg": "average", "expr": "total"},
                  {"name": "stock", "agg": "sum", "expr": "q", "non_additive_dimension":
                   {"name": "at", "window_choice": "min", "window_groupings": ["customer"]}}]},
    {"name": "customers", "node_relation": {"alias": "customers"},
     "entities": [{"name": "customer", "type": "primary", "expr": "id"}],
     "dimensions": [{"name": "tier", "type": "categorical"},
                    {"name": "since", "type": "time"}], "measures": []}],
    "metrics": [)";

Imported DbtOf(const std::string& metrics) { return ImportOf("dbt", kModels + metrics + "]}"); }

// The measure that one metric becomes, or the notes about it.
std::string MetricText(const std::string& metric) {
  const Imported imported = DbtOf(metric);
  const std::string measure = MemberText(imported.model, "orders", "measures", "m");
  return measure.empty() ? NotesText(imported.notes) : measure;
}

std::string Filtered(const std::string& filter) {
  return MetricText(R"({"name": "m", "type": "simple", "type_params": {"measure": {"name": "n"}},
      "filter": {"where_filters": [{"where_sql_template": ")" +
                    filter + "\"}]}}");
}

TEST(ImportDbt, JoinsModelsByTheirEntities) {
  const Imported imported = DbtOf("");
  const Json& orders = imported.model.Find("entities")->items()[0];
  EXPECT_EQ(orders.Find("schema")->AsString(), "s");
  EXPECT_EQ(orders.Find("table")->AsString(), "fct_orders");
  EXPECT_EQ(orders.Find("primary_key")->Dump(), R"(["order_id"])");
  EXPECT_EQ(orders.Find("joins")->Dump(), R"([{"entity":"customers","relationship":"many_to_one",)"
                                          R"("columns":[{"from":"customer_id","to":"id"}]}])");
  EXPECT_EQ(MemberText(imported.model, "orders", "dimensions", "customer"),
            R"({"name":"customer","type":"string","column":"customer_id"})");
  EXPECT_EQ(MemberText(imported.model, "orders", "measures", "unused"),
            R"({"name":"unused","type":"avg","column":"total","public":false})");
  EXPECT_EQ(MemberText(imported.model, "orders", "measures", "stock"),
            R"({"name":"stock","type":"sum","column":"q","semi_additive":{"time_dimension":"at",)"
            R"("pick":"first","partition_by":["customer"]},"public":false})");
}

TEST(ImportDbt, FiltersMetrics) {
  EXPECT_EQ(Filtered("{{ Dimension('order__status') }} = 'paid'"),
            R"({"name":"m","type":"count","filters":["{T}.status = 'paid'"]})");
  EXPECT_EQ(Filtered("{{Dimension('order__big')}} OR {{ Dimension('order__status') }} IS NULL"),
            R"({"name":"m","type":"count","filters":["({T}.total > 100) OR {T}.status IS NULL"]})");
  EXPECT_EQ(Filtered("{{ TimeDimension('metric_time', 'month') }} >= '2025-01-01'"),
            R"({"name":"m","type":"count",)"
            R"("filters":["date_trunc('month', {T}.at) >= '2025-01-01'"]})");
  EXPECT_EQ(Filtered("{{ Dimension('customer__tier') }} NOT IN ('a', 'b''c') AND "
                     "{{ Dimension('order__big') }}"),
            R"({"name":"m","type":"count","filters":[{"member":"customers.tier",)"
            R"("operator":"notEquals","values":["a","b'c"]},{"member":"customers.tier",)"
            R"json("operator":"set"},"({T}.total > 100)"]})json");
}

TEST(ImportDbt, LeavesMetricsOutWhoseFiltersAreLost) {
  for (const char* filter :
       {"{{ Dimension('customer__tier') }} = 'a' OR true", "{{ Metric('n') }} > 1",
        "{{ Dimension('customer__since') }} > '2025-01-01'", "{{ Dimension('nothing__x') }} = 1",
        "{{ env_var('X') }}", "{{ Dimension('customer__tier') }} = lower('A')", "unclosed {{",
        ""}) {
    EXPECT_NE(Filtered(filter).find("metric \"m\" is not carried"), std::string::npos) << filter;
  }
}

TEST(ImportDbt, ReadsCumulativeAndComputedMetrics) {
  EXPECT_EQ(MetricText(R"({"name": "m", "type": "cumulative", "type_params": {
                "measure": {"name": "total", "fill_nulls_with": 0}, "cumulative_type_params":
                {"window": {"count": 7, "granularity": "day"}, "period_agg": "last"}}})"),
            R"({"name":"m","type":"sum","column":"total","fill_nulls":0,)"
            R"("rolling_window":{"trailing":"7 day"}})");
  EXPECT_EQ(MetricText(R"({"name": "m", "type": "cumulative", "type_params": {
                "measure": {"name": "total"}, "grain_to_date": "MONTH"}})"),
            R"({"name":"m","type":"sum","column":"total","rolling_window":{"to_date":"month"}})");
  const Imported imported = DbtOf(R"(
      {"name": "n", "type": "simple", "type_params": {"measure": {"name": "n"}}},
      {"name": "r", "type": "ratio", "type_params": {"numerator": {"name": "n", "filter":
        {"where_filters": [{"where_sql_template": "{{ Dimension('order__big') }}"}]}},
        "denominator": {"name": "n"}}},
      {"name": "d", "type": "derived", "type_params": {"expr": "now - before", "metrics": [
        {"name": "n", "alias": "now"},
        {"name": "n", "alias": "before", "offset_window": {"count": 2, "granularity": "week"}}]}})");
  EXPECT_EQ(MemberText(imported.model, "orders", "measures", "r"),
            R"({"name":"r","type":"calculated","formula":"{orders.r_n} / {orders.n}"})");
  EXPECT_EQ(
      MemberText(imported.model, "orders", "measures", "r_n"),
      R"json({"name":"r_n","type":"count","filters":["({T}.total > 100)"],"public":false})json");
  EXPECT_EQ(MemberText(imported.model, "orders", "measures", "d"),
            R"({"name":"d","type":"calculated","formula":"{orders.n} - {orders.d_n_before}"})");
  EXPECT_EQ(MemberText(imported.model, "orders", "measures", "d_n_before"),
            R"({"name":"d_n_before","type":"time_shift","measure":"orders.n",)"
            R"("interval":"2 week","public":false})");
}

TEST(ImportDbt, RenamesMetricsThatDimensionsHide) {
  const Imported imported =
      DbtOf(R"({"name": "status", "type": "simple", "type_params": {"measure": "n"}})");
  EXPECT_EQ(MemberText(imported.model, "orders", "measures", "status_metric"),
            R"({"name":"status_metric","type":"count"})");
  EXPECT_NE(NotesText(imported.notes).find("is called \"status_metric\""), std::string::npos);
}

TEST(ImportDbt, ReadsMetricsThatHoldTheirAggregation) {
  EXPECT_EQ(MetricText(R"({"name": "m", "type": "simple", "label": "M", "type_params": {
                "expr": "case when big then 1 end", "metric_aggregation_params": {
                "semantic_model": "orders", "agg": "percentile", "agg_params":
                {"percentile": 95.0}}}})"),
            R"({"name":"m","type":"percentile","sql":"case when {T}.big then 1 end",)"
            R"("percentile":0.95,"title":"M"})");
  EXPECT_NE(MetricText(R"({"name": "m", "type": "simple", "type_params": {
                "metric_aggregation_params": {"semantic_model": "orders", "agg": "percentile",
                "agg_params": {"percentile": 0.5, "use_discrete_percentile": true}}}})")
                .find("discrete"),
            std::string::npos);
}

TEST(ImportDbt, SurvivesCirclesOfMetrics) {
  EXPECT_NE(MetricText(R"({"name": "m", "type": "derived", "type_params": {"expr": "m",
                "metrics": [{"name": "m"}]}})")
                .find("metric \"m\" is not carried"),
            std::string::npos);
}

}  // namespace
}  // namespace loupe::semantic

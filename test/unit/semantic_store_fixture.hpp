// A model with every kind of measure, join and dimension, for the tests of the compiler.
#ifndef LOUPE_TEST_UNIT_SEMANTIC_STORE_FIXTURE_HPP
#define LOUPE_TEST_UNIT_SEMANTIC_STORE_FIXTURE_HPP

#include <string>
#include <string_view>

#include "core/semantic/access.hpp"
#include "semantic_fixture.hpp"

namespace loupe::semantic {

inline constexpr std::string_view kStore = R"json({"name": "store", "week_start": "sunday",
  "fiscal_year_start": 4, "timezone": "Europe/Berlin", "entities": [
  {"name": "customers", "table": "customers", "primary_key": ["id"],
   "dimensions": [
     {"name": "id", "type": "number", "column": "id", "data_type": "integer"},
     {"name": "country", "type": "string", "column": "country", "data_type": "text"},
     {"name": "tier", "type": "string", "sql": "coalesce({T}.tier, 'none')", "data_type": "text"},
     {"name": "age", "type": "number", "column": "age", "data_type": "integer"},
     {"name": "age_group", "type": "string", "column": "age", "data_type": "integer",
      "bins": [18, 65.5]},
     {"name": "is_adult", "type": "boolean", "formula": "age >= 18"},
     {"name": "label", "type": "string",
      "formula": "CASE WHEN is_adult THEN upper(country) ELSE 'minor' END"}],
   "measures": [{"name": "count", "type": "count"},
                {"name": "adults", "type": "count", "filters": [
                   {"member": "customers.is_adult", "operator": "equals", "values": [true]}]}],
   "hierarchies": [{"name": "place", "levels": ["country", "tier"]}]},
  {"name": "orders", "table": "orders", "primary_key": ["id"],
   "joins": [{"entity": "customers", "columns": [{"from": "customer_id", "to": "id"}]}],
   "dimensions": [
     {"name": "status", "type": "string", "column": "status", "data_type": "text"},
     {"name": "channel", "type": "string", "column": "channel", "data_type": "text"},
     {"name": "created_at", "type": "time", "column": "created_at",
      "data_type": "timestamp with time zone",
      "granularities": [{"name": "half_hour", "interval": "30 minutes"},
                        {"name": "shift", "interval": "8 hours", "offset": "6 hours"}]},
     {"name": "due_on", "type": "time", "column": "due_on", "data_type": "date"}],
   "measures": [
     {"name": "count", "type": "count"},
     {"name": "revenue", "type": "sum", "column": "total", "data_type": "numeric"},
     {"name": "average", "type": "avg", "column": "total", "data_type": "numeric"},
     {"name": "typical", "type": "median", "column": "total", "data_type": "numeric"},
     {"name": "high", "type": "percentile", "percentile": 0.9, "column": "total",
      "data_type": "numeric"},
     {"name": "buyers", "type": "count_distinct", "column": "customer_id",
      "data_type": "integer"},
     {"name": "about", "type": "count_distinct_approx", "column": "customer_id",
      "data_type": "integer"},
     {"name": "web_revenue", "type": "sum", "column": "total", "data_type": "numeric",
      "filters": ["{T}.channel = 'web'", {"member": "customers.country", "operator": "equals",
                                          "values": ["DE", "AT"]}]},
     {"name": "aov", "type": "calculated", "formula": "revenue / count"},
     {"name": "verdict", "type": "calculated",
      "formula": "CASE WHEN count > 10 THEN 'many' ELSE 'few' END"},
     {"name": "local", "type": "calculated",
      "formula": "CASE WHEN customers.country = 'DE' THEN revenue ELSE 0 END"},
     {"name": "week", "type": "sum", "column": "total", "data_type": "numeric",
      "rolling_window": {"trailing": "7 days"}},
     {"name": "month", "type": "sum", "column": "total", "data_type": "numeric",
      "rolling_window": {"trailing": "1 month"}},
     {"name": "running", "type": "count", "rolling_window": {"trailing": "unbounded"}},
     {"name": "next_week", "type": "avg", "column": "total", "data_type": "numeric",
      "rolling_window": {"leading": "7 days", "offset": "start"}},
     {"name": "ytd", "type": "sum", "column": "total", "data_type": "numeric",
      "rolling_window": {"to_date": "year"}},
     {"name": "fytd", "type": "sum", "column": "total", "data_type": "numeric",
      "rolling_window": {"to_date": "fiscal_year"}},
     {"name": "active", "type": "count_distinct", "column": "customer_id", "data_type": "integer",
      "rolling_window": {"trailing": "7 days"}},
     {"name": "last_year", "type": "time_shift", "measure": "revenue", "interval": "1 year"},
     {"name": "before", "type": "time_shift", "measure": "revenue",
      "interval": "previous_period"},
     {"name": "ahead", "type": "time_shift", "measure": "orders.count", "interval": "1 month",
      "direction": "next", "time_dimension": "created_at"},
     {"name": "growth", "type": "calculated", "formula": "(revenue - last_year) / last_year"},
     {"name": "two_back", "type": "time_shift", "measure": "last_year", "interval": "1 year"},
     {"name": "share", "type": "percent_of_total", "measure": "revenue"},
     {"name": "share_in_country", "type": "percent_of_total", "measure": "revenue",
      "within": ["customers.country"]},
     {"name": "place", "type": "rank", "measure": "revenue"},
     {"name": "place_in_country", "type": "rank", "measure": "revenue",
      "within": ["customers.country"]},
     {"name": "filled", "type": "sum", "column": "total", "data_type": "numeric",
      "fill_nulls": 0}],
   "segments": [{"name": "web", "sql": "{T}.channel = 'web'", "title": "On the Web"}]},
  {"name": "items", "table": "items", "primary_key": ["id"],
   "joins": [{"entity": "orders", "columns": [{"from": "order_id", "to": "id"}]},
             {"entity": "products", "columns": [{"from": "product_id", "to": "id"}]}],
   "dimensions": [{"name": "id", "type": "number", "column": "id", "data_type": "integer"},
                  {"name": "quantity", "type": "number", "column": "quantity",
                   "data_type": "integer"}],
   "measures": [{"name": "units", "type": "sum", "column": "quantity", "data_type": "integer"},
                {"name": "value", "type": "sum", "formula": "quantity * 2"}]},
  {"name": "products", "table": "products", "primary_key": ["id"],
   "joins": [{"entity": "tags", "relationship": "many_to_many", "bridge": {
       "table": "product_tags", "from": [{"from": "id", "to": "product_id"}],
       "to": [{"from": "tag_id", "to": "id"}]}}],
   "dimensions": [{"name": "category", "type": "string", "column": "category",
                   "data_type": "text"},
                  {"name": "brand", "type": "string", "column": "brand", "data_type": "text"}],
   "measures": [{"name": "count", "type": "count"}]},
  {"name": "tags", "table": "tags", "primary_key": ["id"],
   "joins": [{"entity": "products", "relationship": "many_to_many", "bridge": {
       "table": "product_tags", "from": [{"from": "id", "to": "tag_id"}],
       "to": [{"from": "product_id", "to": "id"}]}}],
   "dimensions": [{"name": "label", "type": "string", "column": "label", "data_type": "text"}],
   "measures": [{"name": "count", "type": "count"}]},
  {"name": "payments", "table": "payments",
   "joins": [{"entity": "orders", "columns": [{"from": "order_id", "to": "id"}]}],
   "dimensions": [{"name": "id", "type": "number", "column": "id", "data_type": "integer"},
                  {"name": "method", "type": "string", "column": "method", "data_type": "text"},
                  {"name": "paid_at", "type": "time", "column": "paid_at",
                   "data_type": "timestamp with time zone"}],
   "measures": [{"name": "amount", "type": "sum", "column": "amount", "data_type": "numeric"},
                {"name": "last_method", "type": "max", "column": "method", "data_type": "text"}],
   "access": [{"roles": ["clerk"], "row_filter": [
                 {"member": "payments.method", "operator": "equals", "values": ["card"]}],
               "hidden": ["paid_at"], "masked": ["method", "amount", "last_method"]},
              {"roles": ["owner"]}]},
  {"name": "stock", "table": "stock",
   "joins": [{"entity": "products", "columns": [{"from": "product_id", "to": "id"}]}],
   "dimensions": [{"name": "day", "type": "time", "column": "day", "data_type": "date"},
                  {"name": "warehouse", "type": "string", "column": "warehouse",
                   "data_type": "text"}],
   "measures": [
     {"name": "level", "type": "sum", "column": "level", "data_type": "integer",
      "semi_additive": {"time_dimension": "day"}},
     {"name": "opening", "type": "sum", "column": "level", "data_type": "integer",
      "semi_additive": {"time_dimension": "day", "pick": "first",
                        "partition_by": ["warehouse"]}}]},
  {"name": "recent", "extends": "orders", "sql": "SELECT * FROM orders WHERE total > 0",
   "dimensions": [{"name": "status", "type": "string", "sql": "lower({T}.status)"}]}]})json";

inline const Model& StoreModel() {
  static const Model* const model = new Model(ModelOf(kStore));
  return *model;
}

// The store as members of `roles` see it.
inline const Model& StoreModelFor(const std::string& role) {
  return *new Model(ApplyAccess(ModelOf(kStore), {role}));  // lives as long as the tests
}

inline std::string OneLine(const std::string& sql) {
  std::string text;
  for (const char c : sql) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank) text += c;
    if (blank && !text.empty() && text.back() != ' ') text += ' ';
  }
  return text;
}

// The SQL of a query on the clock of UTC and without an order and a limit, in one line.
inline std::string StoreSql(std::string_view query, const Model& model = StoreModel()) {
  Json json = JsonOf(query);
  if (json.Find("timezone") == nullptr) json.Set("timezone", "UTC");
  const Result<Compiled> compiled = CompileQuery(json, model, {Now(), "", std::nullopt});
  EXPECT_TRUE(compiled.ok()) << compiled.status().message() << " for " << query;
  if (!compiled.ok()) return "";
  const std::string text = OneLine(compiled.value().sql);
  return text.substr(0, text.rfind(" ORDER BY "));
}

inline Status StoreError(std::string_view query, const Model& model = StoreModel()) {
  const Result<Compiled> compiled = CompileQuery(JsonOf(query), model, {Now(), ""});
  EXPECT_FALSE(compiled.ok()) << query;
  return compiled.status();
}

}  // namespace loupe::semantic

#endif  // LOUPE_TEST_UNIT_SEMANTIC_STORE_FIXTURE_HPP

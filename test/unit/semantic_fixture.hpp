// The model and the clock that the tests of the semantic layer share.
#ifndef LOUPE_TEST_UNIT_SEMANTIC_FIXTURE_HPP
#define LOUPE_TEST_UNIT_SEMANTIC_FIXTURE_HPP

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <utility>

#include "core/base/calendar.hpp"
#include "core/base/json.hpp"
#include "core/semantic/compile.hpp"
#include "core/semantic/model.hpp"
#include "core/semantic/query.hpp"

namespace loupe::semantic {

inline Json JsonOf(std::string_view text) {
  Result<Json> json = ParseJson(text);
  EXPECT_TRUE(json.ok()) << json.status().message() << " in " << text;
  return json.ok() ? json.value() : Json();
}

inline Model ModelOf(std::string_view text) {
  Result<Model> model = ParseModel(JsonOf(text));
  EXPECT_TRUE(model.ok()) << model.status().message() << " at " << model.status().pointer();
  return model.ok() ? model.value() : Model();
}

// Two facts (orders, visits) share customers; items lead to orders and to products.
inline Model ShopModel() {
  return ModelOf(R"json({"name": "shop", "entities": [
    {"name": "customers", "schema": "shop", "table": "customers", "primary_key": ["id"],
     "dimensions": [
       {"name": "id", "type": "number", "column": "id", "data_type": "integer"},
       {"name": "country", "type": "string", "column": "country", "data_type": "text"},
       {"name": "mood", "type": "string", "column": "mood", "data_type": "mood"},
       {"name": "secret", "type": "string", "column": "secret", "public": false}],
     "measures": [{"name": "count", "type": "count"}]},
    {"name": "products", "schema": "shop", "table": "products", "primary_key": ["id"],
     "dimensions": [{"name": "label", "type": "string", "column": "label",
                     "data_type": "character(10)"}],
     "measures": [{"name": "count", "type": "count"}]},
    {"name": "orders", "schema": "shop", "table": "orders", "primary_key": ["id"],
     "title": "Purchases",
     "joins": [{"entity": "customers", "columns": [{"from": "customer_id", "to": "id"}]}],
     "dimensions": [
       {"name": "status", "type": "string", "column": "status", "data_type": "text",
        "description": "State of the order."},
       {"name": "paid", "type": "boolean", "column": "paid", "data_type": "boolean"},
       {"name": "fee", "type": "number", "column": "fee", "data_type": "numeric(12,2)"},
       {"name": "late", "type": "boolean", "sql": "{T}.shipped_at > {T}.due_at"},
       {"name": "created_at", "type": "time", "column": "created_at",
        "data_type": "timestamp with time zone"},
       {"name": "booked_at", "type": "time", "column": "booked_at",
        "data_type": "timestamp without time zone"},
       {"name": "due_on", "type": "time", "column": "due_on", "data_type": "date"},
       {"name": "seen_at", "type": "time", "sql": "coalesce({T}.a, {T}.b)"}],
     "measures": [
       {"name": "count", "type": "count"},
       {"name": "paid_count", "type": "count", "column": "paid_at"},
       {"name": "buyers", "type": "count_distinct", "column": "customer_id",
        "data_type": "integer"},
       {"name": "fees", "type": "sum", "column": "fee", "data_type": "numeric(12,2)",
        "format": "currency", "title": "All Fees"},
       {"name": "first_at", "type": "min", "column": "created_at",
        "data_type": "timestamp with time zone"},
       {"name": "last_status", "type": "max", "column": "status", "data_type": "text"},
       {"name": "broken", "type": "sum", "column": "status", "data_type": "text"}]},
    {"name": "items", "schema": "shop", "table": "order_items",
     "joins": [{"entity": "orders", "columns": [{"from": "order_id", "to": "id"}]},
               {"entity": "products", "columns": [{"from": "product_id", "to": "id"}]}],
     "measures": [{"name": "revenue", "type": "sum", "sql": "{T}.quantity * {T}.price"}]},
    {"name": "visits", "schema": "shop", "table": "visits",
     "joins": [{"entity": "customers", "columns": [{"from": "customer_id", "to": "id"}]}],
     "dimensions": [{"name": "source", "type": "string", "column": "source"}],
     "measures": [{"name": "count", "type": "count"}]},
    {"name": "weather", "table": "weather",
     "dimensions": [{"name": "station", "type": "string", "column": "station"}],
     "measures": [{"name": "count", "type": "count"}]}]})json");
}

// Wednesday, 13 March 2024, 02:30:45.500.
inline DateTime Now() {
  DateTime now;
  now.year = 2024;
  now.month = 3;
  now.day = 13;
  now.hour = 2;
  now.minute = 30;
  now.second = 45;
  now.millisecond = 500;
  return now;
}

inline Result<Compiled> Compile(std::string_view query) {
  static const Model* const model = new Model(ShopModel());  // lives as long as the tests
  return CompileQuery(JsonOf(query), *model, {Now(), ""});
}

// The SQL of a query, with each run of white space as one blank.
inline std::string SqlOf(std::string_view query) {
  const Result<Compiled> compiled = Compile(query);
  EXPECT_TRUE(compiled.ok()) << compiled.status().message() << " for " << query;
  if (!compiled.ok()) return "";
  std::string text;
  for (const char c : compiled.value().sql) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank) text += c;
    if (blank && !text.empty() && text.back() != ' ') text += ' ';
  }
  return text;
}

inline Status ErrorOf(std::string_view query) {
  const Result<Compiled> compiled = Compile(query);
  EXPECT_FALSE(compiled.ok()) << query;
  return compiled.status();
}

}  // namespace loupe::semantic

#endif  // LOUPE_TEST_UNIT_SEMANTIC_FIXTURE_HPP

// Two hand-made models with stored values, for the tests of the language engine: a database of
// flights and a shop.
#ifndef LOUPE_TEST_UNIT_ASK_FIXTURE_HPP
#define LOUPE_TEST_UNIT_ASK_FIXTURE_HPP

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/ask/read.hpp"
#include "core/ask/values.hpp"
#include "core/base/utf8.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

// A table of values; finds them as the server does, whatever the case.
class TableOfValues : public ValueSource {
 public:
  struct Row {
    std::string entity;
    std::string dimension;
    std::string value;
  };
  explicit TableOfValues(std::vector<Row> rows) : rows_(std::move(rows)) {}

  [[nodiscard]] std::vector<ValueMatch> Lookup(
      const std::vector<std::string>& candidates) const override {
    ++calls;
    asked = candidates;
    std::vector<ValueMatch> matches;
    for (const Row& row : rows_) {
      for (std::size_t c = 0; c < candidates.size(); ++c) {
        if (AsciiLower(row.value) != AsciiLower(candidates[c])) continue;
        matches.push_back({row.entity, row.dimension, row.value, c});
      }
    }
    return matches;
  }

  mutable int calls = 0;
  mutable std::vector<std::string> asked;

 private:
  std::vector<Row> rows_;
};

inline semantic::Model ModelFrom(std::string_view text) {
  Result<Json> json = ParseJson(text);
  Result<semantic::Model> model = semantic::ParseModel(json.value());
  return model.value();
}

inline semantic::Model FlightsModel() {
  return ModelFrom(R"({"name": "air", "entities": [
    {"name": "flights", "table": "flights", "joins": [
       {"name": "airline", "entity": "airlines", "relationship": "many_to_one",
        "columns": [{"from": "carrier", "to": "carrier"}]},
       {"name": "origin_airport", "entity": "airports", "relationship": "many_to_one",
        "columns": [{"from": "origin", "to": "faa"}]},
       {"name": "dest_airport", "entity": "airports", "relationship": "many_to_one",
        "columns": [{"from": "dest", "to": "faa"}]},
       {"name": "plane", "entity": "planes", "relationship": "many_to_one",
        "columns": [{"from": "tailnum", "to": "tailnum"}]}],
     "dimensions": [
       {"name": "year", "type": "number", "column": "year"},
       {"name": "month", "type": "number", "column": "month"},
       {"name": "flight", "type": "number", "column": "flight", "description": "Flight number"},
       {"name": "dep_delay", "type": "number", "column": "dep_delay",
        "description": "Departure delay in minutes"},
       {"name": "arr_delay", "type": "number", "column": "arr_delay"},
       {"name": "distance", "type": "number", "column": "distance"},
       {"name": "carrier", "type": "string", "column": "carrier"},
       {"name": "tailnum", "type": "string", "column": "tailnum", "synonyms": ["tail number"]},
       {"name": "origin", "type": "string", "column": "origin"},
       {"name": "dest", "type": "string", "column": "dest"},
       {"name": "secret", "type": "string", "column": "secret", "public": false},
       {"name": "time_hour", "type": "time", "column": "time_hour",
        "data_type": "timestamp with time zone"}],
     "measures": [
       {"name": "count", "type": "count"},
       {"name": "avg_dep_delay", "type": "avg", "column": "dep_delay"},
       {"name": "max_dep_delay", "type": "max", "column": "dep_delay"},
       {"name": "avg_arr_delay", "type": "avg", "column": "arr_delay"},
       {"name": "total_distance", "type": "sum", "column": "distance"},
       {"name": "avg_distance", "type": "avg", "column": "distance"},
       {"name": "min_distance", "type": "min", "column": "distance"},
       {"name": "max_distance", "type": "max", "column": "distance"},
       {"name": "distinct_dest", "type": "count_distinct", "column": "dest"}]},
    {"name": "airlines", "table": "airlines", "primary_key": ["carrier"],
     "dimensions": [{"name": "carrier", "type": "string", "column": "carrier"},
                    {"name": "name", "type": "string", "column": "name"}],
     "measures": [{"name": "count", "type": "count"}]},
    {"name": "airports", "table": "airports", "primary_key": ["faa"],
     "dimensions": [{"name": "faa", "type": "string", "column": "faa"},
                    {"name": "name", "type": "string", "column": "name"},
                    {"name": "alt", "type": "number", "column": "alt"},
                    {"name": "tzone", "type": "string", "column": "tzone"}],
     "measures": [{"name": "count", "type": "count"},
                  {"name": "max_alt", "type": "max", "column": "alt"}]},
    {"name": "planes", "table": "planes", "primary_key": ["tailnum"],
     "dimensions": [{"name": "tailnum", "type": "string", "column": "tailnum"},
                    {"name": "year", "type": "number", "column": "year"},
                    {"name": "manufacturer", "type": "string", "column": "manufacturer"},
                    {"name": "seats", "type": "number", "column": "seats"}],
     "measures": [{"name": "count", "type": "count"},
                  {"name": "avg_seats", "type": "avg", "column": "seats"},
                  {"name": "total_seats", "type": "sum", "column": "seats"}]},
    {"name": "weather", "table": "weather",
     "dimensions": [{"name": "origin", "type": "string", "column": "origin"},
                    {"name": "temp", "type": "number", "column": "temp"},
                    {"name": "time_hour", "type": "time", "column": "time_hour",
                     "data_type": "timestamp with time zone"}],
     "measures": [{"name": "count", "type": "count"},
                  {"name": "avg_temp", "type": "avg", "column": "temp"}]}]})");
}

inline TableOfValues FlightsValues() {
  return TableOfValues({{"flights", "origin", "JFK"},
                        {"flights", "origin", "EWR"},
                        {"flights", "dest", "LAX"},
                        {"flights", "dest", "BOS"},
                        {"flights", "carrier", "UA"},
                        {"flights", "carrier", "DL"},
                        {"airlines", "carrier", "UA"},
                        {"airlines", "carrier", "DL"},
                        {"airlines", "name", "Delta Air Lines Inc."},
                        {"airlines", "name", "JetBlue Airways"},
                        {"airports", "faa", "JFK"},
                        {"airports", "faa", "LAX"},
                        {"airports", "faa", "BOS"},
                        {"planes", "manufacturer", "BOEING"},
                        {"planes", "manufacturer", "AIRBUS"},
                        {"weather", "origin", "JFK"},
                        {"weather", "origin", "EWR"},
                        {"flights", "secret", "Hush"}});
}

inline semantic::Model ShopModel() {
  return ModelFrom(R"({"name": "shop", "entities": [
    {"name": "customers", "table": "customers", "primary_key": ["id"],
     "synonyms": ["clients"],
     "dimensions": [{"name": "id", "type": "number", "column": "id"},
                    {"name": "name", "type": "string", "column": "name"},
                    {"name": "country", "type": "string", "column": "country"},
                    {"name": "is_active", "type": "boolean", "column": "is_active",
                     "synonyms": ["active"]},
                    {"name": "signed_up_at", "type": "time", "column": "signed_up_at",
                     "data_type": "timestamp with time zone"}],
     "measures": [{"name": "count", "type": "count"}]},
    {"name": "orders", "table": "orders", "primary_key": ["id"], "joins": [
       {"entity": "customers", "relationship": "many_to_one",
        "columns": [{"from": "customer_id", "to": "id"}]}],
     "dimensions": [{"name": "id", "type": "number", "column": "id"},
                    {"name": "status", "type": "string", "column": "status"},
                    {"name": "amount", "type": "number", "column": "amount"},
                    {"name": "ordered_at", "type": "time", "column": "ordered_at",
                     "data_type": "timestamp with time zone"},
                    {"name": "shipped_at", "type": "time", "column": "shipped_at",
                     "data_type": "timestamp with time zone"}],
     "measures": [{"name": "count", "type": "count"},
                  {"name": "total_amount", "type": "sum", "column": "amount",
                   "synonyms": ["revenue", "sales"]},
                  {"name": "average_amount", "type": "avg", "column": "amount"},
                  {"name": "max_amount", "type": "max", "column": "amount"}]},
    {"name": "order_items", "table": "order_items", "primary_key": ["id"], "joins": [
       {"entity": "orders", "relationship": "many_to_one",
        "columns": [{"from": "order_id", "to": "id"}]},
       {"entity": "products", "relationship": "many_to_one",
        "columns": [{"from": "product_id", "to": "id"}]}],
     "dimensions": [{"name": "quantity", "type": "number", "column": "quantity"}],
     "measures": [{"name": "count", "type": "count"},
                  {"name": "total_quantity", "type": "sum", "column": "quantity",
                   "title": "Units sold"}]},
    {"name": "products", "table": "products", "primary_key": ["id"],
     "dimensions": [{"name": "id", "type": "number", "column": "id"},
                    {"name": "product_name", "type": "string", "column": "product_name"},
                    {"name": "category", "type": "string", "column": "category"},
                    {"name": "price", "type": "number", "column": "price"}],
     "measures": [{"name": "count", "type": "count"},
                  {"name": "average_price", "type": "avg", "column": "price"},
                  {"name": "maximum_price", "type": "max", "column": "price"}]}]})");
}

inline TableOfValues ShopValues() {
  return TableOfValues({{"customers", "country", "Germany"},
                        {"customers", "country", "France"},
                        {"customers", "country", "United States"},
                        {"customers", "name", "Ada Lovelace"},
                        {"orders", "status", "cancelled"},
                        {"orders", "status", "shipped"},
                        {"orders", "status", "open"},
                        {"products", "category", "Books"},
                        {"products", "category", "Toys"},
                        {"products", "product_name", "Red Kite"}});
}

// A fixed wall clock: Thursday, 15 August 2024, 10:30.
inline DateTime TestNow() {
  DateTime now;
  now.year = 2024;
  now.month = 8;
  now.day = 15;
  now.hour = 10;
  now.minute = 30;
  return now;
}

// A statement with one blank where it has several, or lines.
inline std::string OneLine(const std::string& text) {
  std::string line;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n';
    if (!blank) line += c;
    if (blank && !line.empty() && line.back() != ' ') line += ' ';
  }
  return line;
}

// For what a question means, apart from how sure that is.
inline ReadOptions Unsure() {
  ReadOptions options;
  options.least_confidence = 0.5;
  return options;
}

inline testing::AssertionResult Holds(const std::string& statement, const std::string& part) {
  if (statement.find(part) != std::string::npos) return testing::AssertionSuccess();
  return testing::AssertionFailure() << "no " << part << " in " << statement;
}

}  // namespace loupe::ask

#endif  // LOUPE_TEST_UNIT_ASK_FIXTURE_HPP

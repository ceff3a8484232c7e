// A catalog written by hand for the tests of inference and checks.
#ifndef LOUPE_TEST_UNIT_SEMANTIC_CATALOG_FIXTURE_HPP
#define LOUPE_TEST_UNIT_SEMANTIC_CATALOG_FIXTURE_HPP

#include <string>
#include <vector>

#include "core/semantic/catalog.hpp"

namespace loupe::semantic {

inline CatalogColumn ColumnOf(std::string name, std::string sql_type, ValueType type,
                              std::string comment = "") {
  CatalogColumn column;
  column.name = std::move(name);
  column.sql_type = std::move(sql_type);
  column.type = type;
  column.comment = std::move(comment);
  return column;
}

inline CatalogTable TableOf(std::string schema, std::string name,
                            std::vector<CatalogColumn> columns) {
  CatalogTable table;
  table.schema = std::move(schema);
  table.name = std::move(name);
  table.columns = std::move(columns);
  return table;
}

inline Catalog ShopCatalog() {
  CatalogTable customers =
      TableOf("shop", "customers",
              {ColumnOf("id", "integer", ValueType::kNumber),
               ColumnOf("country", "text", ValueType::kString, "Home. Synonyms: nation, land")});
  customers.primary_key = {"id"};
  CatalogTable orders =
      TableOf("shop", "orders",
              {ColumnOf("id", "integer", ValueType::kNumber),
               ColumnOf("customer_id", "integer", ValueType::kNumber),
               ColumnOf("amount", "numeric(12,2)", ValueType::kNumber, "Gross value."),
               ColumnOf("created_at", "timestamp with time zone", ValueType::kTimestamp),
               ColumnOf("due_on", "date", ValueType::kDate),
               ColumnOf("paid", "boolean", ValueType::kBoolean),
               ColumnOf("zip_code", "integer", ValueType::kNumber),
               ColumnOf("days_late", "integer", ValueType::kNumber),
               ColumnOf("trackingId", "bigint", ValueType::kNumber),
               ColumnOf("order_number", "bigint", ValueType::kNumber),
               ColumnOf("num_items", "smallint", ValueType::kNumber),
               ColumnOf("mood", "shop.mood", ValueType::kOther),
               ColumnOf("payload", "jsonb", ValueType::kOther),
               ColumnOf("tags", "text[]", ValueType::kOther),
               ColumnOf("place", "public.geometry(Point,4326)", ValueType::kOther),
               ColumnOf("duration", "interval", ValueType::kOther)});
  orders.primary_key = {"id"};
  orders.comment = "Purchases by customers. SYNONYMS: sales , deals";
  orders.foreign_keys = {{"fk", {"customer_id"}, "shop", "customers", {"id"}}};
  return {{customers, orders}};
}

}  // namespace loupe::semantic

#endif  // LOUPE_TEST_UNIT_SEMANTIC_CATALOG_FIXTURE_HPP

#include "pg/postgres.hpp"

#include "pg/catalog.hpp"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>

#include "core/base/nearest.hpp"
#include "pg/execute.hpp"
#include "pg/function.hpp"
#include "pg/spi.hpp"

namespace loupe::pg {
namespace {

using semantic::Catalog;
using semantic::CatalogColumn;
using semantic::CatalogTable;

// Schemas arrive as one JSON array of names and keep its order.
constexpr const char* kColumnsSql = R"sql(
SELECT c.oid, n.nspname, c.relname, c.relkind, pg_catalog.obj_description(c.oid, 'pg_class'),
       a.attname, pg_catalog.format_type(a.atttypid, a.atttypmod), a.atttypid, a.attnotnull,
       pg_catalog.col_description(c.oid, a.attnum)
FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb) WITH ORDINALITY AS s (name, place)
     JOIN pg_catalog.pg_namespace n ON n.nspname = s.name
     JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND NOT c.relispartition
      AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      AND pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT')
ORDER BY s.place, c.relname, a.attnum)sql";

// Key columns as JSON arrays of names, so that any name survives.
constexpr const char* kKeysSql = R"sql(
SELECT k.conrelid, k.contype, k.conname, k.confrelid,
       (SELECT pg_catalog.jsonb_agg(a.attname ORDER BY u.place)
        FROM pg_catalog.unnest(k.conkey) WITH ORDINALITY AS u (attnum, place)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum),
       (SELECT pg_catalog.jsonb_agg(a.attname ORDER BY u.place)
        FROM pg_catalog.unnest(k.confkey) WITH ORDINALITY AS u (attnum, place)
             JOIN pg_catalog.pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum)
FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb) AS s (name)
     JOIN pg_catalog.pg_namespace n ON n.nspname = s.name
     JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
     JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid
WHERE k.contype IN ('p', 'u', 'f')
ORDER BY k.conrelid, k.contype, k.conname)sql";

constexpr const char* kNamesSql = R"sql(
SELECT c.relname
FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb) AS s (name)
     JOIN pg_catalog.pg_namespace n ON n.nspname = s.name
     JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
      AND pg_catalog.has_schema_privilege(n.oid, 'USAGE')
      AND pg_catalog.has_any_column_privilege(c.oid, 'SELECT')
ORDER BY c.relname)sql";

constexpr const char* kSchemasSql = R"sql(
SELECT n.nspname FROM pg_catalog.pg_namespace n
WHERE pg_catalog.has_schema_privilege(n.oid, 'USAGE') AND n.nspname !~ '^pg_'
      AND n.nspname <> 'information_schema'
ORDER BY n.nspname)sql";

std::string JsonArrayOf(const std::vector<std::string>& names) {
  Json array = Json::MakeArray();
  for (const std::string& name : names) array.Append(name);
  return array.Dump();
}

std::vector<std::string> NamesOf(const SpiSession::Value& array) {
  std::vector<std::string> names;
  if (!array) return names;
  const Json parsed = ValueOrThrow(ParseJson(*array));
  for (const Json& name : parsed.items()) names.push_back(name.AsString());
  return names;
}

Oid OidOf(const std::string& digits) {
  return static_cast<Oid>(std::strtoul(digits.c_str(), nullptr, 10));
}

CatalogColumn ColumnOf(const SpiSession::Row& row) {
  CatalogColumn column;
  column.name = *row[5];
  column.sql_type = *row[6];
  column.type = ClassifyType(OidOf(*row[7]));
  column.not_null = *row[8] == "t";
  column.comment = row[9].value_or("");
  return column;
}

bool HasAllColumns(const CatalogTable& table, const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(),
                     [&](const std::string& name) { return table.FindColumn(name) != nullptr; });
}

}  // namespace

Catalog ReadCatalog(const std::vector<std::string>& schemas) {
  SpiSession spi(SpiSession::Mode::kReadOnly);
  const std::string names = JsonArrayOf(schemas);
  Catalog catalog;
  std::unordered_map<std::string, std::size_t> index_of;  // by OID as text
  for (const SpiSession::Row& row : spi.Query(kColumnsSql, {names})) {
    const auto [place, is_new] = index_of.try_emplace(*row[0], catalog.tables.size());
    if (is_new) {
      CatalogTable table;
      table.schema = *row[1];
      table.name = *row[2];
      table.kind = row[3]->front();
      table.comment = row[4].value_or("");
      catalog.tables.push_back(std::move(table));
    }
    catalog.tables[place->second].columns.push_back(ColumnOf(row));
  }
  for (const SpiSession::Row& row : spi.Query(kKeysSql, {names})) {
    const auto found = index_of.find(*row[0]);
    if (found == index_of.end()) continue;
    CatalogTable& table = catalog.tables[found->second];
    std::vector<std::string> columns = NamesOf(row[4]);
    if (!HasAllColumns(table, columns)) continue;  // a part of the key is hidden from the caller
    const char type = row[1]->front();
    if (type == 'p') {
      table.primary_key = std::move(columns);
    } else if (type == 'u') {
      table.unique_keys.push_back(std::move(columns));
    } else if (const auto target = index_of.find(*row[3]); target != index_of.end()) {
      const CatalogTable& parent = catalog.tables[target->second];
      std::vector<std::string> target_columns = NamesOf(row[5]);
      if (!HasAllColumns(parent, target_columns)) continue;
      table.foreign_keys.push_back(
          {*row[2], std::move(columns), parent.schema, parent.name, std::move(target_columns)});
    }
  }
  return catalog;
}

void CheckSchemas(const std::vector<std::string>& schemas) {
  SpiSession spi(SpiSession::Mode::kReadOnly);
  std::vector<std::string> known;
  for (const SpiSession::Row& row : spi.Query(kSchemasSql)) known.push_back(*row[0]);
  for (const std::string& schema : schemas) {
    if (std::find(known.begin(), known.end(), schema) != known.end()) continue;
    throw StatusError{Status(Code::kInvalidArgument,
                             "schema \"" + schema + "\" does not exist or may not be used")
                          .WithHint(NearestNameHint(schema, known))};
  }
}

std::vector<std::string> RelationNames(const std::vector<std::string>& schemas) {
  SpiSession spi(SpiSession::Mode::kReadOnly);
  std::vector<std::string> names;
  for (const SpiSession::Row& row : spi.Query(kNamesSql, {JsonArrayOf(schemas)})) {
    names.push_back(*row[0]);
  }
  return names;
}

}  // namespace loupe::pg

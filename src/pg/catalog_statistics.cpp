// The part of catalog.hpp that reads what ANALYZE found out, and looks itself where it has not
// been.
#include "pg/postgres.hpp"

extern "C" {
#include "storage/lmgr.h"
}

#include "pg/catalog.hpp"

#include <charconv>
#include <map>
#include <utility>

#include "core/semantic/sql_types.hpp"
#include "core/sql/printer.hpp"
#include "pg/function.hpp"
#include "pg/spi.hpp"

namespace loupe::pg {
namespace {

// The distinct values are a share of the rows when they are negative; -1 says that none came twice.
// An array of any type has a text form that an array of texts reads.
constexpr const char* kStatisticsSql = R"sql(
SELECT s.schemaname, s.tablename, s.attname, s.n_distinct = -1,
       CASE WHEN s.n_distinct < 0 THEN -s.n_distinct * c.reltuples ELSE s.n_distinct END,
       pg_catalog.to_jsonb(
           coalesce(s.most_common_vals::pg_catalog.text::pg_catalog.text[], '{}')
           OPERATOR(pg_catalog.||)
           coalesce(s.histogram_bounds::pg_catalog.text::pg_catalog.text[], '{}'))
FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb) AS w (name)
     JOIN pg_catalog.pg_namespace n ON n.nspname = w.name
     JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
     JOIN pg_catalog.pg_stats s
         ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname
WHERE s.inherited = (c.relkind = 'p')
      AND a.atttypid IN ('pg_catalog.int2'::pg_catalog.regtype, 'pg_catalog.int4'::pg_catalog.regtype,
                         'pg_catalog.int8'::pg_catalog.regtype, 'pg_catalog.text'::pg_catalog.regtype,
                         'pg_catalog.varchar'::pg_catalog.regtype,
                         'pg_catalog.bpchar'::pg_catalog.regtype,
                         'pg_catalog.uuid'::pg_catalog.regtype))sql";

// Tables that may be counted, the smallest first. Rows that a policy may hide are nobody's
// statistics.
constexpr const char* kCountableSql = R"sql(
SELECT n.nspname, c.relname, c.oid, pg_catalog.pg_relation_size(c.oid)
FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb) AS w (name)
     JOIN pg_catalog.pg_namespace n ON n.nspname = w.name
     JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid
WHERE c.relkind = 'r' AND NOT c.relrowsecurity
      AND pg_catalog.pg_relation_size(c.oid) BETWEEN 1 AND $2::pg_catalog.int8
ORDER BY 4, 1, 2)sql";

constexpr std::int64_t kMaxCountedBytes = 4 << 20;   // of all tables together
constexpr const char* kMaxCountedTable = "1048576";  // bytes
constexpr std::size_t kCountedFields = 3;            // of each column

using TablesByName = std::map<std::pair<std::string, std::string>, semantic::CatalogTable*>;

template <typename Number>
Number NumberOf(const SpiSession::Value& digits) {
  Number number = 0;
  if (digits) std::from_chars(digits->data(), digits->data() + digits->size(), number);
  return number;
}

void AddTexts(const SpiSession::Value& array, std::vector<std::string>* texts) {
  if (!array) return;
  const Json values = ValueOrThrow(ParseJson(*array));
  for (const Json& value : values.items()) {
    if (value.IsString()) texts->push_back(value.AsString());
  }
}

semantic::ColumnStatistics StatisticsOf(const SpiSession::Row& row) {
  semantic::ColumnStatistics statistics;
  statistics.is_unique = row[3] == "t";
  statistics.distinct = NumberOf<double>(row[4]);
  AddTexts(row[5], &statistics.values);
  return statistics;
}

bool IsCounted(const semantic::CatalogColumn& column) {
  const semantic::SqlType type = semantic::ClassifyType(column.sql_type);
  return type == semantic::SqlType::kSmallInteger || type == semantic::SqlType::kInteger ||
         type == semantic::SqlType::kBigInteger || type == semantic::SqlType::kText;
}

bool HasStatistics(const semantic::CatalogTable& table) {
  for (const semantic::CatalogColumn& column : table.columns) {
    if (column.statistics) return true;
  }
  return false;
}

// SELECT count(*), then for each column its number of different values, some of them, and the
// smallest and the largest, between which ANALYZE would have found the others.
std::string CountSql(const semantic::CatalogTable& table) {
  const std::string from =
      sql::QuoteIdentifier(table.schema) + "." + sql::QuoteIdentifier(table.name);
  std::string text = "SELECT pg_catalog.count(*)";
  for (const semantic::CatalogColumn& column : table.columns) {
    if (!IsCounted(column)) continue;
    const std::string name = sql::QuoteIdentifier(column.name);
    text += ", pg_catalog.count(DISTINCT " + name + "), (SELECT pg_catalog.jsonb_agg(v) FROM" +
            " (SELECT DISTINCT " + name + "::pg_catalog.text AS v FROM " + from + " WHERE " + name +
            " IS NOT NULL LIMIT 100) AS d), pg_catalog.jsonb_build_array(pg_catalog.min(" + name +
            ")::pg_catalog.text, pg_catalog.max(" + name + ")::pg_catalog.text)";
  }
  return text + " FROM " + from;
}

void Count(semantic::CatalogTable* table, SpiSession* spi) {
  const std::vector<SpiSession::Row> rows = spi->Query(ToServer(CountSql(*table)));
  const SpiSession::Row& row = rows.at(0);
  const auto count = NumberOf<std::int64_t>(row[0]);
  std::size_t field = 1;
  for (semantic::CatalogColumn& column : table->columns) {
    if (!IsCounted(column)) continue;
    semantic::ColumnStatistics statistics;
    statistics.distinct = NumberOf<double>(row[field]);
    statistics.is_unique = count > 0 && statistics.distinct == static_cast<double>(count);
    AddTexts(row[field + 1], &statistics.values);
    if (statistics.distinct > static_cast<double>(statistics.values.size())) {
      AddTexts(row[field + 2], &statistics.values);
    }
    column.statistics = std::move(statistics);
    field += kCountedFields;
  }
}

// What was loaded a moment ago has no statistics: small tables are counted as they are. A table
// that somebody has locked is left alone.
void CountUnanalyzed(const Json& schemas, const TablesByName& tables, SpiSession* spi) {
  std::int64_t left = kMaxCountedBytes;
  for (const SpiSession::Row& row : spi->Query(kCountableSql, {schemas.Dump(), kMaxCountedTable})) {
    const auto table = tables.find({*row[0], *row[1]});
    if (table == tables.end() || HasStatistics(*table->second)) continue;
    left -= NumberOf<std::int64_t>(row[3]);
    if (left < 0) return;
    if (!ConditionalLockRelationOid(NumberOf<Oid>(row[2]), AccessShareLock)) continue;
    Count(table->second, spi);
  }
}

}  // namespace

void AddStatistics(const std::vector<std::string>& schemas, semantic::Catalog* catalog) {
  TablesByName tables;
  for (semantic::CatalogTable& table : catalog->tables) {
    tables[{table.schema, table.name}] = &table;
  }
  Json names = Json::MakeArray();
  for (const std::string& schema : schemas) names.Append(schema);
  SpiSession spi(SpiSession::Mode::kReadOnly);
  for (const SpiSession::Row& row : spi.Query(kStatisticsSql, {names.Dump()})) {
    const auto table = tables.find({*row[0], *row[1]});
    if (table == tables.end()) continue;
    for (semantic::CatalogColumn& column : table->second->columns) {
      if (column.name == *row[2]) column.statistics = StatisticsOf(row);
    }
  }
  CountUnanalyzed(names, tables, &spi);
}

}  // namespace loupe::pg

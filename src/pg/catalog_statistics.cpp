// The part of catalog.hpp that reads what ANALYZE found out.
#include "pg/postgres.hpp"

#include "pg/catalog.hpp"

#include <charconv>
#include <map>
#include <utility>

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

semantic::ColumnStatistics StatisticsOf(const SpiSession::Row& row) {
  semantic::ColumnStatistics statistics;
  statistics.is_unique = row[3] == "t";
  if (row[4]) {
    const std::string& digits = *row[4];
    std::from_chars(digits.data(), digits.data() + digits.size(), statistics.distinct);
  }
  const Json values = ValueOrThrow(ParseJson(*row[5]));
  for (const Json& value : values.items()) {
    if (value.IsString()) statistics.values.push_back(value.AsString());
  }
  return statistics;
}

}  // namespace

void AddStatistics(const std::vector<std::string>& schemas, semantic::Catalog* catalog) {
  std::map<std::pair<std::string, std::string>, semantic::CatalogTable*> tables;
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
}

}  // namespace loupe::pg

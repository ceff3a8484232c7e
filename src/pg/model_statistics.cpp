#include "pg/postgres.hpp"

#include "pg/model_statistics.hpp"

#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include "core/base/json.hpp"
#include "pg/spi.hpp"

namespace loupe::pg {
namespace {

// Tables with the columns that matter, as {"schema", "table", "columns"}; pg_stats shows the columns
// that the caller may read. A negative n_distinct is a share of the rows.
constexpr const char* kStatisticsSql = R"sql(
SELECT w.place, c.reltuples, a.attname, s.n_distinct,
       EXISTS (SELECT FROM pg_catalog.pg_index i
               WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL
                     AND i.indkey[0] = a.attnum)
FROM pg_catalog.jsonb_array_elements($1::pg_catalog.jsonb) WITH ORDINALITY AS w (wanted, place)
     JOIN pg_catalog.pg_namespace n ON n.nspname = w.wanted ->> 'schema'
     JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = w.wanted ->> 'table'
     JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
          AND w.wanted -> 'columns' OPERATOR(pg_catalog.?) a.attname::pg_catalog.text
     LEFT JOIN pg_catalog.pg_stats s
          ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname = a.attname
             AND s.inherited = (c.relkind = 'p')
WHERE pg_catalog.has_column_privilege(c.oid, a.attnum, 'SELECT'))sql";

using ColumnsOf = std::map<std::string, std::set<std::string>>;  // by entity

// The columns of joins, on both sides, and those of time dimensions.
ColumnsOf WantedColumns(const semantic::Model& model) {
  ColumnsOf wanted;
  for (const semantic::Entity& entity : model.entities) {
    for (const semantic::Join& join : entity.joins) {
      for (const auto& [from, to] : join.columns) {
        wanted[entity.name].insert(from);
        wanted[join.entity].insert(to);
      }
    }
    for (const semantic::Dimension& dimension : entity.dimensions) {
      const bool is_time = dimension.type == semantic::DimensionType::kTime;
      if (is_time && !dimension.column.empty()) wanted[entity.name].insert(dimension.column);
    }
  }
  return wanted;
}

Json WantedTables(const semantic::Model& model) {
  const ColumnsOf wanted = WantedColumns(model);
  Json tables = Json::MakeArray();
  for (const semantic::Entity& entity : model.entities) {
    Json columns = Json::MakeArray();
    const auto found = wanted.find(entity.name);
    if (found != wanted.end()) {
      for (const std::string& column : found->second) columns.Append(column);
    }
    tables.Append(Json::Of(
        {{"schema", entity.schema}, {"table", entity.table}, {"columns", std::move(columns)}}));
  }
  return tables;
}

}  // namespace

void ReadStatistics(semantic::Model* model) {
  SpiSession spi(SpiSession::Mode::kReadOnly);
  for (const SpiSession::Row& row : spi.Query(kStatisticsSql, {WantedTables(*model).Dump()})) {
    const auto place = static_cast<std::size_t>(std::strtoull(row[0]->c_str(), nullptr, 10)) - 1;
    semantic::Statistics& statistics = model->entities.at(place).statistics;
    statistics.rows = std::strtod(row[1]->c_str(), nullptr);
    if (row[4] == "t") statistics.indexed.push_back(*row[2]);
    if (!row[3]) continue;
    const double distinct = std::strtod(row[3]->c_str(), nullptr);
    statistics.distinct.emplace_back(*row[2],
                                     distinct < 0 ? -distinct * statistics.rows : distinct);
  }
}

}  // namespace loupe::pg

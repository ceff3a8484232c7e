#include "pg/postgres.hpp"

#include "pg/ask_values.hpp"

#include <optional>

#include "core/sql/printer.hpp"
#include "pg/execute.hpp"
#include "pg/model_store.hpp"
#include "pg/validate/judge.hpp"

namespace loupe::pg {
namespace {

// SELECT entity, dimension, v.value::text, c.place
// FROM (SELECT DISTINCT t.column AS value FROM table AS t) AS v
//      JOIN (VALUES (0, 'first'), …) AS c (place, word) ON lower(v.value::text) = lower(c.word)
sql::Select ColumnLookup(const semantic::Entity& entity, const semantic::Dimension& dimension,
                         const std::vector<std::string>& candidates) {
  sql::Select distinct;
  distinct.distinct = true;
  distinct.items.push_back({sql::Column("t", dimension.column), "value"});
  distinct.from.push_back(sql::TableRef(entity.schema, entity.table, "t"));

  sql::FromItem words;
  words.join = sql::JoinType::kInner;
  words.alias = "c";
  words.column_aliases = {"place", "word"};
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    words.values.push_back(
        {sql::Integer(static_cast<std::int64_t>(i)), sql::String(candidates[i])});
  }
  const sql::Expr value = sql::Cast(sql::Column("v", "value"), "text");
  words.on.push_back(sql::Binary("=", sql::Call("lower", {value}),
                                 sql::Call("lower", {sql::Column("c", "word")})));

  sql::Select lookup;
  lookup.items = {{sql::String(entity.name), "entity"},
                  {sql::String(dimension.name), "dimension"},
                  {value, "value"},
                  {sql::Column("c", "place"), "place"}};
  lookup.from.push_back(sql::SubqueryRef(std::move(distinct), "v"));
  lookup.from.push_back(std::move(words));
  return lookup;
}

std::optional<sql::Select> Lookup(const semantic::Model& model,
                                  const std::vector<std::string>& candidates) {
  std::vector<sql::Select> branches;
  for (const semantic::Entity& entity : model.entities) {
    for (const semantic::Dimension& dimension : entity.dimensions) {
      const bool is_text = dimension.type == semantic::DimensionType::kString &&
                           !dimension.column.empty() && dimension.is_public;
      if (is_text && branches.size() < kMaxValueColumns) {
        branches.push_back(ColumnLookup(entity, dimension, candidates));
      }
    }
  }
  if (branches.empty()) return std::nullopt;
  sql::Select all = std::move(branches.front());
  all.union_all.assign(std::make_move_iterator(branches.begin() + 1),
                       std::make_move_iterator(branches.end()));
  return all;
}

}  // namespace

std::vector<ask::ValueMatch> ServerValueSource::Lookup(
    const std::vector<std::string>& candidates) const {
  std::vector<ask::ValueMatch> matches;
  const std::optional<sql::Select> query = pg::Lookup(model_, candidates);
  if (candidates.empty() || !query) return matches;
  ExecuteOptions options;
  options.purpose = "ask";
  options.schemas = SchemasOf(model_);
  options.row_limit = RowLimitMode::kTruncate;
  options.max_sql_bytes = kMaxCompiledSql;
  options.timeout_ms = kValueLookupMs;
  RowSet rows;
  try {
    rows = Execute(sql::Print(*query), options).rows;
  } catch (const StatusError& error) {
    // The gate rolled its subtransaction back: going on without values is safe, and is said.
    if (error.status.code() != Code::kGateTimeLimit) throw;
    timed_out_ = true;
  }
  for (const std::vector<Json>& row : rows.rows) {
    matches.push_back({row[0].AsString(), row[1].AsString(), row[2].AsString(),
                       static_cast<std::size_t>(row[3].AsInteger())});
  }
  return matches;
}

}  // namespace loupe::pg

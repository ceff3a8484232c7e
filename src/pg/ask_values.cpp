#include "pg/postgres.hpp"

#include "pg/ask_values.hpp"

#include <iterator>

#include "core/sql/printer.hpp"
#include "pg/execute.hpp"
#include "pg/model_store.hpp"

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

std::vector<sql::Select> Lookups(const semantic::Model& model,
                                 const std::vector<std::string>& candidates) {
  std::vector<sql::Select> lookups;
  for (const semantic::Entity& entity : model.entities) {
    // What rules hide from the caller is not looked up either: a value that is known would tell.
    if (!entity.is_public || !entity.row_filters.empty()) continue;
    for (const semantic::Dimension& dimension : entity.dimensions) {
      const bool is_text = dimension.type == semantic::DimensionType::kString &&
                           !dimension.column.empty() && dimension.is_public && !dimension.is_masked;
      if (is_text && lookups.size() < kMaxValueColumns) {
        lookups.push_back(ColumnLookup(entity, dimension, candidates));
      }
    }
  }
  return lookups;
}

std::string UnionAll(std::vector<sql::Select> lookups) {
  sql::Select all = std::move(lookups.front());
  all.union_all.assign(std::make_move_iterator(lookups.begin() + 1),
                       std::make_move_iterator(lookups.end()));
  return sql::Print(all);
}

}  // namespace

void ServerValueSource::Collect(const std::string& sql,
                                std::vector<ask::ValueMatch>* matches) const {
  ExecuteOptions options;
  options.purpose = "ask";
  options.schemas = SchemasOf(model_);
  options.row_limit = RowLimitMode::kTruncate;
  options.origin = SqlOrigin::kCompiled;
  options.timeout_ms = kValueLookupMs;
  for (const std::vector<Json>& row : Execute(sql, options).rows.rows) {
    matches->push_back({row[0].AsString(), row[1].AsString(), row[2].AsString(),
                        static_cast<std::size_t>(row[3].AsInteger())});
  }
}

std::vector<ask::ValueMatch> ServerValueSource::Lookup(
    const std::vector<std::string>& candidates) const {
  std::vector<ask::ValueMatch> matches;
  const std::vector<sql::Select> lookups = Lookups(model_, candidates);
  if (candidates.empty() || lookups.empty()) return matches;
  // The gate rolled its subtransaction back: going on without values is safe.
  try {
    Collect(UnionAll(lookups), &matches);
    return matches;
  } catch (const StatusError& error) {
    timed_out_ = error.status.code() == Code::kGateTimeLimit;  // which is said in the answer
    if (!timed_out_ && error.status.code() != Code::kGateRefused) throw;
  }
  if (timed_out_) return matches;
  // One of the relations may not be read that way, such as a view that calls a function which
  // nobody has approved; the others still may.
  for (const sql::Select& lookup : lookups) {
    try {
      Collect(sql::Print(lookup), &matches);
    } catch (const StatusError& error) {
      if (error.status.code() == Code::kGateTimeLimit) timed_out_ = true;
      if (!timed_out_ && error.status.code() != Code::kGateRefused) throw;
      if (timed_out_) break;
    }
  }
  return matches;
}

}  // namespace loupe::pg

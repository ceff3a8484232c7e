#include "pg/postgres.hpp"

#include "pg/ask_values.hpp"

#include <algorithm>
#include <bitset>
#include <climits>
#include <iterator>
#include <map>
#include <tuple>
#include <unordered_map>

#include "core/ask/near_value.hpp"
#include "core/sql/printer.hpp"
#include "pg/execute.hpp"
#include "pg/fold_text.hpp"
#include "pg/function.hpp"
#include "pg/model_store.hpp"
#include "pg/newest_snapshot.hpp"
#include "pg/value_index.hpp"
#include "pg/value_refresh.hpp"
#include "pg/value_scan.hpp"

namespace loupe::pg {

// A value by its places in the model.
struct ServerValueSource::Found {
  std::size_t entity = 0;
  std::size_t dimension = 0;
  std::size_t candidate = 0;
  std::string value;

  [[nodiscard]] auto Key() const { return std::tie(entity, dimension, candidate, value); }
  bool operator<(const Found& other) const { return Key() < other.Key(); }
  bool operator==(const Found& other) const { return Key() == other.Key(); }
};

// Where the values of each table are looked for.
struct ServerValueSource::Plan {
  std::vector<StatedTable> scanned;
  // Entity and dimension by column of the tables that the index knows.
  std::multimap<std::pair<Oid, AttrNumber>, std::pair<std::size_t, std::size_t>> places;
  std::vector<TextTable> queried;

  void AddIndexed(const TextTable& table) {
    for (const TextColumn& column : table.columns) {
      places.emplace(std::make_pair(table.relation, column.number),
                     std::make_pair(table.entity, column.dimension));
    }
  }
};

namespace {

// SELECT entity, dimension, v.value::text, c.place
// FROM (SELECT DISTINCT t.column AS value FROM table AS t) AS v
//      JOIN (VALUES (0, 'first'), …) AS c (place, word) ON lower(v.value::text) = lower(c.word)
sql::Select ColumnLookup(const semantic::Entity& entity, std::size_t e, std::size_t d,
                         const std::vector<std::string>& candidates) {
  sql::Select distinct;
  distinct.distinct = true;
  distinct.items.push_back({sql::Column("t", entity.dimensions[d].column), "value"});
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
  lookup.items = {{sql::Integer(static_cast<std::int64_t>(e)), "entity"},
                  {sql::Integer(static_cast<std::int64_t>(d)), "dimension"},
                  {value, "value"},
                  {sql::Column("c", "place"), "place"}};
  lookup.from.push_back(sql::SubqueryRef(std::move(distinct), "v"));
  lookup.from.push_back(std::move(words));
  return lookup;
}

std::vector<sql::Select> LookupsOf(const semantic::Model& model,
                                   const std::vector<TextTable>& tables,
                                   const std::vector<std::string>& candidates) {
  std::vector<sql::Select> lookups;
  for (const TextTable& table : tables) {
    for (const TextColumn& column : table.columns) {
      if (lookups.size() >= kMaxValueColumns) return lookups;
      lookups.push_back(
          ColumnLookup(model.entities[table.entity], table.entity, column.dimension, candidates));
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

double PagesOf(const std::vector<StatedTable>& tables) {
  double pages = 0;
  for (const StatedTable& table : tables) pages += table.second.pages;
  return pages;
}

char FoldedByte(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Candidates by their folded text in the database's encoding.
class FoldedCandidates {
 public:
  explicit FoldedCandidates(const std::vector<std::string>& candidates) {
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      std::string folded = FoldText(ToServer(candidates[i]));
      longest_ = std::max(longest_, folded.size());
      if (!folded.empty()) first_bytes_.set(static_cast<unsigned char>(folded.front()));
      if (folded.size() < lengths_.size()) lengths_.set(folded.size());
      by_text_.emplace(std::move(folded), i);
    }
  }

  // Bytes of the longest.
  [[nodiscard]] std::size_t longest() const { return longest_; }

  // Calls `visit` with the place of each candidate that a text equals when both are folded.
  template <class Visit>
  void Match(std::string_view text, const Visit& visit) const {
    if (!MayMatch(text)) return;
    const auto [first, last] = by_text_.equal_range(FoldText(text));
    for (auto match = first; match != last; ++match) visit(match->second);
  }

 private:
  // Most texts of a table are told apart by their length or first letter, before they are folded.
  [[nodiscard]] bool MayMatch(std::string_view text) const {
    if (text.empty()) return false;
    const bool length = text.size() >= lengths_.size() || lengths_.test(text.size());
    const bool byte = first_bytes_.test(static_cast<unsigned char>(FoldedByte(text.front())));
    return (length && byte) || !FoldsBytewise(text);
  }

  std::unordered_multimap<std::string, std::size_t> by_text_;
  std::bitset<UCHAR_MAX + 1> first_bytes_;
  std::bitset<64> lengths_;  // longer ones are not told apart
  std::size_t longest_ = 0;
};

}  // namespace

ServerValueSource::ServerValueSource(const ModelHandle& model)
    : model_(*model), is_narrowed_(model.is_narrowed()) {}
ServerValueSource::~ServerValueSource() = default;

const ServerValueSource::Plan& ServerValueSource::PlanOnce() const {
  if (plan_) return *plan_;
  plan_ = std::make_unique<Plan>();
  std::vector<StatedTable> stored;
  for (TextTable& table : TextTablesOf(model_)) {
    TableState state = StateOf(table.relation);
    if (state.is_stored) {
      stored.emplace_back(std::move(table), std::move(state));
    } else {
      plan_->queried.push_back(std::move(table));
    }
  }
  // Of a narrowed model the index was asked before; and where all is small, reading it on the spot
  // knows what was stored a moment ago.
  if (!is_narrowed_ && PagesOf(stored) <= kMaxScannedPages) {
    plan_->scanned = std::move(stored);
    return *plan_;
  }
  ValueIndex index;
  BringUpToDate(stored, &index);
  std::stable_sort(stored.begin(), stored.end(), [](const StatedTable& a, const StatedTable& b) {
    return a.second.pages < b.second.pages;
  });
  double scanned = 0;
  for (StatedTable& table : stored) {
    if (index.IsFresh(table.first, table.second)) {
      plan_->AddIndexed(table.first);
    } else if (scanned + table.second.pages <= kMaxScannedPages) {
      scanned += table.second.pages;
      plan_->scanned.push_back(std::move(table));
    } else if (index.Knows(table.first.relation)) {
      plan_->AddIndexed(table.first);
    } else {
      plan_->queried.push_back(std::move(table.first));
    }
  }
  return *plan_;
}

void ServerValueSource::ScanTables(const std::vector<std::string>& candidates,
                                   std::vector<Found>* found) const {
  const FoldedCandidates folded(candidates);
  const NewestSnapshot snapshot;
  for (const StatedTable& stated : PlanOnce().scanned) {
    const TextTable& table = stated.first;
    const auto show = [&](std::size_t column, std::string_view text) {
      folded.Match(text, [&](std::size_t candidate) {
        found->push_back({table.entity, table.columns[column].dimension, candidate,
                          FromServer(text.data(), text.size())});
      });
      return true;
    };
    // Folding may change the number of bytes, but not by that much.
    ScanTexts(table, stated.second, 2 * folded.longest(), show);
  }
}

// Adds the hits that are of columns of the plan; the candidate is each hit's own.
void ServerValueSource::TakeHits(const std::vector<IndexHit>& hits,
                                 std::vector<Found>* found) const {
  for (const IndexHit& hit : hits) {
    const auto [first, last] = PlanOnce().places.equal_range({hit.relation, hit.number});
    for (auto place = first; place != last; ++place) {
      found->push_back({place->second.first, place->second.second, hit.candidate, hit.value});
    }
  }
}

void ServerValueSource::ScanNear(const std::vector<std::string>& words,
                                 std::vector<Found>* found) const {
  const NewestSnapshot snapshot;
  for (const StatedTable& stated : PlanOnce().scanned) {
    const TextTable& table = stated.first;
    ScanTexts(table, stated.second, kMaxIndexedBytes,
              [&](std::size_t column, std::string_view text) {
                const std::string server = FoldText(text);
                const std::string folded = FromServer(server.data(), server.size());
                for (std::size_t i = 0; i < words.size(); ++i) {
                  if (!ask::HasNearWord(folded, words[i])) continue;
                  found->push_back({table.entity, table.columns[column].dimension, i,
                                    FromServer(text.data(), text.size())});
                }
                return true;
              });
  }
}

void ServerValueSource::Collect(const std::string& sql, std::vector<Found>* found) const {
  ExecuteOptions options;
  options.purpose = "ask";
  options.schemas = SchemasOf(model_);
  options.row_limit = RowLimitMode::kTruncate;
  options.origin = SqlOrigin::kCompiled;
  options.timeout_ms = kValueLookupMs;
  for (const std::vector<Json>& row : Execute(sql, options).rows.rows) {
    found->push_back({static_cast<std::size_t>(row[0].AsInteger()),
                      static_cast<std::size_t>(row[1].AsInteger()),
                      static_cast<std::size_t>(row[3].AsInteger()), row[2].AsString()});
  }
}

void ServerValueSource::QueryTables(const std::vector<std::string>& candidates,
                                    std::vector<Found>* found) const {
  const std::vector<sql::Select> lookups = LookupsOf(model_, PlanOnce().queried, candidates);
  if (lookups.empty()) return;
  // The gate rolled its subtransaction back: going on without values is safe.
  try {
    return Collect(UnionAll(lookups), found);
  } catch (const StatusError& error) {
    timed_out_ = error.status.code() == Code::kGateTimeLimit;  // which is said in the answer
    if (!timed_out_ && error.status.code() != Code::kGateRefused) throw;
  }
  if (timed_out_) return;
  // One of the relations may not be read that way, such as a view that calls a function which
  // nobody has approved; the others still may.
  for (const sql::Select& lookup : lookups) {
    try {
      Collect(sql::Print(lookup), found);
    } catch (const StatusError& error) {
      if (error.status.code() == Code::kGateTimeLimit) timed_out_ = true;
      if (!timed_out_ && error.status.code() != Code::kGateRefused) throw;
      if (timed_out_) break;
    }
  }
}

std::vector<ask::ValueMatch> ServerValueSource::MatchesOf(std::vector<Found> found) const {
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  std::vector<ask::ValueMatch> matches;
  for (Found& value : found) {
    const semantic::Entity& entity = model_.entities[value.entity];
    matches.push_back({entity.name, entity.dimensions[value.dimension].name, std::move(value.value),
                       value.candidate});
  }
  return matches;
}

std::vector<ask::ValueMatch> ServerValueSource::Lookup(
    const std::vector<std::string>& candidates) const {
  if (candidates.empty()) return {};
  std::vector<Found> found;
  ScanTables(candidates, &found);
  if (!PlanOnce().places.empty()) TakeHits(ValueIndex().Lookup(candidates), &found);
  QueryTables(candidates, &found);
  return MatchesOf(std::move(found));
}

std::vector<ask::ValueMatch> ServerValueSource::LookupNear(
    const std::vector<std::string>& words) const {
  std::vector<Found> found;
  ScanNear(words, &found);
  for (std::size_t i = 0; i < words.size() && !PlanOnce().places.empty(); ++i) {
    std::vector<IndexHit> hits = ValueIndex().LookupNear(words[i], ask::kMaxNearValues);
    for (IndexHit& hit : hits) hit.candidate = i;
    TakeHits(hits, &found);
  }
  return MatchesOf(std::move(found));
}

}  // namespace loupe::pg

#include "pg/postgres.hpp"

extern "C" {
#include "access/parallel.h"
#include "access/xact.h"
#include "access/xlog.h"
#include "common/hashfn.h"
#include "storage/lmgr.h"
#include "utils/inval.h"
#include "utils/timestamp.h"
}

#include "pg/value_index.hpp"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "core/ask/near_value.hpp"
#include "core/ask/value_trigrams.hpp"
#include "core/base/json.hpp"
#include "core/base/utf8.hpp"
#include "pg/as_owner.hpp"
#include "pg/fold_text.hpp"
#include "pg/function.hpp"
#include "pg/newest_snapshot.hpp"
#include "pg/own_table.hpp"
#include "pg/settings.hpp"
#include "pg/spi.hpp"
#include "pg/value_scan.hpp"

namespace loupe::pg {
namespace {

constexpr const char* kColumnsSql = R"sql(
SELECT relation, attribute, is_complete, storage, changes, value_count
FROM loupe.indexed_column ORDER BY relation, attribute)sql";

// A value that very many columns have tells nothing.
constexpr const char* kLookupSql = R"sql(
SELECT v.relation, v.attribute, v.value, c.place - 1
FROM pg_catalog.jsonb_array_elements_text($1::pg_catalog.jsonb) WITH ORDINALITY AS c (word, place)
     CROSS JOIN LATERAL (
         SELECT i.relation, i.attribute, i.value FROM loupe.indexed_value i
         WHERE pg_catalog.lower(i.value) COLLATE pg_catalog."C" = pg_catalog.lower(c.word)
         LIMIT $2::pg_catalog.int8) AS v)sql";

// Apart from the limit, or the planner would take reading all for cheaper.
constexpr const char* kNearSql = R"sql(
WITH near AS MATERIALIZED (
    SELECT i.relation, i.attribute, i.value FROM loupe.indexed_value i
    WHERE loupe._value_trigrams(i.value) @> $1::pg_catalog.int4[]
          OR loupe._value_trigrams(i.value) @> $2::pg_catalog.int4[])
SELECT relation, attribute, value FROM near LIMIT $3::pg_catalog.int8)sql";

constexpr const char* kKnownSql = R"sql(
SELECT pg_catalog.hashtextextended(value, 0) FROM loupe.indexed_value
WHERE relation = $1::pg_catalog.oid AND attribute = $2::pg_catalog.int2)sql";

constexpr const char* kAddSql = R"sql(
INSERT INTO loupe.indexed_value (relation, attribute, value)
SELECT $1::pg_catalog.oid, $2::pg_catalog.int2, t.value
FROM pg_catalog.jsonb_array_elements_text($3::pg_catalog.jsonb) AS t (value))sql";

constexpr const char* kRemoveSql = R"sql(
DELETE FROM loupe.indexed_value
WHERE relation = $1::pg_catalog.oid AND attribute = $2::pg_catalog.int2
      AND pg_catalog.hashtextextended(value, 0) = ANY ($3::pg_catalog.int8[]))sql";

constexpr const char* kNoteSql = R"sql(
INSERT INTO loupe.indexed_column AS c
    (relation, attribute, is_complete, storage, changes, value_count)
VALUES ($1::pg_catalog.oid, $2::pg_catalog.int2, $3::pg_catalog.bool, $4::pg_catalog.int8,
        $5::pg_catalog.int8, $6::pg_catalog.int8)
ON CONFLICT (relation, attribute) DO UPDATE
SET is_complete = excluded.is_complete, storage = excluded.storage, changes = excluded.changes,
    value_count = excluded.value_count, indexed_at = pg_catalog.now())sql";

constexpr const char* kSweepSql = R"sql(
WITH gone AS (
    DELETE FROM loupe.indexed_column i
    WHERE NOT EXISTS (
        SELECT FROM pg_catalog.pg_class c
             JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
        WHERE c.oid = i.relation AND a.attnum = i.attribute AND NOT a.attisdropped
              AND NOT c.relrowsecurity)
    RETURNING relation, attribute)
DELETE FROM loupe.indexed_value v USING gone AS g
WHERE v.relation = g.relation AND v.attribute = g.attribute)sql";

constexpr std::size_t kBatchBytes = std::size_t{64} << 10;  // of values that are written at once
constexpr std::size_t kMaxAlike = 2000;  // values with trigrams of a word that are looked at
constexpr std::int64_t kNotTried = -1;   // changes of no table
constexpr int kLooks = 256;              // texts between looks at the clock

// What this backend knows of loupe.indexed_column. The callback only notes that it is stale.
struct KnownState {
  Oid table = InvalidOid;
  bool is_current = false;
  std::vector<IndexedColumn> columns;  // by relation and number
};

KnownState* known;
bool has_callback;

void OnRelationChanged(Datum /*argument*/, Oid relation) {
  if (known != nullptr && (!OidIsValid(relation) || relation == known->table)) {
    known->is_current = false;
  }
}

std::int64_t NumberOf(const SpiSession::Value& digits) {
  std::int64_t number = 0;
  std::from_chars(digits->data(), digits->data() + digits->size(), number);
  return number;
}

SpiSession::Value ArrayOf(const std::vector<std::int32_t>& numbers) {
  std::string array;
  for (const std::int32_t number : numbers) {
    array += (array.empty() ? "{" : ",") + std::to_string(number);
  }
  return array + "}";
}

bool IsBefore(const IndexedColumn& column, Oid relation, AttrNumber number) {
  return column.relation != relation ? column.relation < relation : column.number < number;
}

// The extension's own statements over its own tables, which nobody else may touch.
std::vector<SpiSession::Row> QueryAsOwner(SpiSession::Mode mode, const char* sql,
                                          const std::vector<SpiSession::Value>& parameters = {}) {
  const Oid table = known->table;
  const AsOwner owner(Call([&]() noexcept { return OwnerOf(table); }));
  SpiSession spi(mode);
  return spi.Query(sql, parameters);
}

std::vector<SpiSession::Row> Read(const char* sql,
                                  const std::vector<SpiSession::Value>& parameters = {}) {
  const NewestSnapshot snapshot;
  return QueryAsOwner(SpiSession::Mode::kReadOnly, sql, parameters);
}

void Write(const char* sql, const std::vector<SpiSession::Value>& parameters = {}) {
  (void)QueryAsOwner(SpiSession::Mode::kReadWrite, sql, parameters);
}

// One column while its table is read anew.
class ColumnRefresh {
 public:
  ColumnRefresh(Oid relation, AttrNumber number, std::int64_t max_values);

  // Takes a text that was found; false when no more are taken.
  bool Take(std::string_view text);
  // Writes what is left, removes what was not found when all was read, and notes the state.
  void Finish(const TableState& state, bool is_whole, Refreshed* refreshed);

 private:
  void Flush();

  SpiSession::Value relation_;
  SpiSession::Value number_;
  std::int64_t max_values_;
  std::unordered_set<std::int64_t> old_;   // hashes of what is kept
  std::unordered_set<std::int64_t> seen_;  // and of what was found
  Json batch_ = Json::MakeArray();
  std::size_t batch_bytes_ = 0;
  std::int64_t added_ = 0;
  bool is_full_ = false;
};

ColumnRefresh::ColumnRefresh(Oid relation, AttrNumber number, std::int64_t max_values)
    : relation_(std::to_string(relation)),
      number_(std::to_string(number)),
      max_values_(std::min(max_values, kMaxIndexedValues)) {
  for (const SpiSession::Row& row : Read(kKnownSql, {relation_, number_})) {
    old_.insert(NumberOf(row[0]));
  }
}

bool ColumnRefresh::Take(std::string_view text) {
  const auto hash = static_cast<std::int64_t>(hash_bytes_extended(
      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()), 0));
  if (seen_.count(hash) > 0) return true;
  is_full_ = is_full_ || static_cast<std::int64_t>(seen_.size()) >= max_values_;
  if (is_full_) return false;
  seen_.insert(hash);
  if (old_.count(hash) > 0) return true;
  std::string value = FromServer(text.data(), text.size());
  if (!IsValidUtf8(value)) return true;
  batch_bytes_ += value.size();
  batch_.Append(std::move(value));
  ++added_;
  if (batch_bytes_ > kBatchBytes) Flush();
  return true;
}

void ColumnRefresh::Flush() {
  if (batch_.items().empty()) return;
  Write(kAddSql, {relation_, number_, batch_.Dump()});
  batch_ = Json::MakeArray();
  batch_bytes_ = 0;
}

void ColumnRefresh::Finish(const TableState& state, bool is_whole, Refreshed* refreshed) {
  Flush();
  const bool is_complete = is_whole && !is_full_;
  std::string gone;
  for (const std::int64_t hash : old_) {
    if (!is_complete || seen_.count(hash) > 0) continue;
    gone += (gone.empty() ? "{" : ",") + std::to_string(hash);
    ++refreshed->removed;
  }
  if (!gone.empty()) Write(kRemoveSql, {relation_, number_, gone + "}"});
  // What a part of the table shows comes on top of what was known.
  const auto count = static_cast<std::int64_t>(is_complete ? seen_.size() : old_.size() + added_);
  Write(kNoteSql,
        {relation_, number_, is_complete ? "true" : "false", std::to_string(state.storage),
         std::to_string(state.changes), std::to_string(count)});
  refreshed->value_count += count;
  refreshed->added += added_;
  if (!is_complete) refreshed->end = Refreshed::End::kPartial;
}

// The columns of a table that the index takes.
TextTable IndexedPart(const TextTable& table) {
  TextTable part = {table.relation, table.entity, {}};
  for (const TextColumn& column : table.columns) {
    if (IsSaidType(column.type)) part.columns.push_back(column);
  }
  return part;
}

}  // namespace

ValueIndex::ValueIndex() {
  if (known == nullptr) known = new KnownState();
  const Oid table = Call([]() noexcept {
    if (!has_callback) CacheRegisterRelcacheCallback(OnRelationChanged, 0);
    has_callback = true;
    AcceptInvalidationMessages();
    return FindOwnTable("indexed_column");
  });
  if (table == known->table && known->is_current) return;
  known->table = table;
  Reload();
}

void ValueIndex::Reload() {
  known->is_current = true;  // what changes from here on makes it stale again
  known->columns.clear();
  if (!OidIsValid(known->table)) return;
  for (const SpiSession::Row& row : Read(kColumnsSql)) {
    known->columns.push_back({static_cast<Oid>(NumberOf(row[0])),
                              static_cast<AttrNumber>(NumberOf(row[1])), *row[2] == "t",
                              NumberOf(row[3]), NumberOf(row[4]), NumberOf(row[5])});
  }
}

const IndexedColumn* ValueIndex::Find(Oid relation, AttrNumber number) const {
  const auto found = std::lower_bound(
      known->columns.begin(), known->columns.end(), relation,
      [&](const IndexedColumn& column, Oid wanted) { return IsBefore(column, wanted, number); });
  const bool is_it =
      found != known->columns.end() && found->relation == relation && found->number == number;
  return is_it ? &*found : nullptr;
}

bool ValueIndex::Knows(Oid relation) const {
  const auto found = std::lower_bound(
      known->columns.begin(), known->columns.end(), relation,
      [](const IndexedColumn& column, Oid wanted) { return column.relation < wanted; });
  return found != known->columns.end() && found->relation == relation;
}

bool ValueIndex::IsTried(const TextTable& table, const TableState& state) const {
  if (!state.counts_changes && !RecoveryInProgress()) return false;
  return std::all_of(table.columns.begin(), table.columns.end(), [&](const TextColumn& column) {
    if (!IsSaidType(column.type)) return true;
    const IndexedColumn* found = Find(table.relation, column.number);
    // A standby counts no changes: what the primary has indexed is as new as its rows.
    return found != nullptr && found->storage == state.storage &&
           (found->changes == state.changes || RecoveryInProgress());
  });
}

bool ValueIndex::IsFresh(const TextTable& table, const TableState& state) const {
  return IsTried(table, state) &&
         std::all_of(table.columns.begin(), table.columns.end(), [&](const TextColumn& column) {
           const IndexedColumn* found = Find(table.relation, column.number);
           return found == nullptr || found->is_complete;
         });
}

std::vector<IndexHit> ValueIndex::Lookup(const std::vector<std::string>& candidates) const {
  std::vector<IndexHit> hits;
  if (!OidIsValid(known->table) || candidates.empty()) return hits;
  Json words = Json::MakeArray();
  for (const std::string& candidate : candidates) words.Append(candidate);
  for (SpiSession::Row& row : Read(kLookupSql, {words.Dump(), std::to_string(kMaxIndexHits)})) {
    hits.push_back({static_cast<Oid>(NumberOf(row[0])), static_cast<AttrNumber>(NumberOf(row[1])),
                    std::move(*row[2]), static_cast<std::size_t>(NumberOf(row[3]))});
  }
  return hits;
}

std::vector<IndexHit> ValueIndex::LookupNear(const std::string& word, std::size_t limit) const {
  std::vector<IndexHit> hits;
  if (!OidIsValid(known->table)) return hits;
  const auto [head, tail] = ask::SurvivorsOf(word);
  const std::vector<SpiSession::Row> rows =
      Read(kNearSql, {ArrayOf(head), ArrayOf(tail), std::to_string(kMaxAlike + 1)});
  if (rows.size() > kMaxAlike) return hits;
  for (const SpiSession::Row& row : rows) {
    const std::string folded = FoldText(ToServer(*row[2]));
    if (!ask::HasNearWord(FromServer(folded.data(), folded.size()), word)) continue;
    hits.push_back({static_cast<Oid>(NumberOf(row[0])), static_cast<AttrNumber>(NumberOf(row[1])),
                    *row[2], 0});
  }
  if (hits.size() > limit) hits.clear();
  return hits;
}

bool ValueIndex::MayWrite() const {
  return OidIsValid(known->table) && !XactReadOnly && !RecoveryInProgress() &&
         !IsInParallelMode() && !InSecurityRestrictedOperation();
}

bool ValueIndex::Lock(Wait wait) const {
  const bool locked = Call([&]() noexcept {
    if (wait == Wait::kNo) {
      return ConditionalLockRelationOid(known->table, ShareUpdateExclusiveLock);
    }
    LockRelationOid(known->table, ShareUpdateExclusiveLock);
    return true;
  });
  return locked;
}

Refreshed ValueIndex::Refresh(const TextTable& table, const TableState& state,
                              std::int64_t max_values, TimestampTz deadline) {
  const TextTable part = IndexedPart(table);
  std::vector<ColumnRefresh> columns;
  columns.reserve(part.columns.size());
  for (const TextColumn& column : part.columns) {
    columns.emplace_back(part.relation, column.number, max_values);
  }
  // A table that began late gets another chance.
  const bool had_time =
      deadline == 0 || TimestampDifferenceMilliseconds(GetCurrentTimestamp(), deadline) >=
                           CurrentSettings().ask_index_time_ms / 2;
  int looks = 0;
  ScanEnd end = ScanEnd::kWhole;
  {
    const NewestSnapshot snapshot;
    end = ScanTexts(part, state, kMaxIndexedBytes, [&](std::size_t column, std::string_view text) {
      columns[column].Take(text);
      return deadline == 0 || ++looks % kLooks != 0 || GetCurrentTimestamp() < deadline;
    });
  }
  Refreshed refreshed;
  if (end == ScanEnd::kLocked) {
    refreshed.end = Refreshed::End::kLocked;
    return refreshed;
  }
  TableState noted = state;
  if (end == ScanEnd::kCut && !had_time) noted.changes = kNotTried;
  for (ColumnRefresh& column : columns) {
    column.Finish(noted, end == ScanEnd::kWhole, &refreshed);
  }
  return refreshed;
}

void ValueIndex::Sweep() { Write(kSweepSql); }

void ValueIndex::Publish() {
  Call([]() noexcept { CacheInvalidateRelcacheByRelid(known->table); });
  Reload();
}

std::int64_t ValueIndex::value_count() const {
  std::int64_t count = 0;
  for (const IndexedColumn& column : known->columns) count += column.value_count;
  return count;
}

}  // namespace loupe::pg

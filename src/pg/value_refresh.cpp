#include "pg/postgres.hpp"

extern "C" {
#include "access/xact.h"
#include "utils/timestamp.h"
}

#include "pg/value_refresh.hpp"

#include <algorithm>

#include "pg/settings.hpp"

namespace loupe::pg {
namespace {

// The transaction in which this session wrote the index by itself, until a later one has found it
// written. When that was rolled back, so would be the next, and the time is better saved.
TransactionId last_writer = InvalidTransactionId;
Oid last_written = InvalidOid;  // a relation

bool IsDue(const StatedTable& table, const ValueIndex& index) {
  return !index.IsTried(table.first, table.second);
}

bool MayRefresh(const std::vector<StatedTable>& tables, const ValueIndex& index) {
  if (CurrentSettings().ask_index_time_ms == 0 || IsolationUsesXactSnapshot()) return false;
  if (!index.MayWrite()) return false;
  if (std::none_of(tables.begin(), tables.end(),
                   [&](const StatedTable& table) { return IsDue(table, index); })) {
    return false;
  }
  const bool is_same = TransactionIdIsCurrentTransactionId(last_writer);
  return !OidIsValid(last_written) || is_same || index.Knows(last_written);
}

void RefreshInTime(const std::vector<StatedTable>& tables, ValueIndex* index) {
  const Settings settings = CurrentSettings();
  const TimestampTz start = GetCurrentTimestamp();
  const TimestampTz deadline = TimestampTzPlusMilliseconds(start, settings.ask_index_time_ms);
  std::int64_t left = settings.ask_index_values - index->value_count();
  bool has_written = false;
  for (const StatedTable& table : tables) {
    if (left <= 0 || GetCurrentTimestamp() >= deadline) break;
    if (!IsDue(table, *index)) continue;
    if (!has_written && !index->Lock(Wait::kNo)) return;
    has_written = true;
    const Refreshed refreshed = index->Refresh(table.first, table.second, left, deadline);
    left -= refreshed.added - refreshed.removed;
    if (refreshed.end != Refreshed::End::kLocked) last_written = table.first.relation;
  }
  if (!has_written) return;
  last_writer = GetTopTransactionIdIfAny();
  index->Publish();
}

}  // namespace

void BringUpToDate(const std::vector<StatedTable>& tables, ValueIndex* index) {
  if (MayRefresh(tables, *index)) RefreshInTime(tables, index);
}

}  // namespace loupe::pg

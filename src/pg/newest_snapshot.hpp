// What is committed now, and what this transaction has done, whatever the statement's own snapshot
// shows: for what a backend keeps beyond its transaction.
#ifndef LOUPE_PG_NEWEST_SNAPSHOT_HPP
#define LOUPE_PG_NEWEST_SNAPSHOT_HPP

#include "pg/boundary.hpp"

extern "C" {
#include "utils/snapmgr.h"
}

namespace loupe::pg {

// The newest snapshot is the active one for its lifetime.
class NewestSnapshot {
 public:
  NewestSnapshot()
      : snapshot_(Call([]() noexcept {
          PushActiveSnapshot(GetLatestSnapshot());
          return GetActiveSnapshot();
        })) {}
  // After an ERROR others may lie above it; the transaction's abort takes them all away.
  ~NewestSnapshot() {
    if (ActiveSnapshotSet() && GetActiveSnapshot() == snapshot_) PopActiveSnapshot();
  }
  NewestSnapshot(const NewestSnapshot&) = delete;
  NewestSnapshot& operator=(const NewestSnapshot&) = delete;

 private:
  Snapshot snapshot_;
};

}  // namespace loupe::pg

#endif  // LOUPE_PG_NEWEST_SNAPSHOT_HPP

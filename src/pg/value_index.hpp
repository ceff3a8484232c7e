// The value index: distinct texts of stored tables, so that a question finds the columns in which a
// word is a value without reading every table.
//
//   loupe.indexed_column   one row a column: when it was read, and how the table was then
//   loupe.indexed_value    one row a value of a column
//
// Nobody but the owner of the tables may touch them: this code reads and writes them with the
// owner's rights. What is written are texts that a scan found (value_scan.hpp) in columns that the
// caller may read, so nobody can plant any; what is read is given out for columns that the caller
// may read. Tables that are not stored (text_table.hpp) have no entries, and entries from before a
// table got row-level security are not given out.
//
// An entry says that the value was there. A column is fresh while the counts of its table are those
// of when it was read.
//
// Tested by test/pgtap/72_ask_index.sql and test/server/ask_index.sh.
#ifndef LOUPE_PG_VALUE_INDEX_HPP
#define LOUPE_PG_VALUE_INDEX_HPP

#include "pg/boundary.hpp"

extern "C" {
#include "datatype/timestamp.h"
}

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "pg/text_table.hpp"

namespace loupe::pg {

constexpr std::size_t kMaxIndexedBytes = 200;        // of a value
constexpr std::int64_t kMaxIndexedValues = 100'000;  // of a column
constexpr std::int64_t kMaxIndexHits = 500;          // of a candidate

struct IndexedColumn {
  Oid relation = InvalidOid;
  AttrNumber number = 0;
  bool is_complete = false;  // false: there are more values than were kept
  std::int64_t storage = 0;  // of the table when it was read
  std::int64_t changes = 0;
  std::int64_t value_count = 0;
};

struct IndexHit {
  Oid relation = InvalidOid;
  AttrNumber number = 0;
  std::string value;  // as stored, in UTF-8
  std::size_t candidate = 0;
};

enum class Wait { kNo, kYes };

// What reading a table anew has done.
struct Refreshed {
  enum class End { kComplete, kPartial, kLocked };
  End end = End::kComplete;
  std::int64_t value_count = 0;
  std::int64_t added = 0;
  std::int64_t removed = 0;
};

class ValueIndex {
 public:
  // Reads the state of all columns, unless this backend knows it. Without the tables, as before an
  // update of the extension, nothing is indexed.
  ValueIndex();

  // What is known of a column; null when it is not indexed.
  [[nodiscard]] const IndexedColumn* Find(Oid relation, AttrNumber number) const;

  // Tells whether any column of the relation is indexed.
  [[nodiscard]] bool Knows(Oid relation) const;

  // Tells whether all columns that may be indexed were read as the table is now: to the end, or,
  // for Tried, as far as the limits went.
  [[nodiscard]] bool IsFresh(const TextTable& table, const TableState& state) const;
  [[nodiscard]] bool IsTried(const TextTable& table, const TableState& state) const;

  // Finds the values that equal a candidate (UTF-8) when case is ignored, whoever may read them.
  [[nodiscard]] std::vector<IndexHit> Lookup(const std::vector<std::string>& candidates) const;

  // Finds values that have a word which is `word` (UTF-8, lower case) or one slip away from it,
  // whoever may read them; nothing when there are more than `limit`.
  [[nodiscard]] std::vector<IndexHit> LookupNear(const std::string& word, std::size_t limit) const;

  // Tells whether this transaction may write the index.
  [[nodiscard]] bool MayWrite() const;

  // Keeps other writers out until the end of the transaction; false when one is at work and is not
  // waited for.
  [[nodiscard]] bool Lock(Wait wait) const;

  // Reads the table anew and keeps what its columns hold. Demands the lock. A deadline of 0 is
  // none; when it passes, what was found is kept. What is known of columns stays as it was until
  // Publish.
  Refreshed Refresh(const TextTable& table, const TableState& state, std::int64_t max_values,
                    TimestampTz deadline);

  // Removes what is of tables and columns that are not there any more or not stored; demands the
  // lock.
  void Sweep();

  // Makes what was written known here, and to others at the end of the transaction.
  void Publish();

  // Values of all columns together.
  [[nodiscard]] std::int64_t value_count() const;

 private:
  void Reload();
};

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALUE_INDEX_HPP

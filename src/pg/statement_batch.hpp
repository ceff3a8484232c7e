// How records of statements travel from a backend to the writer: one header, then the records, each
// a fixed part, then its texts, zero-terminated, padded to a multiple of 8 bytes.
//
//   BatchHeader │ PackedRecord project purpose sql rule application relation… │ PackedRecord …
//
// Texts are UTF-8 except the project and the application, which are in the database's encoding.
#ifndef LOUPE_PG_STATEMENT_BATCH_HPP
#define LOUPE_PG_STATEMENT_BATCH_HPP

#include "pg/boundary.hpp"

extern "C" {
#include "datatype/timestamp.h"
}

namespace loupe::pg {

struct BatchHeader {
  Oid database;
  int record_count;
  uint64 dropped;  // records lost since the last batch
  uint64 bytes;    // of the records behind the header
};

struct PackedRecord {
  uint64 bytes;  // of this record, texts and padding included
  TimestampTz at;
  int64 row_count;  // -1: none
  double duration_ms;
  Oid role;
  Oid session_role;
  int pid;
  int sqlstate;  // 0: none
  int relation_count;
  bool accepted;
};

}  // namespace loupe::pg

#endif  // LOUPE_PG_STATEMENT_BATCH_HPP

// How records of statements and of questions travel from a backend to the writer: one header, then
// the records, each a fixed part, then its texts, zero-terminated, padded to a multiple of 8 bytes.
//
//   BatchHeader │ PackedRecord text… │ PackedRecord text… │ …
//   a statement:  project purpose sql rule application relation…
//   a question:   project status engine model schemas question filters interpretation sql rows_hash
//
// Texts are UTF-8 except the project and the application, which are in the database's encoding.
// Schemas are a JSON array.
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

enum class RecordKind { kStatement, kQuestion };

constexpr int kStatementTexts = 5;  // before the relations

struct PackedRecord {
  uint64 bytes;  // of this record, texts and padding included
  RecordKind kind;
  TimestampTz at;
  int64 row_count;  // -1: none
  double duration_ms;
  int64 id;           // of a question; 0: none yet
  double confidence;  // of a question
  Oid role;
  Oid session_role;
  int pid;
  int sqlstate;  // 0: none
  int text_count;
  bool accepted;
};

}  // namespace loupe::pg

#endif  // LOUPE_PG_STATEMENT_BATCH_HPP

// RowReceiver: a DestReceiver that keeps rows as text in a memory context of its own, with limits.
//
// It is plain C: the executor calls it, so nothing here owns C++ objects or throws. Text is the
// types' own output in the database's encoding; the caller fixes the settings that shape it
// (DateStyle ISO, extra_float_digits 1) before the run.
//
// Memory: rows lie in chunks of the context, one palloc'd array of cstrings a row.
#ifndef LOUPE_PG_RECEIVER_HPP
#define LOUPE_PG_RECEIVER_HPP

#include "pg/postgres.hpp"

extern "C" {
#include "tcop/dest.h"
}

#include <cstdint>

namespace loupe::pg {

enum class ReceiverStop { kNone, kRows, kBytes };

struct RowReceiver {
  DestReceiver base;  // first: the server sees only this
  MemoryContext context;
  int natts;
  Oid* types;  // of each column
  char** names;
  char** type_names;  // as format_type prints them
  FmgrInfo* output;
  char*** rows;  // rows[i][column], null = SQL NULL
  std::int64_t row_count;
  std::int64_t row_capacity;
  std::int64_t max_rows;
  std::int64_t max_bytes;
  std::int64_t bytes;
  ReceiverStop stop;
};

// Makes a receiver in `context`; may raise an ERROR.
RowReceiver* MakeRowReceiver(MemoryContext context, std::int64_t max_rows, std::int64_t max_bytes);

}  // namespace loupe::pg

#endif  // LOUPE_PG_RECEIVER_HPP

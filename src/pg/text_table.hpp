// The tables whose texts a question may name, and what of them can be told without reading rows.
//
// A table is stored when its rows are the same for everybody who may read its columns and lie in
// this database: plain and partitioned tables and materialized views, without row-level security in
// any part. What else has rows (views, foreign tables, tables with row-level security) is read by a
// statement as the caller and never remembered.
//
// Tested by test/pgtap/72_ask_index.sql.
#ifndef LOUPE_PG_TEXT_TABLE_HPP
#define LOUPE_PG_TEXT_TABLE_HPP

#include "pg/boundary.hpp"

extern "C" {
#include "access/attnum.h"
}

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/semantic/model.hpp"

namespace loupe::pg {

struct TextColumn {
  AttrNumber number = 0;
  Oid type = InvalidOid;      // base type
  std::size_t dimension = 0;  // of the entity
};

struct TextTable {
  Oid relation = InvalidOid;
  std::size_t entity = 0;  // of the model
  std::vector<TextColumn> columns;
};

// The tables of a model with their public text dimensions, as far as the caller may read them; none
// that access rules narrow or mask: a value that is known would tell of what they hide.
[[nodiscard]] std::vector<TextTable> TextTablesOf(const semantic::Model& model);

// A table as it is now.
struct TableState {
  bool is_stored = false;
  const char* why_not = "";    // where it is not stored
  std::vector<Oid> parts;      // relations that hold the rows
  double pages = 0;            // of all parts, as the server last counted them
  std::int64_t storage = 0;    // another one when the rows were written anew
  std::int64_t changes = 0;    // rows that were ever inserted, updated or deleted
  bool counts_changes = true;  // false: no number tells whether rows have changed
};

// Reads catalogs and statistics alone. What a session has not reported yet, up to ten seconds after
// its commit, is missing from `changes`; the changes of this session are never missing.
[[nodiscard]] TableState StateOf(Oid relation);

// Tells whether the caller may SELECT the column.
[[nodiscard]] bool MayReadColumn(Oid relation, AttrNumber number);

// The type itself, or what a domain is over.
[[nodiscard]] Oid BaseTypeOf(Oid type);

// Tells whether values of the (base) type are texts or enumerated: what people say.
[[nodiscard]] bool IsSaidType(Oid type);

}  // namespace loupe::pg

#endif  // LOUPE_PG_TEXT_TABLE_HPP

// 64-bit hashes of SQL values for sketches (core/sketch/hash.hpp), the same on every server for the
// types named here; equal values have equal hashes.
//
//   smallint, integer, bigint, numeric, real, float8, boolean, oid   as numbers: 1 = 1.0 = true
//   text, varchar, character, name, enums          UTF-8 bytes; character without trailing blanks
//   bytea, uuid                                    bytes
//   date, time, timestamp, timestamptz             as the integer that the server keeps
//   timetz, interval                               two integers; 1 month = 30 days = 720 hours
//   any other                                      the type's extended hash function, hashed again
//
// Text under a nondeterministic collation is hashed by the server too, since equal texts there have
// different bytes.
//
// Tested by test/pgtap/46_sketch.sql.
#ifndef LOUPE_PG_VALUE_HASH_HPP
#define LOUPE_PG_VALUE_HASH_HPP

#include "pg/boundary.hpp"

#include <cstdint>

namespace loupe::pg {

// How the values of one argument of one call site are hashed.
struct ValueHasher;

// Gives the hasher of argument `index`, made at the first call and kept in fn_extra. Its type is
// the declared one, for a polymorphic argument the actual one, a domain's being that of its base.
// Throws kUndefinedFunction when the type has no hash function.
[[nodiscard]] ValueHasher* HasherOfArgument(FunctionCallInfo fcinfo, int index);

// Hashes a value that is not null. May throw; what it allocates stays in the current context.
[[nodiscard]] std::uint64_t HashValue(ValueHasher* hasher, Datum value);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALUE_HASH_HPP

// Names and fingerprints of functions and relations, as approvals keep them.
//
// A fingerprint is the SHA-256 of a description that changes whenever what the object does may
// change: for a function its CREATE statement, for an aggregate its support functions and types,
// for a foreign table its server, columns and options; always with the owner. It is made of names,
// so that pg_dump and pg_upgrade keep it. What a function calls in turn, and the library of a C
// function, are not part of it.
//
// Everything here is for use inside Call().
//
// Tested by test/pgtap/60_policy.sql.
#ifndef LOUPE_PG_OBJECT_IDENTITY_HPP
#define LOUPE_PG_OBJECT_IDENTITY_HPP

#include "pg/boundary.hpp"

namespace loupe::pg {

// Palloc'd texts in the database's encoding.
struct ObjectName {
  const char* schema = nullptr;  // null: there is no such object
  const char* name = nullptr;
  const char* argument_types = "";  // of a function: input types by full name, comma-separated
};

[[nodiscard]] ObjectName NameOfFunction(Oid function);
[[nodiscard]] ObjectName NameOfRelation(Oid relation);

// 64 hexadecimal digits, palloc'd; null when there is no such object.
[[nodiscard]] const char* FingerprintFunction(Oid function);
[[nodiscard]] const char* FingerprintRelation(Oid relation);

}  // namespace loupe::pg

#endif  // LOUPE_PG_OBJECT_IDENTITY_HPP

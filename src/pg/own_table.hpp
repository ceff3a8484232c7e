// Tables, sequences and schemas of the extension by name, as C code needs them: found again after
// DROP EXTENSION and CREATE EXTENSION in one session, never mistaken for a table that somebody else
// put in their place.
#ifndef LOUPE_PG_OWN_TABLE_HPP
#define LOUPE_PG_OWN_TABLE_HPP

#include "pg/boundary.hpp"

#include <string>

namespace loupe::pg {

// Finds table loupe.`name` when it belongs to the extension, else InvalidOid. For use inside
// Call(), in a transaction.
[[nodiscard]] Oid FindOwnTable(const char* name);

// The same for a sequence.
[[nodiscard]] Oid FindOwnSequence(const char* name);

// The schema that holds the extension's public functions; InvalidOid when it is not installed. For
// use inside Call(), in a transaction.
[[nodiscard]] Oid FindPublicSchema();

// Its name, or empty.
[[nodiscard]] std::string PublicSchemaName();

}  // namespace loupe::pg

#endif  // LOUPE_PG_OWN_TABLE_HPP

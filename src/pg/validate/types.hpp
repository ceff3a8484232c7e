// What the server calls for a value of a type without being asked: input and output, comparison and
// hashing, constraints of domains, canonical functions of ranges, and all that of the parts.
#ifndef LOUPE_PG_VALIDATE_TYPES_HPP
#define LOUPE_PG_VALIDATE_TYPES_HPP

#include "pg/validate/inspect.hpp"

namespace loupe::pg {

// Built-in types pass at once; a user's type is followed through its columns, elements and bases.
[[nodiscard]] bool InspectType(Oid type, Inspection* inspection);

// Whether printing a value of this type looks a name up in the catalogs, whoever may see it.
[[nodiscard]] bool NamesCatalogObjects(Oid type);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_TYPES_HPP

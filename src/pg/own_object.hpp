// What belongs to the extension: its members by the catalog, which only its owner can add to.
#ifndef LOUPE_PG_OWN_OBJECT_HPP
#define LOUPE_PG_OWN_OBJECT_HPP

#include "pg/boundary.hpp"

namespace loupe::pg {

// Whether the object of that system catalog (RelationRelationId, …) is a member of the extension.
// For use inside Call(), in a transaction.
[[nodiscard]] bool IsOwnObject(Oid catalog, Oid object);

}  // namespace loupe::pg

#endif  // LOUPE_PG_OWN_OBJECT_HPP

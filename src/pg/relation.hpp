// Relations that have rows to read: tables, views, materialized views, partitioned and foreign
// tables.
#ifndef LOUPE_PG_RELATION_HPP
#define LOUPE_PG_RELATION_HPP

#include "pg/boundary.hpp"

#include <string>

namespace loupe::pg {

// Whether relations of that kind (pg_class.relkind) have rows.
[[nodiscard]] bool HasRows(char kind);

// Finds the relation with rows of that name, else InvalidOid; whoever may read it.
[[nodiscard]] Oid FindRelation(const std::string& schema, const std::string& name);

}  // namespace loupe::pg

#endif  // LOUPE_PG_RELATION_HPP

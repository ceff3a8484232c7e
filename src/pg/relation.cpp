#include "pg/postgres.hpp"

extern "C" {
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "utils/lsyscache.h"
}

#include "pg/function.hpp"
#include "pg/relation.hpp"

namespace loupe::pg {

bool HasRows(char kind) {
  return kind == RELKIND_RELATION || kind == RELKIND_PARTITIONED_TABLE || kind == RELKIND_VIEW ||
         kind == RELKIND_MATVIEW || kind == RELKIND_FOREIGN_TABLE;
}

Oid FindRelation(const std::string& schema, const std::string& name) {
  const char* schema_name = ToServer(schema);
  const char* relation_name = ToServer(name);
  return Call([&]() noexcept {
    const Oid owner = get_namespace_oid(schema_name, true);
    const Oid relation = OidIsValid(owner) ? get_relname_relid(relation_name, owner) : InvalidOid;
    return OidIsValid(relation) && HasRows(get_rel_relkind(relation)) ? relation : InvalidOid;
  });
}

}  // namespace loupe::pg

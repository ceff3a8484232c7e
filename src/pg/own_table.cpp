#include "pg/postgres.hpp"

extern "C" {
#include "catalog/dependency.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "commands/extension.h"
#include "utils/lsyscache.h"
}

#include "pg/own_table.hpp"

namespace loupe::pg {

Oid FindOwnTable(const char* name) {
  const Oid schema = get_namespace_oid("loupe", true);
  if (!OidIsValid(schema)) return InvalidOid;
  const Oid table = get_relname_relid(name, schema);
  if (!OidIsValid(table) || get_rel_relkind(table) != RELKIND_RELATION) return InvalidOid;
  const Oid extension = get_extension_oid("pg_loupe", true);
  const bool is_own =
      OidIsValid(extension) && getExtensionOfObject(RelationRelationId, table) == extension;
  return is_own ? table : InvalidOid;
}

}  // namespace loupe::pg

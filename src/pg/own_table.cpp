#include "pg/postgres.hpp"

extern "C" {
#include "access/genam.h"
#include "access/table.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_extension.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
}

#include "pg/own_table.hpp"

#include "pg/function.hpp"
#include "pg/own_object.hpp"

namespace loupe::pg {
namespace {

Oid FindOwnRelation(const char* name, char kind) {
  const Oid schema = get_namespace_oid("loupe", true);
  if (!OidIsValid(schema)) return InvalidOid;
  const Oid relation = get_relname_relid(name, schema);
  if (!OidIsValid(relation) || get_rel_relkind(relation) != kind) return InvalidOid;
  return IsOwnObject(RelationRelationId, relation) ? relation : InvalidOid;
}

}  // namespace

Oid FindOwnTable(const char* name) { return FindOwnRelation(name, RELKIND_RELATION); }

Oid FindOwnSequence(const char* name) { return FindOwnRelation(name, RELKIND_SEQUENCE); }

Oid FindPublicSchema() {
  ScanKeyData key;
  ScanKeyInit(&key, Anum_pg_extension_extname, BTEqualStrategyNumber, F_NAMEEQ,
              CStringGetDatum("pg_loupe"));
  Relation extensions = table_open(ExtensionRelationId, AccessShareLock);
  SysScanDesc scan = systable_beginscan(extensions, ExtensionNameIndexId, true, nullptr, 1, &key);
  HeapTuple tuple = systable_getnext(scan);
  const Oid schema = HeapTupleIsValid(tuple)
                         ? reinterpret_cast<Form_pg_extension>(GETSTRUCT(tuple))->extnamespace
                         : InvalidOid;
  systable_endscan(scan);
  table_close(extensions, AccessShareLock);
  return schema;
}

std::string PublicSchemaName() {
  const char* name = Call([&]() noexcept -> const char* {
    const Oid schema = FindPublicSchema();
    return OidIsValid(schema) ? get_namespace_name(schema) : nullptr;
  });
  return name == nullptr ? "" : FromServer(name);
}

}  // namespace loupe::pg

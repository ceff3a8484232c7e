#include "pg/postgres.hpp"

extern "C" {
#include "access/genam.h"
#include "access/htup_details.h"
#include "access/relation.h"
#include "access/table.h"
#include "access/transam.h"
#include "catalog/catalog.h"
#include "catalog/namespace.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "catalog/pg_type.h"
#include "pgstat.h"
#include "storage/bufmgr.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/syscache.h"
}

#include "pg/text_table.hpp"

#include <map>

#include "pg/compat.hpp"
#include "pg/function.hpp"
#include "pg/policy.hpp"
#include "pg/relation.hpp"

namespace loupe::pg {
namespace {

using semantic::Dimension;
using semantic::Entity;

// The next column of a relation; its number is 0 when there is none. For use inside Call().
struct Attribute {
  AttrNumber number;
  Oid type;
  NameData name;
};

struct AttributeScan {
  Relation attributes;
  SysScanDesc scan;
};

AttributeScan BeginAttributes(Oid relation) {
  ScanKeyData key;
  ScanKeyInit(&key, Anum_pg_attribute_attrelid, BTEqualStrategyNumber, F_OIDEQ,
              ObjectIdGetDatum(relation));
  AttributeScan scan;
  scan.attributes = table_open(AttributeRelationId, AccessShareLock);
  scan.scan = systable_beginscan(scan.attributes, AttributeRelidNumIndexId, true, nullptr, 1, &key);
  return scan;
}

Attribute NextAttribute(const AttributeScan& scan) {
  Attribute found = {0, InvalidOid, {}};
  for (HeapTuple tuple = systable_getnext(scan.scan); HeapTupleIsValid(tuple);
       tuple = systable_getnext(scan.scan)) {
    const auto* row = reinterpret_cast<Form_pg_attribute>(GETSTRUCT(tuple));
    if (row->attnum <= 0 || row->attisdropped) continue;
    found = {row->attnum, getBaseType(row->atttypid), row->attname};
    break;
  }
  return found;
}

void EndAttributes(const AttributeScan& scan) {
  systable_endscan(scan.scan);
  table_close(scan.attributes, AccessShareLock);
}

bool IsShownText(const Entity& entity, const Dimension& dimension) {
  return dimension.type == semantic::DimensionType::kString && !dimension.column.empty() &&
         dimension.is_public && !dimension.is_masked && entity.is_public;
}

// The text dimensions of an entity by the names of their columns.
std::multimap<std::string, std::size_t> TextDimensions(const Entity& entity) {
  std::multimap<std::string, std::size_t> found;
  for (std::size_t d = 0; d < entity.dimensions.size(); ++d) {
    const Dimension& dimension = entity.dimensions[d];
    if (IsShownText(entity, dimension)) found.emplace(dimension.column, d);
  }
  return found;
}

void AddColumns(const Entity& entity, TextTable* table) {
  const std::multimap<std::string, std::size_t> wanted = TextDimensions(entity);
  if (wanted.empty()) return;
  const AttributeScan scan = Call([&]() noexcept { return BeginAttributes(table->relation); });
  while (true) {
    const Attribute found = Call([&]() noexcept { return NextAttribute(scan); });
    if (found.number == 0) break;
    const auto [first, last] = wanted.equal_range(FromServer(NameStr(found.name)));
    for (auto place = first; place != last; ++place) {
      if (!MayReadColumn(table->relation, found.number)) continue;
      table->columns.push_back({found.number, found.type, place->second});
    }
  }
  Call([&]() noexcept { EndAttributes(scan); });
}

// The functions below are for use inside Call().

// What the row of pg_class says.
struct ClassRow {
  bool exists;
  char kind;
  bool has_row_security;
  bool is_populated;
  bool is_other_temp;
  Oid storage;
  double pages;
};

ClassRow ReadClass(Oid relation) {
  HeapTuple tuple = SearchSysCache1(RELOID, ObjectIdGetDatum(relation));
  if (!HeapTupleIsValid(tuple)) return {};
  const auto* row = reinterpret_cast<Form_pg_class>(GETSTRUCT(tuple));
  const ClassRow found = {
      true,
      row->relkind,
      row->relrowsecurity,
      row->relispopulated,
      row->relpersistence == RELPERSISTENCE_TEMP && isOtherTempNamespace(row->relnamespace),
      row->relfilenode,
      static_cast<double>(row->relpages)};
  ReleaseSysCache(tuple);
  return found;
}

// A table that was empty, or not there, when it was last analysed may have grown. The lock is given
// back at once: a question may look at more tables than a transaction may lock.
double CountPages(Oid relation) {
  if (!ConditionalLockRelationOid(relation, AccessShareLock)) return 0;
  Relation opened = try_relation_open(relation, NoLock);
  if (opened == nullptr) {
    UnlockRelationOid(relation, AccessShareLock);
    return 0;
  }
  const double pages = RelationGetNumberOfBlocks(opened);
  relation_close(opened, AccessShareLock);
  return pages;
}

const char* WhyNotStored(Oid relation, const ClassRow& row) {
  if (!row.exists) return "it does not exist";
  if (row.has_row_security) return "row-level security";
  switch (row.kind) {
    case RELKIND_VIEW:
      return "a view keeps no rows";
    case RELKIND_FOREIGN_TABLE:
      return "a foreign table keeps its rows elsewhere";
    case RELKIND_MATVIEW:
      if (!row.is_populated) return "it is not populated";
      break;
    case RELKIND_RELATION:
    case RELKIND_PARTITIONED_TABLE:
      break;
    default:
      return "it keeps no rows";
  }
  if (row.is_other_temp) return "it belongs to another session";
  return relation < FirstNormalObjectId ? "it belongs to the system" : "";
}

struct Parts {
  Oid* relations;
  int count;
};

Parts FindParts(Oid relation) {
  List* found = has_subclass(relation) ? find_all_inheritors(relation, NoLock, nullptr)
                                       : list_make1_oid(relation);
  Parts parts = {static_cast<Oid*>(palloc(sizeof(Oid) * list_length(found))), list_length(found)};
  for (int i = 0; i < parts.count; ++i) parts.relations[i] = list_nth_oid(found, i);
  return parts;
}

// Rows that were inserted, updated or deleted; -1 when nothing counts them.
std::int64_t CountChanges(Oid relation) {
  if (!pgstat_track_counts) return -1;
  std::int64_t changes = PendingChanges(relation);
  const PgStat_StatTabEntry* entry = pgstat_fetch_stat_tabentry(relation);
  if (entry != nullptr) {
    changes += entry->tuples_inserted + entry->tuples_updated + entry->tuples_deleted;
  }
  return changes;
}

}  // namespace

std::vector<TextTable> TextTablesOf(const semantic::Model& model) {
  const PolicyLimits policy = CurrentPolicy();
  std::vector<TextTable> tables;
  for (std::size_t e = 0; e < model.entities.size(); ++e) {
    const Entity& entity = model.entities[e];
    const bool is_open = !entity.table.empty() && entity.row_filters.empty();
    if (!is_open || !AllowsSchema(policy, entity.schema)) continue;
    TextTable table = {FindRelation(entity.schema, entity.table), e, {}};
    if (OidIsValid(table.relation)) AddColumns(entity, &table);
    if (!table.columns.empty()) tables.push_back(std::move(table));
  }
  return tables;
}

TableState StateOf(Oid relation) {
  TableState state;
  state.why_not = Call([&]() noexcept { return WhyNotStored(relation, ReadClass(relation)); });
  if (*state.why_not != '\0') return state;
  const Parts parts = Call([&]() noexcept { return FindParts(relation); });
  for (int i = 0; i < parts.count; ++i) {
    const Oid part = parts.relations[i];
    const ClassRow row = Call([&]() noexcept { return ReadClass(part); });
    state.why_not = Call([&]() noexcept { return WhyNotStored(part, row); });
    if (*state.why_not != '\0') return state;
    state.storage = state.storage * 31 + static_cast<std::int64_t>(row.storage);
    if (row.kind == RELKIND_PARTITIONED_TABLE) continue;
    state.parts.push_back(part);
    state.pages += row.pages > 0 ? row.pages : Call([&]() noexcept { return CountPages(part); });
    const std::int64_t changes = Call([&]() noexcept { return CountChanges(part); });
    state.counts_changes = state.counts_changes && changes >= 0;
    state.changes += changes;
  }
  state.is_stored = true;
  return state;
}

bool MayReadColumn(Oid relation, AttrNumber number) {
  return Call([&]() noexcept {
    const Oid user = GetUserId();
    return pg_class_aclcheck(relation, user, ACL_SELECT) == ACLCHECK_OK ||
           pg_attribute_aclcheck(relation, number, user, ACL_SELECT) == ACLCHECK_OK;
  });
}

Oid BaseTypeOf(Oid type) {
  return Call([&]() noexcept { return getBaseType(type); });
}

bool IsSaidType(Oid type) {
  const char category = Call([&]() noexcept {
    char value = 0;
    bool preferred = false;
    get_type_category_preferred(type, &value, &preferred);
    return value;
  });
  return category == TYPCATEGORY_STRING || category == TYPCATEGORY_ENUM;
}

}  // namespace loupe::pg

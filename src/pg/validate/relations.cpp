#include "pg/postgres.hpp"

#include "pg/validate/relations.hpp"

extern "C" {
#include "access/sysattr.h"
#include "access/transam.h"
#include "catalog/catalog.h"
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "catalog/pg_inherits.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
}

#include "pg/compat.hpp"
#include "pg/policy.hpp"
#include "pg/validate/raw_tree.hpp"
#include "pg/validate/refuse.hpp"

#include <cstring>

namespace loupe::pg {
namespace {

const char* QualifiedName(Oid relation) {
  return quote_qualified_identifier(get_namespace_name(get_rel_namespace(relation)),
                                    get_rel_name(relation));
}

List* AppendOnce(List* strings, const char* text) {
  for (int i = 0; i < list_length(strings); ++i) {
    if (std::strcmp(static_cast<char*>(list_nth(strings, i)), text) == 0) return strings;
  }
  return lappend(strings, const_cast<char*>(text));
}

// Notes relation and columns; attribute 0 is the whole row.
void NoteNames(const Query* query, const RangeTblEntry* entry, const char* name, Verdict* verdict) {
  verdict->relations = AppendOnce(verdict->relations, name);
  const Bitmapset* selected = SelectedColumns(query, entry);
  for (int i = bms_next_member(selected, -1); i >= 0; i = bms_next_member(selected, i)) {
    const auto number = static_cast<AttrNumber>(i + FirstLowInvalidHeapAttributeNumber);
    const char* column = number == InvalidAttrNumber
                             ? "*"
                             : quote_identifier(get_attname(entry->relid, number, false));
    verdict->columns = AppendOnce(verdict->columns, psprintf("%s.%s", name, column));
  }
}

bool RefuseRelation(Oid relation, const char* rule, const char* name, const char* message,
                    const char* hint, Inspection* inspection) {
  inspection->verdict->location = FindRelationName(inspection->names, get_rel_name(relation));
  return Refuse(inspection->verdict, rule, name, message, hint);
}

bool IsSystemRelation(Oid relation) {
  if (relation < FirstNormalObjectId) return true;
  const Oid schema = get_rel_namespace(relation);
  return IsCatalogNamespace(schema) || IsToastNamespace(schema);
}

constexpr const char* kForeignHint =
    "Its owner or a superuser can approve it with loupe.approve_relation.";

// Partitions and inheritance children may be foreign tables though their parent is not.
bool InspectChildren(Oid relation, const char* name, Inspection* inspection) {
  if (!has_subclass(relation)) return true;
  const List* children = find_all_inheritors(relation, NoLock, nullptr);
  for (int i = 0; i < list_length(children); ++i) {
    const Oid child = list_nth_oid(children, i);
    if (get_rel_relkind(child) != RELKIND_FOREIGN_TABLE || IsApprovedRelation(child)) continue;
    return RefuseRelation(relation, "foreign_table", QualifiedName(child),
                          psprintf("\"%s\" has the foreign partition \"%s\", which is not approved",
                                   name, QualifiedName(child)),
                          kForeignHint, inspection);
  }
  return true;
}

bool InspectKind(Oid relation, const char* name, Inspection* inspection) {
  if (IsSystemRelation(relation)) {
    if (IsApprovedRelation(relation)) return true;
    return RefuseRelation(relation, "catalog", name,
                          psprintf("\"%s\" belongs to the system and is not data", name),
                          "Read from tables and views of your own schemas.", inspection);
  }
  switch (get_rel_relkind(relation)) {
    case RELKIND_RELATION:
    case RELKIND_PARTITIONED_TABLE:
      return InspectChildren(relation, name, inspection);
    case RELKIND_MATVIEW:
    case RELKIND_VIEW:  // its body is judged where it stands
      return true;
    case RELKIND_FOREIGN_TABLE:
      if (IsApprovedRelation(relation)) return true;
      return RefuseRelation(relation, "foreign_table", name,
                            psprintf("foreign table \"%s\" is not approved", name), kForeignHint,
                            inspection);
    default:
      return RefuseRelation(relation, "relation_kind", name,
                            psprintf("\"%s\" is not a table or view", name),
                            "Read from a table, a view or a materialized view.", inspection);
  }
}

bool InspectSchema(const Query* query, const RangeTblEntry* entry, const char* name,
                   Inspection* inspection) {
  const List* schemas = inspection->request->schemas;
  // A view of the caller's own, such as a temporary one, excuses nothing.
  const Oid user = CheckedAsUser(query, entry);
  const bool inside_view = OidIsValid(user) && user != GetUserId();
  if (!inspection->request->restricts_schemas || inside_view) return true;
  const Oid schema = get_rel_namespace(entry->relid);
  if (list_member_oid(schemas, schema)) return true;
  return RefuseRelation(
      entry->relid, "schema", name,
      psprintf("schema \"%s\" is not one that may be read here", get_namespace_name(schema)),
      "Read from the allowed schemas, or name this one in schemas.", inspection);
}

}  // namespace

bool InspectRelation(const Query* query, RangeTblEntry* entry, Inspection* inspection) {
  Verdict* verdict = inspection->verdict;
  const Oid relation = entry->relid;
  const char* name = QualifiedName(relation);
  NoteNames(query, entry, name, verdict);
  if (!list_member_oid(inspection->relations, relation)) {
    if (list_length(inspection->relations) >= inspection->request->limits->max_relations) {
      return Refuse(verdict, "relation_count", nullptr,
                    psprintf("statement reads more than %d relations",
                             inspection->request->limits->max_relations),
                    "Ask for less at once.");
    }
    if (!InspectKind(relation, name, inspection)) return false;
    inspection->relations = lappend_oid(inspection->relations, relation);
  }
  if (!InspectSchema(query, entry, name, inspection)) return false;
  if (MayRead(query, entry)) return true;
  verdict->stage = Stage::kAcl;
  return RefuseRelation(relation, "privilege", name, psprintf("permission denied for \"%s\"", name),
                        "Ask its owner for SELECT on what you want to read.", inspection);
}

}  // namespace loupe::pg

// What differs between PostgreSQL 15, 16, 17 and 18; PG_VERSION_NUM stands nowhere else.
#ifndef LOUPE_PG_COMPAT_HPP
#define LOUPE_PG_COMPAT_HPP

#include "pg/postgres.hpp"

extern "C" {
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif
#include "nodes/parsenodes.h"
#include "tcop/tcopprot.h"
}

extern "C" {
#include "executor/executor.h"
#include "nodes/nodeFuncs.h"
#include "parser/parse_relation.h"
#include "pgstat.h"
#include "utils/lsyscache.h"
#include "utils/regproc.h"
}

namespace loupe::pg {

// The callback type of the tree walkers: PostgreSQL 15 declares it without parameters.
#if PG_VERSION_NUM >= 160000
using TreeWalker = tree_walker_callback;
#else
using TreeWalker = bool (*)();
#endif

inline TreeWalker AsTreeWalker(bool (*walker)(Node*, void*)) {
  // By way of void(): the compilers' sign that the cast between function types is meant.
  return reinterpret_cast<TreeWalker>(reinterpret_cast<void (*)()>(walker));
}

// Splits a possibly qualified, possibly quoted name; raises an ERROR when it is not one.
inline List* SplitQualifiedName(const char* name) {
#if PG_VERSION_NUM >= 160000
  return stringToQualifiedNameList(name, nullptr);
#else
  return stringToQualifiedNameList(name);
#endif
}

// Runs a started query to its end. PostgreSQL 18 dropped the last argument of ExecutorRun.
inline void RunExecutor(QueryDesc* description) {
#if PG_VERSION_NUM >= 180000
  ExecutorRun(description, ForwardScanDirection, 0);
#else
  ExecutorRun(description, ForwardScanDirection, 0, true);
#endif
}

// The role whose rights count for a relation: InvalidOid = the caller's, else a view's owner.
inline Oid CheckedAsUser(const Query* query, const RangeTblEntry* entry) {
#if PG_VERSION_NUM >= 160000
  if (entry->perminfoindex == 0) return InvalidOid;
  return getRTEPermissionInfo(query->rteperminfos, const_cast<RangeTblEntry*>(entry))->checkAsUser;
#else
  (void)query;
  return entry->checkAsUser;
#endif
}

// Columns of a relation that the query reads, numbered from FirstLowInvalidHeapAttributeNumber.
inline const Bitmapset* SelectedColumns(const Query* query, const RangeTblEntry* entry) {
#if PG_VERSION_NUM >= 160000
  if (entry->perminfoindex == 0) return nullptr;
  return getRTEPermissionInfo(query->rteperminfos, const_cast<RangeTblEntry*>(entry))->selectedCols;
#else
  (void)query;
  return entry->selectedCols;
#endif
}

// Whether that role has the privileges that the query needs on the relation.
inline bool MayRead(const Query* query, RangeTblEntry* entry) {
#if PG_VERSION_NUM >= 160000
  if (entry->perminfoindex == 0) return true;
  return ExecCheckPermissions(NIL, list_make1(getRTEPermissionInfo(query->rteperminfos, entry)),
                              false);
#else
  (void)query;
  return ExecCheckRTPerms(list_make1(entry), false);
#endif
}

// The operator family and input type for which this is "<" or ">"; false when it is neither.
inline bool FindOrderingFamily(Oid oper, Oid* family, Oid* type) {
#if PG_VERSION_NUM >= 180000
  CompareType direction = COMPARE_INVALID;
#else
  int16 direction = 0;
#endif
  return get_ordering_op_properties(oper, family, type, &direction);
}

// Rows of a relation that this session has inserted, updated or deleted and not yet reported.
inline int64 PendingChanges(Oid relation) {
  const PgStat_TableStatus* pending = find_tabstat_entry(relation);
  if (pending == nullptr) return 0;
#if PG_VERSION_NUM >= 160000
  const PgStat_TableCounts& counts = pending->counts;
  int64 changes = counts.tuples_inserted + counts.tuples_updated + counts.tuples_deleted;
#else
  const PgStat_TableCounts& counts = pending->t_counts;
  int64 changes = counts.t_tuples_inserted + counts.t_tuples_updated + counts.t_tuples_deleted;
#endif
  for (const PgStat_TableXactStatus* level = pending->trans; level != nullptr;
       level = level->upper) {
    changes += level->tuples_inserted + level->tuples_updated + level->tuples_deleted;
  }
  return changes;
}

// Kinds of node that came with a later version: SQL/JSON in 16 and 17.
inline bool IsNewExpression([[maybe_unused]] const Node* node) {
#if PG_VERSION_NUM >= 170000
  if (IsA(node, JsonExpr)) return true;
#endif
#if PG_VERSION_NUM >= 160000
  return IsA(node, JsonValueExpr) || IsA(node, JsonConstructorExpr) || IsA(node, JsonIsPredicate);
#else
  return false;
#endif
}

inline bool IsNewStructure([[maybe_unused]] const Node* node) {
#if PG_VERSION_NUM >= 170000
  if (IsA(node, JsonBehavior) || IsA(node, JsonTablePath) || IsA(node, JsonTablePathScan) ||
      IsA(node, JsonTableSiblingJoin)) {
    return true;
  }
#endif
#if PG_VERSION_NUM >= 160000
  return IsA(node, JsonFormat) || IsA(node, JsonReturning);
#else
  return false;
#endif
}

// The grouping step is an entry of the range table from 18 on.
inline bool IsNewRangeTable([[maybe_unused]] RTEKind kind) {
#if PG_VERSION_NUM >= 180000
  return kind == RTE_GROUP;
#else
  return false;
#endif
}

// The expression behind a column of that entry; nullptr for any other.
inline Node* GroupedExpression([[maybe_unused]] const RangeTblEntry* entry,
                               [[maybe_unused]] AttrNumber number) {
#if PG_VERSION_NUM >= 180000
  if (entry->rtekind == RTE_GROUP) {
    return static_cast<Node*>(list_nth(entry->groupexprs, number - 1));
  }
#endif
  return nullptr;
}

// The jsonpath of JSON_VALUE, JSON_QUERY, JSON_EXISTS; nullptr for any other node.
inline Node* JsonPathOf([[maybe_unused]] Node* node) {
#if PG_VERSION_NUM >= 170000
  if (IsA(node, JsonExpr)) return reinterpret_cast<JsonExpr*>(node)->path_spec;
#endif
  return nullptr;
}

inline bool IsJsonTable([[maybe_unused]] const TableFunc* table) {
#if PG_VERSION_NUM >= 170000
  return table->functype == TFT_JSON_TABLE;
#else
  return false;
#endif
}

}  // namespace loupe::pg

#endif  // LOUPE_PG_COMPAT_HPP

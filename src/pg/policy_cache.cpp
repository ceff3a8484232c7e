#include "pg/postgres.hpp"

extern "C" {
#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/pg_type.h"
#include "datatype/timestamp.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/timestamp.h"
}

#include "pg/function.hpp"
#include "pg/own_table.hpp"
#include "pg/policy_cache.hpp"

#include <algorithm>
#include <cstring>
#include <iterator>

namespace loupe::pg {
namespace {

constexpr int kFirstRoom = 16;  // rows; doubled as needed

enum Table { kProject, kPolicy, kFunction, kRelation, kTableCount };
constexpr const char* kTableNames[kTableCount] = {"project", "policy", "approved_function",
                                                  "approved_relation"};

// The copy of this backend.
MemoryContext cache_context = nullptr;
PolicyTables cache;
bool is_loaded = false;
bool is_stale = false;        // set by the callback, at any time
Oid table_oids[kTableCount];  // of the tables that the copy was read from

// One scan over one table; values of the current row are asked for by column name.
struct Reader {
  Relation relation;
  SysScanDesc scan;
  HeapTuple tuple;
};

void Open(Reader* reader, Oid table) {
  reader->relation = table_open(table, AccessShareLock);
  // No snapshot given: the newest one, which parallel operations may take too.
  reader->scan = systable_beginscan(reader->relation, InvalidOid, false, nullptr, 0, nullptr);
}

bool Next(Reader* reader) {
  reader->tuple = systable_getnext(reader->scan);
  return HeapTupleIsValid(reader->tuple);
}

void Close(Reader* reader) {
  systable_endscan(reader->scan);
  table_close(reader->relation, AccessShareLock);
}

// False for NULL and for a column that a table of another version of the extension lacks.
bool Get(const Reader& reader, const char* column, Datum* value) {
  const AttrNumber number = get_attnum(RelationGetRelid(reader.relation), column);
  if (number == InvalidAttrNumber) return false;
  bool is_null = true;
  *value = heap_getattr(reader.tuple, number, RelationGetDescr(reader.relation), &is_null);
  return !is_null;
}

const char* GetText(const Reader& reader, const char* column) {
  Datum value = 0;
  return Get(reader, column, &value) ? TextDatumGetCString(value) : nullptr;
}

const char* GetName(const Reader& reader, const char* column) {
  Datum value = 0;
  return Get(reader, column, &value) ? pstrdup(NameStr(*DatumGetName(value))) : nullptr;
}

int64 GetInteger(const Reader& reader, const char* column, int64 if_null) {
  Datum value = 0;
  return Get(reader, column, &value) ? DatumGetInt64(value) : if_null;
}

// Months count 30 days, as they do when intervals are compared.
int64 GetMilliseconds(const Reader& reader, const char* column) {
  Datum value = 0;
  if (!Get(reader, column, &value)) return -1;
  const Interval* interval = DatumGetIntervalP(value);
  const int64 days = int64{interval->month} * DAYS_PER_MONTH + interval->day;
  return (days * USECS_PER_DAY + interval->time) / 1000;
}

void GetSchemas(const Reader& reader, PolicyRow* row) {
  row->schema_count = -1;
  row->schemas = nullptr;
  Datum value = 0;
  if (!Get(reader, "allowed_schemas", &value)) return;
  Datum* items = nullptr;
  deconstruct_array(DatumGetArrayTypeP(value), TEXTOID, -1, false, TYPALIGN_INT, &items, nullptr,
                    &row->schema_count);
  row->schemas = static_cast<const char**>(palloc(sizeof(char*) * (row->schema_count + 1)));
  for (int i = 0; i < row->schema_count; ++i) row->schemas[i] = TextDatumGetCString(items[i]);
}

bool ReadProject(const Reader& reader, ProjectRow* row) {
  row->id = GetInteger(reader, "id", 0);
  row->name = GetText(reader, "name");
  return row->name != nullptr;
}

bool ReadPolicy(const Reader& reader, PolicyRow* row) {
  Datum cost = 0;
  row->project_id = GetInteger(reader, "project_id", 0);
  row->role_name = GetName(reader, "role_name");
  row->max_cost = Get(reader, "max_cost", &cost) ? DatumGetFloat8(cost) : -1;
  row->statement_timeout_ms = GetMilliseconds(reader, "statement_timeout");
  row->plan_timeout_ms = GetMilliseconds(reader, "plan_timeout");
  row->max_rows = GetInteger(reader, "max_rows", -1);
  row->max_bytes = GetInteger(reader, "max_bytes", -1);
  row->work_mem = GetInteger(reader, "work_mem", -1);
  row->temp_limit = GetInteger(reader, "temp_limit", -1);
  row->memory_limit = GetInteger(reader, "memory_limit", -1);
  GetSchemas(reader, row);
  return true;
}

// A row that lacks what tells who approved what counts for nobody.
bool ReadApproval(const Reader& reader, ApprovalRow* row) {
  row->project_id = GetInteger(reader, "project_id", 0);
  row->schema = GetText(reader, "schema_name");
  row->approved_by = GetName(reader, "approved_by");
  row->fingerprint = GetText(reader, "fingerprint");
  return row->schema != nullptr && row->approved_by != nullptr && row->fingerprint != nullptr;
}

bool ReadFunction(const Reader& reader, ApprovalRow* row) {
  row->name = GetText(reader, "function_name");
  row->argument_types = GetText(reader, "argument_types");
  return ReadApproval(reader, row) && row->name != nullptr && row->argument_types != nullptr;
}

bool ReadRelation(const Reader& reader, ApprovalRow* row) {
  row->name = GetText(reader, "relation_name");
  row->argument_types = "";
  return ReadApproval(reader, row) && row->name != nullptr;
}

template <class Row>
RowList<Row> ReadRows(Oid table, bool (*read)(const Reader&, Row*)) {
  RowList<Row> list = {static_cast<Row*>(palloc(sizeof(Row) * kFirstRoom)), 0};
  int room = kFirstRoom;
  Reader reader;
  Open(&reader, table);
  while (Next(&reader)) {
    if (list.count == room) {
      room *= 2;
      list.rows = static_cast<Row*>(repalloc_huge(list.rows, sizeof(Row) * room));
    }
    if (read(reader, &list.rows[list.count])) ++list.count;
  }
  Close(&reader);
  return list;
}

int CompareRows(const void* left, const void* right) {
  return CompareApprovals(*static_cast<const ApprovalRow*>(left),
                          *static_cast<const ApprovalRow*>(right));
}

RowList<ApprovalRow> ReadApprovals(Oid table, bool (*read)(const Reader&, ApprovalRow*)) {
  const RowList<ApprovalRow> list = ReadRows(table, read);
  qsort(list.rows, list.count, sizeof(ApprovalRow), CompareRows);
  return list;
}

// Only marks: rows that somebody looks at must stay where they are.
void OnRelationChanged(Datum /*argument*/, Oid relation) {
  const bool is_ours =
      std::find(std::begin(table_oids), std::end(table_oids), relation) != std::end(table_oids);
  if (!OidIsValid(relation) || is_ours) is_stale = true;
}

void PrepareCache() {
  if (cache_context == nullptr) {
    cache_context = AllocSetContextCreate(TopMemoryContext, "loupe policy", ALLOCSET_DEFAULT_SIZES);
    CacheRegisterRelcacheCallback(OnRelationChanged, 0);
  }
  is_loaded = false;
  is_stale = false;
  cache = {};
  MemoryContextReset(cache_context);
}

// Without all four tables the answer is not kept: nothing would tell when they come into being.
bool FindTables() {
  bool found = true;
  for (int i = 0; i < kTableCount; ++i) {
    table_oids[i] = FindOwnTable(kTableNames[i]);
    found = found && OidIsValid(table_oids[i]);
  }
  return found;
}

}  // namespace

int CompareApprovals(const ApprovalRow& left, const ApprovalRow& right) {
  if (const int order = std::strcmp(left.schema, right.schema); order != 0) return order;
  if (const int order = std::strcmp(left.name, right.name); order != 0) return order;
  return std::strcmp(left.argument_types, right.argument_types);
}

const PolicyTables* ReadPolicyTables() {
  AcceptInvalidationMessages();
  if (is_loaded && !is_stale) return &cache;
  PrepareCache();
  if (!FindTables()) return &cache;
  MemoryContext caller = MemoryContextSwitchTo(cache_context);
  cache.projects = ReadRows(table_oids[kProject], ReadProject);
  cache.policies = ReadRows(table_oids[kPolicy], ReadPolicy);
  cache.functions = ReadApprovals(table_oids[kFunction], ReadFunction);
  cache.relations = ReadApprovals(table_oids[kRelation], ReadRelation);
  MemoryContextSwitchTo(caller);
  is_loaded = true;
  return &cache;
}

}  // namespace loupe::pg

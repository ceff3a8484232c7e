#include "pg/postgres.hpp"

extern "C" {
#include "catalog/pg_database.h"
#include "datatype/timestamp.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/syscache.h"
#include "utils/timestamp.h"
}

#include "pg/function.hpp"
#include "pg/object_identity.hpp"
#include "pg/policy.hpp"
#include "pg/policy_cache.hpp"

#include <algorithm>
#include <climits>
#include <cstring>

namespace loupe::pg {
namespace {

constexpr int64 kBytesPerKilobyte = 1024;
constexpr int kFingerprintSize = 65;  // 64 digits and a zero

const char* ProjectName() { return GetConfigOption("loupe.project", true, false); }

// 0 when there is none of that name.
int64 FindProject(const PolicyTables& tables, const char* name) {
  for (int i = 0; name != nullptr && i < tables.projects.count; ++i) {
    if (std::strcmp(tables.projects.rows[i].name, name) == 0) return tables.projects.rows[i].id;
  }
  return 0;
}

bool BindsCaller(const PolicyRow& row, int64 project) {
  if (row.project_id != 0 && row.project_id != project) return false;
  if (row.role_name == nullptr) return true;
  const Oid role = get_role_oid(row.role_name, true);
  return OidIsValid(role) && is_member_of_role_nosuper(GetUserId(), role);
}

Oid DatabaseOwner() {
  HeapTuple tuple = SearchSysCache1(DATABASEOID, ObjectIdGetDatum(MyDatabaseId));
  if (!HeapTupleIsValid(tuple)) return InvalidOid;
  const Oid owner = reinterpret_cast<Form_pg_database>(GETSTRUCT(tuple))->datdba;
  ReleaseSysCache(tuple);
  return owner;
}

bool CountsFor(Oid caller, const char* approved_by) {
  const Oid role = get_role_oid(approved_by, true);
  if (!OidIsValid(role)) return false;
  return role == caller || superuser_arg(role) || role == DatabaseOwner();
}

// Fingerprints of functions by OID, all forgotten when any function changes: printing a definition
// takes longer than judging most statements.
struct FingerprintEntry {
  Oid function;
  char fingerprint[kFingerprintSize];  // "": there is no such function
};
HTAB* fingerprints = nullptr;
bool fingerprints_watched = false;
bool fingerprints_stale = false;

void OnFunctionChanged(Datum /*argument*/, int /*cache*/, uint32 /*hash*/) {
  fingerprints_stale = true;
}

void PrepareFingerprints() {
  if (fingerprints != nullptr && !fingerprints_stale) return;
  if (!fingerprints_watched) CacheRegisterSyscacheCallback(PROCOID, OnFunctionChanged, 0);
  fingerprints_watched = true;
  HTAB* old = fingerprints;
  fingerprints = nullptr;
  if (old != nullptr) hash_destroy(old);
  HASHCTL control = {};
  control.keysize = sizeof(Oid);
  control.entrysize = sizeof(FingerprintEntry);
  fingerprints_stale = false;
  fingerprints = hash_create("loupe fingerprints", 64, &control, HASH_ELEM | HASH_BLOBS);
}

const char* KeptFingerprint(Oid function) {
  PrepareFingerprints();
  bool found = false;
  auto* entry =
      static_cast<FingerprintEntry*>(hash_search(fingerprints, &function, HASH_FIND, &found));
  if (found) return entry->fingerprint;
  const char* fingerprint = FingerprintFunction(function);
  if (fingerprint == nullptr || fingerprints_stale) return fingerprint;
  entry = static_cast<FingerprintEntry*>(hash_search(fingerprints, &function, HASH_ENTER, nullptr));
  strlcpy(entry->fingerprint, fingerprint, kFingerprintSize);
  return entry->fingerprint;
}

// What is approved, and how it is named and fingerprinted.
struct Kind {
  RowList<ApprovalRow> PolicyTables::*approvals;
  ObjectName (*name)(Oid);
  const char* (*fingerprint)(Oid);
};
constexpr Kind kFunctions = {&PolicyTables::functions, NameOfFunction, KeptFingerprint};
constexpr Kind kRelations = {&PolicyTables::relations, NameOfRelation, FingerprintRelation};

// Whether an approval of `object` counts for the caller and is of its definition as it stands.
bool FindApproval(const Kind& kind, Oid object, Oid caller) {
  const PolicyTables* tables = ReadPolicyTables();
  const RowList<ApprovalRow>& approvals = tables->*kind.approvals;
  if (approvals.count == 0) return false;
  const ObjectName name = kind.name(object);
  if (name.schema == nullptr) return false;
  const int64 project = FindProject(*tables, ProjectName());
  const ApprovalRow wanted = {name.schema, name.name, name.argument_types, 0, nullptr, nullptr};
  const ApprovalRow* end = approvals.rows + approvals.count;
  const ApprovalRow* row = std::lower_bound(
      static_cast<const ApprovalRow*>(approvals.rows), end, wanted,
      [](const ApprovalRow& a, const ApprovalRow& b) { return CompareApprovals(a, b) < 0; });
  for (; row != end && CompareApprovals(*row, wanted) == 0; ++row) {
    if (row->project_id != project || !CountsFor(caller, row->approved_by)) continue;
    const char* current = kind.fingerprint(object);
    if (current != nullptr && std::strcmp(row->fingerprint, current) == 0) return true;
  }
  return false;
}

// Leaves nothing behind: a statement may ask for each row, in a context that lives as long as it.
bool IsApproved(const Kind& kind, Oid object, Oid caller) {
  static MemoryContext scratch = nullptr;
  if (scratch == nullptr) {
    scratch = AllocSetContextCreate(TopMemoryContext, "loupe approval", ALLOCSET_DEFAULT_SIZES);
  }
  MemoryContext context = MemoryContextSwitchTo(scratch);
  const bool approved = FindApproval(kind, object, caller);
  MemoryContextSwitchTo(context);
  MemoryContextReset(scratch);
  return approved;
}

// Takes the smaller of both, where -1 is none.
template <class T>
void Restrict(T* limit, T other) {
  if (other >= 0 && (*limit < 0 || other < *limit)) *limit = other;
}

// -1 stays -1; a part of a kilobyte does not count, but a limit above 0 never becomes 0.
int64 Kilobytes(int64 bytes) {
  return bytes <= 0 ? bytes : std::max<int64>(bytes / kBytesPerKilobyte, 1);
}

void RestrictNumbers(PolicyLimits* limits, const PolicyRow& row) {
  Restrict(&limits->max_cost, row.max_cost);
  Restrict(&limits->statement_timeout_ms, static_cast<int>(row.statement_timeout_ms));
  Restrict(&limits->plan_timeout_ms, static_cast<int>(row.plan_timeout_ms));
  Restrict(&limits->max_rows, std::int64_t{row.max_rows});
  Restrict(&limits->max_bytes_kb, std::int64_t{Kilobytes(row.max_bytes)});
  Restrict(&limits->work_mem_kb, std::int64_t{Kilobytes(row.work_mem)});
  Restrict(&limits->temp_limit_kb, std::int64_t{Kilobytes(row.temp_limit)});
  Restrict(&limits->memory_limit_kb, std::int64_t{Kilobytes(row.memory_limit)});
}

void RestrictSchemas(PolicyLimits* limits, const PolicyRow& row) {
  if (row.schema_count < 0) return;
  std::vector<std::string> allowed;
  for (int i = 0; i < row.schema_count; ++i) {
    std::string schema = FromServer(row.schemas[i]);
    const auto& known = limits->schemas;
    if (!limits->has_schemas || std::find(known.begin(), known.end(), schema) != known.end()) {
      allowed.push_back(std::move(schema));
    }
  }
  limits->has_schemas = true;
  limits->schemas = std::move(allowed);
}

// The rows that bind the caller, palloc'd.
RowList<const PolicyRow*> BindingRows() {
  const PolicyTables* tables = ReadPolicyTables();
  const int64 project = FindProject(*tables, ProjectName());
  RowList<const PolicyRow*> binding = {palloc_array(const PolicyRow*, tables->policies.count + 1),
                                       0};
  for (int i = 0; i < tables->policies.count; ++i) {
    const PolicyRow* row = &tables->policies.rows[i];
    if (BindsCaller(*row, project)) binding.rows[binding.count++] = row;
  }
  return binding;
}

RowValue IntegerValue(std::int64_t limit, std::int64_t unit) {
  return limit < 0 ? RowValue()
                   : RowValue(Call([&]() noexcept { return Int64GetDatum(limit * unit); }));
}

RowValue IntervalValue(int milliseconds) {
  if (milliseconds < 0) return {};
  return Call([&]() noexcept {
    auto* interval = static_cast<Interval*>(palloc0(sizeof(Interval)));
    interval->time = int64{milliseconds} * 1000;
    return IntervalPGetDatum(interval);
  });
}

RowValue SchemasValue(const PolicyLimits& limits) {
  return limits.has_schemas ? RowValue(TextArrayDatum(limits.schemas)) : RowValue();
}

}  // namespace

PolicyLimits CurrentPolicy() {
  const RowList<const PolicyRow*> binding = Call([]() noexcept { return BindingRows(); });
  PolicyLimits limits;
  for (int i = 0; i < binding.count; ++i) {
    RestrictNumbers(&limits, *binding.rows[i]);
    RestrictSchemas(&limits, *binding.rows[i]);
  }
  return limits;
}

bool AllowsSchema(const PolicyLimits& policy, const std::string& schema) {
  return !policy.has_schemas ||
         std::find(policy.schemas.begin(), policy.schemas.end(), schema) != policy.schemas.end();
}

bool IsApprovedFunction(Oid function, Oid caller) {
  return IsApproved(kFunctions, function, caller);
}

bool IsApprovedRelation(Oid relation, Oid caller) {
  return IsApproved(kRelations, relation, caller);
}

LOUPE_FUNCTION(loupe_current_project) {
  const char* name = ProjectName();
  const int64 id = Call([&]() noexcept { return FindProject(*ReadPolicyTables(), name); });
  if (id == 0) {
    throw StatusError{
        Status(Code::kInvalidArgument,
               "project \"" + FromServer(name == nullptr ? "" : name) + "\" does not exist")
            .WithHint("SET loupe.project to \"default\" or to a known project.")};
  }
  return Call([&]() noexcept { return Int64GetDatum(id); });
}

LOUPE_FUNCTION(loupe_is_approved_function) {
  RequireArgument(fcinfo, 0, "function");
  return BoolGetDatum(Call([&]() noexcept { return IsApprovedFunction(PG_GETARG_OID(0)); }));
}

LOUPE_FUNCTION(loupe_is_approved_relation) {
  RequireArgument(fcinfo, 0, "relation");
  return BoolGetDatum(Call([&]() noexcept { return IsApprovedRelation(PG_GETARG_OID(0)); }));
}

LOUPE_FUNCTION(loupe_current_policy) {
  const PolicyLimits limits = CurrentPolicy();
  const RowValue cost = limits.max_cost < 0 ? RowValue() : RowValue(Call([&]() noexcept {
    return Float8GetDatum(limits.max_cost);
  }));
  return CompositeDatum(fcinfo,
                        {SchemasValue(limits), cost, IntervalValue(limits.statement_timeout_ms),
                         IntervalValue(limits.plan_timeout_ms), IntegerValue(limits.max_rows, 1),
                         IntegerValue(limits.max_bytes_kb, kBytesPerKilobyte),
                         IntegerValue(limits.work_mem_kb, kBytesPerKilobyte),
                         IntegerValue(limits.temp_limit_kb, kBytesPerKilobyte),
                         IntegerValue(limits.memory_limit_kb, kBytesPerKilobyte)});
}

}  // namespace loupe::pg

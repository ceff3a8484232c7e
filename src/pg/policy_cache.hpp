// The gate's tables as this backend keeps them: read once, read again after any change.
//
//   loupe.policy, approved_function, approved_relation, project
//        │ statement triggers: CacheInvalidateRelcacheByRelid
//        ▼
//   relcache callback marks the copy as stale ──▶ next ReadPolicyTables() reads all four again
//
// The invalidation travels as those of the catalogs do: to other backends and standbys at commit,
// to this backend at the end of a command and again when the (sub)transaction that made the change
// is rolled back. So rows of a failed transaction are never kept. Rows are read by the newest
// snapshot and without privileges or row-level security, as catalogs are.
//
// Tested by test/pgtap/60_policy.sql.
#ifndef LOUPE_PG_POLICY_CACHE_HPP
#define LOUPE_PG_POLICY_CACHE_HPP

#include "pg/boundary.hpp"

namespace loupe::pg {

struct ProjectRow {
  int64 id;
  const char* name;
};

// -1 stands for NULL in every number.
struct PolicyRow {
  int64 project_id;       // 0: every project
  const char* role_name;  // null: every role
  double max_cost;
  int64 statement_timeout_ms;
  int64 plan_timeout_ms;
  int64 max_rows;
  int64 max_bytes;
  int64 work_mem;
  int64 temp_limit;
  int64 memory_limit;
  int schema_count;  // -1: no schemas are named
  const char** schemas;
};

struct ApprovalRow {
  const char* schema;
  const char* name;
  const char* argument_types;  // "" for relations
  int64 project_id;
  const char* approved_by;
  const char* fingerprint;
};

template <class T>
struct RowList {
  T* rows;
  int count;
};

struct PolicyTables {
  RowList<ProjectRow> projects;
  RowList<PolicyRow> policies;
  RowList<ApprovalRow> functions;  // sorted by schema, name, argument types
  RowList<ApprovalRow> relations;  // likewise
};

// Gives the rows, in the database's encoding; valid until the next call. Without the tables there
// are no rows. For use inside Call(), in a transaction.
[[nodiscard]] const PolicyTables* ReadPolicyTables();

// Orders approvals by what they approve.
[[nodiscard]] int CompareApprovals(const ApprovalRow& left, const ApprovalRow& right);

}  // namespace loupe::pg

#endif  // LOUPE_PG_POLICY_CACHE_HPP

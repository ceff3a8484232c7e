// What the owner of the database allows: limits by role and project, approved functions and
// relations. The tables loupe.policy, loupe.approved_function and loupe.approved_relation hold it;
// they are read without regard to the caller's rights and kept until one of them changes.
//
// Tested by test/pgtap/60_policy.sql.
#ifndef LOUPE_PG_POLICY_HPP
#define LOUPE_PG_POLICY_HPP

#include "pg/boundary.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace loupe::pg {

// The strictest values of all rows that bind the caller; -1: no row restricts it.
struct PolicyLimits {
  double max_cost = -1;
  int statement_timeout_ms = -1;
  int plan_timeout_ms = -1;
  std::int64_t max_rows = -1;
  std::int64_t max_bytes_kb = -1;
  std::int64_t work_mem_kb = -1;
  std::int64_t temp_limit_kb = -1;  // 0: no temporary files
  std::int64_t memory_limit_kb = -1;
  bool has_schemas = false;          // whether a row names schemas
  std::vector<std::string> schemas;  // those that every such row allows; may be none
};

// Reads the limits that bind the current user in the project of loupe.project. A superuser is bound
// by rows for all roles alone. May throw; works in read-only transactions and on a standby.
[[nodiscard]] PolicyLimits CurrentPolicy();

// Tells whether relations of the schema may be read under these limits.
[[nodiscard]] bool AllowsSchema(const PolicyLimits& policy, const std::string& schema);

// Tells whether an approval in the project of loupe.project counts for `caller` and is of the
// definition as it stands. For use inside Call(), in parallel operations too. Inside a SECURITY
// DEFINER function the current user is the definer: who asks there has to name the caller.
[[nodiscard]] bool IsApprovedFunction(Oid function, Oid caller = GetUserId());
[[nodiscard]] bool IsApprovedRelation(Oid relation, Oid caller = GetUserId());

}  // namespace loupe::pg

#endif  // LOUPE_PG_POLICY_HPP

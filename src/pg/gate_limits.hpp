// The limits of one gated statement: of the settings, the policy and the caller's options the
// strictest.
#ifndef LOUPE_PG_GATE_LIMITS_HPP
#define LOUPE_PG_GATE_LIMITS_HPP

#include "pg/execute.hpp"

namespace loupe::pg {

struct GateLimits {
  int statement_timeout_ms = 0;  // 0 = none, as for the two below
  int plan_timeout_ms = 0;
  int lock_timeout_ms = 0;
  std::int64_t max_rows = 0;
  std::int64_t max_bytes_kb = 0;
  std::int64_t memory_kb = 0;               // 0 = none
  std::int64_t work_mem_kb = 0;             // of one sort or hash
  std::int64_t temp_limit_kb = 0;           // -1 = none
  double max_cost = 0;                      // as in JudgeRequest
  double cost_ceiling = 0;                  // by policy; 0 = none
  std::vector<std::string> search_schemas;  // where names are looked up
  bool restricts_schemas = false;           // nothing outside of them may be read
};

[[nodiscard]] GateLimits LimitsOf(const ExecuteOptions& options);

}  // namespace loupe::pg

#endif  // LOUPE_PG_GATE_LIMITS_HPP

#include "pg/postgres.hpp"

#include "pg/gate_limits.hpp"

#include <algorithm>

#include "pg/policy.hpp"
#include "pg/search_path.hpp"
#include "pg/settings.hpp"

namespace loupe::pg {
namespace {

// The smaller of two limits, where `none` and less mean that there is no limit.
template <class T>
T Stricter(T a, T b, T none) {
  if (a <= none) return b <= none ? a : b;
  return b <= none ? a : std::min(a, b);
}

void LimitSchemas(const ExecuteOptions& options, const PolicyLimits& policy, GateLimits* limits) {
  limits->search_schemas = options.schemas.empty() ? CallerSchemas() : options.schemas;
  limits->restricts_schemas = policy.has_schemas || options.scope == SchemaScope::kOnly;
  if (!policy.has_schemas) return;
  const auto is_forbidden = [&](const std::string& schema) {
    return std::find(policy.schemas.begin(), policy.schemas.end(), schema) == policy.schemas.end();
  };
  std::vector<std::string>& schemas = limits->search_schemas;
  schemas.erase(std::remove_if(schemas.begin(), schemas.end(), is_forbidden), schemas.end());
  // What the policy allows may be read by its full name though it is not on the caller's path.
  if (!options.schemas.empty()) return;
  for (const std::string& schema : policy.schemas) {
    if (std::find(schemas.begin(), schemas.end(), schema) == schemas.end()) {
      schemas.push_back(schema);
    }
  }
}

}  // namespace

GateLimits LimitsOf(const ExecuteOptions& options) {
  const Settings settings = CurrentSettings();
  const PolicyLimits policy = CurrentPolicy();
  GateLimits limits;
  limits.statement_timeout_ms =
      Stricter(Stricter(settings.statement_timeout_ms, options.timeout_ms, 0),
               policy.statement_timeout_ms, 0);
  limits.plan_timeout_ms = Stricter(settings.plan_timeout_ms, policy.plan_timeout_ms, 0);
  limits.lock_timeout_ms = settings.lock_timeout_ms;
  limits.max_rows = Stricter<std::int64_t>(
      options.max_rows == 0 ? settings.max_rows : options.max_rows, policy.max_rows, 0);
  limits.max_bytes_kb = Stricter<std::int64_t>(settings.max_bytes_kb, policy.max_bytes_kb, 0);
  limits.memory_kb = Stricter<std::int64_t>(settings.memory_limit_kb, policy.memory_limit_kb, 0);
  limits.work_mem_kb = Stricter<std::int64_t>(settings.work_mem_kb, policy.work_mem_kb, 0);
  limits.temp_limit_kb = Stricter<std::int64_t>(settings.temp_limit_kb, policy.temp_limit_kb, -1);
  limits.max_cost = options.limits_cost ? settings.max_cost : 0;
  limits.cost_ceiling = std::max(policy.max_cost, 0.0);
  LimitSchemas(options, policy, &limits);
  return limits;
}

}  // namespace loupe::pg

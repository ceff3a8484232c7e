// Plans what was judged and weighs the plan: a statement may cost a multiple of reading its tables.
#ifndef LOUPE_PG_VALIDATE_PLAN_HPP
#define LOUPE_PG_VALIDATE_PLAN_HPP

#include "pg/validate/judge.hpp"

namespace loupe::pg {

// The limit by request.max_cost: itself when above 0; when below 0, kBaseCost plus kCostPerScan
// times the cost of reading each table of the plan once; none when 0. Never above the ceiling.
[[nodiscard]] double CostLimit(const PlannedStmt* plan, const JudgeRequest& request);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_PLAN_HPP

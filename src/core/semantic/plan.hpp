// Plan: the third phase; which rows are aggregated, and how the results meet.
//
// Each measure is aggregated from the rows of its own entity, along joins that lead from many to
// one, so that no row is lost and none counts twice. The measures of one entity form a part:
//
//   orders.count, order_items.revenue by customers.country
//
//   part 1  orders       ─▶ customers               count(*)            by country
//   part 2  order_items  ─▶ orders ─▶ customers     sum(…)              by country
//           both UNION ALL, then one row a country: max(count), max(revenue)
//
// Row filters apply inside every part. A measure is null in a group that only another part has.
// A query without measures lists the distinct groups of one part.
//
// Tested by test/unit/semantic_plan_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_PLAN_HPP
#define LOUPE_CORE_SEMANTIC_PLAN_HPP

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/status.hpp"
#include "core/semantic/join_graph.hpp"
#include "core/semantic/resolve.hpp"

namespace loupe::semantic {

struct Part {
  const Entity* root = nullptr;
  std::vector<JoinStep> joins;          // each after the one it builds on
  std::vector<std::size_t> aggregates;  // indexes into the query's aggregates
};

struct Plan {
  ResolvedQuery query;
  std::vector<Part> parts;  // at least one, in the order of their first measures
};

// Plans the query. Errors: kSemanticNoJoinPath, kSemanticAmbiguousPath, kNotSupported.
[[nodiscard]] Result<Plan> MakePlan(ResolvedQuery query, const Model& model);

// One line a part and clause, for tests and for people.
[[nodiscard]] std::string DebugString(const Plan& plan);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_PLAN_HPP

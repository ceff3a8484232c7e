// Plan: the third phase; which rows are aggregated, and how the results meet.
//
// Each measure is aggregated from the rows of its own entity, so that no row is lost and none
// counts twice. The aggregates of one entity form a part:
//
//   orders.count, order_items.revenue by customers.country
//
//   part 1  orders       ─▶ customers               count(*)            by country
//   part 2  order_items  ─▶ orders ─▶ customers     sum(…)              by country
//           both UNION ALL, then one row a country: max(count), max(revenue)
//
// The joins of a part that lead to one row each are its trunk. A to-many join and all that hangs on
// it is a branch:
//
//   orders.count by products.category, filtered by payments.method and customers.tier
//
//   trunk     orders ─▶ customers                   tier filters rows
//   branch 1  order_items ─▶ products               distinct (order, category) pairs are joined
//   branch 2  payments                              EXISTS: an order counts once if any row passes
//
// Filters that share a branch speak of the same row of it. A measure is null in a group that only
// another part has. A query without measures lists the distinct groups of one part. What is shifted
// in time, rolling, semi-additive or taken at a coarser level has parts of its own.
//
// Tested by test/unit/semantic_plan_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_PLAN_HPP
#define LOUPE_CORE_SEMANTIC_PLAN_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/base/status.hpp"
#include "core/semantic/join_graph.hpp"
#include "core/semantic/resolve.hpp"

namespace loupe::semantic {

struct Branch {
  JoinStep entry;                   // from an entity of the trunk, to many
  std::vector<JoinStep> joins;      // what hangs on it
  std::vector<std::size_t> groups;  // of the query, that come from it
};

// Filters that one combination of rows of these branches has to pass together.
struct Cluster {
  std::vector<std::size_t> branches;  // ascending; several only where a filter spans them
  std::vector<Condition> conditions;  // joined by AND
  bool has_groups = false;            // one of the branches gives groups
  bool uses_trunk = false;            // a condition speaks of the trunk too
};

// The periods of a rolling part.
struct Periods {
  std::size_t group = 0;             // the query's time group: of one dimension's the finest
  std::vector<std::size_t> coarser;  // further groups of that dimension, which follow from it
  Granularity base;  // rows are first aggregated by this, which windows begin and end with
  bool gathers_first = false;  // what a window has before the first period counts as that period's
  bool is_stepped = false;     // and the rows of each are found by an index
  std::optional<DateTime> read;        // start of the first period whose rows a window needs
  std::optional<Granularity> to_date;  // of a window that begins with one
  bool is_framed = false;  // base is the group's own and a window frame says which periods count
  std::optional<DateTime> first;  // starts of the first and last period; none: those of the rows
  std::optional<DateTime> last;
};

// How the rows of a part are brought to one row a group.
enum class Shape {
  kRows,   // aggregates over the rows, joined to pairs where groups lie across a to-many join
  kEarly,  // rows are first aggregated by the columns of the only join that leads away from them
  kKeys,   // one row a key of the root and group, which carries what is aggregated
};

struct Part {
  const Entity* root = nullptr;
  std::vector<std::size_t> aggregates;  // indexes into the query's aggregates
  std::vector<std::size_t> groups;      // of its level, ascending
  std::size_t level = 0;                // 0: by all groups; else its number
  std::optional<Shift> shift;
  const RollingWindow* rolling = nullptr;  // with `periods`, unless the query has no periods
  std::optional<Periods> periods;
  const SemiAdditive* semi_additive = nullptr;
  Shape shape = Shape::kRows;
  std::vector<JoinStep> joins;  // the trunk, each after the one it builds on
  std::vector<Branch> branches;
  std::vector<Condition> filters;  // on the trunk, joined by AND
  std::vector<Cluster> clusters;   // every branch is in one of them
};

struct Plan {
  ResolvedQuery query;
  std::vector<Part> parts;  // at least one, in the order of their first aggregates
  std::size_t levels = 1;
  bool is_anchored = false;  // groups that only a shifted part has are left out
};

// Tells whether a missing row of the branches' entities passes: true or false where it is certain
// whatever the trunk's row. Dimensions of a missing row are null, its SQL conditions are not true.
[[nodiscard]] std::optional<bool> PassesMissing(const std::vector<Condition>& conditions,
                                                const std::vector<const Entity*>& missing);

// Entities of a branch.
[[nodiscard]] std::vector<const Entity*> EntitiesOf(const Branch& branch);

// Plans the query over the joins of `model`, which are those of `graph`. Errors:
// kSemanticNoJoinPath, kSemanticAmbiguousPath, kSemanticInvalidQuery, kNotSupported.
[[nodiscard]] Result<Plan> MakePlan(ResolvedQuery query, const Model& model,
                                    const JoinGraph& graph);

// One line a part and clause, for tests and for people.
[[nodiscard]] std::string DebugString(const Plan& plan);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_PLAN_HPP

#include "core/semantic/plan_shape.hpp"

#include <algorithm>

#include "core/semantic/plan_rolling.hpp"
#include "core/semantic/sql_types.hpp"

namespace loupe::semantic {
namespace {

constexpr std::int64_t kMaxSteps = 400;    // periods that are looked up one by one
constexpr double kMinAppendRows = 10'000;  // of a table that workers read
constexpr double kMinStepRows = 10'000;    // of a table for which looking up is worth its while
constexpr double kMinEarlyRows = 10'000;   // of a table for which plain SQL is not good enough
constexpr double kEarlyRowsPerKey = 2;     // from which on aggregating twice is cheaper

bool SpeakOnlyOf(const std::vector<Condition>& conditions, const Entity* entity) {
  return std::all_of(conditions.begin(), conditions.end(),
                     [&](const Condition& condition) { return SpeaksOnlyOf(condition, entity); });
}

bool FitsEarly(const ResolvedQuery& query, const Part& part) {
  const Entity* root = part.root;
  const auto merges = [&](std::size_t i) {
    const Aggregate& aggregate = query.aggregates[i];
    return IsMergeable(aggregate.measure->aggregation) && SpeakOnlyOf(aggregate.filters, root);
  };
  const auto leaves_root = [&](const JoinStep& step) { return step.from == root; };
  const auto unfiltered = [&](const Cluster& cluster) {
    return cluster.conditions.empty() && part.branches[cluster.branches[0]].entry.from != root;
  };
  return std::all_of(part.aggregates.begin(), part.aggregates.end(), merges) &&
         std::none_of(part.groups.begin(), part.groups.end(),
                      [&](std::size_t i) { return query.groups[i].entity == root; }) &&
         std::count_if(part.joins.begin(), part.joins.end(), leaves_root) == 1 &&
         SpeakOnlyOf(part.filters, root) &&
         std::all_of(part.clusters.begin(), part.clusters.end(), unfiltered);
}

bool PaysEarly(const Part& part) {
  const double rows = part.root->statistics.rows;
  if (!part.clusters.empty()) return rows < 0 || rows >= kMinEarlyRows;
  if (rows < kMinEarlyRows) return false;
  const auto first = std::find_if(part.joins.begin(), part.joins.end(),
                                  [&](const JoinStep& step) { return step.from == part.root; });
  return first->columns.size() == 1 &&
         part.root->statistics.RowsPerValue(first->columns[0].first) >= kEarlyRowsPerKey;
}

bool FitsKeys(const Part& part) {
  const auto pairs = std::count_if(part.clusters.begin(), part.clusters.end(),
                                   [](const Cluster& cluster) { return cluster.has_groups; });
  const auto is_plain = [&](const Cluster& cluster) {
    return !cluster.has_groups || (cluster.branches.size() == 1 &&
                                   part.branches[cluster.branches[0]].entry.from == part.root);
  };
  return pairs == 1 && !part.root->primary_key.empty() &&
         std::all_of(part.clusters.begin(), part.clusters.end(), is_plain);
}

// Whole days at least: an hour may come twice on the local clock.
bool IsDaysOrMore(const Granularity& granularity) {
  return granularity.unit >= TimeUnit::kDay && granularity.offset.millis == 0;
}

std::int64_t CountSteps(const Periods& periods, const Granularity& period) {
  std::int64_t steps = 0;
  DateTime at = *periods.read;
  while (steps <= kMaxSteps && ToMillis(at) <= ToMillis(*periods.last)) {
    at = Next(at, period);
    ++steps;
  }
  return steps;
}

}  // namespace

bool EndsWithPeriod(const Part& part) {
  return part.rolling->leading && part.rolling->leading->IsZero();
}

bool GathersFirst(const ResolvedQuery& query, const Part& part) {
  if (!part.periods || !part.periods->is_framed || !part.periods->first || part.shift) return false;
  const bool is_open = part.periods->to_date || !part.rolling->trailing;
  const Group& group = query.groups[part.periods->group];
  const bool on_trunk = group.entity == part.root ||
                        std::any_of(part.joins.begin(), part.joins.end(),
                                    [&](const JoinStep& step) { return step.to == group.entity; });
  return is_open && part.rolling->anchor == RollingWindow::Anchor::kEnd && on_trunk &&
         !group.dimension->column.empty();
}

bool IsStepped(const ResolvedQuery& query, const Part& part) {
  if (!part.periods || !part.periods->is_framed || !part.periods->read || part.shift) return false;
  const Group& group = query.groups[part.periods->group];
  const Statistics& statistics = part.root->statistics;
  const auto is_range = [&](const Condition& condition) {
    return condition.dimension == group.dimension;
  };
  const SqlType type = ClassifyType(group.dimension->data_type);
  const bool is_time =
      type == SqlType::kTimestampTz || type == SqlType::kTimestamp || type == SqlType::kDate;
  return part.groups.size() == 1 && group.entity == part.root && is_time && EndsWithPeriod(part) &&
         part.joins.empty() && part.clusters.empty() && part.filters.size() == 1 &&
         std::all_of(part.filters.begin(), part.filters.end(), is_range) &&
         statistics.rows >= kMinStepRows && statistics.IsIndexed(group.dimension->column) &&
         IsDaysOrMore(*group.granularity) &&
         CountSteps(*part.periods, *group.granularity) <= kMaxSteps;
}

bool ReadsAsOne(const Plan& plan) {
  const auto adds_up = [&](std::size_t index) {
    const Measure& measure = *plan.query.aggregates[index].measure;
    const bool counts = measure.aggregation == Aggregation::kCount;
    const bool sums =
        measure.aggregation == Aggregation::kSum || measure.aggregation == Aggregation::kAvg;
    return counts || (sums && !measure.data_type.empty());
  };
  return std::all_of(plan.parts.begin(), plan.parts.end(), [&](const Part& part) {
    return part.shape == Shape::kRows && !part.periods && part.semi_additive == nullptr &&
           part.filters.empty() && part.root->statistics.rows >= kMinAppendRows &&
           std::all_of(part.aggregates.begin(), part.aggregates.end(), adds_up);
  });
}

Shape ShapeOf(const ResolvedQuery& query, const Part& part) {
  if (part.periods || part.semi_additive != nullptr || query.ungrouped || part.groups.empty() ||
      part.aggregates.empty()) {
    return Shape::kRows;
  }
  if (FitsEarly(query, part) && PaysEarly(part)) return Shape::kEarly;
  return FitsKeys(part) ? Shape::kKeys : Shape::kRows;
}

}  // namespace loupe::semantic

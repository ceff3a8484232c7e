#include "core/semantic/plan_shape.hpp"

#include <algorithm>

#include "core/semantic/plan_rolling.hpp"

namespace loupe::semantic {
namespace {

constexpr double kEarlyRowsPerKey = 2;  // from which on aggregating twice is cheaper

// As deep as the condition, which kMaxFilterDepth bounds.
bool SpeaksOnlyOf(const Condition& condition, const Entity* entity) {
  if (condition.entity != nullptr) return condition.entity == entity;
  return std::all_of(condition.children.begin(), condition.children.end(),
                     [&](const Condition& child) { return SpeaksOnlyOf(child, entity); });
}

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
  if (!part.clusters.empty()) return true;
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

}  // namespace

Shape ShapeOf(const ResolvedQuery& query, const Part& part) {
  if (part.periods || part.semi_additive != nullptr || query.ungrouped || part.groups.empty() ||
      part.aggregates.empty()) {
    return Shape::kRows;
  }
  if (FitsEarly(query, part) && PaysEarly(part)) return Shape::kEarly;
  return FitsKeys(part) ? Shape::kKeys : Shape::kRows;
}

}  // namespace loupe::semantic

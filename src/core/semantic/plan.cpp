#include "core/semantic/plan.hpp"

#include <algorithm>
#include <utility>

#include "core/semantic/names.hpp"

namespace loupe::semantic {
namespace {

void AddOnce(const Entity* entity, std::vector<const Entity*>* entities) {
  if (std::find(entities->begin(), entities->end(), entity) == entities->end()) {
    entities->push_back(entity);
  }
}

void AddEntities(const Condition& condition, std::vector<const Entity*>* entities) {
  if (condition.kind == Condition::Kind::kDimension) AddOnce(condition.entity, entities);
  for (const Condition& child : condition.children) AddEntities(child, entities);
}

// The entities that every part has to reach.
std::vector<const Entity*> SharedEntities(const ResolvedQuery& query) {
  std::vector<const Entity*> entities;
  for (const Group& group : query.groups) AddOnce(group.entity, &entities);
  for (const Condition& condition : query.row_filters) AddEntities(condition, &entities);
  return entities;
}

std::vector<Part> PartsOf(const ResolvedQuery& query) {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < query.aggregates.size(); ++i) {
    const Entity* root = query.aggregates[i].entity;
    const auto has_root = [root](const Part& part) { return part.root == root; };
    auto part = std::find_if(parts.begin(), parts.end(), has_root);
    if (part == parts.end()) part = parts.insert(parts.end(), Part{root, {}, {}});
    part->aggregates.push_back(i);
  }
  return parts;
}

std::string OrderText(const Plan& plan) {
  std::string text;
  for (const SortKey& key : plan.query.order) {
    const std::size_t groups = plan.query.groups.size();
    text += text.empty() ? "order " : ", ";
    text += key.column < groups ? plan.query.groups[key.column].key
                                : plan.query.aggregates[key.column - groups].key;
    text += key.direction == sql::Direction::kAscending ? " asc" : " desc";
  }
  return text;
}

std::string PartText(const ResolvedQuery& query, const Part& part) {
  std::string text = "part " + part.root->name;
  for (const JoinStep& step : part.joins) {
    text += "\n  join " + step.from->name + " -> " + step.to->name;
  }
  for (const std::size_t index : part.aggregates) {
    const Aggregate& aggregate = query.aggregates[index];
    text += std::string("\n  ") + AggregationName(aggregate.measure->aggregation) + " " +
            aggregate.key + (aggregate.selected ? "" : " (hidden)");
  }
  return text;
}

}  // namespace

Result<Plan> MakePlan(ResolvedQuery query, const Model& model) {
  Plan plan;
  plan.query = std::move(query);
  plan.parts = PartsOf(plan.query);
  const std::vector<const Entity*> shared = SharedEntities(plan.query);
  const JoinGraph graph(model);
  if (plan.parts.empty()) {
    LOUPE_ASSIGN_OR_RETURN(const Entity* root, graph.FindRoot(shared));
    plan.parts.push_back({root, {}, {}});
  }
  if (plan.query.ungrouped && plan.parts.size() > 1) {
    return Status(Code::kNotSupported, "an ungrouped query cannot have measures of \"" +
                                           plan.parts[0].root->name + "\" and of \"" +
                                           plan.parts[1].root->name + "\"")
        .WithHint("Name measures of one entity.")
        .At("/measures");
  }
  for (Part& part : plan.parts) {
    Result<std::vector<JoinStep>> joins = graph.FindTree(*part.root, shared);
    if (!joins.ok()) {
      Status status = joins.status();
      return std::move(status).At(
          part.aggregates.empty() ? "" : plan.query.aggregates[part.aggregates[0]].pointer);
    }
    part.joins = std::move(joins).value();
  }
  return plan;
}

std::string DebugString(const Plan& plan) {
  std::string text;
  for (const Part& part : plan.parts) text += PartText(plan.query, part) + "\n";
  for (const Group& group : plan.query.groups) text += "group " + group.key + "\n";
  text += "row filters " + std::to_string(plan.query.row_filters.size()) + ", measure filters " +
          std::to_string(plan.query.measure_filters.size()) + "\n";
  const std::string order = OrderText(plan);
  if (!order.empty()) text += order + "\n";
  return text + "limit " + std::to_string(plan.query.limit) + " offset " +
         std::to_string(plan.query.offset) + "\n";
}

}  // namespace loupe::semantic

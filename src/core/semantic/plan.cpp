#include "core/semantic/plan.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

#include "core/semantic/emit_filter.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/plan_rolling.hpp"
#include "core/semantic/plan_shape.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kTrunk = static_cast<std::size_t>(-1);

void AddOnce(const Entity* entity, std::vector<const Entity*>* entities) {
  if (std::find(entities->begin(), entities->end(), entity) == entities->end()) {
    entities->push_back(entity);
  }
}

// As deep as the condition, which kMaxFilterDepth bounds; so are the functions below.
void AddEntities(const Condition& condition, std::vector<const Entity*>* entities) {
  if (condition.entity != nullptr) AddOnce(condition.entity, entities);
  for (const Condition& child : condition.children) AddEntities(child, entities);
}

// Conditions joined by AND, taken apart.
void Flatten(const Condition& condition, std::vector<Condition>* out) {
  if (condition.kind != Condition::Kind::kAnd) return out->push_back(condition);
  for (const Condition& child : condition.children) Flatten(child, out);
}

std::vector<Condition> Flattened(const std::vector<Condition>& conditions) {
  std::vector<Condition> flat;
  for (const Condition& condition : conditions) Flatten(condition, &flat);
  return flat;
}

// Tells whether two aggregates can be taken from the same rows in one go. What does not add up over
// periods has rows of its own when it rolls.
bool ShareRows(const Aggregate& a, const Aggregate& b) {
  const bool apart = a.measure->rolling &&
                     (!IsMergeable(a.measure->aggregation) || !IsMergeable(b.measure->aggregation));
  return a.entity == b.entity && a.shift == b.shift && a.level == b.level && !apart &&
         a.measure->rolling == b.measure->rolling &&
         a.measure->semi_additive == b.measure->semi_additive;
}

Part PartOf(const ResolvedQuery& query, const Aggregate& aggregate) {
  Part part;
  part.root = aggregate.entity;
  part.shift = aggregate.shift;
  if (aggregate.measure->rolling) part.rolling = &*aggregate.measure->rolling;
  if (aggregate.measure->semi_additive) part.semi_additive = &*aggregate.measure->semi_additive;
  part.groups.resize(query.groups.size());
  std::iota(part.groups.begin(), part.groups.end(), 0);
  if (aggregate.level) part.groups = *aggregate.level;
  return part;
}

// Numbers the levels of the parts; the one of all groups is 0.
std::size_t NumberLevels(const ResolvedQuery& query, std::vector<Part>* parts) {
  std::vector<std::vector<std::size_t>> levels(1);
  for (Part& part : *parts) {
    if (!query.aggregates[part.aggregates[0]].level) continue;
    const auto known = std::find(levels.begin() + 1, levels.end(), part.groups);
    part.level = static_cast<std::size_t>(known - levels.begin());
    if (known == levels.end()) levels.push_back(part.groups);
  }
  return levels.size();
}

std::vector<Part> PartsOf(const ResolvedQuery& query) {
  std::vector<Part> parts;
  for (std::size_t i = 0; i < query.aggregates.size(); ++i) {
    const Aggregate& aggregate = query.aggregates[i];
    const auto fits = [&](const Part& part) {
      return ShareRows(aggregate, query.aggregates[part.aggregates[0]]);
    };
    auto part = std::find_if(parts.begin(), parts.end(), fits);
    if (part == parts.end()) part = parts.insert(parts.end(), PartOf(query, aggregate));
    part->aggregates.push_back(i);
  }
  return parts;
}

// Lays out one part: its trunk, its branches and the filters on them.
class PartPlanner {
 public:
  PartPlanner(const ResolvedQuery& query, const Model& model, const JoinGraph& graph, Part* part)
      : query_(query), model_(model), graph_(graph), part_(*part) {}

  Status Run() {
    LOUPE_ASSIGN_OR_RETURN(std::vector<Condition> conditions,
                           RangeConditions(query_, model_, part_));
    for (Condition& condition : Flattened(query_.row_filters)) {
      conditions.push_back(std::move(condition));
    }
    LOUPE_ASSIGN_OR_RETURN(const std::vector<JoinStep> steps,
                           graph_.FindTree(*part_.root, Needed(conditions)));
    PlaceSteps(steps);
    LOUPE_RETURN_IF_ERROR(CheckOwnFilters());
    LOUPE_RETURN_IF_ERROR(CheckOwnTime());
    LOUPE_RETURN_IF_ERROR(CheckPeriods());
    PlaceGroups();
    PlaceConditions(std::move(conditions));
    part_.shape = ShapeOf(query_, part_);
    if (part_.periods) {
      part_.periods->gathers_first = GathersFirst(query_, part_);
      part_.periods->is_stepped = !part_.periods->gathers_first && IsStepped(query_, part_);
    }
    return Status::Ok();
  }

 private:
  [[nodiscard]] std::vector<const Entity*> Needed(const std::vector<Condition>& conditions) const {
    std::vector<const Entity*> entities;
    for (const std::size_t i : part_.groups) AddOnce(query_.groups[i].entity, &entities);
    for (const Condition& condition : conditions) AddEntities(condition, &entities);
    for (const std::size_t i : part_.aggregates) {
      for (const Condition& own : query_.aggregates[i].filters) AddEntities(own, &entities);
    }
    return entities;
  }

  [[nodiscard]] std::size_t PlaceOf(const Entity* entity) const {
    for (std::size_t i = 0; i < part_.branches.size(); ++i) {
      const std::vector<const Entity*> entities = EntitiesOf(part_.branches[i]);
      if (std::find(entities.begin(), entities.end(), entity) != entities.end()) return i;
    }
    return kTrunk;
  }

  void PlaceSteps(const std::vector<JoinStep>& steps) {
    for (const JoinStep& step : steps) {
      const std::size_t place = PlaceOf(step.from);
      if (place != kTrunk) {
        part_.branches[place].joins.push_back(step);
      } else if (step.to_many) {
        part_.branches.push_back({step, {}, {}});
      } else {
        part_.joins.push_back(step);
      }
    }
  }

  // A measure's own filter has one answer a row.
  Status CheckOwnFilters() const {
    for (const std::size_t i : part_.aggregates) {
      std::vector<const Entity*> entities;
      for (const Condition& own : query_.aggregates[i].filters) AddEntities(own, &entities);
      for (const Entity* entity : entities) {
        if (PlaceOf(entity) == kTrunk) continue;
        const Measure& measure = *query_.aggregates[i].measure;
        return Status(Code::kSemanticInvalidModel, "filter of measure \"" + part_.root->name + "." +
                                                       measure.name + "\" names \"" + entity->name +
                                                       "\", of which a row may have many");
      }
    }
    return Status::Ok();
  }

  // The last time is picked inside each period of the measure's own time; periods of another
  // entity's say nothing about which of its rows is the last.
  Status CheckOwnTime() const {
    if (part_.semi_additive == nullptr) return Status::Ok();
    for (const std::size_t i : part_.groups) {
      const Group& group = query_.groups[i];
      if (!group.granularity || group.entity == part_.root || PlaceOf(group.entity) != kTrunk) {
        continue;
      }
      const Measure& measure = *query_.aggregates[part_.aggregates[0]].measure;
      return Status(Code::kSemanticInvalidQuery, "semi-additive measure \"" + part_.root->name +
                                                     "." + measure.name +
                                                     "\" cannot be taken by \"" + group.key + "\"")
          .WithHint("Use its own time dimension \"" + part_.root->name + "." +
                    part_.semi_additive->time_dimension + "\".");
    }
    return Status::Ok();
  }

  // Windows add up periods, so a row may lie in one of them alone.
  [[nodiscard]] Status CheckPeriods() const {
    if (!part_.periods) return Status::Ok();
    const Group& time = query_.groups[part_.periods->group];
    if (PlaceOf(time.entity) == kTrunk) return Status::Ok();
    return Status(Code::kNotSupported, "rolling measures of \"" + part_.root->name +
                                           "\" cannot be taken by \"" + time.key +
                                           "\", of which a row may have many")
        .WithHint("Use a time dimension that each row has once.");
  }

  void PlaceGroups() {
    for (const std::size_t i : part_.groups) {
      const std::size_t place = PlaceOf(query_.groups[i].entity);
      if (place != kTrunk) part_.branches[place].groups.push_back(i);
    }
  }

  // Branches that `condition` speaks of, ascending; the trunk counts separately.
  [[nodiscard]] std::vector<std::size_t> BranchesOf(const Condition& condition,
                                                    bool* uses_trunk) const {
    std::vector<const Entity*> entities;
    AddEntities(condition, &entities);
    std::vector<std::size_t> branches;
    for (const Entity* entity : entities) {
      const std::size_t place = PlaceOf(entity);
      if (place == kTrunk) {
        *uses_trunk = true;
      } else if (std::find(branches.begin(), branches.end(), place) == branches.end()) {
        branches.push_back(place);
      }
    }
    std::sort(branches.begin(), branches.end());
    return branches;
  }

  void PlaceConditions(std::vector<Condition> conditions) {
    for (std::size_t i = 0; i < part_.branches.size(); ++i) {
      Cluster cluster;
      cluster.branches.push_back(i);
      cluster.has_groups = !part_.branches[i].groups.empty();
      part_.clusters.push_back(std::move(cluster));
    }
    for (Condition& condition : conditions) {
      bool uses_trunk = false;
      const std::vector<std::size_t> branches = BranchesOf(condition, &uses_trunk);
      if (branches.empty()) {
        part_.filters.push_back(std::move(condition));
        continue;
      }
      Cluster& cluster = Join(branches);
      cluster.uses_trunk = cluster.uses_trunk || uses_trunk;
      cluster.conditions.push_back(std::move(condition));
    }
  }

  // Makes one cluster of those that hold the branches.
  Cluster& Join(const std::vector<std::size_t>& branches) {
    Cluster joined;
    std::vector<Cluster> others;
    for (Cluster& cluster : part_.clusters) {
      const bool meets =
          std::find_first_of(cluster.branches.begin(), cluster.branches.end(), branches.begin(),
                             branches.end()) != cluster.branches.end();
      if (!meets) {
        others.push_back(std::move(cluster));
        continue;
      }
      joined.has_groups = joined.has_groups || cluster.has_groups;
      joined.uses_trunk = joined.uses_trunk || cluster.uses_trunk;
      joined.branches.insert(joined.branches.end(), cluster.branches.begin(),
                             cluster.branches.end());
      std::move(cluster.conditions.begin(), cluster.conditions.end(),
                std::back_inserter(joined.conditions));
    }
    std::sort(joined.branches.begin(), joined.branches.end());
    part_.clusters = std::move(others);
    part_.clusters.push_back(std::move(joined));
    return part_.clusters.back();
  }

  const ResolvedQuery& query_;
  const Model& model_;
  const JoinGraph& graph_;
  Part& part_;
};

// Where the query names the first measure that needs the part.
std::string PointerOf(const ResolvedQuery& query, const Part& part) {
  for (const MeasureColumn& column : query.measures) {
    if (column.entity == part.root) return column.pointer;
  }
  return query.measures.empty() ? "" : query.measures[0].pointer;
}

Status CheckUngrouped(const Plan& plan) {
  if (!plan.query.ungrouped) return Status::Ok();
  if (plan.parts.size() > 1 || plan.query.HasRanks()) {
    return Status(Code::kNotSupported,
                  "an ungrouped query cannot have ranks or measures of several entities or windows")
        .WithHint("Name plain measures of one entity.")
        .At("/measures");
  }
  const Part& part = plan.parts[0];
  if (part.branches.empty() && part.rolling == nullptr && part.semi_additive == nullptr) {
    return Status::Ok();
  }
  return Status(Code::kNotSupported, "an ungrouped query lists rows of \"" + part.root->name +
                                         "\", of which each may have several of what it asks for")
      .WithHint("Leave out \"ungrouped\", or what is not of that row.");
}

// The entities whose dimensions and filters a query without measures names.
std::vector<const Entity*> NamedEntities(const ResolvedQuery& query) {
  std::vector<const Entity*> entities;
  for (const Group& group : query.groups) AddOnce(group.entity, &entities);
  if (!entities.empty()) return entities;
  for (const Condition& condition : query.row_filters) AddEntities(condition, &entities);
  return entities;
}

// A shifted part has groups of its own; where no range says which groups are meant, those that the
// other parts have are.
bool NeedsAnchor(const Plan& plan) {
  const auto is_open = [&](const Part& part) {
    return part.shift && plan.query.FindRange(part.shift->dimension) == nullptr;
  };
  return std::any_of(plan.parts.begin(), plan.parts.end(), is_open);
}

std::string ConditionsText(std::size_t count) {
  return count == 0 ? "" : " (" + std::to_string(count) + " filters)";
}

std::string BranchText(const Part& part, const Cluster& cluster) {
  std::string text = cluster.has_groups ? "\n  pairs" : "\n  exists";
  for (const std::size_t i : cluster.branches) {
    const Branch& branch = part.branches[i];
    text += " " + branch.entry.from->name + " => " + branch.entry.to->name;
    for (const JoinStep& step : branch.joins) text += " -> " + step.to->name;
  }
  return text + ConditionsText(cluster.conditions.size());
}

std::string PeriodsText(const ResolvedQuery& query, const Periods& periods) {
  return "\n  periods " + query.groups[periods.group].key + " of " + periods.base.name +
         (periods.is_stepped  ? " stepped"
          : periods.is_framed ? " framed"
                              : " joined");
}

std::string PartText(const ResolvedQuery& query, const Part& part) {
  std::string text = "part " + part.root->name;
  if (part.shift) text += " back " + IntervalText(part.shift->back);
  if (part.level > 0) text += " level " + std::to_string(part.level);
  if (part.semi_additive != nullptr) text += " semi-additive";
  if (!part.filters.empty()) text += ConditionsText(part.filters.size());
  if (part.shape == Shape::kEarly) text += " early";
  if (part.shape == Shape::kKeys) text += " keys";
  if (part.periods) text += PeriodsText(query, *part.periods);
  for (const JoinStep& step : part.joins) {
    text += "\n  join " + step.from->name + " -> " + step.to->name;
  }
  for (const Cluster& cluster : part.clusters) text += BranchText(part, cluster);
  for (const std::size_t index : part.aggregates) {
    const Aggregate& aggregate = query.aggregates[index];
    text += std::string("\n  ") + AggregationName(aggregate.measure->aggregation) + " " +
            aggregate.entity->name + "." + aggregate.measure->name;
  }
  return text;
}

std::string OrderText(const Plan& plan) {
  std::string text;
  for (const SortKey& key : plan.query.order) {
    const std::size_t groups = plan.query.groups.size();
    text += text.empty() ? "order " : ", ";
    text += key.column < groups ? plan.query.groups[key.column].key
                                : plan.query.measures[key.column - groups].key;
    text += key.direction == sql::Direction::kAscending ? " asc" : " desc";
  }
  return text;
}

std::optional<bool> OnePasses(const Condition& condition,
                              const std::vector<const Entity*>& missing);

// Tells whether one of the conditions passes a missing row.
std::optional<bool> AnyPasses(const std::vector<Condition>& conditions,
                              const std::vector<const Entity*>& missing) {
  bool certain = true;
  for (const Condition& condition : conditions) {
    const std::optional<bool> one = OnePasses(condition, missing);
    if (one == true) return true;
    certain = certain && one.has_value();
  }
  return certain ? std::optional(false) : std::nullopt;
}

std::optional<bool> OnePasses(const Condition& condition,
                              const std::vector<const Entity*>& missing) {
  if (condition.kind == Condition::Kind::kAnd) return PassesMissing(condition.children, missing);
  if (condition.kind == Condition::Kind::kOr) return AnyPasses(condition.children, missing);
  if (std::find(missing.begin(), missing.end(), condition.entity) == missing.end()) {
    return std::nullopt;
  }
  return condition.kind == Condition::Kind::kDimension && AcceptsNull(condition);
}

}  // namespace

std::vector<const Entity*> EntitiesOf(const Branch& branch) {
  std::vector<const Entity*> entities = {branch.entry.to};
  for (const JoinStep& step : branch.joins) entities.push_back(step.to);
  return entities;
}

std::optional<bool> PassesMissing(const std::vector<Condition>& conditions,
                                  const std::vector<const Entity*>& missing) {
  bool certain = true;
  for (const Condition& condition : conditions) {
    const std::optional<bool> one = OnePasses(condition, missing);
    if (one == false) return false;
    certain = certain && one.has_value();
  }
  return certain ? std::optional(true) : std::nullopt;
}

Result<Plan> MakePlan(ResolvedQuery query, const Model& model, const JoinGraph& graph) {
  Plan plan;
  plan.query = std::move(query);
  plan.parts = PartsOf(plan.query);
  plan.levels = NumberLevels(plan.query, &plan.parts);
  if (plan.parts.empty()) {
    const std::vector<const Entity*> named = NamedEntities(plan.query);
    Part part;
    part.root = plan.query.measures.empty() ? nullptr : plan.query.measures[0].entity;
    if (part.root == nullptr && !named.empty()) {
      LOUPE_ASSIGN_OR_RETURN(part.root, graph.FindRoot(named));
    }
    if (part.root == nullptr) {
      return Status(Code::kSemanticInvalidQuery, "query asks for no column");
    }
    part.groups.resize(plan.query.groups.size());
    std::iota(part.groups.begin(), part.groups.end(), 0);
    plan.parts.push_back(std::move(part));
  }
  for (Part& part : plan.parts) {
    if (part.rolling != nullptr) LOUPE_RETURN_IF_ERROR(PlanPeriods(plan.query, model, &part));
    Status status = PartPlanner(plan.query, model, graph, &part).Run();
    if (status.ok()) continue;
    return status.pointer().empty() ? std::move(status).At(PointerOf(plan.query, part)) : status;
  }
  LOUPE_RETURN_IF_ERROR(CheckUngrouped(plan));
  plan.is_anchored = NeedsAnchor(plan);
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
  const auto& limit = plan.query.limit;
  return text + "limit " + (limit ? std::to_string(*limit) : "none") + " offset " +
         std::to_string(plan.query.offset) + "\n";
}

}  // namespace loupe::semantic

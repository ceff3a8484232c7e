#include "core/ask/form_sql.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/form_emitter.hpp"

namespace loupe::ask {

using semantic::Aggregation;
using semantic::Dimension;
using semantic::Entity;
using semantic::JoinGraph;

Status NotSupported(std::string message) { return Status(Code::kNotSupported, std::move(message)); }

Result<sql::Select> FormEmitter::Run() {
  Collect();
  LOUPE_ASSIGN_OR_RETURN(const int root, Root());
  FormScope scope(model_, graph_, ties_, &aliases_);
  LOUPE_RETURN_IF_ERROR(scope.Open(root, joined_, beside_));
  LOUPE_RETURN_IF_ERROR(CheckRepeats(scope));
  LOUPE_RETURN_IF_ERROR(AddItems(&scope));
  LOUPE_RETURN_IF_ERROR(AddConditions(&scope));
  LOUPE_RETURN_IF_ERROR(AddNested(&scope));
  LOUPE_RETURN_IF_ERROR(AddRestriction(&scope));
  LOUPE_RETURN_IF_ERROR(AddRank(&scope));
  if (form_.rank && form_.rank->IsWithin()) return FirstPlaces(std::move(scope.select));
  LOUPE_RETURN_IF_ERROR(AddOrder(&scope));
  if (form_.growth && form_.growth->shown) return ShownPeriods(std::move(scope.select));
  if (!scope.select.limit) scope.select.limit = form_.limit;
  return std::move(scope.select);
}

const Entity& FormEmitter::EntityAt(int entity) const {
  return model_.entities[static_cast<std::size_t>(entity)];
}

const Dimension& FormEmitter::DimensionAt(MemberRef ref) const {
  return EntityAt(ref.entity).dimensions[static_cast<std::size_t>(ref.member)];
}

void FormEmitter::Collect() {
  for (const FormValue& output : form_.outputs) Join(output);
  for (const MemberRef group : form_.groups) joined_.insert(group.entity);
  for (const int entity : form_.group_entities) joined_.insert(entity);
  if (form_.rank) {
    Join(form_.rank->by);
    for (const FormValue& within : form_.rank->within) Join(within);
    for (const int entity : form_.rank->within_entities) joined_.insert(entity);
  }
  for (const FormOrder& order : form_.order) Join(order.by);
  for (const FormCondition& condition : form_.conditions) {
    if (condition.left.IsAggregate() && !CountsBeside(condition)) Join(condition.left);
    if (!condition.left.IsAggregate()) beside_.insert(condition.left.ref.entity);
  }
  for (const int entity : form_.mentions) beside_.insert(entity);
  if (form_.restricted >= 0) beside_.insert(form_.restricted);
  for (const int entity : joined_) beside_.erase(entity);
}

// A condition on how many there are, where the answer is one number itself.
bool FormEmitter::CountsBeside(const FormCondition& condition) const {
  return condition.left.IsAggregate() && form_.HasAggregates() && form_.groups.empty() &&
         form_.group_entities.empty();
}

bool FormEmitter::IsGrouped() const {
  const bool having = std::any_of(form_.conditions.begin(), form_.conditions.end(),
                                  [&](const FormCondition& condition) {
                                    return condition.left.IsAggregate() && !CountsBeside(condition);
                                  });
  const bool ranked = form_.rank && form_.rank->by.IsAggregate();
  const bool sorted = std::any_of(form_.order.begin(), form_.order.end(),
                                  [](const FormOrder& order) { return order.by.IsAggregate(); });
  return !form_.groups.empty() || !form_.group_entities.empty() || form_.grain ||
         ((having || ranked || sorted) && !OnlyAggregates());
}

bool FormEmitter::OnlyAggregates() const {
  return std::all_of(form_.outputs.begin(), form_.outputs.end(),
                     [](const FormValue& output) { return output.IsAggregate(); });
}

// The entity whose rows are aggregated: what is counted, summed or averaged.
std::optional<int> FormEmitter::Aggregated() const {
  const auto of = [](const FormValue& value) {
    return value.IsAggregate() ? std::optional<int>(value.ref.entity) : std::nullopt;
  };
  for (const FormValue& output : form_.outputs) {
    if (const auto entity = of(output)) return entity;
  }
  if (form_.rank) {
    if (const auto entity = of(form_.rank->by)) return entity;
  }
  for (const FormCondition& condition : form_.conditions) {
    if (condition.left.IsAggregate() && !CountsBeside(condition)) return condition.left.ref.entity;
  }
  for (const FormOrder& order : form_.order) {
    if (const auto entity = of(order.by)) return entity;
  }
  return std::nullopt;
}

bool FormEmitter::ReachesToOne(int root) const {
  std::vector<const Entity*> targets;
  for (const int entity : joined_) {
    if (entity != root) targets.push_back(&EntityAt(entity));
  }
  return graph_.FindTree(EntityAt(root), targets, JoinGraph::Along::kToOne, ties_).ok();
}

Result<int> FormEmitter::Root() const {
  if (joined_.empty()) return NotSupported("what to show is not clear");
  if (const std::optional<int> aggregated = Aggregated()) {
    if (ReachesToOne(*aggregated)) return *aggregated;
  }
  std::vector<const Entity*> targets;
  for (const FormValue& output : form_.outputs) targets.push_back(&EntityAt(output.ref.entity));
  for (const int entity : joined_) targets.push_back(&EntityAt(entity));
  LOUPE_ASSIGN_OR_RETURN(const Entity* root, graph_.FindRoot(targets));
  return static_cast<int>(root - model_.entities.data());
}

// Whether each row of the entity is a group of its own.
bool FormEmitter::IsGroupedByRow(int entity) const {
  const auto is = [&](int other) { return other == entity; };
  if (std::any_of(form_.group_entities.begin(), form_.group_entities.end(), is)) return true;
  const Entity& owner = EntityAt(entity);
  return std::any_of(form_.groups.begin(), form_.groups.end(), [&](MemberRef group) {
    if (group.entity != entity) return false;
    const std::vector<std::string> column = {DimensionAt(group).column};
    return NamesRow(group) || owner.primary_key == column;
  });
}

// "total citations of each author", where `writes` has a row for each author and publication: among
// the rows of one author no publication is repeated.
bool FormEmitter::IsPairOf(int pair, int entity) const {
  const Entity& bridge = EntityAt(pair);
  std::set<std::string> keys;
  bool grouped = false;
  bool aggregated = false;
  for (const semantic::Join& join : bridge.joins) {
    const int target = static_cast<int>(model_.FindEntity(join.entity) - model_.entities.data());
    const bool groups = target != entity && joined_.count(target) > 0 && IsGroupedByRow(target);
    if (target != entity && !groups) continue;
    if (target == entity && aggregated) return false;
    grouped = grouped || groups;
    aggregated = aggregated || target == entity;
    for (const auto& columns : join.columns) keys.insert(columns.first);
  }
  if (!grouped || !aggregated) return false;
  const auto is_key = [&](const std::string& column) { return keys.count(column) > 0; };
  if (!bridge.primary_key.empty()) {
    return std::all_of(bridge.primary_key.begin(), bridge.primary_key.end(), is_key);
  }
  return std::all_of(bridge.dimensions.begin(), bridge.dimensions.end(),
                     [&](const Dimension& dimension) { return is_key(dimension.column); });
}

// An aggregate of rows that stand there more than once is wrong, save for extremes and distinct
// values; counting pairs is what "how many songs of each singer" asks for.
Status FormEmitter::CheckRepeats(const FormScope& scope) const {
  const auto repeats = [&](const FormValue& value) {
    if (value.kind == FormValue::Kind::kMeasure) return value.ref.entity != scope.root();
    if (value.kind != FormValue::Kind::kAggregate || value.ref.entity == scope.root()) return false;
    if (IsPairOf(scope.root(), value.ref.entity)) return false;
    return value.aggregation == Aggregation::kSum || value.aggregation == Aggregation::kAvg ||
           value.aggregation == Aggregation::kMedian;
  };
  if (scope.Multiplies() &&
      std::any_of(form_.outputs.begin(), form_.outputs.end(), [](const FormValue& v) {
        return v.kind == FormValue::Kind::kAggregate || v.kind == FormValue::Kind::kMeasure;
      })) {
    return NotSupported("the rows to aggregate would be counted more than once");
  }
  for (const FormValue& output : form_.outputs) {
    if (repeats(output) || !IsShared(output, scope)) {
      return NotSupported("the rows to aggregate would be counted more than once");
    }
  }
  return Status::Ok();
}

namespace {

// Every entity that the form speaks of, each once, what is shown first.
std::vector<int> EntitiesOf(const Form& form) {
  std::vector<int> entities;
  const auto add = [&](int entity) {
    const bool is_new = std::find(entities.begin(), entities.end(), entity) == entities.end();
    if (entity >= 0 && is_new) entities.push_back(entity);
  };
  for (const FormValue& output : form.outputs) add(output.ref.entity);
  for (const MemberRef group : form.groups) add(group.entity);
  for (const int entity : form.group_entities) add(entity);
  for (const int entity : form.mentions) add(entity);
  for (const FormCondition& condition : form.conditions) add(condition.left.ref.entity);
  for (const FormGroup& nested : form.nested) {
    for (const int entity : nested.entities) add(entity);
  }
  if (form.rank) add(form.rank->by.ref.entity);
  for (const FormOrder& order : form.order) add(order.by.ref.entity);
  return entities;
}

}  // namespace

std::vector<std::string> GuessedJoinsOf(const Form& form, const semantic::Model& model,
                                        const JoinGraph& graph) {
  std::vector<const Entity*> places;
  for (const int entity : EntitiesOf(form)) {
    places.push_back(&model.entities[static_cast<std::size_t>(entity)]);
  }
  std::vector<std::string> guesses;
  if (places.size() < 2) return guesses;
  const auto steps = graph.FindTree(*places.front(), {places.begin() + 1, places.end()},
                                    JoinGraph::Along::kAll, JoinGraph::Ties::kFirst);
  if (!steps.ok()) return guesses;
  for (const semantic::JoinStep& step : steps.value()) {
    if (!step.is_guess) continue;
    guesses.push_back(step.from->name + "." + step.columns.front().first + " = " + step.to->name +
                      "." + step.columns.front().second);
  }
  return guesses;
}

Result<sql::Select> FormToSelect(const Form& form, const semantic::Model& model,
                                 const JoinGraph& graph, JoinGraph::Ties ties) {
  return FormEmitter(form, model, graph, ties).Run();
}

}  // namespace loupe::ask

#include "core/semantic/model_link.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/base/nearest.hpp"
#include "core/semantic/formula_types.hpp"
#include "core/semantic/member_lookup.hpp"
#include "core/semantic/model_filters.hpp"
#include "core/semantic/names.hpp"

namespace loupe::semantic {
namespace {

constexpr int kMaxExtends = 16;  // entities that extend one another in a row

std::string Quoted(const std::string& name) { return "\"" + name + "\""; }

Status Invalid(std::string message, const std::string& pointer) {
  return Status(Code::kSemanticInvalidModel, std::move(message)).At(pointer);
}

std::string EntityPointer(std::size_t index) { return JsonPointer("/entities", index); }

std::string MemberPointer(std::size_t entity, const char* list, std::size_t member,
                          std::string_view key) {
  return JsonPointer(JsonPointer(EntityPointer(entity) + "/" + list, member), key);
}

std::vector<std::string> EntityNames(const Model& model) {
  std::vector<std::string> names;
  for (const Entity& entity : model.entities) names.push_back(entity.name);
  return names;
}

Status UnknownEntity(const Model& model, const std::string& what, const std::string& name,
                     const std::string& pointer) {
  return Invalid(what + " names the unknown entity " + Quoted(name), pointer)
      .WithHint(NearestNameHint(name, EntityNames(model)));
}

bool HasMember(const Entity& entity, const std::string& name) {
  return entity.FindDimension(name) != nullptr || entity.FindMeasure(name) != nullptr ||
         entity.FindSegment(name) != nullptr;
}

template <class Member>
void AppendMissing(const std::vector<Member>& from, const Entity& own, std::vector<Member>* to) {
  for (const Member& member : from) {
    if (!HasMember(own, member.name)) to->push_back(member);
  }
}

// What an entity takes from the one it extends: the source, unless it has its own, and the members
// whose names it does not use itself.
void Inherit(const Entity& base, Entity* entity) {
  const Entity own = *entity;
  if (own.table.empty() && own.sql.empty()) {
    entity->schema = base.schema;
    entity->table = base.table;
    entity->sql = base.sql;
  }
  if (own.primary_key.empty()) entity->primary_key = base.primary_key;
  if (own.joins.empty()) entity->joins = base.joins;
  if (own.access.empty()) entity->access = base.access;
  AppendMissing(base.dimensions, own, &entity->dimensions);
  AppendMissing(base.measures, own, &entity->measures);
  AppendMissing(base.segments, own, &entity->segments);
  if (own.hierarchies.empty()) entity->hierarchies = base.hierarchies;
}

Status ExtendEntity(Model* model, std::size_t index, int depth, std::vector<bool>* done) {
  Entity& entity = model->entities[index];
  if ((*done)[index]) return Status::Ok();
  if (depth > kMaxExtends) {
    return Invalid("entity " + Quoted(entity.name) + " extends itself, or too many others",
                   EntityPointer(index) + "/extends");
  }
  if (!entity.extends.empty()) {
    const Entity* base = model->FindEntity(entity.extends);
    if (base == nullptr) {
      return UnknownEntity(*model, "entity " + Quoted(entity.name), entity.extends,
                           EntityPointer(index) + "/extends");
    }
    const auto at = static_cast<std::size_t>(base - model->entities.data());
    LOUPE_RETURN_IF_ERROR(ExtendEntity(model, at, depth + 1, done));
    Inherit(*base, &entity);
  }
  (*done)[index] = true;
  if (!entity.table.empty() || !entity.sql.empty()) return Status::Ok();
  return Invalid("entity " + Quoted(entity.name) + " has no \"table\"", EntityPointer(index))
      .WithHint("Write \"table\", or \"sql\" with a SELECT.");
}

Status ExtendEntities(Model* model) {
  std::vector<bool> done(model->entities.size());
  for (std::size_t i = 0; i < model->entities.size(); ++i) {
    LOUPE_RETURN_IF_ERROR(ExtendEntity(model, i, 0, &done));
  }
  return Status::Ok();
}

Status CheckJoinTargets(const Model& model) {
  for (std::size_t e = 0; e < model.entities.size(); ++e) {
    const Entity& entity = model.entities[e];
    for (std::size_t j = 0; j < entity.joins.size(); ++j) {
      if (model.FindEntity(entity.joins[j].entity) != nullptr) continue;
      return UnknownEntity(model, "join of " + Quoted(entity.name), entity.joins[j].entity,
                           MemberPointer(e, "joins", j, "entity"));
    }
  }
  return Status::Ok();
}

std::string FreeName(const Model& model, const std::string& wanted) {
  std::string name = wanted.substr(0, kMaxNameBytes);
  for (int i = 2; model.FindEntity(name) != nullptr; ++i) {
    const std::string suffix = "_" + std::to_string(i);
    name = wanted.substr(0, kMaxNameBytes - suffix.size()) + suffix;
  }
  return name;
}

Join ManyToOne(const std::string& entity, std::vector<std::pair<std::string, std::string>> pairs) {
  Join join;
  join.entity = entity;
  join.columns = std::move(pairs);
  return join;
}

// The hidden entity over the bridge table of a many_to_many join.
Entity BridgeEntity(const Model& model, const Entity& entity, const Join& join) {
  Entity bridge;
  bridge.name = FreeName(model, entity.name + "__" + join.entity);
  bridge.schema = join.bridge->schema.empty() ? entity.schema : join.bridge->schema;
  bridge.table = join.bridge->table;
  bridge.is_public = false;
  bridge.is_bridge = true;
  std::vector<std::pair<std::string, std::string>> back;
  for (const auto& [own, other] : join.bridge->from) back.emplace_back(other, own);
  bridge.joins.push_back(ManyToOne(entity.name, std::move(back)));
  bridge.joins.push_back(ManyToOne(join.entity, join.bridge->to));
  return bridge;
}

// Tells whether the two stand for one many_to_many join, declared on both sides.
bool IsSameBridge(const Entity& a, const Entity& b) {
  const auto same = [](const Join& one, const Join& other) {
    return one.entity == other.entity && one.columns == other.columns;
  };
  return a.schema == b.schema && a.table == b.table &&
         ((same(a.joins[0], b.joins[1]) && same(a.joins[1], b.joins[0])) ||
          (same(a.joins[0], b.joins[0]) && same(a.joins[1], b.joins[1])));
}

void AddBridges(Model* model) {
  std::vector<Entity> bridges;
  for (const Entity& entity : model->entities) {
    for (const Join& join : entity.joins) {
      if (!join.bridge) continue;
      Entity bridge = BridgeEntity(*model, entity, join);
      const auto is_known = [&](const Entity& known) { return IsSameBridge(known, bridge); };
      if (std::none_of(bridges.begin(), bridges.end(), is_known)) {
        bridges.push_back(std::move(bridge));
      }
    }
  }
  for (Entity& bridge : bridges) {
    bridge.name = FreeName(*model, bridge.name);
    model->entities.push_back(std::move(bridge));
  }
}

// A dimension or measure that the model names; entity is null when there is none.
FoundMember FindValue(const Model& model, const Entity& home, std::string_view name) {
  FoundMember found = FindReference(model, home, name);
  if (found.segment != nullptr || !found.granularity.empty()) return {};
  return found;
}

std::vector<std::string> NamesFor(const Model& model, const Entity& home) {
  std::vector<std::string> names = model.MemberNames();
  for (const Dimension& dimension : home.dimensions) names.push_back(dimension.name);
  for (const Measure& measure : home.measures) names.push_back(measure.name);
  return names;
}

Status UnknownMember(const Model& model, const Entity& home, const std::string& owner,
                     const std::string& name, const char* kind, const std::string& pointer) {
  return Invalid(Quoted(owner) + " names the unknown " + kind + " " + Quoted(name), pointer)
      .WithHint(NearestNameHint(name, NamesFor(model, home)));
}

// Names an own dimension, of type time when `time` says so.
Status DemandOwnDimension(const Model& model, const Entity& entity, const std::string& owner,
                          const std::string& name, std::optional<DimensionType> type,
                          const std::string& pointer) {
  const Dimension* dimension = entity.FindDimension(name);
  if (dimension == nullptr) {
    return UnknownMember(model, entity, owner, name, "dimension", pointer);
  }
  if (!type || dimension->type == *type) return Status::Ok();
  return Invalid(Quoted(owner) + " needs a time dimension, which " + Quoted(name) + " is not",
                 pointer);
}

// Finds cycles among the members of the model, which are numbered by their addresses.
class Dependencies {
 public:
  explicit Dependencies(const Model& model) : model_(model) {}

  // Follows what `measure` is made of. Errors: kSemanticInvalidModel naming the cycle.
  Status Visit(const Entity& entity, const Measure& measure, const std::string& pointer) {
    return Visit(entity, &measure, nullptr, pointer);
  }
  Status Visit(const Entity& entity, const Dimension& dimension, const std::string& pointer) {
    return Visit(entity, nullptr, &dimension, pointer);
  }

 private:
  enum class State { kNew, kOpen, kDone };
  static constexpr std::size_t kMaxDepth = 200;
  // Of a member, when what its formula names is put in place of the names: the SQL is as long.
  static constexpr std::size_t kMaxSize = 2 * kMaxFormulaNodes;

  Status Visit(const Entity& entity, const Measure* measure, const Dimension* dimension,
               const std::string& pointer) {
    const void* key = KeyOf(measure, dimension);
    State& state = states_[key];
    if (state == State::kDone) return Status::Ok();
    const std::string name =
        entity.name + "." + (measure != nullptr ? measure->name : dimension->name);
    path_.push_back(name);
    if (state == State::kOpen || path_.size() > kMaxDepth) return Cycle(name, pointer);
    state = State::kOpen;
    const RowSource& source = SourceOf(measure, dimension);
    std::size_t size = source.formula ? NodesOf(*source.formula) : 1;
    for (const std::string& next : NamesIn(measure, dimension)) {
      const FoundMember found = FindValue(model_, entity, next);
      if (found.entity == nullptr) continue;  // reported where the names are checked
      const Measure* inner = found.dimension != nullptr ? nullptr : found.measure;
      LOUPE_RETURN_IF_ERROR(Visit(*found.entity, inner, found.dimension, pointer));
      size += sizes_[KeyOf(inner, found.dimension)];
      if (size > kMaxSize) return TooLarge(name, pointer);
    }
    sizes_[key] = size;
    states_[key] = State::kDone;
    path_.pop_back();
    return Status::Ok();
  }

  static const void* KeyOf(const Measure* measure, const Dimension* dimension) {
    return measure != nullptr ? static_cast<const void*>(measure) : dimension;
  }

  static const RowSource& SourceOf(const Measure* measure, const Dimension* dimension) {
    return measure != nullptr ? static_cast<const RowSource&>(*measure) : *dimension;
  }

  // As deep as the formula, which kMaxFormulaDepth bounds; so is AddNames.
  static std::size_t NodesOf(const Formula& formula) {
    std::size_t nodes = 1;
    for (const Formula& arg : formula.args) nodes += NodesOf(arg);
    return nodes;
  }

  static void AddNames(const Formula& formula, std::vector<std::string>* names) {
    if (formula.kind == Formula::Kind::kReference) names->push_back(formula.text);
    for (const Formula& arg : formula.args) AddNames(arg, names);
  }

  // Each as often as it is named: a share names its measure twice.
  static std::vector<std::string> NamesIn(const Measure* measure, const Dimension* dimension) {
    std::vector<std::string> names;
    const RowSource& source = SourceOf(measure, dimension);
    if (source.formula) AddNames(*source.formula, &names);
    if (measure == nullptr || measure->measure.empty()) return names;
    names.push_back(measure->measure);
    if (measure->kind == MeasureKind::kPercentOfTotal) names.push_back(measure->measure);
    return names;
  }

  static Status TooLarge(const std::string& name, const std::string& pointer) {
    return Status(Code::kLimitExceeded,
                  Quoted(name) + " is made of more than " + std::to_string(kMaxSize) + " members")
        .At(pointer);
  }

  Status Cycle(const std::string& name, const std::string& pointer) {
    std::string text;
    for (auto at = std::find(path_.begin(), path_.end(), name); at != path_.end(); ++at) {
      text += (text.empty() ? "" : " -> ") + *at;
    }
    return Invalid(Quoted(name) + " depends on itself", pointer)
        .WithDetail("The way is " + text.substr(0, 1'000) + ".");
  }

  const Model& model_;
  std::map<const void*, State> states_;
  std::map<const void*, std::size_t> sizes_;
  std::vector<std::string> path_;
};

// A formula over the row names own dimensions; one over measures names measures, or dimensions that
// the query then has to group by.
Status CheckFormulaNames(const Model& model, const Entity& entity, const std::string& owner,
                         const Formula& formula, bool over_rows, const std::string& pointer) {
  for (const std::string& name : ReferencesOf(formula)) {
    const FoundMember found = FindValue(model, entity, name);
    if (over_rows && (found.dimension == nullptr || found.entity != &entity)) {
      return UnknownMember(model, entity, owner, name, "dimension", pointer)
          .WithDetail("A formula over rows may use the dimensions of its own entity.");
    }
    if (found.entity == nullptr) {
      return UnknownMember(model, entity, owner, name, "measure", pointer);
    }
  }
  return Status::Ok();
}

Status LinkSemiAdditive(const Model& model, const Entity& entity, const Measure& measure,
                        const std::string& pointer) {
  const SemiAdditive& semi = *measure.semi_additive;
  const std::string at = pointer + "/semi_additive";
  LOUPE_RETURN_IF_ERROR(DemandOwnDimension(model, entity, measure.name, semi.time_dimension,
                                           DimensionType::kTime, at + "/time_dimension"));
  for (std::size_t i = 0; i < semi.partition_by.size(); ++i) {
    LOUPE_RETURN_IF_ERROR(DemandOwnDimension(model, entity, measure.name, semi.partition_by[i],
                                             std::nullopt, JsonPointer(at + "/partition_by", i)));
  }
  return Status::Ok();
}

Status LinkDerived(const Model& model, const Entity& entity, const std::string& pointer,
                   Measure* measure) {
  const FoundMember base = FindValue(model, entity, measure->measure);
  if (base.measure == nullptr) {
    return UnknownMember(model, entity, measure->name, measure->measure, "measure",
                         pointer + "/measure");
  }
  measure->measure = base.Name();
  for (std::size_t i = 0; i < measure->within.size(); ++i) {
    const FoundMember found = FindValue(model, entity, measure->within[i]);
    if (found.dimension == nullptr) {
      return UnknownMember(model, entity, measure->name, measure->within[i], "dimension",
                           JsonPointer(pointer + "/within", i));
    }
    measure->within[i] = found.Name();
  }
  if (!measure->shift || measure->shift->time_dimension.empty()) return Status::Ok();
  const FoundMember time = FindValue(model, entity, measure->shift->time_dimension);
  if (time.dimension == nullptr || time.dimension->type != DimensionType::kTime) {
    return UnknownMember(model, entity, measure->name, measure->shift->time_dimension,
                         "time dimension", pointer + "/time_dimension");
  }
  measure->shift->time_dimension = time.Name();
  return Status::Ok();
}

Status LinkMeasure(const Model& model, const Entity& entity, const std::string& pointer,
                   Measure* measure) {
  if (measure->formula) {
    LOUPE_RETURN_IF_ERROR(CheckFormulaNames(model, entity, measure->name, *measure->formula,
                                            measure->kind == MeasureKind::kAggregate,
                                            pointer + "/formula"));
  }
  if (measure->semi_additive) return LinkSemiAdditive(model, entity, *measure, pointer);
  return measure->measure.empty() ? Status::Ok() : LinkDerived(model, entity, pointer, measure);
}

Status LinkAccess(const Model& model, const Entity& entity, const std::string& pointer) {
  for (std::size_t i = 0; i < entity.access.size(); ++i) {
    const AccessRule& rule = entity.access[i];
    for (const auto* names : {&rule.hidden, &rule.masked}) {
      for (const std::string& name : *names) {
        if (HasMember(entity, name)) continue;
        return UnknownMember(model, entity, entity.name, name, "member", JsonPointer(pointer, i));
      }
    }
  }
  return Status::Ok();
}

Status LinkEntity(Model* model, std::size_t index) {
  Entity& entity = model->entities[index];
  for (std::size_t i = 0; i < entity.dimensions.size(); ++i) {
    const Dimension& dimension = entity.dimensions[i];
    if (!dimension.formula) continue;
    LOUPE_RETURN_IF_ERROR(CheckFormulaNames(*model, entity, dimension.name, *dimension.formula,
                                            true,
                                            MemberPointer(index, "dimensions", i, "formula")));
  }
  for (std::size_t i = 0; i < entity.measures.size(); ++i) {
    LOUPE_RETURN_IF_ERROR(LinkMeasure(
        *model, entity, JsonPointer(EntityPointer(index) + "/measures", i), &entity.measures[i]));
  }
  for (std::size_t i = 0; i < entity.hierarchies.size(); ++i) {
    for (const std::string& level : entity.hierarchies[i].levels) {
      LOUPE_RETURN_IF_ERROR(DemandOwnDimension(*model, entity, entity.hierarchies[i].name, level,
                                               std::nullopt,
                                               MemberPointer(index, "hierarchies", i, "levels")));
    }
  }
  return LinkAccess(*model, entity, EntityPointer(index) + "/access");
}

Status CheckCycles(const Model& model) {
  Dependencies dependencies(model);
  for (std::size_t e = 0; e < model.entities.size(); ++e) {
    const Entity& entity = model.entities[e];
    for (std::size_t i = 0; i < entity.dimensions.size(); ++i) {
      LOUPE_RETURN_IF_ERROR(dependencies.Visit(entity, entity.dimensions[i],
                                               JsonPointer(EntityPointer(e) + "/dimensions", i)));
    }
    for (std::size_t i = 0; i < entity.measures.size(); ++i) {
      LOUPE_RETURN_IF_ERROR(dependencies.Visit(entity, entity.measures[i],
                                               JsonPointer(EntityPointer(e) + "/measures", i)));
    }
  }
  return Status::Ok();
}

}  // namespace

Status LinkModel(Model* model) {
  LOUPE_RETURN_IF_ERROR(CheckJoinTargets(*model));
  LOUPE_RETURN_IF_ERROR(ExtendEntities(model));
  AddBridges(model);
  for (std::size_t i = 0; i < model->entities.size(); ++i) {
    LOUPE_RETURN_IF_ERROR(LinkEntity(model, i));
  }
  LOUPE_RETURN_IF_ERROR(CheckCycles(*model));
  LOUPE_RETURN_IF_ERROR(CheckFormulas(*model));
  return CheckModelFilters(*model);
}

}  // namespace loupe::semantic

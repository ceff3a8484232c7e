#include "core/semantic/import_draft.hpp"

#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "core/semantic/formula.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {
namespace {

const std::string& NameOf(const DraftMember& member) {
  static const std::string empty;
  const Json* name = member.json.Find("name");
  return name == nullptr ? empty : name->AsString();
}

const Json* FindIn(const std::vector<DraftMember>& members, std::string_view name) {
  for (const DraftMember& member : members) {
    if (NameOf(member) == name) return &member.json;
  }
  return nullptr;
}

// Names of the measures that can be computed: those that need nothing, then, again and again,
// those whose needs are all there.
std::set<std::string> ComputableMeasures(const ImportDraft& draft) {
  std::map<std::string, std::vector<std::string>> needed_by;
  std::map<std::string, std::size_t> missing;
  std::vector<std::string> ready;
  for (const DraftEntity& entity : draft.entities) {
    for (const DraftMember& measure : entity.measures) {
      const std::string name = entity.name + "." + NameOf(measure);
      const std::set<std::string> needs(measure.needs.begin(), measure.needs.end());
      missing[name] = needs.size();
      for (const std::string& need : needs) needed_by[need].push_back(name);
      if (needs.empty()) ready.push_back(name);
    }
  }
  std::set<std::string> computable;
  while (!ready.empty()) {
    const std::string name = ready.back();
    ready.pop_back();
    computable.insert(name);
    for (const std::string& other : needed_by[name]) {
      if (--missing[other] == 0) ready.push_back(other);
    }
  }
  return computable;
}

std::string MissingNeed(const DraftMember& measure, const std::set<std::string>& computable) {
  for (const std::string& need : measure.needs) {
    if (computable.count(need) == 0) return need;
  }
  return {};
}

// Leaves the measures that can be computed.
void PruneMeasures(ImportDraft* draft) {
  const std::set<std::string> computable = ComputableMeasures(*draft);
  for (DraftEntity& entity : draft->entities) {
    std::vector<DraftMember> kept;
    for (DraftMember& measure : entity.measures) {
      const std::string missing = MissingNeed(measure, computable);
      if (missing.empty()) {
        kept.push_back(std::move(measure));
        continue;
      }
      draft->notes.Add(measure.pointer, "measure \"" + NameOf(measure) + "\" is computed from \"" +
                                            missing +
                                            "\", which is not carried or computed from it");
    }
    entity.measures = std::move(kept);
  }
}

// Leaves the joins that lead to an entity.
void PruneJoins(ImportDraft* draft) {
  std::set<std::string> names;
  for (const DraftEntity& entity : draft->entities) names.insert(entity.name);
  for (DraftEntity& entity : draft->entities) {
    std::vector<DraftMember> kept;
    for (DraftMember& join : entity.joins) {
      const std::string& target = join.json.Find("entity")->AsString();
      if (names.count(target) != 0) {
        kept.push_back(std::move(join));
        continue;
      }
      draft->notes.Add(join.pointer,
                       "join to \"" + target + "\" is not carried: there is no such entity");
    }
    entity.joins = std::move(kept);
  }
}

Json All(const std::vector<DraftMember>& members) {
  Json list = Json::MakeArray();
  for (const DraftMember& member : members) list.Append(member.json);
  return list;
}

void SetList(std::string_view key, Json list, Json* json) {
  if (!list.items().empty()) json->Set(key, std::move(list));
}

Json ModelOf(const ImportDraft& draft) {
  Json entities = Json::MakeArray();
  for (const DraftEntity& entity : draft.entities) {
    Json json = Json::Of({{"name", entity.name}});
    for (const Json::Member& member : entity.head.members()) json.Set(member.name, member.value);
    SetList("joins", All(entity.joins), &json);
    SetList("dimensions", All(entity.dimensions), &json);
    SetList("measures", All(entity.measures), &json);
    SetList("segments", All(entity.segments), &json);
    SetList("hierarchies", All(entity.hierarchies), &json);
    SetList("access", entity.access, &json);
    entities.Append(std::move(json));
  }
  Json model = draft.head;
  model.Set("entities", std::move(entities));
  return model;
}

// "/entities/3/measures/5/sql" as 3, "measures", 5; nothing of it when it is no such pointer.
struct Place {
  std::optional<std::size_t> entity;
  std::string list;
  std::optional<std::size_t> item;
};

Place PlaceOf(const std::string& pointer) {
  std::vector<std::string> tokens;
  for (const char c : pointer) {
    if (c == '/') {
      tokens.emplace_back();
    } else if (!tokens.empty()) {
      tokens.back() += c;
    }
  }
  const auto number = [&](std::size_t at) -> std::optional<std::size_t> {
    std::size_t value = 0;
    if (at >= tokens.size() || tokens[at].empty()) return std::nullopt;
    const char* end = tokens[at].data() + tokens[at].size();
    if (std::from_chars(tokens[at].data(), end, value).ptr != end) return std::nullopt;
    return value;
  };
  if (tokens.empty() || tokens[0] != "entities") return {};
  return {number(1), tokens.size() > 2 ? tokens[2] : std::string(), number(3)};
}

std::vector<DraftMember>* ListOf(const std::string& name, DraftEntity* entity) {
  if (name == "joins") return &entity->joins;
  if (name == "dimensions") return &entity->dimensions;
  if (name == "measures") return &entity->measures;
  if (name == "segments") return &entity->segments;
  return name == "hierarchies" ? &entity->hierarchies : nullptr;
}

// Takes away the member, else the entity, that ParseModel refuses. False when it names none.
bool TakeAway(const Status& refusal, ImportDraft* draft) {
  const Place place = PlaceOf(refusal.pointer());
  if (!place.entity || *place.entity >= draft->entities.size()) return false;
  DraftEntity& entity = draft->entities[*place.entity];
  std::vector<DraftMember>* list = ListOf(place.list, &entity);
  if (list != nullptr && place.item && *place.item < list->size()) {
    const auto item = list->begin() + static_cast<std::ptrdiff_t>(*place.item);
    draft->notes.Add(item->pointer, "it is not carried: " + refusal.message());
    list->erase(item);
    return true;
  }
  draft->notes.Add(entity.pointer, "\"" + entity.name + "\" is not carried: " + refusal.message());
  draft->entities.erase(draft->entities.begin() + static_cast<std::ptrdiff_t>(*place.entity));
  return true;
}

}  // namespace

const Json* DraftEntity::FindDimension(std::string_view name_wanted) const {
  return FindIn(dimensions, name_wanted);
}

const Json* DraftEntity::FindMeasure(std::string_view name_wanted) const {
  return FindIn(measures, name_wanted);
}

DraftEntity* ImportDraft::FindEntity(std::string_view name) {
  for (DraftEntity& entity : entities) {
    if (entity.name == name) return &entity;
  }
  return nullptr;
}

void SetText(std::string_view key, const std::string& text, Json* json) {
  if (!text.empty()) json->Set(key, text);
}

void SetTexts(std::string_view key, const std::vector<std::string>& texts, Json* json) {
  Json list = Json::MakeArray();
  for (const std::string& text : texts) list.Append(text);
  SetList(key, std::move(list), json);
}

Status SetFormula(const std::string& text, const std::string& entity, DraftMember* measure) {
  LOUPE_ASSIGN_OR_RETURN(const Formula formula, ParseFormula(text));
  measure->json.Set("formula", text);
  for (const std::string& reference : ReferencesOf(formula)) {
    const bool is_local = reference.find('.') == std::string::npos;
    measure->needs.push_back(is_local ? entity + "." + reference : reference);
  }
  return Status::Ok();
}

Result<Imported> Finish(ImportDraft draft) {
  for (int refused = 0;; ++refused) {
    PruneMeasures(&draft);
    PruneJoins(&draft);
    Json json = ModelOf(draft);
    const Result<Model> model = ParseModel(json);
    if (model.ok()) return Imported{std::move(json), draft.notes.Take(), draft.guessed_types};
    if (refused == kMaxRefused || !TakeAway(model.status(), &draft)) return model.status();
  }
}

}  // namespace loupe::semantic

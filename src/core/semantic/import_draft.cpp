#include "core/semantic/import_draft.hpp"

#include <map>
#include <set>

#include "core/semantic/formula.hpp"

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

Json KeptMeasures(const DraftEntity& entity, const std::set<std::string>& computable,
                  ImportNotes* notes) {
  Json kept = Json::MakeArray();
  for (const DraftMember& measure : entity.measures) {
    const std::string missing = MissingNeed(measure, computable);
    if (missing.empty()) {
      kept.Append(measure.json);
      continue;
    }
    notes->Add(measure.pointer, "measure \"" + NameOf(measure) + "\" is computed from \"" +
                                    missing + "\", which is not carried or computed from it");
  }
  return kept;
}

Json KeptJoins(const DraftEntity& entity, const std::set<std::string>& entities,
               ImportNotes* notes) {
  Json kept = Json::MakeArray();
  for (const DraftMember& join : entity.joins) {
    const std::string& target = join.json.Find("entity")->AsString();
    if (entities.count(target) != 0) {
      kept.Append(join.json);
      continue;
    }
    notes->Add(join.pointer, "join to \"" + target + "\" is not carried: there is no such entity");
  }
  return kept;
}

Json All(const std::vector<DraftMember>& members) {
  Json list = Json::MakeArray();
  for (const DraftMember& member : members) list.Append(member.json);
  return list;
}

void SetList(std::string_view key, Json list, Json* json) {
  if (!list.items().empty()) json->Set(key, std::move(list));
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

Imported Finish(ImportDraft draft) {
  std::set<std::string> names;
  for (const DraftEntity& entity : draft.entities) names.insert(entity.name);
  const std::set<std::string> computable = ComputableMeasures(draft);
  Json entities = Json::MakeArray();
  for (const DraftEntity& entity : draft.entities) {
    Json json = Json::Of({{"name", entity.name}});
    for (const Json::Member& member : entity.head.members()) json.Set(member.name, member.value);
    SetList("joins", KeptJoins(entity, names, &draft.notes), &json);
    SetList("dimensions", All(entity.dimensions), &json);
    SetList("measures", KeptMeasures(entity, computable, &draft.notes), &json);
    SetList("segments", All(entity.segments), &json);
    SetList("hierarchies", All(entity.hierarchies), &json);
    SetList("access", entity.access, &json);
    entities.Append(std::move(json));
  }
  draft.head.Set("entities", std::move(entities));
  return {std::move(draft.head), draft.notes.Take(), std::move(draft.guessed_types)};
}

}  // namespace loupe::semantic

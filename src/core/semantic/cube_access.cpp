#include <algorithm>
#include <set>

#include "core/semantic/cube_members.hpp"

namespace loupe::semantic {
namespace {

// A filter of the query JSON; an error when its values come from a security context.
Result<Json> FilterOf(const CubeSource& cube, const Json& json) {
  const Status refused(Code::kNotSupported, "its condition cannot be evaluated here");
  const Json* member = json.Find("member");
  const Json* op = json.Find("operator");
  if (member == nullptr || !member->IsString() || op == nullptr || !op->IsString()) return refused;
  const std::string local = cube.LocalName(member->AsString());
  const bool is_own = local.find('.') == std::string::npos;
  Json filter = Json::Of(
      {{"member", is_own ? MemberNameFrom(cube.name) + "." + MemberNameFrom(local) : local},
       {"operator", *op}});
  const Json* values = json.Find("values");
  if (values == nullptr) return filter;
  if (!values->IsArray()) return refused;
  for (const Json& value : values->items()) {
    const bool is_code = value.IsString() && value.AsString().find('{') != std::string::npos;
    if (is_code || value.IsArray() || value.IsObject()) return refused;
  }
  filter.Set("values", *values);
  return filter;
}

Result<Json> RowFilterOf(const CubeSource& cube, const Json& row_level) {
  Json filters = Json::MakeArray();
  const Json* all = row_level.Find("allow_all");
  if (all == nullptr) all = row_level.Find("allowAll");
  if (all != nullptr && *all == Json(true)) return filters;
  const Json* list = row_level.Find("filters");
  if (list == nullptr || !list->IsArray() || list->items().empty()) {
    return Status(Code::kNotSupported, "it has no conditions");
  }
  for (const Json& item : list->items()) {
    LOUPE_ASSIGN_OR_RETURN(Json filter, FilterOf(cube, item));
    filters.Append(std::move(filter));
  }
  return filters;
}

std::vector<std::string> RolesOf(ForeignObject* policy) {
  std::vector<std::string> roles;
  for (const char* key : {"role", "roles", "group", "groups"}) {
    for (std::string& role : policy->Texts(key)) roles.push_back(std::move(role));
  }
  if (std::find(roles.begin(), roles.end(), "*") != roles.end()) roles.clear();
  return roles;
}

bool Holds(const std::set<std::string>& names, const std::string& name) {
  return names.count(name) != 0 || names.count("*") != 0;
}

// Members that the policy hides: those it excludes, and those it does not include.
std::vector<std::string> HiddenBy(const CubeSource& cube, const DraftEntity& entity,
                                  ForeignObject* level) {
  const Json* includes_written = level->Find("includes");
  std::set<std::string> includes;
  std::set<std::string> excludes;
  for (const std::string& name : level->Texts("includes")) includes.insert(cube.LocalName(name));
  for (const std::string& name : level->Texts("excludes")) excludes.insert(cube.LocalName(name));
  std::vector<std::string> hidden;
  for (const auto* members : {&entity.dimensions, &entity.measures}) {
    for (const DraftMember& member : *members) {
      const std::string& name = member.json.Find("name")->AsString();
      const bool included = includes_written == nullptr || Holds(includes, name);
      if (!included || Holds(excludes, name)) hidden.push_back(name);
    }
  }
  return hidden;
}

}  // namespace

void ReadAccess(const CubeSource& cube, ForeignObject* object, DraftEntity* entity) {
  ImportNotes notes;
  const auto note = [&](const std::string& pointer, const std::string& message) {
    object->Note("access_policy", message + " (" + pointer + ")");
  };
  for (const ForeignItem& item : object->Items("access_policy")) {
    ForeignObject policy(*item.value, item.pointer, &notes);
    Json rule = Json::MakeObject();
    SetTexts("roles", RolesOf(&policy), &rule);
    Json filters = Json::MakeArray();
    const Json* row_level = policy.Find("row_level");
    Result<Json> read = row_level == nullptr ? Json::MakeArray() : RowFilterOf(cube, *row_level);
    if (read.ok() && policy.Find("conditions") == nullptr) {
      filters = std::move(read).value();
    } else {
      filters.Append("false");
      note(item.pointer, "the policy depends on code or a security context: it shows no rows");
    }
    if (!filters.items().empty()) rule.Set("row_filter", std::move(filters));
    if (const Json* level = policy.Find("member_level")) {
      ForeignObject reader(*level, item.pointer + "/member_level", &notes);
      SetTexts("hidden", HiddenBy(cube, *entity, &reader), &rule);
    }
    if (policy.Find("member_masking") != nullptr) {
      note(item.pointer, "\"member_masking\" is not carried: the members stay hidden");
    }
    entity->access.Append(std::move(rule));
  }
  note(object->PointerTo("access_policy"), "roles are taken as PostgreSQL roles of the same name");
  for (const ImportNote& left : notes.Take()) note(left.pointer, left.message);
}

}  // namespace loupe::semantic

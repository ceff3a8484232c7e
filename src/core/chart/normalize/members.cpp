#include "core/chart/normalize/members.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "core/chart/config/config.hpp"

namespace loupe::chart {

Json Without(const Json& object, const std::vector<std::string_view>& names) {
  Json out = Json::MakeObject();
  if (!object.IsObject()) return out;
  for (const Json::Member& member : object.members()) {
    const bool dropped = std::find(names.begin(), names.end(), member.name) != names.end();
    if (!dropped) out.members().push_back(member);
  }
  return out;
}

Json Joined(const Json& below, const Json& above) {
  Json out = below.IsObject() ? below : Json::MakeObject();
  if (!above.IsObject()) return out;
  std::unordered_map<std::string_view, std::size_t> places;
  if (below.IsObject()) {
    for (const Json::Member& member : below.members()) places.emplace(member.name, places.size());
  }
  for (const Json::Member& member : above.members()) {
    const auto [place, is_new] = places.emplace(member.name, out.members().size());
    if (is_new) {
      out.members().push_back(member);
    } else {
      out.members()[place->second].value = member.value;
    }
  }
  return out;
}

void CopyMembers(const Json& from, std::initializer_list<std::string_view> names, Json* to) {
  for (const std::string_view name : names) {
    if (const Json* value = from.Find(name)) to->Set(name, *value);
  }
}

Json ListAt(const Json& object, std::string_view name) {
  const Json* list = object.Find(name);
  return list != nullptr && list->IsArray() ? *list : Json::MakeArray();
}

void AppendAll(const Json& list, Json* to) {
  for (const Json& item : list.items()) to->Append(item);
}

bool IsTruthy(const Json* value) {
  if (value == nullptr || value->IsNull()) return false;
  if (value->IsBool()) return value->AsBool();
  if (value->IsNumber()) return value->AsDouble() != 0 && !std::isnan(value->AsDouble());
  return !value->IsString() || !value->AsString().empty();
}

const Json* MarkProperty(const Json& mark, const Json& config, std::string_view name) {
  if (const Json* own = mark.Find(name)) return own;
  std::vector<std::string_view> styles;
  const Json* type = mark.Find("type");
  if (type != nullptr && type->IsString()) styles.emplace_back(type->AsString());
  const std::size_t kinds = styles.size();
  if (const Json* style = mark.Find("style")) {
    if (style->IsString()) styles.emplace_back(style->AsString());
    if (style->IsArray()) {
      for (const Json& item : style->items()) {
        if (item.IsString()) styles.emplace_back(item.AsString());
      }
    }
  }
  for (auto style = styles.rbegin(); style != styles.rend(); ++style) {
    if (const Json* found = Section(Section(config, "style"), *style).Find(name)) return found;
  }
  const Json* of_kind = kinds != 0 ? Section(config, styles.front()).Find(name) : nullptr;
  return of_kind != nullptr ? of_kind : Section(config, "mark").Find(name);
}

}  // namespace loupe::chart

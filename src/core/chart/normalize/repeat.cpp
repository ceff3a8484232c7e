#include "core/chart/normalize/repeat.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "core/chart/limits.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

// What {"repeat": NAME} stands for in one view.
using Repeater = std::map<std::string, Json>;

void Replace(const Repeater& repeater, Json* value) {
  if (value->IsArray()) {
    for (Json& item : value->items()) Replace(repeater, &item);
  }
  if (!value->IsObject()) return;
  const Json* name = value->Find("repeat");
  if (name != nullptr && name->IsString() && value->members().size() == 1) {
    const auto known = repeater.find(name->AsString());
    if (known != repeater.end()) *value = Json(known->second);
    return;
  }
  for (Json::Member& member : value->members()) {
    if (member.name != "data" && member.name != "datasets") Replace(repeater, &member.value);
  }
}

Result<std::vector<Json>> ListOf(const Json* list, const std::string& pointer) {
  if (list == nullptr) return std::vector<Json>();
  if (!list->IsArray() || list->items().empty()) {
    return InvalidSpec("\"repeat\" must hold lists of fields", pointer);
  }
  return list->items();
}

// The view's members but those of the repetition itself.
Json Rest(const Json& view) {
  Json rest = Json::MakeObject();
  for (const Json::Member& member : view.members()) {
    const bool own = member.name == "repeat" || member.name == "spec" || member.name == "columns";
    if (!own) rest.Set(member.name, member.value);
  }
  return rest;
}

Json Child(const Json& spec, const Repeater& repeater) {
  Json child = spec;
  Replace(repeater, &child);
  return child;
}

struct Lists {
  std::vector<Json> wrapped;
  std::vector<Json> row;
  std::vector<Json> column;
};

// One child for each combination; a list that is empty counts once and replaces nothing.
Json Children(const Json& spec, const Lists& lists) {
  Json children = Json::MakeArray();
  const auto each = [](const std::vector<Json>& list, const auto& function) {
    if (list.empty()) return function(nullptr);
    for (const Json& value : list) function(&value);
  };
  each(lists.wrapped, [&](const Json* wrapped) {
    each(lists.row, [&](const Json* row) {
      each(lists.column, [&](const Json* column) {
        Repeater repeater;
        if (wrapped != nullptr) repeater["repeat"] = *wrapped;
        if (row != nullptr) repeater["row"] = *row;
        if (column != nullptr) repeater["column"] = *column;
        children.Append(Child(spec, repeater));
      });
    });
  });
  return children;
}

Result<Json> ExpandLayers(const Json& view, const std::vector<Json>& layer, const Json& spec) {
  Json out = Rest(view);
  Json layers = Json::MakeArray();
  for (const Json& value : layer) layers.Append(Child(spec, {{"layer", value}}));
  out.Set("layer", std::move(layers));
  return out;
}

}  // namespace

Result<Json> ExpandRepeat(const Json& view, const std::string& pointer) {
  const Json& repeat = *view.Find("repeat");
  const std::string at = JsonPointer(pointer, "repeat");
  const Json* spec = view.Find("spec");
  if (spec == nullptr || !spec->IsObject()) {
    return InvalidSpec("\"repeat\" needs a \"spec\"", pointer);
  }
  Lists lists;
  std::vector<Json> layer;
  if (repeat.IsArray()) {
    LOUPE_ASSIGN_OR_RETURN(lists.wrapped, ListOf(&repeat, at));
  } else {
    LOUPE_ASSIGN_OR_RETURN(lists.row, ListOf(repeat.Find("row"), at));
    LOUPE_ASSIGN_OR_RETURN(lists.column, ListOf(repeat.Find("column"), at));
    LOUPE_ASSIGN_OR_RETURN(layer, ListOf(repeat.Find("layer"), at));
  }
  const auto count = [](const std::vector<Json>& list) {
    return std::max<std::size_t>(1, list.size());
  };
  const std::size_t views =
      count(lists.wrapped) * count(lists.row) * count(lists.column) * count(layer);
  if (views > kMaxViews) {
    return Status(Code::kLimitExceeded,
                  "the chart has more than " + std::to_string(kMaxViews) + " views")
        .At(at);
  }
  if (lists.wrapped.empty() && lists.row.empty() && lists.column.empty()) {
    if (layer.empty()) return InvalidSpec("\"repeat\" names no fields", at);
    return ExpandLayers(view, layer, *spec);
  }
  Json inner = *spec;
  if (!layer.empty()) {
    inner = Json::Of({{"repeat", Json::Of({{"layer", Json::FromArray(layer)}})}, {"spec", *spec}});
  }
  Json out = Rest(view);
  if (const Json* data = spec->Find("data")) out.Set("data", *data);
  if (out.Find("align") == nullptr) out.Set("align", "all");
  if (!lists.wrapped.empty()) {
    if (const Json* columns = view.Find("columns")) out.Set("columns", *columns);
  } else {
    out.Set("columns", static_cast<std::int64_t>(count(lists.column)));
  }
  out.Set("concat", Children(inner, lists));
  return out;
}

}  // namespace loupe::chart

#include "core/chart/normalize/facet.hpp"

#include "core/chart/normalize/field.hpp"
#include "core/chart/normalize/members.hpp"

namespace loupe::chart {
namespace {

// Moves the grid's properties of one side out of its definition.
Json TakeSide(const char* side, const Json& def, Json* outer) {
  for (const char* name : {"align", "center", "spacing"}) {
    const Json* value = def.Find(name);
    if (value == nullptr) continue;
    const Json* sides = outer->Find(name);
    outer->Set(name, Joined(sides != nullptr ? *sides : Json(), Json::Of({{side, *value}})));
  }
  return Without(def, {"align", "center", "spacing", "columns"});
}

Json TakeWrapped(const Json& def, Json* outer) {
  for (const char* name : {"align", "center", "spacing", "columns"}) {
    const Json* value = def.Find(name);
    if (IsTruthy(value)) outer->Set(name, *value);
  }
  return Without(def, {"align", "center", "spacing", "columns"});
}

bool HasField(const Json* def) {
  if (def == nullptr) return false;
  return IsFieldDef(def) || IsFieldDef(ConditionalDef(*def));
}

void WarnOfFieldless(const Json& encoding, std::vector<Warning>* warnings,
                     const std::string& pointer) {
  for (const char* name : {"row", "column", "facet"}) {
    const Json* def = encoding.Find(name);
    if (def == nullptr || def->IsNull() || HasField(def)) continue;
    warnings->push_back({JsonPointer(JsonPointer(pointer, "encoding"), name),
                         "channel \"" + std::string(name) + "\" has no field and is left out", ""});
  }
}

// What the grid of rows and columns cannot heed.
void DropBesideSides(const Json& encoding, std::vector<Warning>* warnings,
                     const std::string& pointer, Json* outer) {
  if (encoding.Find("facet") != nullptr) {
    warnings->push_back({JsonPointer(JsonPointer(pointer, "encoding"), "facet"),
                         "channel \"facet\" is left out beside \"row\" and \"column\"", ""});
  }
  if (outer->Find("columns") == nullptr) return;
  warnings->push_back({JsonPointer(pointer, "columns"),
                       "\"columns\" has no effect beside \"row\" and \"column\"", ""});
  *outer = Without(*outer, {"columns"});
}

}  // namespace

std::optional<Json> ExpandFacetChannels(const Json& view, std::vector<Warning>* warnings,
                                        const std::string& pointer) {
  const Json* encoding = view.Find("encoding");
  if (encoding == nullptr || view.Find("mark") == nullptr) return std::nullopt;
  WarnOfFieldless(*encoding, warnings, pointer);
  const Json* row = encoding->Find("row");
  const Json* column = encoding->Find("column");
  const Json* wrapped = encoding->Find("facet");
  if (!HasField(row) && !HasField(column) && !HasField(wrapped)) return std::nullopt;
  Json outer =
      Without(view, {"mark", "width", "height", "view", "projection", "encoding", "params"});
  Json facet = Json::MakeObject();
  if (HasField(row)) facet.Set("row", TakeSide("row", *row, &outer));
  if (HasField(column)) facet.Set("column", TakeSide("column", *column, &outer));
  if (HasField(row) || HasField(column)) {
    DropBesideSides(*encoding, warnings, pointer, &outer);
  } else {
    facet = TakeWrapped(*wrapped, &outer);
  }
  Json inner = Json::MakeObject();
  for (const char* name : {"width", "height", "view", "projection"}) {
    if (IsTruthy(view.Find(name))) CopyMembers(view, {name}, &inner);
  }
  inner.Set("mark", *view.Find("mark"));
  inner.Set("encoding", Without(*encoding, {"row", "column", "facet"}));
  CopyMembers(view, {"params"}, &inner);
  outer.Set("facet", std::move(facet));
  outer.Set("spec", std::move(inner));
  return outer;
}

}  // namespace loupe::chart

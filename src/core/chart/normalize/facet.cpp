#include "core/chart/normalize/facet.hpp"

#include <algorithm>

namespace loupe::chart {
namespace {

constexpr const char* kInner[] = {"mark", "layer",  "width",      "height",
                                  "view", "params", "projection", "encoding"};
constexpr const char* kSideLayout[] = {"align", "center", "spacing"};
constexpr const char* kWrapLayout[] = {"align", "center", "spacing", "columns"};

template <std::size_t N>
bool IsOneOf(const char* const (&names)[N], const std::string& name) {
  return std::any_of(std::begin(names), std::end(names),
                     [&](const char* known) { return name == known; });
}

// Moves the grid's properties of one side out of its definition.
Json TakeSide(const std::string& side, const Json& def, Json* out) {
  Json kept = Json::MakeObject();
  for (const Json::Member& member : def.members()) {
    if (!IsOneOf(kSideLayout, member.name)) {
      kept.Set(member.name, member.value);
      continue;
    }
    Json sides = Json::MakeObject();
    if (const Json* known = out->Find(member.name); known != nullptr && known->IsObject()) {
      sides = *known;
    }
    sides.Set(side, member.value);
    out->Set(member.name, std::move(sides));
  }
  return kept;
}

Json TakeWrapped(const Json& def, Json* out) {
  Json kept = Json::MakeObject();
  for (const Json::Member& member : def.members()) {
    (IsOneOf(kWrapLayout, member.name) ? *out : kept).Set(member.name, member.value);
  }
  return kept;
}

}  // namespace

std::optional<Json> ExpandFacetChannels(const Json& view, std::vector<Warning>* warnings,
                                        const std::string& pointer) {
  const Json* encoding = view.Find("encoding");
  if (encoding == nullptr || !encoding->IsObject()) return std::nullopt;
  const auto definition = [&](const char* channel) {
    const Json* def = encoding->Find(channel);
    return def != nullptr && def->IsObject() ? def : nullptr;
  };
  const Json* row = definition("row");
  const Json* column = definition("column");
  const Json* wrapped = definition("facet");
  if (row == nullptr && column == nullptr && wrapped == nullptr) return std::nullopt;
  Json inner_encoding = Json::MakeObject();
  for (const Json::Member& member : encoding->members()) {
    const bool facet = member.name == "row" || member.name == "column" || member.name == "facet";
    if (!facet) inner_encoding.Set(member.name, member.value);
  }
  Json outer = Json::MakeObject();
  Json inner = Json::MakeObject();
  for (const Json::Member& member : view.members()) {
    (IsOneOf(kInner, member.name) ? inner : outer).Set(member.name, member.value);
  }
  inner.Set("encoding", std::move(inner_encoding));
  Json facet = Json::MakeObject();
  if (row != nullptr) facet.Set("row", TakeSide("row", *row, &outer));
  if (column != nullptr) facet.Set("column", TakeSide("column", *column, &outer));
  if (row == nullptr && column == nullptr) {
    facet = TakeWrapped(*wrapped, &outer);
  } else if (wrapped != nullptr) {
    warnings->push_back({JsonPointer(JsonPointer(pointer, "encoding"), "facet"),
                         "channel \"facet\" is left out beside \"row\" and \"column\"", ""});
  }
  outer.Set("facet", std::move(facet));
  outer.Set("spec", std::move(inner));
  return outer;
}

}  // namespace loupe::chart

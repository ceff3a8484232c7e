#include "core/chart/normalize/inherit.hpp"

#include "core/chart/normalize/field.hpp"
#include "core/chart/normalize/members.hpp"

namespace loupe::chart {
namespace {

// The layer's own definition with what the shared one says besides.
Json MergedDef(const Json& shared, const Json& own) {
  if (IsFieldOrDatumDef(&own)) return Joined(shared, own);
  const Json* condition = ConditionalDef(own);
  if (condition == nullptr) return own;
  return Joined(own, Json::Of({{"condition", Joined(shared, *condition)}}));
}

bool IsInherited(const Json& def) {
  return IsFieldOrDatumDef(&def) || def.IsArray() || def.Find("value") != nullptr ||
         def.Find("signal") != nullptr;
}

}  // namespace

Json InheritEncoding(const Json& shared, const Json& layer) {
  const Json* own = layer.Find("encoding");
  if (!shared.IsObject() || (own != nullptr && !own->IsObject())) return layer;
  const bool has_layers = layer.Find("layer") != nullptr;
  Json merged = Json::MakeObject();
  const Json channels = Without(shared, {"row", "column", "facet"});
  for (const Json::Member& member : channels.members()) {
    const Json* def = own != nullptr ? own->Find(member.name) : nullptr;
    if (def != nullptr) {
      merged.Set(member.name, MergedDef(member.value, *def));
    } else if (has_layers || IsInherited(member.value)) {
      merged.Set(member.name, member.value);
    }
  }
  if (own != nullptr) {
    for (const Json::Member& member : own->members()) {
      if (shared.Find(member.name) == nullptr) merged.Set(member.name, member.value);
    }
  }
  if (merged.members().empty()) return layer;
  Json out = layer;
  out.Set("encoding", std::move(merged));
  return out;
}

Json InheritProjection(const Json& shared, const Json& layer) {
  const Json* own = layer.Find("projection");
  const bool has_own = own != nullptr && !own->IsNull();
  if (has_own || !layer.IsObject()) return layer;
  return Joined(layer, Json::Of({{"projection", shared}}));
}

}  // namespace loupe::chart

#include "core/chart/normalize/inherit.hpp"

#include "core/chart/normalize/members.hpp"

namespace loupe::chart {
namespace {

bool IsBound(const Json& def) {
  if (!def.IsObject()) return false;
  const Json* aggregate = def.Find("aggregate");
  return def.Find("field") != nullptr || def.Find("datum") != nullptr ||
         (aggregate != nullptr && *aggregate == Json("count"));
}

}  // namespace

Json InheritEncoding(const Json& shared, const Json& layer) {
  Json out = layer;
  const Json* own = layer.Find("encoding");
  if (!shared.IsObject() || (own != nullptr && !own->IsObject())) return out;
  Json merged = shared;
  if (own != nullptr) {
    for (const Json::Member& member : own->members()) {
      const Json* below = shared.Find(member.name);
      const Json* condition = member.value.Find("condition");
      Json def = member.value;
      if (below != nullptr && below->IsObject() && IsBound(member.value)) {
        def = Joined(*below, member.value);
      } else if (below != nullptr && below->IsObject() && condition != nullptr &&
                 IsBound(*condition)) {
        def.Set("condition", Joined(*below, *condition));
      }
      merged.Set(member.name, std::move(def));
    }
  }
  out.Set("encoding", std::move(merged));
  return out;
}

}  // namespace loupe::chart

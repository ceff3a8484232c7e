#include "core/chart/normalize/members.hpp"

#include <algorithm>

namespace loupe::chart {

Json Without(const Json& object, const std::vector<std::string>& names) {
  Json out = Json::MakeObject();
  for (const Json::Member& member : object.members()) {
    const bool dropped = std::find(names.begin(), names.end(), member.name) != names.end();
    if (!dropped) out.Set(member.name, member.value);
  }
  return out;
}

Json Joined(const Json& below, const Json& above) {
  Json out = below;
  for (const Json::Member& member : above.members()) out.Set(member.name, member.value);
  return out;
}

}  // namespace loupe::chart

#include "core/chart/normalize/ranged_line.hpp"

#include "core/chart/normalize/field.hpp"
#include "core/chart/normalize/members.hpp"

namespace loupe::chart {
namespace {

// The second position of a range, or null.
const char* RangeOf(const Json& encoding) {
  constexpr const char* kRanges[][2] = {{"x", "x2"},
                                        {"y", "y2"},
                                        {"latitude", "latitude2"},
                                        {"longitude", "longitude2"},
                                        {"theta", "theta2"},
                                        {"radius", "radius2"}};
  for (const auto& range : kRanges) {
    const Json* first = encoding.Find(range[0]);
    const bool ranged = IsTruthy(encoding.Find(range[1])) && IsFieldOrDatumDef(first);
    if (!ranged) continue;
    const bool binned_before = IsFieldDef(first) && IsBinned(first->Find("bin"));
    if (!binned_before || first->Find("datum") != nullptr) return range[1];
  }
  return nullptr;
}

}  // namespace

std::optional<Json> ExpandRangedLine(const Json& unit, std::vector<Warning>* warnings,
                                     const std::string& pointer) {
  const Json* mark = unit.Find("mark");
  const Json* encoding = unit.Find("encoding");
  if (mark == nullptr || encoding == nullptr) return std::nullopt;
  const Json* type = mark->IsObject() ? mark->Find("type") : mark;
  if (type == nullptr || *type != Json("line")) return std::nullopt;
  const char* range = RangeOf(*encoding);
  if (range == nullptr) return std::nullopt;
  warnings->push_back({JsonPointer(pointer, "mark"),
                       "mark \"line\" with \"" + std::string(range) + "\" is drawn as \"rule\"",
                       ""});
  Json out = unit;
  out.Set("mark", mark->IsObject() ? Joined(*mark, Json::Of({{"type", "rule"}})) : Json("rule"));
  return out;
}

}  // namespace loupe::chart

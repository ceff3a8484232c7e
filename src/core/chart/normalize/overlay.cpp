#include "core/chart/normalize/overlay.hpp"

#include <string>
#include <vector>

#include "core/chart/config/config.hpp"
#include "core/chart/normalize.hpp"
#include "core/chart/normalize/members.hpp"
#include "core/chart/parse/unit.hpp"

namespace loupe::chart {
namespace {

constexpr double kAreaOpacity = 0.7;  // so that what lies over an area stands out

// The look of an overlay: true and objects ask for one, false and null refuse it.
std::optional<Json> LookOf(const Json* asked, const Json* by_default) {
  const Json* given = asked != nullptr ? asked : by_default;
  if (given == nullptr || given->IsNull()) return std::nullopt;
  if (*given == Json("transparent")) return Json::Of({{"opacity", 0}});
  if (given->IsObject()) return *given;
  return given->IsBool() && given->AsBool() ? std::optional<Json>(Json::MakeObject())
                                            : std::nullopt;
}

bool HasOpacity(const Json& area, const Json& config) {
  std::vector<const Json*> chain = {&area};
  for (const Json* style : StyleChain(area.Find("style"), config)) chain.push_back(style);
  chain.push_back(&Section(Section(config, "style"), "area"));
  chain.push_back(&Section(config, "area"));
  chain.push_back(&Section(config, "mark"));
  const Lookup look(std::move(chain));
  return look.Find("opacity") != nullptr || look.Find("fillOpacity") != nullptr;
}

// Names the stacking of the unit, which marks of other kinds would not have by themselves.
void NameStack(const Json& unit, const Json& config, Json* encoding) {
  std::vector<Warning> ignored;  // the unit is parsed again, with its own pointers
  Result<UnitView> parsed = ParseUnit(unit, "", &ignored);
  if (!parsed.ok()) return;
  View view;
  view.unit = std::move(parsed.value());
  const Result<NormalView> normal = Normalize(view, config);
  if (!normal.ok() || !normal.value().stack) return;
  constexpr const char* kOffsets[] = {"zero", "normalize", "center"};
  const Stack& stack = *normal.value().stack;
  Json* def = encoding->Find(ChannelName(stack.measure));
  if (def != nullptr) def->Set("stack", kOffsets[static_cast<std::size_t>(stack.offset)]);
}

void Copy(const Json& from, const std::vector<const char*>& names, Json* to) {
  for (const char* name : names) {
    if (const Json* value = from.Find(name)) to->Set(name, *value);
  }
}

}  // namespace

std::optional<Json> ExpandOverlay(const Json& unit, const Json& config) {
  const Json& given = *unit.Find("mark");
  const Json mark = given.IsObject() ? given : Json::Of({{"type", given}});
  const Json* type = mark.Find("type");
  const bool line = type != nullptr && *type == Json("line");
  const bool area = type != nullptr && *type == Json("area");
  if (!line && !area) return std::nullopt;
  const Json* own_encoding = unit.Find("encoding");
  Json encoding =
      own_encoding != nullptr && own_encoding->IsObject() ? *own_encoding : Json::MakeObject();
  const Json& defaults = Section(config, line ? "line" : "area");
  std::optional<Json> points = LookOf(mark.Find("point"), defaults.Find("point"));
  const bool shaped = encoding.Find("shape") != nullptr && mark.Find("point") == nullptr;
  if (shaped && !points) points = Json::MakeObject();
  std::optional<Json> edge;
  if (area) edge = LookOf(mark.Find("line"), defaults.Find("line"));
  if (!points && !edge) return std::nullopt;

  Json base = Without(mark, {"point", "line"});
  const bool faded = area && !HasOpacity(mark, config);
  if (faded) base.Set("opacity", kAreaOpacity);
  Json layers = Json::MakeArray();
  layers.Append(Json::Of({{"mark", base}, {"encoding", Without(encoding, {"shape"})}}));
  NameStack(unit, config, &encoding);
  const Json over = Without(encoding, {"x2", "y2"});
  if (edge) {
    Json look = Json::Of({{"type", "line"}});
    Copy(mark, {"clip", "interpolate", "tension", "tooltip"}, &look);
    look = Joined(look, *edge);
    layers.Append(Json::Of({{"mark", look}, {"encoding", over}}));
  }
  if (points) {
    Json look = Json::Of({{"type", "point"}, {"opacity", 1}, {"filled", true}});
    Copy(mark, {"clip", "tooltip"}, &look);
    look = Joined(look, *points);
    layers.Append(Json::Of({{"mark", look}, {"encoding", over}}));
  }
  Json out = Without(unit, {"mark", "encoding"});
  out.Set("layer", std::move(layers));
  return out;
}

}  // namespace loupe::chart

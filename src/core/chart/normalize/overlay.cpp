#include "core/chart/normalize/overlay.hpp"

#include <string>
#include <vector>

#include "core/chart/config/config.hpp"
#include "core/chart/normalize.hpp"
#include "core/chart/normalize/encoding.hpp"
#include "core/chart/normalize/members.hpp"
#include "core/chart/parse/unit.hpp"

namespace loupe::chart {
namespace {

constexpr double kAreaOpacity = 0.7;  // so that what lies over an area stands out

// A mark with what it asks for and what the config asks for where it says nothing.
struct Asked {
  const Json& mark;
  const Json& defaults;
  [[nodiscard]] const Json* Find(const char* overlay) const {
    const Json* own = mark.Find(overlay);
    return own != nullptr ? own : defaults.Find(overlay);
  }
};

// The look of an overlay that is asked for by true or an object; nothing else asks for one.
std::optional<Json> LookOf(const Json* asked) {
  if (asked == nullptr) return std::nullopt;
  if (asked->IsObject()) return *asked;
  return *asked == Json(true) ? std::optional<Json>(Json::MakeObject()) : std::nullopt;
}

// Points are also laid over where a channel chooses their shape.
std::optional<Json> PointLook(const Asked& asked, const Json& encoding) {
  const Json* own = asked.mark.Find("point");
  if (own != nullptr && *own == Json("transparent")) return Json::Of({{"opacity", 0}});
  if (std::optional<Json> look = LookOf(asked.Find("point"))) return look;
  const bool by_default = own == nullptr && (IsTruthy(asked.defaults.Find("point")) ||
                                             IsTruthy(encoding.Find("shape")));
  return by_default ? std::optional<Json>(Json::MakeObject()) : std::nullopt;
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
  const bool is_object = def != nullptr && def->IsObject();
  if (is_object) def->Set("stack", kOffsets[static_cast<std::size_t>(stack.offset)]);
}

Json OverlayUnit(const Json& unit, const Json& mark, const Json& encoding) {
  Json out = Json::MakeObject();
  CopyMembers(unit, {"projection"}, &out);
  out.Set("mark", mark);
  out.Set("encoding", encoding);
  return out;
}

// The lower layer: the mark itself, without the channel that only points can show.
Json BaseUnit(const Json& unit, const Json& mark, const Json& config, const Json& encoding) {
  Json out = Json::MakeObject();
  CopyMembers(unit, {"name", "params"}, &out);
  Json base = Without(mark, {"point", "line"});
  const auto is_open = [&](const char* name) {
    const Json* value = MarkProperty(mark, config, name);
    return value == nullptr || value->IsNull();
  };
  const bool area = *mark.Find("type") == Json("area");
  if (area && is_open("opacity") && is_open("fillOpacity")) base.Set("opacity", kAreaOpacity);
  out.Set("mark", base.members().size() > 1 ? base : *base.Find("type"));
  out.Set("encoding", Without(encoding, {"shape"}));
  return out;
}

// A line over an area may have points of its own.
Json LineUnit(const Json& unit, const Json& mark, const Json& look, const Json& encoding) {
  Json line = Json::Of({{"type", "line"}});
  CopyMembers(mark, {"clip", "interpolate", "tension", "tooltip"}, &line);
  const Json over = OverlayUnit(unit, Joined(line, look), encoding);
  const std::optional<Json> with_points = ExpandOverlay(over, Json::MakeObject());
  return with_points ? *with_points : over;
}

Json PointUnit(const Json& unit, const Json& mark, const Json& look, const Json& encoding) {
  Json point = Json::Of({{"type", "point"}, {"opacity", 1}, {"filled", true}});
  CopyMembers(mark, {"clip", "tooltip"}, &point);
  return OverlayUnit(unit, Joined(point, look), encoding);
}

}  // namespace

std::optional<Json> ExpandOverlay(const Json& unit, const Json& config) {
  const Json* given = unit.Find("mark");
  if (given == nullptr) return std::nullopt;
  const Json mark = given->IsObject() ? *given : Json::Of({{"type", *given}});
  const Json* type = mark.Find("type");
  bool may_have = false;
  for (const char* path : {"line", "area", "rule", "trail"}) {
    may_have |= type != nullptr && *type == Json(path);
  }
  if (!may_have) return std::nullopt;
  const Json* own = unit.Find("encoding");
  if (own != nullptr && !own->IsObject()) return std::nullopt;
  const Json written = own != nullptr ? *own : Json::MakeObject();
  const Asked asked{mark, Section(config, type->AsString())};
  const std::optional<Json> points = PointLook(asked, written);
  std::optional<Json> edge;
  if (*type == Json("area")) edge = LookOf(asked.Find("line"));
  if (!points && !edge) return std::nullopt;

  const Json encoding = NormalEncoding(written);
  Json over = encoding;
  NameStack(unit, config, &over);
  over = Without(over, {"x2", "y2"});  // on the edge of a range, which points and lines lack
  Json layers = Json::MakeArray();
  layers.Append(BaseUnit(unit, mark, config, encoding));
  if (edge) layers.Append(LineUnit(unit, mark, *edge, over));
  if (points) layers.Append(PointUnit(unit, mark, *points, over));
  Json out = Without(unit, {"params", "projection", "mark", "name", "encoding"});
  out.Set("layer", std::move(layers));
  return out;
}

}  // namespace loupe::chart

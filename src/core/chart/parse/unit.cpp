#include "core/chart/parse/unit.hpp"

#include <algorithm>

#include "core/base/nearest.hpp"
#include "core/chart/parse/channel.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

constexpr const char* kLaterMarks[] = {"geoshape", "image"};

Status CheckMarkName(const std::string& name, const std::string& pointer) {
  for (const char* later : kLaterMarks) {
    if (name == later) return NotDrawn("mark \"" + name + "\"", pointer);
  }
  std::vector<std::string> names;
  for (int i = 0; i <= static_cast<int>(MarkKind::kTrail); ++i) {
    names.emplace_back(MarkName(static_cast<MarkKind>(i)));
  }
  return Status(Code::kChartInvalidSpec, "unknown mark \"" + name + "\"")
      .WithHint(NearestNameHint(name, names))
      .At(pointer);
}

// What holds for the whole mark cannot be decided by its rows.
Status ReadRowProperty(const Json::Member& member, const std::string& pointer, MarkDef* mark) {
  constexpr std::string_view kOfAllRows[] = {"clip",   "filled", "interpolate", "invalid", "line",
                                             "orient", "point",  "style",       "tension"};
  const bool whole =
      mark->kind == MarkKind::kLine || mark->kind == MarkKind::kArea ||
      mark->kind == MarkKind::kTrail ||
      std::find(std::begin(kOfAllRows), std::end(kOfAllRows), member.name) != std::end(kOfAllRows);
  const Json& text = *member.value.Find("expr");
  if (whole || !text.IsString()) {
    return NotDrawn("an expression for \"" + member.name + "\"", pointer);
  }
  LOUPE_ASSIGN_OR_RETURN(Expression expression,
                         Expression::Parse(text.AsString(), JsonPointer(pointer, "expr")));
  mark->by_row.push_back({member.name, std::move(expression)});
  return Status::Ok();
}

Result<MarkDef> ParseMarkDef(const Json& json, const std::string& at,
                             std::vector<Warning>* warnings) {
  MarkDef mark;
  const Json* name = &json;
  std::string pointer = at;
  if (json.IsObject()) {
    name = json.Find("type");
    if (name == nullptr) return InvalidSpec("\"mark\" needs a \"type\"", pointer);
    pointer = JsonPointer(at, "type");
    LOUPE_RETURN_IF_ERROR(CheckObject(json, ObjectKind::kMark, at, warnings));
  }
  const std::optional<MarkKind> kind = ParseMark(name->AsString());
  if (!kind) return CheckMarkName(name->AsString(), pointer);
  mark.kind = *kind;
  if (!json.IsObject()) return mark;
  for (const Json::Member& member : json.members()) {
    if (member.name == "type") continue;
    if (member.value.Find("expr") == nullptr) {
      mark.properties.Set(member.name, member.value);
    } else {
      LOUPE_RETURN_IF_ERROR(ReadRowProperty(member, JsonPointer(at, member.name), &mark));
    }
  }
  return mark;
}

bool MayRepeat(Channel channel) {
  return channel == Channel::kDetail || channel == Channel::kOrder || channel == Channel::kTooltip;
}

Status ParseEncoding(const Json& json, const std::string& at, UnitView* view,
                     std::vector<Warning>* warnings) {
  LOUPE_RETURN_IF_ERROR(CheckObject(json, ObjectKind::kEncoding, at, warnings));
  for (const Json::Member& member : json.members()) {
    const std::optional<Channel> channel = ParseChannel(member.name);
    if (!channel) continue;  // ignored or warned about
    const std::string pointer = JsonPointer(at, member.name);
    std::vector<ChannelDef>& defs = view->encoding.At(*channel);
    view->order.push_back(*channel);
    if (member.value.IsArray() && MayRepeat(*channel)) {
      for (std::size_t i = 0; i < member.value.items().size(); ++i) {
        const Json& item = member.value.items()[i];
        const std::string item_at = JsonPointer(pointer, i);
        if (!item.IsObject()) return InvalidSpec("a channel must be an object", item_at);
        LOUPE_ASSIGN_OR_RETURN(ChannelDef def, ParseChannelDef(item, *channel, item_at, warnings));
        if (def.kind != DefKind::kNone) defs.push_back(std::move(def));
      }
      continue;
    }
    if (!member.value.IsObject()) continue;  // "tooltip": null
    LOUPE_ASSIGN_OR_RETURN(ChannelDef def,
                           ParseChannelDef(member.value, *channel, pointer, warnings));
    const bool order_only = *channel == Channel::kOrder && def.sort.kind != SortKind::kDefault;
    if (def.kind == DefKind::kNone && !order_only) {
      warnings->push_back({pointer, "channel \"" + member.name + "\" has no field, datum or value",
                           "Add a \"field\"."});
      view->order.pop_back();
      continue;
    }
    defs.push_back(std::move(def));
  }
  return Status::Ok();
}

}  // namespace

Result<UnitView> ParseUnit(const Json& json, const std::string& pointer,
                           std::vector<Warning>* warnings) {
  UnitView unit;
  unit.pointer = pointer;
  LOUPE_ASSIGN_OR_RETURN(unit.mark,
                         ParseMarkDef(*json.Find("mark"), JsonPointer(pointer, "mark"), warnings));
  if (const Json* encoding = json.Find("encoding")) {
    LOUPE_RETURN_IF_ERROR(
        ParseEncoding(*encoding, JsonPointer(pointer, "encoding"), &unit, warnings));
  }
  return unit;
}

}  // namespace loupe::chart

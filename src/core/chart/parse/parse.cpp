#include "core/chart/parse/parse.hpp"

#include <cmath>

#include "core/base/nearest.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/parse/channel.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

constexpr const char* kCompositeMarks[] = {"boxplot",  "errorbar", "errorband",
                                           "geoshape", "image",    "trail"};

Status CheckMarkName(const std::string& name, const std::string& pointer) {
  for (const char* later : kCompositeMarks) {
    if (name == later) return NotDrawn("mark \"" + name + "\"", pointer);
  }
  std::vector<std::string> names;
  for (int i = 0; i <= static_cast<int>(MarkKind::kTick); ++i) {
    names.emplace_back(MarkName(static_cast<MarkKind>(i)));
  }
  return Status(Code::kChartInvalidSpec, "unknown mark \"" + name + "\"")
      .WithHint(NearestNameHint(name, names))
      .At(pointer);
}

Result<MarkDef> ParseMarkDef(const Json& json, std::vector<Warning>* warnings) {
  MarkDef mark;
  const Json* name = &json;
  std::string pointer = "/mark";
  if (json.IsObject()) {
    name = json.Find("type");
    if (name == nullptr) return InvalidSpec("\"mark\" needs a \"type\"", pointer);
    pointer = "/mark/type";
    LOUPE_RETURN_IF_ERROR(CheckObject(json, ObjectKind::kMark, "/mark", warnings));
    for (const Json::Member& member : json.members()) {
      if (member.name != "type") mark.properties.Set(member.name, member.value);
    }
  }
  const std::optional<MarkKind> kind = ParseMark(name->AsString());
  if (!kind) return CheckMarkName(name->AsString(), pointer);
  mark.kind = *kind;
  return mark;
}

bool MayRepeat(Channel channel) {
  return channel == Channel::kDetail || channel == Channel::kOrder || channel == Channel::kTooltip;
}

Status ParseEncoding(const Json& json, UnitView* view, std::vector<Warning>* warnings) {
  LOUPE_RETURN_IF_ERROR(CheckObject(json, ObjectKind::kEncoding, "/encoding", warnings));
  for (const Json::Member& member : json.members()) {
    const std::optional<Channel> channel = ParseChannel(member.name);
    if (!channel) continue;  // ignored or warned about
    const std::string pointer = JsonPointer("/encoding", member.name);
    std::vector<ChannelDef>& defs = view->encoding.At(*channel);
    view->order.push_back(*channel);
    if (member.value.IsArray() && MayRepeat(*channel)) {
      for (std::size_t i = 0; i < member.value.items().size(); ++i) {
        const Json& item = member.value.items()[i];
        const std::string at = JsonPointer(pointer, i);
        if (!item.IsObject()) return InvalidSpec("a channel must be an object", at);
        LOUPE_ASSIGN_OR_RETURN(ChannelDef def, ParseChannelDef(item, *channel, at, warnings));
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

Result<SizeDef> ParseSize(const Json* json, const std::string& pointer) {
  SizeDef size;
  if (json == nullptr) return size;
  if (json->IsString()) {
    if (json->AsString() == "container") return size;  // as Vega draws without a container
    return InvalidSpec("a size must be a number, {\"step\": number} or \"container\"", pointer);
  }
  const Json* number = json;
  size.kind = SizeDef::Kind::kPixels;
  if (json->IsObject()) {
    number = json->Find("step");
    size.kind = SizeDef::Kind::kStep;
    const bool missing = number == nullptr || !number->IsNumber();
    if (missing) return InvalidSpec("a size object needs a \"step\" number", pointer);
  }
  size.value = number->AsDouble();
  if (!(size.value >= 0)) return InvalidSpec("a size must not be negative", pointer);
  if (size.value > kMaxSide) {
    return Status(Code::kLimitExceeded, "a size must not exceed 32767 pixels").At(pointer);
  }
  return size;
}

Result<std::array<double, 4>> ParsePadding(const Json& json, const std::string& pointer) {
  std::array<double, 4> padding{};
  if (json.IsNumber()) {
    padding.fill(json.AsDouble());
  } else {
    constexpr const char* kSides[] = {"left", "top", "right", "bottom"};
    for (std::size_t i = 0; i < 4; ++i) {
      const Json* side = json.Find(kSides[i]);
      if (side == nullptr) continue;
      if (!side->IsNumber()) return InvalidSpec("padding must be numbers", pointer);
      padding[i] = side->AsDouble();
    }
  }
  for (const double side : padding) {
    if (!(std::fabs(side) <= kMaxSide)) return InvalidSpec("padding is too large", pointer);
  }
  return padding;
}

Result<std::string> ParseAutosize(const Json& json, const std::string& pointer) {
  const Json* type = json.IsObject() ? json.Find("type") : &json;
  if (type == nullptr) return std::string("pad");
  const bool known =
      type->IsString() &&
      (type->AsString() == "pad" || type->AsString() == "none" || type->AsString() == "fit" ||
       type->AsString() == "fit-x" || type->AsString() == "fit-y");
  if (!known) return InvalidSpec("\"autosize\" must be pad, fit, fit-x, fit-y or none", pointer);
  if (type->AsString() != "pad") {
    return NotDrawn("autosize \"" + type->AsString() + "\"", pointer);
  }
  return type->AsString();
}

// Inline values are taken as they are: what would reshape them is refused, dates read themselves.
Status CheckInlineFormat(const Json* format) {
  if (format == nullptr) return Status::Ok();
  for (const char* later : {"property", "feature", "mesh"}) {
    if (format->Find(later) == nullptr) continue;
    return NotDrawn("\"" + std::string(later) + "\" of inline data",
                    JsonPointer("/data/format", later));
  }
  const Json* parse = format->Find("parse");
  if (parse == nullptr || !parse->IsObject()) return Status::Ok();
  for (const Json::Member& member : parse->members()) {
    const bool custom =
        member.value.IsString() && member.value.AsString().find(':') != std::string::npos;
    if (custom) {
      return NotDrawn("a date format for parsing", JsonPointer("/data/format/parse", member.name));
    }
  }
  return Status::Ok();
}

Status ParseData(const Json* json, Spec* spec, std::vector<Warning>* warnings) {
  spec->data_pointer = "/data";
  if (json == nullptr || json->IsNull()) {
    spec->data =
        Json::FromArray({Json::MakeObject()});  // one row without fields, as Vega-Lite does
    return Status::Ok();
  }
  LOUPE_RETURN_IF_ERROR(CheckObject(*json, ObjectKind::kData, "/data", warnings));
  const Json* values = json->Find("values");
  if (values == nullptr) {
    spec->has_request = true;
    return Status::Ok();
  }
  if (values->IsString()) return NotDrawn("inline data as text", "/data/values");
  LOUPE_RETURN_IF_ERROR(CheckInlineFormat(json->Find("format")));
  spec->data = values->IsArray() ? *values : Json::FromArray({*values});
  return Status::Ok();
}

Status ParseTitle(const Json* json, Spec* spec, std::vector<Warning>* warnings) {
  if (json == nullptr) return Status::Ok();
  if (json->IsObject()) {
    LOUPE_RETURN_IF_ERROR(CheckObject(*json, ObjectKind::kTitle, "/title", warnings));
  }
  spec->title = *json;
  return Status::Ok();
}

Status ParseTopLevel(const Json& json, Spec* spec, std::vector<Warning>* warnings) {
  UnitView& view = spec->view.unit;
  if (const Json* v = json.Find("description")) spec->description = v->AsString();
  if (const Json* v = json.Find("background")) spec->background = *v;
  if (const Json* v = json.Find("padding")) {
    LOUPE_ASSIGN_OR_RETURN(spec->padding, ParsePadding(*v, "/padding"));
  }
  if (const Json* v = json.Find("autosize")) {
    LOUPE_ASSIGN_OR_RETURN(spec->autosize, ParseAutosize(*v, "/autosize"));
  }
  LOUPE_ASSIGN_OR_RETURN(view.width, ParseSize(json.Find("width"), "/width"));
  LOUPE_ASSIGN_OR_RETURN(view.height, ParseSize(json.Find("height"), "/height"));
  if (const Json* v = json.Find("view")) {
    LOUPE_RETURN_IF_ERROR(CheckObject(*v, ObjectKind::kView, "/view", warnings));
    view.view = *v;
  }
  if (const Json* v = json.Find("config")) {
    LOUPE_RETURN_IF_ERROR(CheckObject(*v, ObjectKind::kConfig, "/config", warnings));
    spec->config = *v;
  }
  LOUPE_RETURN_IF_ERROR(ParseTitle(json.Find("title"), spec, warnings));
  return ParseData(json.Find("data"), spec, warnings);
}

}  // namespace

Result<Spec> ParseSpec(const Json& json, std::vector<Warning>* warnings) {
  if (!json.IsObject()) {
    return InvalidSpec(std::string("a specification must be an object, not ") + json.TypeName(),
                       "");
  }
  LOUPE_RETURN_IF_ERROR(CheckObject(json, ObjectKind::kTopLevel, "", warnings));
  const Json* mark = json.Find("mark");
  if (mark == nullptr) {
    return Status(Code::kChartInvalidSpec, "the specification has no \"mark\"")
        .WithHint("Add a mark such as {\"mark\": \"bar\"}.")
        .At("");
  }
  Spec spec;
  LOUPE_RETURN_IF_ERROR(ParseTopLevel(json, &spec, warnings));
  LOUPE_ASSIGN_OR_RETURN(spec.view.unit.mark, ParseMarkDef(*mark, warnings));
  if (const Json* encoding = json.Find("encoding")) {
    LOUPE_RETURN_IF_ERROR(ParseEncoding(*encoding, &spec.view.unit, warnings));
  }
  return spec;
}

}  // namespace loupe::chart

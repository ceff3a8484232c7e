#include "core/chart/normalize/composite_part.hpp"

#include <set>

#include "core/base/nearest.hpp"
#include "core/chart/config/config.hpp"
#include "core/chart/data/field_path.hpp"
#include "core/chart/normalize/encoding.hpp"
#include "core/chart/normalize/field.hpp"
#include "core/chart/normalize/members.hpp"

namespace loupe::chart {
namespace {

std::string TextAt(const Json* object, const char* name) {
  const Json* value = object != nullptr ? object->Find(name) : nullptr;
  return value != nullptr && value->IsString() ? value->AsString() : "";
}

Status InvalidAt(std::string message, std::string pointer) {
  return Status(Code::kChartInvalidSpec, std::move(message)).At(std::move(pointer));
}

std::string EncodingPointer(const CompositeUnit& unit, const std::string& channel) {
  return JsonPointer(JsonPointer(unit.pointer, "encoding"), channel);
}

// Formatted as a time: by its format type, else by its type or unit.
bool ReadsAsTime(const Json& def) {
  const bool own = def.Find("format") != nullptr || def.Find("formatType") != nullptr;
  const Json* guide = own ? &def : GuideOf(def);
  const Json* format = guide != nullptr ? guide->Find("formatType") : nullptr;
  if (IsTruthy(format)) return *format == Json("time");
  return TextAt(&def, "type") == "temporal" || IsTruthy(def.Find("timeUnit"));
}

// Both positions are continuous: the one that names the mark as its aggregate, else y, unless it
// holds times and x does not.
Result<const char*> OneOfTwo(const CompositeUnit& unit) {
  const Json& x = *unit.encoding.Find("x");
  const Json& y = *unit.encoding.Find("y");
  const bool x_named = TextAt(&x, "aggregate") == unit.name;
  const bool y_named = TextAt(&y, "aggregate") == unit.name;
  if (x_named && y_named) {
    return BadEncoding(unit,
                       "\"x\" and \"y\" cannot both be aggregated by mark \"" + unit.name + "\"");
  }
  if (y_named && !IsTruthy(x.Find("aggregate"))) return "y";
  if (x_named && !IsTruthy(y.Find("aggregate"))) return "x";
  return ReadsAsTime(y) && !ReadsAsTime(x) ? "x" : "y";
}

// ECMAScript text between single quotes.
std::string Quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\r') {
      out += "\\r";
    } else {
      out += c;
    }
  }
  return out + "'";
}

Json PositionOf(const MeasuredAxis& axis, const std::string& field) {
  const Json* type = axis.def.Find("type");
  Json def = Json::Of({{"field", field}, {"type", type != nullptr ? *type : Json()}});
  def.Set("title", axis.Title());
  CopyMembers(axis.def, {"scale", "axis"}, &def);
  return def;
}

Json PartEncoding(const MeasuredAxis& axis, const Part& part) {
  Json encoding = Json::Of({{axis.channel, PositionOf(axis, part.start + axis.field)}});
  if (!part.end.empty()) {
    encoding.Set(axis.channel + "2", Json::Of({{"field", part.end + axis.field}}));
  }
  return Joined(Joined(encoding, part.shared), part.extra);
}

// A channel's definition as a tooltip: without what only guides and scales read.
Json AsTooltip(const Json& def) { return Without(def, {"legend", "axis", "header", "scale"}); }

void AppendTooltip(const Json& def, std::set<std::string>* known, Json* tooltip) {
  const Json* field = &def;
  if (!IsFieldDef(field))
    field = IsFieldDef(def.Find("condition")) ? def.Find("condition") : nullptr;
  if (field == nullptr) return;
  Json shown = AsTooltip(*field);
  if (known->insert(shown.Dump()).second) tooltip->Append(std::move(shown));
}

}  // namespace

Json MeasuredAxis::Title() const {
  const Json* title = def.Find("title");
  return title != nullptr ? *title : Json(field);
}

Result<CompositeUnit> ReadComposite(const Json& unit, const Json& config,
                                    const std::string& pointer) {
  CompositeUnit composite;
  const Json& mark = *unit.Find("mark");
  composite.mark = mark.IsObject() ? mark : Json::Of({{"type", mark}});
  composite.name = TextAt(&composite.mark, "type");
  composite.pointer = pointer;
  composite.config = &config;
  composite.section = &Section(config, composite.name);
  const Json* encoding = unit.Find("encoding");
  if (encoding == nullptr) {
    return InvalidAt("mark \"" + composite.name + "\" needs an \"encoding\"", pointer);
  }
  if (!encoding->IsObject()) {
    return BadEncoding(composite, "\"encoding\" must be an object");
  }
  const Json* transform = unit.Find("transform");
  if (transform != nullptr && !transform->IsArray()) {
    return InvalidAt("\"transform\" must be an array", JsonPointer(pointer, "transform"));
  }
  composite.encoding = NormalEncoding(*encoding);
  composite.outer = Without(unit, {"mark", "encoding", "params", "projection"});
  return composite;
}

Result<bool> IsContinuous(const CompositeUnit& unit, const char* channel) {
  const Json* def = unit.encoding.Find(channel);
  if (def == nullptr) return false;
  if (!IsFieldDef(def)) {
    const Json* datum = def->Find("datum");
    return datum != nullptr && datum->IsNumber();
  }
  const Json* type = def->Find("type");
  if (type == nullptr) return false;
  if (*type == Json("quantitative")) return !IsTruthy(def->Find("bin"));
  if (*type == Json("temporal")) return true;
  for (const char* discrete : {"nominal", "ordinal", "geojson"}) {
    if (*type == Json(discrete)) return false;
  }
  const std::string message = "unknown type \"" + TextOf(*type) + "\"";
  return Status(Code::kChartInvalidSpec, message)
      .WithHint(NearestNameHint(TextOf(*type), {"quantitative", "temporal", "ordinal", "nominal"}))
      .At(JsonPointer(EncodingPointer(unit, channel), "type"));
}

Result<MeasuredAxis> AxisOf(const CompositeUnit& unit, const std::string& channel,
                            std::vector<Warning>* warnings) {
  MeasuredAxis axis;
  axis.channel = channel;
  const Json* def = unit.encoding.Find(channel);
  axis.field = TextAt(def, "field");
  if (axis.field.empty()) {
    const std::string at =
        def != nullptr ? EncodingPointer(unit, channel) : JsonPointer(unit.pointer, "encoding");
    return InvalidAt("mark \"" + unit.name + "\" needs a \"field\" in \"" + channel + "\"", at);
  }
  axis.column = FlatName(axis.field);
  axis.def = Without(*def, {"aggregate"});
  const Json* aggregate = def->Find("aggregate");
  const bool other = IsTruthy(aggregate) && *aggregate != Json(unit.name);
  if (other && warnings != nullptr) {
    warnings->push_back({JsonPointer(EncodingPointer(unit, channel), "aggregate"),
                         "mark \"" + unit.name + "\" aggregates \"" + channel + "\" itself", ""});
  }
  return axis;
}

Result<MeasuredAxis> InferAxis(const CompositeUnit& unit, std::vector<Warning>* warnings) {
  const Json* orient = unit.mark.Find("orient");
  if (IsTruthy(orient)) {
    if (*orient == Json("vertical")) return AxisOf(unit, "y", warnings);
    if (*orient == Json("horizontal")) return AxisOf(unit, "x", warnings);
    return UnknownChoice(unit, "orient", *orient, {"vertical", "horizontal"});
  }
  LOUPE_ASSIGN_OR_RETURN(const bool x, IsContinuous(unit, "x"));
  LOUPE_ASSIGN_OR_RETURN(const bool y, IsContinuous(unit, "y"));
  if (x && y) {
    LOUPE_ASSIGN_OR_RETURN(const char* channel, OneOfTwo(unit));
    return AxisOf(unit, channel, warnings);
  }
  if (x || y) return AxisOf(unit, x ? "x" : "y", warnings);
  return BadEncoding(unit, "mark \"" + unit.name + "\" needs a continuous \"x\" or \"y\"");
}

std::optional<Json> PartLayer(const CompositeUnit& unit, const MeasuredAxis& axis,
                              const Part& part) {
  const Json* own = unit.mark.Find(part.name);
  const Json* general = unit.section->Find(part.name);
  if (!IsTruthy(own != nullptr ? own : general)) return std::nullopt;
  Json look = general != nullptr ? Joined(*general, Json()) : Json::MakeObject();
  for (const char* name : {"clip", "color", "opacity"}) {
    const Json* value = unit.mark.Find(name);
    if (IsTruthy(value)) look.Set(name, *value);
  }
  look = Joined(look, part.mark);
  look.Set("style", unit.name + "-" + part.name);
  if (own != nullptr) look = Joined(look, *own);
  return Json::Of({{"mark", look}, {"encoding", PartEncoding(axis, part)}});
}

void AppendPart(const CompositeUnit& unit, const MeasuredAxis& axis, const Part& part,
                Json* layers) {
  if (std::optional<Json> layer = PartLayer(unit, axis, part)) layers->Append(std::move(*layer));
}

Json SummaryTooltip(const MeasuredAxis& axis, const std::vector<Summary>& summaries,
                    const Json& others, SummaryTitle title) {
  if (const Json* own = others.Find("tooltip")) return Json::Of({{"tooltip", *own}});
  const std::string of = title == SummaryTitle::kOfField ? " of " + TextOf(axis.Title()) : "";
  const Json* type = axis.def.Find("type");
  Json tooltip = Json::MakeArray();
  for (const Summary& summary : summaries) {
    tooltip.Append(Json::Of({{"field", summary.prefix + axis.field},
                             {"type", type != nullptr ? *type : Json()},
                             {"title", summary.title + of}}));
  }
  std::set<std::string> known;
  for (const Json::Member& member : others.members()) {
    if (!member.value.IsArray()) {
      AppendTooltip(member.value, &known, &tooltip);
      continue;
    }
    for (const Json& item : member.value.items()) AppendTooltip(item, &known, &tooltip);
  }
  return Json::Of({{"tooltip", std::move(tooltip)}});
}

std::string ColumnExpression(const std::string& column) { return "datum[" + Quoted(column) + "]"; }

std::string FieldExpression(const std::string& field) {
  std::string out = "datum";
  for (const std::string& step : SplitFieldPath(field)) out += "[" + Quoted(step) + "]";
  return out;
}

Json Operation(const std::string& op, const std::string& field, const std::string& as) {
  return Json::Of({{"op", op}, {"field", field}, {"as", as}});
}

Status UnknownChoice(const CompositeUnit& unit, const char* name, const Json& value,
                     const std::vector<std::string>& known) {
  return Status(Code::kChartInvalidSpec, "unknown " + std::string(name) + " \"" + TextOf(value) +
                                             "\" of mark \"" + unit.name + "\"")
      .WithHint(NearestNameHint(TextOf(value), known))
      .At(JsonPointer(JsonPointer(unit.pointer, "mark"), name));
}

Status BadEncoding(const CompositeUnit& unit, const std::string& message) {
  return InvalidAt(message, JsonPointer(unit.pointer, "encoding"));
}

}  // namespace loupe::chart

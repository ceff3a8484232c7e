#include "core/chart/guide/header.hpp"

#include <cmath>

#include "core/chart/data/table.hpp"
#include "core/chart/guide/label_text.hpp"

namespace loupe::chart {
namespace {

const char* SectionOf(FacetSide side) {
  switch (side) {
    case FacetSide::kRow:
      return "headerRow";
    case FacetSide::kColumn:
      return "headerColumn";
    case FacetSide::kWrapped:
      return "headerFacet";
  }
  return "headerFacet";
}

const Json& Empty() {
  static const Json empty = Json::MakeObject();
  return empty;
}

double Turned(double angle) {
  angle = std::fmod(angle, 360);
  return angle < 0 ? angle + 360 : angle;
}

// Baseline and alignment that keep turned text beside the edge it belongs to.
std::string BaselineFor(double angle, bool row) {
  if (!row) {
    const bool upright = (45 < angle && angle < 135) || (225 < angle && angle < 315);
    if (upright) return "middle";
    return angle <= 45 || angle >= 315 ? "bottom" : "top";
  }
  const bool flat = angle <= 45 || angle >= 315 || (135 <= angle && angle <= 225);
  if (flat) return "middle";
  return angle >= 45 && angle <= 135 ? "top" : "bottom";
}

std::string AlignFor(double angle, bool row) {
  const double start = row ? 90 : 0;
  if (std::fmod(angle + start, 180) == 0) return row ? "center" : "";
  const bool inside = start < angle && angle < 180 + start;
  const bool main = row;  // "left" is the main side of rows, "top" is not that of columns
  return inside == main ? "left" : "right";
}

}  // namespace

Header::Header(const FacetDef& facet, FacetSide side, const Json& config, const Json& params,
               const Locale& locale)
    : facet_(facet),
      side_(side),
      config_(config),
      params_(params),
      locale_(locale),
      look_({facet.header.IsObject() ? &facet.header : &Empty(), &Section(config, SectionOf(side)),
             &Section(config, "header")}) {}

Result<Header> Header::Make(const FacetDef& facet, FacetSide side, const Json& config,
                            const Json& params, const Locale& locale) {
  Header header(facet, side, config, params, locale);
  ChannelDef def = facet.def;
  const Json* format = header.look_.Find("format");
  if (format != nullptr && format->IsString()) def.format = format->AsString();
  const Json* type = header.look_.Find("formatType");
  if (type != nullptr && type->IsString()) def.format_type = type->AsString();
  LOUPE_ASSIGN_OR_RETURN(header.format_, TextFormat(def, config, locale));
  return header;
}

HeaderSide Header::SideOf(const char* property) const {
  const std::string orient = look_.Text(property, look_.Text("orient", ""));
  if (orient == "top") return HeaderSide::kAbove;
  if (orient == "bottom") return HeaderSide::kBelow;
  if (orient == "left") return HeaderSide::kLeft;
  if (orient == "right") return HeaderSide::kRight;
  return side_ == FacetSide::kRow ? HeaderSide::kLeft : HeaderSide::kAbove;
}

std::string Header::Title() const {
  if (facet_.header.IsNull()) return "";
  const Json* own = facet_.header.Find("title");
  if (own == nullptr && facet_.def.title) own = &*facet_.def.title;
  if (own == nullptr) {
    const Json* general = look_.Find("title");
    if (general != nullptr && general->IsNull()) return "";
    return FieldTitle(facet_.def, config_);
  }
  std::string text;
  for (const std::string& line : TextLines(*own)) text += (text.empty() ? "" : ", ") + line;
  return text;
}

void Header::CopyLook(const std::string& prefix, bool row, Json* title) const {
  constexpr std::pair<const char*, const char*> kNames[] = {
      {"Align", "align"},       {"Anchor", "anchor"},         {"Angle", "angle"},
      {"Baseline", "baseline"}, {"Color", "color"},           {"Font", "font"},
      {"FontSize", "fontSize"}, {"FontStyle", "fontStyle"},   {"FontWeight", "fontWeight"},
      {"Limit", "limit"},       {"LineHeight", "lineHeight"}, {"Padding", "offset"}};
  const Json* angle = look_.Find(prefix + "Angle");
  if (angle != nullptr && angle->IsNumber()) {
    const double turned = Turned(angle->AsDouble());
    title->Set("baseline", BaselineFor(turned, row));
    const std::string align = AlignFor(turned, row);
    if (!align.empty()) title->Set("align", align);
  }
  const std::string anchor = look_.Text(prefix + "Anchor", "");
  if (anchor == "start") title->Set("align", "left");
  if (anchor == "end") title->Set("align", "right");
  for (const auto& [suffix, name] : kNames) {
    const Json* value = look_.Find(prefix + suffix);
    if (value != nullptr) title->Set(name, *value);
  }
}

Json Header::TitleObject(const std::string& text) const {
  Json title = Json::Of({{"text", text}, {"style", "guide-title"}});
  if (side_ == FacetSide::kRow) title.Set("orient", "left");
  const HeaderSide side = TitleSide();
  CopyLook("title", side == HeaderSide::kLeft || side == HeaderSide::kRight, &title);
  return title;
}

double Header::TitleBand() const {
  const HeaderSide side = TitleSide();
  const bool row = side == HeaderSide::kLeft || side == HeaderSide::kRight;
  const std::string anchor = look_.Text("titleAnchor", "middle");
  if (anchor == "start") return row ? 1 : 0;
  if (anchor == "end") return row ? 0 : 1;
  return 0.5;
}

bool Header::HasLabels() const { return !facet_.header.IsNull() && look_.Flag("labels", true); }

bool Header::LabelsCells() const {
  const HeaderSide side = LabelSide();
  const bool beside = side == HeaderSide::kLeft || side == HeaderSide::kRight;
  if (side_ == FacetSide::kWrapped) return true;
  return side_ == FacetSide::kRow ? !beside : beside;
}

Result<Json> Header::LabelObject(const Json& value, const Json& end, const Context& host) const {
  std::string text = format_(value);
  if (!end.IsNull() && value.IsNumber() && facet_.def.bin) {
    text += " \xE2\x80\x93 " + format_(end);
  }
  const Json* expression = look_.Find("labelExpr");
  if (expression != nullptr && expression->IsString()) {
    const std::string pointer = JsonPointer(facet_.def.pointer, "header") + "/labelExpr";
    LOUPE_ASSIGN_OR_RETURN(const LabelText label,
                           LabelText::Parse(expression->AsString(), pointer, params_, locale_));
    LOUPE_ASSIGN_OR_RETURN(text, label.Of(value, text, 0, host));
  }
  Json title = Json::Of({{"text", text}, {"style", "guide-label"}, {"frame", "group"}});
  if (side_ == FacetSide::kRow) title.Set("orient", "left");
  const HeaderSide side = LabelSide();
  CopyLook("label", side == HeaderSide::kLeft || side == HeaderSide::kRight, &title);
  return title;
}

}  // namespace loupe::chart

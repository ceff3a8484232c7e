#include "core/chart/config/config.hpp"

#include <utility>

namespace loupe::chart {
namespace {

Json Style(double size, bool bold) {
  Json style = Json::Of({{"fill", "#000"}, {"font", "sans-serif"}, {"fontSize", size}});
  if (bold) style.Set("fontWeight", "bold");
  return style;
}

Json Rect() {
  return Json::Of({{"binSpacing", 0},
                   {"continuousBandSize", 5},
                   {"minBandSize", 0.25},
                   {"timeUnitBandPosition", 0.5}});
}

Json AxisDefaults() {
  return Json::Of({{"minExtent", 0},
                   {"maxExtent", 200},
                   {"bandPosition", 0.5},
                   {"domain", true},
                   {"domainWidth", 1},
                   {"domainColor", "#888"},
                   {"gridWidth", 1},
                   {"gridColor", "#ddd"},
                   {"labels", true},
                   {"labelLimit", 180},
                   {"labelOffset", 0},
                   {"labelPadding", 2},
                   {"ticks", true},
                   {"tickColor", "#888"},
                   {"tickRound", true},
                   {"tickSize", 5},
                   {"tickWidth", 1},
                   {"titlePadding", 4}});
}

Json LegendDefaults() {
  return Json::Of({{"orient", "right"},
                   {"padding", 0},
                   {"columnPadding", 10},
                   {"rowPadding", 2},
                   {"gradientThickness", 16},
                   {"gradientStrokeColor", "#ddd"},
                   {"gradientStrokeWidth", 0},
                   {"gradientLabelOffset", 2},
                   {"gradientHorizontalMaxLength", 200},
                   {"gradientHorizontalMinLength", 100},
                   {"gradientVerticalMaxLength", 200},
                   {"gradientVerticalMinLength", 64},
                   {"labelAlign", "left"},
                   {"labelBaseline", "middle"},
                   {"labelLimit", 160},
                   {"labelOffset", 4},
                   {"labelOverlap", true},
                   {"symbolLimit", 30},
                   {"symbolSize", 100},
                   {"symbolOffset", 0},
                   {"symbolStrokeWidth", 1.5},
                   {"symbolBaseFillColor", "transparent"},
                   {"symbolBaseStrokeColor", "#888"},
                   {"titleLimit", 180},
                   {"titleOrient", "top"},
                   {"titlePadding", 5}});
}

Json ScaleDefaults() {
  return Json::Of({{"pointPadding", 0.5},
                   {"barBandPaddingInner", 0.1},
                   {"rectBandPaddingInner", 0},
                   {"tickBandPaddingInner", 0.25},
                   {"bandWithNestedOffsetPaddingInner", 0.2},
                   {"bandWithNestedOffsetPaddingOuter", 0.2},
                   {"minBandSize", 2},
                   {"minFontSize", 8},
                   {"maxFontSize", 40},
                   {"minOpacity", 0.3},
                   {"maxOpacity", 0.8},
                   {"minSize", 4},
                   {"minStrokeWidth", 1},
                   {"maxStrokeWidth", 4},
                   {"zero", true}});
}

Json Defaults() {
  Json bar = Rect();
  bar.Set("binSpacing", 1);
  Json tick = Rect();
  tick.Set("thickness", 1);
  Json symbols = Json::FromArray({"circle", "square", "triangle-up", "cross", "diamond",
                                  "triangle-right", "triangle-down", "triangle-left"});
  const Json symbol = Json::Of({{"size", 30}, {"strokeWidth", 2}});
  return Json::Of(
      {{"background", "white"},
       {"padding", 5},
       {"timeFormat", "%b %d, %Y"},
       {"countTitle", "Count of Records"},
       {"normalizedNumberFormat", ".0%"},
       {"view", Json::Of({{"continuousWidth", 300},
                          {"continuousHeight", 300},
                          {"step", 20},
                          {"fill", "transparent"},
                          {"stroke", "#ddd"}})},
       {"mark", Json::Of({{"color", "#4c78a8"}, {"timeUnitBandSize", 1}})},
       {"bar", std::move(bar)},
       {"rect", Rect()},
       {"tick", std::move(tick)},
       {"rule", Json::Of({{"color", "black"}})},
       {"text", Json::Of({{"color", "black"}, {"font", "sans-serif"}, {"fontSize", 11}})},
       {"scale", ScaleDefaults()},
       {"axis", AxisDefaults()},
       {"axisBand", Json::Of({{"tickOffset", -0.5}})},
       {"legend", LegendDefaults()},
       {"header", Json::Of({{"titlePadding", 10}, {"labelPadding", 10}})},
       {"facet", Json::Of({{"spacing", 20}})},
       {"concat", Json::Of({{"spacing", 20}})},
       {"boxplot", Json::Of({{"size", 14},
                             {"extent", 1.5},
                             {"box", Json::MakeObject()},
                             {"median", Json::Of({{"color", "white"}})},
                             {"outliers", Json::MakeObject()},
                             {"rule", Json::MakeObject()},
                             {"ticks", Json()}})},
       {"errorbar", Json::Of({{"center", "mean"}, {"rule", true}, {"ticks", false}})},
       {"errorband", Json::Of({{"band", Json::Of({{"opacity", 0.3}})}, {"borders", false}})},
       {"title", Json::Of({{"orient", "top"}, {"offset", 4}, {"subtitlePadding", 3}})},
       {"style", Json::Of({{"guide-label", Style(10, false)},
                           {"guide-title", Style(11, true)},
                           {"group-title", Style(13, true)},
                           {"group-subtitle", Style(12, false)},
                           {"point", symbol},
                           {"circle", symbol},
                           {"square", symbol},
                           {"view", Json::Of({{"fill", "transparent"}})}})},
       {"range", Json::Of({{"category", Json::Of({{"scheme", "tableau10"}})},
                           {"ordinal", Json::Of({{"scheme", "blues"}})},
                           {"heatmap", Json::Of({{"scheme", "yellowgreenblue"}})},
                           {"ramp", Json::Of({{"scheme", "blues"}})},
                           {"diverging", Json::Of({{"scheme", "blueorange"},
                                                   {"extent", Json::FromArray({1, 0})}})},
                           {"symbol", std::move(symbols)}})}});
}

void SetMembers(const Json& from, Json* into) {
  for (const Json::Member& member : from.members()) into->Set(member.name, member.value);
}

bool AreObjects(const Json* a, const Json& b) {
  return a != nullptr && a->IsObject() && b.IsObject();
}

// Whether a member of a section merges by its own members.
bool IsMerged(const std::string& section, const std::string& member) {
  return section == "style" || (section == "legend" && member == "layout");
}

void MergeLayer(const Json& layer, Json* config) {
  for (const Json::Member& section : layer.members()) {
    Json* below = config->Find(section.name);
    if (!AreObjects(below, section.value)) {
      config->Set(section.name, section.value);
      continue;
    }
    for (const Json::Member& member : section.value.members()) {
      Json* existing = below->Find(member.name);
      if (IsMerged(section.name, member.name) && AreObjects(existing, member.value)) {
        SetMembers(member.value, existing);
      } else {
        below->Set(member.name, member.value);
      }
    }
  }
}

void MergeFont(const Json& font, Json* config) {
  const Json named = Json::Of({{"font", font}});
  const Json styles = Json::Of({{"guide-label", named},
                                {"guide-title", named},
                                {"group-title", named},
                                {"group-subtitle", named}});
  MergeLayer(Json::Of({{"text", named}, {"style", styles}}), config);
}

// Vega's own, which even the config of all marks replaces.
const Json& LineDefaults() {
  static const Json defaults = Json::Of({{"strokeWidth", 2}});
  return defaults;
}

const Json& EmptyObject() {
  static const Json empty = Json::MakeObject();
  return empty;
}

}  // namespace

Json MergedConfig(const std::vector<const Json*>& layers) {
  Json config = Defaults();
  const Json* font = nullptr;
  for (const Json* layer : layers) {
    const Json* own = layer->Find("font");
    if (own != nullptr && own->IsString()) font = own;
  }
  if (font != nullptr) MergeFont(*font, &config);
  for (const Json* layer : layers) {
    if (layer->IsObject()) MergeLayer(*layer, &config);
  }
  return config;
}

const Json* Lookup::Find(std::string_view name) const {
  for (const Json* object : chain_) {
    if (const Json* value = object->Find(name)) return value;
  }
  return nullptr;
}

double Lookup::Number(std::string_view name, double fallback) const {
  const Json* value = Find(name);
  return value != nullptr && value->IsNumber() ? value->AsDouble() : fallback;
}

std::string Lookup::Text(std::string_view name, std::string_view fallback) const {
  const Json* value = Find(name);
  return value != nullptr && value->IsString() ? value->AsString() : std::string(fallback);
}

bool Lookup::Flag(std::string_view name, bool fallback) const {
  const Json* value = Find(name);
  return value != nullptr && value->IsBool() ? value->AsBool() : fallback;
}

const Json& Section(const Json& config, std::string_view name) {
  const Json* section = config.Find(name);
  return section != nullptr && section->IsObject() ? *section : EmptyObject();
}

std::vector<const Json*> StyleChain(const Json* style, const Json& config) {
  const Json& styles = Section(config, "style");
  std::vector<const Json*> chain;
  const auto add = [&](const Json& name) {
    const Json* found = name.IsString() ? styles.Find(name.AsString()) : nullptr;
    if (found != nullptr && found->IsObject()) chain.insert(chain.begin(), found);
  };
  if (style == nullptr) return chain;
  if (style->IsArray()) {
    for (const Json& name : style->items()) add(name);
  } else {
    add(*style);
  }
  return chain;
}

Lookup MarkLookup(const MarkDef& mark, const Json& config) {
  std::vector<const Json*> chain = {&mark.properties};
  const std::vector<const Json*> styles = StyleChain(mark.properties.Find("style"), config);
  chain.insert(chain.end(), styles.begin(), styles.end());
  chain.push_back(&Section(config, MarkName(mark.kind)));
  chain.push_back(&Section(Section(config, "style"), MarkName(mark.kind)));
  chain.push_back(&Section(config, "mark"));
  if (mark.kind == MarkKind::kLine) chain.push_back(&LineDefaults());
  return Lookup(std::move(chain));
}

}  // namespace loupe::chart

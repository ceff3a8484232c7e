#include "core/chart/parse/view.hpp"

#include <algorithm>

#include "core/chart/config/config.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/normalize/composite.hpp"
#include "core/chart/normalize/facet.hpp"
#include "core/chart/normalize/inherit.hpp"
#include "core/chart/normalize/overlay.hpp"
#include "core/chart/normalize/ranged_line.hpp"
#include "core/chart/normalize/repeat.hpp"
#include "core/chart/parse/channel.hpp"
#include "core/chart/parse/property.hpp"
#include "core/chart/parse/unit.hpp"

namespace loupe::chart {
namespace {

constexpr double kDefaultSpacing = 20;
constexpr int kMaxViewDepth = 32;

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

Result<Sharing> ParseSharing(const Json& json, const std::string& pointer) {
  if (json == Json("shared")) return Sharing::kShared;
  if (json == Json("independent")) return Sharing::kIndependent;
  return InvalidSpec("a resolution must be \"shared\" or \"independent\"", pointer);
}

Status ParseResolve(const Json& json, const std::string& pointer, Resolve* resolve,
                    std::vector<Warning>* warnings) {
  const std::pair<const char*, std::array<Sharing, kChannelCount>*> kinds[] = {
      {"scale", &resolve->scale}, {"axis", &resolve->guide}, {"legend", &resolve->guide}};
  for (const auto& [name, target] : kinds) {
    const Json* channels = json.Find(name);
    if (channels == nullptr) continue;
    const std::string at = JsonPointer(pointer, name);
    if (!channels->IsObject()) return InvalidSpec("a resolution must be an object", at);
    for (const Json::Member& member : channels->members()) {
      const std::string channel_at = JsonPointer(at, member.name);
      const std::optional<Channel> channel = ParseChannel(member.name);
      if (!channel) {
        warnings->push_back({channel_at, "unknown channel \"" + member.name + "\"", ""});
        continue;
      }
      LOUPE_ASSIGN_OR_RETURN((*target)[static_cast<std::size_t>(*channel)],
                             ParseSharing(member.value, channel_at));
    }
  }
  return Status::Ok();
}

// A value for columns and rows alike, or {"column": …, "row": …}.
const Json* OfSide(const Json& value, std::size_t side) {
  return value.IsObject() ? value.Find(side == 0 ? "column" : "row") : &value;
}

Result<GridDef> ParseGrid(const Json& json, const Json& config, const char* section,
                          const std::string& pointer) {
  GridDef grid;
  const Lookup defaults({&Section(config, section)});
  const Json* columns = json.Find("columns");
  if (columns != nullptr) grid.columns = columns->AsDouble();
  if (grid.columns && !(*grid.columns >= 1)) {
    return InvalidSpec("\"columns\" must be at least 1", JsonPointer(pointer, "columns"));
  }
  const Json* spacing = json.Find("spacing");
  const Json* align = json.Find("align");
  const Json* center = json.Find("center");
  for (std::size_t side = 0; side < 2; ++side) {
    grid.spacing[side] = defaults.Number("spacing", kDefaultSpacing);
    const Json* gap = spacing != nullptr ? OfSide(*spacing, side) : nullptr;
    if (gap != nullptr && gap->IsNumber()) grid.spacing[side] = gap->AsDouble();
    const Json* name = align != nullptr ? OfSide(*align, side) : nullptr;
    if (name != nullptr && name->IsString()) {
      const std::vector<std::string> known = {"all", "each", "none"};
      const bool found = std::find(known.begin(), known.end(), name->AsString()) != known.end();
      if (!found) {
        return InvalidSpec("\"align\" must be all, each or none", JsonPointer(pointer, "align"));
      }
      grid.align[side] = name->AsString();
    }
    const Json* middle = center != nullptr ? OfSide(*center, side) : nullptr;
    grid.center[side] = middle != nullptr && middle->IsBool() && middle->AsBool();
  }
  const Json* bounds = json.Find("bounds");
  grid.flush = bounds != nullptr && *bounds == Json("flush");
  return grid;
}

class Parser {
 public:
  Parser(const Json& config, const Sources& sources, std::vector<Warning>* warnings)
      : config_(config), sources_(sources), warnings_(warnings) {}

  struct Place {
    std::string pointer;
    std::string name;
    int depth = 0;
    SizeDef width;  // of the layer around it
    SizeDef height;
    bool overlaid = false;  // what an overlay made is not overlaid again
    bool layered = false;   // a layer, on which facet channels have no effect
  };

  Result<View> Parse(const Json& json, const Place& place) {
    if (!json.IsObject()) {
      return InvalidSpec(std::string("a view must be an object, not ") + json.TypeName(),
                         place.pointer);
    }
    if (place.depth > kMaxViewDepth) {
      return Status(Code::kLimitExceeded,
                    "views are nested deeper than " + std::to_string(kMaxViewDepth) + " levels")
          .At(place.pointer);
    }
    if (++count_ > kMaxViews) {
      return Status(Code::kLimitExceeded,
                    "the chart has more than " + std::to_string(kMaxViews) + " views")
          .At(place.pointer);
    }
    LOUPE_RETURN_IF_ERROR(CheckObject(json, ObjectKind::kTopLevel, place.pointer, warnings_));
    if (json.Find("repeat") != nullptr) {
      LOUPE_ASSIGN_OR_RETURN(const Json expanded, ExpandRepeat(json, place.pointer, warnings_));
      return Again(expanded, place);
    }
    if (json.Find("facet") != nullptr) return ParseFacet(json, place);
    for (const char* kind : {"concat", "hconcat", "vconcat"}) {
      if (json.Find(kind) != nullptr) return ParseConcat(json, kind, place);
    }
    if (json.Find("layer") != nullptr || json.Find("mark") != nullptr) {
      return ParsePlot(json, place);
    }
    return Status(Code::kChartInvalidSpec, "the specification has no \"mark\"")
        .WithHint("Add a mark such as {\"mark\": \"bar\"}.")
        .At(place.pointer);
  }

 private:
  // Parses what a rewriting made of the view at `place`.
  Result<View> Again(const Json& json, Place place) {
    ++place.depth;
    return Parse(json, place);
  }

  Status ParseCommon(const Json& json, const Place& place, View* view) {
    view->pointer = place.pointer;
    view->name = place.name;
    if (const Json* data = json.Find("data"); data != nullptr) {
      const auto index = SourceIndex(*data);
      if (index && *index < sources_.list.size()) {
        view->data = sources_.list[*index];
      } else {
        view->data = DataSource{place.pointer, Json::FromArray({Json::MakeObject()}), -1, Json()};
      }
    }
    if (const Json* transform = json.Find("transform")) {
      view->transform = *transform;
      view->transform_pointer = JsonPointer(place.pointer, "transform");
    }
    if (const Json* title = json.Find("title")) {
      if (title->IsObject()) {
        LOUPE_RETURN_IF_ERROR(CheckObject(*title, ObjectKind::kTitle,
                                          JsonPointer(place.pointer, "title"), warnings_));
      }
      view->title = *title;
    }
    if (const Json* resolve = json.Find("resolve")) {
      LOUPE_RETURN_IF_ERROR(
          ParseResolve(*resolve, JsonPointer(place.pointer, "resolve"), &view->resolve, warnings_));
    }
    return Status::Ok();
  }

  Status ParseSizes(const Json& json, const Place& place, View* view) {
    view->width = place.width;
    view->height = place.height;
    for (const char* side : {"width", "height"}) {
      const Json* size = json.Find(side);
      if (size == nullptr) continue;
      SizeDef& target = side[0] == 'w' ? view->width : view->height;
      LOUPE_ASSIGN_OR_RETURN(target, ParseSize(size, JsonPointer(place.pointer, side)));
    }
    if (const Json* background = json.Find("view")) {
      LOUPE_RETURN_IF_ERROR(CheckObject(*background, ObjectKind::kView,
                                        JsonPointer(place.pointer, "view"), warnings_));
      view->background = *background;
    }
    return Status::Ok();
  }

  Result<View> ParsePlot(const Json& json, const Place& place) {
    if (!place.layered) {
      if (const auto faceted = ExpandFacetChannels(json, warnings_, place.pointer)) {
        return Again(*faceted, place);
      }
    }
    if (json.Find("layer") != nullptr) return ParseLayer(json, place);
    const Json& mark = *json.Find("mark");
    if (IsCompositeMark(mark)) {
      LOUPE_ASSIGN_OR_RETURN(const Json expanded,
                             ExpandComposite(json, config_, place.pointer, warnings_));
      return Again(expanded, place);
    }
    if (!place.overlaid) {
      if (const auto overlaid = ExpandOverlay(json, config_)) {
        Place inner = place;
        inner.overlaid = true;
        return Again(*overlaid, inner);
      }
    }
    if (const auto ranged = ExpandRangedLine(json, warnings_, place.pointer)) {
      return Again(*ranged, place);
    }
    View view;
    view.kind = ViewKind::kUnit;
    LOUPE_RETURN_IF_ERROR(ParseCommon(json, place, &view));
    LOUPE_RETURN_IF_ERROR(ParseSizes(json, place, &view));
    LOUPE_ASSIGN_OR_RETURN(view.unit, ParseUnit(json, place.pointer, warnings_));
    return view;
  }

  Result<View> ParseLayer(const Json& json, const Place& place) {
    View view;
    view.kind = ViewKind::kLayer;
    LOUPE_RETURN_IF_ERROR(ParseCommon(json, place, &view));
    LOUPE_RETURN_IF_ERROR(ParseSizes(json, place, &view));
    const std::string pointer = JsonPointer(place.pointer, "layer");
    const Json* shared = json.Find("encoding");
    const Json* projection = json.Find("projection");
    const std::vector<Json>& layers = json.Find("layer")->items();
    if (layers.empty()) return InvalidSpec("\"layer\" must not be empty", pointer);
    for (std::size_t i = 0; i < layers.size(); ++i) {
      Place inner = place;
      inner.pointer = place.overlaid ? place.pointer : JsonPointer(pointer, i);
      inner.name = NameOf(place, "layer_" + std::to_string(i));
      inner.depth = place.depth + 1;
      inner.layered = true;
      inner.width = view.width;
      inner.height = view.height;
      Json layer = layers[i];
      if (layer.IsObject() && shared != nullptr) layer = InheritEncoding(*shared, layer);
      if (projection != nullptr) layer = InheritProjection(*projection, layer);
      LOUPE_ASSIGN_OR_RETURN(View child, Parse(layer, inner));
      if (!child.IsPlot()) {
        return InvalidSpec("a layer must be a single view or layers of such", inner.pointer);
      }
      view.children.push_back(std::move(child));
    }
    return view;
  }

  Result<View> ParseConcat(const Json& json, const char* kind, const Place& place) {
    View view;
    view.kind = ViewKind::kConcat;
    LOUPE_RETURN_IF_ERROR(ParseCommon(json, place, &view));
    LOUPE_ASSIGN_OR_RETURN(view.grid, ParseGrid(json, config_, "concat", place.pointer));
    if (kind[0] == 'v') view.grid.columns = 1;
    if (kind[0] == 'h') view.grid.columns.reset();
    const Json* columns = Section(config_, "concat").Find("columns");
    const bool wraps = kind[0] == 'c' && !view.grid.columns && columns != nullptr;
    if (wraps && columns->IsNumber()) view.grid.columns = std::max(1.0, columns->AsDouble());
    const std::string pointer = JsonPointer(place.pointer, kind);
    const std::vector<Json>& views = json.Find(kind)->items();
    for (std::size_t i = 0; i < views.size(); ++i) {
      Place inner;
      inner.pointer = JsonPointer(pointer, i);
      inner.name = NameOf(place, "concat_" + std::to_string(i));
      inner.depth = place.depth + 1;
      LOUPE_ASSIGN_OR_RETURN(View child, Parse(views[i], inner));
      view.children.push_back(std::move(child));
    }
    return view;
  }

  Result<FacetDef> ParseFacetDef(const Json& json, const std::string& pointer) {
    FacetDef facet;
    LOUPE_ASSIGN_OR_RETURN(facet.def, ParseChannelDef(json, Channel::kDetail, pointer, warnings_));
    if (!facet.def.IsField()) return InvalidSpec("a facet needs a \"field\"", pointer);
    const bool time = facet.def.time_unit.has_value();
    if (!facet.def.type) {
      facet.def.type = time ? DataType::kTemporal : DataType::kNominal;
    }
    if (const Json* header = json.Find("header")) {
      if (header->IsObject()) {
        LOUPE_RETURN_IF_ERROR(
            CheckObject(*header, ObjectKind::kHeader, JsonPointer(pointer, "header"), warnings_));
      }
      facet.header = *header;
    }
    return facet;
  }

  Result<View> ParseFacet(const Json& json, const Place& place) {
    View view;
    view.kind = ViewKind::kFacet;
    LOUPE_RETURN_IF_ERROR(ParseCommon(json, place, &view));
    LOUPE_ASSIGN_OR_RETURN(view.grid, ParseGrid(json, config_, "facet", place.pointer));
    const Json& facet = *json.Find("facet");
    const std::string pointer = JsonPointer(place.pointer, "facet");
    const bool mapping = facet.Find("row") != nullptr || facet.Find("column") != nullptr;
    const std::pair<const char*, std::optional<FacetDef>*> sides[] = {{"row", &view.row},
                                                                      {"column", &view.column}};
    for (const auto& [name, target] : sides) {
      const Json* side = facet.Find(name);
      if (side == nullptr) continue;
      if (!side->IsObject()) {
        return InvalidSpec("a facet must be an object", JsonPointer(pointer, name));
      }
      LOUPE_ASSIGN_OR_RETURN(*target, ParseFacetDef(*side, JsonPointer(pointer, name)));
    }
    if (!mapping) {
      LOUPE_ASSIGN_OR_RETURN(view.wrapped, ParseFacetDef(facet, pointer));
      const Json* columns = Section(config_, "facet").Find("columns");
      const bool by_config = !view.grid.columns && columns != nullptr && columns->IsNumber();
      if (by_config) view.grid.columns = std::max(1.0, columns->AsDouble());
    }
    const Json* spec = json.Find("spec");
    if (spec == nullptr) return InvalidSpec("a facet needs a \"spec\"", place.pointer);
    Place inner;
    inner.pointer = JsonPointer(place.pointer, "spec");
    inner.name = NameOf(place, "child");
    inner.depth = place.depth + 1;
    LOUPE_ASSIGN_OR_RETURN(View child, Parse(*spec, inner));
    view.children.push_back(std::move(child));
    return view;
  }

  static std::string NameOf(const Place& place, const std::string& part) {
    return place.name.empty() ? part : place.name + "_" + part;
  }

  const Json& config_;
  const Sources& sources_;
  std::vector<Warning>* warnings_;
  std::size_t count_ = 0;
};

}  // namespace

Result<View> ParseViews(const Json& json, const Json& config, const Sources& sources,
                        std::vector<Warning>* warnings) {
  return Parser(config, sources, warnings).Parse(json, {});
}

}  // namespace loupe::chart

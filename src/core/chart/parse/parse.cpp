#include "core/chart/parse/parse.hpp"

#include <cmath>

#include "core/chart/config/config.hpp"
#include "core/chart/limits.hpp"
#include "core/chart/parse/computed.hpp"
#include "core/chart/parse/property.hpp"
#include "core/chart/parse/view.hpp"

namespace loupe::chart {
namespace {

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
  return type->AsString();
}

Status ParseTopLevel(const Json& json, Spec* spec) {
  if (const Json* v = json.Find("description"); v != nullptr && v->IsString()) {
    spec->description = v->AsString();
  }
  if (const Json* v = json.Find("background")) spec->background = *v;
  if (const Json* v = json.Find("padding")) {
    LOUPE_ASSIGN_OR_RETURN(spec->padding, ParsePadding(*v, "/padding"));
  }
  const Json* autosize = json.Find("autosize");
  if (autosize == nullptr) autosize = spec->config.Find("autosize");
  if (autosize != nullptr) {
    LOUPE_ASSIGN_OR_RETURN(spec->autosize, ParseAutosize(*autosize, "/autosize"));
    const Json* contains = autosize->Find("contains");
    spec->fit_padding = contains != nullptr && *contains == Json("padding");
  }
  return Status::Ok();
}

}  // namespace

Result<Spec> ParseSpec(const Json& json, const ParseOptions& options, const Context& context,
                       std::vector<Warning>* warnings) {
  if (!json.IsObject()) {
    return InvalidSpec(std::string("a specification must be an object, not ") + json.TypeName(),
                       "");
  }
  Json resolved = json;
  Spec spec;
  LOUPE_ASSIGN_OR_RETURN(Sources sources, TakeSources(&resolved, warnings));
  LOUPE_ASSIGN_OR_RETURN(spec.params, ResolveComputed(options.params, context, &resolved));
  const Json* own = resolved.Find("config");
  if (own != nullptr && own->IsObject()) {
    LOUPE_RETURN_IF_ERROR(CheckObject(*own, ObjectKind::kConfig, "/config", warnings));
  }
  std::vector<const Json*> layers = {&options.theme, &options.config};
  if (own != nullptr) layers.push_back(own);
  spec.config = MergedConfig(layers);
  LOUPE_ASSIGN_OR_RETURN(spec.locale, LocaleOf(spec.config, warnings));
  LOUPE_ASSIGN_OR_RETURN(spec.view, ParseViews(resolved, spec.config, sources, warnings));
  LOUPE_RETURN_IF_ERROR(ParseTopLevel(resolved, &spec));
  spec.sources = std::move(sources.list);
  return spec;
}

}  // namespace loupe::chart

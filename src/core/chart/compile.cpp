#include "core/chart/compile.hpp"

#include <algorithm>
#include <utility>

#include "core/chart/compose.hpp"
#include "core/chart/config/config.hpp"
#include "core/chart/mark/style.hpp"
#include "core/chart/model.hpp"
#include "core/chart/parse/parse.hpp"
#include "core/chart/parse/property.hpp"
#include "core/chart/parse/sources.hpp"

namespace loupe::chart {
namespace {

std::array<double, 4> PaddingOf(const Spec& spec) {
  if (spec.padding) return *spec.padding;
  std::array<double, 4> padding{};
  const Json* given = spec.config.Find("padding");
  if (given != nullptr && given->IsObject()) {
    const Lookup sides({given});
    return {sides.Number("left", 0), sides.Number("top", 0), sides.Number("right", 0),
            sides.Number("bottom", 0)};
  }
  padding.fill(Lookup({&spec.config}).Number("padding", 5));
  return padding;
}

// The sides of a plot that shall fit a picture of the size it asks for, margins included.
void FitSides(const Spec& spec, const Laid& laid, CompileOptions* options) {
  const std::array<double, 4> margins = MarginsOf(laid);
  const std::array<double, 4> padding = PaddingOf(spec);
  const bool both = spec.autosize == "fit";
  const auto room = [&](double side, std::size_t low, std::size_t high) {
    const double around = spec.fit_padding ? padding[low] + padding[high] : 0;
    return std::max(0.0, side - margins[low] - margins[high] - around);
  };
  const Item& frame = laid.block.item;
  if (both || spec.autosize == "fit-x") options->width = room(frame.width, 0, 2);
  if (both || spec.autosize == "fit-y") options->height = room(frame.height, 1, 3);
}

Result<Laid> Draw(const Spec& spec, const std::vector<RowSet>& data, const CompileOptions& options,
                  const TextMeasure& measure, const Context& host, std::vector<Warning>* warnings) {
  LOUPE_ASSIGN_OR_RETURN(const Model model, BuildModel(spec, data, host, warnings));
  const ComposeContext context{spec, options, measure, host, warnings};
  LOUPE_ASSIGN_OR_RETURN(Laid laid, Compose(model, context));
  const bool fits = spec.autosize.substr(0, 3) == "fit" && spec.view.IsPlot();
  if (!fits) return laid;
  CompileOptions fitted = options;
  FitSides(spec, laid, &fitted);
  std::vector<Warning> again;
  return Compose(model, {spec, fitted, measure, host, &again});
}

}  // namespace

Result<std::vector<DataRequest>> RequestedData(const Json& spec) {
  if (!spec.IsObject()) {
    return InvalidSpec(std::string("a specification must be an object, not ") + spec.TypeName(),
                       "");
  }
  Json taken = spec;
  std::vector<Warning> warnings;
  LOUPE_ASSIGN_OR_RETURN(Sources sources, TakeSources(&taken, &warnings));
  return std::move(sources.requests);
}

Result<Compiled> Compile(const Json& spec, const std::vector<RowSet>& data,
                         const CompileOptions& options, const TextMeasure& measure,
                         const Context& context) {
  Compiled compiled;
  LOUPE_ASSIGN_OR_RETURN(const auto requests, RequestedData(spec));
  if (requests.size() != data.size()) {
    return Status(Code::kChartInvalidData, "the specification asks for " +
                                               std::to_string(requests.size()) +
                                               " data sources, not " + std::to_string(data.size()));
  }
  LOUPE_ASSIGN_OR_RETURN(const Spec parsed, ParseSpec(spec, {options.config, options.params},
                                                      context, &compiled.warnings));
  LOUPE_ASSIGN_OR_RETURN(Laid laid,
                         Draw(parsed, data, options, measure, context, &compiled.warnings));
  LOUPE_ASSIGN_OR_RETURN(compiled.scene, MakeScene(std::move(laid), PaddingOf(parsed)));
  const Json* background =
      parsed.background ? &*parsed.background : parsed.config.Find("background");
  compiled.scene.background = PaintOf(background);
  compiled.scene.description = parsed.description;
  return compiled;
}

}  // namespace loupe::chart

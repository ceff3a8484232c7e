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

struct Drawn {
  Laid laid;
  PictureSize size;
};

// Makes the data rectangle so much smaller that the picture has the size asked for: the picture
// keeps that size, and the margins of the first drawing.
void Fit(const Spec& spec, const Laid& laid, CompileOptions* options, PictureSize* size) {
  const std::array<double, 4> margins = MarginsOf(laid);
  const std::array<double, 4> padding = PaddingOf(spec);
  const bool both = spec.autosize == "fit";
  const Item& frame = laid.block.item;
  const auto fit = [&](double side, std::size_t low, double* whole) {
    const double around = spec.fit_padding ? padding[low] + padding[low + 2] : 0;
    *whole = std::max(0.0, side - around);
    return std::max(0.0, *whole - margins[low] - margins[low + 2]);
  };
  if (both || spec.autosize == "fit-x") options->width = fit(frame.width, 0, &size->width);
  if (both || spec.autosize == "fit-y") options->height = fit(frame.height, 1, &size->height);
}

Result<Drawn> Draw(const Spec& spec, const std::vector<RowSet>& data, const CompileOptions& options,
                   const TextMeasure& measure, const Context& host,
                   std::vector<Warning>* warnings) {
  LOUPE_ASSIGN_OR_RETURN(const Model model, BuildModel(spec, data, host, warnings));
  const ComposeContext context{spec, options, measure, host, warnings};
  Drawn drawn;
  LOUPE_ASSIGN_OR_RETURN(drawn.laid, Compose(model, context));
  drawn.size = SizeOf(drawn.laid);
  const bool fits = spec.autosize.substr(0, 3) == "fit" && spec.view.IsPlot();
  if (!fits) return drawn;
  CompileOptions fitted = options;
  Fit(spec, drawn.laid, &fitted, &drawn.size);
  std::vector<Warning> again;
  LOUPE_ASSIGN_OR_RETURN(drawn.laid, Compose(model, {spec, fitted, measure, host, &again}));
  return drawn;
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
  LOUPE_ASSIGN_OR_RETURN(const Spec parsed,
                         ParseSpec(spec, {options.theme, options.config, options.params}, context,
                                   &compiled.warnings));
  LOUPE_ASSIGN_OR_RETURN(Drawn drawn,
                         Draw(parsed, data, options, measure, context, &compiled.warnings));
  LOUPE_ASSIGN_OR_RETURN(compiled.scene,
                         MakeScene(std::move(drawn.laid), drawn.size, PaddingOf(parsed)));
  const Json* background =
      parsed.background ? &*parsed.background : parsed.config.Find("background");
  compiled.scene.background = PaintOf(background);
  compiled.scene.description = parsed.description;
  return compiled;
}

}  // namespace loupe::chart

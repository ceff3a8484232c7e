#include "core/chart/compile.hpp"

#include <utility>

#include "core/chart/config/config.hpp"
#include "core/chart/data/prepare.hpp"
#include "core/chart/layout/layout.hpp"
#include "core/chart/mark/build.hpp"
#include "core/chart/mark/style.hpp"
#include "core/chart/normalize.hpp"
#include "core/chart/parse/parse.hpp"
#include "core/chart/parse/property.hpp"

namespace loupe::chart {
namespace {

constexpr std::pair<const char*, DataKind> kRequestKeys[] = {{"sql", DataKind::kSql},
                                                             {"relation", DataKind::kRelation},
                                                             {"semantic", DataKind::kSemantic},
                                                             {"url", DataKind::kUrl},
                                                             {"name", DataKind::kName}};

// The rectangle behind the marks: framed where there are axes to frame it.
Item FrameOf(const NormalView& view, const ScaleSet& scales, const Json& config) {
  const bool axes = view.unit.encoding.Find(Channel::kX) != nullptr ||
                    view.unit.encoding.Find(Channel::kY) != nullptr;
  std::vector<const Json*> chain = {&view.unit.view};
  for (const Json* style : StyleChain(view.unit.view.Find("style"), config)) chain.push_back(style);
  chain.push_back(&Section(config, "view"));
  chain.push_back(&Section(Section(config, "style"), axes ? "cell" : "view"));
  const Lookup look(std::move(chain));
  Item frame;
  frame.width = scales.width;
  frame.height = scales.height;
  frame.fill = PaintOf(look.Find("fill"));
  frame.stroke = PaintOf(look.Find("stroke"));
  frame.stroke_width = look.Number("strokeWidth", 1);
  frame.stroke_dash = DashOf(look.Find("strokeDash"));
  frame.fill_opacity = look.Number("fillOpacity", 1);
  frame.stroke_opacity = look.Number("strokeOpacity", 1);
  frame.opacity = look.Number("opacity", 1);
  frame.corner_radius.fill(look.Number("cornerRadius", 0));
  return frame;
}

std::array<double, 4> PaddingOf(const Spec& spec, const Json& config) {
  if (spec.padding) return *spec.padding;
  std::array<double, 4> padding{};
  const Json* given = config.Find("padding");
  if (given != nullptr && given->IsObject()) {
    const Lookup sides({given});
    return {sides.Number("left", 0), sides.Number("top", 0), sides.Number("right", 0),
            sides.Number("bottom", 0)};
  }
  padding.fill(Lookup({&config}).Number("padding", 5));
  return padding;
}

Result<Scene> CompileView(const Spec& spec, const RowSet* rows, const Json& config,
                          const CompileOptions& options, const TextMeasure& measure,
                          const Context& host, std::vector<Warning>* warnings) {
  LOUPE_ASSIGN_OR_RETURN(const NormalView view, Normalize(spec.view.unit, config));
  LOUPE_ASSIGN_OR_RETURN(const Dataset data, PrepareData(spec, view, rows, host, warnings));
  LOUPE_ASSIGN_OR_RETURN(const ScaleSet scales, BuildScales(view, data, config, options, warnings));
  const MarkContext context{view, data, scales, config, options.describes};
  Parts parts;
  LOUPE_ASSIGN_OR_RETURN(parts.axes, BuildAxes(context, measure));
  LOUPE_ASSIGN_OR_RETURN(parts.legends, BuildLegends(context, measure));
  LOUPE_ASSIGN_OR_RETURN(parts.marks, BuildMarks(context, host));
  parts.title = spec.title;
  parts.frame = FrameOf(view, scales, config);
  parts.padding = PaddingOf(spec, config);
  return LayOut(std::move(parts), config, measure);
}

}  // namespace

Result<std::vector<DataRequest>> RequestedData(const Json& spec) {
  std::vector<DataRequest> requests;
  const Json* data = spec.Find("data");
  if (data == nullptr || data->IsNull()) return requests;
  if (!data->IsObject()) {
    return InvalidSpec(std::string("\"data\" must be an object, not ") + data->TypeName(), "/data");
  }
  if (data->Find("values") != nullptr) return requests;
  for (const auto& [key, kind] : kRequestKeys) {
    const Json* value = data->Find(key);
    if (value == nullptr) continue;
    requests.push_back({"/data", kind, *value});
    return requests;
  }
  for (const char* later : {"sequence", "graticule", "sphere"}) {
    if (data->Find(later) == nullptr) continue;
    return NotDrawn("\"" + std::string(later) + "\" data", JsonPointer("/data", later));
  }
  return InvalidSpec("\"data\" needs \"values\", \"sql\", \"relation\", \"semantic\" or \"name\"",
                     "/data");
}

Result<Compiled> Compile(const Json& spec, const std::vector<RowSet>& data,
                         const CompileOptions& options, const TextMeasure& measure,
                         const Context& context) {
  Compiled compiled;
  LOUPE_ASSIGN_OR_RETURN(const Spec parsed, ParseSpec(spec, &compiled.warnings));
  LOUPE_ASSIGN_OR_RETURN(const auto requests, RequestedData(spec));
  if (requests.size() != data.size()) {
    return Status(Code::kChartInvalidData, "the specification asks for " +
                                               std::to_string(requests.size()) +
                                               " data sources, not " + std::to_string(data.size()));
  }
  const RowSet* rows = data.empty() ? nullptr : &data.front();
  const Json config = MergedConfig(options.config, parsed.config);
  LOUPE_ASSIGN_OR_RETURN(compiled.scene, CompileView(parsed, rows, config, options, measure,
                                                     context, &compiled.warnings));
  const Json* background = parsed.background ? &*parsed.background : config.Find("background");
  compiled.scene.background = PaintOf(background);
  compiled.scene.description = parsed.description;
  return compiled;
}

}  // namespace loupe::chart

#include "pg/postgres.hpp"

#include "pg/chart_run.hpp"

#include "core/base/nearest.hpp"
#include "core/chart/compile.hpp"
#include "core/chart/render/pdf.hpp"
#include "core/chart/render/png.hpp"
#include "core/chart/render/svg.hpp"
#include "core/chart/render/terminal.hpp"
#include "core/chart/text/font_set.hpp"
#include "pg/boundary.hpp"
#include "pg/chart_data.hpp"
#include "pg/settings.hpp"

namespace loupe::pg {
namespace {

// The fonts of this backend, kept until the setting names another folder.
struct LoadedFonts {
  std::string folder;
  chart::FontSet fonts;
};

const chart::FontSet& Fonts() {
  static LoadedFonts* loaded = nullptr;
  const std::string folder = CurrentSettings().font_folder;
  if (loaded == nullptr || loaded->folder != folder) {
    auto fresh = std::make_unique<LoadedFonts>(
        LoadedFonts{folder, ValueOrThrow(chart::FontSet::Load(folder))});
    delete loaded;
    loaded = fresh.release();
  }
  return loaded->fonts;
}

void ReportWarnings(const std::vector<chart::Warning>& warnings) {
  for (const chart::Warning& warning : warnings) {
    Report(NOTICE, warning.message,
           warning.pointer.empty() ? "" : "At \"" + warning.pointer + "\".", warning.hint);
  }
}

}  // namespace

ChartFormat ParseChartFormat(const std::string& name) {
  if (name == "svg") return ChartFormat::kSvg;
  if (name == "png") return ChartFormat::kPng;
  if (name == "pdf") return ChartFormat::kPdf;
  if (name == "text") return ChartFormat::kText;
  throw StatusError{Status(Code::kInvalidArgument, "chart format \"" + name + "\" is not known")
                        .WithHint(NearestNameHint(name, {"svg", "png", "pdf", "text"}))};
}

std::string DrawChart(const ChartRequest& request, ChartFormat format) {
  const std::vector<RowSet> data = FetchChartData(request.spec, request.data);
  const chart::FontSet& fonts = Fonts();
  const Context context = ServerContext();
  chart::TerminalOptions terminal;
  terminal.columns = request.columns;
  chart::CompileOptions options;
  options.describes = format == ChartFormat::kSvg || format == ChartFormat::kText;
  if (request.config) options.config = *request.config;
  if (request.params) options.params = *request.params;
  if (format == ChartFormat::kText) {
    const auto [width, height] = chart::TerminalPlotSize(terminal);
    options.width = width;
    options.height = height;
  }
  const chart::Compiled compiled =
      ValueOrThrow(chart::Compile(request.spec, data, options, fonts, context));
  ReportWarnings(compiled.warnings);
  switch (format) {
    case ChartFormat::kPng:
      return ValueOrThrow(chart::RenderPng(compiled.scene, fonts, request.scale, context));
    case ChartFormat::kPdf:
      return ValueOrThrow(chart::RenderPdf(compiled.scene, fonts, context));
    case ChartFormat::kText:
      return chart::RenderText(compiled.scene, terminal, context);
    case ChartFormat::kSvg:
      break;
  }
  return chart::RenderSvg(compiled.scene, fonts);
}

}  // namespace loupe::pg

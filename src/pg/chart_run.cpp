#include "pg/postgres.hpp"

#include "pg/chart_run.hpp"

#include "core/base/nearest.hpp"
#include "core/chart/check.hpp"
#include "core/chart/compile.hpp"
#include "core/chart/config/theme.hpp"
#include "core/chart/render/html.hpp"
#include "core/chart/render/missing_characters.hpp"
#include "core/chart/render/pdf.hpp"
#include "core/chart/render/png.hpp"
#include "core/chart/render/svg.hpp"
#include "core/chart/render/terminal.hpp"
#include "core/chart/summary.hpp"
#include "core/chart/text/font_set.hpp"
#include "pg/boundary.hpp"
#include "pg/chart_data.hpp"
#include "pg/settings.hpp"
#include "pg/time_limit.hpp"

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

void ReportWarning(const chart::Warning& warning) {
  Report(NOTICE, warning.message, warning.pointer.empty() ? "" : "At \"" + warning.pointer + "\".",
         warning.hint);
}

// Does `body` under the limit on the time of one chart. That of a chart's statement, which is
// armed inside of it, says so itself.
template <class Body>
auto UnderChartTimeout(Body body) -> decltype(body()) {
  const int milliseconds = CurrentSettings().chart_timeout_ms;
  try {
    const TimeLimit limit(TimeKind::kChart, milliseconds);
    return body();
  } catch (const PgError& error) {
    const bool is_ours =
        error.data->sqlerrcode == ERRCODE_QUERY_CANCELED && TimeLimit::HasFired(TimeKind::kChart);
    if (!is_ours) throw;
    throw StatusError{Status(Code::kGateTimeLimit,
                             "chart took longer than " + std::to_string(milliseconds) + " ms")
                          .WithHint("Draw fewer rows, or raise loupe.chart_timeout.")};
  }
}

chart::TerminalOptions TerminalOptionsOf(const ChartRequest& request) {
  chart::TerminalOptions terminal;
  terminal.columns = request.columns;
  return terminal;
}

chart::CompileOptions CompileOptionsOf(const ChartRequest& request) {
  chart::CompileOptions options;
  if (request.theme) options.theme = ValueOrThrow(chart::ThemeConfig(*request.theme));
  if (request.config) options.config = *request.config;
  if (request.params) options.params = *request.params;
  return options;
}

// Whether our own fonts draw it.
bool HasOwnFonts(ChartFormat format) {
  return format == ChartFormat::kPng || format == ChartFormat::kPdf;
}

chart::Scene CompileChart(const ChartRequest& request, const chart::CompileOptions& options) {
  const std::vector<RowSet> data = FetchChartData(request.spec, request.data);
  chart::Compiled compiled =
      ValueOrThrow(chart::Compile(request.spec, data, options, Fonts(), ServerContext()));
  for (const chart::Warning& warning : compiled.warnings) ReportWarning(warning);
  return std::move(compiled.scene);
}

std::string Render(const chart::Scene& scene, const ChartRequest& request, ChartFormat format) {
  const chart::FontSet& fonts = Fonts();
  const Context context = ServerContext();
  switch (format) {
    case ChartFormat::kPng:
      return ValueOrThrow(chart::RenderPng(scene, fonts, request.scale, context));
    case ChartFormat::kPdf:
      return ValueOrThrow(chart::RenderPdf(scene, fonts, context));
    case ChartFormat::kText:
      return chart::RenderText(scene, TerminalOptionsOf(request), context);
    case ChartFormat::kHtml:
      return chart::RenderHtml(scene, fonts, context);
    case ChartFormat::kSvg:
      break;
  }
  return chart::RenderSvg(scene, fonts);
}

}  // namespace

ChartFormat ParseChartFormat(const std::string& name) {
  if (name == "svg") return ChartFormat::kSvg;
  if (name == "png") return ChartFormat::kPng;
  if (name == "pdf") return ChartFormat::kPdf;
  if (name == "text") return ChartFormat::kText;
  if (name == "html") return ChartFormat::kHtml;
  throw StatusError{Status(Code::kInvalidArgument, "chart format \"" + name + "\" is not known")
                        .WithHint(NearestNameHint(name, {"svg", "png", "pdf", "text", "html"}))};
}

std::string DrawChart(const ChartRequest& request, ChartFormat format) {
  return UnderChartTimeout([&] {
    chart::CompileOptions options = CompileOptionsOf(request);
    options.describes = !HasOwnFonts(format);
    if (format == ChartFormat::kText) {
      const auto [width, height] = chart::TerminalPlotSize(TerminalOptionsOf(request));
      options.width = width;
      options.height = height;
    }
    const chart::Scene scene = CompileChart(request, options);
    if (HasOwnFonts(format)) {
      const auto missing = chart::MissingCharacters(scene, Fonts(), ServerContext());
      if (missing) ReportWarning(*missing);
    }
    return Render(scene, request, format);
  });
}

std::string DescribeChart(const ChartRequest& request) {
  return UnderChartTimeout([&] {
    return chart::Summarize(CompileChart(request, CompileOptionsOf(request)), ServerContext());
  });
}

std::vector<chart::Finding> CheckChart(const ChartRequest& request) {
  return UnderChartTimeout([&] {
    const Context context = ServerContext();
    std::vector<Status> problems;
    const std::optional<std::vector<RowSet>> data =
        FetchCheckedChartData(request.spec, request.data, &problems);
    chart::Checked checked =
        chart::Check(request.spec, data, CompileOptionsOf(request), Fonts(), context);
    std::vector<chart::Finding> findings;
    for (const Status& problem : problems) findings.push_back(chart::FindingOf(problem));
    for (chart::Finding& finding : checked.findings) findings.push_back(std::move(finding));
    if (checked.scene) {
      const auto missing = chart::MissingCharacters(*checked.scene, Fonts(), context);
      if (missing) findings.push_back(chart::FindingOf(*missing));
    }
    return findings;
  });
}

}  // namespace loupe::pg

// The SQL functions that draw charts: thin faces of chart_run.
#include "pg/postgres.hpp"

#include "pg/function.hpp"

#include <cmath>

#include "pg/chart_run.hpp"

namespace loupe::pg {
namespace {

constexpr int kMinColumns = 20;
constexpr int kMaxColumns = 400;
constexpr double kMaxScale = 16;

double ScaleArgument(FunctionCallInfo fcinfo, int index) {
  RequireArgument(fcinfo, index, "scale");
  const double scale = PG_GETARG_FLOAT8(index);
  if (std::isfinite(scale) && scale > 0 && scale <= kMaxScale) return scale;
  throw StatusError{Status(Code::kInvalidArgument, "scale must be above 0 and at most 16")};
}

int ColumnsArgument(FunctionCallInfo fcinfo, int index) {
  RequireArgument(fcinfo, index, "width");
  const int columns = PG_GETARG_INT32(index);
  if (columns >= kMinColumns && columns <= kMaxColumns) return columns;
  throw StatusError{Status(Code::kInvalidArgument, "width must be between 20 and 400 columns")};
}

// False where the specification is too deep or too large to be read, which is a finding.
bool ReadSpec(FunctionCallInfo fcinfo, ChartRequest* request,
              std::vector<chart::Finding>* findings) {
  try {
    request->spec = RequiredJson(fcinfo, 0, "spec");
    return true;
  } catch (const StatusError& error) {
    findings->push_back(chart::FindingOf(error.status));
    return false;
  }
}

}  // namespace

LOUPE_FUNCTION(loupe_render_chart) {
  ChartRequest request;
  request.spec = RequiredJson(fcinfo, 0, "spec");
  const ChartFormat format = ParseChartFormat(RequiredText(fcinfo, 1, "format"));
  request.data = OptionalJson(fcinfo, 2);
  request.theme = OptionalText(fcinfo, 3);
  request.config = OptionalJson(fcinfo, 4);
  request.scale = ScaleArgument(fcinfo, 5);
  request.params = OptionalJson(fcinfo, 6);
  return ByteaDatum(DrawChart(request, format));
}

LOUPE_FUNCTION(loupe_chart_svg) {
  ChartRequest request;
  request.spec = RequiredJson(fcinfo, 0, "spec");
  request.data = OptionalJson(fcinfo, 1);
  return TextDatum(DrawChart(request, ChartFormat::kSvg));
}

LOUPE_FUNCTION(loupe_chart_html) {
  ChartRequest request;
  request.spec = RequiredJson(fcinfo, 0, "spec");
  request.data = OptionalJson(fcinfo, 1);
  request.theme = OptionalText(fcinfo, 2);
  request.config = OptionalJson(fcinfo, 3);
  return TextDatum(DrawChart(request, ChartFormat::kHtml));
}

LOUPE_FUNCTION(loupe_chart_alt_text) {
  ChartRequest request;
  request.spec = RequiredJson(fcinfo, 0, "spec");
  request.data = OptionalJson(fcinfo, 1);
  return TextDatum(DescribeChart(request));
}

LOUPE_FUNCTION(loupe_chart_check) {
  RequireArgument(fcinfo, 0, "spec");
  RowSink sink(fcinfo);
  ChartRequest request;
  request.data = OptionalJson(fcinfo, 1);
  std::vector<chart::Finding> findings;
  if (ReadSpec(fcinfo, &request, &findings)) findings = CheckChart(request);
  for (const chart::Finding& finding : findings) {
    const bool is_error = finding.severity == chart::Severity::kError;
    sink.Add({TextDatum(is_error ? "error" : "warning"), TextDatum(finding.pointer),
              TextDatum(finding.message), TextOrNull(finding.detail), TextOrNull(finding.hint)});
  }
  return Datum{0};
}

LOUPE_FUNCTION(loupe_chart_text) {
  ChartRequest request;
  request.spec = RequiredJson(fcinfo, 0, "spec");
  request.columns = ColumnsArgument(fcinfo, 1);
  request.data = OptionalJson(fcinfo, 2);
  return TextDatum(DrawChart(request, ChartFormat::kText));
}

}  // namespace loupe::pg

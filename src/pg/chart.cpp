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

// Themes have their place in the signature; none is offered yet.
void RefuseArgument(FunctionCallInfo fcinfo, int index, const char* name) {
  if (IsNullArgument(fcinfo, index)) return;
  throw StatusError{Status(Code::kNotSupported,
                           std::string("argument \"") + name + "\" of a chart is not supported yet")
                        .WithHint("Leave it away; pass colours and fonts with config.")};
}

}  // namespace

LOUPE_FUNCTION(loupe_render_chart) {
  ChartRequest request;
  request.spec = RequiredJson(fcinfo, 0, "spec");
  const ChartFormat format = ParseChartFormat(RequiredText(fcinfo, 1, "format"));
  request.data = OptionalJson(fcinfo, 2);
  RefuseArgument(fcinfo, 3, "theme");
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

LOUPE_FUNCTION(loupe_chart_text) {
  ChartRequest request;
  request.spec = RequiredJson(fcinfo, 0, "spec");
  request.columns = ColumnsArgument(fcinfo, 1);
  request.data = OptionalJson(fcinfo, 2);
  return TextDatum(DrawChart(request, ChartFormat::kText));
}

}  // namespace loupe::pg

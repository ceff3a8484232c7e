// Draws charts for every feature that has one: render_chart, its relatives and the answers of
// ask(). All that is done for one chart has loupe.chart_timeout.
#ifndef LOUPE_PG_CHART_RUN_HPP
#define LOUPE_PG_CHART_RUN_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/chart/check.hpp"

namespace loupe::pg {

struct ChartRequest {
  Json spec;
  std::optional<Json> data;          // rows of {"data": {"name": …}}
  std::optional<std::string> theme;  // a name of chart::ThemeNames
  std::optional<Json> config;        // above the theme
  std::optional<Json> params;        // an object: values of the specification's parameters by name
  double scale = 1;                  // of PNG pixels
  int columns = 72;                  // of text
};

enum class ChartFormat { kSvg, kPng, kPdf, kText, kHtml };

// Throws kInvalidArgument, naming the formats, for any other name.
[[nodiscard]] ChartFormat ParseChartFormat(const std::string& name);

// Fetches the data through the gate, compiles and draws; warnings leave as notices. SVG, HTML and
// text are UTF-8. Throws kGateTimeLimit for its own limit, besides what those throw.
[[nodiscard]] std::string DrawChart(const ChartRequest& request, ChartFormat format);

// The chart in a sentence or two, UTF-8; warnings leave as notices.
[[nodiscard]] std::string DescribeChart(const ChartRequest& request);

// What is wrong with the specification, and what drawing would warn of, as PNG with the format's
// own warnings. Throws what is no matter of the specification: lack of a right, a cancel, a time
// limit, what a statement runs into.
[[nodiscard]] std::vector<chart::Finding> CheckChart(const ChartRequest& request);

}  // namespace loupe::pg

#endif  // LOUPE_PG_CHART_RUN_HPP

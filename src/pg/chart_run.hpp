// Draws charts for every feature that has one: render_chart and the answers of ask().
#ifndef LOUPE_PG_CHART_RUN_HPP
#define LOUPE_PG_CHART_RUN_HPP

#include <optional>
#include <string>

#include "core/base/json.hpp"

namespace loupe::pg {

struct ChartRequest {
  Json spec;
  std::optional<Json> data;  // rows of {"data": {"name": …}}
  std::optional<Json> config;
  std::optional<Json> params;  // an object: values of the specification's parameters by name
  double scale = 1;            // of PNG pixels
  int columns = 72;            // of text
};

enum class ChartFormat { kSvg, kPng, kPdf, kText };

// Throws kInvalidArgument, naming the formats, for any other name.
[[nodiscard]] ChartFormat ParseChartFormat(const std::string& name);

// Fetches the data through the gate, compiles and draws; warnings leave as notices. SVG and text
// are UTF-8.
[[nodiscard]] std::string DrawChart(const ChartRequest& request, ChartFormat format);

}  // namespace loupe::pg

#endif  // LOUPE_PG_CHART_RUN_HPP

// Parse: JSON to Spec, every member checked against the property tables.
//
// Tested by test/unit/chart_parse_test.cpp.
#ifndef LOUPE_CORE_CHART_PARSE_PARSE_HPP
#define LOUPE_CORE_CHART_PARSE_PARSE_HPP

#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/chart/compile.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

struct ParseOptions {
  Json theme = Json::MakeObject();   // above Vega-Lite's defaults, below all other config
  Json config = Json::MakeObject();  // above the theme, below the spec's own config
  Json params = Json::MakeObject();  // values that replace those of the spec's parameters
};

// Errors carry the JSON pointer: kChartInvalidSpec, kChartNotSupported.
[[nodiscard]] Result<Spec> ParseSpec(const Json& json, const ParseOptions& options,
                                     const Context& context, std::vector<Warning>* warnings);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_PARSE_PARSE_HPP

// Composite marks: box plots, error bars and error bands as layers of simpler marks.
//
//   boxplot of y by x  ->  layers of outliers, whiskers (rules), boxes (bars) and medians (ticks)
//                          over quartiles that an aggregate transform computes
//
// Sources: Vega-Lite's reference of composite marks; Tukey, "Exploratory Data Analysis" (1977).
//
// Tested by test/unit/chart_composite_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_COMPOSITE_HPP
#define LOUPE_CORE_CHART_NORMALIZE_COMPOSITE_HPP

#include <string>

#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::chart {

// Tells whether a mark, a name or {"type": name}, is "boxplot", "errorbar" or "errorband".
[[nodiscard]] bool IsCompositeMark(const Json& mark);

// The layers of a unit with a composite mark; members other than mark and encoding are kept. Error:
// kChartInvalidSpec where neither position is continuous.
[[nodiscard]] Result<Json> ExpandComposite(const Json& unit, const Json& config,
                                           const std::string& pointer);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_COMPOSITE_HPP

// Composite marks: box plots, error bars and error bands as layers of simpler marks.
//
//   boxplot of y by x  ->  layers of outliers, whiskers (rules), boxes (bars) and medians (ticks)
//                          over quartiles that aggregate transforms compute
//
// The result says nothing that a specification could not say. Its units are final: an overlay that
// the config asks for is switched off in them, so that they may be parsed like any other view.
//
// Sources: Vega-Lite 6, reference of composite marks and its normalization of them.
//
// Tested by test/unit/chart_composite_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_COMPOSITE_HPP
#define LOUPE_CORE_CHART_NORMALIZE_COMPOSITE_HPP

#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/chart/compile.hpp"

namespace loupe::chart {

// Tells whether a mark, a name or {"type": name}, is "boxplot", "errorbar" or "errorband".
[[nodiscard]] bool IsCompositeMark(const Json& mark);

// Demands a composite mark. The layers of a unit; members other than mark, encoding, parameters and
// projection are kept. `config` is the merged one. Errors: kChartInvalidSpec where neither position
// is continuous, where bounds contradict each other and where extent, centre or orientation is none
// that the mark has.
[[nodiscard]] Result<Json> ExpandComposite(const Json& unit, const Json& config,
                                           const std::string& pointer,
                                           std::vector<Warning>* warnings = nullptr);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_COMPOSITE_HPP

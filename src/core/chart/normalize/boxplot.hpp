// Box plots: quartiles as a box, the median in it, whiskers to the last value that is no outlier.
//
//   {"layer": [{"transform": [quartiles joined to each row],
//               "layer": [outliers, {"transform": [rows within reach], "layer": [two whiskers]}]},
//              {"transform": [five numbers of each group], "layer": [box, median]}]}
//
// Whiskers reach `extent` times the distance of the quartiles (1.5: Tukey, "Exploratory Data
// Analysis", 1977). With "min-max" they reach to the extremes and there is one level of layers.
//
// Tested by test/unit/chart_composite_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_BOXPLOT_HPP
#define LOUPE_CORE_CHART_NORMALIZE_BOXPLOT_HPP

#include "core/chart/normalize/composite_part.hpp"

namespace loupe::chart {

[[nodiscard]] Result<Json> ExpandBoxPlot(const CompositeUnit& unit, std::vector<Warning>* warnings);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_BOXPLOT_HPP

// Ramps of colours in legends, continuous ones and those in steps.
//
// Tested by test/unit/chart_legend_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_GUIDE_LEGEND_GRADIENT_HPP
#define LOUPE_CORE_CHART_GUIDE_LEGEND_GRADIENT_HPP

#include <vector>

#include "core/chart/guide/legend_plan.hpp"

namespace loupe::chart {

// Pixels from end to end.
[[nodiscard]] double GradientLength(const LegendPlan& plan);

// The ramp and the labels beside it, of a plan of kind kGradient or kDiscrete. The first of the
// steps has no label: a step's label is its lower boundary.
[[nodiscard]] std::vector<Mark> GradientMarks(const LegendPlan& plan, const TextMeasure& measure);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_GUIDE_LEGEND_GRADIENT_HPP

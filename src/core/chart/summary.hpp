// Summary: a drawn chart in a sentence or two, for who cannot see it.
//
//   Bar chart "Orders by status": 3 bars, longest status: paid; orders: 55, shortest status: open;
//   orders: 28. X-axis titled 'status' for a discrete scale with 3 values: open, paid, sent; Y-axis
//   titled 'orders' for a linear scale with values from 0 to 55.
//
// It is read off the scene alone, from the roles and descriptions of marks, axes and legends, so
// that it holds for every chart that can be drawn. Extremes are told of one view: of bars by
// length, of sectors by angle, of points by height, of lines by the axis label next to their
// highest and lowest places. In a chart of several views no two lengths need mean the same.
//
// Tested by test/unit/chart_summary_test.cpp.
#ifndef LOUPE_CORE_CHART_SUMMARY_HPP
#define LOUPE_CORE_CHART_SUMMARY_HPP

#include <string>

#include "core/base/context.hpp"
#include "core/chart/scene.hpp"

namespace loupe::chart {

// One line of at most some 2,000 characters, without controls. Demands a scene compiled with
// CompileOptions::describes.
[[nodiscard]] std::string Summarize(const Scene& scene, const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_SUMMARY_HPP

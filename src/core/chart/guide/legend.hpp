// Legends: symbols with labels for discrete scales, a colour ramp for continuous ones.
//
// Channels that show the same field share one legend (colour and shape of the same field).
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_GUIDE_LEGEND_HPP
#define LOUPE_CORE_CHART_GUIDE_LEGEND_HPP

#include <string>
#include <vector>

#include "core/chart/layout/bounds.hpp"
#include "core/chart/mark/position.hpp"

namespace loupe::chart {

struct LegendGroup {
  Mark mark;  // kGroup, role "legend", its item's size known, not yet placed
  std::string orient = "right";
  double offset = 18;
};

// A channel's scale and the units that share it.
struct LegendRequest {
  Channel channel = Channel::kColor;
  std::vector<const MarkContext*> units;
};

// The legends of one group of views, in the order of the requests.
[[nodiscard]] Result<std::vector<LegendGroup>> BuildLegends(
    const std::vector<LegendRequest>& requests, const TextMeasure& measure, const Context& host);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_GUIDE_LEGEND_HPP

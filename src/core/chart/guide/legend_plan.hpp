// What a legend is to show, decided before it is built.
//
// Tested by test/unit/chart_legend_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_GUIDE_LEGEND_PLAN_HPP
#define LOUPE_CORE_CHART_GUIDE_LEGEND_PLAN_HPP

#include <memory>
#include <string>
#include <vector>

#include "core/chart/config/config.hpp"
#include "core/chart/guide/legend.hpp"

namespace loupe::chart {

// Entries with symbols, a ramp of colours, or a ramp in steps.
enum class LegendKind { kSymbols, kGradient, kDiscrete };

struct LegendPlan {
  std::vector<LegendRequest> parts;  // channels that show the same field
  std::shared_ptr<ChannelDef> def;   // of the first unit, with what the others give
  const Scale* scale = nullptr;      // whose values are shown
  Lookup look{{}};
  LegendKind kind = LegendKind::kSymbols;
  bool vertical = true;
  std::vector<Json> values;
  std::vector<std::string> labels;      // of each value
  std::vector<std::string> boundaries;  // of the classes of a discretizing scale

  [[nodiscard]] const MarkContext& first() const { return *parts.front().units.front(); }
};

// The scale of a channel that the legend shows, or null.
[[nodiscard]] const Scale* ShownScale(const LegendPlan& plan, Channel channel);

// A label with the plan's look, not yet placed.
[[nodiscard]] Item LabelItem(const LegendPlan& plan, const std::string& text);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_GUIDE_LEGEND_PLAN_HPP

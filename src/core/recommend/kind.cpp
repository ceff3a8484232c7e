#include "core/recommend/kind.hpp"

namespace loupe::recommend {

const std::vector<Kind>& Kinds() {
  static const std::vector<Kind> kKinds = {
      {"line", Line, {Task::kTrend}},
      {"multi-line", MultiLine, {Task::kTrend, Task::kCompare}},
      {"line-panels", LinePanels, {Task::kTrend}},
      {"small-multiples", SmallMultiples, {Task::kTrend, Task::kCompare}},
      {"slope", Slope, {Task::kChange, Task::kCompare}},
      {"bump", Bump, {Task::kRanking, Task::kTrend}},
      {"band", Band, {Task::kRange, Task::kTrend}},
      {"aggregated-line", AggregatedLine, {Task::kTrend}, Draws::kSummary},
      {"area", Area, {Task::kTotal}},
      {"stacked-area", StackedArea, {Task::kShare, Task::kTotal}},
      {"normalized-area", NormalizedArea, {Task::kShare}},
      {"calendar", Calendar, {}},
      {"time-scatter", TimeScatter, {Task::kDistribution}},
      {"gantt", Gantt, {Task::kRange}},
      {"error-bar", ErrorBar, {Task::kRange, Task::kDeviation}},
      {"range-bar", RangeBar, {Task::kRange}},
      {"pareto", Pareto, {Task::kRanking, Task::kShare}},
      {"diverging-bar", DivergingBar, {Task::kDeviation, Task::kChange, Task::kRanking}},
      {"bar", Bar, {Task::kRanking, Task::kCompare}},
      {"horizontal-bar", HorizontalBar, {Task::kRanking, Task::kCompare}},
      {"dot-plot", DotPlot, {Task::kRanking, Task::kCompare}},
      {"top-bar", TopBar, {Task::kRanking}},
      {"pie", Pie, {Task::kShare}},
      {"grouped-bar", GroupedBar, {Task::kCompare}},
      {"stacked-bar", StackedBar, {Task::kShare, Task::kTotal}},
      {"normalized-bar", NormalizedBar, {Task::kShare}},
      {"heat-map", HeatMap, {}},
      {"text-heat-map", TextHeatMap, {}},
      {"faceted-bar", FacetedBar, {Task::kCompare}},
      {"places", Places, {}},
      {"scatter", Scatter, {Task::kCorrelation}},
      {"coloured-scatter", ColouredScatter, {Task::kCorrelation, Task::kCompare}},
      {"bubble", Bubble, {Task::kCorrelation}},
      {"connected-scatter", ConnectedScatter, {Task::kCorrelation}},
      {"binned-heat-map",
       BinnedHeatMap,
       {Task::kCorrelation, Task::kDistribution},
       Draws::kSummary},
      {"box-plot", BoxPlot, {Task::kDistribution, Task::kRange}, Draws::kSummary},
      {"strip-plot", StripPlot, {Task::kDistribution}},
      {"aggregated-bar", AggregatedBar, {Task::kCompare, Task::kTotal}, Draws::kSummary},
      {"histogram", Histogram, {Task::kDistribution}, Draws::kSummary},
      {"stacked-histogram", StackedHistogram, {Task::kDistribution}, Draws::kSummary},
      {"count-bar", CountBar, {Task::kDistribution, Task::kCompare}, Draws::kSummary},
      {"count-heat-map", CountHeatMap, {Task::kDistribution}, Draws::kSummary},
      {"big-number", BigNumber, {}},
  };
  return kKinds;
}

}  // namespace loupe::recommend

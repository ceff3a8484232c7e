// Kinds: every chart that may be recommended, one small maker each.
//
// A maker looks at the frame and returns its design with the reasons for and against it, or nothing
// when the data do not have the shape that the chart needs. Makers know nothing of each other: the
// chooser (recommend.cpp) adds what all designs share (columns left out, the task of the question,
// the kind that it names, summaries of raw rows first) and ranks by score.
//
// Points: a kind that serves its data as well as any has 80, a sound alternative 55 to 75, one that
// needs a reason of its own (a word of the question) less than kLeastScore.
//
// Tested by test/unit/recommend_kind_*_test.cpp.
#ifndef LOUPE_CORE_RECOMMEND_KIND_HPP
#define LOUPE_CORE_RECOMMEND_KIND_HPP

#include <vector>

#include "core/recommend/design.hpp"
#include "core/recommend/frame.hpp"

namespace loupe::recommend {

// Whether the chart draws each row, or counts and averages of them.
enum class Draws { kRows, kSummary };

struct Kind {
  const char* name;
  MaybeDesign (*make)(const Frame& frame);
  std::vector<Task> tasks;  // of a question that it serves
  Draws draws = Draws::kRows;
};

// All kinds; of two that score alike the earlier one is chosen.
[[nodiscard]] const std::vector<Kind>& Kinds();

// kind_line.cpp
[[nodiscard]] MaybeDesign Line(const Frame& frame);
[[nodiscard]] MaybeDesign MultiLine(const Frame& frame);
[[nodiscard]] MaybeDesign LinePanels(const Frame& frame);
[[nodiscard]] MaybeDesign SmallMultiples(const Frame& frame);
[[nodiscard]] MaybeDesign AggregatedLine(const Frame& frame);
[[nodiscard]] MaybeDesign Slope(const Frame& frame);
[[nodiscard]] MaybeDesign Bump(const Frame& frame);

// kind_area.cpp
[[nodiscard]] MaybeDesign Area(const Frame& frame);
[[nodiscard]] MaybeDesign StackedArea(const Frame& frame);
[[nodiscard]] MaybeDesign NormalizedArea(const Frame& frame);
[[nodiscard]] MaybeDesign Band(const Frame& frame);

// kind_bar.cpp
[[nodiscard]] MaybeDesign Bar(const Frame& frame);
[[nodiscard]] MaybeDesign HorizontalBar(const Frame& frame);
[[nodiscard]] MaybeDesign DivergingBar(const Frame& frame);
[[nodiscard]] MaybeDesign TopBar(const Frame& frame);
[[nodiscard]] MaybeDesign DotPlot(const Frame& frame);
[[nodiscard]] MaybeDesign GroupedBar(const Frame& frame);
[[nodiscard]] MaybeDesign FacetedBar(const Frame& frame);
[[nodiscard]] MaybeDesign AggregatedBar(const Frame& frame);
[[nodiscard]] MaybeDesign CountBar(const Frame& frame);

// kind_part.cpp
[[nodiscard]] MaybeDesign StackedBar(const Frame& frame);
[[nodiscard]] MaybeDesign NormalizedBar(const Frame& frame);
[[nodiscard]] MaybeDesign Pie(const Frame& frame);
[[nodiscard]] MaybeDesign Pareto(const Frame& frame);

// kind_interval.cpp
[[nodiscard]] MaybeDesign Gantt(const Frame& frame);
[[nodiscard]] MaybeDesign RangeBar(const Frame& frame);
[[nodiscard]] MaybeDesign ErrorBar(const Frame& frame);

// kind_grid.cpp
[[nodiscard]] MaybeDesign HeatMap(const Frame& frame);
[[nodiscard]] MaybeDesign TextHeatMap(const Frame& frame);
[[nodiscard]] MaybeDesign CountHeatMap(const Frame& frame);
[[nodiscard]] MaybeDesign Calendar(const Frame& frame);

// kind_distribution.cpp
[[nodiscard]] MaybeDesign Histogram(const Frame& frame);
[[nodiscard]] MaybeDesign StackedHistogram(const Frame& frame);
[[nodiscard]] MaybeDesign StripPlot(const Frame& frame);
[[nodiscard]] MaybeDesign BoxPlot(const Frame& frame);

// kind_scatter.cpp
[[nodiscard]] MaybeDesign TimeScatter(const Frame& frame);
[[nodiscard]] MaybeDesign Scatter(const Frame& frame);
[[nodiscard]] MaybeDesign ColouredScatter(const Frame& frame);
[[nodiscard]] MaybeDesign Bubble(const Frame& frame);
[[nodiscard]] MaybeDesign BinnedHeatMap(const Frame& frame);
[[nodiscard]] MaybeDesign ConnectedScatter(const Frame& frame);
[[nodiscard]] MaybeDesign Places(const Frame& frame);

// kind_number.cpp
[[nodiscard]] MaybeDesign BigNumber(const Frame& frame);

}  // namespace loupe::recommend

#endif  // LOUPE_CORE_RECOMMEND_KIND_HPP

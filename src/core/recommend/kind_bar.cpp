// Bars and dots: one number of each category.
#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

#include "core/recommend/encoding_parts.hpp"
#include "core/recommend/kind.hpp"

namespace loupe::recommend {
namespace {

constexpr std::size_t kTopBars = 20;             // of categories that are too many
constexpr std::size_t kMaxTopOf = 5000;          // categories of which the largest are chosen
constexpr std::size_t kMaxPanelCategories = 12;  // panels of faceted bars
constexpr int kPanelStep = 16;                   // pixels of one bar in a panel
constexpr int kPanelHeight = 100;
constexpr const char* kNegative = "#e45756";  // red and blue of Tableau 10
constexpr const char* kPositive = "#4c78a8";

// The category that alone tells the rows apart; null when there is none or it is too large.
const ColumnRole* KeyCategory(const Frame& frame, std::size_t most) {
  if (frame.categories.empty() || frame.measures.empty() || frame.size() < 2) return nullptr;
  for (const ColumnRole& category : frame.categories) {
    if (category.distinct <= most && frame.AreKeys({&category})) return &category;
  }
  return nullptr;
}

bool HasBothSigns(const ColumnRole& measure) { return measure.least < 0 && measure.most > 0; }

// Bars that stand, or lie: the same argument.
Design PlainBars(const Frame& frame, std::string_view kind, const ColumnRole& category) {
  const ColumnRole& measure = frame.measures[0];
  Design bars(frame, kind);
  bars.Because(Rule::kPosition, 60,
               "Bars compare " + frame.Quoted(measure) + " of each " + frame.Quoted(category) +
                   " by position on a common scale, the most accurate encoding.");
  const std::string_view length = PutBase(category, &bars);
  bars.Set("mark", "bar");
  bars.Put(length, measure);
  bars.Because(Rule::kZeroBaseline, 15, "The bars begin at zero: twice as long is twice as much.");
  return bars;
}

// Two categories that only together tell the rows apart.
struct Pair {
  const ColumnRole* category = nullptr;
  const ColumnRole* series = nullptr;
};

std::optional<Pair> PairOf(const Frame& frame) {
  if (frame.categories.size() < 2 || frame.measures.empty()) return std::nullopt;
  const ColumnRole& category = frame.categories[0];
  const ColumnRole* series = frame.CategoryOf(1, 2, kMaxSeries);
  if (series == nullptr || category.distinct > kMaxSeries) return std::nullopt;
  if (frame.AreKeys({&category}) || !frame.AreKeys({&category, series})) return std::nullopt;
  return Pair{&category, series};
}

// The value that the `count` largest of the measure reach.
double ThresholdOf(const Frame& frame, const ColumnRole& measure, std::size_t count) {
  std::vector<double> values;
  for (const std::vector<Json>& row : frame.rows().rows) {
    if (const std::optional<double> value = NumberOf(row[measure.index])) values.push_back(*value);
  }
  count = std::min(count, values.size());
  if (count == 0) return 0;
  const auto last = values.begin() + static_cast<std::ptrdiff_t>(count) - 1;
  std::nth_element(values.begin(), last, values.end(), std::greater<>());
  return *last;
}

}  // namespace

MaybeDesign Bar(const Frame& frame) {
  const ColumnRole* category = KeyCategory(frame, kMaxCategories);
  if (category == nullptr || !IsUpright(*category)) return std::nullopt;
  return PlainBars(frame, "bar", *category);
}

MaybeDesign HorizontalBar(const Frame& frame) {
  const ColumnRole* category = KeyCategory(frame, kMaxCategories);
  if (category == nullptr || IsUpright(*category)) return std::nullopt;
  return PlainBars(frame, "horizontal-bar", *category);
}

MaybeDesign DivergingBar(const Frame& frame) {
  const ColumnRole* category = KeyCategory(frame, kMaxCategories);
  if (category == nullptr || !HasBothSigns(frame.measures[0])) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design bars(frame, "diverging-bar");
  bars.Because(Rule::kSignedValues, 62,
               frame.Quoted(measure) + " of each " + frame.Quoted(*category) +
                   " is below or above zero: the bars grow in two directions.");
  const std::string_view length = PutBase(*category, &bars);
  bars.Set("mark", "bar");
  bars.Put(length, measure);
  bars.PutDefinition("color",
                     Json::Of({{"condition", Json::Of({{"test", DatumOf(frame, measure) + " < 0"},
                                                       {"value", kNegative}})},
                               {"value", kPositive}}));
  bars.Because(Rule::kZeroBaseline, 15, "The bars begin at zero: twice as long is twice as much.");
  return bars;
}

MaybeDesign TopBar(const Frame& frame) {
  const ColumnRole* category = KeyCategory(frame, kMaxTopOf);
  if (category == nullptr || category->distinct <= kMaxCategories) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design bars(frame, "top-bar");
  bars.Because(Rule::kPosition, 40,
               "Bars compare " + frame.Quoted(measure) + " of each " + frame.Quoted(*category) +
                   " by position on a common scale.");
  bars.Because(Rule::kTopOnly, -15,
               "Of " + std::to_string(category->distinct) + " bars only the largest " +
                   std::to_string(kTopBars) + " are shown; the others are left out.");
  bars.Set("transform",
           Json::FromArray(
               {Json::Of({{"filter", DatumOf(frame, measure) + " >= " +
                                         Json(ThresholdOf(frame, measure, kTopBars)).Dump()}})}));
  const std::string_view length = PutBase(*category, &bars);
  bars.Set("mark", "bar");
  bars.Put(length, measure);
  return bars;
}

MaybeDesign DotPlot(const Frame& frame) {
  const ColumnRole* category = KeyCategory(frame, kMaxCategories);
  if (category == nullptr) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design dots(frame, "dot-plot");
  dots.Because(Rule::kPosition, 60,
               "Dots compare " + frame.Quoted(measure) + " of each " + frame.Quoted(*category) +
                   " by position alone.");
  const std::string_view side = PutBase(*category, &dots);
  dots.Set("mark", Json::Of({{"type", "point"}, {"filled", true}}));
  ScalePoints(frame, measure, &dots.Put(side, measure), &dots);
  return dots;
}

MaybeDesign GroupedBar(const Frame& frame) {
  const std::optional<Pair> pair = PairOf(frame);
  if (!pair) return std::nullopt;
  Design bars(frame, "grouped-bar");
  bars.Set("mark", "bar");
  bars.Put("x", *pair->category);
  bars.Put("y", frame.measures[0]);
  bars.Put("xOffset", *pair->series);
  bars.Put("color", *pair->series);
  bars.Because(Rule::kCommonBaseline, 60,
               "Bars side by side compare " + frame.Quoted(frame.measures[0]) + " of each " +
                   frame.Quoted(*pair->category) + " and " + frame.Quoted(*pair->series) +
                   " from one baseline, which stacked bars do not share.");
  bars.Because(Rule::kHueForNames, 20,
               "Colour tells apart the values of " + frame.Quoted(*pair->series) + ".");
  return bars;
}

MaybeDesign FacetedBar(const Frame& frame) {
  if (frame.categories.size() < 3 || frame.measures.empty()) return std::nullopt;
  const ColumnRole& category = frame.categories[0];
  const ColumnRole& series = frame.categories[1];
  const ColumnRole& panel = frame.categories[2];
  if (category.distinct > kMaxSeries || series.distinct > kMaxSeries) return std::nullopt;
  if (panel.distinct > kMaxPanelCategories || frame.AreKeys({&category, &series})) {
    return std::nullopt;
  }
  if (!frame.AreKeys({&category, &series, &panel})) return std::nullopt;
  Design bars(frame, "faceted-bar");
  bars.Set("width", Json::Of({{"step", kPanelStep}}));
  bars.Set("height", kPanelHeight);
  bars.Set("mark", "bar");
  bars.Put("x", category);
  bars.Put("y", frame.measures[0]);
  bars.Put("color", series);
  bars.Put("xOffset", series);
  bars.Put("column", panel);
  bars.Because(Rule::kSmallMultiples, 45,
               "Each " + frame.Quoted(panel) + " has a panel; all share their scales.");
  bars.Because(Rule::kCommonBaseline, 20, "The bars of a panel share one baseline.");
  bars.Because(Rule::kExpressAll, 10, "Three categories and a number are shown.");
  return bars;
}

MaybeDesign AggregatedBar(const Frame& frame) {
  if (frame.measures.empty() || frame.size() < kMinSample) return std::nullopt;
  const ColumnRole* category = frame.CategoryOf(0, 2, kMaxCategories);
  if (category == nullptr || frame.AreKeys({category})) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  const std::string summary = SummaryOf(frame, measure);
  Design bars(frame, "aggregated-bar");
  bars.Because(Rule::kSummary, 40,
               "The rows of each " + frame.Quoted(*category) + " are summarized by the " + summary +
                   " of " + frame.Quoted(measure) + ".");
  const std::string_view length = PutBase(*category, &bars);
  bars.Set("mark", "bar");
  bars.Show(length, measure);
  bars.PutDefinition(length, AggregateOf(frame, measure, summary));
  bars.Because(Rule::kLength, 10, "Length from a common baseline compares them.");
  return bars;
}

MaybeDesign CountBar(const Frame& frame) {
  if (frame.size() < kMinSample) return std::nullopt;
  const ColumnRole* category = frame.CategoryOf(0, 2, kMaxCategories);
  if (category == nullptr || frame.AreKeys({category})) return std::nullopt;
  Design bars(frame, "count-bar");
  bars.Because(Rule::kSummary, 25, "The rows of each " + frame.Quoted(*category) + " are counted.");
  const std::string_view length = PutBase(*category, &bars);
  bars.Set("mark", "bar");
  bars.PutDefinition(length, CountDefinition());
  bars.Because(Rule::kLength, 5, "Length from a common baseline compares the counts.");
  return bars;
}

}  // namespace loupe::recommend

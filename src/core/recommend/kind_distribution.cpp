// Distributions: how the values of a number lie, of all rows or of each category.
#include "core/recommend/encoding_parts.hpp"
#include "core/recommend/kind.hpp"

namespace loupe::recommend {
namespace {

constexpr std::size_t kMaxStripRows = 500;  // ticks that still lie apart
constexpr std::size_t kMaxStacked = 6;      // parts of the bars of a histogram
constexpr std::size_t kMaxBoxes = 30;
constexpr std::size_t kMinRowsPerBox = 5;  // from which quartiles mean something
constexpr int kMaxBins = 20;
constexpr int kBoxSize = 14;  // pixels: the thickness of a box

// The bins of the measure, as a position.
Json BinnedOf(const Frame& frame, const ColumnRole& measure) {
  Json bins = FieldOf(frame, measure, "quantitative");
  bins.Set("bin", Json::Of({{"maxbins", kMaxBins}}));
  return bins;
}

bool HasManyValues(const Frame& frame) {
  return frame.size() >= kMinSample && !frame.measures.empty() &&
         frame.measures[0].distinct > kMaxSeries;
}

// The category whose groups of rows have a distribution each.
const ColumnRole* GroupsOf(const Frame& frame, std::size_t most) {
  if (frame.measures.empty() || frame.size() < kMinSample) return nullptr;
  const ColumnRole* category = frame.CategoryOf(0, 2, most);
  return category == nullptr || frame.AreKeys({category}) ? nullptr : category;
}

// A layer of a box: from one aggregate to another.
Json BoxPart(const Frame& frame, const ColumnRole& measure, Json mark, const char* from,
             const char* to, std::string_view side) {
  Json first = AggregateOf(frame, measure, from);
  first.Set("title", *FieldOf(frame, measure, "quantitative").Find("title"));
  first.Set("scale", Json::Of({{"zero", false}}));
  Json encoding = Json::Of({{side, std::move(first)}});
  if (to != nullptr) {
    const Json second = AggregateOf(frame, measure, to);
    encoding.Set(std::string(side) + "2", Json::Of({{"field", *second.Find("field")},
                                                    {"aggregate", *second.Find("aggregate")}}));
  }
  return Json::Of({{"mark", std::move(mark)}, {"encoding", std::move(encoding)}});
}

}  // namespace

MaybeDesign Histogram(const Frame& frame) {
  if (!HasManyValues(frame)) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design bars(frame, "histogram");
  bars.Set("mark", "bar");
  bars.Show("x", measure);
  bars.PutDefinition("x", BinnedOf(frame, measure));
  bars.PutDefinition("y", CountDefinition());
  bars.Because(Rule::kBins, 50,
               "Bins count the " + std::to_string(frame.size()) + " values of " +
                   frame.Quoted(measure) + ": the bars show where most lie.");
  if (frame.categories.empty() && frame.times.empty() && frame.measures.size() == 1) {
    bars.Because(Rule::kExpressAll, 20, "It is the only column that may be drawn.");
  } else {
    bars.Because(Rule::kLeavesOut, -15, "Only one number is shown.");
  }
  return bars;
}

MaybeDesign StackedHistogram(const Frame& frame) {
  const ColumnRole* category = GroupsOf(frame, kMaxStacked);
  if (category == nullptr || !HasManyValues(frame)) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design bars(frame, "stacked-histogram");
  bars.Set("mark", "bar");
  bars.Show("x", measure);
  bars.PutDefinition("x", BinnedOf(frame, measure));
  bars.PutDefinition("y", CountDefinition());
  bars.Put("color", *category);
  bars.Because(Rule::kBins, 40, "Bins count the values of " + frame.Quoted(measure) + ".");
  bars.Because(Rule::kHueForNames, 10,
               "Colour tells apart the values of " + frame.Quoted(*category) + ".");
  bars.Because(Rule::kCommonBaseline, -5, "Only the lowest parts share a baseline.");
  return bars;
}

MaybeDesign StripPlot(const Frame& frame) {
  const ColumnRole* category = GroupsOf(frame, kMaxBoxes);
  if (category == nullptr || frame.size() > kMaxStripRows) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design strip(frame, "strip-plot");
  strip.Set("mark", "tick");
  strip.Put("y", *category);
  ScalePoints(frame, measure, &strip.Put("x", measure), &strip);
  strip.Because(Rule::kEachValue, 45,
                "A tick for each row shows how " + frame.Quoted(measure) + " lies within each " +
                    frame.Quoted(*category) + ".");
  strip.Because(Rule::kPosition, 10, "All ticks share one scale.");
  return strip;
}

MaybeDesign BoxPlot(const Frame& frame) {
  const ColumnRole* category = GroupsOf(frame, kMaxBoxes);
  if (category == nullptr || frame.size() < category->distinct * kMinRowsPerBox) {
    return std::nullopt;
  }
  const ColumnRole& measure = frame.measures[0];
  const bool upright = IsUpright(*category);
  const std::string_view side = upright ? "y" : "x";
  Design box(frame, "box-plot");
  box.Set(
      "layer",
      Json::FromArray({BoxPart(frame, measure, "rule", "min", "max", side),
                       BoxPart(frame, measure, Json::Of({{"type", "bar"}, {"size", kBoxSize}}),
                               "q1", "q3", side),
                       BoxPart(frame, measure,
                               Json::Of({{"type", "tick"}, {"color", "white"}, {"size", kBoxSize}}),
                               "median", nullptr, side)}));
  box.Put(upright ? "x" : "y", *category);
  box.Show(side, measure);
  box.Because(Rule::kSummary, 50,
              "A box for each " + frame.Quoted(*category) + " spans the middle half of " +
                  frame.Quoted(measure) + ", a mark is its median, a rule reaches its ends.");
  box.Because(Rule::kPosition, 5, "All boxes share one scale.");
  if (frame.size() > kMaxStripRows) {
    box.Because(Rule::kOverplotting, 10,
                "Marks for " + std::to_string(frame.size()) + " rows would cover each other.");
  }
  return box;
}

}  // namespace loupe::recommend

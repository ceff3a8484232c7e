// Areas: amounts along a time, filled from zero, stacked or between two limits.
#include "core/recommend/encoding_parts.hpp"
#include "core/recommend/kind.hpp"

namespace loupe::recommend {
namespace {

constexpr int kAreaWidth = 480;         // pixels
constexpr std::size_t kFewMoments = 3;  // from which an area is more than a bar
constexpr double kBandOpacity = 0.3;

// The category that stacks: with the time it tells the rows apart.
const ColumnRole* StackOf(const Frame& frame) {
  if (frame.times.empty() || frame.measures.empty()) return nullptr;
  const ColumnRole& time = frame.times[0];
  if (time.distinct < kFewMoments || !AddsUp(frame.measures[0])) return nullptr;
  const ColumnRole* series = frame.CategoryOf(0, 2, kMaxSeries);
  if (series == nullptr || frame.AreKeys({&time}) || frame.AreKeys({series})) return nullptr;
  return frame.AreKeys({&time, series}) ? series : nullptr;
}

}  // namespace

MaybeDesign Area(const Frame& frame) {
  if (frame.times.empty() || frame.measures.empty()) return std::nullopt;
  const ColumnRole& time = frame.times[0];
  const ColumnRole& measure = frame.measures[0];
  if (measure.least < 0 || time.distinct < kFewMoments) return std::nullopt;
  if (!frame.AreKeys({&time})) return std::nullopt;
  Design area(frame, "area");
  area.Set("width", kAreaWidth);
  area.Set("mark", "area");
  area.Put("x", time);
  area.Put("y", measure);
  area.Because(Rule::kConnection, 50,
               frame.Quoted(measure) + " changes along " + frame.Quoted(time) +
                   ": joined positions show the slope.");
  area.Because(Rule::kZeroBaseline, 10, "The filled area shows the amount from zero.");
  if (measure.hint == Hint::kRunning) {
    area.Because(Rule::kLength, 22,
                 frame.Quoted(measure) +
                     " is a total so far: what was "
                     "gathered fills the area.");
  }
  return area;
}

MaybeDesign StackedArea(const Frame& frame) {
  const ColumnRole* series = StackOf(frame);
  if (series == nullptr) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design area(frame, "stacked-area");
  area.Set("width", kAreaWidth);
  area.Set("mark", "area");
  area.Put("x", frame.times[0]);
  area.Put("y", measure);
  area.Put("color", *series);
  area.Because(Rule::kStackedParts, 50,
               frame.Quoted(measure) + " adds up over " + frame.Quoted(*series) +
                   ": the height of the stack is the total.");
  area.Because(Rule::kHueForNames, 20,
               "Colour tells apart the values of " + frame.Quoted(*series) + ".");
  area.Because(Rule::kCommonBaseline, -8, "Only the lowest area has a straight baseline.");
  return area;
}

MaybeDesign NormalizedArea(const Frame& frame) {
  const ColumnRole* series = StackOf(frame);
  if (series == nullptr) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design area(frame, "normalized-area");
  area.Set("width", kAreaWidth);
  area.Set("mark", "area");
  area.Put("x", frame.times[0]);
  Json& y = area.Put("y", measure);
  y.Set("stack", "normalize");
  y.Set("axis", Json::Of({{"format", "%"}}));
  area.Put("color", *series);
  area.Because(
      Rule::kStackedParts, 45,
      "The parts of " + frame.Quoted(measure) + " fill the height at each time: shares change.");
  area.Because(Rule::kHueForNames, 20,
               "Colour tells apart the values of " + frame.Quoted(*series) + ".");
  area.Because(Rule::kExpressAll, -10, "The total is not shown.");
  if (frame.Wants(Task::kShare)) {
    area.Because(Rule::kPartsOfWhole, 20, "The question asks for shares at each time.");
  }
  return area;
}

MaybeDesign Band(const Frame& frame) {
  const ColumnRole* low = frame.MeasureWith(Hint::kLow);
  const ColumnRole* high = frame.MeasureWith(Hint::kHigh);
  if (frame.times.empty() || low == nullptr || high == nullptr) return std::nullopt;
  const ColumnRole& time = frame.times[0];
  if (time.distinct < 2 || !frame.AreKeys({&time})) return std::nullopt;
  Design band(frame, "band");
  band.Set("width", kAreaWidth);
  band.Set("mark", Json::Of({{"type", "area"}, {"opacity", kBandOpacity}}));
  band.Put("x", time);
  band.Put("y", *low).Set("scale", Json::Of({{"zero", false}}));
  Json& y2 = band.Put("y2", *high);
  y2 = Json::Of({{"field", *y2.Find("field")}});
  band.Because(Rule::kInterval, 70,
               "The band lies between " + frame.Quoted(*low) + " and " + frame.Quoted(*high) +
                   " at each " + frame.Quoted(time) + ".");
  band.Because(Rule::kConnection, 18, "Its joined edges show how the limits change.");
  return band;
}

}  // namespace loupe::recommend

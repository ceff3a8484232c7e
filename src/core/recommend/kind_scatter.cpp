// Points: numbers against each other or against a time.
#include "core/recommend/encoding_parts.hpp"
#include "core/recommend/kind.hpp"

namespace loupe::recommend {
namespace {

constexpr std::size_t kMaxPoints = 2000;  // rows whose points do not hide each other
constexpr std::size_t kMaxBubbles = 60;
constexpr std::size_t kMaxPath = 60;  // moments of a path that can be followed
constexpr int kMaxBins = 30;
constexpr int kTimeWidth = 480;  // pixels
constexpr double kMaxLatitude = 90;
constexpr double kMaxLongitude = 180;

// Two measures on x and y; the design's first reason is the caller's.
void PutTwo(const Frame& frame, Design* points) {
  const ColumnRole& x = frame.measures[0];
  const ColumnRole& y = frame.measures[1];
  ScalePoints(frame, x, &points->Put("x", x), points);
  ScalePoints(frame, y, &points->Put("y", y), points);
}

std::string GoesWith(const Frame& frame) {
  return frame.Quoted(frame.measures[1]) + " goes with " + frame.Quoted(frame.measures[0]);
}

void ArgueAgainstOverlap(const Frame& frame, Design* points) {
  if (frame.size() <= kMaxPoints) return;
  points->Because(Rule::kOverplotting, -15,
                  std::to_string(frame.size()) + " points cover each other.");
}

// Two measures whose rows no single time or name of a few tells apart: points are then the better
// reading, else lines and bars.
bool HasRivals(const Frame& frame) {
  for (const ColumnRole& category : frame.categories) {
    if (category.distinct <= kMaxCategories && frame.AreKeys({&category})) return true;
  }
  return !frame.times.empty();
}

}  // namespace

MaybeDesign TimeScatter(const Frame& frame) {
  if (frame.times.empty() || frame.measures.empty()) return std::nullopt;
  const ColumnRole& time = frame.times[0];
  if (frame.AreKeys({&time})) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  const ColumnRole* colour = frame.CategoryOf(0, 2, kMaxSeries);
  if (!frame.categories.empty() && frame.size() < kMinSample) return std::nullopt;
  Design points(frame, "time-scatter");
  points.Set("width", kTimeWidth);
  points.Set("mark", "point");
  points.Put("x", time);
  points.Put("y", measure);
  if (colour != nullptr) points.Put("color", *colour);
  points.Because(Rule::kEachValue, 40,
                 "Points show each value of " + frame.Quoted(measure) + " over the time " +
                     frame.Quoted(time) +
                     ": several rows share a time, so that a line would "
                     "join what does not follow.");
  points.Because(
      Rule::kPosition, 20,
      "Position on a common scale is read more accurately than length, angle or colour.");
  ArgueAgainstOverlap(frame, &points);
  return points;
}

MaybeDesign Scatter(const Frame& frame) {
  if (frame.measures.size() < 2 || frame.size() < 2) return std::nullopt;
  Design points(frame, "scatter");
  points.Set("mark", "point");
  points.Because(Rule::kPosition, 60,
                 "Points show how " + GoesWith(frame) + ": two positions for two numbers.");
  PutTwo(frame, &points);
  if (!HasRivals(frame)) {
    points.Because(Rule::kExpressAll, 15, "No time and no few names tell the rows apart.");
  } else if (frame.Wants(Task::kCorrelation)) {
    points.Because(Rule::kExpressAll, 15, "The question is about both numbers.");
  }
  ArgueAgainstOverlap(frame, &points);
  return points;
}

MaybeDesign ColouredScatter(const Frame& frame) {
  if (frame.measures.size() < 2 || frame.size() < kMinSample) return std::nullopt;
  const ColumnRole* colour = frame.CategoryOf(0, 2, kMaxSeries);
  if (colour == nullptr || frame.AreKeys({colour})) return std::nullopt;
  Design points(frame, "coloured-scatter");
  points.Set("mark", "point");
  points.Because(Rule::kPosition, 55,
                 "Points show how " + GoesWith(frame) + ": two positions for two numbers.");
  PutTwo(frame, &points);
  points.Put("color", *colour);
  points.Because(Rule::kHueForNames, 5,
                 "Colour tells apart the values of " + frame.Quoted(*colour) + ".");
  if (!HasRivals(frame)) {
    points.Because(Rule::kExpressAll, 15, "No time and no few names tell the rows apart.");
  }
  ArgueAgainstOverlap(frame, &points);
  return points;
}

MaybeDesign Bubble(const Frame& frame) {
  if (frame.measures.size() < 3 || frame.size() < 3 || frame.size() > kMaxBubbles) {
    return std::nullopt;
  }
  const ColumnRole& size = frame.measures[2];
  if (size.least < 0 || size.distinct < 2) return std::nullopt;
  Design bubbles(frame, "bubble");
  bubbles.Set("mark", Json::Of({{"type", "circle"}, {"opacity", 0.7}}));
  bubbles.Because(Rule::kPosition, 50,
                  "Points show how " + GoesWith(frame) + ": two positions for two numbers.");
  PutTwo(frame, &bubbles);
  bubbles.Put("size", size);
  const ColumnRole* colour = frame.CategoryOf(0, 2, kMaxSeries);
  if (colour != nullptr) bubbles.Put("color", *colour);
  bubbles.Because(Rule::kExpressAll, 15, "The size of a bubble adds " + frame.Quoted(size) + ".");
  bubbles.Because(Rule::kAreaIsWeak, -8, "Areas are read less accurately than positions.");
  return bubbles;
}

MaybeDesign BinnedHeatMap(const Frame& frame) {
  if (frame.measures.size() < 2 || frame.size() < 10 * kMinSample) return std::nullopt;
  Design map(frame, "binned-heat-map");
  map.Set("mark", "rect");
  for (int i = 0; i < 2; ++i) {
    Json bins = FieldOf(frame, frame.measures[i], "quantitative");
    bins.Set("bin", Json::Of({{"maxbins", kMaxBins}}));
    map.Show(i == 0 ? "x" : "y", frame.measures[i]);
    map.PutDefinition(i == 0 ? "x" : "y", std::move(bins));
  }
  map.PutDefinition("color", CountDefinition());
  map.Because(Rule::kBins, 50,
              "Cells count the rows by " + frame.Quoted(frame.measures[0]) + " and " +
                  frame.Quoted(frame.measures[1]) + ".");
  map.Because(Rule::kColourIsWeak, -5, "Shades show patterns, not exact counts.");
  if (frame.size() > kMaxPoints) {
    map.Because(Rule::kOverplotting, 30,
                std::to_string(frame.size()) + " points would cover each other.");
  }
  return map;
}

MaybeDesign ConnectedScatter(const Frame& frame) {
  if (frame.times.empty() || frame.measures.size() < 2) return std::nullopt;
  const ColumnRole& time = frame.times[0];
  if (time.distinct < 4 || time.distinct > kMaxPath || !frame.AreKeys({&time})) {
    return std::nullopt;
  }
  Design path(frame, "connected-scatter");
  path.Set("mark", Json::Of({{"type", "line"}, {"point", true}}));
  path.Because(
      Rule::kPath, 60,
      "Points joined in the order of " + frame.Quoted(time) + " show how " + GoesWith(frame) + ".");
  PutTwo(frame, &path);
  path.Put("order", time);
  path.Because(Rule::kPlainness, -5,
               "A path has to be followed; lines over time are read at once.");
  if (frame.Wants(Task::kCorrelation)) {
    path.Because(Rule::kExpressAll, 15, "The question is about both numbers.");
  }
  return path;
}

MaybeDesign Places(const Frame& frame) {
  const ColumnRole* latitude = frame.MeasureWith(Hint::kLatitude);
  const ColumnRole* longitude = frame.MeasureWith(Hint::kLongitude);
  if (latitude == nullptr || longitude == nullptr || frame.size() < 2) return std::nullopt;
  if (latitude->least < -kMaxLatitude || latitude->most > kMaxLatitude) return std::nullopt;
  if (longitude->least < -kMaxLongitude || longitude->most > kMaxLongitude) return std::nullopt;
  Design places(frame, "places");
  places.Set("mark", "circle");
  const Json zero = Json::Of({{"zero", false}});
  places.Put("x", *longitude).Set("scale", zero);
  places.Put("y", *latitude).Set("scale", zero);
  places.Because(Rule::kPlace, 80,
                 frame.Quoted(*longitude) + " and " + frame.Quoted(*latitude) +
                     " are a place: east is right and north is up.");
  const ColumnRole* size = nullptr;
  for (const ColumnRole& measure : frame.measures) {
    const bool is_place = measure.index == latitude->index || measure.index == longitude->index;
    if (!is_place && measure.least >= 0 && size == nullptr) size = &measure;
  }
  if (size != nullptr) {
    places.Put("size", *size);
    places.Because(Rule::kAreaIsWeak, 5,
                   "The size adds " + frame.Quoted(*size) + "; positions are taken by the place.");
  }
  return places;
}

}  // namespace loupe::recommend

// Intervals: two ends on one scale.
#include "core/recommend/encoding_parts.hpp"
#include "core/recommend/kind.hpp"

namespace loupe::recommend {
namespace {

constexpr int kBarSize = 10;         // pixels: the thickness of an interval
constexpr int kIntervalWidth = 480;  // pixels

// The second end of an interval has no title, type or scale of its own.
Json EndOf(const Frame& frame, const ColumnRole& column) {
  return Json::Of({{"field", *FieldOf(frame, column, "quantitative").Find("field")}});
}

// Whether no interval ends before it starts, and some start and end are there.
bool AreOrdered(const Frame& frame, const ColumnRole& start, const ColumnRole& end) {
  bool found = false;
  for (const std::vector<Json>& row : frame.rows().rows) {
    const Json& from = row[start.index];
    const Json& to = row[end.index];
    if (!from.IsString() || !to.IsString()) continue;
    const std::optional<DateTime> first = ParseDateTime(from.AsString());
    const std::optional<DateTime> last = ParseDateTime(to.AsString());
    if (!first || !last) continue;
    if (ToMillis(*last) < ToMillis(*first)) return false;
    found = true;
  }
  return found;
}

// The category that alone tells the rows apart.
const ColumnRole* KeyCategory(const Frame& frame) {
  for (const ColumnRole& category : frame.categories) {
    if (category.distinct <= kMaxCategories && frame.AreKeys({&category})) return &category;
  }
  return nullptr;
}

}  // namespace

MaybeDesign Gantt(const Frame& frame) {
  const ColumnRole* category = KeyCategory(frame);
  const ColumnRole* start = frame.TimeWith(Hint::kStart);
  const ColumnRole* end = frame.TimeWith(Hint::kEnd);
  if (category == nullptr || start == nullptr || end == nullptr) return std::nullopt;
  if (!AreOrdered(frame, *start, *end)) return std::nullopt;
  Design gantt(frame, "gantt");
  gantt.Set("width", kIntervalWidth);
  gantt.Set("mark", "bar");
  Json x = FieldOf(frame, *start, "temporal");
  gantt.Put("y", *category)
      .Set("sort", Json::Of({{"field", *x.Find("field")}, {"op", "min"}, {"order", "ascending"}}));
  gantt.Show("x", *start);
  gantt.PutDefinition("x", std::move(x));
  gantt.Show("x2", *end);
  gantt.PutDefinition("x2", EndOf(frame, *end));
  gantt.Because(Rule::kInterval, 75,
                "A bar from " + frame.Quoted(*start) + " to " + frame.Quoted(*end) +
                    " shows when each " + frame.Quoted(*category) + " was and how long it took.");
  gantt.Because(Rule::kSorted, 15, "The earliest comes first.");
  return gantt;
}

MaybeDesign RangeBar(const Frame& frame) {
  const ColumnRole* category = KeyCategory(frame);
  const ColumnRole* low = frame.MeasureWith(Hint::kLow);
  const ColumnRole* high = frame.MeasureWith(Hint::kHigh);
  if (category == nullptr || low == nullptr || high == nullptr) return std::nullopt;
  Design bars(frame, "range-bar");
  bars.Set("mark", Json::Of({{"type", "bar"}, {"size", kBarSize}}));
  bars.Put("y", *category);
  bars.Put("x", *low).Set("scale", Json::Of({{"zero", false}}));
  bars.Show("x2", *high);
  bars.PutDefinition("x2", EndOf(frame, *high));
  bars.Because(Rule::kInterval, 75,
               "A bar from " + frame.Quoted(*low) + " to " + frame.Quoted(*high) +
                   " shows the range of each " + frame.Quoted(*category) + ".");
  bars.Because(Rule::kNoZeroNeeded, 13, "Both ends are positions; the scale begins near them.");
  return bars;
}

MaybeDesign ErrorBar(const Frame& frame) {
  const ColumnRole* category = KeyCategory(frame);
  const ColumnRole* low = frame.MeasureWith(Hint::kLow);
  const ColumnRole* high = frame.MeasureWith(Hint::kHigh);
  if (category == nullptr || low == nullptr || high == nullptr) return std::nullopt;
  const ColumnRole* value = nullptr;
  for (const ColumnRole& measure : frame.measures) {
    if (measure.index == low->index || measure.index == high->index) continue;
    // What lies beside the ends, a count of rows say, is no value between them.
    if (measure.least < low->least || measure.most > high->most) continue;
    if (value == nullptr) value = &measure;
  }
  if (value == nullptr) return std::nullopt;
  Design bars(frame, "error-bar");
  const Json zero = Json::Of({{"zero", false}});
  Json from = FieldOf(frame, *low, "quantitative");
  Json middle = FieldOf(frame, *value, "quantitative");
  from.Set("title", *middle.Find("title"));
  from.Set("scale", zero);
  middle.Set("scale", zero);
  bars.Set("layer",
           Json::FromArray({Json::Of({{"mark", "rule"},
                                      {"encoding", Json::Of({{"x", std::move(from)},
                                                             {"x2", EndOf(frame, *high)}})}}),
                            Json::Of({{"mark", Json::Of({{"type", "point"}, {"filled", true}})},
                                      {"encoding", Json::Of({{"x", std::move(middle)}})}})}));
  bars.Put("y", *category);
  bars.Show("x", *value);
  bars.Show("x", *low);
  bars.Show("x2", *high);
  bars.Because(Rule::kInterval, 75,
               "A rule from " + frame.Quoted(*low) + " to " + frame.Quoted(*high) +
                   " shows how far " + frame.Quoted(*value) + " may lie off.");
  bars.Because(Rule::kPosition, 15, "A dot is the value of each " + frame.Quoted(*category) + ".");
  return bars;
}

}  // namespace loupe::recommend

// Grids: a number in each cell of two categories, or of days and months.
#include <algorithm>
#include <string>

#include "core/recommend/encoding_parts.hpp"
#include "core/recommend/field_text.hpp"
#include "core/recommend/kind.hpp"

namespace loupe::recommend {
namespace {

constexpr std::size_t kMaxSide = 60;       // categories on one side of a grid
constexpr std::size_t kMaxTextCells = 80;  // numbers that a reader looks up in a grid
constexpr std::size_t kMinDays = 60;       // of a calendar
constexpr int kTextStep = 56;              // pixels of a cell that holds a number

struct Sides {
  const ColumnRole* x = nullptr;  // the smaller side, unless both have an order
  const ColumnRole* y = nullptr;
};

std::optional<Sides> SidesOf(const Frame& frame) {
  if (frame.categories.size() < 2) return std::nullopt;
  const ColumnRole& first = frame.categories[0];
  const ColumnRole& second = frame.categories[1];
  if (std::max(first.distinct, second.distinct) > kMaxSide) return std::nullopt;
  if (frame.AreKeys({&first}) || frame.AreKeys({&second})) return std::nullopt;
  return first.distinct < second.distinct ? Sides{&first, &second} : Sides{&second, &first};
}

}  // namespace

MaybeDesign HeatMap(const Frame& frame) {
  const std::optional<Sides> sides = SidesOf(frame);
  if (!sides || frame.measures.empty() || !frame.AreKeys({sides->x, sides->y})) {
    return std::nullopt;
  }
  const ColumnRole& measure = frame.measures[0];
  Design map(frame, "heat-map");
  map.Set("mark", "rect");
  map.Put("x", *sides->x);
  map.Put("y", *sides->y);
  map.Put("color", measure);
  map.Because(Rule::kExpressAll, 70,
              "A cell for each " + frame.Quoted(*sides->x) + " and " + frame.Quoted(*sides->y) +
                  " is shaded by " + frame.Quoted(measure) + ".");
  map.Because(Rule::kColourIsWeak, -10, "Shades show patterns, not exact values.");
  if (std::min(sides->x->distinct, sides->y->distinct) > kMaxSeries) {
    map.Because(Rule::kFewHues, 12, "Both sides have more values than colours tell apart.");
  }
  return map;
}

MaybeDesign TextHeatMap(const Frame& frame) {
  const std::optional<Sides> sides = SidesOf(frame);
  if (!sides || frame.measures.empty() || !frame.AreKeys({sides->x, sides->y})) {
    return std::nullopt;
  }
  if (sides->x->distinct * sides->y->distinct > kMaxTextCells) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design map(frame, "text-heat-map");
  const Json field = FieldOf(frame, measure, "quantitative");
  Json colour = field;
  colour.Set("scale", Json::Of({{"scheme", "lightgreyteal"}}));
  map.Set("width", Json::Of({{"step", kTextStep}}));
  map.Set("layer",
          Json::FromArray(
              {Json::Of({{"mark", "rect"}, {"encoding", Json::Of({{"color", std::move(colour)}})}}),
               Json::Of({{"mark", "text"}, {"encoding", Json::Of({{"text", field}})}})}));
  map.Put("x", *sides->x);
  map.Put("y", *sides->y);
  map.Show("color", measure);
  map.Because(Rule::kExpressAll, 50,
              "A cell for each " + frame.Quoted(*sides->x) + " and " + frame.Quoted(*sides->y) +
                  " holds " + frame.Quoted(measure) + ".");
  map.Because(Rule::kDigits, 12, "The digits in the few cells serve those who look values up.");
  map.Because(Rule::kPlainness, -4, "Text lies over the cells.");
  return map;
}

MaybeDesign CountHeatMap(const Frame& frame) {
  if (frame.size() < kMinSample) return std::nullopt;
  const std::optional<Sides> sides = SidesOf(frame);
  if (!sides || frame.AreKeys({sides->x, sides->y})) return std::nullopt;
  Design map(frame, "count-heat-map");
  map.Set("mark", "rect");
  map.Put("x", *sides->x);
  map.Put("y", *sides->y);
  map.PutDefinition("color", CountDefinition());
  map.Because(Rule::kSummary, 40,
              "The rows of each " + frame.Quoted(*sides->x) + " and " + frame.Quoted(*sides->y) +
                  " are counted.");
  map.Because(Rule::kColourIsWeak, -5, "Shades show patterns, not exact counts.");
  return map;
}

MaybeDesign Calendar(const Frame& frame) {
  if (frame.times.empty() || frame.measures.empty()) return std::nullopt;
  const ColumnRole& time = frame.times[0];
  if (time.distinct < kMinDays || !frame.AreKeys({&time})) return std::nullopt;
  const std::optional<Span> span = SpanOf(frame, time);
  if (!span || !span->is_daily || span->is_monthly) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design calendar(frame, "calendar");
  Json day = FieldOf(frame, time, "ordinal");
  Json month = day;
  day.Set("timeUnit", "date");
  day.Set("title", "Day");
  month.Set("timeUnit", "yearmonth");
  month.Set("title", "Month");
  calendar.Set("mark", "rect");
  calendar.Show("x", time);
  calendar.PutDefinition("x", std::move(day));
  calendar.Show("y", time);
  calendar.PutDefinition("y", std::move(month));
  calendar.Put("color", measure);
  calendar.Because(Rule::kCalendar, 70,
                   std::to_string(time.distinct) + " days of " + frame.Quoted(time) +
                       " in a grid of months show what returns.");
  calendar.Because(Rule::kColourIsWeak, -10, "Shades show patterns, not exact values.");
  return calendar;
}

}  // namespace loupe::recommend

// Parts of encodings that several kinds of charts share.
//
// Tested by test/unit/recommend_kind_*_test.cpp.
#ifndef LOUPE_CORE_RECOMMEND_ENCODING_PARTS_HPP
#define LOUPE_CORE_RECOMMEND_ENCODING_PARTS_HPP

#include <optional>
#include <string>
#include <string_view>

#include "core/base/calendar.hpp"
#include "core/base/json.hpp"
#include "core/recommend/design.hpp"
#include "core/recommend/frame.hpp"

namespace loupe::recommend {

// The number of rows, as a quantitative channel.
[[nodiscard]] Json CountDefinition();

// The measure with an aggregate, its title saying which: "Median of price".
[[nodiscard]] Json AggregateOf(const Frame& frame, const ColumnRole& measure,
                               std::string_view aggregate);

// "sum" where the question asks for totals of what adds up, else "mean".
[[nodiscard]] const char* SummaryOf(const Frame& frame, const ColumnRole& measure);

// Whether bars of the category stand: their names fit side by side or have an order.
[[nodiscard]] bool IsUpright(const ColumnRole& category);

// Puts the category on x, or on y when its bars lie, sorted by the other side when it has no order
// of its own; argues for both. Returns the channel of the other side.
std::string_view PutBase(const ColumnRole& category, Design* design);

// Scales points of a measure: logarithmic where it spreads widely, without zero where all values
// are far from it; says why. `channel` is one that was put.
void ScalePoints(const Frame& frame, const ColumnRole& measure, Json* channel, Design* design);

// First and last moment of a time column; nothing when it has none.
struct Span {
  DateTime first;
  DateTime last;
  bool is_daily = true;    // no value has a time of day
  bool is_monthly = true;  // every value is the first of a month
};
[[nodiscard]] std::optional<Span> SpanOf(const Frame& frame, const ColumnRole& time);

// The Vega-Lite time unit that gives a span of raw moments at most about sixty steps.
[[nodiscard]] const char* StepOf(const Span& span);

}  // namespace loupe::recommend

#endif  // LOUPE_CORE_RECOMMEND_ENCODING_PARTS_HPP

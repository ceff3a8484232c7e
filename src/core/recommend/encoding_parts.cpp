#include "core/recommend/encoding_parts.hpp"

#include <algorithm>
#include <cstdint>

#include "core/recommend/field_text.hpp"

namespace loupe::recommend {
namespace {

constexpr std::size_t kMaxUpright = 8;  // bars whose names fit side by side
constexpr int kMaxUprightLabel = 12;    // cells of a name that fits below its bar
constexpr int kLabelPixels = 7;         // of one cell of a label
constexpr int kMinStep = 32;            // pixels of one upright bar with its gap
constexpr double kNearZero = 0.5;       // of the largest value: below it zero is shown

constexpr std::int64_t kDayMillis = 86'400'000;
constexpr std::int64_t kMaxHourDays = 3;
constexpr std::int64_t kMaxDateDays = 62;
constexpr std::int64_t kMaxMonthDays = 1826;

}  // namespace

Json CountDefinition() {
  return Json::Of({{"aggregate", "count"}, {"type", "quantitative"}, {"title", "Rows"}});
}

Json AggregateOf(const Frame& frame, const ColumnRole& measure, std::string_view aggregate) {
  const std::string& name = frame.NameOf(measure);
  std::string title(aggregate);
  title[0] = static_cast<char>(title[0] - 'a' + 'A');
  return Json::Of({{"field", EscapedField(name)},
                   {"aggregate", aggregate},
                   {"type", "quantitative"},
                   {"title", title + " of " + ReadableTitle(name)}});
}

const char* SummaryOf(const Frame& frame, const ColumnRole& measure) {
  return frame.Wants(Task::kTotal) && AddsUp(measure) ? "sum" : "mean";
}

bool IsUpright(const ColumnRole& category) {
  return category.role == Role::kOrdinal ||
         (category.distinct <= kMaxUpright && category.longest <= kMaxUprightLabel);
}

std::string_view PutBase(const ColumnRole& category, Design* design) {
  const bool upright = IsUpright(category);
  if (upright) {
    design->Set("width", Json::Of({{"step", std::max(kMinStep, category.longest * kLabelPixels)}}));
  }
  Json& base = design->Put(upright ? "x" : "y", category);
  if (category.role == Role::kCategory) base.Set("sort", upright ? "-y" : "-x");
  if (upright) base.Set("axis", Json::Of({{"labelAngle", 0}}));
  if (category.role == Role::kCategory) {
    design->Because(Rule::kSorted, 5, "The largest comes first: neighbours are compared best.");
  } else {
    design->Because(Rule::kOwnOrder, 5, "The values keep their own order.");
  }
  if (!upright) {
    design->Because(Rule::kLying, 0,
                    "The names are long or many: beside lying bars they read "
                    "without turning.");
  }
  return upright ? "y" : "x";
}

void ScalePoints(const Frame& frame, const ColumnRole& measure, Json* channel, Design* design) {
  if (SpreadsWidely(measure)) {
    channel->Set("scale", Json::Of({{"type", "log"}}));
    design->Because(Rule::kLogarithm, 2,
                    frame.Quoted(measure) +
                        " is positive and spreads over more than three "
                        "powers of ten.");
    return;
  }
  if (measure.least > 0 && measure.least > kNearZero * measure.most) {
    channel->Set("scale", Json::Of({{"zero", false}}));
    design->Because(Rule::kNoZeroNeeded, 0,
                    "All values of " + frame.Quoted(measure) +
                        " are far from zero; the scale begins near them.");
  }
}

std::optional<Span> SpanOf(const Frame& frame, const ColumnRole& time) {
  std::optional<Span> span;
  for (const std::vector<Json>& row : frame.rows().rows) {
    const Json& cell = row[time.index];
    if (!cell.IsString()) continue;
    const std::optional<DateTime> at = ParseDateTime(cell.AsString());
    if (!at) continue;
    if (!span) span = Span{*at, *at};
    if (ToMillis(*at) < ToMillis(span->first)) span->first = *at;
    if (ToMillis(*at) > ToMillis(span->last)) span->last = *at;
    span->is_daily = span->is_daily && *at == Truncate(*at, TimeUnit::kDay);
    span->is_monthly = span->is_monthly && *at == Truncate(*at, TimeUnit::kMonth);
  }
  return span;
}

const char* StepOf(const Span& span) {
  const std::int64_t days = (ToMillis(span.last) - ToMillis(span.first)) / kDayMillis;
  if (days <= kMaxHourDays && !span.is_daily) return "yearmonthdatehours";
  if (days <= kMaxDateDays && !span.is_monthly) return "yearmonthdate";
  return days <= kMaxMonthDays ? "yearmonth" : "year";
}

}  // namespace loupe::recommend

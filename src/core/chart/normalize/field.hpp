// Field definitions as JSON: what rewriting must know of a channel before it is parsed.
//
//   {"aggregate": "mean", "field": "price"}                   mean_price, "Mean of price"
//   {"bin": {"maxbins": 10}, "field": "price"}                bin_maxbins_10_price, "price
//   (binned)"
//   {"timeUnit": {"unit": "yearmonth"}, "field": "stats.day"} yearmonth_stats.day,
//                                                             "stats.day (year-month)"
//
// Tested by test/unit/chart_composite_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_FIELD_HPP
#define LOUPE_CORE_CHART_NORMALIZE_FIELD_HPP

#include <string>
#include <string_view>

#include "core/base/json.hpp"

namespace loupe::chart {

// Tells whether `def` is an object with a field, or a count, which needs none.
[[nodiscard]] bool IsFieldDef(const Json* def);
[[nodiscard]] bool IsFieldOrDatumDef(const Json* def);
// The one condition of `def` that is a field or datum definition, or null.
[[nodiscard]] const Json* ConditionalDef(const Json& def);

// Tells whether the field is binned here, or was binned before.
[[nodiscard]] bool IsBinning(const Json* bin);
[[nodiscard]] bool IsBinned(const Json* bin);
[[nodiscard]] bool IsBinnedTimeUnit(const Json& unit);

// Fills in the number of bins where neither it nor a step is given; 6 for facets, colours,
// opacities, sizes and shapes, 4 for dashes, else 10.
[[nodiscard]] Json NormalBin(const Json& bin, std::string_view channel);
// {"unit": "year", "utc": true} for "utcyear"; objects stay objects.
[[nodiscard]] Json NormalTimeUnit(const Json& unit);

// Text of a scalar, and of a list with commas, as ECMAScript converts it.
[[nodiscard]] std::string TextOf(const Json& value);
// The text as an identifier: all but ASCII letters, digits and "_" become "_", one for each UTF-16
// unit, and "_" goes before a digit at the start.
[[nodiscard]] std::string VarName(std::string_view text);
// The steps of a path with dots between: a["b"].c gives a.b.c, a\.b gives a.b.
[[nodiscard]] std::string FlatName(std::string_view field);

// The column that the bin, aggregation or time unit of a normal definition makes.
[[nodiscard]] std::string DerivedName(const Json& def);

// The definition's title: that of its guide, its own, or by config.fieldTitle.
[[nodiscard]] Json TitleOf(const Json& def, const Json& config);
// The definition's axis, legend or header, or null.
[[nodiscard]] const Json* GuideOf(const Json& def);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_FIELD_HPP

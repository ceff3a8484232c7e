// Formats of values in guides, descriptions and text marks, and titles of fields.
//
//   sum of b -> "Sum of b"     date by yearmonth -> "date (year-month)", "Jan 2012"
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_GUIDE_FORMAT_HPP
#define LOUPE_CORE_CHART_GUIDE_FORMAT_HPP

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "core/chart/config/locale.hpp"
#include "core/chart/data/bin.hpp"
#include "core/chart/normalize.hpp"
#include "core/chart/scale/scale.hpp"

namespace loupe::chart {

// What Vega-Lite calls a field when nothing else names it.
[[nodiscard]] std::string FieldTitle(const ChannelDef& def, const Json& config);

// Formats keep a reference to the locale that they are made with.
using ValueFormat = std::function<std::string(const Json&)>;

// Formats ticks and legend entries: a guide's "format", a time unit's, or the digits that tell
// `count` ticks apart. `guide` is the axis or legend object.
[[nodiscard]] Result<ValueFormat> GuideFormat(const ChannelDef& def, const Scale& scale,
                                              const Json& guide, double count, const Json& config,
                                              const Locale& locale);

// Formats the values of a discrete scale of bins as "10 – 20", all others by `format`.
[[nodiscard]] ValueFormat WithBinEnds(const ChannelDef& def, const Scale& scale,
                                      const std::map<std::string, Bins>& bins, ValueFormat format);

// The text of one value in a description, tooltip or text mark.
[[nodiscard]] Result<ValueFormat> TextFormat(const ChannelDef& def, const Json& config,
                                             const Locale& locale);

// Formats a time in milliseconds; times beyond the calendar are formatted as 1970.
[[nodiscard]] std::string TimeText(const std::string& specifier, double millis,
                                   const Locale& locale);

// Checks a "format" of `kind` "number" or "time".
[[nodiscard]] Result<ValueFormat> NamedFormat(const std::string& format, bool time,
                                              const std::string& pointer, const Locale& locale);

// Lines of a title: a text, a list of texts or null.
[[nodiscard]] std::vector<std::string> TextLines(const Json& value);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_GUIDE_FORMAT_HPP

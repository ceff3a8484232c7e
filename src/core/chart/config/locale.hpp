// Locale: how a chart writes numbers and times, from the member "locale" of its config.
//
//   {"locale": {"number": {"decimal": ",", "thousands": ".", "grouping": [3],
//                          "currency": ["", " €"]},
//               "time": {"dateTime": "%A, der %e. %B %Y, %X", "date": "%d.%m.%Y", …}}}
//
//   LOUPE_ASSIGN_OR_RETURN(const Locale locale, LocaleOf(config));
//   FormatNumber(format, 1234.5, locale.number);  // "1.234,5"
//
// The definitions are those of d3-format and d3-time-format, as in Vega. What "number" leaves away
// is as in d3: numbers are grouped only where both "thousands" and "grouping" are given. "time" has
// to be complete.
//
// Tested by test/unit/chart_locale_test.cpp.
#ifndef LOUPE_CORE_CHART_CONFIG_LOCALE_HPP
#define LOUPE_CORE_CHART_CONFIG_LOCALE_HPP

#include <vector>

#include "core/base/json.hpp"
#include "core/base/number_format.hpp"
#include "core/base/status.hpp"
#include "core/base/time_format.hpp"
#include "core/chart/compile.hpp"

namespace loupe::chart {

// Greatest size of one text of a locale, so that %c stays short whatever it expands to.
constexpr std::size_t kMaxLocaleText = 64;  // bytes

struct Locale {
  NumberLocale number;
  TimeLocale time;
};

// The locale of a merged config; en-US where it names none. Members that are not known are pushed
// to `warnings` unless that is null. Errors: kChartInvalidSpec for members of a wrong type, lists
// of a wrong length and times that are incomplete; kLimitExceeded for texts beyond kMaxLocaleText.
// Each has a JSON pointer below "/config/locale".
[[nodiscard]] Result<Locale> LocaleOf(const Json& config, std::vector<Warning>* warnings = nullptr);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_CONFIG_LOCALE_HPP

// Repetition: one view for each of a list of fields, as a concatenation or as layers.
//
//   {"repeat": ["a", "b"], "spec": {… "field": {"repeat": "repeat"} …}}
//   -> {"concat": [{… "field": "a" …}, {… "field": "b" …}]}
//
// Tested by test/unit/chart_normalize_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_REPEAT_HPP
#define LOUPE_CORE_CHART_NORMALIZE_REPEAT_HPP

#include <string>

#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::chart {

// Demands a "repeat" member. Errors: kChartInvalidSpec, kLimitExceeded beyond kMaxViews views.
[[nodiscard]] Result<Json> ExpandRepeat(const Json& view, const std::string& pointer);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_REPEAT_HPP

// Repetition: one view for each of a list of fields, as a concatenation or as layers.
//
//   {"repeat": ["a", "b"], "spec": {… "field": {"repeat": "repeat"} …}}
//   -> {"align": "all", "concat": [{… "field": "a" …, "name": "child__a"}, …]}
//
// {"repeat": "row"}, "column", "repeat" or "layer" stands for a field: in channels, in the fields
// that they sort by, in their conditions and in facets; and for a datum, which is then nominal. In
// views below, names get the name of the repeated view in front. Inner repetitions are expanded as
// well, and what they do not repeat themselves they take from around them.
//
// Tested by test/unit/chart_repeat_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_REPEAT_HPP
#define LOUPE_CORE_CHART_NORMALIZE_REPEAT_HPP

#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/chart/compile.hpp"

namespace loupe::chart {

// Demands a "repeat" member. The repeated view's data become those of the result. A reference to
// what is not repeated leaves its channel out, with a warning. Errors: kChartInvalidSpec;
// kLimitExceeded beyond kMaxViews views or kMaxRepeatedBytes of text that is repeated.
[[nodiscard]] Result<Json> ExpandRepeat(const Json& view, const std::string& pointer,
                                        std::vector<Warning>* warnings = nullptr);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_REPEAT_HPP

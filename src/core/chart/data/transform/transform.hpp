// Transforms: the "transform" array of a view, each a function from a table to a table.
//
//   [{"filter": "datum.a > 1"}, {"aggregate": [{"op": "sum", "field": "b", "as": "s"}],
//                                "groupby": ["c"]}]
//
// Columns are the top-level members of rows; a field path reaches into them. Times are numbers,
// milliseconds since 1970; what a row lacks is null. Groups come in order of first appearance.
// Behaviour follows Vega-Lite's transform reference and Vega's transforms.
//
// Tested by test/unit/chart_transform_test.cpp.
#ifndef LOUPE_CORE_CHART_DATA_TRANSFORM_TRANSFORM_HPP
#define LOUPE_CORE_CHART_DATA_TRANSFORM_TRANSFORM_HPP

#include <functional>
#include <string>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/status.hpp"
#include "core/chart/compile.hpp"
#include "core/chart/config/locale.hpp"
#include "core/chart/data/table.hpp"
#include "core/chart/expression/expression.hpp"

namespace loupe::chart {

struct TransformEnvironment {
  const Json* params = nullptr;    // values of the chart's parameters by name
  const Locale* locale = nullptr;  // how expressions write
  // The rows of a lookup's own data.
  std::function<Result<Table>(const Json& data, const std::string& pointer)> load;
  const Context* context = nullptr;
  ExpressionBudget* budget = nullptr;
  std::vector<Warning>* warnings = nullptr;
};

// Applies the array at `pointer` in order. Errors: kChartInvalidSpec (with the nearest name for an
// unknown transform), kChartNotSupported, kLimitExceeded beyond kMaxRows rows or
// kMaxTransformCells values, those of expressions.
[[nodiscard]] Result<Table> ApplyTransforms(Table input, const Json& transforms,
                                            const std::string& pointer,
                                            const TransformEnvironment& environment);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_TRANSFORM_TRANSFORM_HPP

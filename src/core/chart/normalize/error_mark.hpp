// Error bars and error bands: an interval around a centre, as a rule with ticks at its ends, or as
// an area with borders.
//
//   rows     {"extent": "stderr"}  mean of y by x, plus and minus its standard error
//   bounds   y and y2              both ends are in the rows
//   errors   y, yError, yError2    centre and distances are in the rows; yError2 is added, so it is
//                                  negative as a rule
//
// Centres, extents and tooltips follow Vega-Lite 6.
//
// Tested by test/unit/chart_composite_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_ERROR_MARK_HPP
#define LOUPE_CORE_CHART_NORMALIZE_ERROR_MARK_HPP

#include "core/chart/normalize/composite_part.hpp"

namespace loupe::chart {

// Demands an "errorbar" or "errorband". An error bar of one part is a unit, not a layer.
[[nodiscard]] Result<Json> ExpandErrorMark(const CompositeUnit& unit,
                                           std::vector<Warning>* warnings);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_ERROR_MARK_HPP

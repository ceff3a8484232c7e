// Mark encoders: rows to the items of marks, in the data rectangle's coordinates.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_MARK_BUILD_HPP
#define LOUPE_CORE_CHART_MARK_BUILD_HPP

#include <vector>

#include "core/base/context.hpp"
#include "core/chart/mark/position.hpp"

namespace loupe::chart {

// The marks of the view, in painting order; lines and areas of several series come in groups.
[[nodiscard]] Result<std::vector<Mark>> BuildMarks(const MarkContext& context, const Context& host);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_MARK_BUILD_HPP

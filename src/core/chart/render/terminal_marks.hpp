// Draws the marks of a view on the cells of its plot.
//
// Tested by test/unit/chart_render_terminal_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_TERMINAL_MARKS_HPP
#define LOUPE_CORE_CHART_RENDER_TERMINAL_MARKS_HPP

#include "core/base/context.hpp"
#include "core/chart/render/cell_grid.hpp"
#include "core/chart/render/terminal_fit.hpp"
#include "core/chart/render/terminal_style.hpp"
#include "core/chart/render/terminal_view.hpp"

namespace loupe::chart {

// Draws all shapes but arcs, in painting order, on a grid of plot.columns x plot.rows.
[[nodiscard]] CellGrid DrawMarks(const TerminalView& view, const TerminalPlot& plot,
                                 const TerminalStyle& style, const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_TERMINAL_MARKS_HPP

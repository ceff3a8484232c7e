// Lists the sectors of a pie as bars with their shares: cells cannot show angles well, and length
// is read more exactly than angle anyway (Cleveland & McGill 1984).
//
//   shipped  ████████████████████████████████████  62.1 %
//   paid     ██████████████▌                       25.0 %
//
// Tested by test/unit/chart_render_terminal_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_TERMINAL_SHARE_HPP
#define LOUPE_CORE_CHART_RENDER_TERMINAL_SHARE_HPP

#include <string>

#include "core/base/context.hpp"
#include "core/chart/render/terminal_style.hpp"
#include "core/chart/render/terminal_view.hpp"

namespace loupe::chart {

[[nodiscard]] bool HasArcs(const TerminalView& view);

// One line a sector, in the order of the legend, else of drawing. The share is that of its angle
// among all sectors. Sectors without a legend entry are named by their description.
[[nodiscard]] std::string DrawShares(const TerminalView& view, const TerminalStyle& style,
                                     int columns, const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_TERMINAL_SHARE_HPP

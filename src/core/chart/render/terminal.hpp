// Draws a scene in Unicode for a terminal.
//
// The plot is laid out anew in character cells, so that it always fits the columns at hand: each
// view of the scene keeps its marks, axes, legend and titles, but not their pixels.
//
//     Orders by status
//     shipped ┤████████████████████████████████▌
//        paid ┤███████████▊
//        open ┤████▏
//             └┬───────┬───────┬───────┬──────
//              0      20      40      60
//
// Bars and areas are filled in eighths of a cell, lines and rules drawn in braille dots of 2 x 4 a
// cell, arcs listed as bars with their shares. Series keep their colours where the terminal has
// them, else they differ by fill pattern or marker; the legend shows which is which.
//
// Tested by test/unit/chart_render_terminal_test.cpp and chart_render_terminal_golden_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_TERMINAL_HPP
#define LOUPE_CORE_CHART_RENDER_TERMINAL_HPP

#include <string>
#include <utility>

#include "core/base/context.hpp"
#include "core/chart/scene.hpp"

namespace loupe::chart {

enum class TerminalColors { kNone, kAnsi };  // kAnsi: 24-bit escape sequences

struct TerminalOptions {
  int columns = 72;  // of the widest line; values below kMinTerminalColumns count as that
  TerminalColors colors = TerminalColors::kNone;
};

constexpr int kMinTerminalColumns = 20;
constexpr int kMaxTerminalColumns = 400;

// The width and height in pixels at which a chart for these options is best compiled: its axes then
// have about as many labels as the terminal has room for.
[[nodiscard]] std::pair<double, double> TerminalPlotSize(const TerminalOptions& options);

// Lines of at most options.columns cells, each ended by a newline, without trailing blanks. A scene
// of several views is drawn one view below the other.
[[nodiscard]] std::string RenderText(const Scene& scene, const TerminalOptions& options,
                                     const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_TERMINAL_HPP

// Fits a view's plot into terminal cells.
//
// A picture may have bars 13.3 pixels apart; cells do not divide. So the plot shrinks until bars
// lie a whole number of cells apart, which keeps them equally wide and the gaps between them equal:
//
//   ███ ███ ███   4 cells a step        never   ███ ████ ███ ████
//
// Tested by test/unit/chart_render_terminal_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_TERMINAL_FIT_HPP
#define LOUPE_CORE_CHART_RENDER_TERMINAL_FIT_HPP

#include "core/chart/render/terminal_view.hpp"

namespace loupe::chart {

enum class BarLayout {
  kNone,     // no bars, or bars of no common width
  kColumns,  // bars stand
  kRows,     // bars lie
  kGrid      // both sides vary in steps: a heat map
};

struct TerminalPlot {
  int columns = 1;
  int rows = 1;
  double across = 1;  // cells a pixel
  double down = 1;
  BarLayout layout = BarLayout::kNone;
  int bar_columns = 0;  // width of each standing bar
  int bar_rows = 0;     // height of each lying bar
  int gap = 0;          // cells left empty between standing bars
};

// The row of a lying bar whose middle is at `middle` rows; empty rows lie behind it.
[[nodiscard]] int BarRow(double middle);

// Chooses the size of the plot within `columns` cells; its height follows the view's and the number
// of lying bars.
[[nodiscard]] TerminalPlot FitPlot(const TerminalView& view, int columns);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_TERMINAL_FIT_HPP

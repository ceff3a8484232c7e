// CellGrid: a rectangle of terminal cells to draw on.
//
// Four things can be drawn: text, one glyph a cell, braille dots (2 across and 4 down in a cell)
// and fills measured in eighths of a cell. What is drawn later covers what lies below; dots of
// several lines in one cell unite.
//
//   fills from below   ▁ ▂ ▃ ▄ ▅ ▆ ▇ █      fills from the left   ▏ ▎ ▍ ▌ ▋ ▊ ▉ █
//
// Without colours, a fill other than the solid one has a pattern and rounds to whole cells. Drawing
// outside the grid is cut off.
//
// Tested by test/unit/chart_render_cell_grid_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_CELL_GRID_HPP
#define LOUPE_CORE_CHART_RENDER_CELL_GRID_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/chart/render/terminal.hpp"
#include "core/chart/scene.hpp"

namespace loupe::chart {

// How one series looks in cells.
struct CellInk {
  std::string pattern = "█";   // of a filled cell
  std::optional<Color> color;  // set where the terminal has colours

  bool operator==(const CellInk& other) const {
    return pattern == other.pattern && color == other.color;
  }
};

// Cuts text to `columns` cells, the last of them an ellipsis.
[[nodiscard]] std::string CutToCells(const std::string& text, int columns);

class CellGrid {
 public:
  CellGrid(int columns, int rows);

  [[nodiscard]] int columns() const { return columns_; }
  [[nodiscard]] int rows() const { return rows_; }

  // Writes text from (column, row) rightwards; control characters become blanks.
  void PutText(int column, int row, std::string_view text,
               const std::optional<Color>& color = std::nullopt);
  // Writes one glyph of width 1.
  void PutGlyph(int column, int row, std::string_view glyph, const std::optional<Color>& color);
  // Sets one dot; x counts half columns, y quarter rows.
  void PutDot(int x, int y, const std::optional<Color>& color);

  // Fills one column between two heights, or one row between two columns, in eighths of a cell
  // from the top or left edge of the grid.
  void FillColumn(int column, int from_eighth, int to_eighth, const CellInk& ink);
  void FillRow(int row, int from_eighth, int to_eighth, const CellInk& ink);

  // Draws the cells of `grid` from its top left at (column, 0); blank cells cover nothing. Fills
  // keep their inks.
  void Overlay(int column, const CellGrid& grid);

  // The rows as lines without trailing blanks; escape sequences only where colours were given.
  [[nodiscard]] std::vector<std::string> Lines() const;

 private:
  enum class Fill { kNone, kFromBelow, kFromLeft };
  struct Cell {
    std::string glyph;         // empty: blank
    bool is_covered = false;   // right half of a wide character
    unsigned dots = 0;         // bits of U+2800
    Fill fill = Fill::kNone;   // direction of `levels`
    signed char levels[8]{};   // per eighth: index of an ink + 1, or 0
    std::optional<Color> ink;  // of glyph or dots
  };

  [[nodiscard]] Cell* At(int column, int row);
  [[nodiscard]] const Cell* At(int column, int row) const;
  void FillCell(Cell* cell, Fill fill, int from, int to, signed char ink);
  [[nodiscard]] signed char InkIndex(const CellInk& ink);
  // What a cell shows; a ground only behind a partial block.
  struct Look {
    std::string glyph;
    std::optional<Color> ink;
    std::optional<Color> ground;
  };
  [[nodiscard]] Look LookOf(const Cell& cell) const;
  [[nodiscard]] Look FillLook(const Cell& cell) const;

  int columns_;
  int rows_;
  std::vector<Cell> cells_;
  std::vector<CellInk> inks_;
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_CELL_GRID_HPP

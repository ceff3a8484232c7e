// Grid: sets drawn views into rows and columns, with headers, footers and titles around them.
//
//              column title
//              column headers
//   row title  row headers │ cell │ cell │  row footers
//                          │ cell │ cell │
//              column footers
//
// Follows the grid layout of Vega's specification: cells keep their order, columns first; each is
// clear of its neighbours by the spacing and by what it draws left of and above its own origin.
//
// Tested by test/unit/chart_layout_test.cpp.
#ifndef LOUPE_CORE_CHART_LAYOUT_GRID_HPP
#define LOUPE_CORE_CHART_LAYOUT_GRID_HPP

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/chart/layout/bounds.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

// A drawn group and the box of all it draws, relative to its own origin.
struct Block {
  Item item;
  Bounds box;
  std::string name;
};

// Indices: 0 along columns (x), 1 along rows (y).
struct GridParts {
  std::vector<Block> cells;
  std::size_t columns = 1;
  std::array<double, 2> spacing = {20, 20};
  std::array<std::string, 2> align = {"all", "all"};  // "all", "each" or "none"
  std::array<bool, 2> center{};
  bool flush = false;
  std::array<std::vector<Block>, 2> headers;  // of columns (above), of rows (left)
  std::array<std::vector<Block>, 2> footers;  // below, right
  std::array<std::optional<Block>, 2> titles;
  std::array<double, 2> title_offset{};
  std::array<double, 2> title_band = {0.5, 0.5};  // where along the grid a title lies, 0 to 1
  std::array<bool, 2> title_at_end{};
  std::array<bool, 2> band_headers{};  // headers lie at the middle of what a cell draws
};

// Places every block: sets the x and y of its item in the enclosing group.
void LayOutGrid(GridParts* parts);

// The box of a placed block in the enclosing group.
[[nodiscard]] Bounds PlacedBox(const Block& block);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_LAYOUT_GRID_HPP

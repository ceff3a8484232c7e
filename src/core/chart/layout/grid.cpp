#include "core/chart/layout/grid.hpp"

#include <algorithm>
#include <cmath>

namespace loupe::chart {
namespace {

double RoundHalfUp(double x) { return std::floor(x + 0.5); }

// One direction of the grid, x or y.
struct Axis {
  std::size_t side = 0;
  std::size_t count = 1;       // columns or rows
  std::vector<double> lead;    // of a cell: pixels it needs before its origin
  std::vector<double> reach;   // of a cell: pixels from its origin to its end
  std::vector<double> extent;  // of a column or row: the greatest reach
  double most = 0;             // the greatest extent
  std::vector<double> offset;  // of a cell, from the origin of the cell before it
};

std::size_t PlaceOf(const GridParts& parts, const Axis& axis, std::size_t i) {
  return axis.side == 0 ? i % parts.columns : i / parts.columns;
}

Bounds BoxOf(const GridParts& parts, const Block& block) {
  if (parts.flush) return {0, 0, block.item.width, block.item.height};
  return block.box.IsEmpty() ? Bounds{0, 0, 0, 0} : block.box;
}

Axis Measure(const GridParts& parts, std::size_t side) {
  Axis axis;
  axis.side = side;
  const std::size_t cells = parts.cells.size();
  axis.count = side == 0 ? parts.columns : (cells + parts.columns - 1) / parts.columns;
  axis.extent.assign(axis.count, 0);
  for (std::size_t i = 0; i < cells; ++i) {
    const Bounds box = BoxOf(parts, parts.cells[i]);
    const double before = side == 0 ? box.x1 : box.y1;
    const double reach = std::ceil(side == 0 ? box.x2 : box.y2);
    axis.lead.push_back(parts.spacing[side] + (before < 0 ? std::ceil(-before) : 0));
    axis.reach.push_back(reach);
    double& extent = axis.extent[PlaceOf(parts, axis, i)];
    extent = std::max(extent, reach);
    axis.most = std::max(axis.most, reach);
  }
  return axis;
}

void SetOffsets(const GridParts& parts, Axis* axis) {
  const std::size_t cells = parts.cells.size();
  const std::string& align = parts.align[axis->side];
  axis->offset.assign(cells, 0);
  std::vector<double> leads(axis->count, 0);
  double most_lead = 0;
  for (std::size_t i = 0; i < cells; ++i) {
    const std::size_t place = PlaceOf(parts, *axis, i);
    if (place == 0) continue;
    leads[place] = std::max(leads[place], axis->lead[i]);
    most_lead = std::max(most_lead, axis->lead[i]);
  }
  for (std::size_t i = 0; i < cells; ++i) {
    const std::size_t place = PlaceOf(parts, *axis, i);
    if (place == 0) continue;
    if (align == "all") {
      axis->offset[i] = most_lead + axis->most;
    } else if (align == "each") {
      axis->offset[i] = leads[place] + axis->extent[place - 1];
    } else {
      axis->offset[i] = axis->lead[i] + axis->extent[place - 1];
    }
  }
}

// Sets one coordinate of every cell, in the middle of its column or row where that is asked for.
void PlaceCells(const Axis& axis, bool alone, GridParts* parts) {
  const std::size_t back = axis.side == 0 ? 1 : parts->columns;
  const std::string& align = parts->align[axis.side];
  std::vector<double> at(parts->cells.size());
  for (std::size_t i = 0; i < at.size(); ++i) {
    const bool first = PlaceOf(*parts, axis, i) == 0;
    at[i] = axis.offset[i] + (first ? 0 : at[i - back]);
  }
  for (std::size_t i = 0; i < at.size(); ++i) {
    double shift = 0;
    if (align != "none" && parts->center[axis.side] && !alone) {
      const double room = align == "all" ? axis.most : axis.extent[PlaceOf(*parts, axis, i)];
      shift = std::max(0.0, room - axis.reach[i]) / 2;
    }
    Item& item = parts->cells[i].item;
    (axis.side == 0 ? item.x : item.y) = at[i] + shift;
  }
}

enum class Edge { kLow, kHigh };

double EdgeOf(const GridParts& parts, const Block& block, std::size_t side, Edge edge) {
  const Bounds box = parts.flush
                         ? Bounds{block.item.x, block.item.y, block.item.x + block.item.width,
                                  block.item.y + block.item.height}
                         : PlacedBox(block);
  if (edge == Edge::kLow) return side == 0 ? box.x1 : box.y1;
  return side == 0 ? box.x2 : box.y2;
}

double Outer(Edge edge, double a, double b) {
  return edge == Edge::kLow ? std::floor(std::min(a, b)) : std::ceil(std::max(a, b));
}

// Sets headers (kLow) or footers (kHigh): one a column at the upper or lower edge for `side` 0, one
// a row at the left or right edge for `side` 1. Returns the edge of all that was set.
double PlaceHeaders(std::size_t side, Edge edge, GridParts* parts) {
  std::vector<Block>& headers = edge == Edge::kLow ? parts->headers[side] : parts->footers[side];
  const std::size_t n = parts->cells.size();
  if (n == 0) return 0;
  const std::size_t columns = parts->columns;
  const std::size_t rows = (n + columns - 1) / columns;
  const std::size_t across = side == 0 ? 1 : 0;  // the direction in which the edge lies
  const bool by_column = side == 0;
  const std::size_t start = edge == Edge::kLow ? 0 : by_column ? (rows - 1) * columns : columns - 1;
  const std::size_t stride = by_column ? 1 : columns;
  double margin = 0;
  for (std::size_t i = start; i < n && (!by_column || i < start + columns); i += stride) {
    margin = Outer(edge, margin, EdgeOf(*parts, parts->cells[i], across, edge));
  }
  if (headers.empty()) return margin;
  const std::size_t limit = by_column ? columns : rows;
  if (headers.size() > limit) headers.resize(limit);
  double outer = 0;
  for (std::size_t j = 0; j < headers.size(); ++j) {
    std::size_t cell = start + j * stride;
    const std::size_t back = by_column ? columns : 1;
    while (cell >= n && cell >= back) cell -= back;
    cell = std::min(cell, n - 1);
    const Block& near = parts->cells[cell];
    const Bounds box = PlacedBox(near);
    Item& item = headers[j].item;
    const bool banded = parts->band_headers[side];
    if (by_column) {
      item.x = banded ? RoundHalfUp(box.x1 + box.Width() / 2) : near.item.x;
      item.y = margin;
    } else {
      item.x = margin;
      item.y = banded ? RoundHalfUp(box.y1 + box.Height() / 2) : near.item.y;
    }
    const Bounds placed = PlacedBox(headers[j]);
    const double low = across == 0 ? placed.x1 : placed.y1;
    const double high = across == 0 ? placed.x2 : placed.y2;
    outer = Outer(edge, outer, edge == Edge::kLow ? low : high);
  }
  return outer;
}

}  // namespace

Bounds PlacedBox(const Block& block) {
  Bounds box = block.box;
  box.Translate(block.item.x, block.item.y);
  return box;
}

void LayOutGrid(GridParts* parts) {
  parts->columns = std::max<std::size_t>(1, parts->columns);
  std::array<Axis, 2> axes = {Measure(*parts, 0), Measure(*parts, 1)};
  for (std::size_t side = 0; side < 2; ++side) {
    SetOffsets(*parts, &axes[side]);
    const bool alone = side == 0 ? axes[1].count <= 1 : parts->columns == 1;
    PlaceCells(axes[side], alone, parts);
  }
  Bounds grid;
  for (const Block& cell : parts->cells) grid.Union(PlacedBox(cell));
  if (grid.IsEmpty()) grid = {0, 0, 0, 0};
  // Titles of columns lie above or below, those of rows left or right.
  for (std::size_t side = 0; side < 2; ++side) {
    const double low = PlaceHeaders(side, Edge::kLow, parts);
    const double high = PlaceHeaders(side, Edge::kHigh, parts);
    if (!parts->titles[side]) continue;
    const double offset = parts->title_offset[side];
    const double away = parts->title_at_end[side] ? high + offset : low - offset;
    const double band = parts->title_band[side];
    Item& item = parts->titles[side]->item;
    if (side == 0) {
      item.x = RoundHalfUp(grid.x1 + band * grid.Width());
      item.y = away;
    } else {
      item.x = away;
      item.y = RoundHalfUp(grid.y1 + band * grid.Height());
    }
  }
}

}  // namespace loupe::chart

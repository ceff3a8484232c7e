#include "core/chart/render/terminal_fit.hpp"

#include <algorithm>
#include <cmath>

namespace loupe::chart {
namespace {

constexpr double kPixelsPerRow = 16;
constexpr int kMaxRows = 200;
constexpr int kMaxPlainRows = 30;  // of a plot whose height no bars decide
constexpr int kMaxBarColumns = 12;
constexpr int kMaxSpacedBars = 10;  // more lying bars have no empty rows between them
constexpr double kSame = 0.01;      // pixels

// One side of all bars: where they begin and how long they are.
struct Side {
  std::vector<double> starts;  // distinct, ascending
  double length = 0;           // of the first
  bool is_uniform = true;      // all have that length

  void Add(double start, double size) {
    if (starts.empty()) length = size;
    is_uniform = is_uniform && std::fabs(size - length) < kSame;
    starts.push_back(start);
  }
  void Sort() {
    std::sort(starts.begin(), starts.end());
    const auto is_same = [](double a, double b) { return std::fabs(a - b) < kSame; };
    starts.erase(std::unique(starts.begin(), starts.end(), is_same), starts.end());
  }
  // Least distance between two bars; the length where there is one bar.
  [[nodiscard]] double Step() const {
    double step = 0;
    for (std::size_t i = 1; i < starts.size(); ++i) {
      const double distance = starts[i] - starts[i - 1];
      if (step == 0 || distance < step) step = distance;
    }
    return step > 0 ? step : length;
  }
  // Bars that are a pixel or a twentieth apart touch, as those of a histogram do.
  [[nodiscard]] bool Touches() const { return Step() - length < std::max(1.01, Step() / 20); }
};

BarLayout LayoutOf(const Side& x, const Side& y) {
  if (x.starts.empty()) return BarLayout::kNone;
  if (x.is_uniform && !y.is_uniform) return BarLayout::kColumns;
  if (y.is_uniform && !x.is_uniform) return BarLayout::kRows;
  if (!x.is_uniform) return BarLayout::kNone;
  if (x.starts.size() > 1 && y.starts.size() > 1) return BarLayout::kGrid;
  return y.starts.size() > 1 ? BarLayout::kRows : BarLayout::kColumns;
}

void FitColumns(const Side& x, int most, TerminalPlot* plot, double width) {
  const double step = x.Step();
  const int cells = std::min(static_cast<int>(step * most / width), kMaxBarColumns);
  if (cells < 1) return;  // more bars than columns: they share cells
  plot->across = cells / step;
  plot->columns = std::clamp(static_cast<int>(std::lround(width * plot->across)), 1, most);
  const bool has_gap = cells > 1 && !x.Touches();
  const int bar = static_cast<int>(std::lround(x.length * plot->across));
  plot->bar_columns = has_gap ? std::clamp(bar, 1, cells - 1) : cells;
  plot->gap = has_gap ? cells - plot->bar_columns : 0;
}

void FitRows(const Side& y, TerminalPlot* plot, double height) {
  const double step = y.Step();
  const double bars = height / step;
  if (!(bars <= kMaxRows)) return;
  const int cells = !y.Touches() && bars <= kMaxSpacedBars ? 2 : 1;
  plot->down = cells / step;
  // The last bar needs no empty row behind it.
  plot->rows = std::max(1, static_cast<int>(std::lround(height * plot->down)) - (cells - 1));
  plot->bar_rows = 1;
}

}  // namespace

// A bar that has a row and an empty one behind it has its middle on their border: rounding errors
// of the compiler's must not tip it into the empty row, so a quarter of a row is given away.
int BarRow(double middle) { return static_cast<int>(std::ceil(middle - 0.25)) - 1; }

TerminalPlot FitPlot(const TerminalView& view, int columns) {
  Side x;
  Side y;
  for (const TerminalShape& shape : view.shapes) {
    if (shape.type != MarkType::kRect) continue;
    x.Add(shape.x + shape.item->x, shape.item->width);
    y.Add(shape.y + shape.item->y, shape.item->height);
  }
  x.Sort();
  y.Sort();
  const double width = std::max(view.width, 1.0);
  const double height = std::max(view.height, 1.0);
  TerminalPlot plot;
  plot.columns = std::max(columns, 1);
  plot.rows = std::clamp(static_cast<int>(std::lround(height / kPixelsPerRow)), 1, kMaxPlainRows);
  plot.across = plot.columns / width;
  plot.down = plot.rows / height;
  plot.layout = LayoutOf(x, y);
  if (plot.layout == BarLayout::kColumns || plot.layout == BarLayout::kGrid) {
    FitColumns(x, plot.columns, &plot, width);
  }
  if (plot.layout == BarLayout::kRows || plot.layout == BarLayout::kGrid) {
    FitRows(y, &plot, height);
  }
  return plot;
}

}  // namespace loupe::chart

#include "core/chart/render/terminal_marks.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/utf8.hpp"
#include "core/chart/render/path_flatten.hpp"

namespace loupe::chart {
namespace {

constexpr std::string_view kPoint = "•";
constexpr int kDotsAcross = 2;  // a cell
constexpr int kDotsDown = 4;
constexpr int kEighths = 8;
constexpr std::size_t kFewPoints = 150;  // more are drawn as dots, which do not hide each other
constexpr int kMarkerDistance = 8;       // cells between the markers of a line

class MarkPainter {
 public:
  MarkPainter(const TerminalView& view, const TerminalPlot& plot, const TerminalStyle& style,
              const Context& context)
      : view_(view), plot_(plot), style_(style), context_(context), grid_(plot.columns, plot.rows) {
    points_ = static_cast<std::size_t>(
        std::count_if(view.shapes.begin(), view.shapes.end(),
                      [](const TerminalShape& shape) { return shape.type == MarkType::kSymbol; }));
  }

  CellGrid Paint();

 private:
  void Poll() {
    if (++steps_ % Context::kPollInterval == 0) context_.Poll();
  }
  // Cells, not rounded.
  [[nodiscard]] double Column(double x) const { return x * plot_.across; }
  [[nodiscard]] double Row(double y) const { return y * plot_.down; }
  [[nodiscard]] static int Eighth(double cells, int most);

  void PaintShape(const TerminalShape& shape);
  void PaintBar(const TerminalShape& shape);
  void PaintStandingBar(double left, double top, double right, double bottom, const CellInk& ink);
  void PaintLyingBar(double left, double top, double right, double bottom, const CellInk& ink);
  void PaintFilled(const TerminalShape& shape);
  void FillBetween(const std::vector<Polyline>& outline, int column, const CellInk& ink);
  void PaintLine(const TerminalShape& shape);
  void PaintSegment(PathPoint from, PathPoint to, const std::optional<Color>& color);
  void PaintMarkers(const std::vector<Polyline>& lines, std::string_view marker);
  void PaintPoint(const TerminalShape& shape);
  void PaintRule(const TerminalShape& shape);
  void PaintText(const TerminalShape& shape);
  [[nodiscard]] std::vector<Polyline> Outline(const TerminalShape& shape) const;

  const TerminalView& view_;
  const TerminalPlot& plot_;
  const TerminalStyle& style_;
  const Context& context_;
  CellGrid grid_;
  std::size_t points_ = 0;
  long steps_ = 0;
};

int MarkPainter::Eighth(double cells, int most) {
  const double eighths = std::round(cells * kEighths);
  if (!(eighths > 0)) return 0;  // also what is no number
  return static_cast<int>(std::min(eighths, static_cast<double>(most) * kEighths));
}

CellGrid MarkPainter::Paint() {
  for (const TerminalShape& shape : view_.shapes) {
    if (shape.item->opacity > 0) PaintShape(shape);
  }
  return std::move(grid_);
}

void MarkPainter::PaintShape(const TerminalShape& shape) {
  Poll();
  switch (shape.type) {
    case MarkType::kRect:
      PaintBar(shape);
      break;
    case MarkType::kArea:
    case MarkType::kTrail:
    case MarkType::kPath:
      PaintFilled(shape);
      break;
    case MarkType::kLine:
      PaintLine(shape);
      break;
    case MarkType::kSymbol:
      PaintPoint(shape);
      break;
    case MarkType::kRule:
      PaintRule(shape);
      break;
    case MarkType::kText:
      PaintText(shape);
      break;
    case MarkType::kArc:    // listed beside the plot
    case MarkType::kImage:  // has no cells
    case MarkType::kGroup:
      break;
  }
}

void MarkPainter::PaintBar(const TerminalShape& shape) {
  const Item& item = *shape.item;
  if (item.fill.IsNone() || item.width == 0 || item.height == 0) return;
  const double x1 = shape.x + std::min(item.x, item.x + item.width);
  const double y1 = shape.y + std::min(item.y, item.y + item.height);
  const double left = Column(x1);
  const double top = Row(y1);
  const double right = Column(x1 + std::fabs(item.width));
  const double bottom = Row(y1 + std::fabs(item.height));
  const CellInk ink = style_.InkOf(shape);
  if (plot_.layout == BarLayout::kRows) {
    PaintLyingBar(left, top, right, bottom, ink);
  } else {
    PaintStandingBar(left, top, right, bottom, ink);
  }
}

// A value that is drawn at all shows at least an eighth of a cell.
void MarkPainter::PaintStandingBar(double left, double top, double right, double bottom,
                                   const CellInk& ink) {
  const int before = plot_.gap / 2;  // half of the gap, rounded down, lies before the bar
  const bool is_snapped = plot_.bar_columns > 0;
  const double snapped = (left + right - plot_.bar_columns - plot_.gap) / 2;
  const double begins = is_snapped ? std::round(snapped) + before : std::round(left);
  const int first = static_cast<int>(std::clamp(begins, 0.0, static_cast<double>(grid_.columns())));
  const int width =
      is_snapped ? plot_.bar_columns : std::max(1, static_cast<int>(std::lround(right - left)));
  int from = Eighth(top, grid_.rows());
  int to = Eighth(bottom, grid_.rows());
  if (plot_.layout == BarLayout::kGrid && plot_.bar_rows > 0) {
    from = BarRow((top + bottom) / 2) * kEighths;
    to = from + kEighths;
  }
  if (from == to) from > 0 ? --from : ++to;
  for (int column = first; column < std::min(first + width, grid_.columns()); ++column) {
    Poll();
    grid_.FillColumn(column, from, to, ink);
  }
}

void MarkPainter::PaintLyingBar(double left, double top, double right, double bottom,
                                const CellInk& ink) {
  const int from = Eighth(left, grid_.columns());
  const int to = std::max(from + 1, Eighth(right, grid_.columns()));
  int first = static_cast<int>(std::clamp(top + 0.5, 0.0, static_cast<double>(grid_.rows())));
  int last = static_cast<int>(std::clamp(bottom + 0.5, 0.0, static_cast<double>(grid_.rows())));
  if (plot_.bar_rows > 0) {
    first = BarRow((top + bottom) / 2);
    last = first + plot_.bar_rows;
  }
  for (int row = first; row < std::max(last, first + 1); ++row) grid_.FillRow(row, from, to, ink);
}

// The path in cells.
std::vector<Polyline> MarkPainter::Outline(const TerminalShape& shape) const {
  std::vector<Polyline> lines = FlattenPath(shape.item->path);
  for (Polyline& line : lines) {
    for (PathPoint& point : line) {
      point = {Column(point.x + shape.x + shape.item->x), Row(point.y + shape.y + shape.item->y)};
    }
  }
  return lines;
}

void MarkPainter::PaintFilled(const TerminalShape& shape) {
  if (shape.item->fill.IsNone()) {
    PaintLine(shape);
    return;
  }
  const std::vector<Polyline> outline = Outline(shape);
  const CellInk ink = style_.InkOf(shape);
  for (int column = 0; column < grid_.columns(); ++column) FillBetween(outline, column, ink);
}

// Scan conversion by the even-odd rule along the middle of one column.
void MarkPainter::FillBetween(const std::vector<Polyline>& outline, int column,
                              const CellInk& ink) {
  const double x = column + 0.5;
  std::vector<double> crossings;
  for (const Polyline& line : outline) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      Poll();
      const PathPoint a = line[i];
      const PathPoint b = line[(i + 1) % line.size()];
      if ((a.x <= x) == (b.x <= x)) continue;
      crossings.push_back(a.y + (b.y - a.y) * (x - a.x) / (b.x - a.x));
    }
  }
  std::sort(crossings.begin(), crossings.end());
  for (std::size_t i = 0; i + 1 < crossings.size(); i += 2) {
    const int from = Eighth(crossings[i], grid_.rows());
    const int to = Eighth(crossings[i + 1], grid_.rows());
    grid_.FillColumn(column, from, to, ink);
  }
}

// The part of a segment inside the rectangle from (0, 0) to (width, height), by Liang and Barsky
// (1984). False when none is.
bool Clip(double width, double height, PathPoint* from, PathPoint* to) {
  const double dx = to->x - from->x;
  const double dy = to->y - from->y;
  if (!std::isfinite(dx) || !std::isfinite(dy)) return false;
  double enter = 0;
  double leave = 1;
  const double edges[4][2] = {
      {-dx, from->x}, {dx, width - from->x}, {-dy, from->y}, {dy, height - from->y}};
  for (const auto& [direction, distance] : edges) {
    if (direction == 0) {
      if (distance < 0) return false;
      continue;
    }
    const double t = distance / direction;
    direction < 0 ? enter = std::max(enter, t) : leave = std::min(leave, t);
  }
  if (enter > leave) return false;
  const PathPoint start = *from;
  *from = {start.x + enter * dx, start.y + enter * dy};
  *to = {start.x + leave * dx, start.y + leave * dy};
  return true;
}

void MarkPainter::PaintSegment(PathPoint from, PathPoint to, const std::optional<Color>& color) {
  if (!Clip(grid_.columns(), grid_.rows(), &from, &to)) return;
  const double x = from.x * kDotsAcross;
  const double y = from.y * kDotsDown;
  const double dx = to.x * kDotsAcross - x;
  const double dy = to.y * kDotsDown - y;
  const int steps =
      std::max(1, static_cast<int>(std::ceil(std::max(std::fabs(dx), std::fabs(dy)))));
  for (int i = 0; i <= steps; ++i) {
    Poll();
    const double t = static_cast<double>(i) / steps;
    // The far edges belong to the last dots.
    const int column = std::min(static_cast<int>(x + t * dx), grid_.columns() * kDotsAcross - 1);
    const int row = std::min(static_cast<int>(y + t * dy), grid_.rows() * kDotsDown - 1);
    grid_.PutDot(column, row, color);
  }
}

void MarkPainter::PaintLine(const TerminalShape& shape) {
  const std::vector<Polyline> lines = Outline(shape);
  const std::optional<Color> color = style_.PenOf(shape);
  for (const Polyline& line : lines) {
    for (std::size_t i = 1; i < line.size(); ++i) PaintSegment(line[i - 1], line[i], color);
  }
  const std::string_view marker = style_.MarkerOf(shape);
  if (!marker.empty()) PaintMarkers(lines, marker);
}

// Markers on the vertices, but not closer than kMarkerDistance.
void MarkPainter::PaintMarkers(const std::vector<Polyline>& lines, std::string_view marker) {
  double last = -kMarkerDistance;
  for (const Polyline& line : lines) {
    for (const PathPoint& point : line) {
      if (std::fabs(point.x - last) < kMarkerDistance) continue;
      if (!(point.x >= 0 && point.x <= grid_.columns() && point.y >= 0 &&
            point.y <= grid_.rows())) {
        continue;
      }
      last = point.x;
      grid_.PutGlyph(std::min(static_cast<int>(point.x), grid_.columns() - 1),
                     std::min(static_cast<int>(point.y), grid_.rows() - 1), marker, {});
    }
  }
}

void MarkPainter::PaintPoint(const TerminalShape& shape) {
  const double x = Column(shape.x + shape.item->x);
  const double y = Row(shape.y + shape.item->y);
  if (!(x >= 0 && x <= grid_.columns() && y >= 0 && y <= grid_.rows())) return;
  const std::string_view marker = style_.MarkerOf(shape);
  if (marker.empty() && points_ > kFewPoints) {
    PaintSegment({x, y}, {x, y}, style_.PenOf(shape));
    return;
  }
  grid_.PutGlyph(std::min(static_cast<int>(x), grid_.columns() - 1),
                 std::min(static_cast<int>(y), grid_.rows() - 1), marker.empty() ? kPoint : marker,
                 style_.PenOf(shape));
}

void MarkPainter::PaintRule(const TerminalShape& shape) {
  const Item& item = *shape.item;
  PaintSegment({Column(shape.x + item.x), Row(shape.y + item.y)},
               {Column(shape.x + item.x2), Row(shape.y + item.y2)}, style_.PenOf(shape));
}

void MarkPainter::PaintText(const TerminalShape& shape) {
  const Item& item = *shape.item;
  double row = std::floor(Row(shape.y + item.y + item.dy));
  for (const std::string& line : item.text) {
    const int width = DisplayWidth(line);
    double column = Column(shape.x + item.x + item.dx);
    if (item.align == TextAlign::kCenter) column -= width / 2.0;
    if (item.align == TextAlign::kRight) column -= width;
    if (std::fabs(column) > kMaxTerminalColumns || !(row >= 0 && row <= grid_.rows())) return;
    // A text on the lower edge stands on the last row.
    grid_.PutText(static_cast<int>(std::lround(column)),
                  std::min(static_cast<int>(row), grid_.rows() - 1), line, style_.PenOf(shape));
    row += 1;
  }
}

}  // namespace

CellGrid DrawMarks(const TerminalView& view, const TerminalPlot& plot, const TerminalStyle& style,
                   const Context& context) {
  return MarkPainter(view, plot, style, context).Paint();
}

}  // namespace loupe::chart

#include "core/chart/render/terminal.hpp"

#include <algorithm>
#include <cmath>

#include "core/base/utf8.hpp"
#include "core/chart/render/cell_grid.hpp"
#include "core/chart/render/terminal_fit.hpp"
#include "core/chart/render/terminal_marks.hpp"
#include "core/chart/render/terminal_share.hpp"
#include "core/chart/render/terminal_style.hpp"
#include "core/chart/render/terminal_view.hpp"

namespace loupe::chart {
namespace {

constexpr int kCellWidth = 8;  // pixels at which charts are compiled for the terminal
constexpr int kCellHeight = 16;
constexpr int kAxisColumns = 12;  // what labels of a usual axis take
constexpr int kPlotRows = 15;
constexpr int kMaxLabelColumns = 24;
constexpr int kMaxLabelRows = 3;  // of labels that do not fit side by side

const TerminalAxis* FindAxis(const TerminalView& view, AxisSide side) {
  for (const TerminalAxis& axis : view.axes) {
    if (axis.side == side) return &axis;
  }
  return nullptr;
}

int LabelColumns(const TerminalAxis* axis, int columns) {
  if (axis == nullptr) return 0;
  int width = 0;
  for (const TerminalTick& tick : axis->ticks) width = std::max(width, DisplayWidth(tick.label));
  return std::min({width, kMaxLabelColumns, columns / 3});
}

void AppendLines(const CellGrid& grid, std::string* out) {
  for (const std::string& line : grid.Lines()) *out += line + "\n";
}

// One label below or above the plot: the cells it takes, in the plot's columns.
struct PlacedLabel {
  int column = 0;
  int width = 0;
  int row = 0;
  std::string text;
};

class ViewDrawing {
 public:
  ViewDrawing(const TerminalView& view, const TerminalOptions& options, int columns,
              const Context& context)
      : view_(view),
        columns_(columns),
        style_(view, options.colors),
        left_(FindAxis(view, AxisSide::kLeft)),
        right_(FindAxis(view, AxisSide::kRight)),
        left_labels_(LabelColumns(left_, columns)),
        right_labels_(LabelColumns(right_, columns)),
        plot_(FitPlot(view, PlotColumns())),
        context_(context) {}

  std::string Draw() const;

 private:
  [[nodiscard]] int PlotColumns() const {
    return columns_ - PlotColumn() - (right_ == nullptr ? 0 : right_labels_ + 2);
  }
  // Labels, a blank, the axis line.
  [[nodiscard]] int PlotColumn() const { return left_ == nullptr ? 0 : left_labels_ + 2; }
  [[nodiscard]] int RowOf(double position) const;
  [[nodiscard]] double ColumnOf(double position) const;

  void AppendText(const std::string& text, std::string* out) const;
  void AppendLegend(std::string* out) const;
  void AppendPlot(std::string* out) const;
  void AppendHorizontalAxis(const TerminalAxis& axis, std::string* out) const;
  void AppendAxisTitle(const TerminalAxis& axis, std::string* out) const;
  void PutVerticalAxis(const TerminalAxis& axis, CellGrid* grid) const;
  void PutAxisLine(CellGrid* grid) const;
  [[nodiscard]] bool HasBaseline() const {
    return left_ != nullptr || FindAxis(view_, AxisSide::kBottom) != nullptr;
  }
  [[nodiscard]] std::vector<PlacedLabel> PlaceLabels(const TerminalAxis& axis) const;
  [[nodiscard]] std::vector<PlacedLabel> LabelsAt(const TerminalAxis& axis, int widest) const;
  [[nodiscard]] bool IsDiscrete(const TerminalAxis& axis) const;

  const TerminalView& view_;
  int columns_;
  TerminalStyle style_;
  const TerminalAxis* left_;
  const TerminalAxis* right_;
  int left_labels_;
  int right_labels_;
  TerminalPlot plot_;
  const Context& context_;
};

// Labels of lying bars stand in the bar's row; values stand at the nearest edge between two rows,
// the lowest of them at the axis line.
int ViewDrawing::RowOf(double position) const {
  const double row = position * plot_.down;
  if (!std::isfinite(row)) return -1;
  if (plot_.layout == BarLayout::kRows || plot_.layout == BarLayout::kGrid) {
    return std::clamp(BarRow(std::clamp(row, 0.0, 1e6)), 0, plot_.rows - 1);
  }
  return static_cast<int>(std::clamp(std::round(row), -1.0, static_cast<double>(plot_.rows)));
}

// The middle of a label, in cells of the plot; above bars rather than above bar and gap.
double ViewDrawing::ColumnOf(double position) const {
  const int before = plot_.gap / 2;  // cells of the gap, rounded down
  const double column = position * plot_.across - plot_.gap / 2.0 + before;
  return std::isfinite(column) ? std::clamp(column, -1.0, plot_.columns + 1.0) : -1;
}

void ViewDrawing::AppendText(const std::string& text, std::string* out) const {
  if (text.empty()) return;
  CellGrid line(columns_, 1);
  line.PutText(0, 0, CutToCells(text, columns_));
  AppendLines(line, out);
}

void ViewDrawing::AppendLegend(std::string* out) const {
  const std::vector<LegendSpan> spans = style_.LegendSpans(columns_);
  if (spans.empty()) return;
  CellGrid grid(columns_, spans.back().line + 1);
  for (const LegendSpan& span : spans) {
    grid.PutText(span.column, span.line, CutToCells(span.text, columns_ - span.column), span.color);
  }
  AppendLines(grid, out);
}

// Equal steps between labels, as many as there are standing bars.
bool ViewDrawing::IsDiscrete(const TerminalAxis& axis) const {
  return plot_.bar_columns > 0 && axis.ticks.size() > 1 &&
         std::fabs((axis.ticks[1].position - axis.ticks[0].position) * plot_.across -
                   (plot_.bar_columns + plot_.gap)) < 0.01;
}

std::vector<PlacedLabel> ViewDrawing::LabelsAt(const TerminalAxis& axis, int widest) const {
  std::vector<PlacedLabel> labels;
  for (const TerminalTick& tick : axis.ticks) {
    PlacedLabel label;
    label.text = CutToCells(tick.label, widest);
    label.width = DisplayWidth(label.text);
    const int before = (label.width - 1) / 2;  // cells left of the middle one
    const double column = std::floor(ColumnOf(tick.position)) - before;
    // Labels may reach into the margin on the left, and must end within the line.
    const double most = columns_ - PlotColumn() - label.width;
    label.column = static_cast<int>(std::clamp(column, std::min(-1.0 * PlotColumn(), most), most));
    labels.push_back(std::move(label));
  }
  return labels;
}

// Deals labels to `rows` rows in turn; false when two in a row touch.
bool Deal(int rows, std::vector<PlacedLabel>* labels) {
  std::vector<int> ends(static_cast<std::size_t>(rows), -kMaxTerminalColumns);
  for (std::size_t i = 0; i < labels->size(); ++i) {
    PlacedLabel& label = (*labels)[i];
    label.row = static_cast<int>(i) % rows;
    int& end = ends[static_cast<std::size_t>(label.row)];
    if (label.column < end + 1) return false;
    end = label.column + label.width;
  }
  return true;
}

// Names of bars all matter: they go to several rows, then lose their ends. Values along a line can
// be read off between others: every second, third … of them is kept.
std::vector<PlacedLabel> ViewDrawing::PlaceLabels(const TerminalAxis& axis) const {
  if (IsDiscrete(axis)) {
    for (int rows = 1; rows <= kMaxLabelRows; ++rows) {
      std::vector<PlacedLabel> labels = LabelsAt(axis, kMaxLabelColumns);
      if (Deal(rows, &labels)) return labels;
    }
    const int step = static_cast<int>(plot_.bar_columns + plot_.gap);
    std::vector<PlacedLabel> labels = LabelsAt(axis, std::max(1, step * kMaxLabelRows - 1));
    if (step > 1 && Deal(kMaxLabelRows, &labels)) return labels;
  }
  const std::vector<PlacedLabel> all = LabelsAt(axis, kMaxLabelColumns);
  for (std::size_t every = 1; every <= all.size(); ++every) {
    std::vector<PlacedLabel> labels;
    for (std::size_t i = 0; i < all.size(); i += every) labels.push_back(all[i]);
    if (Deal(1, &labels)) return labels;
  }
  return {};
}

void ViewDrawing::PutVerticalAxis(const TerminalAxis& axis, CellGrid* grid) const {
  const bool is_left = axis.side == AxisSide::kLeft;
  const int line = is_left ? PlotColumn() - 1 : PlotColumn() + plot_.columns;
  for (int row = 0; row < plot_.rows; ++row) grid->PutGlyph(line, row, "│", {});
  int last = -2;
  for (const TerminalTick& tick : axis.ticks) {
    const int row = RowOf(tick.position);
    if (row < 0 || row <= last || tick.label.empty()) continue;
    last = row;
    const std::string label = CutToCells(tick.label, is_left ? left_labels_ : right_labels_);
    const int column = is_left ? left_labels_ - DisplayWidth(label) : line + 2;
    grid->PutText(column, row, label);
    if (row < plot_.rows) grid->PutGlyph(line, row, is_left ? "┤" : "├", {});
  }
}

void ViewDrawing::PutAxisLine(CellGrid* grid) const {
  for (int column = 0; column < plot_.columns; ++column) {
    grid->PutGlyph(PlotColumn() + column, plot_.rows, "─", {});
  }
  if (left_ != nullptr) grid->PutGlyph(PlotColumn() - 1, plot_.rows, "└", {});
  if (right_ != nullptr) grid->PutGlyph(PlotColumn() + plot_.columns, plot_.rows, "┘", {});
  const TerminalAxis* bottom = FindAxis(view_, AxisSide::kBottom);
  if (bottom == nullptr) return;
  for (const TerminalTick& tick : bottom->ticks) {
    const int column = std::min(static_cast<int>(ColumnOf(tick.position)), plot_.columns - 1);
    if (column >= 0) grid->PutGlyph(PlotColumn() + column, plot_.rows, "┬", {});
  }
}

void ViewDrawing::AppendPlot(std::string* out) const {
  CellGrid frame(columns_, plot_.rows + (HasBaseline() ? 1 : 0));
  if (HasBaseline()) PutAxisLine(&frame);
  if (left_ != nullptr) PutVerticalAxis(*left_, &frame);
  if (right_ != nullptr) PutVerticalAxis(*right_, &frame);
  frame.Overlay(PlotColumn(), DrawMarks(view_, plot_, style_, context_));
  AppendLines(frame, out);
}

void ViewDrawing::AppendHorizontalAxis(const TerminalAxis& axis, std::string* out) const {
  const std::vector<PlacedLabel> labels = PlaceLabels(axis);
  int rows = 0;
  for (const PlacedLabel& label : labels) rows = std::max(rows, label.row + 1);
  CellGrid grid(columns_, rows);
  for (const PlacedLabel& label : labels) {
    grid.PutText(PlotColumn() + label.column, label.row, label.text);
  }
  AppendLines(grid, out);
}

void ViewDrawing::AppendAxisTitle(const TerminalAxis& axis, std::string* out) const {
  if (axis.title.empty()) return;
  CellGrid grid(columns_, 1);
  const std::string title = CutToCells(axis.title, columns_);
  const int width = DisplayWidth(title);
  const int middle = PlotColumn() + (plot_.columns - width) / 2;
  grid.PutText(std::clamp(middle, 0, columns_ - width), 0, title);
  AppendLines(grid, out);
}

std::string ViewDrawing::Draw() const {
  std::string out;
  for (const std::string& title : view_.titles) AppendText(title, &out);
  if (HasArcs(view_)) return out + DrawShares(view_, style_, columns_, context_);
  AppendLegend(&out);
  if (left_ != nullptr) AppendText(left_->title, &out);
  if (right_ != nullptr && left_ == nullptr) AppendText(right_->title, &out);
  const TerminalAxis* top = FindAxis(view_, AxisSide::kTop);
  if (top != nullptr) {
    AppendAxisTitle(*top, &out);
    AppendHorizontalAxis(*top, &out);
  }
  if (view_.axes.empty() && view_.shapes.empty()) return out;
  if (view_.shapes.empty()) return out + "(no data)\n";
  AppendPlot(&out);
  if (const TerminalAxis* bottom = FindAxis(view_, AxisSide::kBottom)) {
    AppendHorizontalAxis(*bottom, &out);
    AppendAxisTitle(*bottom, &out);
  }
  return out;
}

int ColumnsOf(const TerminalOptions& options) {
  return std::clamp(options.columns, kMinTerminalColumns, kMaxTerminalColumns);
}

}  // namespace

std::pair<double, double> TerminalPlotSize(const TerminalOptions& options) {
  const int columns = std::max(ColumnsOf(options) - kAxisColumns, kAxisColumns);
  return {static_cast<double>(columns * kCellWidth), static_cast<double>(kPlotRows * kCellHeight)};
}

std::string RenderText(const Scene& scene, const TerminalOptions& options, const Context& context) {
  std::string text;
  for (const TerminalView& view : FindTerminalViews(scene)) {
    if (!text.empty()) text += '\n';
    text += ViewDrawing(view, options, ColumnsOf(options), context).Draw();
  }
  return text;
}

}  // namespace loupe::chart

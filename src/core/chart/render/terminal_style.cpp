#include "core/chart/render/terminal_style.hpp"

#include <algorithm>

#include "core/base/utf8.hpp"

namespace loupe::chart {
namespace {

constexpr std::string_view kPatterns[] = {"█", "░", "▓", "▒", "▚", "▤", "▥", "▦", "▧", "▨"};
constexpr std::string_view kMarkers[] = {"●", "○", "▲", "△", "■", "□", "◆", "◇", "▼", "▽"};
constexpr std::string_view kShades[] = {"░", "▒", "▓", "█"};
constexpr std::size_t kMostSeries = 24;  // more colours are a scale

double Brightness(const Color& color) {
  return 0.299 * color.red + 0.587 * color.green + 0.114 * color.blue;
}

bool IsFilledMark(MarkType type) {
  return type == MarkType::kRect || type == MarkType::kArea || type == MarkType::kArc;
}

// Sets legend entries one after the other; a line begins where the next entry does not fit.
class LegendFlow {
 public:
  explicit LegendFlow(int columns) : columns_(columns) {}

  void Begin(const std::string& title) {
    if (column_ > 0) Break();
    column_ = 0;
    if (!title.empty()) Put(title + ": ", {});
    starts_line_ = true;
  }
  // `spans` stay together; their columns count from the entry's first cell.
  void Add(const std::vector<LegendSpan>& spans) {
    int width = 0;
    for (const LegendSpan& span : spans) width += DisplayWidth(span.text);
    if (!starts_line_ && column_ + kGap + width > columns_) Break();
    if (!starts_line_) column_ += kGap;
    for (const LegendSpan& span : spans) Put(span.text, span.color);
    starts_line_ = false;
  }
  std::vector<LegendSpan> Take() { return std::move(spans_); }

 private:
  static constexpr int kGap = 3;
  static constexpr int kIndent = 2;

  void Put(const std::string& text, const std::optional<Color>& color) {
    spans_.push_back({line_, column_, text, color});
    column_ += DisplayWidth(text);
  }
  void Break() {
    ++line_;
    column_ = kIndent;
    starts_line_ = true;
  }

  int columns_;
  int line_ = 0;
  int column_ = 0;
  bool starts_line_ = true;
  std::vector<LegendSpan> spans_;
};

}  // namespace

TerminalStyle::TerminalStyle(const TerminalView& view, TerminalColors colors)
    : view_(view), has_colors_(colors == TerminalColors::kAnsi) {
  for (const TerminalLegend& legend : view.legends) {
    is_scale_ = is_scale_ || legend.is_gradient;
    for (const TerminalLegendEntry& entry : legend.entries) AddSeries(entry.color);
  }
  for (const TerminalShape& shape : view.shapes) {
    is_filled_ = is_filled_ || IsFilledMark(shape.type);
    const std::optional<Color> color = ShapeColor(shape);
    if (shape.type == MarkType::kText || !color) continue;
    AddSeries(color);
    darkest_ = std::min(darkest_, Brightness(*color));
    brightest_ = std::max(brightest_, Brightness(*color));
  }
  is_scale_ = is_scale_ || series_.size() > kMostSeries;
}

void TerminalStyle::AddSeries(const std::optional<Color>& color) {
  if (!color || series_.size() > kMostSeries) return;
  if (std::find(series_.begin(), series_.end(), *color) == series_.end()) {
    series_.push_back(*color);
  }
}

std::size_t TerminalStyle::SeriesOf(const Color& color) const {
  const auto found = std::find(series_.begin(), series_.end(), color);
  return found == series_.end() ? 0 : static_cast<std::size_t>(found - series_.begin());
}

CellInk TerminalStyle::InkOf(const Color& color) const {
  if (has_colors_) return {"█", color};
  if (!is_scale_) return {std::string(kPatterns[SeriesOf(color) % std::size(kPatterns)]), {}};
  const double range = brightest_ - darkest_;
  const double darkness = range > 0 ? (brightest_ - Brightness(color)) / range : 1;
  const auto shade = static_cast<std::size_t>(darkness * static_cast<double>(std::size(kShades)));
  return {std::string(kShades[std::min(shade, std::size(kShades) - 1)]), {}};
}

CellInk TerminalStyle::InkOf(const TerminalShape& shape) const {
  const std::optional<Color> color = ShapeColor(shape);
  return color ? InkOf(*color) : CellInk();
}

std::optional<Color> TerminalStyle::PenOf(const TerminalShape& shape) const {
  return has_colors_ ? ShapeColor(shape) : std::nullopt;
}

std::string_view TerminalStyle::MarkerOf(const TerminalShape& shape) const {
  if (has_colors_ || is_scale_ || series_.size() < 2) return {};
  const std::optional<Color> color = ShapeColor(shape);
  return kMarkers[(color ? SeriesOf(*color) : 0) % std::size(kMarkers)];
}

// A continuous scale from its first label to its last: in its colours, else in shades.
std::vector<LegendSpan> TerminalStyle::Ramp(const TerminalLegend& legend) const {
  std::vector<LegendSpan> spans = {{0, 0, legend.entries.front().label + " ", {}}};
  if (has_colors_) {
    for (const Color& color : legend.ramp) spans.push_back({0, 0, "█", color});
  } else {
    for (const std::string_view shade : kShades) spans.push_back({0, 0, std::string(shade), {}});
  }
  spans.push_back({0, 0, " " + legend.entries.back().label, {}});
  return spans;
}

std::vector<LegendSpan> TerminalStyle::LegendSpans(int columns) const {
  LegendFlow flow(columns);
  for (const TerminalLegend& legend : view_.legends) {
    if (legend.is_gradient && !legend.entries.empty()) {
      flow.Begin(legend.title);
      flow.Add(Ramp(legend));
      continue;
    }
    bool is_begun = false;
    for (const TerminalLegendEntry& entry : legend.entries) {
      if (!entry.color) continue;
      if (!is_begun) flow.Begin(legend.title);
      is_begun = true;
      const std::size_t series = SeriesOf(*entry.color);
      std::string key = is_filled_ ? InkOf(*entry.color).pattern
                                   : std::string(kMarkers[series % std::size(kMarkers)]);
      if (has_colors_) key = "■";
      flow.Add(
          {{0, 0, key, has_colors_ ? entry.color : std::nullopt}, {0, 0, " " + entry.label, {}}});
    }
  }
  return flow.Take();
}

}  // namespace loupe::chart

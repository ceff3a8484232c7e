// TerminalStyle: how the series of a view look in cells.
//
// Each distinct colour of the picture is a series, in the order of the legend, then of appearance.
// With colours each keeps its own; without, filled shapes take patterns and lines markers:
//
//   █ sun   ░ fog   ▓ rain          ● AAPL   ○ IBM   ▲ MSFT
//
// Many colours (a heat map) are a scale, not series: then the darker the colour, the denser the
// pattern.
//
// Tested by test/unit/chart_render_terminal_style_test.cpp.
#ifndef LOUPE_CORE_CHART_RENDER_TERMINAL_STYLE_HPP
#define LOUPE_CORE_CHART_RENDER_TERMINAL_STYLE_HPP

#include <string_view>
#include <vector>

#include "core/chart/render/cell_grid.hpp"
#include "core/chart/render/terminal_view.hpp"

namespace loupe::chart {

// A piece of the legend's text and its place from the legend's top left cell.
struct LegendSpan {
  int line = 0;
  int column = 0;
  std::string text;
  std::optional<Color> color;
};

class TerminalStyle {
 public:
  TerminalStyle(const TerminalView& view, TerminalColors colors);

  [[nodiscard]] bool HasColors() const { return has_colors_; }
  // Of a filled shape.
  [[nodiscard]] CellInk InkOf(const TerminalShape& shape) const;
  [[nodiscard]] CellInk InkOf(const Color& color) const;
  // Of a line or point; unset without colours.
  [[nodiscard]] std::optional<Color> PenOf(const TerminalShape& shape) const;
  // Tells the points and lines of a series apart; empty when one glance at the colour does, or when
  // there is one series.
  [[nodiscard]] std::string_view MarkerOf(const TerminalShape& shape) const;

  // The legends in lines of at most `columns` cells: "weather: █ sun  ░ fog". Entries that colour
  // does not tell apart are left out.
  [[nodiscard]] std::vector<LegendSpan> LegendSpans(int columns) const;

 private:
  [[nodiscard]] std::size_t SeriesOf(const Color& color) const;
  [[nodiscard]] std::vector<LegendSpan> Ramp(const TerminalLegend& legend) const;
  void AddSeries(const std::optional<Color>& color);

  const TerminalView& view_;
  bool has_colors_;
  bool is_filled_ = false;  // some shape is an area, bar or sector
  bool is_scale_ = false;   // colours are degrees of one quantity
  double darkest_ = 255;    // brightness, of all shapes
  double brightest_ = 0;
  std::vector<Color> series_;
};

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_RENDER_TERMINAL_STYLE_HPP

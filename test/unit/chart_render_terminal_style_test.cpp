#include "core/chart/render/terminal_style.hpp"

#include <gtest/gtest.h>

#include "chart_render_scene.hpp"

namespace loupe::chart {
namespace {

// Legend spans as they will stand in the terminal, without colours.
std::string TextOf(const std::vector<LegendSpan>& spans) {
  CellGrid grid(100, spans.empty() ? 0 : spans.back().line + 1);
  for (const LegendSpan& span : spans) grid.PutText(span.column, span.line, span.text);
  std::string text;
  for (const std::string& line : grid.Lines()) text += (text.empty() ? "" : "\n") + line;
  return text;
}

// A view of one rectangle a grey value; the items live in `items`.
TerminalView Greys(const std::vector<int>& values, std::vector<Item>* items) {
  items->clear();
  items->reserve(values.size());
  TerminalView view;
  for (const int value : values) {
    const auto grey = static_cast<std::uint8_t>(value);
    items->push_back(Box(0, 0, 1, 1, Solid(grey, grey, grey)));
    view.shapes.push_back({MarkType::kRect, &items->back(), 0, 0});
  }
  return view;
}

TerminalLegend Continuous() {
  TerminalLegend legend;
  legend.title = "heat";
  legend.is_gradient = true;
  legend.entries = {{"0", {}}, {"50", {}}, {"100", {}}};
  legend.ramp = {{250, 250, 250, 1}, {10, 10, 10, 1}};
  return legend;
}

TEST(TerminalStyle, ShadesAScaleFromBrightToDark) {
  std::vector<Item> items;
  TerminalView view = Greys({250, 170, 90, 10}, &items);
  view.legends = {Continuous()};
  const TerminalStyle style(view, TerminalColors::kNone);
  std::string row;
  for (const TerminalShape& shape : view.shapes) row += style.InkOf(shape).pattern;
  EXPECT_EQ(row, "░▒▓█");
  EXPECT_TRUE(style.MarkerOf(view.shapes[0]).empty());
  EXPECT_EQ(TextOf(style.LegendSpans(40)), "heat: 0 ░▒▓█ 100");
}

TEST(TerminalStyle, DrawsAScaleInItsColors) {
  std::vector<Item> items;
  TerminalView view = Greys({250, 10}, &items);
  view.legends = {Continuous()};
  const TerminalStyle style(view, TerminalColors::kAnsi);
  EXPECT_EQ(style.InkOf(view.shapes[1]).color->red, 10);
  const std::vector<LegendSpan> spans = style.LegendSpans(40);
  EXPECT_EQ(TextOf(spans), "heat: 0 ██ 100");
  EXPECT_EQ(spans[3].color->red, 10);
}

TEST(TerminalStyle, TakesManyColorsForAScale) {
  std::vector<int> values(30);
  for (int i = 0; i < 30; ++i) values[static_cast<std::size_t>(i)] = i * 8;
  std::vector<Item> items;
  const TerminalView view = Greys(values, &items);
  const TerminalStyle style(view, TerminalColors::kNone);
  EXPECT_EQ(style.InkOf(view.shapes.front()).pattern, "█");
  EXPECT_EQ(style.InkOf(view.shapes.back()).pattern, "░");
}

TEST(TerminalStyle, ShadesOneColorSolid) {
  std::vector<Item> items;
  TerminalView view = Greys({200, 200}, &items);
  view.legends = {Continuous()};
  EXPECT_EQ(TerminalStyle(view, TerminalColors::kNone).InkOf(view.shapes[0]).pattern, "█");
}

TEST(TerminalStyle, BreaksLegendsBetweenEntries) {
  std::vector<Item> items;
  TerminalView view = Greys({1, 2, 3}, &items);
  TerminalLegend legend;
  legend.title = "kind";
  for (int i = 1; i <= 3; ++i) {
    const auto grey = static_cast<std::uint8_t>(i);
    legend.entries.push_back({"number " + std::to_string(i), Color{grey, grey, grey, 1}});
  }
  TerminalLegend sizes;
  sizes.title = "size";
  sizes.entries = {{"10", {}}, {"20", {}}};
  view.legends = {legend, sizes};
  const TerminalStyle style(view, TerminalColors::kNone);
  EXPECT_EQ(TextOf(style.LegendSpans(32)), "kind: █ number 1   ░ number 2\n  ▓ number 3");
  EXPECT_EQ(TextOf(style.LegendSpans(80)), "kind: █ number 1   ░ number 2   ▓ number 3");
}

TEST(TerminalStyle, BeginsEachLegendOnItsOwnLine) {
  std::vector<Item> items;
  TerminalView view = Greys({1, 2}, &items);
  TerminalLegend legend;
  legend.entries = {{"a", Color{1, 1, 1, 1}}, {"b", Color{2, 2, 2, 1}}};
  view.legends = {legend, legend};
  const auto spans = TerminalStyle(view, TerminalColors::kNone).LegendSpans(80);
  EXPECT_EQ(TextOf(spans), "█ a   ░ b\n█ a   ░ b");
}

TEST(TerminalStyle, PaintsShapesWithoutColorSolid) {
  const Item item;
  TerminalView view;
  view.shapes = {{MarkType::kRect, &item, 0, 0}};
  const TerminalStyle style(view, TerminalColors::kAnsi);
  EXPECT_EQ(style.InkOf(view.shapes[0]), CellInk());
  EXPECT_FALSE(style.PenOf(view.shapes[0]));
}

}  // namespace
}  // namespace loupe::chart

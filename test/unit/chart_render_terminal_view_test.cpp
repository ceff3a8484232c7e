#include "core/chart/render/terminal_view.hpp"

#include <gtest/gtest.h>

#include "chart_render_scene.hpp"

namespace loupe::chart {
namespace {

Mark Texts(const std::string& role, std::vector<Item> items) {
  Mark mark;
  mark.type = MarkType::kText;
  mark.role = role;
  mark.items = std::move(items);
  return mark;
}

Mark Group(const std::string& role, double x, double y, std::vector<Mark> marks) {
  Mark mark;
  mark.role = role;
  Item item;
  item.x = x;
  item.y = y;
  item.marks = std::move(marks);
  mark.items = {item};
  return mark;
}

Item Text(const std::string& text, double x = 0, double y = 0) {
  Item item;
  item.text = {text};
  item.x = x;
  item.y = y;
  return item;
}

Scene WithGuides(std::vector<Mark> guides) {
  Scene scene = TwoBars();
  for (Mark& guide : guides) scene.root.items[0].marks.push_back(std::move(guide));
  return scene;
}

TEST(FindTerminalViews, KeepsMarksButNotGuidesAsShapes) {
  const Scene scene = TwoBars();
  const auto views = FindTerminalViews(scene);
  ASSERT_EQ(views.size(), 1U);
  EXPECT_EQ(views[0].shapes.size(), 2U);
  EXPECT_EQ(views[0].width, 100);
}

TEST(FindTerminalViews, TellsTheSideOfAnAxisByItsLabels) {
  const auto side = [](TextAlign align, TextBaseline baseline, double y, double angle) {
    Item label = Text("1", 0, y);
    label.align = align;
    label.baseline = baseline;
    label.angle = angle;
    const Scene scene = WithGuides({Group("axis", 0, 0, {Texts("axis-label", {label})})});
    return FindTerminalViews(scene)[0].axes.at(0).side;
  };
  EXPECT_EQ(side(TextAlign::kRight, TextBaseline::kMiddle, 5, 0), AxisSide::kLeft);
  EXPECT_EQ(side(TextAlign::kLeft, TextBaseline::kMiddle, 5, 0), AxisSide::kRight);
  EXPECT_EQ(side(TextAlign::kCenter, TextBaseline::kTop, 7, 0), AxisSide::kBottom);
  EXPECT_EQ(side(TextAlign::kRight, TextBaseline::kMiddle, 7, 270), AxisSide::kBottom);
  EXPECT_EQ(side(TextAlign::kCenter, TextBaseline::kBottom, -7, 0), AxisSide::kTop);
}

TEST(FindTerminalViews, SortsTicksAndLeavesHiddenLabelsAway) {
  Item hidden = Text("hidden", 1);
  hidden.opacity = 0;
  const Scene scene = WithGuides({Group("axis", 10, 80,
                                        {Texts("axis-label", {Text("b", 20), hidden, Text("a", 5)}),
                                         Texts("axis-title", {Text("size")})})});
  const TerminalAxis axis = FindTerminalViews(scene)[0].axes.at(0);
  ASSERT_EQ(axis.ticks.size(), 2U);
  EXPECT_EQ(axis.ticks[0].label, "a");
  EXPECT_EQ(axis.ticks[0].position, 15) << "in the view, not in the axis";
  EXPECT_EQ(axis.title, "size");
}

TEST(FindTerminalViews, LeavesAxesWithoutLabelsAway) {
  const Scene scene = WithGuides({Group("axis", 0, 0, {})});
  EXPECT_TRUE(FindTerminalViews(scene)[0].axes.empty());
}

TEST(FindTerminalViews, PairsLegendLabelsWithTheirColors) {
  Mark symbols;
  symbols.type = MarkType::kSymbol;
  symbols.role = "legend-symbol";
  symbols.items = {Box(0, 0, 1, 1, Solid(1, 2, 3)), Box(0, 0, 1, 1, Paint())};
  symbols.items[1].stroke = Solid(4, 5, 6);
  const Scene scene = WithGuides(
      {Group("legend", 0, 0, {symbols, Texts("legend-label", {Text("a"), Text("b"), Text("c")})})});
  const TerminalLegend legend = FindTerminalViews(scene)[0].legends.at(0);
  ASSERT_EQ(legend.entries.size(), 3U);
  EXPECT_EQ(legend.entries[0].color->red, 1);
  EXPECT_EQ(legend.entries[1].color->red, 4);
  EXPECT_FALSE(legend.entries[2].color);
}

TEST(FindTerminalViews, ForgetsColorsThatTellNothingApart) {
  Mark symbols;
  symbols.type = MarkType::kSymbol;
  symbols.role = "legend-symbol";
  symbols.items = {Box(0, 0, 1, 1, Solid(1, 2, 3)), Box(0, 0, 2, 2, Solid(1, 2, 3))};
  const Scene scene = WithGuides(
      {Group("legend", 0, 0, {symbols, Texts("legend-label", {Text("10"), Text("20")})})});
  EXPECT_FALSE(FindTerminalViews(scene)[0].legends.at(0).entries[0].color);
}

TEST(FindTerminalViews, ReadsTheRampOfAContinuousLegend) {
  Mark ramp;
  ramp.type = MarkType::kRect;
  ramp.role = "legend-gradient";
  Paint paint;
  paint.gradient = Gradient{0, 1, 0, 0, {{0, {1, 1, 1, 1}}, {1, {9, 9, 9, 1}}}};
  ramp.items = {Box(0, 0, 10, 100, paint), Box(0, 0, 10, 10, Solid(7, 7, 7))};
  const Scene scene = WithGuides({Group("legend", 0, 0, {ramp})});
  const TerminalLegend legend = FindTerminalViews(scene)[0].legends.at(0);
  EXPECT_TRUE(legend.is_gradient);
  EXPECT_EQ(legend.ramp.size(), 3U);
}

TEST(FindTerminalViews, GivesOutsideTitlesToTheFirstView) {
  Scene scene = TwoBars();
  const Item view = scene.root.items[0];
  Mark cells;
  cells.role = "scope";
  cells.items = {view, view};
  Mark title = Group("title", 0, 0, {Texts("title-text", {Text("Both")})});
  scene.root.items[0].marks = {title, cells};
  const auto views = FindTerminalViews(scene);
  ASSERT_EQ(views.size(), 2U);
  EXPECT_EQ(views[0].titles, std::vector<std::string>{"Both"});
  EXPECT_TRUE(views[1].titles.empty());
}

TEST(FindTerminalViews, StopsAtItsDepth) {
  Scene scene = TwoBars();
  Mark inner = scene.root.items[0].marks[0];
  for (int i = 0; i < 100; ++i) inner = Group("scope", 1, 1, {inner});
  scene.root.items[0].marks = {inner};
  EXPECT_TRUE(FindTerminalViews(scene)[0].shapes.empty());
}

}  // namespace
}  // namespace loupe::chart

#include "core/chart/render/terminal.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <sstream>

#include "chart_render_scene.hpp"
#include "core/base/utf8.hpp"

namespace loupe::chart {
namespace {

Item Label(double x, double y, const std::string& text, TextAlign align, TextBaseline baseline) {
  Item item;
  item.x = x;
  item.y = y;
  item.text = {text};
  item.align = align;
  item.baseline = baseline;
  return item;
}

Mark MarkOf(MarkType type, const std::string& role, std::vector<Item> items) {
  Mark mark;
  mark.type = type;
  mark.role = role;
  mark.items = std::move(items);
  return mark;
}

Item GroupOf(double x, double y, std::vector<Mark> marks) {
  Item item;
  item.x = x;
  item.y = y;
  item.marks = std::move(marks);
  return item;
}

Mark LeftAxis(const std::vector<std::pair<double, std::string>>& ticks, const std::string& title) {
  std::vector<Item> labels;
  for (const auto& [y, text] : ticks) {
    labels.push_back(Label(-7, y, text, TextAlign::kRight, TextBaseline::kMiddle));
  }
  Item name = Label(-30, 50, title, TextAlign::kCenter, TextBaseline::kBottom);
  name.angle = -90;
  return MarkOf(MarkType::kGroup, "axis",
                {GroupOf(0, 0,
                         {MarkOf(MarkType::kText, "axis-label", labels),
                          MarkOf(MarkType::kText, "axis-title", {name})})});
}

Mark BottomAxis(double height, const std::vector<std::pair<double, std::string>>& ticks) {
  std::vector<Item> labels;
  for (const auto& [x, text] : ticks) {
    labels.push_back(Label(x, 7, text, TextAlign::kCenter, TextBaseline::kTop));
  }
  return MarkOf(MarkType::kGroup, "axis",
                {GroupOf(0, height, {MarkOf(MarkType::kText, "axis-label", labels)})});
}

Scene PlotOf(double width, double height, std::vector<Mark> marks) {
  Scene scene;
  scene.width = width;
  scene.height = height;
  scene.root.role = "frame";
  Item frame = GroupOf(0, 0, std::move(marks));
  frame.width = width;
  frame.height = height;
  scene.root.items = {frame};
  return scene;
}

Item PathItem(const Path& path, Paint stroke) {
  Item item;
  item.path = path;
  item.stroke = std::move(stroke);
  return item;
}

Path Through(const std::vector<std::pair<double, double>>& points) {
  Path path;
  for (const auto& [x, y] : points) {
    path.push_back({path.empty() ? PathVerb::kMove : PathVerb::kLine, {x, y}});
  }
  return path;
}

std::string Draw(const Scene& scene, int columns = 40) {
  TerminalOptions options;
  options.columns = columns;
  return RenderText(scene, options, Context());
}

const Paint kBlue = Solid(0, 0, 255);
const Paint kRed = Solid(255, 0, 0);

TEST(RenderText, DrawsStandingBarsOfEqualWidthOnTheirAxes) {
  const Scene scene = PlotOf(
      100, 64,
      {MarkOf(MarkType::kRect, "mark", {Box(2.5, 0, 45, 64, kBlue), Box(52.5, 36, 45, 28, kBlue)}),
       LeftAxis({{0, "10"}, {64, "0"}}, "count"), BottomAxis(64, {{25, "a"}, {75, "b"}})});
  EXPECT_EQ(Draw(scene),
            "count\n"
            "10 ┤███████████\n"
            "   │███████████\n"
            "   │███████████ ▆▆▆▆▆▆▆▆▆▆▆\n"
            "   │███████████ ███████████\n"
            " 0 └─────┬───────────┬──────\n"
            "         a           b\n");
}

TEST(RenderText, DrawsLyingBarsInTheRowsOfTheirLabels) {
  const Scene scene = PlotOf(
      100, 40,
      {MarkOf(MarkType::kRect, "mark", {Box(0, 1, 100, 18, kBlue), Box(0, 21, 0.1, 18, kBlue)}),
       LeftAxis({{10, "first"}, {30, "second"}}, "")});
  EXPECT_EQ(Draw(scene, 28),
            " first ┤████████████████████\n"
            "       │\n"
            "second ┤▏\n"
            "       └────────────────────\n");
}

TEST(RenderText, TellsSeriesApartWithAndWithoutColors) {
  Item symbol;
  symbol.fill = kBlue;
  Item other = symbol;
  other.fill = kRed;
  const Scene scene = PlotOf(
      100, 16,
      {MarkOf(MarkType::kRect, "mark", {Box(0, 0, 50, 16, kBlue), Box(50, 0, 50, 16, kRed)}),
       MarkOf(MarkType::kGroup, "legend",
              {GroupOf(0, 0,
                       {MarkOf(MarkType::kText, "legend-title",
                               {Label(0, 0, "kind", TextAlign::kLeft, TextBaseline::kTop)}),
                        MarkOf(MarkType::kSymbol, "legend-symbol", {symbol, other}),
                        MarkOf(MarkType::kText, "legend-label",
                               {Label(0, 0, "x", TextAlign::kLeft, TextBaseline::kTop),
                                Label(0, 0, "y", TextAlign::kLeft, TextBaseline::kTop)})})})});
  EXPECT_EQ(Draw(scene),
            "kind: █ x   ░ y\n"
            "████████████░░░░░░░░░░░░\n");
  TerminalOptions options;
  options.columns = 40;
  options.colors = TerminalColors::kAnsi;
  EXPECT_EQ(RenderText(scene, options, Context()),
            "kind: \x1b[38;2;0;0;255m■\x1b[0m x   \x1b[38;2;255;0;0m■\x1b[0m y\n"
            "\x1b[38;2;0;0;255m████████████\x1b[0m\x1b[38;2;255;0;0m████████████\x1b[0m\n");
}

TEST(RenderText, DrawsLinesInDots) {
  const Scene scene = PlotOf(
      100, 32, {MarkOf(MarkType::kLine, "mark", {PathItem(Through({{0, 32}, {100, 0}}), kBlue)})});
  EXPECT_EQ(Draw(scene, 20),
            "          ⢀⣀⣀⠤⠤⠔⠒⠒⠉⠉\n"
            "⣀⣀⣀⠤⠤⠔⠒⠒⠉⠉⠁\n");
}

TEST(RenderText, MarksTheLinesOfSeveralSeries) {
  const Scene scene = PlotOf(100, 32,
                             {MarkOf(MarkType::kLine, "mark",
                                     {PathItem(Through({{0, 4}, {100, 4}}), kBlue),
                                      PathItem(Through({{0, 28}, {100, 28}}), kRed)})});
  const std::string text = Draw(scene, 20);
  EXPECT_NE(text.find("●"), std::string::npos);
  EXPECT_NE(text.find("○"), std::string::npos);
}

TEST(RenderText, ListsSectorsWithTheirShares) {
  Item quarter;
  quarter.fill = kBlue;
  quarter.aria_label = "quarter";
  quarter.path = {{PathVerb::kMove, {0, -10}},
                  {PathVerb::kArc, {10, 10, 0, 0, 1, 10, 0}},
                  {PathVerb::kLine, {0, 0}},
                  {PathVerb::kClose, {}}};
  Item rest = quarter;
  rest.fill = kRed;
  rest.aria_label = "rest";
  rest.path = {{PathVerb::kMove, {10, 0}},
               {PathVerb::kArc, {10, 10, 0, 1, 1, 0, -10}},
               {PathVerb::kLine, {0, 0}},
               {PathVerb::kClose, {}}};
  EXPECT_EQ(Draw(PlotOf(20, 20, {MarkOf(MarkType::kArc, "mark", {quarter, rest})}), 30),
            "quarter  ████          25.0 %\n"
            "rest     ████████████  75.0 %\n");
}

TEST(RenderText, FillsAreasAndPlacesTexts) {
  Item area;
  area.fill = kBlue;
  area.path = Through({{0, 16}, {100, 16}, {100, 32}, {0, 32}});
  area.path.push_back({PathVerb::kClose, {}});
  Item text = Label(50, 8, "here", TextAlign::kCenter, TextBaseline::kMiddle);
  text.fill = kRed;
  EXPECT_EQ(Draw(PlotOf(100, 32,
                        {MarkOf(MarkType::kArea, "mark", {area}),
                         MarkOf(MarkType::kText, "mark", {text})}),
                 20),
            "        here\n"
            "████████████████████\n");
}

TEST(RenderText, DrawsFewPointsAsBulletsAndManyAsDots) {
  std::vector<Item> points(2);
  points[0].x = 0;
  points[1].x = 99;
  for (Item& point : points) point.fill = kBlue;
  EXPECT_EQ(Draw(PlotOf(100, 16, {MarkOf(MarkType::kSymbol, "mark", points)}), 20),
            "•                  •\n");
  points.resize(200, points[0]);
  EXPECT_EQ(Draw(PlotOf(100, 16, {MarkOf(MarkType::kSymbol, "mark", points)}), 20),
            "⠁                  ⠈\n");
}

TEST(RenderText, NeverExceedsItsColumnsAndLeavesNoTrailingBlanks) {
  std::vector<std::pair<double, std::string>> ticks;
  std::vector<Item> bars;
  for (int i = 0; i < 30; ++i) {
    bars.push_back(Box(i * 10, 50 - i, 9, 50 + i, i % 2 == 0 ? kBlue : kRed));
    ticks.emplace_back(i * 10 + 5, "a label of 日本 number " + std::to_string(i));
  }
  const Scene scene =
      PlotOf(300, 100,
             {MarkOf(MarkType::kRect, "mark", bars), BottomAxis(100, ticks),
              LeftAxis({{0, std::string(200, 'w')}, {100, "0"}}, std::string(300, 't')),
              MarkOf(MarkType::kGroup, "title",
                     {GroupOf(0, 0,
                              {MarkOf(MarkType::kText, "title-text",
                                      {Label(0, 0, std::string(300, 'T'), TextAlign::kLeft,
                                             TextBaseline::kTop)})})})});
  for (const int columns : {20, 33, 72, 400}) {
    std::istringstream lines(Draw(scene, columns));
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(DisplayWidth(line), columns);
      EXPECT_TRUE(line.empty() || line.back() != ' ') << line;
    }
  }
  EXPECT_EQ(Draw(scene, 1), Draw(scene, kMinTerminalColumns));
  EXPECT_EQ(Draw(scene, 1'000'000), Draw(scene, kMaxTerminalColumns));
}

TEST(RenderText, DealsNamesOfBarsToSeveralRows) {
  const Scene scene =
      PlotOf(100, 16,
             {MarkOf(MarkType::kRect, "mark", {Box(0, 0, 45, 16, kBlue), Box(50, 8, 45, 8, kBlue)}),
              BottomAxis(16, {{25, "a long first name"}, {75, "a second one"}})});
  const std::string text = Draw(scene, 24);
  EXPECT_NE(text.find("a long first name\n"), std::string::npos) << text;
  EXPECT_NE(text.find("a second one\n"), std::string::npos) << text;
}

TEST(RenderText, DropsValuesThatDoNotFitBesideEachOther) {
  std::vector<std::pair<double, std::string>> ticks;
  for (int i = 0; i <= 10; ++i) ticks.emplace_back(i * 10, "10,00" + std::to_string(i));
  const Scene scene =
      PlotOf(100, 16,
             {MarkOf(MarkType::kLine, "mark", {PathItem(Through({{0, 8}, {100, 8}}), kBlue)}),
              BottomAxis(16, ticks)});
  const std::string text = Draw(scene, 40);
  EXPECT_NE(text.find("10,000"), std::string::npos);
  EXPECT_EQ(text.find("10,001"), std::string::npos) << text;
}

TEST(RenderText, SurvivesSizesThatAreNoNumbers) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double bad : {nan, infinity, -infinity, 1e300, -1e300}) {
    Item point;
    point.x = bad;
    point.y = bad;
    point.fill = kBlue;
    Item rule = PathItem({}, kBlue);
    rule.x2 = bad;
    Item text = Label(bad, bad, "t", TextAlign::kLeft, TextBaseline::kTop);
    Item area = PathItem(Through({{0, 0}, {bad, bad}, {10, bad}}), Paint());
    area.fill = kRed;
    const Scene scene = PlotOf(
        100, 32,
        {MarkOf(MarkType::kRect, "mark", {Box(bad, 0, 10, 10, kBlue), Box(0, 0, bad, bad, kRed)}),
         MarkOf(MarkType::kLine, "mark", {PathItem(Through({{0, 0}, {bad, bad}}), kBlue)}),
         MarkOf(MarkType::kSymbol, "mark", {point}), MarkOf(MarkType::kRule, "mark", {rule}),
         MarkOf(MarkType::kText, "mark", {text}), MarkOf(MarkType::kArea, "mark", {area}),
         MarkOf(MarkType::kArc, "mark", {}), LeftAxis({{bad, "x"}}, ""),
         BottomAxis(32, {{bad, "y"}})});
    EXPECT_FALSE(Draw(scene).empty());
    EXPECT_EQ(Draw(PlotOf(bad, bad, scene.root.items[0].marks)), "");
  }
}

TEST(RenderText, SaysSoWhenThereIsNoData) {
  EXPECT_EQ(Draw(PlotOf(100, 32, {BottomAxis(32, {{0, "0"}})})), "(no data)\n");
  EXPECT_EQ(Draw(Scene()), "");
}

TEST(RenderText, DrawsSeveralViewsBelowEachOther) {
  const Item view =
      PlotOf(100, 16, {MarkOf(MarkType::kRect, "mark", {Box(0, 0, 100, 16, kBlue)})}).root.items[0];
  Mark cells = MarkOf(MarkType::kGroup, "scope", {view, view});
  EXPECT_EQ(Draw(PlotOf(200, 16, {cells}), 24), "████████████\n\n████████████\n");
}

TEST(RenderText, CanBeCancelled) {
  struct Cancelled {};
  std::vector<Item> points(5000);
  for (Item& point : points) point.fill = kBlue;
  const Scene scene = PlotOf(100, 16, {MarkOf(MarkType::kSymbol, "mark", points)});
  const Context context([](void*) { throw Cancelled(); });
  EXPECT_THROW(RenderText(scene, TerminalOptions(), context), Cancelled);
}

TEST(TerminalPlotSize, GrowsWithTheColumns) {
  const auto [narrow, height] = TerminalPlotSize({40, TerminalColors::kNone});
  const auto [wide, same] = TerminalPlotSize({120, TerminalColors::kNone});
  EXPECT_LT(narrow, wide);
  EXPECT_EQ(height, same);
  EXPECT_EQ(TerminalPlotSize({1, TerminalColors::kNone}),
            TerminalPlotSize({kMinTerminalColumns, TerminalColors::kNone}));
}

}  // namespace
}  // namespace loupe::chart

#include "core/chart/layout/grid.hpp"

#include "chart_fixture.hpp"

namespace loupe::chart {
namespace {

Block Cell(double width, double height, double left = 0, double top = 0) {
  Block block;
  block.item.width = width;
  block.item.height = height;
  block.box = {-left, -top, width, height};
  return block;
}

GridParts Four(const std::string& align) {
  GridParts grid;
  grid.columns = 2;
  grid.spacing = {10, 5};
  grid.align = {align, align};
  grid.cells = {Cell(100, 50), Cell(60, 80, 7), Cell(40, 30, 0, 9), Cell(60, 30)};
  return grid;
}

TEST(ChartGrid, SetsCellsClearOfEachOther) {
  GridParts each = Four("each");
  LayOutGrid(&each);
  EXPECT_EQ(each.cells[1].item.x, 100 + 10 + 7);
  EXPECT_EQ(each.cells[3].item.x, 100 + 10 + 7);  // in line with the one above
  EXPECT_EQ(each.cells[2].item.y, 80 + 5 + 9);
  GridParts none = Four("none");
  LayOutGrid(&none);
  EXPECT_EQ(none.cells[3].item.x, 100 + 10);
  GridParts all = Four("all");
  all.cells[0] = Cell(20, 50);
  all.cells[2] = Cell(10, 30);
  LayOutGrid(&all);
  EXPECT_EQ(all.cells[1].item.x, 60 + 10 + 7);  // as wide as the widest of all columns
  EXPECT_EQ(all.cells[2].item.y, 80 + 5);
}

TEST(ChartGrid, CentresCellsInTheirColumn) {
  GridParts grid = Four("each");
  grid.center = {true, false};
  LayOutGrid(&grid);
  EXPECT_EQ(grid.cells[2].item.x, (100 - 40) / 2);
}

TEST(ChartGrid, PutsHeadersAtTheEdges) {
  GridParts grid = Four("all");
  grid.headers[0] = {Cell(100, 12), Cell(60, 12)};
  grid.headers[0][0].box = {0, -12, 100, 0};
  grid.footers[0] = {Cell(100, 10), Cell(60, 10)};
  grid.titles[0] = Cell(0, 0);
  grid.title_offset[0] = 4;
  LayOutGrid(&grid);
  EXPECT_EQ(grid.headers[0][1].item.x, grid.cells[1].item.x);
  EXPECT_EQ(grid.headers[0][0].item.y, 0);
  EXPECT_EQ(grid.footers[0][0].item.y, grid.cells[2].item.y + 30);
  EXPECT_EQ(grid.titles[0]->item.y, -12 - 4);
}

constexpr const char* kValues =
    R"({"data": {"values": [{"c": "p", "r": 1, "a": "A", "b": 10}, {"c": "q", "r": 1, "a": "B",
        "b": 40}, {"c": "q", "r": 2, "a": "A", "b": 20}]}, )";

std::vector<const Item*> CellsOf(const Scene& scene) {
  std::vector<const Item*> cells;
  for (const Mark* mark : MarksOf(scene, "scope")) {
    for (const Item& item : mark->items) {
      if (mark->name == "cell" || mark->name.find("concat_") == 0) cells.push_back(&item);
    }
  }
  return cells;
}

TEST(ChartViews, LayersShareScalesAndAxes) {
  const Scene scene = MustCompile(std::string(kValues) + R"("encoding": {"x": {"field": "a"}},
      "layer": [{"mark": "bar", "encoding": {"y": {"field": "b", "type": "quantitative"}}},
                {"mark": "rule", "encoding": {"y": {"datum": 90}}}]})")
                          .scene;
  const auto axes = MarksOf(scene, "axis");
  ASSERT_EQ(axes.size(), 3u);  // grid and axis of y, axis of x
  EXPECT_EQ(TextsOf(scene, "axis-title"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(TextsOf(scene, "axis-label").back(), "90");
}

TEST(ChartViews, LayersMayHaveScalesOfTheirOwn) {
  const Scene scene = MustCompile(std::string(kValues) + R"("encoding": {"x": {"field": "a"}},
      "resolve": {"scale": {"y": "independent"}},
      "layer": [{"mark": "bar", "encoding": {"y": {"field": "b", "type": "quantitative"}}},
                {"mark": "line", "encoding": {"y": {"field": "r", "type": "quantitative"}}}]})")
                          .scene;
  int left = 0;
  int right = 0;
  for (const Mark* axis : MarksOf(scene, "axis")) {
    if (axis->aria_hidden || axis->aria_label[0] != 'Y') continue;
    (axis->items.front().x > 1 ? right : left) += 1;
  }
  EXPECT_EQ(left, 1);
  EXPECT_EQ(right, 1);  // the second axis moves to the other side
}

TEST(ChartViews, FacetsHaveACellForEachPairAndSharedAxes) {
  const Scene scene = MustCompile(std::string(kValues) + R"("mark": "bar", "encoding":
      {"row": {"field": "r"}, "column": {"field": "c"}, "x": {"field": "a"},
       "y": {"field": "b", "type": "quantitative"}}})")
                          .scene;
  const auto cells = CellsOf(scene);
  ASSERT_EQ(cells.size(), 4u);
  EXPECT_EQ(cells[0]->width, 40);
  EXPECT_EQ(cells[3]->x, cells[1]->x);
  EXPECT_EQ(cells[3]->y, cells[2]->y);
  EXPECT_EQ(MarksOf(scene, "column-footer").front()->items.size(), 2u);
  EXPECT_EQ(MarksOf(scene, "row-header").front()->items.size(), 2u);
  // Row title, column title, row and column labels.
  EXPECT_EQ(TextsOf(scene, "title-text").size(), 6u);
  // The bar of 20 is half as high as that of 40: the cells share their scale.
  double heights[2] = {0, 0};
  for (const Mark* mark : MarksOf(scene, "mark")) {
    for (const Item& item : mark->items) {
      if (item.aria_label.find("b: 40") != std::string::npos) heights[0] = item.height;
      if (item.aria_label.find("b: 20") != std::string::npos) heights[1] = item.height;
    }
  }
  EXPECT_DOUBLE_EQ(heights[0], 2 * heights[1]);
}

TEST(ChartViews, FacetsMayHaveScalesOfTheirOwn) {
  const Scene scene = MustCompile(std::string(kValues) + R"("facet": {"column": {"field": "c"}},
      "resolve": {"scale": {"x": "independent", "y": "independent"}}, "spec": {"mark": "bar",
      "encoding": {"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}}}})")
                          .scene;
  const auto cells = CellsOf(scene);
  ASSERT_EQ(cells.size(), 2u);
  EXPECT_EQ(cells[0]->width, 20);  // of A alone
  EXPECT_EQ(cells[1]->width, 40);
  EXPECT_TRUE(MarksOf(scene, "column-footer").empty());
}

TEST(ChartViews, FacetsAreSortedAndWrapped) {
  const Scene scene = MustCompile(std::string(kValues) + R"("mark": "bar", "encoding":
      {"facet": {"field": "a", "columns": 1, "sort": "descending"}, "y": {"field": "b",
       "type": "quantitative"}}})")
                          .scene;
  const auto cells = CellsOf(scene);
  ASSERT_EQ(cells.size(), 2u);
  EXPECT_EQ(cells[1]->x, 0);
  EXPECT_GT(cells[1]->y, cells[0]->y);
  const std::vector<std::string> texts = TextsOf(scene, "title-text");
  EXPECT_EQ(std::vector<std::string>(texts.end() - 2, texts.end()),
            (std::vector<std::string>{"B", "A"}));
}

TEST(ChartViews, TransformsInsideAFacetSeeOneCell) {
  const Scene scene = MustCompile(std::string(kValues) + R"("facet": {"field": "c"}, "spec":
      {"transform": [{"aggregate": [{"op": "sum", "field": "b", "as": "s"}]}], "mark": "text",
       "encoding": {"text": {"field": "s", "type": "quantitative"}}}})")
                          .scene;
  EXPECT_EQ(TextsOf(scene, "mark"), (std::vector<std::string>{"10", "60"}));
}

TEST(ChartViews, ViewsStandSideBySideWithOneLegend) {
  const std::string view = R"({"mark": "bar", "encoding": {"x": {"field": "a"}, "y": {"field": "b",
      "type": "quantitative"}, "color": {"field": "c"}}})";
  const Scene beside =
      MustCompile(std::string(kValues) + R"("hconcat": [)" + view + ", " + view + "]}").scene;
  ASSERT_EQ(CellsOf(beside).size(), 2u);
  EXPECT_GT(CellsOf(beside)[1]->x, 0);
  EXPECT_EQ(CellsOf(beside)[1]->y, 0);
  EXPECT_EQ(MarksOf(beside, "legend").size(), 1u);
  const Scene own = MustCompile(std::string(kValues) + R"("resolve": {"scale": {"color":
      "independent"}}, "vconcat": [)" +
                                view + ", " + view + "]}")
                        .scene;
  EXPECT_EQ(CellsOf(own)[1]->x, 0);
  EXPECT_EQ(MarksOf(own, "legend").size(), 2u);
}

TEST(ChartViews, FitsThePictureIntoTheSizeAskedFor) {
  const Scene scene = MustCompile(std::string(kValues) + R"("width": 200, "height": 100,
      "autosize": {"type": "fit", "contains": "padding"}, "mark": "point", "encoding":
      {"x": {"field": "b", "type": "quantitative"}, "y": {"field": "r", "type": "quantitative"}}})")
                          .scene;
  EXPECT_EQ(scene.width, 200);
  EXPECT_EQ(scene.height, 100);
}

TEST(ChartViews, ConditionsChooseByRow) {
  const Scene scene = MustCompile(std::string(kValues) + R"("mark": "point", "encoding": {
      "x": {"field": "b", "type": "quantitative"},
      "opacity": {"condition": {"test": "datum.b > 15", "value": 0.25}, "value": 0.5},
      "size": {"condition": [{"test": {"field": "a", "equal": "A"}, "value": 16}]}}})")
                          .scene;
  const auto& items = MarksOf(scene, "mark").front()->items;
  ASSERT_EQ(items.size(), 3u);
  EXPECT_EQ(items[0].opacity, 0.5);
  EXPECT_EQ(items[1].opacity, 0.25);
  EXPECT_NE(items[0].path[0].args[0], items[1].path[0].args[0]);
  EXPECT_EQ(items[0].path[0].args[0], items[2].path[0].args[0]);
}

TEST(ChartViews, ImputesWhatAChannelAsksFor) {
  const Scene scene = MustCompile(R"({"data": {"values": [{"x": 1, "g": "a", "y": 4},
      {"x": 2, "g": "a", "y": 8}, {"x": 1, "g": "b", "y": 2}]}, "mark": "line", "encoding": {
      "x": {"field": "x", "type": "quantitative", "scale": {"domain": [0, 3]}},
      "y": {"field": "y", "type": "quantitative", "impute": {"value": 0, "keyvals": [3]}},
      "detail": {"field": "g"}}})")
                          .scene;
  const auto lines = MarksOf(scene, "mark");
  ASSERT_EQ(lines.size(), 2u);
  EXPECT_EQ(lines[0]->items.front().path.size(), 3u);  // at 1, 2 and 3
  EXPECT_EQ(lines[1]->items.front().path.size(), 3u);
}

TEST(ChartViews, AggregatesTheRowOfAnExtreme) {
  const Scene scene = MustCompile(R"({"data": {"values": [{"g": "a", "day": 2, "v": 10},
      {"g": "a", "day": 1, "v": 30}, {"g": "b", "day": 1, "v": 20}]}, "mark": "text", "encoding": {
      "y": {"field": "g"},
      "text": {"aggregate": {"argmax": "day"}, "field": "v", "type": "quantitative"}}})")
                          .scene;
  EXPECT_EQ(TextsOf(scene, "mark"), (std::vector<std::string>{"10", "20"}));
}

TEST(ChartViews, AxesMayLookDifferentAtSomeTicks) {
  const Scene scene = MustCompile(R"({"data": {"values": [{"v": -5}, {"v": 5}]}, "mark": "point",
      "encoding": {"x": {"field": "v", "type": "quantitative", "axis": {"tickCount": 2, "gridColor":
          {"condition": {"test": "datum.value === 0", "value": "black"}, "value": "red"}}}}})")
                          .scene;
  std::string colors;
  for (const Item& item : MarksOf(scene, "axis-grid").front()->items) {
    colors += item.stroke.name + " ";
  }
  EXPECT_EQ(colors, "red black red ");
}

TEST(ChartViews, OffsetsLieInsideATimeUnit) {
  const Scene scene = MustCompile(R"({"data": {"values": [{"t": "2020-03-01", "g": "a"},
      {"t": "2020-03-01", "g": "b"}, {"t": "2022-03-01", "g": "a"}]}, "mark": "bar", "encoding": {
      "x": {"field": "t", "timeUnit": "year"}, "xOffset": {"field": "g"},
      "y": {"aggregate": "count"}}})")
                          .scene;
  const auto& items = MarksOf(scene, "mark").front()->items;
  ASSERT_EQ(items.size(), 3u);
  EXPECT_NEAR(items[0].width, items[1].width, 1e-9);
  EXPECT_NEAR(items[1].x, items[0].x + items[0].width, 1e-6);
  EXPECT_GT(items[0].width, 20);
}

TEST(ChartViews, LimitsTheCellsOfFacets) {
  std::string values;
  for (int i = 0; i < 2'001; ++i) {
    values += (i == 0 ? "" : ",") + (R"({"a": )" + std::to_string(i) + "}");
  }
  EXPECT_EQ(TryCompile(R"({"data": {"values": [)" + values + R"(]}, "mark": "point", "encoding":
      {"row": {"field": "a"}}})")
                .status()
                .code(),
            Code::kLimitExceeded);
}

}  // namespace
}  // namespace loupe::chart

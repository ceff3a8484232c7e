#include "chart_fixture.hpp"

namespace loupe::chart {
namespace {

constexpr const char* kBars =
    R"({"data": {"values": [{"a": "B", "b": 55}, {"a": "A", "b": 28}, {"a": "C", "b": 91}]},
        "mark": "bar", "encoding": {"x": {"field": "a"%s}, "y": {"field": "b", "type": "quantitative"%s}}%s})";

std::string Bars(const std::string& x, const std::string& y = "", const std::string& top = "") {
  std::string spec = kBars;
  for (const std::string& part : {x, y, top}) spec.replace(spec.find("%s"), 2, part);
  return spec;
}

const Item& FirstItem(const Scene& scene) { return MarksOf(scene, "mark").front()->items.front(); }

TEST(ChartCompile, DrawsBarsOnStepsOfTwentyPixels) {
  const Scene scene = MustCompile(Bars("")).scene;
  const Item& b = FirstItem(scene);  // B is the second of A, B, C
  EXPECT_DOUBLE_EQ(b.x, 21);
  EXPECT_DOUBLE_EQ(b.width, 18);
  EXPECT_DOUBLE_EQ(b.y, 135);
  EXPECT_DOUBLE_EQ(b.height, 165);
  EXPECT_EQ(b.aria_label, "a: B; b: 55");
  EXPECT_EQ(b.aria_role_description, "bar");
  EXPECT_EQ(scene.root.items.front().width, 60);
  EXPECT_EQ(scene.root.items.front().height, 300);
}

TEST(ChartCompile, SortsDiscreteDomains) {
  const auto order = [](const std::string& sort) {
    std::string out;
    const Compiled c = MustCompile(Bars(sort, R"(, "axis": null)"));
    for (const std::string& label : TextsOf(c.scene, "axis-label")) out += label;
    return out;
  };
  EXPECT_EQ(order(""), "ABC");
  EXPECT_EQ(order(R"(, "sort": null)"), "BAC");
  EXPECT_EQ(order(R"(, "sort": "descending")"), "CBA");
  EXPECT_EQ(order(R"(, "sort": ["C", "A"])"), "CAB");
  EXPECT_EQ(order(R"(, "sort": "-y")"), "CBA");
  EXPECT_EQ(order(R"(, "sort": {"field": "b", "op": "sum", "order": "descending"})"), "CBA");
  EXPECT_EQ(order(R"(, "sort": {"encoding": "y"})"), "ABC");
}

TEST(ChartCompile, InfersTypesAsVegaLiteDoes) {
  const Compiled c = MustCompile(
      R"({"data": {"values": [{"a": 1, "b": 2}, {"a": 3, "b": 4}]}, "mark": "bar",
          "encoding": {"x": {"field": "a"}, "y": {"field": "b", "aggregate": "mean"}}})");
  const auto axes = MarksOf(c.scene, "axis");
  ASSERT_EQ(axes.size(), 3u);
  EXPECT_EQ(axes[1]->aria_label, "X-axis titled 'a' for a discrete scale with 2 values: 1, 3");
  EXPECT_EQ(axes[2]->aria_label,
            "Y-axis titled 'Mean of b' for a linear scale with values from 0 to 4");
}

TEST(ChartCompile, WidensDomainsByZeroAndNice) {
  const auto labels = [](const std::string& scale) {
    const Compiled c = MustCompile(Bars(R"(, "axis": null)", scale));
    const auto texts = TextsOf(c.scene, "axis-label");
    return texts.front() + ".." + texts.back();
  };
  EXPECT_EQ(labels(""), "0..100");
  EXPECT_EQ(labels(R"(, "scale": {"domain": [20, 95]})"), "20..90");
  EXPECT_EQ(labels(R"(, "scale": {"domainMax": 200})"), "0..200");
  EXPECT_EQ(labels(R"(, "stack": null, "scale": {"zero": false})"), "30..90");
}

TEST(ChartCompile, HonoursSizesConfigAndBackground) {
  const Scene scene = MustCompile(Bars("", "", R"(, "width": 90, "height": {"step": 10},
      "background": null, "padding": 0, "config": {"bar": {"color": "red"}, "axis": {"grid": false}}
      )"))
                          .scene;
  EXPECT_EQ(scene.root.items.front().width, 90);
  EXPECT_TRUE(scene.background.IsNone());
  EXPECT_EQ(FirstItem(scene).fill.color->red, 255);
  EXPECT_TRUE(MarksOf(scene, "axis-grid").empty());
}

TEST(ChartCompile, DrawsTitlesSubtitlesAndAxisTitles) {
  const Scene scene = MustCompile(Bars(R"(, "title": "Letter")", R"(, "axis": {"title": null})",
                                       R"(, "title": {"text": "T", "subtitle": "S"})"))
                          .scene;
  EXPECT_EQ(scene.title, "T");
  EXPECT_EQ(TextsOf(scene, "title-text"), std::vector<std::string>{"T"});
  EXPECT_EQ(TextsOf(scene, "title-subtitle"), std::vector<std::string>{"S"});
  EXPECT_EQ(TextsOf(scene, "axis-title"), std::vector<std::string>{"Letter"});
}

TEST(ChartCompile, LeavesOutRowsWithoutNumbers) {
  const Compiled c = MustCompile(
      R"({"data": {"values": [{"a": 1, "b": 2}, {"a": null, "b": 4}, {"a": 3, "b": "x"}]},
          "mark": "point", "encoding": {"x": {"field": "a", "type": "quantitative"},
          "y": {"field": "b", "type": "quantitative"}}})");
  EXPECT_EQ(MarksOf(c.scene, "mark").front()->items.size(), 1u);
}

TEST(ChartCompile, CompilesEmptyData) {
  for (const char* mark : {"bar", "line", "area", "point", "arc", "rect", "tick", "rule", "text"}) {
    const Compiled c = MustCompile(std::string(R"({"data": {"values": []}, "mark": ")") + mark +
                                   R"(", "encoding": {"x": {"field": "a", "type": "quantitative"},
                                   "y": {"field": "b"}, "color": {"field": "c"}}})");
    EXPECT_GT(c.scene.width, 0) << mark;
  }
}

TEST(ChartCompile, TakesRowsFromTheHost) {
  RowSet rows;
  rows.columns = {{"a", "text", ValueType::kString}, {"b", "bigint", ValueType::kNumber}};
  rows.rows = {{"A", 28}, {"B", 55}};
  const Json spec = ParseJson(R"({"data": {"sql": "SELECT"}, "mark": "bar", "encoding":
      {"x": {"field": "a"}, "y": {"field": "b", "type": "quantitative"}}})")
                        .value();
  const auto c = Compile(spec, {rows}, {}, FixedMeasure(), Context());
  ASSERT_TRUE(c.ok());
  EXPECT_EQ(MarksOf(c.value().scene, "mark").front()->items.size(), 2u);
  EXPECT_EQ(Compile(spec, {}, {}, FixedMeasure(), Context()).status().code(),
            Code::kChartInvalidData);
}

TEST(ChartCompile, OverridesSizesForItsHost) {
  CompileOptions options;
  options.width = 44;
  options.height = 33;
  const auto c = Compile(ParseJson(Bars("")).value(), {}, options, FixedMeasure(), Context());
  ASSERT_TRUE(c.ok());
  EXPECT_EQ(c.value().scene.root.items.front().width, 44);
  EXPECT_EQ(c.value().scene.root.items.front().height, 33);
}

TEST(ChartCompile, EndsWhenTheHostCancels) {
  struct Cancelled {};
  const Context cancelling([](void*) { throw Cancelled(); });
  const Json spec = ParseJson(Bars("")).value();
  EXPECT_THROW((void)Compile(spec, {}, {}, FixedMeasure(), cancelling), Cancelled);
}

TEST(ChartLimits, AreNamedWhenExceeded) {
  const auto code = [](const std::string& spec) { return TryCompile(spec).status().code(); };
  EXPECT_EQ(code(Bars("", "", R"(, "width": 40000)")), Code::kLimitExceeded);
  EXPECT_EQ(code(Bars("", "", R"(, "width": 9000, "height": 9000)")), Code::kLimitExceeded);
  EXPECT_EQ(code(Bars("", "", R"(, "width": {"step": 20000})")), Code::kLimitExceeded);
  EXPECT_EQ(code(R"({"data": {"values": [{"a": ")" + std::string(5000, 'x') +
                 R"("}]}, "mark": "bar", "encoding": {"x": {"field": "a"}}})"),
            Code::kLimitExceeded);
  std::string values = "0";
  for (int i = 0; i < 200'001; ++i) values += ",0";
  EXPECT_EQ(
      code(R"({"data": {"values": [)" + values +
           R"(]}, "mark": "point", "encoding": {"x": {"field": "data", "type": "quantitative"}}})"),
      Code::kLimitExceeded);
}

}  // namespace
}  // namespace loupe::chart

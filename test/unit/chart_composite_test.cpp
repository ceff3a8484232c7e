#include "core/chart/normalize/composite.hpp"

#include <algorithm>
#include <cmath>

#include "chart_fixture.hpp"
#include "core/chart/config/config.hpp"

namespace loupe::chart {
namespace {

Json ConfigWith(const std::string& text) {
  const Json config = ParseJson(text).value();
  return MergedConfig({&config});
}

Result<Json> Expand(const std::string& unit) {
  const Json config = MergedConfig({});
  return ExpandComposite(ParseJson(unit).value(), config, "");
}

constexpr const char* kValues =
    R"("data": {"values": [{"g": "a", "v": 1}, {"g": "a", "v": 2}, {"g": "a", "v": 3},
        {"g": "a", "v": 4}, {"g": "a", "v": 100}]})";
constexpr const char* kEncoding =
    R"("encoding": {"x": {"field": "g"}, "y": {"field": "v", "type": "quantitative"}})";

std::string Spec(const std::string& mark) {
  return std::string("{") + kValues + R"(, "mark": )" + mark + ", " + kEncoding + "}";
}

TEST(ChartComposite, KnowsItsMarks) {
  EXPECT_TRUE(IsCompositeMark(Json("boxplot")));
  EXPECT_TRUE(IsCompositeMark(Json::Of({{"type", "errorband"}})));
  EXPECT_FALSE(IsCompositeMark(Json("bar")));
  EXPECT_FALSE(IsCompositeMark(Json(3)));
}

TEST(ChartComposite, DrawsTukeyBoxPlotsWithOutliers) {
  const Scene scene = MustCompile(Spec(R"("boxplot")")).scene;
  // One outlier, two whiskers, the box from the first to the third quartile, its median.
  int symbols = 0;
  int rules = 0;
  std::vector<const Item*> rects;
  for (const Mark* mark : MarksOf(scene, "mark")) {
    if (mark->type == MarkType::kSymbol) symbols += static_cast<int>(mark->items.size());
    if (mark->type == MarkType::kRule) rules += static_cast<int>(mark->items.size());
    if (mark->type == MarkType::kRect) {
      for (const Item& item : mark->items) rects.push_back(&item);
    }
  }
  EXPECT_EQ(symbols, 1);
  EXPECT_EQ(rules, 2);
  ASSERT_EQ(rects.size(), 2u);
  EXPECT_DOUBLE_EQ(rects[0]->height, 300.0 * 2 / 100);  // quartiles 2 and 4 on 0 to 100
  EXPECT_DOUBLE_EQ(rects[0]->width, 14);
}

TEST(ChartComposite, ReachesToTheExtremesWhereAskedTo) {
  const Json layers =
      *Expand(Spec(R"({"type": "boxplot", "extent": "min-max"})")).value().Find("layer");
  EXPECT_EQ(layers.items().size(), 4u);  // two rules, box, median; no ticks, no outliers
  const Json ticks = *Expand(Spec(R"({"type": "boxplot", "extent": "min-max", "ticks": true})"))
                          .value()
                          .Find("layer");
  EXPECT_EQ(ticks.items().size(), 6u);
  EXPECT_EQ(Expand(Spec(R"({"type": "boxplot", "extent": "odd"})")).status().pointer(),
            "/mark/extent");
}

TEST(ChartComposite, ReadsErrorBarsOffRowsAndOffGivenBounds) {
  const Scene scene = MustCompile(Spec(R"({"type": "errorbar", "extent": "iqr"})")).scene;
  const auto marks = MarksOf(scene, "mark");
  ASSERT_EQ(marks.size(), 1u);
  const Item& rule = marks.front()->items.front();
  EXPECT_DOUBLE_EQ(std::fabs(rule.y - rule.y2), 300 * (4 - 2) / 4.0);
  const Json given = Expand(std::string("{") + kValues +
                            R"(, "mark": "errorbar", "encoding": {"y": {"field": "v",
                             "type": "quantitative"}, "yError": {"field": "e"}}})")
                         .value();
  EXPECT_EQ(given.Find("transform")->items().size(), 2u);  // upper and lower, nothing aggregated
}

TEST(ChartComposite, DrawsBandsAsAreas) {
  const Json band = Expand(std::string("{") + kValues + R"(, "mark": {"type": "errorband",
      "borders": true}, )" +
                           kEncoding + "}")
                        .value();
  const auto& layers = band.Find("layer")->items();
  ASSERT_EQ(layers.size(), 3u);
  EXPECT_EQ(*layers[0].Find("mark")->Find("type"), Json("area"));
  EXPECT_EQ(*layers[1].Find("mark")->Find("type"), Json("line"));
}

TEST(ChartComposite, SwitchesPartsOff) {
  const Json without = *Expand(Spec(R"({"type": "boxplot", "outliers": false, "median": false})"))
                            .value()
                            .Find("layer");
  EXPECT_EQ(without.items()[0].Find("layer")->items().size(), 2u);  // the whiskers alone
  EXPECT_EQ(without.items()[1].Find("layer")->items().size(), 1u);
}

TEST(ChartComposite, NeedsAContinuousPosition) {
  const Status status =
      TryCompile(R"({"mark": "boxplot", "encoding": {"x": {"field": "g"}}})").status();
  EXPECT_EQ(status.code(), Code::kChartInvalidSpec);
  EXPECT_EQ(status.pointer(), "/encoding");
  EXPECT_EQ(TryCompile(R"({"mark": "boxplot"})").status().code(), Code::kChartInvalidSpec);
  EXPECT_EQ(TryCompile(R"({"mark": "boxplot", "encoding": 3})").status().code(),
            Code::kChartInvalidSpec);
}

const Json& At(const Json& json, const std::string& path) {
  const Json* value = &json;
  for (std::size_t i = 0; i < path.size();) {
    const std::size_t end = std::min(path.find('/', i), path.size());
    const std::string step = path.substr(i, end - i);
    i = end + 1;
    value = value->IsArray() ? &value->items().at(std::stoul(step)) : value->Find(step);
    EXPECT_NE(value, nullptr) << step << " of " << path;
    if (value == nullptr) return json;
  }
  return *value;
}

std::string Unit(const std::string& mark, const std::string& encoding,
                 const std::string& more = "") {
  return R"({"mark": )" + mark + R"(, "encoding": {)" + encoding + "}" + more + "}";
}

constexpr const char* kXY = R"("x": {"field": "g", "type": "nominal"},
    "y": {"field": "v", "type": "quantitative"})";

TEST(ChartComposite, BoxPlotsFindOutliersBesideWhiskersAndBoxes) {
  const Json box = Expand(Unit(R"("boxplot")", kXY)).value();
  EXPECT_EQ(At(box, "layer/0/transform").Dump(),
            R"([{"joinaggregate":[{"op":"q1","field":"v","as":"lower_box_v"},)"
            R"({"op":"q3","field":"v","as":"upper_box_v"}],"groupby":["g"]}])");
  EXPECT_EQ(At(box, "layer/0/layer/0/transform/0/filter").AsString(),
            "(datum['v'] < datum['lower_box_v'] - 1.5 * (datum['upper_box_v'] - "
            "datum['lower_box_v'])) || (datum['v'] > datum['upper_box_v'] + 1.5 * "
            "(datum['upper_box_v'] - datum['lower_box_v']))");
  EXPECT_EQ(At(box, "layer/0/layer/0/mark").Dump(),
            R"({"type":"point","style":"boxplot-outliers"})");
  EXPECT_EQ(At(box, "layer/0/layer/1/transform/1/aggregate/2").Dump(),
            R"({"op":"min","field":"lower_box_v","as":"lower_box_v"})");
  EXPECT_EQ(At(box, "layer/1/layer/0/mark").Dump(),
            R"({"type":"bar","size":14,"orient":"vertical","ariaRoleDescription":"box",)"
            R"("style":"boxplot-box"})");
  EXPECT_EQ(At(box, "layer/1/layer/1/encoding/color").Dump(),
            R"({"condition":{"test":"datum['lower_box_v'] >= datum['upper_box_v']",)"
            R"("value":"#4c78a8"}})");
}

TEST(ChartComposite, BoxPlotsAreShownWithFiveNumbersAndWhiskersWithTwo) {
  const Json box = Expand(Unit(R"("boxplot")", kXY)).value();
  const auto titles = [&](const std::string& layer) {
    std::string out;
    for (const Json& tip : At(box, layer + "/encoding/tooltip").items()) {
      out += tip.Find("title") != nullptr ? tip.Find("title")->AsString() + ", "
                                          : tip.Find("field")->AsString();
    }
    return out;
  };
  EXPECT_EQ(titles("layer/1/layer/0"), "Max of v, Q3 of v, Median of v, Q1 of v, Min of v, g");
  EXPECT_EQ(titles("layer/0/layer/1/layer/0"), "Upper Whisker of v, Lower Whisker of v, g");
}

TEST(ChartComposite, OutliersShowTheTooltipThatBoxesCannot) {
  const Json box = Expand(Unit(R"("boxplot")", std::string(kXY) + R"(, "tooltip":
      [{"field": "name"}, {"field": "w", "aggregate": "mean"}])"))
                       .value();
  EXPECT_EQ(At(box, "layer/0/layer/0/encoding/tooltip").Dump(), R"({"field":"name"})");
  EXPECT_EQ(At(box, "layer/1/layer/0/encoding/tooltip").Dump(),
            R"({"title":"Mean of w","field":"mean_w"})");
}

TEST(ChartComposite, OtherChannelsBecomeTransformsAndGroups) {
  const Json box = Expand(Unit(R"({"type": "boxplot", "extent": "min-max"})", R"(
      "x": {"field": "d", "timeUnit": "utcyearmonth"}, "y": {"field": "v", "type": "quantitative"},
      "color": {"field": "w", "aggregate": "mean"}, "opacity": {"field": "u", "bin": true},
      "detail": {"field": "d", "timeUnit": "utcyearmonth", "type": "temporal"})",
                               R"(, "transform": [{"filter": "datum.v > 0"}])"))
                       .value();
  const Json& steps = At(box, "transform");
  ASSERT_EQ(steps.items().size(), 5u);
  EXPECT_EQ(steps.items()[1].Dump(), R"({"bin":{"maxbins":6},"field":"u","as":"bin_maxbins_6_u"})");
  EXPECT_EQ(steps.items()[2].Dump(),
            R"({"timeUnit":{"unit":"yearmonth","utc":true},"field":"d","as":"utcyearmonth_d"})");
  EXPECT_EQ(At(steps, "4/groupby").Dump(),
            R"(["utcyearmonth_d","bin_maxbins_6_u","bin_maxbins_6_u_end"])");
  EXPECT_EQ(At(steps, "4/aggregate/0").Dump(), R"({"op":"mean","as":"mean_w","field":"w"})");
  EXPECT_EQ(At(box, "layer/2/encoding/x").Dump(),
            R"j({"title":"d (year-month)","type":"temporal","field":"utcyearmonth_d"})j");
  EXPECT_EQ(At(box, "layer/2/encoding/color").Dump(),
            R"({"title":"Mean of w","type":"quantitative","field":"mean_w"})");
  EXPECT_EQ(At(box, "layer/2/encoding/opacity").Dump(),
            R"j({"title":"u (binned)","type":"quantitative","field":"bin_maxbins_6_u",)j"
            R"j("bin":"binned"})j");
}

TEST(ChartComposite, PartsJoinConfigSharedLookAndTheirOwn) {
  const Json config = ConfigWith(R"({"boxplot": {"rule":
      {"strokeDash": [1, 2], "color": "blue", "opacity": 0.1}}})");
  const Json box =
      ExpandComposite(ParseJson(Unit(R"({"type": "boxplot", "color": "teal", "opacity": 0.4,
          "rule": {"strokeWidth": 3, "opacity": 0.9}, "box": {"style": "mine"}})",
                                     kXY))
                          .value(),
                      config, "")
          .value();
  EXPECT_EQ(At(box, "layer/0/layer/1/layer/0/mark").Dump(),
            R"({"strokeDash":[1,2],"color":"teal","opacity":0.9,"type":"rule","aria":false,)"
            R"("style":"boxplot-rule","strokeWidth":3})");
  EXPECT_EQ(At(box, "layer/1/layer/0/mark/style").AsString(), "mine");
}

TEST(ChartComposite, MeasuresTheAxisThatIsContinuousAggregatedOrNotTime) {
  const auto measured = [](const std::string& encoding, const std::string& mark = "\"errorbar\"") {
    const Result<Json> bar = Expand(Unit(mark, encoding));
    if (!bar.ok()) return bar.status().pointer();
    const Json* x = bar.value().Find("encoding")->Find("x");
    const bool by_x = x != nullptr && *x->Find("field") == Json("lower_a");
    return std::string(by_x ? "x" : "y");
  };
  const std::string x = R"("x": {"field": "a", "type": "quantitative"})";
  const std::string y = R"("y": {"field": "b", "type": "quantitative"})";
  EXPECT_EQ(measured(x), "x");
  EXPECT_EQ(measured(x + "," + y), "y");
  EXPECT_EQ(measured(x + R"(, "y": {"field": "b", "type": "temporal"})"), "x");
  EXPECT_EQ(
      measured(R"("x": {"field": "a", "type": "quantitative", "aggregate": "errorbar"}, )" + y),
      "x");
  EXPECT_EQ(measured(x + "," + y, R"({"type": "errorbar", "orient": "horizontal"})"), "x");
  EXPECT_EQ(measured(R"("x": {"field": "a", "bin": true}, )" + y), "y");
  EXPECT_EQ(measured(x, R"({"type": "errorbar", "orient": "vertical"})"), "/encoding");
  EXPECT_EQ(measured(x, R"({"type": "errorbar", "orient": "diagonal"})"), "/mark/orient");
  EXPECT_EQ(measured(R"("x": {"field": "a", "type": "number"})"), "/encoding/x/type");
  EXPECT_EQ(measured(R"("x": {"datum": 3})"), "/encoding/x");
}

TEST(ChartComposite, ErrorBarsReachAsTheirCentreAndExtentSay) {
  const auto transform = [](const std::string& mark) {
    return At(Expand(Unit(mark, kXY)).value(), "transform");
  };
  EXPECT_EQ(transform(R"("errorbar")").Dump(),
            R"([{"aggregate":[{"op":"stderr","field":"v","as":"extent_v"},)"
            R"({"op":"mean","field":"v","as":"center_v"}],"groupby":["g"]},)"
            R"({"calculate":"datum['center_v'] + datum['extent_v']","as":"upper_v"},)"
            R"({"calculate":"datum['center_v'] - datum['extent_v']","as":"lower_v"}])");
  EXPECT_EQ(transform(R"({"type": "errorbar", "extent": "ci"})").Dump(),
            R"([{"aggregate":[{"op":"ci0","field":"v","as":"lower_v"},)"
            R"({"op":"ci1","field":"v","as":"upper_v"},)"
            R"({"op":"mean","field":"v","as":"center_v"}],"groupby":["g"]}])");
  EXPECT_EQ(At(transform(R"({"type": "errorband", "center": "median"})"), "0/aggregate/0/op"),
            Json("q1"));
  std::vector<Warning> warnings;
  const Json config = MergedConfig({});
  const Json unit =
      ParseJson(Unit(R"({"type": "errorbar", "center": "median", "extent": "ci"})", kXY)).value();
  EXPECT_TRUE(ExpandComposite(unit, config, "/layer/1", &warnings).ok());
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_EQ(warnings[0].pointer, "/layer/1/mark/extent");
  const Status odd = Expand(Unit(R"({"type": "errorbar", "extent": "stder"})", kXY)).status();
  EXPECT_EQ(odd.pointer(), "/mark/extent");
  EXPECT_EQ(odd.hint(), "Did you mean \"stderr\"?");
}

TEST(ChartComposite, ErrorBarsTakeBoundsAndErrorsFromTheRows) {
  const std::string y = R"("y": {"field": "v", "type": "quantitative"})";
  const Json bounds = Expand(Unit(R"("errorbar")", y + R"(, "y2": {"field": "w"})")).value();
  EXPECT_EQ(At(bounds, "transform").Dump(), R"([{"calculate":"datum['w']","as":"upper_v"},)"
                                            R"({"calculate":"datum['v']","as":"lower_v"}])");
  EXPECT_EQ(At(bounds, "encoding/tooltip/0/title").AsString(), "w");
  const Json errors = Expand(Unit(R"("errorbar")", y + R"(, "yError": {"field": "e"},
      "yError2": {"field": "f"})"))
                          .value();
  EXPECT_EQ(At(errors, "transform/1/calculate").AsString(), "datum['v'] + datum['f']");
  EXPECT_EQ(At(errors, "encoding/tooltip/1/title").AsString(), "v + e");
  const auto refused = [&](const std::string& more) {
    return Expand(Unit(R"("errorbar")", y + more)).status().pointer();
  };
  EXPECT_EQ(refused(R"(, "y2": {"field": "w"}, "yError": {"field": "e"})"), "/encoding");
  EXPECT_EQ(refused(R"(, "yError2": {"field": "e"})"), "/encoding");
  EXPECT_EQ(refused(R"(, "x2": {"field": "w"})"), "/encoding");
  EXPECT_EQ(refused(R"(, "yError": {"datum": 3})"), "/encoding/yError");
}

TEST(ChartComposite, OneBarIsAUnitAndBandsOfOneAxisAreRectangles) {
  const Json bar = Expand(Unit(R"({"type": "errorbar", "thickness": 4})", kXY)).value();
  EXPECT_EQ(bar.Find("layer"), nullptr);
  EXPECT_EQ(At(bar, "mark").Dump(), R"({"type":"rule","ariaRoleDescription":"errorbar","size":4,)"
                                    R"("style":"errorbar-rule"})");
  const Json band = Expand(Unit(R"({"type": "errorband", "borders": true})",
                                R"("y": {"field": "v", "type": "quantitative"})"))
                        .value();
  EXPECT_EQ(At(band, "layer/0/mark/type"), Json("rect"));
  EXPECT_EQ(At(band, "layer/1/mark/type"), Json("rule"));
}

TEST(ChartComposite, NothingIsLaidOverBands) {
  const Json config = ConfigWith(R"({"line": {"point": true}, "area": {"line": true}})");
  const Json band =
      ExpandComposite(ParseJson(Unit(R"({"type": "errorband", "borders": true})", kXY)).value(),
                      config, "")
          .value();
  EXPECT_EQ(At(band, "layer/0/mark/line"), Json(false));
  EXPECT_EQ(At(band, "layer/1/mark/point"), Json(false));
}

TEST(ChartComposite, NamesColumnsAfterFieldsOfAnySpelling) {
  const Json bar = Expand(Unit(R"("errorbar")", R"("y": {"field": "it's.a\\.b",
      "type": "quantitative"}, "yError": {"field": "e"})"))
                       .value();
  EXPECT_EQ(At(bar, "transform/0/calculate").AsString(), "datum['it\\'s']['a.b'] + datum['e']");
  EXPECT_EQ(At(bar, "transform/0/as").AsString(), "upper_it's.a.b");
}

TEST(ChartComposite, RefusesOrKeepsWhatHasAWrongType) {
  const char* units[] = {
      R"({"mark": "boxplot", "encoding": []})",
      R"({"mark": "boxplot", "encoding": {"y": 3, "x": null}})",
      R"({"mark": "boxplot", "encoding": {"y": {"field": {"repeat": "row"}, "type": "quantitative"}}})",
      R"({"mark": {"type": "boxplot", "extent": []}, "encoding": {"y": {"field": "a", "type": "Q"}}})",
      R"({"mark": "errorbar", "transform": 3, "encoding": {"y": {"field": "a", "type": "Q"}}})",
      R"({"mark": {"type": "errorband", "orient": 3}, "encoding": {"y": {"field": "a"}}})"};
  for (const char* unit : units) EXPECT_FALSE(Expand(unit).ok()) << unit;
  const Json odd = Expand(Unit(R"({"type": "boxplot", "box": 3, "rule": "x", "style": [1]})",
                               std::string(kXY) + R"(, "color": [1, null], "tooltip": [[]],
      "size": {"field": 3, "bin": [], "timeUnit": 7, "sort": 1, "aggregate": {}}, "detail": null)"))
                       .value();
  EXPECT_EQ(At(odd, "layer/1/layer/0/mark/type"), Json("bar"));
}

}  // namespace
}  // namespace loupe::chart

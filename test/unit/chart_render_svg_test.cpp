#include "core/chart/render/svg.hpp"

#include <gtest/gtest.h>

#include "chart_render_scene.hpp"

namespace loupe::chart {
namespace {

class FixedWidth : public TextMeasure {
 public:
  [[nodiscard]] double Width(const FontSpec& font, std::string_view text) const override {
    return static_cast<double>(text.size()) * font.size / 2;
  }
};

std::string Svg(const Scene& scene) { return RenderSvg(scene, FixedWidth()); }

bool Has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

Item& FirstBar(Scene* scene) { return scene->root.items[0].marks[0].items[0]; }
Item& Label(Scene* scene) { return scene->root.items[0].marks[2].items[0]; }

TEST(RenderSvg, WritesVegasStructureAndClasses) {
  EXPECT_EQ(
      Svg(TwoBars()),
      "<svg xmlns=\"http://www.w3.org/2000/svg\" version=\"1.1\" class=\"marks\" width=\"110\" "
      "height=\"100\" viewBox=\"0 0 110 100\"><title>Two bars</title>"
      "<rect width=\"110\" height=\"100\" fill=\"#ffffff\"/>"
      "<g fill=\"none\" stroke-miterlimit=\"10\" transform=\"translate(5,0)\">"
      "<g class=\"mark-group role-frame root\" role=\"graphics-object\" "
      "aria-roledescription=\"group mark container\"><g transform=\"translate(0,0)\">"
      "<path class=\"background\" aria-hidden=\"true\" d=\"M0,0h100v80h-100Z\"/><g>"
      "<g class=\"mark-rect role-mark marks\" role=\"graphics-object\" "
      "aria-roledescription=\"rect mark container\">"
      "<path aria-label=\"a: &lt;A&gt; &amp; &quot;B&quot;; b: 28\" role=\"graphics-symbol\" "
      "aria-roledescription=\"bar\" d=\"M10,20h20v60h-20Z\" fill=\"#ff0000\"/>"
      "<path d=\"M40,50h20v30h-20Z\" fill=\"#0000ff\" fill-opacity=\"0.5\"/></g>"
      "<g class=\"mark-rule role-axis-domain\" pointer-events=\"none\">"
      "<line transform=\"translate(0,80)\" x2=\"100\" y2=\"0\" stroke=\"#888888\" "
      "stroke-width=\"1\"/></g>"
      "<g class=\"mark-text role-axis-label\" pointer-events=\"none\">"
      "<text text-anchor=\"middle\" transform=\"translate(20,92)\" font-family=\"DejaVu Sans\" "
      "font-size=\"10px\" fill=\"#000000\">Label</text></g></g></g></g></g></svg>");
}

TEST(RenderSvg, EscapesTextAndReplacesWhatXmlCannotHold) {
  Scene scene = TwoBars();
  Label(&scene).text = {"<script>&\x01"};
  EXPECT_TRUE(Has(Svg(scene), ">&lt;script&gt;&amp;\uFFFD</text>"));
}

TEST(RenderSvg, WritesTooltipsAsTitles) {
  Scene scene = TwoBars();
  FirstBar(&scene).tooltip = "a & b";
  Label(&scene).tooltip = "tip";
  EXPECT_TRUE(Has(Svg(scene), "><title>a &amp; b</title></path>"));
  EXPECT_TRUE(Has(Svg(scene), "<title>tip</title>Label</text>"));
}

TEST(RenderSvg, RotatesAboutTheAnchorAndShiftsBehind) {
  Scene scene = TwoBars();
  Label(&scene).angle = -90;
  Label(&scene).dx = 2;
  EXPECT_TRUE(Has(Svg(scene), "translate(20,84) rotate(-90) translate(2,8)"));
}

TEST(RenderSvg, WritesLinesOfTextAsSpans) {
  Scene scene = TwoBars();
  Label(&scene).text = {"one", "two"};
  EXPECT_TRUE(Has(Svg(scene), "<tspan>one</tspan><tspan x=\"0\" dy=\"12\">two</tspan>"));
}

TEST(RenderSvg, CutsTextAtItsLimit) {
  Scene scene = TwoBars();
  Label(&scene).text = {"abcdefgh"};
  Label(&scene).limit = 31;  // five pixels a byte: three letters and the ellipsis
  EXPECT_TRUE(Has(Svg(scene), ">abc…</text>"));
}

TEST(RenderSvg, WritesStrokesOpacityAndFonts) {
  Scene scene = TwoBars();
  Item& bar = FirstBar(&scene);
  bar.stroke = Solid(1, 2, 3, 0.5);
  bar.stroke_width = 2.5;
  bar.stroke_cap = StrokeCap::kRound;
  bar.stroke_join = StrokeJoin::kBevel;
  bar.stroke_miter_limit = 4;
  bar.stroke_dash = {4, 2};
  bar.stroke_dash_offset = 1;
  bar.opacity = 0.7;
  Label(&scene).font.weight = FontWeight::kBold;
  Label(&scene).font.style = FontStyle::kItalic;
  const std::string svg = Svg(scene);
  EXPECT_TRUE(Has(svg,
                  "stroke=\"#010203\" stroke-width=\"2.5\" stroke-opacity=\"0.5\" "
                  "stroke-linecap=\"round\" stroke-linejoin=\"bevel\" stroke-miterlimit=\"4\" "
                  "stroke-dasharray=\"4,2\" stroke-dashoffset=\"1\" opacity=\"0.7\""))
      << svg;
  EXPECT_TRUE(Has(svg, "font-weight=\"bold\" font-style=\"italic\""));
}

TEST(RenderSvg, WritesPathsWithEveryVerb) {
  Scene scene = TwoBars();
  Mark& mark = scene.root.items[0].marks[0];
  mark.type = MarkType::kPath;
  mark.items.resize(1);
  mark.items[0].path = {{PathVerb::kMove, {0, 0}},
                        {PathVerb::kLine, {1.00049, -2}},
                        {PathVerb::kCubic, {1, 2, 3, 4, 5, 6}},
                        {PathVerb::kQuad, {1, 2, 3, 4}},
                        {PathVerb::kArc, {5, 5, 0, 1, 0, 9, 9}},
                        {PathVerb::kClose, {}}};
  EXPECT_TRUE(
      Has(Svg(scene),
          "transform=\"translate(10,20)\" d=\"M0,0L1,-2C1,2,3,4,5,6Q1,2,3,4A5,5,0,1,0,9,9Z\""));
}

TEST(RenderSvg, DefinesGradientsAndClips) {
  Scene scene = TwoBars();
  Gradient gradient;
  gradient.stops = {{0, {0, 0, 0, 1}}, {1, {255, 255, 255, 0.5}}};
  FirstBar(&scene).fill = Paint();
  FirstBar(&scene).fill.gradient = gradient;
  scene.root.items[0].clip = true;
  const std::string svg = Svg(scene);
  EXPECT_TRUE(Has(svg,
                  "<defs><clipPath id=\"clip0\"><path d=\"M0,0h100v80h-100Z\"/></clipPath>"
                  "<linearGradient id=\"gradient1\" x1=\"0\" x2=\"1\" y1=\"0\" y2=\"0\">"
                  "<stop offset=\"0\" stop-color=\"#000000\"/>"
                  "<stop offset=\"1\" stop-color=\"#ffffff\" stop-opacity=\"0.5\"/>"))
      << svg;
  EXPECT_TRUE(Has(svg, "fill=\"url(#gradient1)\""));
  EXPECT_TRUE(Has(svg, "<g clip-path=\"url(#clip0)\">"));
}

TEST(RenderSvg, RoundsCornersAndPutsStrokedFramesOnHalfPixels) {
  Scene scene = TwoBars();
  FirstBar(&scene).corner_radius = {4, 0, 0, 100};
  scene.root.items[0].stroke = Solid(221, 221, 221);
  const std::string svg = Svg(scene);
  EXPECT_TRUE(Has(svg, "d=\"M14,20L30,20L30,80L20,80A10,10,0,0,1,10,70L10,24A4,4,0,0,1,14,20Z\""))
      << svg;
  EXPECT_TRUE(Has(svg, "d=\"M0.5,0.5h100v80h-100Z\""));
}

TEST(RenderSvg, WritesNumbersThatAreNoneAsZero) {
  Scene scene = TwoBars();
  FirstBar(&scene).x = std::numeric_limits<double>::quiet_NaN();
  FirstBar(&scene).y = -0.0001;
  EXPECT_TRUE(Has(Svg(scene), "d=\"M0,0h20v60h-20Z\""));
}

TEST(RenderSvg, HidesAndLabelsContainers) {
  Scene scene = TwoBars();
  scene.root.items[0].marks[0].aria_hidden = true;
  scene.root.items[0].marks[1].aria_label = "X-axis";
  scene.root.items[0].marks[1].aria_role_description = "axis";
  const std::string svg = Svg(scene);
  EXPECT_TRUE(Has(svg, "<g class=\"mark-rect role-mark marks\" aria-hidden=\"true\">"));
  EXPECT_TRUE(
      Has(svg, "role=\"graphics-symbol\" aria-roledescription=\"axis\" aria-label=\"X-axis\""));
}

}  // namespace
}  // namespace loupe::chart

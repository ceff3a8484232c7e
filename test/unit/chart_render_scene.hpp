// A small scene that the tests of the renderers draw: two bars, a rule, a label, a clipped group.
#ifndef LOUPE_TEST_UNIT_CHART_RENDER_SCENE_HPP
#define LOUPE_TEST_UNIT_CHART_RENDER_SCENE_HPP

#include "core/chart/scene.hpp"

namespace loupe::chart {

inline Paint Solid(std::uint8_t red, std::uint8_t green, std::uint8_t blue, double alpha = 1) {
  Paint paint;
  paint.color = Color{red, green, blue, alpha};
  return paint;
}

inline Item Box(double x, double y, double width, double height, Paint fill) {
  Item item;
  item.x = x;
  item.y = y;
  item.width = width;
  item.height = height;
  item.fill = std::move(fill);
  return item;
}

inline Scene TwoBars() {
  Mark bars;
  bars.type = MarkType::kRect;
  bars.role = "mark";
  bars.name = "marks";
  bars.items = {Box(10, 20, 20, 60, Solid(255, 0, 0)), Box(40, 50, 20, 30, Solid(0, 0, 255, 0.5))};
  bars.items[0].aria_label = "a: <A> & \"B\"; b: 28";
  bars.items[0].aria_role_description = "bar";

  Mark rule;
  rule.type = MarkType::kRule;
  rule.role = "axis-domain";
  Item line;
  line.y = 80;
  line.x2 = 100;
  line.y2 = 80;
  line.stroke = Solid(136, 136, 136);
  rule.items = {line};

  Mark label;
  label.type = MarkType::kText;
  label.role = "axis-label";
  Item text;
  text.x = 20;
  text.y = 84;
  text.text = {"Label"};
  text.font.family = "DejaVu Sans";
  text.font.size = 10;
  text.align = TextAlign::kCenter;
  text.baseline = TextBaseline::kTop;
  text.fill = Solid(0, 0, 0);
  label.items = {text};

  Scene scene;
  scene.width = 110;
  scene.height = 100;
  scene.origin_x = 5;
  scene.origin_y = 0;
  scene.background = Solid(255, 255, 255);
  scene.title = "Two bars";
  scene.root.role = "frame";
  scene.root.items = {Box(0, 0, 100, 80, Paint())};
  scene.root.items[0].marks = {bars, rule, label};
  return scene;
}

}  // namespace loupe::chart

#endif  // LOUPE_TEST_UNIT_CHART_RENDER_SCENE_HPP

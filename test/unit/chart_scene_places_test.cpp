#include "core/chart/scene_places.hpp"

#include <gtest/gtest.h>

#include "chart_render_scene.hpp"
#include "core/chart/layout/bounds.hpp"
#include "core/chart/render/svg.hpp"
#include "core/chart/text/font_set.hpp"

namespace loupe::chart {
namespace {

Item Dot(double x, double y, const Paint& fill, double side = 4) {
  Item dot;
  dot.x = x;
  dot.y = y;
  dot.path = {{PathVerb::kMove, {-side / 2, -side / 2}},
              {PathVerb::kLine, {side / 2, -side / 2}},
              {PathVerb::kLine, {side / 2, side / 2}},
              {PathVerb::kClose, {}}};
  dot.fill = fill;
  return dot;
}

// Two looks by turns, one text.
std::vector<Item> Dots() {
  std::vector<Item> dots;
  for (int i = 0; i < 6; ++i) {
    dots.push_back(Dot(10.0 * i, 5, i % 2 == 0 ? Solid(255, 0, 0) : Solid(0, 0, 255, 0.5)));
  }
  dots[3].aria_label = "third";
  dots[3].tooltip = "tip";
  return dots;
}

Mark Symbols(std::vector<Item> items) {
  Mark mark;
  mark.type = MarkType::kSymbol;
  mark.role = "mark";
  mark.items = std::move(items);
  return mark;
}

Mark Placed(const std::vector<Item>& items, MarkType type = MarkType::kSymbol) {
  Mark mark = Symbols({});
  mark.type = type;
  PlaceBuilder builder(&mark);
  for (const Item& item : items) builder.Add(item);
  return mark;
}

Scene SceneOf(const Mark& mark) {
  Scene scene = TwoBars();
  scene.root.items[0].marks = {mark};
  return scene;
}

const FontSet& Fonts() {
  static const FontSet* fonts = new FontSet(FontSet::Load(kDefaultFontFolder).value());
  return *fonts;
}

TEST(PlaceBuilder, KeepsOneItemOfEachLook) {
  const Mark mark = Placed(Dots());
  EXPECT_EQ(mark.items.size(), 2U);
  ASSERT_EQ(mark.places.size(), 6U);
  EXPECT_EQ(mark.places[4].item, mark.places[0].item);
  EXPECT_EQ(mark.places[4].x, 40);
  ASSERT_EQ(mark.texts.size(), 6U);
  EXPECT_EQ(mark.texts[3].aria_label, "third");
  EXPECT_EQ(mark.texts[4].aria_label, "");
}

TEST(PlaceBuilder, KeepsNoTextsWhereThereAreNone) {
  EXPECT_TRUE(Placed({Dot(1, 1, Solid(1, 2, 3)), Dot(2, 2, Solid(1, 2, 3))}).texts.empty());
}

TEST(PlaceBuilder, KeepsItemsOfOtherTypes) {
  const Mark mark = Placed(Dots(), MarkType::kRect);
  EXPECT_EQ(mark.items.size(), 6U);
  EXPECT_TRUE(mark.places.empty());
}

TEST(PlaceBuilder, KeepsLooksBeyondItsLimit) {
  std::vector<Item> dots;
  const auto count = static_cast<int>(PlaceBuilder::kMaxLooks) + 10;
  for (int i = 0; i < count; ++i) dots.push_back(Dot(i, 0, Solid(1, 2, 3), 1 + i));
  const Mark mark = Placed(dots);
  EXPECT_EQ(mark.items.size(), dots.size());
  EXPECT_EQ(DebugString(SceneOf(mark)), DebugString(SceneOf(Symbols(dots))));
}

TEST(LooksAlike, SeesEveryDifferenceButPlaceAndTexts) {
  const Item base = Dot(1, 2, Solid(1, 2, 3));
  Item moved = base;
  moved.x = 9;
  moved.aria_label = "a";
  moved.tooltip = "b";
  EXPECT_TRUE(LooksAlike(base, moved));
  const std::vector<void (*)(Item*)> changes = {
      [](Item* i) { i->fill = Solid(1, 2, 4); },
      [](Item* i) { i->stroke = Solid(1, 2, 3); },
      [](Item* i) { i->fill.gradient = Gradient(); },
      [](Item* i) { i->opacity = 0.5; },
      [](Item* i) { i->fill_opacity = 0.5; },
      [](Item* i) { i->stroke_opacity = 0.5; },
      [](Item* i) { i->stroke_width = 2; },
      [](Item* i) { i->stroke_cap = StrokeCap::kRound; },
      [](Item* i) { i->stroke_join = StrokeJoin::kRound; },
      [](Item* i) { i->stroke_miter_limit = 4; },
      [](Item* i) {
        i->stroke_dash = {1, 2};
      },
      [](Item* i) { i->stroke_dash_offset = 1; },
      [](Item* i) { i->angle = 45; },
      [](Item* i) { i->width = 1; },
      [](Item* i) { i->path[0].args[0] = 7; },
      [](Item* i) { i->path.pop_back(); },
      [](Item* i) { i->text = {"x"}; },
      [](Item* i) { i->font.size = 3; },
      [](Item* i) { i->aria_role_description = "point"; },
      [](Item* i) { i->marks.emplace_back(); },
  };
  for (std::size_t i = 0; i < changes.size(); ++i) {
    Item changed = base;
    changes[i](&changed);
    EXPECT_FALSE(LooksAlike(base, changed)) << i;
  }
}

TEST(Places, AreDrawnAsTheirItemsWouldBe) {
  const Scene one_by_one = SceneOf(Symbols(Dots()));
  const Scene placed = SceneOf(Placed(Dots()));
  EXPECT_EQ(DebugString(placed), DebugString(one_by_one));
  EXPECT_EQ(RenderSvg(placed, Fonts()), RenderSvg(one_by_one, Fonts()));
}

TEST(Places, HaveTheBoundsOfTheirItems) {
  std::vector<Item> dots = Dots();
  dots[1].angle = 30;
  dots[1].stroke = Solid(1, 1, 1);
  const Bounds expected = MarkBounds(Symbols(dots), Fonts());
  const Bounds bounds = MarkBounds(Placed(dots), Fonts());
  EXPECT_EQ(bounds.x1, expected.x1);
  EXPECT_EQ(bounds.y1, expected.y1);
  EXPECT_EQ(bounds.x2, expected.x2);
  EXPECT_EQ(bounds.y2, expected.y2);
}

}  // namespace
}  // namespace loupe::chart

#include "core/chart/render/stamp.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>

#include "core/chart/render/cairo_painter.hpp"
#include "core/chart/scene_places.hpp"

namespace loupe::chart {
namespace {

constexpr int kSide = 120;

struct Image {
  Surface surface{cairo_image_surface_create(CAIRO_FORMAT_ARGB32, kSide, kSide)};

  [[nodiscard]] int At(int x, int y, int channel) const {
    const unsigned char* data = cairo_image_surface_get_data(surface.get());
    const int stride = cairo_image_surface_get_stride(surface.get());
    return data[y * stride + x * 4 + channel];
  }
};

const FontSet& Fonts() {
  static const FontSet* fonts = new FontSet(FontSet::Load(kDefaultFontFolder).value());
  return *fonts;
}

// A ring of radius 5 with a see-through fill.
Item Ring(double x, double y) {
  Item item;
  item.x = x;
  item.y = y;
  item.path = {{PathVerb::kMove, {5, 0}},
               {PathVerb::kArc, {5, 5, 0, 1, 1, -5, 0}},
               {PathVerb::kArc, {5, 5, 0, 1, 1, 5, 0}}};
  item.fill.color = Color{255, 128, 0, 1};
  item.stroke.color = Color{0, 0, 255, 1};
  item.opacity = 0.3;
  item.stroke_width = 2;
  return item;
}

// Enough copies for a stamp, a third of a pixel apart from whole pixels, some over the edges.
std::vector<Item> Rings() {
  std::vector<Item> rings;
  for (int i = 0; i < 1024; ++i) rings.push_back(Ring(i % 32 * 4.1 - 3, i / 32 * 4.03 - 3));
  return rings;
}

Mark MarkOf(const std::vector<Item>& items, bool is_placed) {
  Mark mark;
  mark.type = MarkType::kSymbol;
  mark.role = "mark";
  if (!is_placed) {
    mark.items = items;
    return mark;
  }
  PlaceBuilder builder(&mark);
  for (const Item& item : items) builder.Add(item);
  return mark;
}

Image Draw(Mark mark, bool is_clipped = false, double scale = 1) {
  Scene scene;
  scene.width = kSide;
  scene.height = kSide;
  scene.background.color = Color{255, 255, 255, 1};
  Item group;
  group.width = 60;
  group.height = 50;
  group.clip = is_clipped;
  group.marks = {std::move(mark)};
  scene.root.items = {group};
  Image image;
  const Cairo cairo(cairo_create(image.surface.get()));
  cairo_scale(cairo.get(), scale, scale);
  EXPECT_TRUE(PaintScene(scene, Fonts(), Context(), cairo.get()).ok());
  cairo_surface_flush(image.surface.get());
  return image;
}

// The greatest and the mean difference of a channel.
std::pair<int, double> Difference(const Image& a, const Image& b) {
  int greatest = 0;
  double sum = 0;
  for (int y = 0; y < kSide; ++y) {
    for (int x = 0; x < kSide; ++x) {
      for (int channel = 0; channel < 4; ++channel) {
        const int difference = std::abs(a.At(x, y, channel) - b.At(x, y, channel));
        greatest = std::max(greatest, difference);
        sum += difference;
      }
    }
  }
  return {greatest, sum / (4.0 * kSide * kSide)};
}

TEST(Stamp, DrawsWhatCairoDraws) {
  for (const double scale : {1.0, 1.7}) {
    const auto [greatest, mean] = Difference(Draw(MarkOf(Rings(), true), false, scale),
                                             Draw(MarkOf(Rings(), false), false, scale));
    EXPECT_LE(greatest, 24) << scale;
    EXPECT_LE(mean, 2) << scale;
    EXPECT_GT(greatest, 0) << "nothing was stamped";
  }
}

TEST(Stamp, StaysInsideOfAClip) {
  const Image image = Draw(MarkOf(Rings(), true), true);
  EXPECT_LT(image.At(59, 49, 0), 255);
  EXPECT_EQ(image.At(60, 49, 0), 255);
  EXPECT_EQ(image.At(59, 50, 0), 255);
  const auto [greatest, mean] = Difference(image, Draw(MarkOf(Rings(), false), true));
  EXPECT_LE(greatest, 24);
  EXPECT_LE(mean, 2);
}

TEST(Stamp, IsNotUsedForFewCopies) {
  std::vector<Item> rings = Rings();
  rings.resize(100);
  EXPECT_EQ(Difference(Draw(MarkOf(rings, true)), Draw(MarkOf(rings, false))).first, 0);
}

TEST(Stamp, LeavesOutWhatLiesNowhere) {
  std::vector<Item> rings(1000, Ring(20, 20));
  for (std::size_t i = 0; i < rings.size(); i += 2) {
    rings[i].x = i % 4 == 0 ? 1e300 : std::nan("");
  }
  const Image image = Draw(MarkOf(rings, true));
  EXPECT_EQ(image.At(100, 100, 0), 255);
  EXPECT_LT(image.At(20, 20, 0), 255);
}

TEST(Stamp, IsNotMadeOfLargeLooks) {
  std::vector<Item> rings(600, Ring(20, 20));
  for (Item& ring : rings) ring.stroke_width = 100;
  EXPECT_EQ(Difference(Draw(MarkOf(rings, true)), Draw(MarkOf(rings, false))).first, 0);
}

}  // namespace
}  // namespace loupe::chart

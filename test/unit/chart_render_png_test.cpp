#include "core/chart/render/png.hpp"

#include <gtest/gtest.h>
#include <png.h>

#include <cstring>

#include "chart_render_scene.hpp"

namespace loupe::chart {
namespace {

const FontSet& Fonts() {
  static const FontSet* fonts = new FontSet(FontSet::Load(kDefaultFontFolder).value());
  return *fonts;
}

struct Image {
  png_uint_32 width = 0;
  png_uint_32 height = 0;
  bool has_alpha = false;
  bool has_palette = false;
  std::vector<unsigned char> pixels;  // RGBA

  [[nodiscard]] std::array<int, 4> At(std::uint32_t x, std::uint32_t y) const {
    const unsigned char* p = &pixels[(static_cast<std::size_t>(y) * width + x) * 4];
    return {p[0], p[1], p[2], p[3]};
  }
};

Image Decode(const std::string& bytes) {
  png_image png;
  std::memset(&png, 0, sizeof png);
  png.version = PNG_IMAGE_VERSION;
  EXPECT_NE(png_image_begin_read_from_memory(&png, bytes.data(), bytes.size()), 0) << png.message;
  Image image;
  image.width = png.width;
  image.height = png.height;
  image.has_alpha = (png.format & PNG_FORMAT_FLAG_ALPHA) != 0;
  image.has_palette = (png.format & PNG_FORMAT_FLAG_COLORMAP) != 0;
  png.format = PNG_FORMAT_RGBA;
  image.pixels.resize(PNG_IMAGE_SIZE(png));
  EXPECT_NE(png_image_finish_read(&png, nullptr, image.pixels.data(), 0, nullptr), 0);
  return image;
}

Image Draw(const Scene& scene, double scale) {
  Result<std::string> png = RenderPng(scene, Fonts(), scale, Context());
  EXPECT_TRUE(png.ok()) << png.status().message();
  return Decode(png.value());
}

using Pixel = std::array<int, 4>;

TEST(RenderPng, DrawsBarsWhereTheyAre) {
  const Image image = Draw(TwoBars(), 1);
  EXPECT_EQ(image.width, 110U);
  EXPECT_EQ(image.height, 100U);
  EXPECT_FALSE(image.has_alpha);
  EXPECT_EQ(image.At(20, 50), (Pixel{255, 0, 0, 255}));
  EXPECT_EQ(image.At(20, 10), (Pixel{255, 255, 255, 255}));
  const Pixel half = image.At(55, 70);
  EXPECT_NEAR(half[0], 127, 2);
  EXPECT_NEAR(half[2], 255, 1);
}

TEST(RenderPng, DrawsText) {
  const Image image = Draw(TwoBars(), 1);
  int dark = 0;
  for (std::uint32_t y = 84; y < 96; ++y) {
    for (std::uint32_t x = 0; x < 60; ++x) dark += image.At(x, y)[0] < 128 ? 1 : 0;
  }
  EXPECT_GT(dark, 20);
}

TEST(RenderPng, ScalesPixelsAndDensity) {
  const Image image = Draw(TwoBars(), 2);
  EXPECT_EQ(image.width, 220U);
  EXPECT_EQ(image.At(40, 100), (Pixel{255, 0, 0, 255}));
}

TEST(RenderPng, KeepsTransparencyWithoutABackground) {
  Scene scene = TwoBars();
  scene.background = Paint();
  const Image image = Draw(scene, 1);
  EXPECT_TRUE(image.has_alpha);
  EXPECT_EQ(image.At(100, 5)[3], 0);
  const Pixel half = image.At(55, 70);
  EXPECT_NEAR(half[2], 255, 2);
  EXPECT_NEAR(half[3], 128, 2);
}

// Columns of so many greys and reds, one pixel each.
Scene Columns(int count) {
  Scene scene = TwoBars();
  scene.width = count;
  scene.origin_x = 0;
  Mark& bars = scene.root.items[0].marks[0];
  bars.items.clear();
  for (int i = 0; i < count; ++i) {
    const auto part = static_cast<std::uint8_t>(i % 256);
    bars.items.push_back(Box(i, 0, 1, 100, Solid(part, i < 256 ? part : 7, 77)));
  }
  scene.root.items[0].marks.resize(1);
  return scene;
}

TEST(RenderPng, HasAPaletteForFewColors) {
  for (const int count : {1, 256, 257, 300}) {
    const Image image = Draw(Columns(count), 1);
    EXPECT_EQ(image.has_palette, count <= 256) << count;
    for (int x = 0; x < count; ++x) {
      const Pixel expected{x % 256, x < 256 ? x % 256 : 7, 77, 255};
      ASSERT_EQ(image.At(static_cast<std::uint32_t>(x), 50), expected) << count << " " << x;
    }
  }
  Scene transparent = Columns(3);
  transparent.background = Paint();
  EXPECT_FALSE(Draw(transparent, 1).has_palette);
}

TEST(RenderPng, DrawsPathsArcsGradientsClipsAndDashes) {
  Scene scene = TwoBars();
  Item& group = scene.root.items[0];
  Mark shapes;
  shapes.type = MarkType::kArc;
  shapes.role = "mark";
  Item pie;  // a quarter of a disc around (50, 40)
  pie.x = 50;
  pie.y = 40;
  pie.path = {{PathVerb::kMove, {0, 0}},
              {PathVerb::kLine, {30, 0}},
              {PathVerb::kArc, {30, 30, 0, 0, 1, 0, 30}},
              {PathVerb::kClose, {}}};
  pie.fill = Solid(0, 255, 0);
  Item curve;
  curve.path = {{PathVerb::kMove, {0, 10}},
                {PathVerb::kQuad, {50, 10, 90, 10}},
                {PathVerb::kCubic, {92, 10, 95, 10, 99, 10}},
                {PathVerb::kArc, {0, 5, 0, 0, 1, 99, 12}},
                {PathVerb::kArc, {1, 1, 0, 0, 0, 99, 20}}};
  curve.stroke = Solid(0, 0, 0);
  curve.stroke_width = 4;
  curve.stroke_dash = {6, 2};
  curve.stroke_cap = StrokeCap::kSquare;
  shapes.items = {pie, curve};
  group.marks = {shapes};
  group.fill.gradient = Gradient{0, 0, 1, 0, {{0, {0, 0, 0, 1}}, {1, {255, 255, 255, 1}}}};
  group.stroke = Solid(10, 20, 30);
  group.corner_radius = {8, 8, 8, 8};
  group.clip = true;
  const Image image = Draw(scene, 1);
  EXPECT_EQ(image.At(5 + 60, 50), (Pixel{0, 255, 0, 255}));
  EXPECT_NE(image.At(5 + 45, 35), (Pixel{0, 255, 0, 255}));
  EXPECT_LT(image.At(5 + 10, 60)[0], image.At(5 + 90, 60)[0]);
  EXPECT_EQ(image.At(5, 0), (Pixel{255, 255, 255, 255}));  // a rounded corner
}

TEST(RenderPng, RefusesPicturesThatAreTooLarge) {
  Scene scene = TwoBars();
  for (const double side : {32768.0, 5000.0, -1.0, std::numeric_limits<double>::quiet_NaN()}) {
    scene.width = side;
    scene.height = side;
    EXPECT_EQ(RenderPng(scene, Fonts(), 1, Context()).status().code(), Code::kLimitExceeded)
        << side;
  }
}

TEST(RenderPng, GivesEqualBytesForEqualScenes) {
  EXPECT_EQ(RenderPng(TwoBars(), Fonts(), 1, Context()).value(),
            RenderPng(TwoBars(), Fonts(), 1, Context()).value());
}

TEST(RenderPng, PollsWhileItDraws) {
  Scene scene = TwoBars();
  Mark& bars = scene.root.items[0].marks[0];
  bars.items.resize(3000, bars.items[0]);
  int polls = 0;
  const Context context([](void* data) { ++*static_cast<int*>(data); }, &polls);
  EXPECT_TRUE(RenderPng(scene, Fonts(), 1, context).ok());
  EXPECT_GE(polls, 3);
}

}  // namespace
}  // namespace loupe::chart

// Each limit of limits.hpp and of the renderers: what is one too many is refused by name.
#include "core/chart/limits.hpp"

#include <gtest/gtest.h>

#include "chart_fixture.hpp"
#include "chart_render_scene.hpp"
#include "core/chart/render/cairo_painter.hpp"
#include "core/chart/render/png.hpp"
#include "core/chart/render/svg.hpp"

namespace loupe::chart {
namespace {

// "0,1,2,…" of so many numbers.
std::string Numbers(std::size_t count) {
  std::string numbers = "0";
  for (std::size_t i = 1; i < count; ++i) numbers += "," + std::to_string(i);
  return numbers;
}

std::string Points(const std::string& values, const std::string& x) {
  return R"({"data": {"values": [)" + values + R"(]}, "mark": "point", "encoding": {"x": {)" +
         R"("field": "data", )" + x + "}}}";
}

// Expects that the spec exceeds a limit and that the message holds the number.
void ExpectLimit(const std::string& spec, double limit) {
  const Status status = TryCompile(spec).status();
  EXPECT_EQ(status.code(), Code::kLimitExceeded) << status.message();
  const std::string named = std::to_string(static_cast<long long>(limit));
  EXPECT_NE(status.message().find(named), std::string::npos) << status.message();
}

TEST(ChartLimits, NameRows) {
  std::string zeros = "0";
  for (std::size_t i = 0; i < kMaxRows; ++i) zeros += ",0";
  ExpectLimit(Points(zeros, R"("type": "quantitative", "aggregate": "mean")"), kMaxRows);
}

TEST(ChartLimits, NameMarks) {
  ExpectLimit(Points(Numbers(kMaxMarks + 1), R"("type": "quantitative")"), kMaxMarks);
}

// Sizes tell the symbols apart, so that each has a path of its own.
TEST(ChartLimits, NamePathCommands) {
  std::string shape = "M0,0";
  for (std::size_t i = 1; i < kMaxSymbolCommands; ++i) shape += "h1";
  const auto spec = [&](std::size_t symbols) {
    return R"({"data": {"sequence": {"start": 0, "stop": )" + std::to_string(symbols) +
           R"(, "as": "a"}}, "mark": {"type": "point", "shape": ")" + shape +
           R"("}, "encoding": {"size": {"field": "a", "type": "quantitative", "legend": null}}})";
  };
  EXPECT_TRUE(TryCompile(spec(100)).ok());
  ExpectLimit(spec(kMaxPathCommands / kMaxSymbolCommands + 1), kMaxPathCommands);
}

TEST(ChartLimits, NameDiscreteValues) {
  ExpectLimit(Points(Numbers(kMaxDiscreteValues + 1), R"("type": "nominal")"), kMaxDiscreteValues);
}

TEST(ChartLimits, NameTicks) {
  const std::string ticks = R"("type": "quantitative", "axis": {"values": [)";
  ExpectLimit(Points("0", ticks + Numbers(kMaxTicks + 1) + "]}"), kMaxTicks);
  EXPECT_TRUE(TryCompile(Points("0", ticks + Numbers(kMaxTicks) + "]}")).ok());
}

TEST(ChartLimits, NameLabelBytes) {
  const auto labelled = [](std::size_t bytes) {
    return Points("\"" + std::string(bytes, 'x') + "\"", R"("type": "nominal")");
  };
  ExpectLimit(labelled(kMaxLabelBytes + 1), kMaxLabelBytes);
}

TEST(ChartLimits, NamePixels) {
  const auto sized = [](const std::string& width, const std::string& height) {
    return R"({"mark": "point", "data": {"values": [1]}, "width": )" + width + R"(, "height": )" +
           height + "}";
  };
  ExpectLimit(sized("32768", "1"), kMaxSide);
  ExpectLimit(sized("32767", "1"), kMaxSide);  // with its padding
  ExpectLimit(sized("4096", "4096"), kMaxPixels);
  EXPECT_TRUE(TryCompile(sized("32000", "1")).ok());
}

Scene SceneOfSize(double width, double height) {
  Scene scene = TwoBars();
  scene.width = width;
  scene.height = height;
  return scene;
}

TEST(SurfaceLimits, HoldToThePixel) {
  EXPECT_TRUE(CheckSurface(SceneOfSize(kMaxSurfaceSide, 1), 1).ok());
  EXPECT_TRUE(CheckSurface(SceneOfSize(4096, 4096), 1).ok());
  const std::pair<double, double> too_large[] = {
      {kMaxSurfaceSide + 1, 1}, {1, kMaxSurfaceSide + 1}, {4096, 4097}, {kMaxSurfaceSide, 512.5}};
  for (const auto& [width, height] : too_large) {
    EXPECT_EQ(CheckSurface(SceneOfSize(width, height), 1).code(), Code::kLimitExceeded) << width;
  }
}

TEST(SurfaceLimits, CountScaledPixels) {
  EXPECT_TRUE(CheckSurface(SceneOfSize(1024, 1024), 4).ok());
  EXPECT_EQ(CheckSurface(SceneOfSize(1024, 1024), 4.01).code(), Code::kLimitExceeded);
  EXPECT_EQ(CheckSurface(SceneOfSize(1024, 1024), 1e300).code(), Code::kLimitExceeded);
  EXPECT_EQ(CheckSurface(SceneOfSize(100, 100), -1).code(), Code::kLimitExceeded);
}

TEST(SurfaceLimits, HoldForEveryPicture) {
  const FontSet fonts = FontSet::Load(kDefaultFontFolder).value();
  EXPECT_TRUE(RenderPng(SceneOfSize(kMaxSurfaceSide, 1), fonts, 1, Context()).ok());
  EXPECT_EQ(RenderPng(SceneOfSize(1024, 1024), fonts, 5, Context()).status().code(),
            Code::kLimitExceeded);
}

// A red box inside so many groups.
Scene Nested(int groups) {
  Mark mark;
  mark.type = MarkType::kRect;
  mark.role = "mark";
  mark.items = {Box(0, 0, 50, 50, Solid(255, 0, 0))};
  for (int i = 0; i < groups; ++i) {
    Mark outer;
    outer.role = "scope";
    outer.items.emplace_back();
    outer.items[0].marks.push_back(std::move(mark));
    mark = std::move(outer);
  }
  Scene scene = SceneOfSize(60, 60);
  scene.root = std::move(mark);
  return scene;
}

TEST(RenderLimits, CutGroupsThatAreTooDeep) {
  const FontSet fonts = FontSet::Load(kDefaultFontFolder).value();
  const auto draws_red = [&](int groups) {
    return RenderSvg(Nested(groups), fonts).find("#ff0000") != std::string::npos;
  };
  EXPECT_TRUE(draws_red(64));
  EXPECT_FALSE(draws_red(65));
  const auto png = [&](int groups) {
    return RenderPng(Nested(groups), fonts, 1, Context()).value();
  };
  EXPECT_NE(png(64), png(65));
  EXPECT_EQ(png(65), png(10'000));
}

}  // namespace
}  // namespace loupe::chart

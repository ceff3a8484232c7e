#include "core/chart/render/pdf.hpp"

#include <gtest/gtest.h>

#include "chart_render_scene.hpp"

namespace loupe::chart {
namespace {

TEST(RenderPdf, WritesOnePageWithAnEmbeddedFont) {
  const FontSet fonts = FontSet::Load(kDefaultFontFolder).value();
  Scene scene = TwoBars();
  scene.description = "Two bars and a label";
  const std::string pdf = RenderPdf(scene, fonts, Context()).value();
  EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
  EXPECT_NE(pdf.find("/Count 1"), std::string::npos);
  EXPECT_NE(pdf.find("DejaVuSans"), std::string::npos);
  EXPECT_NE(pdf.find("/MediaBox [ 0 0 110 100 ]"), std::string::npos);
}

TEST(RenderPdf, GivesEqualBytesForEqualScenes) {
  const FontSet fonts = FontSet::Load(kDefaultFontFolder).value();
  EXPECT_EQ(RenderPdf(TwoBars(), fonts, Context()).value(),
            RenderPdf(TwoBars(), fonts, Context()).value());
}

TEST(RenderPdf, RefusesPagesThatAreTooLarge) {
  const FontSet fonts = FontSet::Load(kDefaultFontFolder).value();
  Scene scene = TwoBars();
  scene.width = 1e9;
  EXPECT_EQ(RenderPdf(scene, fonts, Context()).status().code(), Code::kLimitExceeded);
}

}  // namespace
}  // namespace loupe::chart

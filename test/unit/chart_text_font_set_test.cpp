#include "core/chart/text/font_set.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace loupe::chart {
namespace {

const FontSet& Fonts() {
  static const FontSet* fonts = new FontSet(FontSet::Load(kDefaultFontFolder).value());
  return *fonts;
}

FontSpec Sized(double size) {
  FontSpec font;
  font.size = size;
  return font;
}

// An empty folder that is removed with its scope.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "loupe-fonts-XXXXXX").string();
    path_ = mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

TEST(FontSet, MeasuresKernedUnhintedAdvances) {
  // Vega's reference drawings measure these at 113.5 and 113.8 pixels.
  EXPECT_NEAR(Fonts().Width(Sized(30), "AVAVAV"), 113.5, 0.1);
  EXPECT_NEAR(Fonts().Width(Sized(30), "To Te Ty"), 113.8, 0.1);
}

TEST(FontSet, GrowsInProportionToTheSize) {
  EXPECT_NEAR(Fonts().Width(Sized(20), "label"), 2 * Fonts().Width(Sized(10), "label"), 0.1);
}

TEST(FontSet, MeasuresNothingAsNothing) {
  EXPECT_EQ(Fonts().Width(Sized(10), ""), 0);
  EXPECT_TRUE(Fonts().Shape(Sized(10), "").runs.empty());
}

TEST(FontSet, MeasuresBoldWider) {
  FontSpec bold = Sized(12);
  bold.weight = FontWeight::kBold;
  EXPECT_GT(Fonts().Width(bold, "Origin"), Fonts().Width(Sized(12), "Origin"));
}

TEST(FontSet, GivesTheSameWidthFromItsCache) {
  const double first = Fonts().Width(Sized(13), "again");
  EXPECT_EQ(Fonts().Width(Sized(13), "again"), first);
  for (int i = 0; i < 5000; ++i) (void)Fonts().Width(Sized(13), std::to_string(i));
  EXPECT_EQ(Fonts().Width(Sized(13), "again"), first);
}

TEST(FontSet, PutsRightToLeftTextInVisualOrder) {
  const ShapedText shaped = Fonts().Shape(Sized(10), "ab \u05E9\u05DC\u05D5\u05DD cd");
  ASSERT_EQ(shaped.runs.size(), 3U);
  const GlyphRun& hebrew = shaped.runs[1];
  ASSERT_EQ(hebrew.glyphs.size(), 4U);
  EXPECT_LT(hebrew.glyphs[0].x, hebrew.glyphs[3].x);
  EXPECT_GT(hebrew.glyphs[0].cluster, hebrew.glyphs[3].cluster);
}

TEST(FontSet, OrdersNumbersInsideRightToLeftText) {
  const ShapedText shaped = Fonts().Shape(Sized(10), "\u05E9\u05DC 12 \u05D5\u05DD");
  ASSERT_EQ(shaped.runs.size(), 3U);
  EXPECT_EQ(shaped.runs[1].text, "12");
  EXPECT_GT(shaped.runs[0].glyphs[0].cluster, shaped.runs[2].glyphs[0].cluster);
}

TEST(FontSet, CountsCharactersThatNoFontHas) {
  EXPECT_EQ(Fonts().Shape(Sized(10), "plain").missing, 0);
  EXPECT_EQ(Fonts().Shape(Sized(10), "\u6771\u4EAC").missing, 2);
}

TEST(FontSet, ShapesIllFormedTextAndControlsAsSomething) {
  EXPECT_GT(Fonts().Width(Sized(10), "a\xFFz"), Fonts().Width(Sized(10), "az"));
  EXPECT_EQ(Fonts().Width(Sized(10), "a\nb"), Fonts().Width(Sized(10), "a b"));
}

TEST(FontSet, ShapesAtMostItsLimit) {
  EXPECT_EQ(Fonts().Width(Sized(10), std::string(10000, 'x')),
            Fonts().Width(Sized(10), std::string(FontSet::kMaxShapedBytes, 'x')));
}

TEST(FontSet, RefusesFoldersWithoutTheFont) {
  const Status missing = FontSet::Load("/nonexistent").status();
  EXPECT_EQ(missing.code(), Code::kChartFont);
  EXPECT_EQ(missing.message(), "font folder \"/nonexistent\" cannot be read");
  const TemporaryFolder folder;
  EXPECT_NE(FontSet::Load(folder.path()).status().message().find("has no DejaVuSans.ttf"),
            std::string::npos);
  std::ofstream(folder.path() + "/DejaVuSans.ttf") << "this is no font";
  const Status broken = FontSet::Load(folder.path()).status();
  EXPECT_EQ(broken.message(), "font \"DejaVuSans.ttf\" cannot be read");
  EXPECT_FALSE(broken.hint().empty());
}

TEST(FontSet, FallsBackToFurtherFontsOfTheFolder) {
  const TemporaryFolder folder;
  const std::filesystem::path fonts(kDefaultFontFolder);
  std::filesystem::copy(fonts / "DejaVuSans.ttf", folder.path());
  std::filesystem::copy(fonts / "DejaVuSansMono.ttf", folder.path());
  const FontSet set = FontSet::Load(folder.path()).value();
  EXPECT_EQ(set.size(), 2);
  FontSpec bold_italic = Sized(10);
  bold_italic.weight = FontWeight::kBold;
  bold_italic.style = FontStyle::kItalic;
  EXPECT_EQ(set.Width(bold_italic, "x"), set.Width(Sized(10), "x"));
}

}  // namespace
}  // namespace loupe::chart

#include "core/chart/render/missing_characters.hpp"

#include <gtest/gtest.h>

#include "chart_render_scene.hpp"

namespace loupe::chart {
namespace {

const FontSet& Fonts() {
  static const FontSet* fonts = new FontSet(FontSet::Load(kDefaultFontFolder).value());
  return *fonts;
}

// The private use area: no font that we know has these.
const std::string kNone = "\xEE\x80\x80";   // U+E000
const std::string kOther = "\xEE\x80\x81";  // U+E001

Item* Label(Scene* scene) { return scene->root.items[0].marks[2].items.data(); }

std::string Found(const std::string& text) {
  Scene scene = TwoBars();
  Label(&scene)->text = {text};
  const std::optional<Warning> warning = MissingCharacters(scene, Fonts(), Context());
  return warning ? warning->message : "";
}

TEST(MissingCharacters, SaysNothingOfWhatCanBeShown) {
  EXPECT_EQ(Found("Größe: 1 — α β ж"), "");
  EXPECT_EQ(Found("a\tb\x01"), "");       // blanks
  EXPECT_EQ(Found("a\xE2\x80\x8D"), "");  // a joiner has no look
}

TEST(MissingCharacters, NamesEachCharacterOnce) {
  EXPECT_EQ(Found("a" + kNone + kNone), "no font has a glyph for U+E000");
  EXPECT_EQ(Found(kOther + "b" + kNone), "no font has a glyph for U+E001 and U+E000");
}

TEST(MissingCharacters, NamesTheFirstFew) {
  std::string many;
  for (char c = 0; c < 60; ++c) many += std::string("\xEE\x80") + static_cast<char>(0x80 + c);
  EXPECT_EQ(Found(many), "no font has a glyph for U+E000, U+E001, U+E002, U+E003, U+E004 and more");
}

TEST(MissingCharacters, PassesOverWhatIsNotSeen) {
  Scene scene = TwoBars();
  Label(&scene)->text = {kNone};
  Label(&scene)->opacity = 0;
  EXPECT_FALSE(MissingCharacters(scene, Fonts(), Context()).has_value());
  Label(&scene)->opacity = 1;
  Label(&scene)->text = {"A long text that is cut before the end " + kNone};
  Label(&scene)->limit = 40;
  EXPECT_FALSE(MissingCharacters(scene, Fonts(), Context()).has_value());
  Label(&scene)->limit = 0;
  EXPECT_TRUE(MissingCharacters(scene, Fonts(), Context()).has_value());
}

}  // namespace
}  // namespace loupe::chart

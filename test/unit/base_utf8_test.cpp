#include "core/base/utf8.hpp"

#include <gtest/gtest.h>

namespace loupe {
namespace {

TEST(Utf8, AcceptsWellFormedText) {
  EXPECT_TRUE(IsValidUtf8(""));
  EXPECT_TRUE(IsValidUtf8("plain"));
  EXPECT_TRUE(IsValidUtf8("größe 東京 😀"));
}

TEST(Utf8, RefusesIllFormedText) {
  EXPECT_FALSE(IsValidUtf8(std::string_view("\0", 1)));
  EXPECT_FALSE(IsValidUtf8("\x80"));              // a continuation alone
  EXPECT_FALSE(IsValidUtf8("\xC0\xAF"));          // overlong
  EXPECT_FALSE(IsValidUtf8("\xE0\x80\x80"));      // overlong
  EXPECT_FALSE(IsValidUtf8("\xED\xA0\x80"));      // surrogate
  EXPECT_FALSE(IsValidUtf8("\xF0\x80\x80\x80"));  // overlong
  EXPECT_FALSE(IsValidUtf8("\xF4\x90\x80\x80"));  // beyond U+10FFFF
  EXPECT_FALSE(IsValidUtf8("\xF5\x80\x80\x80"));
  EXPECT_FALSE(IsValidUtf8("a\xC3"));  // cut off
  EXPECT_FALSE(IsValidUtf8("\xE2\x82"));
  EXPECT_FALSE(IsValidUtf8("\xF0\x9F\x98"));
}

TEST(Utf8, StepsThroughCodePointsAndWritesThemBack) {
  const std::string text = "aß東😀";
  std::string copy;
  std::size_t position = 0;
  int count = 0;
  while (position < text.size()) {
    AppendCodePoint(NextCodePoint(text, &position), &copy);
    ++count;
  }
  EXPECT_EQ(count, 4);
  EXPECT_EQ(copy, text);
}

TEST(Utf8, ReplacesIllFormedBytesOneByOne) {
  std::size_t position = 0;
  EXPECT_EQ(NextCodePoint("\xFFz", &position), U'\uFFFD');
  EXPECT_EQ(position, 1U);
}

TEST(Utf8, FoldsAsciiOnly) { EXPECT_EQ(AsciiLower("ÄBC-xyz"), "Äbc-xyz"); }

TEST(Utf8, ClipsBetweenCodePoints) {
  EXPECT_EQ(Clipped("größer", 6), "größer");
  EXPECT_EQ(Clipped("größer", 4), "größ…");
  EXPECT_EQ(Clipped("", 4), "");
}

TEST(Utf8, CountsTerminalCells) {
  EXPECT_EQ(DisplayWidth("abc"), 3);
  EXPECT_EQ(DisplayWidth("東京"), 4);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1);  // combining acute
  EXPECT_EQ(DisplayWidth("a\tb\x7F"), 2);
}

}  // namespace
}  // namespace loupe

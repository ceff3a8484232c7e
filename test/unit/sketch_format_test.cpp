#include "core/sketch/distinct_format.hpp"

#include <gtest/gtest.h>

#include <string>

#include "sketch_fixture.hpp"

namespace loupe::sketch {
namespace {

std::string DetailOf(const std::string& text) { return ParseSketchText(text).status().detail(); }

TEST(SketchFormat, RoundTripsExactly) {
  for (const int count : {0, 1, 100, 3072, 4000}) {
    Sketch sketch;
    sketch.AddRange(0, count);
    const std::string packed = sketch.Packed();
    ASSERT_TRUE(CheckPacked(packed).ok()) << count;
    EXPECT_EQ(ParseSketchText(SketchText(packed)).value(), packed) << count;
  }
}

TEST(SketchFormat, WritesAndReadsTheDocumentedBytes) {
  Sketch sketch;
  EXPECT_EQ(SketchText(sketch.Packed()), "44016c0e00000000");
  sketch.AddHash(0x8000000000000001);  // place 2^25, 37 zeros behind it
  EXPECT_EQ(SketchText(sketch.Packed()), "44016c0e0100000026000080");
  EXPECT_TRUE(ParseSketchText("44016C0E0100000026000080").ok());
}

TEST(SketchFormat, RefusesWhatIsNoSketch) {
  const char* header = "Its header does not fit its size.";
  EXPECT_EQ(DetailOf(""), header);
  EXPECT_EQ(DetailOf("44016c0e0000"), header);
  EXPECT_EQ(DetailOf("44026c0e00000000"), header);
  EXPECT_EQ(DetailOf("44016c0d00000000"), header);
  EXPECT_EQ(DetailOf("44016c0e01000000"), header);
  EXPECT_EQ(DetailOf("44016c0effffffff"), header);
  EXPECT_EQ(DetailOf("4401720e00000000"), header);
  EXPECT_EQ(DetailOf("4401740e00000000" + std::string(32, '0')), header);
  EXPECT_EQ(DetailOf("44016c0e0000000"), "It has an odd number of digits or too many.");
  EXPECT_EQ(DetailOf(std::string(1 << 20, '0')), "It has an odd number of digits or too many.");
  EXPECT_EQ(DetailOf("44016c0e0000000g"), "It must consist of hexadecimal digits.");
}

TEST(SketchFormat, RefusesImpossibleTokensAndRegisters) {
  const std::string one = "44016c0e01000000";
  const std::string two = "44016c0e02000000";
  const char* token = "A token is impossible or out of order.";
  EXPECT_EQ(DetailOf(one + "00000000"), token);
  EXPECT_EQ(DetailOf(one + "40000000"), token);
  EXPECT_EQ(DetailOf(one + "28000000"), token);
  EXPECT_EQ(DetailOf(one + "27000000"), "");
  EXPECT_EQ(DetailOf(two + "0200000001000000"), token);
  EXPECT_EQ(DetailOf(two + "0100000001000000"), token);
  EXPECT_EQ(DetailOf(two + "0100000002000000"), "");
  const std::string registers = "4401720e00000000" + std::string(2 * kRegisterBytes - 2, '0');
  EXPECT_EQ(DetailOf(registers + "00"), "");
  EXPECT_EQ(DetailOf(registers + "ff"), "A register is impossible.");
}

}  // namespace
}  // namespace loupe::sketch

#include "core/chart/mark/path_text.hpp"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

// The commands by their letters with the numbers that they take.
std::string Read(std::string_view text, double scale = 1) {
  const std::optional<Path> path = ParsePathText(text, scale);
  if (!path) return "none";
  constexpr const char* kLetters = "MLCQAZ";
  constexpr std::size_t kCounts[] = {2, 2, 6, 4, 7, 0};
  std::string out;
  for (const PathCommand& command : *path) {
    const auto verb = static_cast<std::size_t>(command.verb);
    out += kLetters[verb];
    for (std::size_t i = 0; i < kCounts[verb]; ++i) {
      char number[32];
      std::snprintf(number, sizeof number, "%s%g", i == 0 ? "" : ",", command.args.at(i));
      out += number;
    }
  }
  return out;
}

TEST(ChartPathText, ReadsAllCommands) {
  EXPECT_EQ(Read("M0,0L1 2H-3V4Z"), "M0,0L1,2L-3,2L-3,4Z");
  EXPECT_EQ(Read("m1,1 2,0 0,2z l1,1"), "M1,1L3,1L3,3ZL2,2");
  EXPECT_EQ(Read("M0 0C1 1 2 2 3 3S5 5 6 6"), "M0,0C1,1,2,2,3,3C4,4,5,5,6,6");
  EXPECT_EQ(Read("M0 0q1 1 2 0t2 0"), "M0,0Q1,1,2,0Q3,-1,4,0");
  EXPECT_EQ(Read("M0 0S1 1 2 2T4 4"), "M0,0C0,0,1,1,2,2Q2,2,4,4");
  EXPECT_EQ(Read("M0-1a1,1,0,01.5.5"), "M0,-1A1,1,0,0,1,0.5,-0.5");
  EXPECT_EQ(Read(" M 1e1 , +2 h .5 "), "M10,2L10.5,2");
}

TEST(ChartPathText, ScalesLengthsButNotAngles) {
  EXPECT_EQ(Read("M1,2h3A1,2,30,1,0,4,5", 2), "M2,4L8,4A2,4,30,1,0,8,10");
}

TEST(ChartPathText, RefusesWhatIsNoPath) {
  for (const char* text : {"", "circle", "L1,1", "M1", "M1,1L", "M1,1X2", "M1,1Z2", "1,1",
                           "M0,0A1,1,0,2,1,1,1", "M1e999,0", "M0,0L1,nan"}) {
    EXPECT_EQ(Read(text), "none") << text;
  }
  std::string longest = "M0,0";
  for (std::size_t i = 1; i < kMaxSymbolCommands; ++i) longest += "h1";
  EXPECT_NE(Read(longest), "none");
  EXPECT_EQ(Read(longest + "h1"), "none");
}

}  // namespace
}  // namespace loupe::chart

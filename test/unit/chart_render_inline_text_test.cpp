#include "core/chart/render/inline_text.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace loupe::chart {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kMost = std::numeric_limits<double>::max();

std::string Spark(const std::vector<std::optional<double>>& values,
                  std::optional<int> width = std::nullopt) {
  Sparkline line = Sparkline::Make(values.size(), width).value();
  for (const std::optional<double>& value : values) line.Add(value);
  return line.Draw();
}

TEST(Sparkline, ShowsEightLevelsFromLeastToGreatest) {
  EXPECT_EQ(Spark({0, 1, 2, 3, 4, 5, 6, 7}), "▁▂▃▄▅▆▇█");
  EXPECT_EQ(Spark({7, 0, 7}), "█▁█");
  EXPECT_EQ(Spark({-10, 0, 10}), "▁▅█");
}

TEST(Sparkline, LeavesBlanksWhereThereIsNoNumber) {
  EXPECT_EQ(Spark({1, std::nullopt, std::nan(""), 2}), "▁  █");
  EXPECT_EQ(Spark({std::nullopt, std::nullopt}), "  ");
  EXPECT_EQ(Spark({}), "");
}

TEST(Sparkline, ShowsValuesThatAreAllTheSameInTheMiddle) {
  EXPECT_EQ(Spark({5, 5, 5}), "▄▄▄");
  EXPECT_EQ(Spark({0}), "▄");
}

TEST(Sparkline, PutsInfinitiesAtTheEndsWithoutStretchingTheScale) {
  EXPECT_EQ(Spark({-kInfinity, 0, 7, kInfinity}), "▁▁██");
  EXPECT_EQ(Spark({kInfinity, -kInfinity}, 1), " ");
  EXPECT_EQ(Spark({kInfinity, 5}, 1), "█");
  EXPECT_EQ(Spark({0, 0, 1, 1, kInfinity, 100}, 3), "▁██");
}

TEST(Sparkline, BinsALongerSeriesByItsMean) {
  EXPECT_EQ(Spark({0, 0, 4, 4, 8, 8}, 3), "▁▅█");
  EXPECT_EQ(Spark({0, 2, 9, 9, std::nullopt, std::nullopt}, 3), "▁█ ");
  // Seven values in three cells: three, two and two.
  EXPECT_EQ(Spark({0, 0, 0, 1, 1, 8, 8}, 3), "▁▂█");
  EXPECT_EQ(Spark({1, 2}, 20), "▁█");
}

TEST(Sparkline, HasAtMostAsManyCellsAsItMayWhateverTheLength) {
  Sparkline line = Sparkline::Make(1'000'003, std::nullopt).value();
  for (int i = 0; i < 1'000'003; ++i) line.Add(i);
  const std::string drawn = line.Draw();
  EXPECT_EQ(drawn.size(), std::size_t{3} * kMaxInlineWidth);
  EXPECT_EQ(drawn.substr(0, 3), "▁");
  EXPECT_EQ(drawn.substr(drawn.size() - 3), "█");
}

TEST(Sparkline, SurvivesTheGreatestNumbers) {
  EXPECT_EQ(Spark({-kMost, 0, kMost}), "▁▅█");
  EXPECT_EQ(Spark({kMost, kMost, -kMost, -kMost}, 2), "█▁");
  EXPECT_EQ(Spark({kMost, -kMost, 1, 1, -1, -1}, 3), "▅█▁");
}

TEST(Sparkline, RefusesWidthsOutOfRange) {
  for (const int width : {0, -1, kMaxInlineWidth + 1}) {
    const Status status = Sparkline::Make(3, width).status();
    EXPECT_EQ(status.code(), Code::kInvalidArgument);
    EXPECT_EQ(status.message(),
              "width must be between 1 and 10,000 characters, not " + std::to_string(width));
  }
}

TEST(InlineBar, HasEighthsOfACell) {
  EXPECT_EQ(InlineBar(0.5, 0, 1, 4).value(), "██");
  EXPECT_EQ(InlineBar(0.75, 0, 1, 10).value(), "███████▌");
  EXPECT_EQ(InlineBar(1, 0, 8, 1).value(), "▏");
  EXPECT_EQ(InlineBar(7, 0, 8, 1).value(), "▉");
  EXPECT_EQ(InlineBar(0, 0, 1, 20).value(), "");
}

TEST(InlineBar, EndsAtItsEnds) {
  EXPECT_EQ(InlineBar(9, 0, 1, 3).value(), "███");
  EXPECT_EQ(InlineBar(kInfinity, 0, 1, 3).value(), "███");
  EXPECT_EQ(InlineBar(-kInfinity, 0, 1, 3).value(), "");
  EXPECT_EQ(InlineBar(std::nan(""), 0, 1, 3).value(), "");
  EXPECT_EQ(InlineBar(0, -kMost, kMost, 4).value(), "██");
}

TEST(InlineBar, RefusesWhatIsNoRange) {
  EXPECT_EQ(InlineBar(1, 1, 1, 4).status().message(), "min must be below max");
  EXPECT_EQ(InlineBar(1, 2, 1, 4).status().code(), Code::kInvalidArgument);
  EXPECT_EQ(InlineBar(1, 0, kInfinity, 4).status().message(), "min and max must be finite");
  EXPECT_EQ(InlineBar(1, std::nan(""), 1, 4).status().message(), "min and max must be finite");
  EXPECT_EQ(InlineBar(1, 0, 1, 0).status().code(), Code::kInvalidArgument);
  EXPECT_EQ(InlineBar(1, 0, 1, kMaxInlineWidth + 1).status().code(), Code::kInvalidArgument);
}

}  // namespace
}  // namespace loupe::chart

#include "core/chart/render/path_flatten.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace loupe::chart {
namespace {

PathCommand Move(double x, double y) { return {PathVerb::kMove, {x, y}}; }
PathCommand Line(double x, double y) { return {PathVerb::kLine, {x, y}}; }
PathCommand Arc(double rx, double ry, double large, double sweep, double x, double y) {
  return {PathVerb::kArc, {rx, ry, 0, large, sweep, x, y}};
}

TEST(FlattenPath, KeepsStraightLinesAndEndsClosedOnesAtTheirStart) {
  const auto lines = FlattenPath({Move(1, 2), Line(3, 4), Line(5, 2), {PathVerb::kClose, {}}});
  ASSERT_EQ(lines.size(), 1U);
  ASSERT_EQ(lines[0].size(), 4U);
  EXPECT_EQ(lines[0][1].x, 3);
  EXPECT_EQ(lines[0][3].x, 1);
  EXPECT_EQ(lines[0][3].y, 2);
}

TEST(FlattenPath, BeginsALineAtEachMove) {
  EXPECT_EQ(FlattenPath({Move(0, 0), Line(1, 1), Move(5, 5), Line(6, 6)}).size(), 2U);
}

TEST(FlattenPath, PassesOverWhatPrecedesTheFirstMove) {
  EXPECT_TRUE(FlattenPath({Line(1, 1), {PathVerb::kClose, {}}}).empty());
  EXPECT_TRUE(FlattenPath({}).empty());
}

TEST(FlattenPath, LeavesCurvesOnlyAtTheirEnds) {
  const auto cubic = FlattenPath({Move(0, 0), {PathVerb::kCubic, {0, 10, 10, 10, 10, 0}}});
  EXPECT_NEAR(cubic[0][8].x, 5, 1e-9);
  EXPECT_NEAR(cubic[0][8].y, 7.5, 1e-9);
  EXPECT_EQ(cubic[0].back().x, 10);
  const auto quadratic = FlattenPath({Move(0, 0), {PathVerb::kQuad, {5, 10, 10, 0}}});
  EXPECT_NEAR(quadratic[0][8].x, 5, 1e-9);
  EXPECT_NEAR(quadratic[0][8].y, 5, 1e-9);
}

TEST(FlattenPath, FollowsTheCircleOfAnArc) {
  for (const double large : {0.0, 1.0}) {
    for (const double sweep : {0.0, 1.0}) {
      const auto lines = FlattenPath({Move(10, 0), Arc(10, 10, large, sweep, 0, 10)});
      const PathPoint middle = lines[0][lines[0].size() / 2];
      // The two circles through both ends have their centres at (0, 0) and (10, 10).
      const double center = large == sweep ? 10 : 0;
      EXPECT_NEAR(std::hypot(middle.x - center, middle.y - center), 10, 1e-9);
      EXPECT_EQ(large == 1, lines[0].size() > 50U);
    }
  }
}

TEST(FlattenPath, GrowsRadiiThatAreTooSmall) {
  const auto lines = FlattenPath({Move(0, 0), Arc(1, 1, 0, 1, 20, 0)});
  EXPECT_NEAR(lines[0][lines[0].size() / 2].y, -10, 0.1);
}

TEST(FlattenPath, DrawsArcsWithoutRadiusOrLengthAsLines) {
  EXPECT_EQ(FlattenPath({Move(0, 0), Arc(0, 5, 0, 1, 20, 0)})[0].size(), 2U);
  EXPECT_EQ(FlattenPath({Move(3, 3), Arc(5, 5, 0, 1, 3, 3)})[0].size(), 2U);
}

}  // namespace
}  // namespace loupe::chart

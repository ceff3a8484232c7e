#include "core/chart/scale/ticks.hpp"

#include <gtest/gtest.h>

namespace loupe::chart {
namespace {

double At(int year, int month, int day, int hour = 0) {
  return static_cast<double>(ToMillis({year, month, day, hour}));
}

TEST(Ticks, AreOneTwoOrFiveTimesAPowerOfTenApart) {
  EXPECT_EQ(LinearTicks(0, 100, 8),
            (std::vector<double>{0, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100}));
  EXPECT_EQ(LinearTicks(0, 1, 4), (std::vector<double>{0, 0.2, 0.4, 0.6, 0.8, 1}));
  EXPECT_EQ(LinearTicks(1, -1, 3), (std::vector<double>{1, 0.5, 0, -0.5, -1}));
  EXPECT_EQ(LinearTicks(3, 3, 5), std::vector<double>{3});
  EXPECT_TRUE(LinearTicks(0, 1, 0).empty());
  EXPECT_LE(LinearTicks(0, 1, 1e9).size(), 1000u);
  EXPECT_EQ(TickStep(0, 100, 5), 20);
  EXPECT_EQ(TickStep(100, 0, 5), -20);
}

TEST(Ticks, NiceDomainsEndOnTicks) {
  double low = 0.13;
  double high = 91;
  NiceLinear(10, &low, &high);
  EXPECT_EQ(low, 0);
  EXPECT_EQ(high, 100);
  low = 5;
  high = -3.7;
  NiceLinear(10, &low, &high);
  EXPECT_EQ(low, 5);
  EXPECT_EQ(high, -4);
  low = high = 7;
  NiceLinear(10, &low, &high);
  EXPECT_EQ(low, 7);
}

TEST(Ticks, OfLogScalesFillEachPower) {
  const std::vector<double> ticks = LogTicks(1, 100, 10, 10);
  EXPECT_EQ(ticks.size(), 19u);
  EXPECT_EQ(ticks.back(), 100);
  EXPECT_TRUE(IsLabelledLogTick(1, 10, 5, 19));
  EXPECT_FALSE(IsLabelledLogTick(9, 10, 5, 19));
  double low = 3;
  double high = 250;
  NiceLog(10, &low, &high);
  EXPECT_DOUBLE_EQ(low, 1);
  EXPECT_DOUBLE_EQ(high, 1000);
}

TEST(Ticks, OfTimesFallOnCalendarBoundaries) {
  const auto months = TimeTicks(At(2024, 1, 15), At(2024, 6, 2), {TimeUnit::kMonth, 1, 0});
  ASSERT_EQ(months.size(), 5u);
  EXPECT_EQ(months.front(), At(2024, 2, 1));
  const auto weeks = TimeTicks(At(2024, 3, 1), At(2024, 3, 31), {TimeUnit::kWeek, 1, 0});
  ASSERT_EQ(weeks.size(), 5u);
  EXPECT_EQ(weeks.front(), At(2024, 3, 3));
  const auto decades = TimeTicks(At(1961, 1, 1), At(1995, 1, 1), {TimeUnit::kYear, 10, 0});
  EXPECT_EQ(decades, (std::vector<double>{At(1970, 1, 1), At(1980, 1, 1), At(1990, 1, 1)}));
  EXPECT_EQ(TimeTicks(0, 5, {TimeUnit::kSecond, 1, 2}), (std::vector<double>{0, 2, 4}));
}

TEST(Ticks, ChooseAnIntervalForTheirCount) {
  EXPECT_EQ(ChooseTimeInterval(At(2000, 1, 1), At(2010, 1, 1), 10).unit, TimeUnit::kYear);
  EXPECT_EQ(ChooseTimeInterval(At(2024, 1, 1), At(2024, 1, 2), 8).count, 3);
  EXPECT_EQ(ChooseTimeInterval(0, 20, 10).millis, 2);
  EXPECT_EQ(ParseTimeInterval("month", 3)->count, 3);
  EXPECT_FALSE(ParseTimeInterval("fortnight", 1).has_value());
  double low = At(2024, 2, 10);
  double high = At(2024, 5, 3);
  NiceTime({TimeUnit::kMonth, 1, 0}, &low, &high);
  EXPECT_EQ(low, At(2024, 2, 1));
  EXPECT_EQ(high, At(2024, 6, 1));
}

}  // namespace
}  // namespace loupe::chart

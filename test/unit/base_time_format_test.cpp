#include "core/base/time_format.hpp"

#include <gtest/gtest.h>

#include "core/base/calendar.hpp"

namespace loupe {
namespace {

constexpr std::int64_t kTime = 1709823845678;  // Thursday 2024-03-07T15:04:05.678

TEST(TimeFormat, WritesEveryDirective) {
  EXPECT_EQ(FormatTime("%a %A %b %B", kTime), "Thu Thursday Mar March");
  EXPECT_EQ(FormatTime("%d %e %-d %_d", kTime), "07  7 7  7");
  EXPECT_EQ(FormatTime("%H %I %p %M %S %L %f", kTime), "15 03 PM 04 05 678 678000");
  EXPECT_EQ(FormatTime("%j %m %y %Y %q", kTime), "067 03 24 2024 1");
  EXPECT_EQ(FormatTime("%u %w %U %V %W %g %G", kTime), "4 4 09 10 10 24 2024");
  EXPECT_EQ(FormatTime("%s %Q %Z %%", kTime), "1709823845 1709823845678 +0000 %");
  EXPECT_EQ(FormatTime("%c", kTime), "3/7/2024, 3:04:05 PM");
  EXPECT_EQ(FormatTime("%x|%X", kTime), "3/7/2024|3:04:05 PM");
  EXPECT_EQ(FormatTime("%k 100%", kTime), "k 100%");
}

TEST(TimeFormat, NumbersWeeksAcrossYears) {
  const auto first = ToMillis({2021, 1, 1});  // a Friday of the last ISO week of 2020
  EXPECT_EQ(FormatTime("%V %G %U %W", first), "53 2020 00 00");
  EXPECT_EQ(FormatTime("%u %w", ToMillis({2024, 3, 10})), "7 0");
}

TEST(TimeFormat, PicksTheCoarsestUnitOfATick) {
  EXPECT_EQ(FormatTimeByScale(ToMillis({2024, 1, 1})), "2024");
  EXPECT_EQ(FormatTimeByScale(ToMillis({2024, 3, 1})), "March");
  EXPECT_EQ(FormatTimeByScale(ToMillis({2024, 3, 10})), "Mar 10");
  EXPECT_EQ(FormatTimeByScale(ToMillis({2024, 3, 12})), "Tue 12");
  EXPECT_EQ(FormatTimeByScale(ToMillis({2024, 3, 12, 15})), "03 PM");
  EXPECT_EQ(FormatTimeByScale(ToMillis({2024, 3, 12, 15, 4})), "03:04");
  EXPECT_EQ(FormatTimeByScale(ToMillis({2024, 3, 12, 15, 4, 5})), ":05");
  EXPECT_EQ(FormatTimeByScale(kTime), ".678");
}

}  // namespace
}  // namespace loupe

#include "core/semantic/interval.hpp"

#include <gtest/gtest.h>

#include <string>

namespace loupe::semantic {
namespace {

constexpr std::int64_t kHour = 3'600'000;

// The canonical text of a text, or "error".
std::string Canonical(std::string_view text) {
  const Result<Interval> interval = ParseInterval(text);
  if (interval.ok()) return IntervalText(interval.value());
  EXPECT_EQ(interval.status().code(), Code::kSemanticInvalidModel);
  return "error";
}

std::string Added(const char* time, const Interval& interval) {
  return FormatDateTime(Add(*ParseDateTime(time), interval));
}

TEST(ParseInterval, KeepsMonthsDaysAndMillisecondsApart) {
  EXPECT_EQ(ParseInterval("7 day").value(), (Interval{0, 7, 0}));
  EXPECT_EQ(ParseInterval("1 month").value(), (Interval{1, 0, 0}));
  EXPECT_EQ(ParseInterval("2 weeks 3 days").value(), (Interval{0, 17, 0}));
  EXPECT_EQ(ParseInterval("-1 day").value(), (Interval{0, -1, 0}));
  EXPECT_EQ(ParseInterval("1 year 6 months").value(), (Interval{18, 0, 0}));
  EXPECT_EQ(ParseInterval("2 QUARTERS -3 days +36 hours").value(), (Interval{6, -3, 36 * kHour}));
  EXPECT_EQ(ParseInterval(" 90\tminutes ").value(), (Interval{0, 0, kHour * 3 / 2}));
  EXPECT_EQ(ParseInterval("-1.5 seconds").value(), (Interval{0, 0, -1500}));
  EXPECT_EQ(ParseInterval("-0.025 second").value(), (Interval{0, 0, -25}));
  EXPECT_EQ(ParseInterval("1 day -24 hours").value(), (Interval{0, 1, -24 * kHour}));
  EXPECT_TRUE(ParseInterval("1 day -1 day").value().IsZero());
}

TEST(ParseInterval, RefusesWhatIsNoBoundedInterval) {
  for (const char* text : {"",
                           " ",
                           "7",
                           "day",
                           "day 7",
                           "7days",
                           "1.5 days",
                           "1 fortnight",
                           "1 days 2",
                           "1001 years",
                           "-12001 months",
                           "366001 days",
                           "1000 years 1 month",
                           "99999999999999999999 days",
                           "1.2345 seconds",
                           "1. second",
                           ".5 seconds",
                           "1e3 days",
                           "--1 day",
                           "+-1 day",
                           "1 day,",
                           "1 s",
                           "\xff",
                           "0x10 days"}) {
    EXPECT_EQ(Canonical(text), "error") << text;
  }
  EXPECT_EQ(Canonical(std::string(101, ' ')), "error");
  EXPECT_NE(ParseInterval("x").status().hint(), "");
}

TEST(IntervalText, WritesOneTextPerValue) {
  EXPECT_EQ(Canonical("18 months"), "1 year 6 months");
  EXPECT_EQ(Canonical("1 week"), "7 days");
  EXPECT_EQ(Canonical("36 hours"), "36 hours");
  EXPECT_EQ(Canonical("90 minutes"), "90 minutes");
  EXPECT_EQ(Canonical("1 minute 1.5 seconds"), "61.500 seconds");
  EXPECT_EQ(Canonical("-1 year 1 day"), "-1 year +1 day");
  EXPECT_EQ(Canonical("1 month -2 hours"), "1 month -2 hours");
  EXPECT_EQ(Canonical("-18 months -0.5 seconds"), "-1 year -6 months -0.500 seconds");
  EXPECT_EQ(Canonical("0 days"), "0 days");
  for (const char* text : {"-1 year +1 day", "61.500 seconds", "0 days"}) {
    EXPECT_EQ(Canonical(text), text);
  }
}

TEST(AddInterval, AddsMonthsThenDaysThenTime) {
  EXPECT_EQ(Added("2024-01-31", {1, 0, 0}), "2024-02-29T00:00:00.000");
  EXPECT_EQ(Added("2024-01-31", {1, 1, 0}), "2024-03-01T00:00:00.000");
  EXPECT_EQ(Added("2024-02-29", {12, 0, 0}), "2025-02-28T00:00:00.000");
  EXPECT_EQ(Added("2024-03-31T10:00", {-1, -1, -11 * kHour}), "2024-02-27T23:00:00.000");
  EXPECT_EQ(Added("1999-12-31T23:59:59.999", {0, 0, 1}), "2000-01-01T00:00:00.000");
}

TEST(NegatedInterval, TurnsEveryPart) {
  EXPECT_EQ(Negated({1, -2, 3}), (Interval{-1, 2, -3}));
  EXPECT_EQ(Sum({1, 2, 3}, {4, 5, 6}), (Interval{5, 7, 9}));
  EXPECT_EQ(IntervalOf(TimeUnit::kQuarter, -2), (Interval{-6, 0, 0}));
}

}  // namespace
}  // namespace loupe::semantic

#include "core/base/calendar.hpp"

#include <gtest/gtest.h>

namespace loupe {
namespace {

TEST(Calendar, CountsDaysBothWays) {
  EXPECT_EQ(DaysFromCivil(1970, 1, 1), 0);
  EXPECT_EQ(DaysFromCivil(2000, 3, 1), 11017);
  EXPECT_EQ(DaysFromCivil(1969, 12, 31), -1);
  for (std::int64_t days = -1'000'000; days <= 1'000'000; days += 997) {
    const DateTime date = CivilFromDays(days);
    EXPECT_EQ(DaysFromCivil(date.year, date.month, date.day), days);
  }
}

TEST(Calendar, TurnsMillisecondsIntoReadingsAndBack) {
  const DateTime time{2013, 7, 4, 23, 59, 58, 999};
  EXPECT_EQ(FromMillis(ToMillis(time)), time);
  const DateTime early{1969, 12, 31, 23, 59, 59, 999};
  EXPECT_EQ(ToMillis(early), -1);
  EXPECT_EQ(FromMillis(-1), early);
}

TEST(Calendar, KnowsLeapYearsAndWeekdays) {
  EXPECT_TRUE(IsLeapYear(2000));
  EXPECT_FALSE(IsLeapYear(1900));
  EXPECT_EQ(DaysInMonth(2024, 2), 29);
  EXPECT_EQ(DaysInMonth(2023, 2), 28);
  EXPECT_EQ(DayOfWeek({2024, 3, 3}), 0);
  EXPECT_EQ(DayOfWeek({1969, 12, 31}), 3);
  EXPECT_EQ(DayOfYear({2024, 12, 31}), 366);
}

TEST(Calendar, TruncatesToEveryUnit) {
  const DateTime time{2024, 8, 15, 13, 14, 15, 160};
  EXPECT_EQ(FormatDateTime(Truncate(time, TimeUnit::kSecond)), "2024-08-15T13:14:15.000");
  EXPECT_EQ(FormatDateTime(Truncate(time, TimeUnit::kMinute)), "2024-08-15T13:14:00.000");
  EXPECT_EQ(FormatDateTime(Truncate(time, TimeUnit::kHour)), "2024-08-15T13:00:00.000");
  EXPECT_EQ(FormatDateTime(Truncate(time, TimeUnit::kDay)), "2024-08-15T00:00:00.000");
  EXPECT_EQ(FormatDate(Truncate(time, TimeUnit::kWeek)), "2024-08-12");
  EXPECT_EQ(FormatDate(Truncate(time, TimeUnit::kMonth)), "2024-08-01");
  EXPECT_EQ(FormatDate(Truncate(time, TimeUnit::kQuarter)), "2024-07-01");
  EXPECT_EQ(FormatDate(Truncate(time, TimeUnit::kYear)), "2024-01-01");
}

TEST(Calendar, AddsUnitsAndClampsToTheEndOfTheMonth) {
  const DateTime time{2024, 1, 31, 23, 30, 0, 0};
  EXPECT_EQ(FormatDate(Add(time, TimeUnit::kMonth, 1)), "2024-02-29");
  EXPECT_EQ(FormatDate(Add(time, TimeUnit::kMonth, -2)), "2023-11-30");
  EXPECT_EQ(FormatDate(Add(time, TimeUnit::kQuarter, 1)), "2024-04-30");
  EXPECT_EQ(FormatDate(Add(time, TimeUnit::kYear, -1)), "2023-01-31");
  EXPECT_EQ(FormatDate(Add(time, TimeUnit::kWeek, 1)), "2024-02-07");
  EXPECT_EQ(FormatDate(Add(time, TimeUnit::kDay, 1)), "2024-02-01");
  EXPECT_EQ(FormatDateTime(Add(time, TimeUnit::kHour, 1)), "2024-02-01T00:30:00.000");
  EXPECT_EQ(FormatDateTime(Add(time, TimeUnit::kMinute, -31)), "2024-01-31T22:59:00.000");
  EXPECT_EQ(FormatDateTime(Add(time, TimeUnit::kSecond, 1)), "2024-01-31T23:30:01.000");
}

TEST(Calendar, ReadsDatesAndTimes) {
  EXPECT_EQ(ParseDateTime("2024-02-29"), (DateTime{2024, 2, 29}));
  EXPECT_EQ(ParseDateTime("2024-02-29 13:14"), (DateTime{2024, 2, 29, 13, 14}));
  EXPECT_EQ(ParseDateTime("2024-02-29T13:14:15.1234"), (DateTime{2024, 2, 29, 13, 14, 15, 123}));
  EXPECT_EQ(ParseDateTime("2024-02-29T13:14:15Z"), (DateTime{2024, 2, 29, 13, 14, 15}));
  EXPECT_EQ(ParseDateTime("2024-03-01T01:00:00+02"), (DateTime{2024, 2, 29, 23, 0, 0}));
  EXPECT_EQ(ParseDateTime("2024-03-01T01:00:00-05:30"), (DateTime{2024, 3, 1, 6, 30, 0}));
  EXPECT_EQ(ParseDateTime("2024-03-01T01:00:00+0530"), (DateTime{2024, 2, 29, 19, 30, 0}));
}

TEST(Calendar, RefusesWhatIsNoDate) {
  for (const char* text :
       {"", "2024", "2024-13-01", "2024-02-30", "2023-02-29", "2024-01-01x", "2024-01-01T25:00",
        "2024-01-01T10:61", "2024-01-01T10:00:61", "2024-01-01T10:00:00.", "2024-01-01T1:00",
        "2024-01-01T10:00+99", "2024-01-01T10:00+05:99", "24-01-01", "2024-00-10", "2024-01-00"}) {
    EXPECT_EQ(ParseDateTime(text), std::nullopt) << text;
  }
}

TEST(Calendar, NamesItsUnits) {
  EXPECT_STREQ(TimeUnitName(TimeUnit::kQuarter), "quarter");
  EXPECT_EQ(ParseTimeUnit("week"), TimeUnit::kWeek);
  EXPECT_EQ(ParseTimeUnit("fortnight"), std::nullopt);
}

}  // namespace
}  // namespace loupe

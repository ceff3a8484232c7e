#include "core/semantic/granularity.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

Granularity Of(TimeUnit unit, int count, const char* offset) {
  Granularity granularity = PlainGranularity(unit);
  granularity.count = count;
  granularity.offset = ParseInterval(offset).value();
  return granularity;
}

Granularity FiscalYear() { return Of(TimeUnit::kYear, 1, "3 months"); }
Granularity SundayWeek() { return Of(TimeUnit::kWeek, 1, "-1 day"); }

// Start of the period that holds a time, "2024-03-13T00:00".
std::string Start(const char* time, const Granularity& granularity) {
  return FormatDateTime(Truncate(*ParseDateTime(time), granularity)).substr(0, 16);
}

std::string Sql(const Granularity& granularity) {
  return sql::Print(TruncatedExpr(sql::Column("t"), granularity));
}

std::vector<Granularity> Grids() {
  return {Of(TimeUnit::kSecond, 1, "0 days"),     Of(TimeUnit::kMinute, 7, "3 seconds"),
          Of(TimeUnit::kHour, 6, "-2 hours"),     Of(TimeUnit::kDay, 10, "1 month"),
          Of(TimeUnit::kWeek, 2, "-1 day"),       Of(TimeUnit::kMonth, 1, "30 days"),
          Of(TimeUnit::kMonth, 5, "-7 months"),   Of(TimeUnit::kQuarter, 1, "1 month -12 hours"),
          Of(TimeUnit::kQuarter, 2, "1 month"),   Of(TimeUnit::kYear, 1, "-40 days"),
          Of(TimeUnit::kYear, 3, "5 years 1 day")};
}

TEST(TruncateToGranularity, CutsPlainUnitsAsTheCalendarDoes) {
  const DateTime time = *ParseDateTime("2024-08-15T16:17:18.019");
  for (int i = 0; i <= static_cast<int>(TimeUnit::kYear); ++i) {
    const auto unit = static_cast<TimeUnit>(i);
    EXPECT_EQ(Truncate(time, PlainGranularity(unit)), Truncate(time, unit)) << TimeUnitName(unit);
    EXPECT_EQ(PlainGranularity(unit).name, TimeUnitName(unit));
  }
}

TEST(TruncateToGranularity, MovesTheGridByItsOffset) {
  EXPECT_EQ(Start("2024-03-31T23:59", FiscalYear()), "2023-04-01T00:00");
  EXPECT_EQ(Start("2024-04-01", FiscalYear()), "2024-04-01T00:00");
  EXPECT_EQ(Start("2024-03-10", SundayWeek()), "2024-03-10T00:00");
  EXPECT_EQ(Start("2024-03-09T23:59", SundayWeek()), "2024-03-03T00:00");
  EXPECT_EQ(Start("2024-03-13T02:29", Of(TimeUnit::kDay, 1, "6 hours")), "2024-03-12T06:00");
  EXPECT_EQ(Start("1987-10-19T09:44", Of(TimeUnit::kMinute, 15, "0 days")), "1987-10-19T09:30");
}

TEST(TruncateToGranularity, CountsPeriodsFromTheOrigin) {
  EXPECT_EQ(Start("2024-03-13", Of(TimeUnit::kMonth, 6, "0 days")), "2024-01-01T00:00");
  EXPECT_EQ(Start("2024-07-01", Of(TimeUnit::kMonth, 6, "0 days")), "2024-07-01T00:00");
  EXPECT_EQ(Start("1999-12-31", Of(TimeUnit::kYear, 5, "0 days")), "1995-01-01T00:00");
  EXPECT_EQ(Start("2000-01-02", Of(TimeUnit::kWeek, 2, "0 days")), "1999-12-20T00:00");
  EXPECT_EQ(Start("2000-01-17", Of(TimeUnit::kWeek, 2, "0 days")), "2000-01-17T00:00");
}

TEST(TruncateToGranularity, IsNotBentByTheEndOfAMonth) {
  const Granularity late = Of(TimeUnit::kMonth, 1, "1 month 30 days");
  EXPECT_EQ(Start("2024-03-30", late), "2024-03-02T00:00");
  EXPECT_EQ(Start("2024-03-31", late), "2024-03-31T00:00");
  EXPECT_EQ(Start("2024-05-31", Of(TimeUnit::kDay, 1, "3 months")), "2024-05-31T00:00");
}

TEST(NextPeriod, BeginsWhereThePeriodEnds) {
  for (const Granularity& grid : Grids()) {
    const std::string what = IntervalText(StepOf(grid)) + " from " + IntervalText(grid.offset);
    DateTime start = Truncate(*ParseDateTime("1996-01-31T13:14:15.016"), grid);
    for (int i = 0; i < 100; ++i) {
      const DateTime next = Next(start, grid);
      ASSERT_LT(ToMillis(start), ToMillis(next)) << what;
      ASSERT_EQ(Truncate(next, grid), next) << what << ", " << FormatDateTime(next);
      ASSERT_EQ(Truncate(FromMillis(ToMillis(next) - 1), grid), start) << what;
      start = next;
    }
  }
}

TEST(Nests, TellsWhetherEveryPeriodLiesInsideOne) {
  const auto plain = PlainGranularity;
  EXPECT_TRUE(Nests(plain(TimeUnit::kDay), plain(TimeUnit::kMonth)));
  EXPECT_TRUE(Nests(plain(TimeUnit::kDay), plain(TimeUnit::kDay)));
  EXPECT_TRUE(Nests(plain(TimeUnit::kDay), SundayWeek()));
  EXPECT_TRUE(Nests(plain(TimeUnit::kMonth), FiscalYear()));
  EXPECT_TRUE(Nests(plain(TimeUnit::kQuarter), FiscalYear()));
  EXPECT_TRUE(Nests(plain(TimeUnit::kHour), FiscalYear()));
  EXPECT_TRUE(Nests(Of(TimeUnit::kMinute, 48, "0 days"), plain(TimeUnit::kYear)));
  EXPECT_TRUE(Nests(plain(TimeUnit::kWeek), Of(TimeUnit::kWeek, 2, "7 days")));
  EXPECT_TRUE(Nests(Of(TimeUnit::kMonth, 1, "4 days"), Of(TimeUnit::kYear, 1, "4 days")));
  EXPECT_FALSE(Nests(plain(TimeUnit::kWeek), plain(TimeUnit::kMonth)));
  EXPECT_FALSE(Nests(plain(TimeUnit::kMonth), plain(TimeUnit::kWeek)));
  EXPECT_FALSE(Nests(plain(TimeUnit::kMonth), plain(TimeUnit::kDay)));
  EXPECT_FALSE(Nests(plain(TimeUnit::kWeek), SundayWeek()));
  EXPECT_FALSE(Nests(plain(TimeUnit::kYear), FiscalYear()));
  EXPECT_FALSE(Nests(Of(TimeUnit::kQuarter, 1, "1 month"), FiscalYear()));
  EXPECT_FALSE(Nests(Of(TimeUnit::kHour, 7, "0 days"), plain(TimeUnit::kMonth)));
  EXPECT_FALSE(Nests(Of(TimeUnit::kDay, 1, "6 hours"), plain(TimeUnit::kMonth)));
  EXPECT_FALSE(Nests(Of(TimeUnit::kMonth, 1, "4 days"), plain(TimeUnit::kYear)));
}

TEST(Nests, IsNeverWrongWhenItSaysYes) {
  std::vector<Granularity> grids = Grids();
  for (int i = 0; i <= static_cast<int>(TimeUnit::kYear); ++i) {
    grids.push_back(PlainGranularity(static_cast<TimeUnit>(i)));
  }
  for (const Granularity& fine : grids) {
    for (const Granularity& coarse : grids) {
      if (!Nests(fine, coarse)) continue;
      DateTime start = Truncate(*ParseDateTime("1996-01-31T13:14:15.016"), coarse);
      for (int i = 0; i < 100; ++i) {
        ASSERT_EQ(Truncate(start, fine), start);
        start = Next(start, coarse);
      }
    }
  }
}

TEST(TruncatedExpr, WritesTheShortestFormThatHolds) {
  EXPECT_EQ(Sql(PlainGranularity(TimeUnit::kWeek)), "date_trunc('week', t)");
  EXPECT_EQ(Sql(FiscalYear()),
            "date_trunc('year', t - '3 months'::interval) + '3 months'::interval");
  EXPECT_EQ(Sql(SundayWeek()), "date_bin('7 days'::interval, t, '2000-01-09'::timestamp)");
  EXPECT_EQ(Sql(Of(TimeUnit::kMinute, 30, "-5 seconds")),
            "date_bin('30 minutes'::interval, t, '2000-01-01 00:29:55.000'::timestamp)");
  EXPECT_EQ(Sql(Of(TimeUnit::kMonth, 3, "0 days")), "date_trunc('quarter', t)");
  EXPECT_EQ(Sql(Of(TimeUnit::kMonth, 1, "1 month 4 days")),
            "date_trunc('month', t - '4 days'::interval) + '4 days'::interval");
  EXPECT_EQ(Sql(Of(TimeUnit::kMonth, 6, "0 days")),
            "'2000-01-01'::timestamp + floor(((date_part('year', t) - 2000) * 12 + "
            "date_part('month', t) - 1) / 6)::integer * '6 months'::interval");
}

}  // namespace
}  // namespace loupe::semantic

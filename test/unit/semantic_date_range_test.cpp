#include "core/semantic/date_range.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "semantic_fixture.hpp"

namespace loupe::semantic {
namespace {

// "from .. to" of a range, or "error".
std::string RangeOf(const Json& value) {
  const Result<DateRange> range = ParseDateRange(value, Now());
  if (!range.ok()) {
    EXPECT_EQ(range.status().code(), Code::kSemanticInvalidQuery);
    return "error";
  }
  return FormatDateTime(range.value().from) + " .. " + FormatDateTime(range.value().to);
}

struct Case {
  const char* text;
  const char* from;  // a date stands for its first moment, as does a minute
  const char* to;
};

std::string Text(const Case& c) {
  return FormatDateTime(*ParseDateTime(c.from)) + " .. " + FormatDateTime(*ParseDateTime(c.to));
}

void ExpectAll(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(RangeOf(Json(c.text)), Text(c)) << c.text;
}

// Now is Wednesday 2024-03-13 02:30:45.500.
TEST(ParseDateRange, ResolvesWholeUnits) {
  ExpectAll({
      {"today", "2024-03-13", "2024-03-14"},
      {"now", "2024-03-13", "2024-03-14"},
      {"Yesterday", "2024-03-12", "2024-03-13"},
      {"tomorrow", "2024-03-14", "2024-03-15"},
      {"this second", "2024-03-13T02:30:45", "2024-03-13T02:30:46"},
      {"this week", "2024-03-11", "2024-03-18"},
      {"current month", "2024-03-01", "2024-04-01"},
      {"this quarter", "2024-01-01", "2024-04-01"},
      {"LAST  month", "2024-02-01", "2024-03-01"},
      {"\tlast\nmonth ", "2024-02-01", "2024-03-01"},
      {"previous month", "2024-02-01", "2024-03-01"},
      {"the past week", "2024-03-04", "2024-03-11"},
      {"next year", "2025-01-01", "2026-01-01"},
      {"last 7 days", "2024-03-06", "2024-03-13"},
      {"over the last 7 days", "2024-03-06", "2024-03-13"},
      {"last 1 day", "2024-03-12", "2024-03-13"},
      {"last 15 minutes", "2024-03-13T02:15", "2024-03-13T02:30"},
      {"last 90 secs", "2024-03-13T02:29:15", "2024-03-13T02:30:45"},
      {"last 4 quarters", "2023-01-01", "2024-01-01"},
      {"past twelve months", "2023-03-01", "2024-03-01"},
      {"previous couple of weeks", "2024-02-26", "2024-03-11"},
      {"next 2 weeks", "2024-03-18", "2024-04-01"},
  });
}

TEST(ParseDateRange, ResolvesUnitsToDate) {
  ExpectAll({
      {"ytd", "2024-01-01", "2024-03-14"},
      {"qtd", "2024-01-01", "2024-03-14"},
      {"mtd", "2024-03-01", "2024-03-14"},
      {"WTD", "2024-03-11", "2024-03-14"},
      {"year to date", "2024-01-01", "2024-03-14"},
      {"this month to date", "2024-03-01", "2024-03-14"},
      {"week-to-date", "2024-03-11", "2024-03-14"},
  });
}

TEST(ParseDateRange, TakesAMomentForItsFinestUnitBelowTheDay) {
  ExpectAll({
      {"2 days ago", "2024-03-11", "2024-03-12"},
      {"a week ago", "2024-03-06", "2024-03-07"},
      {"1 month ago", "2024-02-13", "2024-02-14"},
      {"a couple of days ago", "2024-03-11", "2024-03-12"},
      {"3 hours ago", "2024-03-12T23:00", "2024-03-13T00:00"},
      {"1 hour 30 minutes ago", "2024-03-13T01:00", "2024-03-13T01:01"},
      {"2 weeks and 3 days ago", "2024-02-25", "2024-02-26"},
      {"in 3 days", "2024-03-16", "2024-03-17"},
      {"in an hour", "2024-03-13T03:00", "2024-03-13T04:00"},
      {"two years from now", "2026-03-13", "2026-03-14"},
      {"2 weeks from today", "2024-03-27", "2024-03-28"},
  });
}

TEST(ParseDateRange, CutsTwoMomentsToTheFinerOfThem) {
  ExpectAll({
      {"from 7 days ago to now", "2024-03-06", "2024-03-14"},
      {"from 3 hours ago to now", "2024-03-12T23:00", "2024-03-13T03:00"},
      {"from now to 90 minutes from now", "2024-03-13T02:30", "2024-03-13T04:01"},
      {"from 2 days ago to 3 hours ago", "2024-03-11T02:00", "2024-03-13T00:00"},
      {"from 3 hours ago to today", "2024-03-12T23:00", "2024-03-14T00:00"},
      {"since 3 hours ago", "2024-03-12T23:00", "2024-03-14T00:00"},
  });
}

TEST(ParseDateRange, TakesABareWeekdayForTheNearest) {
  ExpectAll({
      {"wednesday", "2024-03-13", "2024-03-14"},
      {"monday", "2024-03-11", "2024-03-12"},
      {"Sun", "2024-03-10", "2024-03-11"},
      {"on sat", "2024-03-16", "2024-03-17"},
      {"last friday", "2024-03-08", "2024-03-09"},
      {"last tuesday", "2024-03-12", "2024-03-13"},
      {"last wednesday", "2024-03-06", "2024-03-07"},
      {"this wednesday", "2024-03-13", "2024-03-14"},
      {"this tuesday", "2024-03-19", "2024-03-20"},
      {"next tuesday", "2024-03-19", "2024-03-20"},
      {"next friday", "2024-03-22", "2024-03-23"},
      {"next sunday", "2024-03-24", "2024-03-25"},
  });
}

TEST(ParseDateRange, ReadsNamedMonthsQuartersAndDays) {
  ExpectAll({
      {"november 2023", "2023-11-01", "2023-12-01"},
      {"in November, 2023", "2023-11-01", "2023-12-01"},
      {"Nov 5 2023", "2023-11-05", "2023-11-06"},
      {"November 5th, 2023", "2023-11-05", "2023-11-06"},
      {"Nov. 1st 2023", "2023-11-01", "2023-11-02"},
      {"5 Nov 2023", "2023-11-05", "2023-11-06"},
      {"the 5th of november 2023", "2023-11-05", "2023-11-06"},
      {"Q1 2024", "2024-01-01", "2024-04-01"},
      {"q4 of 2023", "2023-10-01", "2024-01-01"},
      {"2023 Q2", "2023-04-01", "2023-07-01"},
      {"2023-q2", "2023-04-01", "2023-07-01"},
      {"last november", "2023-11-01", "2023-12-01"},
      {"last march", "2023-03-01", "2023-04-01"},
      {"this march", "2024-03-01", "2024-04-01"},
      {"next march", "2025-03-01", "2025-04-01"},
  });
}

TEST(ParseDateRange, TakesTheYearInWhichAYearlessDateBeginsNearest) {
  ExpectAll({
      {"november", "2023-11-01", "2023-12-01"},
      {"october", "2023-10-01", "2023-11-01"},
      {"september", "2024-09-01", "2024-10-01"},
      {"may", "2024-05-01", "2024-06-01"},
      {"5 November", "2023-11-05", "2023-11-06"},
      {"feb 29", "2024-02-29", "2024-03-01"},
      {"q4", "2023-10-01", "2024-01-01"},
      {"q2", "2024-04-01", "2024-07-01"},
  });
}

TEST(ParseDateRange, TakesADateForTheWholeSpanToWhichItIsWritten) {
  ExpectAll({
      {"2024", "2024-01-01", "2025-01-01"},
      {"2024-02", "2024-02-01", "2024-03-01"},
      {"2024-02-29", "2024-02-29", "2024-03-01"},
      {"2024/02/29", "2024-02-29", "2024-03-01"},
      {"20240229", "2024-02-29", "2024-03-01"},
      {"2024-02-29 10:30", "2024-02-29T10:30", "2024-02-29T10:31"},
      {"2024-02-29T10:30:05", "2024-02-29T10:30:05", "2024-02-29T10:30:06"},
      {"2024-02-29t23:59:59.999", "2024-02-29T23:59:59.999", "2024-03-01"},
  });
}

TEST(ParseDateRange, SpansFromTheStartOfOnePointToTheEndOfAnother) {
  ExpectAll({
      {"from 1 month ago to today", "2024-02-13", "2024-03-14"},
      {"from yesterday to tomorrow", "2024-03-12", "2024-03-15"},
      {"from now to 2 weeks from now", "2024-03-13", "2024-03-28"},
      {"Jan 1 2024 to Jan 31 2024", "2024-01-01", "2024-02-01"},
      {"2023-11-05 - 2023-11-07", "2023-11-05", "2023-11-08"},
      {"2023-11-05 \u2013 2023-11-07", "2023-11-05", "2023-11-08"},
      {"2022 through 2023", "2022-01-01", "2024-01-01"},
      {"between last month and this month", "2024-02-01", "2024-04-01"},
      {"between 2 weeks and 3 days ago and now", "2024-02-25", "2024-03-14"},
      {"2024-01-01 10:00 until 2024-01-01 12:00", "2024-01-01T10:00", "2024-01-01T12:01"},
      {"from year to date to tomorrow", "2024-01-01", "2024-03-15"},
      {"since 2024-01-01", "2024-01-01", "2024-03-14"},
      {"since last week", "2024-03-04", "2024-03-14"},
  });
}

TEST(ParseDateRange, BendsLooseEndsToTheOtherEnd) {
  ExpectAll({
      {"monday to friday", "2024-03-11", "2024-03-16"},
      {"friday to today", "2024-03-08", "2024-03-14"},
      {"tomorrow to monday", "2024-03-14", "2024-03-19"},
      {"sunday to saturday", "2024-03-10", "2024-03-17"},
      {"january to december", "2024-01-01", "2025-01-01"},
      {"september to today", "2023-09-01", "2024-03-14"},
      {"jan 5 to dec 9 2022", "2022-01-05", "2022-12-10"},
      {"nov to feb 2022", "2021-11-01", "2022-03-01"},
      {"Nov 5 2020 to Nov 9", "2020-11-05", "2020-11-10"},
      {"2020-03-15 to march", "2020-03-15", "2020-04-01"},
      {"q1 to q3 2022", "2022-01-01", "2022-10-01"},
      {"feb 29 to 2022-06-01", "2020-02-29", "2022-06-02"},
  });
}

TEST(ParseDateRange, ObeysTheWeekAndTheFiscalYearOfTheModel) {
  const DateContext context{Now(), 7, 4};
  const auto range_of = [&](std::string_view text) {
    const Result<DateRange> range = ParseDateRange(text, context);
    return range.ok() ? FormatDate(range.value().from) + " " + FormatDate(range.value().to)
                      : range.status().message();
  };
  EXPECT_EQ(range_of("last week"), "2024-03-03 2024-03-10");
  EXPECT_EQ(range_of("wtd"), "2024-03-10 2024-03-14");
  EXPECT_EQ(range_of("next sunday"), "2024-03-17 2024-03-18");
  EXPECT_EQ(range_of("this fiscal year"), "2023-04-01 2024-04-01");
  EXPECT_EQ(range_of("last 2 fiscal years"), "2021-04-01 2023-04-01");
  EXPECT_EQ(range_of("last fiscal quarter"), "2023-10-01 2024-01-01");
  EXPECT_EQ(range_of("fiscal year to date"), "2023-04-01 2024-03-14");
  EXPECT_EQ(range_of("this year"), "2024-01-01 2025-01-01");
  EXPECT_EQ(range_of("this fiscal week"), "\"this fiscal week\" is not a date range");
}

TEST(ParseDateRange, SpansTwoDates) {
  EXPECT_EQ(RangeOf(JsonOf(R"(["2024-01-01", "2024-01-31"])")),
            "2024-01-01T00:00:00.000 .. 2024-02-01T00:00:00.000");
  EXPECT_EQ(RangeOf(JsonOf(R"(["2024-01-01"])")),
            "2024-01-01T00:00:00.000 .. 2024-01-02T00:00:00.000");
  EXPECT_EQ(RangeOf(JsonOf(R"(["last month", "today"])")),
            "2024-02-01T00:00:00.000 .. 2024-03-14T00:00:00.000");
  EXPECT_EQ(RangeOf(JsonOf(R"(["nov 5", "feb 2022"])")),
            "2021-11-05T00:00:00.000 .. 2022-03-01T00:00:00.000");
  EXPECT_EQ(RangeOf(JsonOf(R"(["3 hours ago", "now"])")),
            "2024-03-12T23:00:00.000 .. 2024-03-13T03:00:00.000");
}

TEST(ParseDateRange, RefusesEverythingElse) {
  for (const char* text : {"",
                           " ",
                           "gibberish",
                           "last",
                           "all time",
                           "this 3 months",
                           "last 0 days",
                           "last -1 days",
                           "last 7",
                           "last days",
                           "last 7 fortnights",
                           "last 99999999999 days",
                           "last 100000 years",
                           "100000 years and 100000 years ago",
                           "2024-02-30",
                           "2024-13-01",
                           "2024-13",
                           "feb 29 2023",
                           "feb 30",
                           "32 march",
                           "q5 2024",
                           "11/05/2023",
                           "2024-01-01T10:00Z",
                           "2024-01-01T10:00:00+02",
                           "2024-01-01 10:00 -05",
                           "one two three four",
                           "x to date",
                           "last year to date",
                           "this fortnight",
                           "some month",
                           "2 weeks and ago",
                           "7 days",
                           "november of",
                           "2023 november 2023",
                           "before today",
                           "until today",
                           "from today",
                           "to",
                           "from to",
                           "- - -",
                           "from tomorrow to yesterday",
                           "since tomorrow",
                           "0000-01-01",
                           "0000",
                           "9999"}) {
    EXPECT_EQ(RangeOf(Json(text)), "error") << text;
  }
  EXPECT_EQ(RangeOf(Json(std::string(200, 'x'))), "error");
  EXPECT_EQ(RangeOf(Json("\xff")), "error");
  EXPECT_EQ(RangeOf(JsonOf("[]")), "error");
  EXPECT_EQ(RangeOf(JsonOf("5")), "error");
  EXPECT_EQ(RangeOf(JsonOf(R"(["2024-01-01", "2024-01-02", "2024-01-03"])")), "error");
  EXPECT_EQ(RangeOf(JsonOf(R"(["2024-01-02", "2024-01-01"])")), "error");
}

TEST(ParseDateRange, HintsAtWhatWasMeant) {
  const auto hint_of = [](std::string_view text) {
    return ParseDateRange(text, Now()).status().hint();
  };
  EXPECT_EQ(hint_of("last weke"), "Did you mean \"week\"?");
  EXPECT_EQ(hint_of("yesterdy"), "Did you mean \"yesterday\"?");
  EXPECT_EQ(hint_of("from 1/2/2024 to 3/4/2024").substr(0, 20), "Write the year first");
  EXPECT_EQ(hint_of("last 7").substr(0, 18), "Write \"YYYY-MM-DD\"");
  EXPECT_EQ(hint_of("tomorrow to today"),
            "It would run from 2024-03-14T00:00:00.000 to 2024-03-14T00:00:00.000.");
}

TEST(ParseDateRange, PointsAtTheWrongDate) {
  EXPECT_EQ(ParseDateRange(JsonOf(R"(["2024-01-01", "x"])"), Now()).status().pointer(), "/1");
  EXPECT_EQ(ParseDateRange(JsonOf(R"([1])"), Now()).status().pointer(), "/0");
  EXPECT_EQ(ParseDateRange(JsonOf(R"(["x"])"), Now()).status().pointer(), "/0");
  EXPECT_EQ(ParseDateRange(JsonOf(R"(["today", 1])"), Now()).status().pointer(), "/1");
}

}  // namespace
}  // namespace loupe::semantic

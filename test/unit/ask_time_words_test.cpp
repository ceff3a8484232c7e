#include "core/ask/time_words.hpp"

#include <gtest/gtest.h>

#include "ask_fixture.hpp"

namespace loupe::ask {
namespace {

// "from..to" of the first time expression in the text, the ends as dates, "" when there is none.
std::string RangeIn(std::string_view text) {
  const std::vector<Token> tokens = Tokenize(text).value();
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    const std::optional<PhraseMatch> match = MatchTime(tokens, at, TestNow());
    if (!match) continue;
    const TimeRange& range = match->meaning.time;
    const std::string last =
        range.last_of_year > 0 ? " to " + std::to_string(range.last_of_year) : "";
    if (range.month_of_year > 0) return "month " + std::to_string(range.month_of_year) + last;
    if (range.quarter_of_year > 0) return "quarter " + std::to_string(range.quarter_of_year) + last;
    return (range.from ? FormatDate(*range.from) : "") + ".." +
           (range.to ? FormatDate(*range.to) : "");
  }
  return "";
}

TEST(AskTimeWords, ReadsCalendarPeriods) {
  EXPECT_EQ(RangeIn("in 2013"), "2013-01-01..2014-01-01");
  EXPECT_EQ(RangeIn("year 2013"), "2013-01-01..2014-01-01");
  EXPECT_EQ(RangeIn("in July 2013"), "2013-07-01..2013-08-01");
  EXPECT_EQ(RangeIn("july of 2013"), "2013-07-01..2013-08-01");
  EXPECT_EQ(RangeIn("in Sept 2013"), "2013-09-01..2013-10-01");
  EXPECT_EQ(RangeIn("Q3 2013"), "2013-07-01..2013-10-01");
  EXPECT_EQ(RangeIn("2013 Q3"), "2013-07-01..2013-10-01");
  EXPECT_EQ(RangeIn("third quarter of 2013"), "2013-07-01..2013-10-01");
  EXPECT_EQ(RangeIn("2nd quarter 2013"), "2013-04-01..2013-07-01");
  EXPECT_EQ(RangeIn("quarter 4 of 2013"), "2013-10-01..2014-01-01");
  EXPECT_EQ(RangeIn("July 4, 2013"), "2013-07-04..2013-07-05");
  EXPECT_EQ(RangeIn("4 July 2013"), "2013-07-04..2013-07-05");
  EXPECT_EQ(RangeIn("the 4th of July 2013"), "2013-07-04..2013-07-05");
  EXPECT_EQ(RangeIn("7th July, 2013"), "2013-07-07..2013-07-08");
  EXPECT_EQ(RangeIn("the year of 2013"), "2013-01-01..2014-01-01");
  EXPECT_EQ(RangeIn("year 1066"), "1066-01-01..1067-01-01");
  EXPECT_EQ(RangeIn("on 2013-07-04"), "2013-07-04..2013-07-05");
  EXPECT_EQ(RangeIn("during 2013-07"), "2013-07-01..2013-08-01");
}

TEST(AskTimeWords, ReadsRanges) {
  EXPECT_EQ(RangeIn("between 2012 and 2013"), "2012-01-01..2014-01-01");
  EXPECT_EQ(RangeIn("from May to July 2013"), "2013-05-01..2013-08-01");
  EXPECT_EQ(RangeIn("from 2013-07-01 until 2013-07-10"), "2013-07-01..2013-07-11");
  EXPECT_EQ(RangeIn("before 2013"), "..2013-01-01");
  EXPECT_EQ(RangeIn("before 1850 or later"), "..1850-01-01");
  EXPECT_EQ(RangeIn("before the year of 2013"), "..2013-01-01");
  EXPECT_EQ(RangeIn("after 1500 miles"), "");
  EXPECT_EQ(RangeIn("in 1850"), "");
  EXPECT_EQ(RangeIn("prior to May 2013"), "..2013-05-01");
  EXPECT_EQ(RangeIn("until 2013"), "..2014-01-01");
  EXPECT_EQ(RangeIn("since 2013"), "2013-01-01..");
  EXPECT_EQ(RangeIn("after 2013"), "2014-01-01..");
}

TEST(AskTimeWords, ReadsRelativePeriods) {
  EXPECT_EQ(RangeIn("today"), "2024-08-15..2024-08-16");
  EXPECT_EQ(RangeIn("yesterday"), "2024-08-14..2024-08-15");
  EXPECT_EQ(RangeIn("this year"), "2024-01-01..2025-01-01");
  EXPECT_EQ(RangeIn("current quarter"), "2024-07-01..2024-10-01");
  EXPECT_EQ(RangeIn("last month"), "2024-07-01..2024-08-01");
  EXPECT_EQ(RangeIn("previous week"), "2024-08-05..2024-08-12");
  EXPECT_EQ(RangeIn("2 years ago"), "2022-01-01..2023-01-01");
  EXPECT_EQ(RangeIn("last 0 days"), "");
  EXPECT_EQ(RangeIn("last 1.5 days"), "");
}

TEST(AskTimeWords, ReadsPeriodsUpToNow) {
  EXPECT_EQ(RangeIn("past 7 days"), "2024-08-08..2024-08-16");
  EXPECT_EQ(RangeIn("the last two years"), "2022-08-15..2024-08-16");
  EXPECT_EQ(RangeIn("past month"), "2024-07-15..2024-08-16");
  EXPECT_EQ(RangeIn("past 6 calendar months"), "2024-02-01..2024-08-16");
  EXPECT_EQ(RangeIn("last 7 days (inclusive of today)"), "2024-08-08..2024-08-16");
  EXPECT_EQ(RangeIn("last 8 weeks excluding the current week"), "2024-06-17..2024-08-12");
  EXPECT_EQ(RangeIn("last 3 months, not including the current month"), "2024-05-01..2024-08-01");
  EXPECT_EQ(RangeIn("previous 2 weeks"), "2024-07-29..2024-08-12");
}

TEST(AskTimeWords, KeepsMonthsAndQuartersWithoutAYear) {
  EXPECT_EQ(RangeIn("in July"), "month 7");
  EXPECT_EQ(RangeIn("in q2"), "quarter 2");
  EXPECT_EQ(RangeIn("from October to December"), "month 10 to 12");
  EXPECT_EQ(RangeIn("between October and December"), "month 10 to 12");
  EXPECT_EQ(RangeIn("from November until February"), "month 11 to 2");
  EXPECT_EQ(RangeIn("from q2 to q3"), "quarter 2 to 3");
}

TEST(AskTimeWords, LeavesOtherWordsAlone) {
  EXPECT_EQ(RangeIn("orders may march on"), "");
  EXPECT_EQ(RangeIn("in may 2013"), "2013-05-01..2013-06-01");
  EXPECT_EQ(RangeIn("June 31, 2013"), "month 6");
  EXPECT_EQ(RangeIn("between 2013 and 2012"), "2013-01-01..2014-01-01");
  EXPECT_EQ(RangeIn("1500 orders"), "");
  EXPECT_EQ(RangeIn("2,013 orders"), "");
}

TEST(AskTimeWords, TrustsABareYearLess) {
  const std::vector<Token> bare = Tokenize("orders 2013").value();
  EXPECT_LT(MatchTime(bare, 1, TestNow())->meaning.weight, 1);
  const std::vector<Token> announced = Tokenize("in 2013").value();
  EXPECT_EQ(MatchTime(announced, 1, TestNow())->meaning.weight, 1);
}

}  // namespace
}  // namespace loupe::ask

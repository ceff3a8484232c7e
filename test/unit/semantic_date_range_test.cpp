#include "core/semantic/date_range.hpp"

#include <gtest/gtest.h>

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
  const char* from;
  const char* to;
};

TEST(ParseDateRange, ResolvesRelativeRanges) {
  // Now is Wednesday 2024-03-13 02:30:45.500.
  const Case cases[] = {
      {"today", "2024-03-13T00:00:00", "2024-03-14T00:00:00"},
      {"now", "2024-03-13T00:00:00", "2024-03-14T00:00:00"},
      {"Yesterday", "2024-03-12T00:00:00", "2024-03-13T00:00:00"},
      {"tomorrow", "2024-03-14T00:00:00", "2024-03-15T00:00:00"},
      {"this second", "2024-03-13T02:30:45", "2024-03-13T02:30:46"},
      {"this week", "2024-03-11T00:00:00", "2024-03-18T00:00:00"},
      {"this quarter", "2024-01-01T00:00:00", "2024-04-01T00:00:00"},
      {"LAST  month", "2024-02-01T00:00:00", "2024-03-01T00:00:00"},
      {"previous month", "2024-02-01T00:00:00", "2024-03-01T00:00:00"},
      {"next year", "2025-01-01T00:00:00", "2026-01-01T00:00:00"},
      {"last 7 days", "2024-03-06T00:00:00", "2024-03-13T00:00:00"},
      {"last 1 day", "2024-03-12T00:00:00", "2024-03-13T00:00:00"},
      {"last 15 minutes", "2024-03-13T02:15:00", "2024-03-13T02:30:00"},
      {"last 4 quarters", "2023-01-01T00:00:00", "2024-01-01T00:00:00"},
      {"next 2 weeks", "2024-03-18T00:00:00", "2024-04-01T00:00:00"},
      {"ytd", "2024-01-01T00:00:00", "2024-03-14T00:00:00"},
      {"qtd", "2024-01-01T00:00:00", "2024-03-14T00:00:00"},
      {"mtd", "2024-03-01T00:00:00", "2024-03-14T00:00:00"},
      {"year to date", "2024-01-01T00:00:00", "2024-03-14T00:00:00"},
  };
  for (const Case& c : cases) {
    EXPECT_EQ(RangeOf(Json(c.text)), std::string(c.from) + ".000 .. " + c.to + ".000") << c.text;
  }
}

TEST(ParseDateRange, TakesADateForTheWholeSpanToWhichItIsWritten) {
  EXPECT_EQ(RangeOf(Json("2024-02-29")), "2024-02-29T00:00:00.000 .. 2024-03-01T00:00:00.000");
  EXPECT_EQ(RangeOf(Json("2024-02-29 10:30")),
            "2024-02-29T10:30:00.000 .. 2024-02-29T10:31:00.000");
  EXPECT_EQ(RangeOf(Json("2024-02-29T10:30:05")),
            "2024-02-29T10:30:05.000 .. 2024-02-29T10:30:06.000");
  EXPECT_EQ(RangeOf(Json("2024-02-29T23:59:59.999")),
            "2024-02-29T23:59:59.999 .. 2024-03-01T00:00:00.000");
}

TEST(ParseDateRange, SpansTwoDates) {
  EXPECT_EQ(RangeOf(JsonOf(R"(["2024-01-01", "2024-01-31"])")),
            "2024-01-01T00:00:00.000 .. 2024-02-01T00:00:00.000");
  EXPECT_EQ(RangeOf(JsonOf(R"(["2024-01-01"])")),
            "2024-01-01T00:00:00.000 .. 2024-01-02T00:00:00.000");
  EXPECT_EQ(RangeOf(JsonOf(R"(["last month", "today"])")),
            "2024-02-01T00:00:00.000 .. 2024-03-14T00:00:00.000");
}

TEST(ParseDateRange, RefusesEverythingElse) {
  for (const char* text : {"",
                           "gibberish",
                           "last",
                           "all time",
                           "this 3 months",
                           "last 0 days",
                           "last -1 days",
                           "last 7",
                           "last 7 fortnights",
                           "last 99999999999 days",
                           "last 100000 years",
                           "2024-02-30",
                           "2024-13-01",
                           "2024-01-01T10:00Z",
                           "2024-01-01T10:00:00+02",
                           "one two three four",
                           "x to date",
                           "this fortnight",
                           "some month",
                           "0000-01-01"}) {
    EXPECT_EQ(RangeOf(Json(text)), "error") << text;
  }
  EXPECT_EQ(RangeOf(Json(std::string(200, 'x'))), "error");
  EXPECT_EQ(RangeOf(Json("\xff")), "error");
  EXPECT_EQ(RangeOf(JsonOf("[]")), "error");
  EXPECT_EQ(RangeOf(JsonOf("5")), "error");
  EXPECT_EQ(RangeOf(JsonOf(R"(["2024-01-01", "2024-01-02", "2024-01-03"])")), "error");
  EXPECT_EQ(RangeOf(JsonOf(R"(["2024-01-02", "2024-01-01"])")), "error");
}

TEST(ParseDateRange, PointsAtTheWrongDate) {
  EXPECT_EQ(ParseDateRange(JsonOf(R"(["2024-01-01", "x"])"), Now()).status().pointer(), "/1");
  EXPECT_EQ(ParseDateRange(JsonOf(R"([1])"), Now()).status().pointer(), "/0");
}

}  // namespace
}  // namespace loupe::semantic

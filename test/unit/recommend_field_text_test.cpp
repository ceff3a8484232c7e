#include "core/recommend/field_text.hpp"

#include <gtest/gtest.h>

namespace loupe::recommend {
namespace {

TEST(FieldText, EscapesWhatVegaLiteReadsAsAPath) {
  EXPECT_EQ(EscapedField("plain name"), "plain name");
  EXPECT_EQ(EscapedField("orders.total"), "orders\\.total");
  EXPECT_EQ(EscapedField("a[0]"), "a\\[0\\]");
  EXPECT_EQ(EscapedField("it's \"x\\y\""), "it\\'s \\\"x\\\\y\\\"");
}

TEST(FieldText, TitlesAreTheMemberInWords) {
  EXPECT_EQ(ReadableTitle("orders.total_revenue"), "Total revenue");
  EXPECT_EQ(ReadableTitle("total_revenue"), "Total revenue");
  EXPECT_EQ(ReadableTitle("orders.created_at.month"), "Created at (month)");
  EXPECT_EQ(ReadableTitle("Zürich"), "Zürich");
  EXPECT_EQ(ReadableTitle("écart"), "écart");
}

TEST(FieldText, TitlesOfOddNamesStayWhole) {
  EXPECT_EQ(ReadableTitle(""), "");
  EXPECT_EQ(ReadableTitle("a."), "A.");
  EXPECT_EQ(ReadableTitle("a.b.c"), "B.c");
  EXPECT_EQ(ReadableTitle("?column?"), "?column?");
}

TEST(FieldText, TheGranularityOfANameGivesItsTimeUnit) {
  EXPECT_EQ(TimeUnitOf("o.t.second"), "yearmonthdatehoursminutesseconds");
  EXPECT_EQ(TimeUnitOf("o.t.minute"), "yearmonthdatehoursminutes");
  EXPECT_EQ(TimeUnitOf("o.t.hour"), "yearmonthdatehours");
  EXPECT_EQ(TimeUnitOf("o.t.day"), "yearmonthdate");
  EXPECT_EQ(TimeUnitOf("o.t.week"), "yearmonthdate");
  EXPECT_EQ(TimeUnitOf("o.t.month"), "yearmonth");
  EXPECT_EQ(TimeUnitOf("o.t.quarter"), "yearquarter");
  EXPECT_EQ(TimeUnitOf("o.t.year"), "year");
}

TEST(FieldText, NamesOfOneOrTwoPartsHaveNoTimeUnit) {
  EXPECT_EQ(TimeUnitOf("month"), "");
  EXPECT_EQ(TimeUnitOf("orders.month"), "");
  EXPECT_EQ(TimeUnitOf("orders.created_at.fortnight"), "");
}

}  // namespace
}  // namespace loupe::recommend

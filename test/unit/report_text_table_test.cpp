#include "core/report/text_table.hpp"

#include <gtest/gtest.h>

namespace loupe::report {
namespace {

RowSet Flights() {
  RowSet rows;
  rows.columns = {{"carrier", "text", ValueType::kString},
                  {"flights", "bigint", ValueType::kNumber}};
  rows.rows = {{Json("B6"), Json(54635)}, {Json("EV"), Json(7)}};
  return rows;
}

TEST(TextTable, AlignsTextLeftAndNumbersRight) {
  EXPECT_EQ(TextTable(Flights()),
            " carrier | flights\n"
            "---------+---------\n"
            " B6      |   54635\n"
            " EV      |       7\n");
}

TEST(TextTable, CountsTheRowsItDoesNotShow) {
  TextTableOptions options;
  options.max_rows = 1;
  EXPECT_NE(TextTable(Flights(), options).find(" … and 1 more rows\n"), std::string::npos);
}

TEST(TextTable, PrintsNullAsNothingAndOtherValuesAsJson) {
  RowSet rows;
  rows.columns = {{"a", "jsonb", ValueType::kOther}, {"b", "boolean", ValueType::kBoolean}};
  rows.rows = {{Json(), Json(true)}, {Json::Of({{"k", 1}}), Json(false)}};
  EXPECT_EQ(TextTable(rows),
            " a       | b\n"
            "---------+-------\n"
            "         | true\n"
            " {\"k\":1} | false\n");
}

TEST(TextTable, CutsWideValuesAtACharacterWithAnEllipsis) {
  RowSet rows;
  rows.columns = {{"a", "text", ValueType::kString}};
  rows.rows = {{Json("größer als erlaubt")}};
  TextTableOptions options;
  options.max_cell_columns = 5;
  EXPECT_NE(TextTable(rows, options).find(" größ…\n"), std::string::npos);
}

TEST(TextTable, BlanksControlCharactersOut) {
  RowSet rows;
  rows.columns = {{"a", "text", ValueType::kString}};
  rows.rows = {{Json("x\n\x1b[31my")}};
  EXPECT_NE(TextTable(rows).find(" x  [31my\n"), std::string::npos);
}

TEST(TextTable, AlignsWideCharactersByTerminalCells) {
  RowSet rows;
  rows.columns = {{"a", "text", ValueType::kString}, {"b", "text", ValueType::kString}};
  rows.rows = {{Json("東京"), Json("x")}};
  EXPECT_NE(TextTable(rows).find(" 東京 | x\n"), std::string::npos);
}

TEST(TextTable, PrintsHeadersAloneWithoutRows) {
  RowSet rows;
  rows.columns = {{"a", "text", ValueType::kString}};
  EXPECT_EQ(TextTable(rows), " a\n---\n");
}

}  // namespace
}  // namespace loupe::report

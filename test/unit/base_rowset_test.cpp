#include "core/base/rowset.hpp"

#include <gtest/gtest.h>

namespace loupe {
namespace {

Result<RowSet> Read(std::string_view text) {
  return RowSetFromJson(ParseJson(text).value(), Context());
}

TEST(RowSetFromJson, CollectsColumnsInOrderOfAppearance) {
  const RowSet rows = Read(R"([{"a": 1, "b": "x"}, {"c": true}, {"b": "y", "a": null}])").value();
  ASSERT_EQ(rows.columns.size(), 3U);
  EXPECT_EQ(rows.columns[0].name, "a");
  EXPECT_EQ(rows.columns[2].name, "c");
  EXPECT_EQ(rows.columns[0].type, ValueType::kNumber);
  EXPECT_EQ(rows.columns[1].type, ValueType::kString);
  EXPECT_EQ(rows.columns[2].type, ValueType::kBoolean);
  EXPECT_EQ(rows.columns[1].sql_type, "text");
  ASSERT_EQ(rows.rows.size(), 3U);
  for (const auto& row : rows.rows) EXPECT_EQ(row.size(), 3U);
  EXPECT_TRUE(rows.rows[0][2].IsNull());
  EXPECT_EQ(rows.rows[2][1].AsString(), "y");
}

TEST(RowSetFromJson, CallsMixedAndEmptyColumnsOther) {
  const RowSet rows = Read(R"([{"a": 1, "n": null}, {"a": "x", "n": null}])").value();
  EXPECT_EQ(rows.columns[0].type, ValueType::kOther);
  EXPECT_EQ(rows.columns[1].type, ValueType::kOther);
}

TEST(RowSetFromJson, TakesNoRowsAndRefusesOtherShapes) {
  EXPECT_TRUE(Read("[]").value().rows.empty());
  EXPECT_EQ(Read("{}").status().code(), Code::kInvalidArgument);
  EXPECT_EQ(Read("[{}, 3]").status().pointer(), "/1");
}

TEST(RowsToJson, WritesWhatRowSetFromJsonReads) {
  const char* text = R"([{"a":1,"b":"x"},{"a":null,"b":"y"}])";
  EXPECT_EQ(RowsToJson(Read(text).value()).Dump(), text);
  EXPECT_EQ(RowsToJson(RowSet()).Dump(), "[]");
}

TEST(RowsToJson, KeepsTheFirstOfTwoColumnsWithOneName) {
  RowSet rows;
  rows.columns = {{"a", "integer", ValueType::kNumber}, {"a", "integer", ValueType::kNumber}};
  rows.rows = {{Json(1), Json(2)}};
  EXPECT_EQ(RowsToJson(rows).Dump(), R"([{"a":1}])");
}

}  // namespace
}  // namespace loupe

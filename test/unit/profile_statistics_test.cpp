#include "core/profile/statistics.hpp"

#include <gtest/gtest.h>

namespace loupe::profile {
namespace {

ProfileColumn ColumnAt(int position) {
  ProfileColumn column;
  column.position = position;
  column.name = "c" + std::to_string(position);
  column.sql_type = "integer";
  column.comparison = Comparison::kOrdering;
  return column;
}

std::vector<Json> RowAt(int position) {
  std::vector<Json> row(kResultFields);
  row[kPosition] = Json(std::to_string(position));
  row[kRowCount] = Json("8");
  row[kNullCount] = Json("2");
  row[kDistinctCount] = Json("3");
  row[kIsUnique] = Json(false);
  row[kMin] = Json("1");
  row[kMax] = Json("9");
  row[kMean] = Json("123456789012345678901234567890.5");
  row[kStddev] = Json("NaN");
  row[kMedian] = Json("4");
  return row;
}

RowSet RowsOf(std::vector<std::vector<Json>> rows) {
  RowSet set;
  set.rows = std::move(rows);
  return set;
}

std::vector<ColumnStatistics> Assemble(const std::vector<ProfileColumn>& columns,
                                       const RowSet& rows, const ProfileOptions& options = {}) {
  Result<std::vector<ColumnStatistics>> all = AssembleStatistics(columns, options, rows);
  EXPECT_TRUE(all.ok()) << all.status().message();
  return all.ok() ? std::move(all).value() : std::vector<ColumnStatistics>();
}

TEST(ProfileStatisticsTest, FollowsTheColumnsNotTheRows) {
  const auto all = Assemble({ColumnAt(1), ColumnAt(3)}, RowsOf({RowAt(3), RowAt(1)}));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].column_name, "c1");
  EXPECT_EQ(all[1].position, 3);
}

TEST(ProfileStatisticsTest, KeepsEveryDigitAndDerivesFractions) {
  const ColumnStatistics column = Assemble({ColumnAt(1)}, RowsOf({RowAt(1)})).at(0);
  EXPECT_EQ(column.row_count, 8);
  EXPECT_EQ(column.null_fraction, 0.25);
  EXPECT_EQ(column.is_distinct_exact, true);
  EXPECT_EQ(column.distinct_error, 0.0);
  EXPECT_EQ(column.is_unique, false);
  EXPECT_EQ(column.mean, "123456789012345678901234567890.5");
  EXPECT_EQ(column.stddev, "NaN");
  EXPECT_EQ(column.median, "4");
  EXPECT_EQ(column.p05, std::nullopt);
  EXPECT_EQ(column.most_common, std::nullopt);
  EXPECT_EQ(column.note, std::nullopt);
}

TEST(ProfileStatisticsTest, HasNoFractionOfNoRows) {
  std::vector<Json> row = RowAt(1);
  row[kRowCount] = row[kNullCount] = Json("0");
  const ColumnStatistics column = Assemble({ColumnAt(1)}, RowsOf({row})).at(0);
  EXPECT_EQ(column.row_count, 0);
  EXPECT_EQ(column.null_fraction, std::nullopt);
}

TEST(ProfileStatisticsTest, CutsLongValuesByCharactersNotBytes) {
  std::string wide;
  for (int i = 0; i < kValueLength; ++i) wide += "\xC3\xA9";
  std::vector<Json> row = RowAt(1);
  row[kMin] = Json(wide);
  row[kMax] = Json(wide + "x");
  Json entry = Json::Of({{"value", wide + "\xC3\xA9"}, {"count", 2}});
  row[kTopValues] = Json::FromArray({entry});
  const ColumnStatistics column = Assemble({ColumnAt(1)}, RowsOf({row})).at(0);
  EXPECT_EQ(column.min, wide);
  EXPECT_EQ(column.max, wide + "...");
  EXPECT_EQ(column.most_common->items()[0].Find("value")->AsString(), wide + "...");
}

TEST(ProfileStatisticsTest, SaysWhyStatisticsAreMissing) {
  ProfileColumn denied = ColumnAt(1);
  denied.access = Access::kDenied;
  ProfileColumn json = ColumnAt(2);
  json.comparison = Comparison::kNone;
  ProfileColumn xid = ColumnAt(3);
  xid.comparison = Comparison::kEquality;
  const auto all = Assemble({denied, json, xid}, RowsOf({RowAt(2), RowAt(3)}));
  ASSERT_EQ(all.size(), 3U);
  EXPECT_EQ(all[0].note, "permission denied for column \"c1\"");
  EXPECT_EQ(all[0].row_count, std::nullopt);
  EXPECT_EQ(all[1].note, "type integer cannot be compared: rows and nulls counted only");
  EXPECT_EQ(all[2].note, "type integer has no order: no extremes or quantiles");
}

TEST(ProfileStatisticsTest, MarksASampleOnlyWhenItEndedTheReading) {
  ProfileOptions options;
  options.sample_rows = 8;
  EXPECT_EQ(Assemble({ColumnAt(1)}, RowsOf({RowAt(1)}), options).at(0).note, "first 8 rows only");
  ProfileColumn json = ColumnAt(1);
  json.comparison = Comparison::kNone;
  EXPECT_EQ(Assemble({json}, RowsOf({RowAt(1)}), options).at(0).note,
            "type integer cannot be compared: rows and nulls counted only; first 8 rows only");
  options.sample_rows = 9;
  EXPECT_EQ(Assemble({ColumnAt(1)}, RowsOf({RowAt(1)}), options).at(0).note, std::nullopt);
}

TEST(ProfileStatisticsTest, RefusesRowsThatDoNotFit) {
  std::vector<Json> nameless = RowAt(1);
  nameless[kPosition] = Json("x");
  std::vector<Json> unread = RowAt(1);
  unread[kPosition] = Json();
  for (const RowSet& rows : {RowsOf({}), RowsOf({{Json("1")}}), RowsOf({RowAt(1), RowAt(1)}),
                             RowsOf({nameless}), RowsOf({unread})}) {
    const auto all = AssembleStatistics({ColumnAt(1)}, {}, rows);
    ASSERT_FALSE(all.ok());
    EXPECT_EQ(all.status().code(), Code::kInternal);
  }
}

}  // namespace
}  // namespace loupe::profile

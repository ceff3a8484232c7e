#include "core/profile/profile_query.hpp"

#include <gtest/gtest.h>

#include "core/sql/printer.hpp"

namespace loupe::profile {
namespace {

ProfileColumn Number(int position, std::string name) {
  ProfileColumn column;
  column.position = position;
  column.name = std::move(name);
  column.sql_type = "integer";
  column.comparison = Comparison::kOrdering;
  column.arithmetic = Arithmetic::kNumeric;
  return column;
}

std::string TextOf(const std::vector<ProfileColumn>& columns, const ProfileOptions& options = {}) {
  const Result<sql::Select> query = ProfileQuery("shop", "orders", columns, options);
  EXPECT_TRUE(query.ok()) << query.status().message();
  return query.ok() ? sql::Print(query.value()) : "";
}

int CountOf(const std::string& text, const std::string& part) {
  int count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

TEST(ProfileQueryTest, ReadsTheRelationOnceForAllColumns) {
  const std::string text = TextOf({Number(1, "a"), Number(2, "b"), Number(4, "c")});
  EXPECT_EQ(CountOf(text, "FROM shop.orders AS t"), 1);
  EXPECT_EQ(CountOf(text, "UNION ALL"), 2);
  EXPECT_NE(text.find("t.c AS c4"), std::string::npos) << text;
}

TEST(ProfileQueryTest, KeepsNamesOfUsersQuotedAndInTheSourceAlone) {
  const std::string text = TextOf({Number(1, "we\"ird")});
  EXPECT_EQ(CountOf(text, "ird"), 1);
  EXPECT_NE(text.find("t.\"we\"\"ird\" AS c1"), std::string::npos) << text;
}

TEST(ProfileQueryTest, LeavesColumnsWithoutPrivilegeOut) {
  ProfileColumn secret = Number(2, "secret");
  secret.access = Access::kDenied;
  const std::string text = TextOf({Number(1, "a"), secret});
  EXPECT_EQ(text.find("secret"), std::string::npos);
  EXPECT_EQ(CountOf(text, "UNION ALL"), 0);
}

TEST(ProfileQueryTest, RefusesWhenNothingMayBeRead) {
  ProfileColumn secret = Number(1, "secret");
  secret.access = Access::kDenied;
  for (const auto& columns : {std::vector<ProfileColumn>{secret}, std::vector<ProfileColumn>{}}) {
    const Result<sql::Select> query = ProfileQuery("shop", "orders", columns, {});
    ASSERT_FALSE(query.ok());
    EXPECT_EQ(query.status().code(), Code::kNoPrivilege);
    EXPECT_NE(query.status().message().find("\"orders\""), std::string::npos);
  }
}

TEST(ProfileQueryTest, LimitsTheSourceToTheSample) {
  ProfileOptions options;
  options.sample_rows = 1234;
  EXPECT_EQ(CountOf(TextOf({Number(1, "a")}, options), "LIMIT 1234"), 1);
  EXPECT_EQ(CountOf(TextOf({Number(1, "a")}), "LIMIT 1234"), 0);
  for (const std::int64_t rows : {std::int64_t{0}, std::int64_t{-1}}) {
    options.sample_rows = rows;
    const Result<sql::Select> query = ProfileQuery("shop", "orders", {Number(1, "a")}, options);
    ASSERT_FALSE(query.ok());
    EXPECT_EQ(query.status().code(), Code::kInvalidArgument);
  }
}

TEST(ProfileQueryTest, CountsAloneWhereValuesCannotBeCompared) {
  ProfileColumn json = Number(1, "doc");
  json.comparison = Comparison::kNone;
  json.arithmetic = Arithmetic::kNone;
  const std::string text = TextOf({json});
  EXPECT_EQ(text.find("GROUP BY"), std::string::npos);
  EXPECT_NE(text.find("count(*) - count(c1)"), std::string::npos) << text;
  EXPECT_NE(text.find("NULL::jsonb AS most_common"), std::string::npos) << text;
}

TEST(ProfileQueryTest, NeverOrdersATypeWithoutAnOrder) {
  ProfileColumn xid = Number(1, "x");
  xid.comparison = Comparison::kEquality;
  xid.arithmetic = Arithmetic::kNone;
  const std::string text = TextOf({xid});
  EXPECT_EQ(text.find("OVER"), std::string::npos);
  EXPECT_NE(text.find("ORDER BY n DESC, value::text"), std::string::npos) << text;
  EXPECT_NE(text.find("NULL::text AS median"), std::string::npos) << text;
}

TEST(ProfileQueryTest, SumsNumbersAlone) {
  EXPECT_NE(TextOf({Number(1, "a")}).find("sum(value::numeric * n)"), std::string::npos);
  ProfileColumn word = Number(1, "a");
  word.arithmetic = Arithmetic::kNone;
  const std::string text = TextOf({word});
  EXPECT_EQ(text.find("numeric * n"), std::string::npos);
  EXPECT_NE(text.find("NULL::numeric AS mean"), std::string::npos);
}

TEST(ProfileQueryTest, ReadsOnlyTheFirstBytesOfBytea) {
  ProfileColumn bytes = Number(1, "raw");
  bytes.arithmetic = Arithmetic::kNone;
  bytes.text_form = TextForm::kBytes;
  const std::string text = TextOf({bytes});
  EXPECT_NE(text.find("substr(value, 1, 101)::text"), std::string::npos) << text;
  EXPECT_EQ(text.find("left\"(value::text"), std::string::npos);
}

TEST(ProfileQueryTest, CutsAWideSourceIntoParts) {
  std::vector<ProfileColumn> columns;
  for (int i = 1; i <= 1600; ++i) columns.push_back(Number(i, "column_" + std::to_string(i)));
  const std::string text = TextOf(columns);
  EXPECT_EQ(CountOf(text, "FROM shop.orders AS t"), 1);
  EXPECT_EQ(CountOf(text, "UNION ALL"), 1599);
  EXPECT_EQ(CountOf(text, "part_25 AS ("), 1);
  EXPECT_EQ(CountOf(text, "part_26"), 0);
  EXPECT_LT(text.size(), std::size_t{8} << 20);
}

}  // namespace
}  // namespace loupe::profile

#include "core/semantic/sql_types.hpp"

#include <gtest/gtest.h>

namespace loupe::semantic {
namespace {

TEST(ClassifyType, ReadsWhatFormatTypePrints) {
  EXPECT_EQ(ClassifyType("numeric(12,2)"), SqlType::kNumeric);
  EXPECT_EQ(ClassifyType("character varying(20)"), SqlType::kText);
  EXPECT_EQ(ClassifyType("character(3)"), SqlType::kCharacter);
  EXPECT_EQ(ClassifyType("timestamp(3) with time zone"), SqlType::kTimestampTz);
  EXPECT_EQ(ClassifyType("integer[]"), SqlType::kOther);
  EXPECT_EQ(ClassifyType("uuid"), SqlType::kOther);
  EXPECT_EQ(ClassifyType("public.mood"), SqlType::kUnknown);
  EXPECT_EQ(ClassifyType("x)y("), SqlType::kUnknown);
  EXPECT_EQ(ClassifyType(""), SqlType::kUnknown);
}

TEST(Fits, KnowsWhatCanBeAggregated) {
  for (const SqlType type : {SqlType::kText, SqlType::kDate, SqlType::kBoolean, SqlType::kOther}) {
    EXPECT_FALSE(Fits(Aggregation::kSum, type));
    EXPECT_FALSE(Fits(Aggregation::kAvg, type));
    EXPECT_TRUE(Fits(Aggregation::kCount, type));
    EXPECT_TRUE(Fits(Aggregation::kCountDistinct, type));
  }
  EXPECT_TRUE(Fits(Aggregation::kSum, SqlType::kMoney));
  EXPECT_FALSE(Fits(Aggregation::kAvg, SqlType::kMoney));
  EXPECT_TRUE(Fits(Aggregation::kAvg, SqlType::kInterval));
  EXPECT_TRUE(Fits(Aggregation::kMin, SqlType::kText));
  EXPECT_FALSE(Fits(Aggregation::kMax, SqlType::kBoolean));
  EXPECT_TRUE(Fits(Aggregation::kSum, SqlType::kUnknown));
}

TEST(ResultType, FollowsTheServersAggregates) {
  EXPECT_EQ(ResultType(Aggregation::kCount, SqlType::kText), SqlType::kBigInteger);
  EXPECT_EQ(ResultType(Aggregation::kSum, SqlType::kSmallInteger), SqlType::kBigInteger);
  EXPECT_EQ(ResultType(Aggregation::kSum, SqlType::kBigInteger), SqlType::kNumeric);
  EXPECT_EQ(ResultType(Aggregation::kSum, SqlType::kReal), SqlType::kReal);
  EXPECT_EQ(ResultType(Aggregation::kAvg, SqlType::kInteger), SqlType::kNumeric);
  EXPECT_EQ(ResultType(Aggregation::kAvg, SqlType::kReal), SqlType::kDouble);
  EXPECT_EQ(ResultType(Aggregation::kAvg, SqlType::kInterval), SqlType::kInterval);
  EXPECT_EQ(ResultType(Aggregation::kMax, SqlType::kDate), SqlType::kDate);
}

TEST(CastName, NamesEveryTypeThatNullsAreCastTo) {
  for (int type = static_cast<int>(SqlType::kText); type < static_cast<int>(SqlType::kOther);
       ++type) {
    const SqlType sql_type = static_cast<SqlType>(type);
    const char* name = CastName(sql_type);
    EXPECT_EQ(name == nullptr, sql_type == SqlType::kCharacter) << type;
  }
  EXPECT_EQ(CastName(SqlType::kUnknown), nullptr);
  EXPECT_EQ(CastName(SqlType::kOther), nullptr);
}

}  // namespace
}  // namespace loupe::semantic

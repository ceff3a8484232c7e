#include "core/recommend/roles.hpp"

#include "recommend_fixture.hpp"

namespace loupe::recommend {
namespace {

Role RoleOfOnly(const ResultColumn& column, const std::vector<Json>& values) {
  RowSet rows;
  rows.columns = {column};
  for (const Json& value : values) rows.rows.push_back({value});
  return RolesOf(rows)[0].role;
}

TEST(Roles, NumbersAreMeasures) {
  EXPECT_EQ(RoleOfOnly(Number("price"), {1.5, 2, Json()}), Role::kMeasure);
  EXPECT_EQ(RoleOfOnly(Number("count"), {7, 7}), Role::kMeasure);
}

TEST(Roles, DigitsOfLongNumericsAreMeasuresButNaNIsNot) {
  EXPECT_EQ(RoleOfOnly(Number("sum"), {"12345678901234567890.12", 2}), Role::kMeasure);
  EXPECT_EQ(RoleOfOnly(Number("sum"), {"NaN", 2}), Role::kNone);
  EXPECT_EQ(RoleOfOnly(Number("sum"), {"Infinity", 2}), Role::kNone);
}

TEST(Roles, WholeNumbersNamedAfterTheCalendarOnlyOrder) {
  EXPECT_EQ(RoleOfOnly(Number("order_year"), {2023, 2024}), Role::kOrdinal);
  EXPECT_EQ(RoleOfOnly(Number("flights.hour"), {0, 23}), Role::kOrdinal);
  EXPECT_EQ(RoleOfOnly(Number("hour"), {0.5, 1.5}), Role::kMeasure);
  EXPECT_EQ(RoleOfOnly(Number("hours"), {3, 4}), Role::kMeasure);
}

TEST(Roles, NumbersThatTellRowsApartAreNoMeasures) {
  EXPECT_EQ(RoleOfOnly(Number("customer_id"), {1, 2, 3}), Role::kNone);
  EXPECT_EQ(RoleOfOnly(Number("paid"), {1, 2, 3}), Role::kMeasure);
}

TEST(Roles, RepeatedNumbersThatNameAreCategories) {
  EXPECT_EQ(RoleOfOnly(Number("store_id"), {4, 4, 9}), Role::kCategory);
  EXPECT_EQ(RoleOfOnly(Number("zip"), {10115, 10115, 80331}), Role::kCategory);
  EXPECT_EQ(RoleOfOnly(Number("store_id"), {4, 4}), Role::kNone);
  EXPECT_EQ(RoleOfOnly(Number("store_id"), {4.5, 4.5, 9}), Role::kMeasure);
}

TEST(Roles, NamesHint) {
  EXPECT_EQ(HintOf("orders.market_share"), Hint::kShare);
  EXPECT_EQ(HintOf("percent paid"), Hint::kShare);
  EXPECT_EQ(HintOf("unit_price"), Hint::kRate);
  EXPECT_EQ(HintOf("total_price"), Hint::kNone) << "totals add up";
  EXPECT_EQ(HintOf("orders.avg_total"), Hint::kRate);
  EXPECT_EQ(HintOf("Rank"), Hint::kRank);
  EXPECT_EQ(HintOf("cumulative_share"), Hint::kRunning);
  EXPECT_EQ(HintOf("min_price"), Hint::kLow);
  EXPECT_EQ(HintOf("temp_high"), Hint::kHigh);
  EXPECT_EQ(HintOf("start_date"), Hint::kStart);
  EXPECT_EQ(HintOf("finished_at"), Hint::kEnd);
  EXPECT_EQ(HintOf("lat"), Hint::kLatitude);
  EXPECT_EQ(HintOf("geo.longitude"), Hint::kLongitude);
  EXPECT_EQ(HintOf("revenue"), Hint::kNone);
  EXPECT_EQ(HintOf(""), Hint::kNone);
}

TEST(Roles, MeasuresKnowTheirExtent) {
  RowSet rows;
  rows.columns = {Number("n")};
  rows.rows = {{Json()}, {-2}, {"12345678901234567890.5"}, {3}};
  const ColumnRole n = RolesOf(rows)[0];
  EXPECT_EQ(n.nulls, 1U);
  EXPECT_EQ(n.least, -2);
  EXPECT_EQ(n.most, 12345678901234567890.5);
  EXPECT_EQ(n.sum, 12345678901234567891.5);
}

TEST(Roles, ColumnsBeyondTheLimitHaveNone) {
  RowSet rows;
  rows.rows.resize(2);
  for (std::size_t i = 0; i <= kMaxColumns; ++i) {
    rows.columns.push_back(Number("n" + std::to_string(i)));
    for (std::vector<Json>& row : rows.rows) row.push_back(Json(1));
  }
  const std::vector<ColumnRole> roles = RolesOf(rows);
  EXPECT_EQ(roles[kMaxColumns - 1].role, Role::kMeasure);
  EXPECT_EQ(roles[kMaxColumns].role, Role::kNone);
}

TEST(Roles, DatesAndTextsThatAreAllDatesAreTimes) {
  EXPECT_EQ(RoleOfOnly(Time("t"), {Month(1), Month(2), Json()}), Role::kTime);
  EXPECT_EQ(RoleOfOnly(Text("day"), {"2024-01-01", "2024-01-02"}), Role::kTime);
  EXPECT_EQ(RoleOfOnly(Text("day"), {"2024-01-01", "soon"}), Role::kCategory);
  EXPECT_EQ(RoleOfOnly(Time("t"), {"infinity", Month(2)}), Role::kNone);
}

TEST(Roles, TextsAndBooleansAreCategoriesUnlessConstant) {
  EXPECT_EQ(RoleOfOnly(Text("kind"), {"a", "b"}), Role::kCategory);
  EXPECT_EQ(RoleOfOnly({"paid", "boolean", ValueType::kBoolean}, {true, false}), Role::kCategory);
  EXPECT_EQ(RoleOfOnly({"mood", "mood", ValueType::kOther}, {"sad", "ok"}), Role::kCategory);
  EXPECT_EQ(RoleOfOnly(Text("kind"), {"a", "a"}), Role::kNone);
}

TEST(Roles, NestedValuesAndNullsHaveNone) {
  EXPECT_EQ(
      RoleOfOnly({"doc", "jsonb", ValueType::kOther}, {Json::MakeArray(), Json::MakeObject()}),
      Role::kNone);
  EXPECT_EQ(RoleOfOnly(Number("n"), {Json(), Json()}), Role::kNone);
}

TEST(Roles, CountWhatChoicesNeed) {
  RowSet rows;
  rows.columns = {Text("kind"), Number("n"), Text("kind")};
  rows.rows = {{"a", 1, "a"}, {"日本", 1, "b"}, {Json(), 1, "c"}};
  const std::vector<ColumnRole> roles = RolesOf(rows);
  EXPECT_EQ(roles[0].distinct, 2U);
  EXPECT_EQ(roles[0].longest, 4);
  EXPECT_EQ(roles[2].index, 2U);
  EXPECT_EQ(roles[2].role, Role::kNone) << "the name is taken";
}

TEST(Roles, KeysTellAllRowsApart) {
  RowSet rows;
  rows.columns = {Text("a"), Text("b")};
  rows.rows = {{"x", "1"}, {"x", "2"}, {"y", "1"}};
  EXPECT_FALSE(AreKeys(rows, {0}));
  EXPECT_FALSE(AreKeys(rows, {1}));
  EXPECT_TRUE(AreKeys(rows, {0, 1}));
}

}  // namespace
}  // namespace loupe::recommend

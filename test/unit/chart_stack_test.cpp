#include "core/chart/data/stack.hpp"

#include <gtest/gtest.h>

namespace loupe::chart {
namespace {

Table Piles() {
  Table table;
  table.row_count = 4;
  table.Add("x", {"A", "A", "B", "B"});
  table.Add("c", {"p", "q", "p", "q"});
  table.Add("v", {3, 2, 1, -4});
  return table;
}

std::vector<double> Column(const Table& table, std::string_view name) {
  std::vector<double> out;
  for (const Json& v : table.columns[static_cast<std::size_t>(table.Find(name))])
    out.push_back(NumberOf(v));
  return out;
}

TEST(Stack, FromZeroPilesNegativesDownwards) {
  Table table = Piles();
  StackTable({"v", {"x"}, {{"c", false}}, StackOffset::kZero, {}}, Context(), &table);
  EXPECT_EQ(Column(table, kStackStart), (std::vector<double>{0, 3, 0, 0}));
  EXPECT_EQ(Column(table, kStackEnd), (std::vector<double>{3, 5, 1, -4}));
}

TEST(Stack, FollowsItsSortOrder) {
  Table table = Piles();
  StackTable({"v", {"x"}, {{"c", true}}, StackOffset::kZero, {}}, Context(), &table);
  EXPECT_EQ(Column(table, kStackStart), (std::vector<double>{2, 0, 0, 0}));
}

TEST(Stack, NormalizesPilesToOne) {
  Table table = Piles();
  StackTable({"v", {"x"}, {{"c", false}}, StackOffset::kNormalize, {}}, Context(), &table);
  const std::vector<double> ends = Column(table, kStackEnd);
  EXPECT_DOUBLE_EQ(ends[0], 0.6);
  EXPECT_DOUBLE_EQ(ends[1], 1);
  EXPECT_DOUBLE_EQ(ends[2], 0.2);
  EXPECT_DOUBLE_EQ(ends[3], 1);
}

TEST(Stack, CentersPiles) {
  Table table = Piles();
  table.columns[2] = {3, 3, 1, 1};
  StackTable({"v", {"x"}, {{"c", false}}, StackOffset::kCenter, {}}, Context(), &table);
  EXPECT_EQ(Column(table, kStackStart), (std::vector<double>{0, 3, 2, 3}));
}

TEST(Stack, GivesAreasAZeroWhereALayerMissesAPile) {
  Table table;
  table.row_count = 3;
  table.Add("x", {1, 2, 1});
  table.Add("c", {"p", "p", "q"});
  table.Add("v", {3, 2, 1});
  ASSERT_TRUE(ImputeZeros({"v", "x", {"c"}, {}}, Context(), &table).ok());
  ASSERT_EQ(table.row_count, 4u);
  EXPECT_EQ(table.columns[0][3], Json(2));
  EXPECT_EQ(table.columns[1][3], Json("q"));
  EXPECT_EQ(table.columns[2][3], Json(0));
}

TEST(Stack, KeepsTheCellsOfFacetsApart) {
  Table table;
  table.row_count = 4;
  table.Add("x", {"A", "A", "A", "B"});
  table.Add("c", {"p", "q", "p", "q"});
  table.Add("v", {3, 2, 10, 4});
  table.Add("cell", {1, 1, 2, 2});
  ASSERT_TRUE(ImputeZeros({"v", "x", {"c"}, {"cell"}}, Context(), &table).ok());
  ASSERT_EQ(table.row_count, 6u);  // in cell 2 only: p at B, q at A
  EXPECT_EQ(table.columns[3][4], Json(2));
  StackTable({"v", {"x"}, {{"c", false}}, StackOffset::kCenter, {"cell"}}, Context(), &table);
  // The pile of cell 1 is not centred by the taller one of cell 2.
  EXPECT_EQ(Column(table, kStackStart)[0], 0);
}

}  // namespace
}  // namespace loupe::chart

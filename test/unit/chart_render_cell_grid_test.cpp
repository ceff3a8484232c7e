#include "core/chart/render/cell_grid.hpp"

#include <gtest/gtest.h>

namespace loupe::chart {
namespace {

using Lines = std::vector<std::string>;

TEST(CellGrid, WritesTextWithoutTrailingBlanks) {
  CellGrid grid(10, 2);
  grid.PutText(2, 1, "ab  ");
  EXPECT_EQ(grid.Lines(), (Lines{"", "  ab"}));
}

TEST(CellGrid, CutsWhatLiesOutside) {
  CellGrid grid(4, 1);
  grid.PutText(-2, 0, "abcdefgh");
  grid.PutText(0, 5, "below");
  grid.PutGlyph(4, 0, "x", {});
  grid.PutDot(-1, 0, {});
  grid.PutDot(0, 100, {});
  grid.FillColumn(9, 0, 8, {});
  grid.FillRow(9, 0, 8, {});
  EXPECT_EQ(grid.Lines(), Lines{"cdef"});
}

TEST(CellGrid, GivesWideCharactersTwoCellsAndMarksNone) {
  CellGrid grid(6, 1);
  grid.PutText(0, 0, "日e\u0301x");
  EXPECT_EQ(grid.Lines(), Lines{"日e\u0301x"});
  CellGrid narrow(3, 1);
  narrow.PutText(0, 0, "ab日");
  EXPECT_EQ(narrow.Lines(), Lines{"ab"}) << "half a character is none";
}

TEST(CellGrid, NeverLetsTextDriveTheTerminal) {
  CellGrid grid(12, 1);
  grid.PutText(0, 0, "a\x1b[31mb\n\u009Bc");
  EXPECT_EQ(grid.Lines(), Lines{"a [31mb  c"});
  CellGrid broken(4, 1);
  broken.PutText(0, 0,
                 "a\xFF"
                 "b");
  EXPECT_EQ(broken.Lines(), Lines{"a\uFFFDb"});
}

TEST(CellGrid, UnitesDotsInACell) {
  CellGrid grid(2, 1);
  grid.PutDot(0, 0, {});
  grid.PutDot(1, 3, {});
  grid.PutDot(2, 1, {});
  EXPECT_EQ(grid.Lines(), Lines{"⢁⠂"});
}

TEST(CellGrid, KeepsTextAboveDots) {
  CellGrid grid(1, 1);
  grid.PutText(0, 0, "x");
  grid.PutDot(0, 0, {});
  EXPECT_EQ(grid.Lines(), Lines{"x"});
}

TEST(CellGrid, FillsInEighths) {
  CellGrid column(1, 2);
  column.FillColumn(0, 5, 16, {});
  EXPECT_EQ(column.Lines(), (Lines{"▃", "█"}));
  CellGrid row(2, 1);
  row.FillRow(0, 0, 11, {});
  EXPECT_EQ(row.Lines(), Lines{"█▍"});
}

TEST(CellGrid, ShowsAFillThatBeginsInsideACellByHalves) {
  for (const auto& [begin, look] : {std::pair{0, "█"}, {2, "█"}, {4, "▐"}, {7, ""}}) {
    CellGrid grid(1, 1);
    grid.FillRow(0, begin, 8, {});
    EXPECT_EQ(grid.Lines(), Lines{look}) << begin;
  }
  CellGrid hanging(1, 1);
  hanging.FillColumn(0, 0, 4, {});
  EXPECT_EQ(hanging.Lines(), Lines{"▀"});
}

TEST(CellGrid, RoundsPatternsToWholeCells) {
  CellGrid grid(1, 2);
  grid.FillColumn(0, 5, 16, {"▒", {}});
  EXPECT_EQ(grid.Lines(), (Lines{"", "▒"}));
  grid.FillColumn(0, 3, 16, {"▒", {}});
  EXPECT_EQ(grid.Lines(), (Lines{"▒", "▒"}));
}

TEST(CellGrid, ShowsTheLargerOfTwoInksWithoutColors) {
  CellGrid grid(1, 1);
  grid.FillColumn(0, 0, 3, {"▒", {}});
  grid.FillColumn(0, 3, 8, {"█", {}});
  EXPECT_EQ(grid.Lines(), Lines{"█"});
}

TEST(CellGrid, ShowsTwoColorsInOneCell) {
  CellGrid grid(2, 1);
  for (int column = 0; column < 2; ++column) {
    grid.FillColumn(column, 0, 4, {"█", Color{255, 0, 0, 1}});
    grid.FillColumn(column, 4, 8, {"█", Color{0, 0, 255, 1}});
  }
  EXPECT_EQ(grid.Lines(), Lines{"\x1b[38;2;0;0;255m\x1b[48;2;255;0;0m▄▄\x1b[0m"});
}

TEST(CellGrid, OverlaysAllButBlankCells) {
  CellGrid below(4, 1);
  below.PutText(0, 0, "abcd");
  CellGrid above(2, 1);
  above.FillRow(0, 8, 16, {"▓", {}});
  below.Overlay(1, above);
  EXPECT_EQ(below.Lines(), Lines{"ab▓d"});
}

TEST(CellGrid, HoldsNothingWhenItHasNoSize) {
  CellGrid grid(-1, -1);
  grid.PutText(0, 0, "x");
  EXPECT_TRUE(grid.Lines().empty());
}

TEST(CutToCells, EndsInAnEllipsis) {
  EXPECT_EQ(CutToCells("label", 5), "label");
  EXPECT_EQ(CutToCells("labels", 5), "labe…");
  EXPECT_EQ(CutToCells("日本航空", 5), "日本…");
  EXPECT_EQ(CutToCells("日本航空", 4), "日…");
  EXPECT_EQ(CutToCells("x", 0), "");
}

}  // namespace
}  // namespace loupe::chart

#include "core/recommend/recommend.hpp"

#include "recommend_fixture.hpp"

namespace loupe::recommend {
namespace {

TEST(Recommend, ATimeAndAMeasureGiveALine) {
  RowSet rows;
  rows.columns = {Time("orders.placed.month"), Number("orders.revenue")};
  rows.rows = {{Month(1), 3}, {Month(2), 5}, {Month(3), 4}};
  const auto chosen = Recommend(rows, {"Revenue by month", "", RowsAre::kAnswer});
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->kind, "line");
  EXPECT_EQ(
      chosen->spec.Dump(),
      R"json({"$schema":"https://vega.github.io/schema/vega-lite/v6.json",)json"
      R"json("title":"Revenue by month","width":480,"mark":"line","encoding":{)json"
      R"json("x":{"field":"orders\\.placed\\.month","type":"temporal",)json"
      R"json("title":"Placed (month)","timeUnit":"yearmonth"},)json"
      R"json("y":{"field":"orders\\.revenue","type":"quantitative","title":"Revenue"}}})json");
  EXPECT_EQ(chosen->reasons.at(0).rule, Rule::kConnection);
  EXPECT_NE(chosen->reasons.at(0).why.find("\"orders.revenue\""), std::string::npos);
}

TEST(Recommend, ACategoryOfFewValuesColoursTheLines) {
  const auto chosen = Recommend(Monthly(3, 10), {});
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->kind, "multi-line");
  EXPECT_EQ(At(chosen->spec, {"encoding", "color", "field"}), Json("orders\\.region"));
  EXPECT_TRUE(At(chosen->spec, {"title"}).IsNull());
}

TEST(Recommend, MoreSeriesThanColoursGiveSmallMultiples) {
  EXPECT_EQ(KindOf(Monthly(3, 11)), "small-multiples");
  EXPECT_EQ(KindOf(Monthly(3, 24)), "small-multiples");
  EXPECT_EQ(KindOf(Monthly(3, 25)), "time-scatter") << "more panels than a page holds";
}

TEST(Recommend, RowsThatShareATimeGivePoints) {
  RowSet rows;
  rows.columns = {Time("at"), Number("price")};
  rows.rows = {{Month(1), 3}, {Month(1), 5}, {Month(3), 4}};
  EXPECT_EQ(KindOf(rows), "time-scatter");
}

TEST(Recommend, FewShortCategoriesGiveUprightBarsSortedByValue) {
  const auto chosen = Recommend(Named(8, "kind "), {});
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->kind, "bar");
  EXPECT_EQ(At(chosen->spec, {"encoding", "x", "sort"}), Json("-y"));
  EXPECT_EQ(At(chosen->spec, {"encoding", "x", "title"}), Json("Kind"));
  EXPECT_EQ(At(chosen->spec, {"encoding", "y", "title"}), Json("Total value"));
  EXPECT_EQ(At(chosen->spec, {"encoding", "x", "axis", "labelAngle"}), Json(0));
}

TEST(Recommend, ManyOrLongCategoriesGiveLyingBars) {
  EXPECT_EQ(KindOf(Named(9, "kind ")), "horizontal-bar");
  EXPECT_EQ(KindOf(Named(3, "twelve cells")), "horizontal-bar");  // and a digit
  EXPECT_EQ(KindOf(Named(3, "eleven cell")), "bar");
  const auto chosen = Recommend(Named(50, "kind "), {});
  ASSERT_TRUE(chosen);
  EXPECT_EQ(At(chosen->spec, {"encoding", "y", "sort"}), Json("-x"));
}

TEST(Recommend, CalendarNumbersKeepTheirOrder) {
  RowSet rows;
  rows.columns = {Number("hour"), Number("delay")};
  for (int hour = 0; hour < 24; ++hour) rows.rows.push_back({Json(hour), Json(hour % 7)});
  const auto chosen = Recommend(rows, {});
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->kind, "bar");
  EXPECT_EQ(At(chosen->spec, {"encoding", "x", "type"}), Json("ordinal"));
  EXPECT_TRUE(At(chosen->spec, {"encoding", "x", "sort"}).IsNull());
}

TEST(Recommend, TwoCategoriesGiveGroupedBars) {
  RowSet rows;
  rows.columns = {Text("region"), Text("kind"), Number("n")};
  rows.rows = {{"north", "a", 1}, {"north", "b", 2}, {"south", "a", 3}};
  const auto chosen = Recommend(rows, {});
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->kind, "grouped-bar");
  EXPECT_EQ(At(chosen->spec, {"encoding", "xOffset", "field"}), Json("kind"));
  rows.rows.push_back({"north", "a", 4});
  EXPECT_EQ(KindOf(rows), "none") << "two rows for one bar";
}

TEST(Recommend, TwoMeasuresGivePoints) {
  RowSet rows;
  rows.columns = {Number("price"), Number("weight")};
  rows.rows = {{1, 2}, {2, 3}};
  const auto chosen = Recommend(rows, {});
  ASSERT_TRUE(chosen);
  EXPECT_EQ(chosen->kind, "scatter");
  EXPECT_EQ(At(chosen->spec, {"encoding", "x", "type"}), Json("quantitative"));
}

TEST(Recommend, WhatRowsSayBetterGivesNoChart) {
  EXPECT_EQ(KindOf({}), "none");
  EXPECT_EQ(KindOf(Named(1, "kind ")), "none");
  EXPECT_EQ(KindOf(Named(51, "kind ")), "none");
  RowSet texts;
  texts.columns = {Text("a"), Text("b")};
  texts.rows = {{"x", "1"}, {"y", "2"}};
  EXPECT_EQ(KindOf(texts), "none");
}

TEST(Recommend, ManyNamedRowsWithTwoMeasuresGivePoints) {
  RowSet rows = Named(60, "kind ");
  rows.columns.push_back(Number("weight"));
  for (std::size_t i = 0; i < rows.rows.size(); ++i) rows.rows[i].push_back(Json(1.5));
  EXPECT_EQ(KindOf(rows), "scatter");
}

TEST(Recommend, AColumnThatIsLeftOutCountsAgainstADesign) {
  RowSet rows = Named(4, "kind ");
  const int before = Recommend(rows, {})->score;
  rows.columns.push_back(Number("weight"));
  for (std::size_t i = 0; i < rows.rows.size(); ++i) rows.rows[i].push_back(Json(1.5));
  const auto chosen = Recommend(rows, {});
  EXPECT_EQ(chosen->kind, "bar");
  EXPECT_EQ(chosen->score, before - 5);
  EXPECT_EQ(chosen->reasons.back().rule, Rule::kLeavesOut);
  EXPECT_EQ(chosen->reasons.back().why, "It does not show \"weight\".");
}

TEST(Recommend, TheTaskOfTheQuestionAndANamedKindCount) {
  const RowSet rows = Named(4, "kind ");
  EXPECT_EQ(Recommend(rows, {"", "top 4", RowsAre::kAnswer})->reasons.back().rule, Rule::kTask);
  EXPECT_EQ(KindOf(rows, "as a dot plot"), "dot-plot");
  EXPECT_EQ(Recommend(rows, {"", "as a dot plot", RowsAre::kAnswer})->reasons.back().rule,
            Rule::kNamed);
}

TEST(Recommend, RawRowsAreSummarizedFirst) {
  RowSet rows;
  rows.columns = {Number("price"), Number("weight")};
  for (int i = 0; i < 40; ++i) rows.rows.push_back({Json(i + 0.5), Json(i * 7 % 40)});
  EXPECT_EQ(KindOf(rows), "scatter");
  const Ranking ranking = RankCharts(rows, {"", "", RowsAre::kSample});
  bool found = false;
  for (const Recommendation& design : ranking.designs) {
    for (const Reason& reason : design.reasons) {
      if (reason.rule == Rule::kOverview) found = design.kind == "histogram";
    }
  }
  EXPECT_TRUE(found);
}

TEST(Recommend, TheSameRowsGiveTheSameBytes) {
  const RowSet rows = Monthly(3, 4);
  const Ranking a = RankCharts(rows, {"t", "trend", RowsAre::kAnswer});
  const Ranking b = RankCharts(rows, {"t", "trend", RowsAre::kAnswer});
  ASSERT_EQ(a.designs.size(), b.designs.size());
  for (std::size_t i = 0; i < a.designs.size(); ++i) {
    EXPECT_EQ(a.designs[i].spec.Dump(), b.designs[i].spec.Dump());
  }
}

TEST(Recommend, LongWorkCanBeCancelled) {
  struct Cancelled {};
  const Context cancelling([](void*) { throw Cancelled(); });
  EXPECT_THROW((void)RankCharts(Named(3, "kind "), {}, cancelling), Cancelled);
}

TEST(Recommend, InlineDataHoldOneObjectARow) {
  RowSet rows;
  rows.columns = {Text("a.b"), Number("n"), Number("n")};
  rows.rows = {{"x", 1, 2}, {Json(), 1.5, 3}};
  EXPECT_EQ(WithInlineData(Json::Of({{"mark", "bar"}}), rows).Dump(),
            R"({"mark":"bar","data":{"values":[{"a.b":"x","n":1},{"a.b":null,"n":1.5}]}})");
}

}  // namespace
}  // namespace loupe::recommend

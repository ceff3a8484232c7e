#include "recommend_shapes.hpp"

namespace loupe::recommend {
namespace {

RowSet Yearly(int first, int count) {
  RowSet rows;
  rows.columns = {Number("year"), Number("births")};
  for (int i = 0; i < count; ++i) rows.rows.push_back({Json(first + i), Json(i % 5 + 1)});
  return rows;
}

TEST(KindLine, ManyYearsGiveALineFewGiveBars) {
  EXPECT_EQ(KindOf(Yearly(1980, 30)), "line");
  EXPECT_EQ(KindOf(Yearly(2020, 5)), "bar");
  EXPECT_EQ(KindOf(Yearly(2020, 5), "births over time"), "line");
  EXPECT_EQ(At(DesignOf(Yearly(1980, 30), "line").spec, {"encoding", "x", "type"}),
            Json("ordinal"));
}

TEST(KindLine, ANameThatAloneTellsRowsApartIsNoSeries) {
  const RowSet rows = Table({Time("last_order"), Text("customer"), Number("total")},
                            {{Month(1), "Ada", 3}, {Month(1), "Bob", 4}, {Month(2), "Cy", 5}});
  EXPECT_FALSE(Offers(rows, "multi-line"));
  EXPECT_EQ(KindOf(rows), "bar");
}

TEST(KindLine, PanelsShowSeveralNumbersBelowEachOther) {
  const Recommendation panels = DesignOf(Series(6, 3), "line-panels");
  EXPECT_EQ(panels.spec.Find("vconcat")->items().size(), 3U);
  EXPECT_TRUE(Cites(panels, Rule::kPlainness));
  EXPECT_EQ(DesignOf(Series(6, 9), "line-panels").spec.Find("vconcat")->items().size(), 4U);
  EXPECT_FALSE(Offers(Series(6, 1), "line-panels"));
}

TEST(KindLine, SmallMultiplesHaveAPanelForEachSeries) {
  const Recommendation panels = DesignOf(Monthly(3, 12), "small-multiples");
  EXPECT_EQ(At(panels.spec, {"encoding", "facet", "field"}), Json("orders\\.region"));
  EXPECT_TRUE(Cites(panels, Rule::kSmallMultiples));
  EXPECT_EQ(KindOf(Monthly(3, 4), "as small multiples"), "small-multiples");
  EXPECT_FALSE(Offers(Monthly(3, 25), "small-multiples"));
}

TEST(KindLine, TwoMomentsGiveSlopes) {
  EXPECT_EQ(KindOf(Monthly(2, 4)), "slope");
  EXPECT_EQ(KindOf(Monthly(3, 4)), "multi-line");
  const Recommendation slope = DesignOf(Monthly(2, 4), "slope");
  EXPECT_EQ(At(slope.spec, {"encoding", "x", "type"}), Json("ordinal"));
  EXPECT_EQ(At(slope.spec, {"encoding", "x", "timeUnit"}), Json("yearmonth"));
  EXPECT_TRUE(Cites(slope, Rule::kTwoMoments));
  RowSet plain = Monthly(2, 4);
  plain.columns[0].name = "at";
  plain.rows[0][0] = plain.rows[1][0] = plain.rows[2][0] = plain.rows[3][0] = Json("2024-01-15");
  EXPECT_EQ(At(DesignOf(plain, "slope").spec, {"encoding", "x", "timeUnit"}),
            Json("yearmonthdate"));
}

TEST(KindLine, RanksOverTimeGiveABumpChart) {
  RowSet ranks = ShapesOfKinds().at("bump");
  EXPECT_EQ(KindOf(ranks), "bump");
  const Recommendation bump = DesignOf(ranks, "bump");
  EXPECT_EQ(At(bump.spec, {"encoding", "y", "scale", "reverse"}), Json(true));
  EXPECT_TRUE(Cites(bump, Rule::kRankOrder));
  ranks.columns[2].name = "points";
  EXPECT_EQ(KindOf(ranks), "multi-line");
}

TEST(KindLine, RawRowsAreSummarizedByStepsOfTheirTime) {
  const RowSet rows = ShapesOfKinds().at("aggregated-line");
  const Recommendation line = DesignOf(rows, "aggregated-line");
  EXPECT_EQ(At(line.spec, {"encoding", "x", "timeUnit"}), Json("yearmonthdate"));
  EXPECT_EQ(At(line.spec, {"encoding", "y", "aggregate"}), Json("mean"));
  EXPECT_EQ(At(line.spec, {"encoding", "y", "title"}), Json("Mean of Price"));
  EXPECT_TRUE(Cites(line, Rule::kSummary));
  EXPECT_FALSE(Cites(line, Rule::kOverview));
  EXPECT_TRUE(Cites(DesignOf(rows, "aggregated-line", RowsAre::kSample), Rule::kOverview));
  EXPECT_EQ(RankCharts(rows, {"", "", RowsAre::kSample}).Best()->kind, "aggregated-line");
  const RowSet times = Only(rows, {0});
  EXPECT_EQ(At(DesignOf(times, "aggregated-line").spec, {"encoding", "y", "aggregate"}),
            Json("count"));
}

TEST(KindLine, TotalsAreSumsOfWhatAddsUp) {
  RowSet rows = ShapesOfKinds().at("aggregated-line");
  const auto aggregate = [&] {
    for (const Recommendation& design : RankCharts(rows, {"", "total", RowsAre::kSample}).designs) {
      if (design.kind == "aggregated-line") {
        return At(design.spec, {"encoding", "y", "aggregate"});
      }
    }
    return Json();
  };
  EXPECT_EQ(aggregate(), Json("mean")) << "prices do not add up";
  rows.columns[1].name = "amount";
  EXPECT_EQ(aggregate(), Json("sum"));
}

TEST(KindLine, TheStepFollowsTheSpan) {
  const auto step = [](int days) {
    RowSet rows;
    rows.columns = {Time("at"), Number("n")};
    for (int i = 0; i < 40; ++i) rows.rows.push_back({Day(i % 20 * days / 19), Json(i)});
    return At(DesignOf(rows, "aggregated-line").spec, {"encoding", "x", "timeUnit"});
  };
  EXPECT_EQ(step(62), Json("yearmonthdate"));
  EXPECT_EQ(step(63), Json("yearmonth"));
  EXPECT_EQ(step(1826), Json("yearmonth"));
  EXPECT_EQ(step(1827), Json("year"));
  RowSet hours;
  hours.columns = {Time("at"), Number("n")};
  for (int i = 0; i < 24; ++i) {
    hours.rows.push_back(
        {Json((i < 10 ? "2024-01-01T0" : "2024-01-01T") + std::to_string(i) + ":30:00"), Json(i)});
  }
  hours.rows.push_back(hours.rows[0]);
  EXPECT_EQ(At(DesignOf(hours, "aggregated-line").spec, {"encoding", "x", "timeUnit"}),
            Json("yearmonthdatehours"));
}

}  // namespace
}  // namespace loupe::recommend

#include "core/recommend/report.hpp"

#include "recommend_fixture.hpp"

namespace loupe::recommend {
namespace {

Ranking Ranked(const RowSet& rows) { return RankCharts(rows, {"", "the top 5", RowsAre::kAnswer}); }

TEST(Report, TellsKindColumnsTasksRulesAndAlternatives) {
  const RowSet rows = Named(4, "kind ");
  const Ranking ranking = Ranked(rows);
  const Json spec = WithReport(*ranking.Best(), ranking, rows);
  const Json* report = spec.Find("usermeta")->Find("loupe");
  ASSERT_NE(report, nullptr);
  EXPECT_EQ(*report->Find("kind"), Json("bar"));
  EXPECT_EQ(*report->Find("score"), Json(0.95));
  EXPECT_EQ(*report->Find("rows"), Json(4));
  EXPECT_EQ(*report->Find("sampled"), Json(false));
  EXPECT_EQ(report->Find("tasks")->Dump(), R"(["ranking"])");
  EXPECT_EQ(report->Find("columns")->Dump(),
            R"([{"name":"shop.kind","role":"category","distinct":4,"channels":["x"]},)"
            R"({"name":"shop.total_value","role":"measure","distinct":4,"channels":["y"]}])");
  const Json& rule = report->Find("rules")->items().at(0);
  EXPECT_EQ(*rule.Find("rule"), Json("position-first"));
  EXPECT_EQ(*rule.Find("source"), Json("Mackinlay 1986; Cleveland & McGill 1984"));
  EXPECT_EQ(*rule.Find("points"), Json(0.6));
  EXPECT_NE(rule.Find("why")->AsString().find("\"shop.total_value\""), std::string::npos);
  const Json& other = report->Find("alternatives")->items().at(0);
  EXPECT_EQ(*other.Find("kind"), Json("dot-plot"));
  EXPECT_NE(other.Find("spec")->Find("encoding"), nullptr);
  EXPECT_EQ(other.Find("spec")->Find("$schema"), nullptr);
}

TEST(Report, PointsOfTheRulesSumToTheScore) {
  const RowSet rows = Named(4, "kind ");
  for (const Recommendation& design : Ranked(rows).designs) {
    int sum = 0;
    for (const Reason& reason : design.reasons) sum += reason.points;
    EXPECT_EQ(sum, design.score) << design.kind;
  }
}

TEST(Report, OnlyTheBestTellsOfAlternatives) {
  const RowSet rows = Named(4, "kind ");
  const Ranking ranking = Ranked(rows);
  const Json spec = WithReport(ranking.designs.at(1), ranking, rows);
  EXPECT_EQ(spec.Find("usermeta")->Find("loupe")->Find("alternatives"), nullptr);
}

TEST(Report, TheDecidingReasonIsTheStrongestWithItsSource) {
  Recommendation design;
  EXPECT_EQ(DecidingReason(design), "");
  design.reasons = {{Rule::kSorted, 5, "A."}, {Rule::kOneNumber, 30, "B."}};
  EXPECT_EQ(DecidingReason(design), "B. (Few 2012)");
}

}  // namespace
}  // namespace loupe::recommend

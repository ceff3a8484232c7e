#include "core/semantic/aggregate_split.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace loupe::semantic {
namespace {

struct Split {
  std::string formula;
  std::vector<std::string> calls;  // "type argument [where filter]"
};

Split SplitOf(std::string_view text) {
  Split split;
  const Result<SqlTokens> formula =
      SplitAggregates(ScanSql(text).value(), [&](const AggregateCall& call) {
        std::string said = call.type;
        if (call.percentile) said += " " + std::to_string(*call.percentile).substr(0, 4);
        if (!call.argument.empty()) said += " " + PrintSql(call.argument);
        if (!call.filter.empty()) said += " where " + PrintSql(call.filter);
        split.calls.push_back(said);
        return Result<std::string>("m" + std::to_string(split.calls.size()));
      });
  split.formula = formula.ok() ? PrintSql(formula.value()) : formula.status().message();
  return split;
}

TEST(SplitAggregates, CutsAnExpressionAtItsAggregates) {
  const Split split = SplitOf("SUM(a.x) / NULLIF(COUNT(DISTINCT b.id), 0)");
  EXPECT_EQ(split.formula, "{m1} / NULLIF({m2}, 0)");
  EXPECT_EQ(split.calls, (std::vector<std::string>{"sum a.x", "count_distinct b.id"}));
}

TEST(SplitAggregates, ReadsFiltersAndPercentiles) {
  EXPECT_EQ(SplitOf("count(*) FILTER (WHERE a > 1)").calls[0], "count where a > 1");
  EXPECT_EQ(SplitOf("percentile_cont(.9) WITHIN GROUP (ORDER BY a.x)").calls[0],
            "percentile 0.90 a.x");
  EXPECT_EQ(SplitOf("COUNT(1)").calls[0], "count");
}

TEST(SplitAggregates, DropsCastsAroundAggregates) {
  EXPECT_EQ(SplitOf("CAST(SUM(x) AS numeric(10, 2)) / COUNT(*)::double precision").formula,
            "({m1}) / {m2}");
}

TEST(SplitAggregates, RefusesWhatAMeasureCannotBe) {
  EXPECT_EQ(SplitOf("SUM(COUNT(x))").formula,
            "the SQL expression has an aggregate inside an aggregate");
  EXPECT_EQ(SplitOf("SUM(x) OVER ()").formula, "the SQL expression has a window function");
  EXPECT_EQ(SplitOf("SUM(DISTINCT x)").formula, "the SQL expression has a DISTINCT inside \"sum\"");
  EXPECT_EQ(SplitOf("SUM(*)").formula, "the SQL expression has an aggregate of nothing");
  EXPECT_EQ(SplitOf("COUNT(a, b)").formula,
            "the SQL expression has an aggregate with more than one argument");
  EXPECT_EQ(SplitOf("percentile_cont(a) WITHIN GROUP (ORDER BY b)").formula,
            "the SQL expression has a percentile of an unknown form");
  EXPECT_EQ(SplitOf("percentile_cont(9) WITHIN GROUP (ORDER BY b)").formula,
            "the SQL expression has no good percentile");
}

}  // namespace
}  // namespace loupe::semantic

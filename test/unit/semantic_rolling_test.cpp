// Windows over periods, and measures shifted in time.
#include <gtest/gtest.h>

#include "semantic_store_fixture.hpp"

namespace loupe::semantic {
namespace {

bool Has(const std::string& sql, const std::string& part) {
  return sql.find(part) != std::string::npos;
}

std::string ByPeriod(const std::string& measures, const std::string& granularity,
                     const std::string& range = R"(["2024-01-01", "2024-03-31"])") {
  return StoreSql(R"({"measures": [)" + measures +
                  R"(], "timeDimensions": [{"dimension": "orders.created_at", "granularity": ")" +
                  granularity + R"(", "dateRange": )" + range + "}]}");
}

std::string From(const std::string& day) {
  return "orders.created_at >= '" + day + "'::timestamp AT TIME ZONE 'UTC'";
}
std::string Before(const std::string& day) {
  return "orders.created_at < '" + day + "'::timestamp AT TIME ZONE 'UTC'";
}

TEST(Rolling, FramesWholePeriodsOverASeriesWithoutGaps) {
  EXPECT_EQ(
      ByPeriod(R"("orders.week")", "day", R"(["2024-01-01", "2024-01-03"])"),
      "WITH base AS ( SELECT date_trunc('day', orders.created_at AT TIME ZONE 'UTC') AS g1, "
      "sum(orders.total) AS a1 FROM orders AS orders WHERE " +
          From("2023-12-26") + " AND " + Before("2024-01-04") +
          " GROUP BY 1 ) SELECT framed.g1 AS \"orders.created_at.day\", "
          "framed.a1 AS \"orders.week\" FROM ( SELECT series.period AS g1, "
          "sum(base.a1) OVER (ORDER BY series.period RANGE BETWEEN '6 days'::interval PRECEDING "
          "AND CURRENT ROW) AS a1 FROM ( SELECT periods.period FROM "
          "generate_series('2023-12-26'::timestamp, '2024-01-03'::timestamp, '1 day'::interval) "
          "AS periods (period) LIMIT 9 ) AS series LEFT JOIN base AS base ON base.g1 = "
          "series.period ) AS framed "
          "WHERE framed.g1 >= '2024-01-01'::timestamp");
}

TEST(Rolling, JoinsWhatDoesNotFallOnPeriods) {
  const std::string sql = ByPeriod(R"("orders.month")", "day");
  EXPECT_TRUE(Has(sql,
                  "AS periods (period) LIMIT 91 ) AS series LEFT JOIN base AS base ON base.g1 >= "
                  "series.period + "
                  "'-1 month +1 day'::interval AND base.g1 < series.period + "
                  "'1 day'::interval GROUP BY 1"))
      << sql;
  EXPECT_TRUE(Has(sql, From("2023-12-02"))) << sql;
}

TEST(Rolling, JoinsWhatDoesNotAddUp) {
  const std::string sql = ByPeriod(R"("orders.active")", "day");
  EXPECT_TRUE(Has(sql, "WITH base AS ( SELECT DISTINCT"));
  EXPECT_TRUE(Has(sql, "CASE WHEN count(base.g1) > 0 THEN count(DISTINCT base.a1) END")) << sql;
}

TEST(Rolling, KeepsEachKindOfAggregateRight) {
  EXPECT_TRUE(Has(ByPeriod(R"("orders.running")", "month"),
                  "sum(base.a1) OVER (ORDER BY series.period RANGE BETWEEN UNBOUNDED PRECEDING "
                  "AND CURRENT ROW)::bigint"));
  const std::string ahead = ByPeriod(R"("orders.next_week")", "day");
  EXPECT_TRUE(Has(ahead, "sum(orders.total) AS a1, count(orders.total) AS n1"));
  EXPECT_TRUE(Has(ahead, "RANGE BETWEEN CURRENT ROW AND '6 days'::interval FOLLOWING"));
  EXPECT_TRUE(Has(ahead, " / nullif("));
  EXPECT_TRUE(Has(ahead, "UNION ALL")) << "rows after the last period count too: " << ahead;
  EXPECT_TRUE(Has(ahead, Before("2024-04-07"))) << ahead;
}

TEST(Rolling, ReadsThePeriodsAheadThatItsWindowsNeed) {
  const std::string sql = ByPeriod(R"("orders.next_week")", "day");
  EXPECT_TRUE(Has(sql, "FROM base AS base UNION ALL SELECT series.period"))
      << "the series ends with the last period, its window does not: " << sql;
  EXPECT_FALSE(Has(sql, "LEFT JOIN base"));
}

TEST(Rolling, CountsToDateFromTheStartOfItsPeriod) {
  const std::string year = ByPeriod(R"("orders.ytd")", "month");
  EXPECT_TRUE(Has(year,
                  "OVER (PARTITION BY date_trunc('year', series.period) ORDER BY series.period "
                  "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"));
  EXPECT_TRUE(Has(year, From("2024-01-01")));
  EXPECT_TRUE(Has(ByPeriod(R"("orders.fytd")", "month"), From("2023-04-01")));
  EXPECT_TRUE(
      Has(ByPeriod(R"("orders.ytd")", "week"), "base.g1 >= date_trunc('year', series.period)"))
      << "weeks do not lie inside years";
}

TEST(Rolling, SeesEachOtherGroupAlone) {
  const std::string sql =
      StoreSql(R"({"measures": ["orders.week"], "dimensions": ["orders.channel"],
      "timeDimensions": [{"dimension": "orders.created_at", "granularity": "day",
                          "dateRange": "last month"}]})");
  EXPECT_TRUE(Has(sql, "CROSS JOIN ( SELECT DISTINCT base.g1 AS g1 FROM base AS base ) AS keys"));
  EXPECT_TRUE(Has(sql, "OVER (PARTITION BY steps.g1 ORDER BY steps.g2"));
  EXPECT_TRUE(Has(sql, "WHERE framed.shown AND framed.rows > 0"));
}

TEST(Rolling, CountsWhatLiesBeforeTheFirstPeriodWithIt) {
  EXPECT_TRUE(Has(ByPeriod(R"("orders.running")", "month"),
                  "CASE WHEN orders.created_at < '2024-02-01'::timestamp AT TIME ZONE 'UTC' "
                  "THEN '2024-01-01'::timestamp ELSE"));
}

TEST(Rolling, TakesPeriodsFromTheRowsWithoutARange) {
  const std::string sql = StoreSql(R"({"measures": ["orders.running"], "timeDimensions": [
      {"dimension": "orders.created_at", "granularity": "month"}]})");
  EXPECT_TRUE(Has(sql, "generate_series(( SELECT date_trunc('month', min(base.g1))")) << sql;
}

TEST(Rolling, IsOneWindowWithoutPeriods) {
  const std::string sql = StoreSql(R"({"measures": ["orders.week", "orders.running"],
      "timeDimensions": [{"dimension": "orders.created_at",
                          "dateRange": ["2024-01-01", "2024-03-31"]}]})");
  EXPECT_TRUE(Has(sql, From("2024-03-25") + " AND " + Before("2024-04-01"))) << sql;
  EXPECT_EQ(StoreSql(R"({"measures": ["orders.running"]})"),
            "SELECT count(*) AS \"orders.running\" FROM orders AS orders");
  const Status status = StoreError(R"({"measures": ["orders.week"]})");
  EXPECT_EQ(status.code(), Code::kSemanticInvalidQuery);
  EXPECT_EQ(status.pointer(), "/timeDimensions");
  EXPECT_FALSE(status.hint().empty());
}

TEST(Rolling, TakesTheFinestOfSeveralPeriodsThatNest) {
  const std::string sql = StoreSql(R"({"measures": ["orders.week"], "timeDimensions": [
      {"dimension": "orders.created_at", "granularity": "month", "dateRange": "last month"},
      {"dimension": "orders.created_at", "granularity": "day"}]})");
  EXPECT_TRUE(Has(sql,
                  "SELECT date_trunc('month', framed.g2) AS \"orders.created_at.month\", "
                  "framed.g2 AS \"orders.created_at.day\""))
      << "a window may reach into the month before: " << sql;
  EXPECT_TRUE(Has(sql, "OVER (ORDER BY series.period RANGE"));
  const Status status = StoreError(R"({"measures": ["orders.week"], "timeDimensions": [
      {"dimension": "orders.created_at", "granularity": "month"},
      {"dimension": "orders.created_at", "granularity": "week"}]})");
  EXPECT_EQ(status.code(), Code::kNotSupported);
}

TEST(Rolling, BoundsItsPeriods) {
  const Status status = StoreError(R"({"measures": ["orders.week"], "timeDimensions": [
      {"dimension": "orders.created_at", "granularity": "second",
       "dateRange": ["2000-01-01", "2024-01-01"]}]})");
  EXPECT_EQ(status.code(), Code::kLimitExceeded);
  EXPECT_EQ(status.pointer(), "/timeDimensions");
}

TEST(TimeShift, ReadsTheRowsOfThatTime) {
  const std::string sql = ByPeriod(R"("orders.revenue", "orders.last_year")", "month");
  EXPECT_TRUE(Has(sql, From("2023-01-01") + " AND " + Before("2023-04-01"))) << sql;
  EXPECT_TRUE(Has(sql,
                  "date_trunc('month', orders.created_at AT TIME ZONE 'UTC' + "
                  "'1 year'::interval)"))
      << sql;
  EXPECT_FALSE(Has(sql, "here")) << "the range says which months there are";
}

TEST(TimeShift, TakesThePeriodsThatAreThereWithoutARange) {
  const std::string sql = StoreSql(R"({"measures": ["orders.last_year"], "timeDimensions": [
      {"dimension": "orders.created_at", "granularity": "month"}]})");
  EXPECT_TRUE(Has(sql, "HAVING bool_or(parts.here)")) << sql;
}

TEST(TimeShift, StepsOnePeriodBack) {
  EXPECT_TRUE(Has(ByPeriod(R"("orders.before")", "month"), "+ '1 month'::interval"));
  EXPECT_TRUE(Has(ByPeriod(R"("orders.before")", "fiscal_quarter"), "+ '3 months'::interval"));
  const std::string sql = StoreSql(R"({"measures": ["orders.before"], "timeDimensions": [
      {"dimension": "orders.created_at", "dateRange": ["2024-01-01", "2024-01-10"]}]})");
  EXPECT_TRUE(Has(sql, From("2023-12-22") + " AND " + Before("2024-01-01"))) << sql;
}

TEST(TimeShift, LooksAheadAndAddsUp) {
  EXPECT_TRUE(Has(ByPeriod(R"("orders.ahead")", "month"),
                  From("2024-02-01") + " AND " + Before("2024-05-01")));
  EXPECT_TRUE(Has(ByPeriod(R"("orders.two_back")", "month"), From("2022-01-01")));
}

TEST(TimeShift, KeepsMonthsWholeAtTheirEnds) {
  const std::string sql = StoreSql(R"({"measures": ["orders.ahead"], "timeDimensions": [
      {"dimension": "orders.created_at", "granularity": "day",
       "dateRange": ["2024-01-31", "2024-02-28"]}]})");
  EXPECT_TRUE(Has(sql, From("2024-03-01") + " AND " + Before("2024-03-29")))
      << "a month before 29 February is 29 January: " << sql;
}

TEST(TimeShift, NeedsItsTimeDimension) {
  const Status status = StoreError(R"({"measures": ["orders.count", "orders.before"]})");
  EXPECT_EQ(status.code(), Code::kSemanticInvalidQuery);
  EXPECT_EQ(status.pointer(), "/measures/1");
  EXPECT_EQ(StoreError(R"({"measures": ["orders.ahead"], "timeDimensions": [
                {"dimension": "orders.due_on", "granularity": "month"}]})")
                .message(),
            "measure \"ahead\" needs \"orders.created_at\" among the query's timeDimensions");
}

TEST(TimeShift, TakesPartInFormulas) {
  EXPECT_TRUE(Has(ByPeriod(R"("orders.growth")", "month"),
                  "(max(parts.m1) - max(parts.m2)) / nullif(max(parts.m2), 0) AS "
                  "\"orders.growth\""));
}

TEST(Rolling, MeetsPlainMeasuresAndRanks) {
  const std::string sql =
      ByPeriod(R"("orders.week", "orders.count", "orders.place", "orders.share")", "day");
  EXPECT_TRUE(Has(sql, "WITH base AS"));
  EXPECT_TRUE(Has(sql, "UNION ALL"));
  EXPECT_TRUE(Has(sql, "rank() OVER"));
  EXPECT_TRUE(Has(sql, "WHERE met.level = 0"));
}

}  // namespace
}  // namespace loupe::semantic

// What each kind of measure and dimension becomes in SQL, from model to statement.
#include <gtest/gtest.h>

#include "semantic_store_fixture.hpp"

namespace loupe::semantic {
namespace {

bool Has(const std::string& sql, const std::string& part) {
  return sql.find(part) != std::string::npos;
}

// The expression of one measure that nothing groups.
std::string MeasureSql(const std::string& measure) {
  const std::string sql = StoreSql(R"({"measures": ["orders.)" + measure + "\"]}");
  return sql.substr(7, sql.find(" AS \"") - 7);
}

std::string DimensionSql(const std::string& dimension) {
  const std::string sql = StoreSql(R"({"dimensions": [")" + dimension + "\"]}");
  return sql.substr(7, sql.find(" AS \"") - 7);
}

std::string PeriodSql(const std::string& granularity) {
  return DimensionSql("orders.created_at." + granularity);
}

TEST(Measures, AggregateRows) {
  EXPECT_EQ(MeasureSql("count"), "count(*)");
  EXPECT_EQ(MeasureSql("revenue"), "sum(orders.total)");
  EXPECT_EQ(MeasureSql("average"), "avg(orders.total)");
  EXPECT_EQ(MeasureSql("typical"), "percentile_cont(0.5) WITHIN GROUP (ORDER BY orders.total)");
  EXPECT_EQ(MeasureSql("high"), "percentile_cont(0.9) WITHIN GROUP (ORDER BY orders.total)");
  EXPECT_EQ(MeasureSql("buyers"), "count(DISTINCT orders.customer_id)");
  EXPECT_EQ(MeasureSql("about"), "approx_distinct(orders.customer_id)");
  EXPECT_EQ(MeasureSql("filled"), "coalesce(sum(orders.total), 0)");
  EXPECT_TRUE(Has(StoreSql(R"({"measures": ["items.value"]})"), "sum(items.quantity * 2)"));
}

TEST(Measures, CallTheFunctionsOfTheExtensionWhereTheyAre) {
  const Result<Compiled> compiled =
      CompileQuery(JsonOf(R"({"measures": ["orders.about"]})"), StoreModel(), {Now(), "ext"});
  ASSERT_TRUE(compiled.ok());
  EXPECT_TRUE(Has(compiled.value().sql, "ext.approx_distinct("));
}

TEST(Measures, FilterTheirRowsBySqlAndByFilters) {
  EXPECT_EQ(MeasureSql("web_revenue"),
            "sum(orders.total) FILTER (WHERE (orders.channel = 'web') "
            "AND customers.country IN ('DE', 'AT'))");
  EXPECT_TRUE(Has(StoreSql(R"({"measures": ["customers.adults"]})"),
                  "count(*) FILTER (WHERE (customers.age >= 18) = true)"));
}

TEST(Measures, CalculateWithoutTruncationOrDivisionByZero) {
  EXPECT_EQ(MeasureSql("aov"), "sum(orders.total) / nullif(count(*), 0)");
  EXPECT_EQ(MeasureSql("verdict"), "CASE WHEN count(*) > 10 THEN 'many' ELSE 'few' END");
}

TEST(Measures, OfTextAreFilteredAsText) {
  EXPECT_TRUE(Has(StoreSql(R"({"measures": ["orders.verdict"], "dimensions": ["orders.status"],
                    "filters": [{"member": "orders.verdict", "operator": "equals",
                                 "values": ["few"]}]})"),
                  "HAVING CASE WHEN count(*) > 10 THEN 'many' ELSE 'few' END = 'few'"));
  const Result<Compiled> compiled = CompileQuery(JsonOf(R"({"measures": ["orders.verdict"]})"),
                                                 StoreModel(), CompileOptions{Now(), ""});
  ASSERT_TRUE(compiled.ok());
  EXPECT_EQ(compiled.value().columns[0].type, ValueKind::kText);
  EXPECT_EQ(StoreError(R"({"measures": ["orders.count"], "filters": [
                {"member": "orders.verdict", "operator": "gt", "values": ["a"]}]})")
                .code(),
            Code::kSemanticTypeMismatch);
}

TEST(Measures, ThatNameADimensionNeedItAmongTheGroups) {
  EXPECT_TRUE(
      Has(StoreSql(R"({"measures": ["orders.local"], "dimensions": ["customers.country"]})"),
          "CASE WHEN customers.country = 'DE' THEN sum(orders.total) ELSE 0 END"));
  const Status status = StoreError(R"({"measures": ["orders.count", "orders.local"]})");
  EXPECT_EQ(status.code(), Code::kSemanticInvalidQuery);
  EXPECT_EQ(status.message(), "measure needs \"customers.country\" among the query's dimensions");
  EXPECT_EQ(status.pointer(), "/measures/1");
}

TEST(Dimensions, OfFormulasAndBins) {
  EXPECT_EQ(DimensionSql("customers.is_adult"), "customers.age >= 18");
  EXPECT_EQ(DimensionSql("customers.label"),
            "CASE WHEN customers.age >= 18 THEN upper(customers.country) ELSE 'minor' END");
  EXPECT_EQ(DimensionSql("customers.age_group"),
            "CASE WHEN customers.age < 18 THEN '< 18' WHEN customers.age < 65.5 THEN "
            "'18 to < 65.5' WHEN customers.age >= 65.5 THEN '>= 65.5' END");
}

TEST(Dimensions, OfARowThatIsMissingAreNull) {
  const std::string sql = StoreSql(
      R"({"measures": ["orders.count"], "dimensions": ["customers.tier", "customers.country"]})");
  EXPECT_TRUE(Has(sql,
                  "CASE WHEN customers.id IS NOT NULL THEN (coalesce(customers.tier, 'none')) "
                  "END AS \"customers.tier\", customers.country AS"))
      << sql;
}

TEST(Dimensions, CutTimeByTheModelsCalendar) {
  const std::string time = "orders.created_at AT TIME ZONE 'UTC'";
  EXPECT_EQ(PeriodSql("day"), "date_trunc('day', " + time + ")");
  EXPECT_EQ(PeriodSql("week"),
            "date_bin('7 days'::interval, " + time + ", '2000-01-09'::timestamp)")
      << "weeks begin on Sunday";
  EXPECT_EQ(PeriodSql("fiscal_quarter"), "date_trunc('quarter', " + time + ")");
  EXPECT_EQ(PeriodSql("fiscal_year"),
            "date_trunc('year', " + time + " - '3 months'::interval) + '3 months'::interval");
  EXPECT_EQ(PeriodSql("half_hour"),
            "date_bin('30 minutes'::interval, " + time + ", '2000-01-01'::timestamp)");
  EXPECT_EQ(PeriodSql("shift"),
            "date_bin('8 hours'::interval, " + time + ", '2000-01-01 06:00:00.000'::timestamp)");
}

TEST(Entities, ThatExtendOthersHaveTheirMembersAndJoins) {
  EXPECT_EQ(StoreSql(R"({"measures": ["recent.count"],
                         "dimensions": ["recent.status", "customers.country"]})"),
            "SELECT (lower(recent.status)) AS \"recent.status\", "
            "customers.country AS \"customers.country\", count(*) AS \"recent.count\" "
            "FROM (SELECT * FROM orders WHERE total > 0) AS recent "
            "LEFT JOIN customers AS customers ON recent.customer_id = customers.id "
            "GROUP BY 1, 2");
}

TEST(Segments, FilterRows) {
  EXPECT_TRUE(Has(StoreSql(R"({"measures": ["orders.count"], "segments": ["orders.web"]})"),
                  "WHERE (orders.channel = 'web')"));
  const Result<Compiled> compiled =
      CompileQuery(JsonOf(R"({"measures": ["items.units"], "segments": ["orders.web"]})"),
                   StoreModel(), CompileOptions{Now(), ""});
  ASSERT_TRUE(compiled.ok());
  EXPECT_TRUE(Has(compiled.value().sql, "CASE WHEN orders.id IS NOT NULL THEN"));
  EXPECT_EQ(compiled.value().segments[0].Dump(),
            R"({"name":"orders.web","title":"Orders On the Web","shortTitle":"On the Web"})");
}

TEST(Segments, AreNamedWhereSegmentsAre) {
  const Status near = StoreError(R"({"measures": ["orders.count"], "segments": ["orders.wep"]})");
  EXPECT_EQ(near.code(), Code::kSemanticUnknownMember);
  EXPECT_EQ(near.hint(), "Did you mean \"orders.web\"?");
  EXPECT_EQ(near.pointer(), "/segments/0");
  EXPECT_EQ(StoreError(R"({"measures": ["orders.web"]})").hint(), "Name it under \"segments\".");
  EXPECT_EQ(StoreError(R"({"measures": ["orders.count"], "segments": ["orders.count"]})").message(),
            "\"orders.count\" is not a segment");
  EXPECT_EQ(StoreError(R"({"measures": ["orders.count"],
                "filters": [{"member": "orders.web", "operator": "set"}]})")
                .hint(),
            "Name it under \"segments\".");
}

TEST(PercentOfTotal, DividesByTheTotalOfItsLevel) {
  const std::string sql = StoreSql(
      R"({"measures": ["orders.share", "orders.share_in_country"],
          "dimensions": ["customers.country", "orders.channel"]})");
  EXPECT_TRUE(Has(sql, "totals.m1 / nullif(totals.m2, 0) AS \"orders.share\""));
  EXPECT_TRUE(Has(sql, "totals.m1 / nullif(totals.m3, 0) AS \"orders.share_in_country\""));
  EXPECT_TRUE(Has(sql, "max(met.m2) OVER () AS m2"));
  EXPECT_TRUE(Has(sql, "max(met.m3) OVER (PARTITION BY met.g1) AS m3"));
  EXPECT_TRUE(Has(sql, "WHERE totals.level = 0"));
}

TEST(PercentOfTotal, IsFilteredAfterwards) {
  EXPECT_TRUE(Has(StoreSql(R"({"measures": ["orders.share"], "dimensions": ["orders.status"],
                    "filters": [{"member": "orders.share", "operator": "gt", "values": [0.1]}]})"),
                  "WHERE totals.level = 0 AND totals.m1 / nullif(totals.m2, 0) > 0.1"));
}

TEST(Rank, CountsAllGroupsAndIsFilteredAfterwards) {
  const std::string sql = StoreSql(
      R"({"measures": ["orders.place", "orders.place_in_country"],
          "dimensions": ["customers.country", "orders.channel"],
          "filters": [{"member": "orders.place", "operator": "lte", "values": [3]}]})");
  EXPECT_TRUE(Has(sql, "rank() OVER (ORDER BY met.m1 DESC NULLS LAST) AS v1"));
  EXPECT_TRUE(Has(sql, "rank() OVER (PARTITION BY met.g1 ORDER BY met.m1 DESC NULLS LAST) AS v2"));
  EXPECT_TRUE(Has(sql, ") AS ranked WHERE ranked.v1 <= 3"));
}

TEST(Ungrouped, RefusesWhatIsNotOfOneRow) {
  for (const char* measure : {"orders.share", "orders.place", "orders.week", "stock.level"}) {
    EXPECT_EQ(StoreError(R"({"ungrouped": true, "timeDimensions": [
                  {"dimension": "orders.created_at", "dateRange": "2024"}], "measures": [")" +
                         std::string(measure) + "\"]}")
                  .code(),
              Code::kNotSupported)
        << measure;
  }
  EXPECT_EQ(StoreError(R"({"ungrouped": true, "measures": ["orders.count"],
                           "dimensions": ["payments.method"]})")
                .code(),
            Code::kNotSupported);
}

TEST(SemiAdditive, TakesTheRowsOfTheLastDateOfEachPeriod) {
  const std::string sql = StoreSql(R"({"measures": ["stock.level"],
      "timeDimensions": [{"dimension": "stock.day", "granularity": "month",
                          "dateRange": ["2024-01-10", "2024-02-10"]}]})");
  EXPECT_TRUE(Has(sql,
                  "AND EXISTS ( SELECT FROM ( SELECT max(stock.day) AS at "
                  "FROM stock AS stock WHERE stock.day >= '2024-01-10'::date "
                  "AND stock.day < '2024-02-11'::date "
                  "GROUP BY date_trunc('month', stock.day::timestamp) ) AS picked "
                  "WHERE picked.at = stock.day ) GROUP BY 1"))
      << sql;
}

TEST(SemiAdditive, TakesTheFirstDateOfEachPartition) {
  const std::string sql = StoreSql(R"({"measures": ["stock.opening"]})");
  EXPECT_TRUE(Has(sql,
                  "SELECT min(stock.day) AS at, stock.warehouse AS p1 FROM stock AS stock "
                  "GROUP BY 2 ) AS picked WHERE picked.at = stock.day "
                  "AND picked.p1 IS NOT DISTINCT FROM stock.warehouse"))
      << sql;
}

TEST(SemiAdditive, HasRowsOfItsOwn) {
  const std::string sql = StoreSql(R"({"measures": ["stock.level", "stock.opening"]})");
  EXPECT_TRUE(Has(sql, "CROSS JOIN")) << sql;
}

TEST(Access, ShowsTheRowsThatTheRulesShow) {
  const std::string sql = StoreSql(R"({"dimensions": ["payments.id"]})", StoreModelFor("clerk"));
  EXPECT_TRUE(Has(sql,
                  "FROM ( SELECT payments.* FROM payments AS payments "
                  "WHERE payments.method = 'card' ) AS payments"))
      << "the rule sees what it masks: " << sql;
  EXPECT_FALSE(Has(StoreSql(R"({"dimensions": ["payments.id"]})", StoreModelFor("owner")), "card"));
}

TEST(Access, RestrictsRowsWhereverTheyAreJoined) {
  const Model& model = StoreModelFor("clerk");
  const std::string rows = "( SELECT payments.* FROM payments AS payments WHERE";
  EXPECT_TRUE(
      Has(StoreSql(R"({"measures": ["orders.count"], "dimensions": ["payments.id"]})", model),
          "LEFT JOIN " + rows));
  EXPECT_TRUE(Has(StoreSql(R"({"measures": ["orders.count"], "filters": [
                    {"member": "payments.id", "operator": "set"}]})",
                           model),
                  "EXISTS ( SELECT FROM " + rows));
}

TEST(Access, MasksByNullsOfTheSameType) {
  const Model& model = StoreModelFor("clerk");
  EXPECT_TRUE(Has(StoreSql(R"({"dimensions": ["payments.method"]})", model),
                  "NULL::text AS \"payments.method\""));
  const std::string sql =
      StoreSql(R"({"measures": ["payments.amount", "payments.last_method"]})", model);
  EXPECT_TRUE(Has(sql,
                  "NULL::numeric AS \"payments.amount\", "
                  "NULL::text AS \"payments.last_method\""));
  EXPECT_TRUE(Has(sql, "HAVING true")) << "one row, as of any measure: " << sql;
  EXPECT_TRUE(Has(StoreSql(R"({"dimensions": ["payments.id"], "filters": [
                    {"member": "payments.method", "operator": "equals", "values": ["cash"]}]})",
                           model),
                  "WHERE NULL::text = 'cash'"))
      << "a question about it learns nothing";
}

TEST(Access, HidesMembersAndEntities) {
  const Status hidden =
      StoreError(R"({"dimensions": ["payments.paid_at"]})", StoreModelFor("clerk"));
  EXPECT_EQ(hidden.code(), Code::kSemanticUnknownMember);
  EXPECT_FALSE(Has(hidden.hint(), "paid_at"));
  EXPECT_EQ(StoreError(R"({"measures": ["payments.amount"]})", StoreModelFor("nobody")).code(),
            Code::kSemanticUnknownMember);
}

}  // namespace
}  // namespace loupe::semantic

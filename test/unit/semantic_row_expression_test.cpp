#include "core/semantic/row_expression.hpp"

#include <gtest/gtest.h>

namespace loupe::semantic {
namespace {

std::string Bound(std::string_view text) {
  const Result<SqlTokens> tokens = RowTokens(text, {{"orders"}, nullptr});
  return tokens.ok() ? PrintSql(tokens.value()) : "error: " + tokens.status().message();
}

std::string Likely(std::string_view text) { return LikelyType(ScanSql(text).value(), "?"); }

TEST(BindToRow, QualifiesColumnsOnly) {
  EXPECT_EQ(Bound("amount * 0.1"), "{T}.amount * 0.1");
  EXPECT_EQ(Bound("orders.status = 'x'"), "{T}.status = 'x'");
  EXPECT_EQ(Bound("lower(name) || pg_catalog.upper(b)"),
            "lower({T}.name) || pg_catalog.upper({T}.b)");
  EXPECT_EQ(Bound("\"Net Price\""), "{T}.\"Net Price\"");
}

TEST(BindToRow, LeavesGrammarAndTypesAlone) {
  EXPECT_EQ(Bound("CASE WHEN a IS NOT NULL AND b THEN 1 ELSE c END"),
            "CASE WHEN {T}.a IS NOT NULL AND {T}.b THEN 1 ELSE {T}.c END");
  EXPECT_EQ(Bound("a::double precision + CAST(b AS character varying(10))"),
            "{T}.a::double precision + CAST({T}.b AS character varying(10))");
  EXPECT_EQ(Bound("at::timestamp(3) with time zone AT TIME ZONE zone"),
            "{T}.at::timestamp(3) with time zone AT TIME ZONE {T}.zone");
  EXPECT_EQ(Bound("extract(year FROM at_time) - date '2025-01-01'"),
            "extract(year FROM {T}.at_time) - date '2025-01-01'");
  EXPECT_EQ(Bound("ts + interval '1' day * n + tags::text[]"),
            "{T}.ts + interval '1' day * {T}.n + {T}.tags::text[]");
  EXPECT_EQ(Bound("timestamp"), "{T}.timestamp");
}

TEST(BindToRow, RefusesOtherTablesAndMarks) {
  EXPECT_EQ(Bound("customers.name"),
            "error: the SQL expression refers to \"customers\", which is another table");
  EXPECT_EQ(Bound("{x} + 1"), "error: the SQL expression refers to {x}");
  EXPECT_EQ(Bound("{{ x }}"), "error: the SQL expression holds the template {{ x }}");
}

TEST(BindToRow, LeavesSubqueriesAsTheyAre) {
  EXPECT_EQ(Bound("(SELECT max(x) FROM t WHERE t.id = y)"),
            "(SELECT max(x) FROM t WHERE t.id = y)");
}

TEST(ColumnOf, KnowsASingleColumn) {
  EXPECT_EQ(ColumnOf(RowTokens("Amount", {}).value()), "amount");
  EXPECT_EQ(ColumnOf(RowTokens("\"Amount\"", {}).value()), "Amount");
  EXPECT_EQ(ColumnOf(RowTokens("amount + 1", {}).value()), "");
}

TEST(LikelyType, ReadsWhatAnExpressionLooksLike) {
  EXPECT_EQ(Likely("a > 1"), "boolean");
  EXPECT_EQ(Likely("a IS NULL"), "boolean");
  EXPECT_EQ(Likely("a || 'x'"), "string");
  EXPECT_EQ(Likely("CASE WHEN a > 1 THEN 'x' ELSE 'y' END"), "string");
  EXPECT_EQ(Likely("CASE WHEN a > 1 THEN 1 END"), "number");
  EXPECT_EQ(Likely("date_trunc('day', a)"), "time");
  EXPECT_EQ(Likely("extract(hour FROM a)"), "number");
  EXPECT_EQ(Likely("a * b"), "number");
  EXPECT_EQ(Likely("a::date"), "time");
  EXPECT_EQ(Likely("coalesce(a, b)"), "?");
}

}  // namespace
}  // namespace loupe::semantic

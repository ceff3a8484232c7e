#include "core/sql/printer.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <utility>

#include "core/sql/keywords.hpp"

namespace loupe::sql {
namespace {

using Kind = Expr::Kind;

Expr MakeSubquery(Kind kind, Select query) {
  Expr expr;
  expr.kind = kind;
  expr.subquery.push_back(std::move(query));
  return expr;
}

Select SelectOne() {
  Select query;
  query.items.push_back({Integer(1), ""});
  return query;
}

TEST(QuoteIdentifier, LeavesPlainLowerCaseNames) {
  EXPECT_EQ(QuoteIdentifier("orders"), "orders");
  EXPECT_EQ(QuoteIdentifier("_a1"), "_a1");
  EXPECT_EQ(QuoteIdentifier("name"), "name") << "unreserved keywords need no quotes";
}

TEST(QuoteIdentifier, QuotesEverythingElse) {
  EXPECT_EQ(QuoteIdentifier(""), "\"\"");
  EXPECT_EQ(QuoteIdentifier("Orders"), "\"Orders\"");
  EXPECT_EQ(QuoteIdentifier("1a"), "\"1a\"");
  EXPECT_EQ(QuoteIdentifier("a b"), "\"a b\"");
  EXPECT_EQ(QuoteIdentifier("orders.count"), "\"orders.count\"");
  EXPECT_EQ(QuoteIdentifier("größe"), "\"größe\"");
  EXPECT_EQ(QuoteIdentifier("a\"; DROP TABLE t; --"), "\"a\"\"; DROP TABLE t; --\"");
}

TEST(QuoteIdentifier, QuotesKeywordsThatAreReservedAnywhere) {
  for (const char* word : {"select", "user", "order", "left", "values", "json_table", "zone"}) {
    const bool reserved = std::string(word) != "zone";
    EXPECT_EQ(IsReservedKeyword(word), reserved) << word;
    EXPECT_EQ(QuoteIdentifier(word), reserved ? "\"" + std::string(word) + "\"" : word);
  }
}

TEST(QuoteLiteral, DoublesQuotes) {
  EXPECT_EQ(QuoteLiteral(""), "''");
  EXPECT_EQ(QuoteLiteral("O'Hara"), "'O''Hara'");
}

TEST(QuoteLiteral, EscapesBackslashesUnderEverySetting) {
  EXPECT_EQ(QuoteLiteral("a\\b"), "E'a\\\\b'");
  EXPECT_EQ(QuoteLiteral("\\'; --"), "E'\\\\''; --'");
}

TEST(QuoteQualified, OmitsAnEmptySchema) {
  EXPECT_EQ(QuoteQualified("", "t"), "t");
  EXPECT_EQ(QuoteQualified("My", "table"), "\"My\".\"table\"");
}

TEST(PrintExpr, PrintsNumbersExactly) {
  EXPECT_EQ(Print(Integer(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
  EXPECT_EQ(Print(Number(0.1)), "0.1");
  EXPECT_EQ(Print(Number(-2.5)), "-2.5");
  EXPECT_EQ(Print(Number(std::numeric_limits<double>::quiet_NaN())), "'NaN'::double precision");
  EXPECT_EQ(Print(Number(-std::numeric_limits<double>::infinity())),
            "'-Infinity'::double precision");
}

TEST(PrintExpr, TakesOnlyDigitsAsDecimals) {
  for (const char* text : {"0", "-12.50", "1e3", "1.E-3", ".5", "007"}) {
    EXPECT_EQ(Print(Decimal(text)), text);
  }
  for (const char* text : {"", "-", ".", "1e", "1e+", "1 ", "+1", "0x1", "1;", "NaN", "--1"}) {
    EXPECT_EQ(Print(Decimal(text)), "'" + std::string(text) + "'");
  }
}

TEST(PrintExpr, PrintsEveryLeaf) {
  EXPECT_EQ(Print(Column("a")), "a");
  EXPECT_EQ(Print(Column("o", "Total")), "o.\"Total\"");
  EXPECT_EQ(Print(String("x")), "'x'");
  EXPECT_EQ(Print(Boolean(true)), "true");
  EXPECT_EQ(Print(Boolean(false)), "false");
  EXPECT_EQ(Print(Null()), "NULL");
  EXPECT_EQ(Print(Star()), "*");
  Expr star = Star();
  star.name.push_back("t");
  EXPECT_EQ(Print(star), "t.*");
  EXPECT_EQ(Print(Fragment("a + b")), "(a + b)");
}

TEST(PrintExpr, PrintsCallsWithTheirClauses) {
  Expr call = Call("string_agg", {Column("a"), String(",")});
  call.distinct = true;
  call.order_by.push_back({Column("a"), Direction::kDescending, Nulls::kLast});
  call.filter.push_back(IsNotNull(Column("a")));
  EXPECT_EQ(Print(call),
            "string_agg(DISTINCT a, ',' ORDER BY a DESC NULLS LAST) FILTER (WHERE a IS NOT NULL)");
  Expr quantile = Call("percentile_cont", {Number(0.5)});
  quantile.within_group = true;
  quantile.order_by.push_back({Column("a"), Direction::kAscending, Nulls::kFirst});
  EXPECT_EQ(Print(quantile), "percentile_cont(0.5) WITHIN GROUP (ORDER BY a NULLS FIRST)");
}

TEST(PrintExpr, QuotesFunctionNamesSaveThoseThatAreGrammar) {
  EXPECT_EQ(Print(Call("coalesce", {Column("a"), Integer(0)})), "coalesce(a, 0)");
  EXPECT_EQ(Print(Call("left", {Column("a")})), "\"left\"(a)");
  Expr qualified = Call("loupe", {});
  qualified.name.push_back("Do It");
  EXPECT_EQ(Print(qualified), "loupe.\"Do It\"()");
}

TEST(PrintExpr, ParenthesisesOnlyWherePrecedenceNeedsIt) {
  const Expr a = Column("a");
  const Expr b = Column("b");
  const Expr c = Column("c");
  EXPECT_EQ(Print(And({Or({a, b}), c})), "(a OR b) AND c");
  EXPECT_EQ(Print(Or({And({a, b}), c})), "a AND b OR c");
  EXPECT_EQ(Print(Unary("NOT", Or({a, b}))), "NOT (a OR b)");
  EXPECT_EQ(Print(Unary("NOT", Unary("NOT", a))), "NOT (NOT a)");
  EXPECT_EQ(Print(Binary("*", Binary("+", a, b), c)), "(a + b) * c");
  EXPECT_EQ(Print(Binary("+", Binary("*", a, b), c)), "a * b + c");
  EXPECT_EQ(Print(Binary("-", Binary("-", a, b), c)), "a - b - c");
  EXPECT_EQ(Print(Binary("-", a, Binary("-", b, c))), "a - (b - c)");
  EXPECT_EQ(Print(Binary("=", Binary("=", a, b), c)), "(a = b) = c");
  EXPECT_EQ(Print(Binary("^", Binary("^", a, b), c)), "a ^ b ^ c");
  EXPECT_EQ(Print(Binary("||", a, Binary("+", b, c))), "a || b + c");
  EXPECT_EQ(Print(Binary("+", a, Binary("||", b, c))), "a + (b || c)");
  EXPECT_EQ(Print(IsNull(Binary("=", a, b))), "a = b IS NULL");
  EXPECT_EQ(Print(IsNull(IsNull(a))), "(a IS NULL) IS NULL");
  EXPECT_EQ(Print(Binary("IS DISTINCT FROM", Or({a, b}), c)), "(a OR b) IS DISTINCT FROM c");
  EXPECT_EQ(Print(Binary("ILIKE", Binary("||", a, b), c)), "a || b ILIKE c");
  EXPECT_EQ(Print(Binary("=", a, In(b, {c}))), "a = b IN (c)");
  EXPECT_EQ(Print(In(Binary("=", a, b), {c})), "(a = b) IN (c)");
}

TEST(PrintExpr, NeverWritesACommentByTwoSigns) {
  EXPECT_EQ(Print(Unary("-", Unary("-", Column("a")))), "-(-a)");
  EXPECT_EQ(Print(Unary("-", Integer(-1))), "-(-1)");
  EXPECT_EQ(Print(Binary("-", Column("a"), Integer(-1))), "a - -1");
}

TEST(PrintExpr, CastsBindTighterThanSigns) {
  EXPECT_EQ(Print(Cast(Integer(-1), "text")), "(-1)::text");
  EXPECT_EQ(Print(Cast(Binary("+", Column("a"), Integer(1)), "text")), "(a + 1)::text");
  EXPECT_EQ(Print(Cast(Cast(Column("a"), "date"), "text")), "a::date::text");
}

TEST(PrintExpr, PutsTheLowerBoundOfBetweenInParenthesesUnlessItIsPlain) {
  Expr between;
  between.kind = Kind::kBetween;
  between.args = {Binary("+", Column("a"), Integer(1)), Cast(Column("b"), "date"),
                  AtTimeZone(Column("c"), "UTC")};
  EXPECT_EQ(Print(between), "a + 1 BETWEEN b::date AND c AT TIME ZONE 'UTC'");
  between.kind = Kind::kNotBetween;
  std::swap(between.args[1], between.args[2]);
  EXPECT_EQ(Print(And({between, Column("d")})),
            "a + 1 NOT BETWEEN (c AT TIME ZONE 'UTC') AND b::date AND d");
  EXPECT_EQ(Print(Unary("NOT", between)),
            "NOT a + 1 NOT BETWEEN (c AT TIME ZONE 'UTC') AND b::date");
  between.args[0] = In(Column("a"), {Integer(1)});
  EXPECT_EQ(Print(IsNull(between)),
            "(a IN (1)) NOT BETWEEN (c AT TIME ZONE 'UTC') AND b::date IS NULL");
}

TEST(PrintExpr, PrintsTimeZones) {
  EXPECT_EQ(Print(AtTimeZone(AtTimeZone(Column("t"), "UTC"), "Europe/Rome")),
            "t AT TIME ZONE 'UTC' AT TIME ZONE 'Europe/Rome'");
  EXPECT_EQ(Print(AtTimeZone(Binary("+", Column("t"), Column("i")), "UTC")),
            "(t + i) AT TIME ZONE 'UTC'");
}

TEST(PrintExpr, GivesEmptyListsTheirTruthValue) {
  EXPECT_EQ(Print(And({})), "true");
  EXPECT_EQ(Print(Or({})), "false");
  EXPECT_EQ(Print(In(Column("a"), {})), "false");
  EXPECT_EQ(Print(NotIn(Column("a"), {})), "true");
}

TEST(PrintExpr, PrintsAJunctionOfOneAsItself) {
  EXPECT_EQ(Print(And({Or({And({Column("a")}), Column("b")}), Column("c")})), "(a OR b) AND c");
  EXPECT_EQ(Print(Or({And({Binary("=", Column("a"), Integer(1))})})), "a = 1");
}

TEST(PrintExpr, PrintsListsCasesArraysAndSubqueries) {
  EXPECT_EQ(Print(NotIn(Column("a"), {Integer(1), Integer(2)})), "a NOT IN (1, 2)");
  Expr array;
  array.kind = Kind::kArray;
  array.args = {Integer(1), Integer(2)};
  EXPECT_EQ(Print(array), "ARRAY[1, 2]");
  Expr any;
  any.kind = Kind::kAny;
  any.args = {Binary("=", Column("a"), Column("b")), array};
  EXPECT_EQ(Print(any), "(a = b) = ANY (ARRAY[1, 2])");
  Expr choice;
  choice.kind = Kind::kCase;
  choice.args = {IsNull(Column("a")), Integer(0), Column("b"), Integer(1), Integer(2)};
  EXPECT_EQ(Print(choice), "CASE WHEN a IS NULL THEN 0 WHEN b THEN 1 ELSE 2 END");
  choice.args.pop_back();
  EXPECT_EQ(Print(choice), "CASE WHEN a IS NULL THEN 0 WHEN b THEN 1 END");
  choice.kind = Kind::kSimpleCase;
  choice.args = {Column("a"), Integer(0), String("none"), Integer(1)};
  EXPECT_EQ(Print(choice), "CASE a WHEN 0 THEN 'none' ELSE 1 END");
  EXPECT_EQ(Print(MakeSubquery(Kind::kExists, SelectOne())), "EXISTS (\n  SELECT 1\n)");
  EXPECT_EQ(Print(MakeSubquery(Kind::kScalar, SelectOne())), "(\n  SELECT 1\n)");
}

TEST(PrintSelect, PrintsTheClausesOnLinesOfTheirOwn) {
  Select query;
  query.items.push_back({Column("o", "status"), "orders.status"});
  query.items.push_back({Call("count", {Star()}), "orders.count"});
  query.from.push_back(TableRef("shop", "orders", "o"));
  FromItem join = TableRef("", "Customers", "c");
  join.join = JoinType::kLeft;
  join.on.push_back(Binary("=", Column("o", "customer_id"), Column("c", "id")));
  query.from.push_back(join);
  query.where = {Or({Column("a"), Column("b")}), Column("c")};
  query.group_by.push_back(Integer(1));
  query.having.push_back(Or({Column("a"), Column("b")}));
  query.order_by.push_back({Integer(2), Direction::kDescending});
  query.order_by.push_back({Integer(1)});
  query.limit = 10;
  query.offset = 5;
  EXPECT_EQ(Print(query),
            "SELECT o.status AS \"orders.status\", count(*) AS \"orders.count\"\n"
            "FROM shop.orders AS o\n"
            "  LEFT JOIN \"Customers\" AS c ON o.customer_id = c.id\n"
            "WHERE (a OR b)\n"
            "  AND c\n"
            "GROUP BY 1\n"
            "HAVING a OR b\n"
            "ORDER BY 2 DESC, 1\n"
            "LIMIT 10\n"
            "OFFSET 5");
}

TEST(PrintSelect, PutsItemsOnLinesOfTheirOwnWhenTheyAreWide) {
  Select query;
  query.distinct = true;
  query.items.push_back({Column(std::string(60, 'a')), ""});
  query.items.push_back({Column(std::string(60, 'b')), ""});
  EXPECT_EQ(Print(query),
            "SELECT DISTINCT\n  " + std::string(60, 'a') + ",\n  " + std::string(60, 'b'));
}

TEST(PrintSelect, KeepsNewLinesInsideLiterals) {
  Select inner = SelectOne();
  inner.where.push_back(Binary("=", Column("a"), String("x\ny")));
  Select query;
  query.items.push_back({Star(), ""});
  query.from.push_back(SubqueryRef(inner, "s"));
  EXPECT_EQ(Print(query), "SELECT *\nFROM (\n  SELECT 1\n  WHERE a = 'x\ny'\n) AS s");
}

TEST(PrintSelect, PrintsEveryKindOfFromItem) {
  Select query;
  query.items.push_back({Star(), ""});
  query.from.push_back(SubqueryRef(SelectOne(), "s"));
  FromItem values;
  values.join = JoinType::kInner;
  values.values = {{Integer(1), String("a")}, {Integer(2), String("b")}};
  values.alias = "v";
  values.column_aliases = {"id", "Label"};
  values.on.push_back(Boolean(true));
  query.from.push_back(values);
  FromItem function;
  function.join = JoinType::kCrossLateral;
  function.function.push_back(Call("unnest", {Column("v", "id")}));
  function.alias = "u";
  query.from.push_back(function);
  FromItem cross = TableRef("", "t", "");
  cross.join = JoinType::kCross;
  query.from.push_back(cross);
  query.from.push_back(TableRef("", "x", ""));
  EXPECT_EQ(Print(query),
            "SELECT *\n"
            "FROM (\n  SELECT 1\n) AS s\n"
            "  JOIN (VALUES (1, 'a'), (2, 'b')) AS v (id, \"Label\") ON true\n"
            "  CROSS JOIN LATERAL unnest(v.id) AS u\n"
            "  CROSS JOIN t, x");
}

TEST(PrintSelect, OrdersTheWholeUnionAndParenthesisesBranchesWithClausesOfTheirOwn) {
  Select branch = SelectOne();
  branch.limit = 1;
  Select query = SelectOne();
  query.union_all = {SelectOne(), branch};
  query.order_by.push_back({Integer(1)});
  query.with.push_back({"first", {SelectOne()}});
  query.with.push_back({"Second", {SelectOne()}});
  EXPECT_EQ(Print(query),
            "WITH first AS (\n  SELECT 1\n), \"Second\" AS (\n  SELECT 1\n)\n"
            "SELECT 1\nUNION ALL\nSELECT 1\nUNION ALL\n(\n  SELECT 1\n  LIMIT 1\n)\nORDER BY 1");
}

}  // namespace
}  // namespace loupe::sql

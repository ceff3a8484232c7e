#include "core/semantic/formula.hpp"

#include <gtest/gtest.h>

#include <map>

#include "core/semantic/field_reader.hpp"
#include "core/semantic/formula_check.hpp"
#include "core/semantic/formula_emit.hpp"
#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

struct Member {
  SqlType type;
  FormulaType kind;
};

const std::map<std::string, Member>& Members() {
  static const std::map<std::string, Member> members = {
      {"count", {SqlType::kBigInteger, FormulaType::kNumber}},
      {"total", {SqlType::kInteger, FormulaType::kNumber}},
      {"revenue", {SqlType::kNumeric, FormulaType::kNumber}},
      {"orders.weight", {SqlType::kDouble, FormulaType::kNumber}},
      {"speed", {SqlType::kReal, FormulaType::kNumber}},
      {"price", {SqlType::kMoney, FormulaType::kNumber}},
      {"any", {SqlType::kUnknown, FormulaType::kUnknown}},
      {"other", {SqlType::kUnknown, FormulaType::kNumber}},
      {"name", {SqlType::kText, FormulaType::kText}},
      {"mood", {SqlType::kUnknown, FormulaType::kText}},
      {"paid", {SqlType::kBoolean, FormulaType::kBoolean}},
      {"day", {SqlType::kDate, FormulaType::kTime}},
  };
  return members;
}

FormulaType KindOfMember(const std::string& name) { return Members().at(name).kind; }

TypedExpr ResolveMember(const std::string& name) {
  if (name == "hidden") return {sql::Null()};
  const Member& member = Members().at(name);
  return {sql::Column(name.substr(name.find('.') + 1)), member.type, member.kind};
}

std::string Canonical(std::string_view text) {
  const Result<Formula> formula = ParseFormula(text);
  return formula.ok() ? FormulaText(formula.value()) : formula.status().message();
}

Status ParseError(std::string_view text) { return ParseFormula(text).status(); }

Status CheckError(std::string_view text) {
  return CheckFormula(ParseFormula(text).value(), KindOfMember).status();
}

FormulaType TypeOf(std::string_view text) {
  return CheckFormula(ParseFormula(text).value(), KindOfMember).value();
}

TypedExpr Emitted(std::string_view text) {
  return EmitFormula(ParseFormula(text).value(), ResolveMember);
}

std::string Sql(std::string_view text) { return Print(Emitted(text).expr); }

std::string Repeated(std::string_view part, int times) {
  std::string text;
  for (int i = 0; i < times; ++i) text += part;
  return text;
}

TEST(ParseFormula, ReadsEveryKindOfOperand) {
  EXPECT_EQ(Canonical("1+1.5+.5+1e3+2E-1"), "1 + 1.5 + .5 + 1e3 + 2E-1");
  EXPECT_EQ(Canonical("'it''s' || '' || 'Größe \\n'"), "'it''s' || '' || 'Größe \\n'");
  EXPECT_EQ(Canonical("TRUE or False or NULL"), "true OR false OR null");
  EXPECT_EQ(Canonical("{count}/{ orders.weight }"), "count / orders.weight");
  EXPECT_EQ(Canonical("{case} + {End.x} + _a1"), "{case} + {End.x} + _a1");
  EXPECT_EQ(Canonical(" Ceiling ( 1 )\n-\tABS(2)"), "ceil(1) - abs(2)");
  EXPECT_EQ(Canonical("round + round(1)"), "round + round(1)");
  EXPECT_EQ(Canonical("CASE WHEN a THEN 1 ELSE.5END"),
            "unexpected \".5E\" at character 24 of the formula");
  EXPECT_EQ(Canonical("case when a then 1 else.5 end"), "CASE WHEN a THEN 1 ELSE .5 END");
  EXPECT_EQ(Canonical("case a when 1 then 'x' when 2 then 'y' end"),
            "CASE a WHEN 1 THEN 'x' WHEN 2 THEN 'y' END");
}

TEST(ParseFormula, BindsAsTheServerDoes) {
  EXPECT_EQ(Canonical("a - (b - c) - d"), "a - (b - c) - d");
  EXPECT_EQ(Canonical("(a * b) + c / (d + e)"), "a * b + c / (d + e)");
  EXPECT_EQ(Canonical("(a - b) - (-c)"), "a - b - -c");
  EXPECT_EQ(Canonical("- - a * b"), "-(-a) * b");
  EXPECT_EQ(Canonical("(a || b) + c"), "(a || b) + c");
  EXPECT_EQ(Canonical("(NOT (a = b)) AND (c OR d)"), "NOT a = b AND (c OR d)");
  EXPECT_EQ(Canonical("(a = b) IS NULL"), "a = b IS NULL");
  EXPECT_EQ(Canonical("a = (b IS NOT NULL)"), "a = (b IS NOT NULL)");
  EXPECT_EQ(Canonical("a IS NULL = b"), "(a IS NULL) = b");
  EXPECT_EQ(Canonical("a + NOT b = c"), "a + (NOT b = c)");
  EXPECT_EQ(Canonical("a != b AND c BETWEEN 1 AND 2 AND d NOT BETWEEN 3 AND 4 + 5"),
            "a <> b AND c BETWEEN 1 AND 2 AND d NOT BETWEEN 3 AND 4 + 5");
  EXPECT_EQ(Canonical("NOT a IN (1, b + 2) OR c NOT IN ('x')"),
            "NOT a IN (1, b + 2) OR c NOT IN ('x')");
  EXPECT_EQ(Canonical("(a AND b) AND (c AND d)"), "a AND b AND (c AND d)");
}

TEST(ParseFormula, NamesTheTokenAndItsPlaceInCharacters) {
  EXPECT_EQ(ParseError("'é' + )").message(), "unexpected \")\" at character 7 of the formula");
  EXPECT_EQ(ParseError("count +").message(), "unexpected end of the formula");
  EXPECT_EQ(ParseError("").message(), "unexpected end of the formula");
  EXPECT_EQ(ParseError("a b").message(), "unexpected \"b\" at character 3 of the formula");
  EXPECT_EQ(ParseError("a.b.c").message(), "unexpected \".\" at character 4 of the formula");
  EXPECT_EQ(ParseError("1.5.2").message(), "unexpected \"1.5.\" at character 1 of the formula");
  EXPECT_EQ(ParseError("2x").message(), "unexpected \"2x\" at character 1 of the formula");
  EXPECT_EQ(ParseError("1e+").message(), "unexpected \"1e+\" at character 1 of the formula");
  EXPECT_EQ(ParseError("a + é").message(), "unexpected \"é\" at character 5 of the formula");
  EXPECT_EQ(ParseError("a \x07").message(), "unexpected \"U+0007\" at character 3 of the formula");
  EXPECT_EQ(ParseError("a {b c}").message(), "unexpected \"{b c\" at character 3 of the formula");
  EXPECT_EQ(ParseError("a || 'b").message(),
            "string at character 6 of the formula has no closing quote");
  EXPECT_EQ(ParseError("1 + end").hint(),
            "A reference to a member of that name is written in braces.");
  for (const char* text : {"a < b < c", "a BETWEEN 1 AND 2 IN (3)", "CASE ELSE 1 END", "f(", "()",
                           "a IN ()", "a IS 1", "CASE WHEN a THEN 1", "a NOT NULL", "{1}", "{a"}) {
    EXPECT_EQ(ParseError(text).code(), Code::kSemanticInvalidModel) << text;
  }
}

TEST(ParseFormula, SaysWhatToWriteInstead) {
  EXPECT_EQ(ParseError("a -- b").hint(),
            "A formula holds no comments. Put a space between two minus signs.");
  EXPECT_EQ(ParseError("a /* b */").hint(), "A formula holds no comments.");
  EXPECT_EQ(ParseError("\"a\"").hint(),
            "Strings stand in single quotes, names that need it in braces.");
  EXPECT_EQ(ParseError("a::int").hint(), "A formula has no casts.");
  EXPECT_EQ(ParseError("a; b").hint(), "A formula is one expression.");
  EXPECT_EQ(ParseError("a ^ 2").hint(), "Use power(a, b).");
  EXPECT_EQ(ParseError("a = b = c").hint(), "Comparisons do not chain. Use AND.");
  EXPECT_EQ(ParseError("a BETWEEN 1").hint(), "Expected AND after the lower bound of BETWEEN.");
  const Status unknown = ParseError("1 + coalesc(a)");
  EXPECT_EQ(unknown.message(), "unknown function \"coalesc\" at character 5 of the formula");
  EXPECT_EQ(unknown.hint(), "Did you mean \"coalesce\"?");
  EXPECT_EQ(ParseError("pg_sleep(1)").code(), Code::kSemanticInvalidModel);
  EXPECT_EQ(ParseError("a $1").code(), Code::kSemanticInvalidModel);
}

TEST(ParseFormula, KeepsItsLimits) {
  EXPECT_TRUE(
      ParseFormula(Repeated("-(", kMaxFormulaDepth - 1) + "a" + Repeated(")", kMaxFormulaDepth - 1))
          .ok());
  EXPECT_EQ(ParseError(Repeated("- ", kMaxFormulaDepth) + "a").code(), Code::kLimitExceeded);
  EXPECT_EQ(ParseError(Repeated("(", 30000)).code(), Code::kLimitExceeded);
  EXPECT_EQ(ParseError("1" + Repeated("+1", kMaxFormulaDepth)).code(), Code::kLimitExceeded);
  EXPECT_TRUE(ParseFormula("a" + Repeated(" AND a", 5000)).ok());
  EXPECT_EQ(ParseError("a" + Repeated(" OR a", 10001)).code(), Code::kLimitExceeded);
  EXPECT_TRUE(ParseFormula(Repeated("sqrt(", 10) + "a" + Repeated(")", 10)).ok());
  EXPECT_EQ(ParseError(Repeated("sqrt(", 30) + "a" + Repeated(")", 30)).code(),
            Code::kLimitExceeded);
  EXPECT_EQ(ParseError(std::string(kMaxTextBytes + 1, ' ')).code(), Code::kLimitExceeded);
  EXPECT_EQ(ParseError("1e201").code(), Code::kLimitExceeded);
  EXPECT_EQ(ParseError("1e99999999999").code(), Code::kLimitExceeded);
  EXPECT_EQ(ParseError(std::string(kMaxNumberDigits + 1, '1')).code(), Code::kLimitExceeded);
  EXPECT_EQ(ParseError("'\xff'").code(), Code::kInvalidText);
}

TEST(ReferencesOf, ListsEachOnceInOrderOfFirstUse) {
  const Formula formula = ParseFormula("b + {a.x} / nullif(b, c) + a.x").value();
  EXPECT_EQ(ReferencesOf(formula), (std::vector<std::string>{"b", "a.x", "c"}));
  EXPECT_TRUE(ReferencesOf(ParseFormula("1").value()).empty());
}

TEST(CheckFormula, FindsTheType) {
  EXPECT_EQ(TypeOf("count / total"), FormulaType::kNumber);
  EXPECT_EQ(TypeOf("name || count"), FormulaType::kText);
  EXPECT_EQ(TypeOf("count > 1 AND NOT paid"), FormulaType::kBoolean);
  EXPECT_EQ(TypeOf("coalesce(null, any, day)"), FormulaType::kTime);
  EXPECT_EQ(TypeOf("coalesce(null, any)"), FormulaType::kUnknown);
  EXPECT_EQ(TypeOf("CASE WHEN paid THEN null END"), FormulaType::kNull);
  EXPECT_EQ(TypeOf("CASE WHEN paid THEN null ELSE 1.5 END"), FormulaType::kNumber);
  EXPECT_EQ(TypeOf("CASE name WHEN 'a' THEN day ELSE '2024-01-01' END"), FormulaType::kTime);
  EXPECT_EQ(TypeOf("day BETWEEN '2024-01-01' AND day"), FormulaType::kBoolean);
  EXPECT_EQ(TypeOf("nullif(null, 1)"), FormulaType::kNull);
  EXPECT_EQ(TypeOf("length(name) + null"), FormulaType::kNumber);
}

TEST(CheckFormula, QuotesWhatDoesNotFit) {
  const Status sum = CheckError("1 + (count + name)");
  EXPECT_EQ(sum.code(), Code::kSemanticTypeMismatch);
  EXPECT_EQ(sum.message(), "\"+\" takes numbers: \"name\" is text");
  EXPECT_EQ(sum.hint(), "Texts are joined by ||.");
  EXPECT_EQ(CheckError("CASE WHEN count THEN 1 END").message(),
            "\"CASE\" takes conditions: \"count\" is a number");
  EXPECT_EQ(CheckError("CASE WHEN paid THEN 1 ELSE 'one' END").message(),
            "\"CASE\" takes values of one type: \"1\" is a number, \"'one'\" is text");
  EXPECT_EQ(CheckError("paid AND name").message(), "\"AND\" takes conditions: \"name\" is text");
  EXPECT_EQ(CheckError("-day").message(), "\"-\" takes numbers: \"day\" is a time");
  EXPECT_EQ(CheckError("NOT 1").message(), "\"NOT\" takes conditions: \"1\" is a number");
  EXPECT_EQ(CheckError("count IN (1, 'a')").message(),
            "\"IN\" takes values of one type: \"count\" is a number, \"'a'\" is text");
  EXPECT_EQ(CheckError("lower(count)").message(), "\"lower\" takes text: \"count\" is a number");
  EXPECT_EQ(CheckError("round(1, 2, 3)").message(), "\"round\" takes 1 to 2 arguments, not 3");
  EXPECT_EQ(CheckError("abs()").message(), "\"abs\" takes 1 argument, not 0");
  EXPECT_EQ(CheckError("day = lower('2024')").code(), Code::kSemanticTypeMismatch);
  EXPECT_EQ(CheckError("CASE '2024-01-01' WHEN day THEN 1 END").code(),
            Code::kSemanticTypeMismatch);
  EXPECT_EQ(CheckError("coalesce(1, paid)").code(), Code::kSemanticTypeMismatch);
  EXPECT_EQ(CheckError("'" + Repeated("é", 100) + "' + 1").message(),
            "\"+\" takes numbers: \"'" + Repeated("é", 59) + "…\" is text");
}

TEST(EmitFormula, DividesTrulyAndSafely) {
  EXPECT_EQ(Sql("count / total"), "count::numeric / nullif(total, 0)");
  EXPECT_EQ(Sql("revenue / count"), "revenue / nullif(count, 0)");
  EXPECT_EQ(Sql("count / orders.weight"), "count / nullif(weight, 0)");
  EXPECT_EQ(Sql("any / other"), "1.0 * \"any\" / nullif(other, 0)");
  EXPECT_EQ(Sql("count / any"), "1.0 * count / nullif(\"any\", 0)");
  EXPECT_EQ(Sql("revenue / any"), "revenue / nullif(\"any\", 0)");
  EXPECT_EQ(Sql("100 * count / (total + 1)"), "(100 * count)::numeric / nullif(total + 1, 0)");
  EXPECT_EQ(Sql("count / 100 / -2.5"), "count::numeric / 100 / -2.5");
  EXPECT_EQ(Sql("count / 0"), "count::numeric / nullif(0, 0)");
  EXPECT_EQ(Sql("revenue / nullif(count, 0)"), "revenue / nullif(count, 0)");
  EXPECT_EQ(Sql("revenue / nullif(count, 1)"), "revenue / nullif(nullif(count, 1), 0)");
  EXPECT_EQ(Sql("safe_divide(revenue, count)"), "revenue / nullif(count, 0)");
  EXPECT_EQ(Sql("price / null"), "price::numeric / nullif(NULL::numeric, 0)");
  EXPECT_EQ(Sql("count % total"), "count % nullif(total, 0)");
  EXPECT_EQ(Sql("mod(orders.weight, 2)"), "weight::numeric % 2");
}

TEST(EmitFormula, MakesNullOfWhatIsUndefined) {
  EXPECT_EQ(Sql("sqrt(count)"), "CASE WHEN count >= 0 THEN sqrt(count) END");
  EXPECT_EQ(Sql("sqrt(2)"), "sqrt(2)");
  EXPECT_EQ(Sql("sqrt(-2)"), "CASE WHEN -2 >= 0 THEN sqrt(-2) END");
  EXPECT_EQ(Sql("ln(revenue)"), "ln(nullif(greatest(revenue, 0), 0))");
  EXPECT_EQ(Sql("ln(2.5)"), "ln(2.5)");
  EXPECT_EQ(Sql("power(revenue, 2)"), "power(revenue, 2)");
  EXPECT_EQ(Sql("power(revenue, -1)"), "power(nullif(revenue, 0), -1)");
  EXPECT_EQ(Sql("power(revenue, 0.5)"), "CASE WHEN revenue >= 0 THEN power(revenue, 0.5) END");
  EXPECT_EQ(Sql("power(revenue, -.5)"), "CASE WHEN revenue > 0 THEN power(revenue, -.5) END");
  EXPECT_EQ(Sql("power(2, count)"),
            "CASE WHEN 2 > 0 OR 2 = 0 AND count >= 0 OR 2 < 0 AND count = trunc(count) "
            "THEN power(2, count) END");
}

TEST(EmitFormula, ChoosesOperatorsThatTheServerHas) {
  EXPECT_EQ(Sql("round(count)"), "round(count::numeric)");
  EXPECT_EQ(Sql("round(orders.weight)"), "round(weight)");
  EXPECT_EQ(Sql("round(orders.weight, 2)"), "round(weight::numeric, 2)");
  EXPECT_EQ(Sql("round(revenue, count)"), "round(revenue, count::integer)");
  EXPECT_EQ(Sql("-null + 1"), "-NULL::numeric + 1");
  EXPECT_EQ(Sql("count || name || 'x'"), "count::text || name || 'x'");
  EXPECT_EQ(Sql("lower(mood)"), "lower(mood::text)");
  EXPECT_EQ(Sql("mood = 'good'"), "mood = 'good'");
  EXPECT_EQ(Sql("mood = name"), "mood::text = name");
  EXPECT_EQ(Sql("coalesce(mood, 'none')"), "coalesce(mood::text, 'none')");
  EXPECT_EQ(Sql("price * 2"), "price::numeric * 2");
  EXPECT_EQ(Sql("coalesce(null, null) + count"), "NULL::numeric + count");
  EXPECT_EQ(Sql("hidden + count"), "NULL::numeric + count");
  EXPECT_EQ(Sql("CASE null WHEN 1 THEN 2 ELSE 3 END"), "CASE WHEN false THEN 2 ELSE 3 END");
}

TEST(EmitFormula, PrintsEveryOtherForm) {
  EXPECT_EQ(Sql("CASE total WHEN 1 THEN 'one' WHEN 2 THEN null ELSE name END"),
            "CASE total WHEN 1 THEN 'one' WHEN 2 THEN NULL ELSE name END");
  EXPECT_EQ(Sql("CASE WHEN NOT paid OR count IN (1, 2) THEN day END"),
            "CASE WHEN NOT paid OR count IN (1, 2) THEN day END");
  EXPECT_EQ(Sql("count NOT IN (1) AND total NOT BETWEEN 1 + 1 AND 2 + 2"),
            "count NOT IN (1) AND total NOT BETWEEN (1 + 1) AND 2 + 2");
  EXPECT_EQ(Sql("(day BETWEEN day AND '2024-01-01') = true IS NOT NULL"),
            "day BETWEEN day AND '2024-01-01' = true IS NOT NULL");
  EXPECT_EQ(Sql("greatest(abs(-count), exp(1), floor(speed)) <= length(upper('a\\b'))"),
            "greatest(abs(-count), exp(1), floor(speed)) <= length(upper(E'a\\\\b'))");
  EXPECT_EQ(Sql("concat(name, count, null)"), "concat(name, count::text, NULL::text)");
}

TEST(EmitFormula, FollowsTypes) {
  EXPECT_EQ(Emitted("count").type, SqlType::kBigInteger);
  EXPECT_EQ(Emitted("total + 1").type, SqlType::kInteger);
  EXPECT_EQ(Emitted("total * 3000000000").type, SqlType::kBigInteger);
  EXPECT_EQ(Emitted("total - 99999999999999999999").type, SqlType::kNumeric);
  EXPECT_EQ(Emitted("count / total").type, SqlType::kNumeric);
  EXPECT_EQ(Emitted("speed + total").type, SqlType::kDouble);
  EXPECT_EQ(Emitted("-speed").type, SqlType::kReal);
  EXPECT_EQ(Emitted("coalesce(total, null, 1.5)").type, SqlType::kNumeric);
  EXPECT_EQ(Emitted("CASE WHEN paid THEN total ELSE orders.weight END").type, SqlType::kDouble);
  EXPECT_EQ(Emitted("CASE WHEN paid THEN 'a' END").type, SqlType::kText);
  EXPECT_EQ(Emitted("nullif(total, 2.5)").type, SqlType::kNumeric);
  EXPECT_EQ(Emitted("nullif(total, 0)").type, SqlType::kInteger);
  EXPECT_EQ(Emitted("greatest(day, '2024-01-01')").type, SqlType::kDate);
  EXPECT_EQ(Emitted("any / 2").type, SqlType::kUnknown);
  EXPECT_EQ(Emitted("any / 2").kind, FormulaType::kNumber);
  EXPECT_EQ(Emitted("any = 2").type, SqlType::kBoolean);
  EXPECT_EQ(Emitted("sqrt(count)").type, SqlType::kDouble);
  EXPECT_EQ(Emitted("null").kind, FormulaType::kNull);
}

TEST(EmitFormula, StaysSmallWhereFormulasNest) {
  std::string text = "any";
  for (int i = 0; i < 40; ++i) text = "(" + text + " BETWEEN 1 AND 2) IN (true)";
  EXPECT_LT(Sql("CASE " + Repeated("coalesce(", 50) + text + Repeated(")", 50) +
                " WHEN true THEN 1 WHEN false THEN 2 END")
                .size(),
            10000U);
}

}  // namespace
}  // namespace loupe::semantic

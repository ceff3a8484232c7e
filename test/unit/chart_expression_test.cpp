#include "core/chart/expression/expression.hpp"

#include <cmath>
#include <vector>

#include "chart_expression_scope.hpp"
#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

struct Case {
  const char* text;
  const char* value;
};

void ExpectAll(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(Evaluated(c.text), c.value) << c.text;
}

TEST(Expression, CalculatesAsEcmaScript) {
  ExpectAll({{"5/2", "2.5"},
             {"-5 % 3", "-2"},
             {"5 % 0", "NaN"},
             {"1/0", "Infinity"},
             {"0.1+0.2", "0.30000000000000004"},
             {"1 + 2 * 3 - 4 / 2", "5"},
             {"(1 + 2) * 3", "9"},
             {"2 - 3 - 4", "-5"},
             {"1 << 33", "2"},
             {"-1 >>> 0", "4294967295"},
             {"-9 >> 1", "-5"},
             {"6 & 3 | 8 ^ 1", "11"},
             {"~2.7", "-3"},
             {"0x1F + 1e2 + .5", "131.5"}});
}

TEST(Expression, ConvertsAsEcmaScript) {
  ExpectAll({{"'5' + 1", "\"51\""},
             {"'5' * 1", "5"},
             {"+' 12 '", "12"},
             {"+'0x1f'", "31"},
             {"+'1_0'", "NaN"},
             {"+'1e999'", "Infinity"},
             {"+'1e-999'", "0"},
             {"+''", "0"},
             {"-0 + ''", "\"0\""},
             {"1e21 + ''", "\"1e+21\""},
             {"[1, [2, 3], null] + ''", "\"1,2,3,\""},
             {"{a: 1} + ''", "\"[object Object]\""},
             {"null + 1", "1"},
             {"datum.missing + 1", "NaN"},
             {"true + true", "2"},
             {"![]", "false"},
             {"!''", "true"}});
}

TEST(Expression, ComparesAsEcmaScript) {
  ExpectAll({{"1 == '1'", "true"},
             {"1 === '1'", "false"},
             {"null == 0", "false"},
             {"datum.missing == null", "true"},
             {"datum.missing === null", "false"},
             {"NaN == NaN", "false"},
             {"NaN <= NaN", "false"},
             {"'b' > 'a'", "true"},
             {"'10' < '9'", "true"},
             {"'10' < 9", "false"},
             {"[7] == 7", "true"},
             {"[1] == [1]", "false"},
             {"datum.list === datum.list", "true"},
             {"'b' in datum.o", "true"},
             {"3 in [1, 2]", "false"}});
}

TEST(Expression, ChoosesAndStopsEarly) {
  ExpectAll({{"datum.a > 2 ? 'x' : 'y'", "\"x\""},
             {"0 || 'a'", "\"a\""},
             {"0 && unknown", "0"},
             {"true || unknown", "true"},
             {"false ? unknown : 1", "1"},
             {"1 ? 2 ? 3 : 4 : 5", "3"},
             {"if(0, unknown, 2)", "2"},
             {"1 || 0 && 0", "1"}});
}

TEST(Expression, ReadsMembers) {
  ExpectAll({{"datum.o.b.c", "7"},
             {"datum['a.b']", "5"},
             {"datum[datum.key]", "3"},
             {"datum.list[1]", "1"},
             {"datum.list.length", "3"},
             {"datum.s[2]", "\"c\""},
             {"datum.none.x.y", "null"},
             {"{a: [1, {'b c': 2}],}.a[1]['b c']", "2"},
             {"width / limit", "100"},
             {"datum.in", "null"},
             {"PI > 3 && E < 3 && MAX_VALUE > 1", "true"}});
}

TEST(Expression, ReadsTexts) {
  ExpectAll({{R"("\u00e9\x41\n\'" + '"')", R"("éA\n'\"")"},
             {R"('\ud83d\ude00')", "\"😀\""},
             {R"('\u{1f600}')", "\"😀\""},
             {"'a\\\nb'", "\"ab\""}});
}

TEST(Expression, TellsWhatItReads) {
  const Result<Expression> parsed =
      Expression::Parse("datum.b + datum['c d'] + datum.b + limit + PI + width", "");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed.value().fields(), (std::vector<std::string>{"b", "c d"}));
  EXPECT_EQ(parsed.value().signals(), (std::vector<std::string>{"limit", "width"}));
  EXPECT_FALSE(parsed.value().reads_whole_datum());
  EXPECT_TRUE(Expression::Parse("datum[limit]", "").value().reads_whole_datum());
  EXPECT_TRUE(Expression::Parse("length(datum)", "").value().reads_whole_datum());
}

TEST(Expression, RefusesWhatIsNone) {
  for (const char* text :
       {"",   "1 +",          "1 2",   "(1",  "[1",       "{a}",        "a = 1", "a++",   "datum.",
        "'a", "/a",           "1a",    "010", "2 ** 3",   "new Date()", "this",  "a.b()", "// x",
        "1;", "{a: 1, a: 2}", "'\\1'", "_",   "typeof 1", "/(/",        "/a/q",  "#"}) {
    const Result<Expression> parsed = Expression::Parse(text, "/x");
    ASSERT_FALSE(parsed.ok()) << text;
    EXPECT_EQ(parsed.status().code(), Code::kChartInvalidSpec) << text;
    EXPECT_EQ(parsed.status().pointer(), "/x") << text;
  }
  EXPECT_EQ(Expression::Parse("1 + )", "").status().detail(),
            "The error is at byte 4 of the expression.");
}

TEST(Expression, NamesFunctionsThatAreNotThere) {
  const Status unknown = Expression::Parse("flor(1)", "/x").status();
  EXPECT_EQ(unknown.message(), "expressions know no function \"flor\"");
  EXPECT_EQ(unknown.hint(), "Did you mean \"floor\"?");
  const Status scale = Expression::Parse("scale('x', 1)", "/x").status();
  EXPECT_EQ(scale.code(), Code::kChartNotSupported);
  EXPECT_EQ(scale.message(), "function \"scale\" is not supported in expressions");
  EXPECT_EQ(Expression::Parse("clamp(1, 2)", "").status().code(), Code::kChartInvalidSpec);
  EXPECT_EQ(Expression::Parse("if(1, 2)", "").status().code(), Code::kChartInvalidSpec);
  EXPECT_EQ(Evaluated("nothing + 1"),
            "error: an expression reads the parameter \"nothing\", which is not known");
}

std::string Repeated(const std::string& part, std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += part;
  return text;
}

TEST(Expression, LimitsDepthAndLength) {
  const std::size_t deep = 100'000 / 4;
  for (const std::string& text :
       {Repeated("(", deep), Repeated("[", deep), Repeated("!", deep), Repeated("-(", deep),
        Repeated("1?", deep), Repeated("abs(", deep / 2), "1" + Repeated("+1", deep),
        "a" + Repeated(".b", deep), "a" + Repeated("[0]", deep / 2),
        Repeated("a?b:", deep / 2) + "c"}) {
    EXPECT_EQ(Expression::Parse(text, "").status().code(), Code::kLimitExceeded)
        << text.substr(0, 8);
  }
  const std::string mega = "'" + std::string(1 << 20, 'x') + "'";
  EXPECT_EQ(Expression::Parse(mega, "").status().code(), Code::kLimitExceeded);
  EXPECT_EQ(Evaluated(Repeated("(", 200) + "1" + Repeated(")", 200)), "1");
}

TEST(Expression, LimitsWhatItBuilds) {
  std::string doubled = "'0123456789'";
  for (int i = 0; i < 6; ++i) doubled = "replace(" + doubled + ", /./g, '$&$&$&$&$&$&$&$&$&$&')";
  for (const std::string& text :
       {std::string("pad('x', 1e9)"), std::string("pad('x', 1/0)"), std::string("sequence(1e9)"),
        std::string("sequence(0, 1, 1e-12)"),
        std::string("replace(pad('', 1e5), / /g, pad('', 1e5))"),
        std::string("join(sequence(1e4), pad('', 1e5))"), doubled,
        std::string("timeSequence('milliseconds', 0, 1e12)"),
        std::string("replace(pad('', 1e6), ' ', '$`$&$&$&$&$&') + pad('', 4194304)")}) {
    EXPECT_EQ(TryEvaluate(text).status().code(), Code::kLimitExceeded) << text.substr(0, 40);
  }
}

TEST(Expression, CountsAllRowsTogether) {
  const Result<Expression> parsed = Expression::Parse("pad('', 1e6)", "/x");
  ASSERT_TRUE(parsed.ok());
  ExpressionBudget budget;
  Status status;
  int rows = 0;
  for (; rows < 10'000 && status.ok(); ++rows) {
    status = parsed.value().Evaluate(SampleScope(), Context(), &budget).status();
  }
  EXPECT_EQ(status.code(), Code::kLimitExceeded);
  EXPECT_EQ(status.pointer(), "/x");
  EXPECT_GT(rows, 100);
  budget = {kMaxExpressionSteps, 0};
  EXPECT_EQ(parsed.value().Evaluate(SampleScope(), Context(), &budget).status().code(),
            Code::kLimitExceeded);
}

TEST(Expression, PollsItsHost) {
  int polls = 0;
  const Context context([](void* data) { ++*static_cast<int*>(data); }, &polls);
  const Result<Expression> parsed = Expression::Parse("test(/(a*)*b/, pad('', 25, 'a'))", "");
  ExpressionBudget budget;
  budget.steps = kMaxExpressionSteps - 100'000;
  const Result<Json> value = parsed.value().Evaluate(SampleScope(), context, &budget);
  EXPECT_EQ(value.status().code(), Code::kLimitExceeded);
  EXPECT_GT(polls, 50);
}

TEST(Expression, OffersItsConversions) {
  EXPECT_TRUE(Truthy(Json("0")));
  EXPECT_FALSE(Truthy(Json(std::nan(""))));
  EXPECT_EQ(ExpressionText(Json(1e-7)), "1e-7");
  EXPECT_TRUE(std::isnan(ExpressionNumber(Json("x"))));
  EXPECT_EQ(ExpressionNumber(Json::FromArray({Json("4")})), 4);
}

}  // namespace
}  // namespace loupe::chart

#include <cmath>
#include <vector>

#include "chart_expression_scope.hpp"
#include "core/chart/expression/functions.hpp"
#include "core/chart/expression/pattern.hpp"

namespace loupe::chart {
namespace {

struct Case {
  const char* text;
  const char* value;
};

void ExpectAll(const std::vector<Case>& cases) {
  for (const Case& c : cases) EXPECT_EQ(Evaluated(c.text), c.value) << c.text;
}

TEST(ExpressionFunction, OfNumbers) {
  ExpectAll({{"round(-2.5) + round(2.5)", "1"},
             {"clamp(12, 0, 10)", "10"},
             {"max()", "-Infinity"},
             {"max(1, NaN)", "NaN"},
             {"pow(1, 1/0)", "NaN"},
             {"pow(2, 10)", "1024"},
             {"hypot(3, 4)", "5"},
             {"isNaN('x')", "false"},
             {"isNaN(NaN)", "true"},
             {"isFinite('1')", "false"},
             {"random() == random()", "false"},
             {"random()", "0.5823075997560786"}});
}

TEST(ExpressionFunction, OfDistributions) {
  ExpectAll({{"round(quantileNormal(0.975) * 1e9)", "1959963985"},
             {"round(cumulativeNormal(3, 1, 2) * 1e9)", "841344746"},
             {"round(densityNormal(0) * 1e9)", "398942280"},
             {"quantileNormal(2)", "NaN"},
             {"round(cumulativeNormal(quantileNormal(1e-6)) * 1e12)", "1000000"},
             {"densityLogNormal(-1)", "0"},
             {"cumulativeUniform(3, 4)", "0.75"},
             {"quantileUniform(0.5, 2, 4)", "3"},
             {"isNumber(sampleNormal()) && sampleUniform(2, 3) >= 2", "true"}});
}

TEST(ExpressionFunction, OfDates) {
  ExpectAll({{"+datetime(2020, 0, 1)", "1577836800000"},
             {"utc(99, 11, 31)", "946598400000"},
             {"datetime(2020, 0, 1) < datetime(2020, 0, 2)", "true"},
             {"datetime(2020, 0, 1) == utc(2020, 0)", "true"},
             {"month('2020-05-06') * 100 + date('2020-05-06')", "406"},
             {"quarter('2020-05-06') + day('2020-05-06')", "5"},
             {"[week(datetime(2024, 0, 7)), isoweek(datetime(2021, 0, 1))]", "[1,53]"},
             {"dayofyear('2020-12-31')", "366"},
             {"hours('2020-01-01T15:04:05Z') + minutes('2020-01-01T15:04:05Z')", "19"},
             {"year('nonsense')", "NaN"},
             {"timezoneoffset(0)", "0"},
             {"+timeOffset('month', datetime(2020, 0, 31))", "1583107200000"},
             {"+timeOffset('quarter', datetime(2020, 1, 15), 1)", "1586908800000"},
             {"length(timeSequence('month', datetime(2020, 0, 15), datetime(2020, 4, 1)))", "3"},
             {"timeSequence('date', 0, 86400001)", "[0,86400000]"},
             {"now()", "error: the current time is not known to expressions"}});
}

TEST(ExpressionFunction, OfFormats) {
  ExpectAll({{"format(1234.5, ',.2f')", "\"1,234.50\""},
             {"format(null, 'd')", "\"null\""},
             {"timeFormat(datetime(2020, 1, 29), '%Y-%m-%d %b %A')", "\"2020-02-29 Feb Saturday\""},
             {"timeFormat(datetime(2020, 0, 1))", "\"2020\""},
             {"+timeParse('03/07/2024 5 PM', '%m/%d/%Y %I %p')", "1709830800000"},
             {"timeParse('x', '%Y')", "null"},
             {"+utcParse('2024-03-07T01:00+0130', '%Y-%m-%dT%H:%M%Z')", "1709767800000"},
             {"timeUnitSpecifier(['month', 'year'])", "\"%Y-%m\""},
             {"timeUnitSpecifier('hours', {hours: '%H h'})", "\"%H h\""},
             {"monthFormat(0) + monthAbbrevFormat(11) + dayFormat(0) + dayAbbrevFormat(6)",
              "\"JanuaryDecSundaySat\""},
             {"monthFormat('x')", "\"\""}});
  EXPECT_EQ(TryEvaluate("format(1, 'q')").status().code(), Code::kChartInvalidSpec);
  EXPECT_EQ(TryEvaluate("timeOffset('eon', 0)").status().code(), Code::kChartInvalidSpec);
}

TEST(ExpressionFunction, OfLists) {
  ExpectAll({{"sort([3, '1', null, 2, NaN + ''])", "[null,\"NaN\",\"1\",2,3]"},
             {"sort(['b', 'a', '10', '9'])", "[\"10\",\"9\",\"a\",\"b\"]"},
             {"extent([3, NaN, null, 1])", "[1,3]"},
             {"extent([])", "[null,null]"},
             {"clampRange([-1, 2], 0, 10)", "[0,3]"},
             {"inrange(2, [3, 1]) && !inrange(3, [1, 3], true, false)", "true"},
             {"indexof([1, '2', 2], 2) + lastindexof('abcabc', 'c')", "7"},
             {"join([1, null, 'a'], '-')", "\"1--a\""},
             {"lerp([0, 10], 0.3)", "3"},
             {"interpolateLinear([0, 10, 0], 0.75)", "5"},
             {"peek([1, 2]) + span([1, 5, 8])", "9"},
             {"pluck([{a: {b: 1}}, {}], 'a.b')", "[1,null]"},
             {"reverse([1, 2])", "[2,1]"},
             {"slice([1, 2, 3], -2) + slice('hello', -3, -1)", "\"2,3ll\""},
             {"sequence(10, 0, -4)", "[10,6,2]"},
             {"merge({a: 1}, {a: 2, b: 3})", "{\"a\":2,\"b\":3}"}});
  EXPECT_EQ(TryEvaluate("join('a')").status().message(),
            "function \"join\" of an expression takes a list, not a text");
}

TEST(ExpressionFunction, OfTexts) {
  ExpectAll(
      {{"length('né😀')", "3"},
       {"upper('straße éж') + lower('ÀŸΣ')", "\"STRASSE ÉЖàÿσ\""},
       {"substring('hello', 3, 1) + substring('é1', 1)", "\"el1\""},
       {"pad('5', 3, '0', 'left') + pad('a', 4, '-', 'center') + pad('b', 2)", "\"005-a--b \""},
       {"truncate('hello world', 7) + truncate('hello', 3, 'left')", "\"hello ……lo\""},
       {"truncate('hello world', 6, 'center', '..')", "\"he..ld\""},
       {"trim('\\t x\\u00a0') + '|'", "\"x|\""},
       {"parseInt('0x1f') + parseInt('12px') + parseInt('z', 36)", "78"},
       {"parseFloat('3.5e1abc') + parseFloat('-.5')", "34.5"},
       {"parseFloat('x')", "NaN"},
       {"split('a,b,c', ',', 2)", "[\"a\",\"b\"]"},
       {"btoa('häll') + atob('aOQ=')", "\"aORsbA==hä\""},
       {"encodeURIComponent('a b/é')", "\"a%20b%2F%C3%A9\""},
       {"replace('aaa', 'a', '$&$&$$')", "\"aa$aa\""}});
}

TEST(ExpressionFunction, OfRegularExpressions) {
  ExpectAll({{"replace('abcabc', /b(c)/g, '[$1$&]')", "\"a[cbc]a[cbc]\""},
             {"replace('2024-03', /(?<y>\\d+)-(?<m>\\d+)/, '$<m>.$<y>')", "\"03.2024\""},
             {"replace('abc', /x*/g, '-')", "\"-a-b-c-\""},
             {"split('a1b22c', /(\\d)+/)", "[\"a\",\"1\",\"b\",\"2\",\"c\"]"},
             {"split('abc', /(?:)/)", "[\"a\",\"b\",\"c\"]"},
             {"test(/^a.c$/i, 'ABC')", "true"},
             {"test(regexp('^b', 'm'), 'a\\nb')", "true"},
             {"test('[^\\\\w-]', 'a-b')", "false"},
             {"test(/\\bcat\\b/, 'concat')", "false"},
             {"test(/(a|b)\\1/, 'ab')", "false"},
             {"test(/^a{2,3}$/, 'aaaa')", "false"},
             {"replace('<<a>>', /<.+?>/, '')", "\">\""},
             {"/a\\/[/]/gi + ''", "\"/a\\\\/[/]/gi\""},
             {"isRegExp(/a/) && test(/é./u, 'é😀')", "true"}});
  EXPECT_EQ(Expression::Parse("/a(?=b)/", "").status().code(), Code::kChartNotSupported);
}

TEST(ExpressionFunction, PatternsKeepWithinTheirBudget) {
  for (const char* source :
       {"(((a{1000}){1000}){1000})", "(?:(?:(?:(?:){1000}){1000}){1000}){9}"}) {
    EXPECT_EQ(Pattern::Parse(source, "").status().code(), Code::kLimitExceeded) << source;
  }
  EXPECT_EQ(Pattern::Parse(std::string(1000, '(') + std::string(1000, ')'), "").status().code(),
            Code::kLimitExceeded);
  for (const char* source : {"a**", "[b-a]", "(", ")", "a{2,1}", "\\", "(?x)", "\\2(a)"}) {
    EXPECT_EQ(Pattern::Parse(source, "").status().code(), Code::kChartInvalidSpec) << source;
  }
  std::size_t steps = 0;
  const Pattern::Meter meter = [&steps](std::size_t more) {
    steps += more;
    return steps < 100'000 ? Status::Ok() : Status(Code::kLimitExceeded, "steps");
  };
  const Pattern pattern = Pattern::Parse("(a*)*b", "").value();
  EXPECT_EQ(pattern.Find(std::string(40, 'a'), 0, meter).status().code(), Code::kLimitExceeded);
}

TEST(ExpressionFunction, OfKinds) {
  ExpectAll({{"isDefined(datum.none) && !isDefined(datum.missing)", "true"},
             {"isValid(0) && !isValid(NaN) && !isValid(null)", "true"},
             {"isDate(datetime(2020)) && !isDate(0)", "true"},
             {"isArray([]) && isObject([]) && isObject({}) && !isObject(null)", "true"},
             {"isString('') && isBoolean(false) && isNumber(NaN)", "true"},
             {"[toBoolean('false'), toBoolean(''), toBoolean('x')]", "[false,null,true]"},
             {"toNumber('') == null && toNumber('3') === 3", "true"},
             {"toDate('2020-01-01')", "1577836800000"},
             {"toString(5) + toString(datetime(0))",
              "\"5Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)\""}});
}

TEST(ExpressionFunction, OfColors) {
  ExpectAll({{"rgb('steelblue')", "\"rgb(70, 130, 180)\""},
             {"rgb(1, 2, 300, 0.5) + ''", "\"rgba(1, 2, 255, 0.5)\""},
             {"rgb('#102030').g", "32"},
             {"round(hsl('steelblue').h * 100)", "20727"},
             {"hsl(120, 1, 0.25)", "\"rgb(0, 128, 0)\""},
             {"rgb(hcl('steelblue'))", "\"rgb(70, 130, 180)\""},
             {"lab(50, 0, 0)", "\"rgb(119, 119, 119)\""},
             {"round(contrast('white', 'black'))", "21"},
             {"luminance('white')", "1"}});
}

}  // namespace
}  // namespace loupe::chart

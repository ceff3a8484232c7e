#include "core/chart/data/predicate.hpp"

#include <vector>

#include "chart_expression_scope.hpp"
#include "core/chart/data/field_path.hpp"

namespace loupe::chart {
namespace {

const char* const kRow = R"({"a": 3, "s": "abc", "n": "12", "none": null, "t": true,
                             "o": {"b": [1, {"c": 7}]}, "x.y": 5,
                             "day": "2006-03-15", "time": 1142380800000})";

Result<bool> TryTest(const std::string& predicate) {
  const Result<Predicate> parsed = Predicate::Parse(ParseJson(predicate).value(), "/f");
  if (!parsed.ok()) return parsed.status();
  ExpressionBudget budget;
  const TestScope scope(ParseJson(kRow).value(), Json::Of({{"limit", 2}, {"off", false}}));
  return parsed.value().Test(scope, Context(), &budget);
}

void ExpectAll(bool expected, const std::vector<const char*>& predicates) {
  for (const char* predicate : predicates) {
    const Result<bool> kept = TryTest(predicate);
    ASSERT_TRUE(kept.ok()) << predicate << kept.status().message();
    EXPECT_EQ(kept.value(), expected) << predicate;
  }
}

TEST(Predicate, ComparesFields) {
  ExpectAll(true, {R"({"field": "a", "equal": 3})", R"({"field": "s", "equal": "abc"})",
                   R"({"field": "n", "equal": 12})", R"({"field": "a", "equal": "3"})",
                   R"({"field": "t", "equal": true})", R"({"field": "a", "lt": 4})",
                   R"({"field": "a", "lte": 3})", R"({"field": "a", "gt": 2})",
                   R"({"field": "a", "gte": 3})", R"({"field": "s", "lt": "abd"})",
                   R"({"field": "none", "lt": 5})", R"({"field": "a", "oneOf": [1, 3]})",
                   R"({"field": "s", "oneOf": ["abc"]})",
                   R"({"field": "a", "equal": {"expr": "limit + 1"}})"});
  ExpectAll(false, {R"({"field": "a", "equal": 4})", R"({"field": "a", "lt": 3})",
                    R"({"field": "a", "gt": 3})", R"({"field": "missing", "gte": 0})",
                    R"({"field": "a", "oneOf": []})", R"({"field": "s", "gt": 0})",
                    R"({"field": "t", "equal": false})"});
}

TEST(Predicate, TestsRanges) {
  ExpectAll(true, {R"({"field": "a", "range": [3, 4]})", R"({"field": "a", "range": [4, 1]})",
                   R"({"field": "a", "range": [null, 3]})", R"({"field": "a", "range": [3, null]})",
                   R"({"field": "a", "range": [null, null]})",
                   R"({"field": "a", "range": {"expr": "[limit, 5]"}})",
                   R"({"field": "a", "range": [{"expr": "limit"}, 5]})"});
  ExpectAll(false, {R"({"field": "a", "range": [4, 5]})", R"({"field": "a", "range": [null, 2]})",
                    R"({"field": "a", "range": [4, null]})"});
}

TEST(Predicate, TellsValidValues) {
  ExpectAll(true, {R"({"field": "a", "valid": true})", R"({"field": "none", "valid": false})",
                   R"({"field": "missing", "valid": false})", R"({"field": "n", "valid": true})"});
  ExpectAll(false, {R"({"field": "none", "valid": true})", R"({"field": "a", "valid": false})",
                    R"({"field": "s", "valid": true})"});
}

TEST(Predicate, ComparesTimes) {
  ExpectAll(
      true,
      {R"({"field": "day", "timeUnit": "year", "equal": 2006})",
       R"({"field": "time", "timeUnit": "month", "equal": "march"})",
       R"({"field": "time", "timeUnit": "month", "equal": 3})",
       R"({"field": "day", "timeUnit": "day", "equal": "wed"})",
       R"({"field": "day", "timeUnit": "yearmonth", "equal": {"year": 2006, "month": "mar"}})",
       R"({"field": "day", "timeUnit": {"unit": "quarter"}, "equal": 1})",
       R"({"field": "day", "range": [{"year": 2006, "month": 1}, {"year": 2006, "month": 4}]})",
       R"({"field": "day", "equal": {"year": 2006, "month": 3, "date": 15}})",
       R"({"field": "day", "timeUnit": "yearmonth", "lt": "2006-04-01"})"});
  ExpectAll(false, {R"({"field": "day", "timeUnit": "year", "equal": 2007})",
                    R"({"field": "day", "gt": {"year": 2006, "quarter": 2}})",
                    R"({"field": "s", "timeUnit": "year", "equal": 2006})",
                    R"({"field": "none", "lt": {"year": 2006}})"});
}

TEST(Predicate, CombinesOthers) {
  ExpectAll(true, {R"({"and": ["datum.a == 3", {"field": "s", "equal": "abc"}]})",
                   R"({"or": ["datum.a == 4", {"not": "datum.a == 4"}]})", R"({"and": []})",
                   R"("datum.a > limit")"});
  ExpectAll(false, {R"({"and": ["true", {"or": []}]})", R"({"not": {"and": []}})", R"("''")"});
}

TEST(Predicate, TakesSelectionsForEmpty) {
  ExpectAll(true, {R"({"param": "brush"})", R"({"param": "limit"})",
                   R"({"param": "limit", "empty": false})"});
  ExpectAll(false, {R"({"param": "brush", "empty": false})", R"({"param": "off"})"});
}

TEST(Predicate, FollowsPaths) {
  ExpectAll(true, {R"({"field": "o.b[1].c", "equal": 7})", R"({"field": "o['b'][0]", "equal": 1})",
                   R"({"field": "x\\.y", "equal": 5})", R"({"field": "x.y", "equal": 5})"});
  ExpectAll(false, {R"({"field": "o.b[9].c", "valid": true})",
                    R"({"field": "o.b[1x].c", "valid": true})"});
  EXPECT_EQ(SplitFieldPath("a['b.c'].d[0]"), (std::vector<std::string>{"a", "b.c", "d", "0"}));
  EXPECT_EQ(SplitFieldPath("a\\.b\\[c"), (std::vector<std::string>{"a.b[c"}));
}

TEST(Predicate, TellsWhatItReads) {
  const Json json = ParseJson(R"({"and": ["datum.a > limit", {"field": "o.b", "equal": 1},
                                          {"param": "brush"}]})")
                        .value();
  const Result<Predicate> parsed = Predicate::Parse(json, "");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed.value().fields(), (std::vector<std::string>{"a", "o", "o.b"}));
  EXPECT_EQ(parsed.value().signals(), (std::vector<std::string>{"limit", "brush"}));
  EXPECT_FALSE(parsed.value().reads_whole_datum());
}

TEST(Predicate, RefusesWhatIsNone) {
  struct Case {
    const char* text;
    const char* pointer;
  };
  for (const Case& c :
       std::vector<Case>{{"3", "/f"},
                         {"{}", "/f"},
                         {R"({"field": "a"})", "/f"},
                         {R"({"field": 3, "equal": 1})", "/f/field"},
                         {R"({"field": "a", "range": [1]})", "/f/range"},
                         {R"({"field": "a", "oneOf": 1})", "/f/oneOf"},
                         {R"({"field": "a", "valid": 1})", "/f/valid"},
                         {R"({"field": "a", "equal": {"x": 1}})", "/f/equal"},
                         {R"({"field": "a", "equal": {"year": 2006, "mont": 1}})", "/f/equal/mont"},
                         {R"({"field": "a", "equal": {"month": "foo"}})", "/f/equal/month"},
                         {R"({"field": "a", "timeUnit": "eon", "equal": 1})", "/f/timeUnit"},
                         {R"({"and": ["true", "1 +"]})", "/f/and/1"},
                         {R"({"or": {}})", "/f/or"},
                         {R"({"param": 1})", "/f/param"}}) {
    const Status status = TryTest(c.text).status();
    EXPECT_EQ(status.code(), Code::kChartInvalidSpec) << c.text;
    EXPECT_EQ(status.pointer(), c.pointer) << c.text;
  }
}

TEST(Predicate, LimitsDepth) {
  Json json("true");
  for (int i = 0; i < 300; ++i) json = Json::Of({{"not", json}});
  EXPECT_EQ(Predicate::Parse(json, "").status().code(), Code::kLimitExceeded);
}

}  // namespace
}  // namespace loupe::chart

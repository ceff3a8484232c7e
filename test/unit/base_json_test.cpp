#include "core/base/json.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <string>

namespace loupe {
namespace {

Json Parsed(std::string_view text) {
  Result<Json> result = ParseJson(text);
  EXPECT_TRUE(result.ok()) << text << ": " << result.status().message();
  return result.ok() ? result.value() : Json();
}

TEST(Json, ReadsEveryKindOfValue) {
  const Json value = Parsed(R"({"a": null, "b": true, "c": 1, "d": 1.5, "e": "x", "f": [2]})");
  EXPECT_TRUE(value.Find("a")->IsNull());
  EXPECT_TRUE(value.Find("b")->AsBool());
  EXPECT_EQ(value.Find("c")->AsInteger(), 1);
  EXPECT_EQ(value.Find("d")->AsDouble(), 1.5);
  EXPECT_EQ(value.Find("e")->AsString(), "x");
  EXPECT_EQ(value.Find("f")->items().size(), 1U);
  EXPECT_EQ(value.Find("missing"), nullptr);
}

TEST(Json, PrintsWhatItRead) {
  for (const char* text : {R"({"b":1,"a":[true,null,"x\n\"y\""]})", "[]", "{}", "0.1", "-7", "\"\"",
                           R"(["\u0001","\\","\b\f\r\t"])"}) {
    EXPECT_EQ(Parsed(text).Dump(), text);
  }
}

TEST(Json, KeepsTheOrderOfMembers) {
  EXPECT_EQ(Parsed(R"({"z":1,"a":2})").Dump(), R"({"z":1,"a":2})");
}

TEST(Json, KeepsTheLastOfARepeatedMember) {
  EXPECT_EQ(Parsed(R"({"a":1,"b":2,"a":3})").Dump(), R"({"b":2,"a":3})");
}

TEST(Json, KeepsTheLastOfARepeatedMemberInLargeObjects) {
  std::string text = "{\"x\":0";
  for (int i = 0; i < 40; ++i) text += ",\"m" + std::to_string(i) + "\":" + std::to_string(i);
  const Json value = Parsed(text + ",\"x\":99}");
  EXPECT_EQ(value.members().size(), 41U);
  EXPECT_EQ(value.Find("x")->AsInteger(), 99);
}

TEST(Json, HoldsIntegersOf64BitsExactlyAndLargerOnesAsDoubles) {
  EXPECT_EQ(Parsed("9223372036854775807").AsInteger(), std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(Parsed("-9223372036854775808").AsInteger(), std::numeric_limits<std::int64_t>::min());
  EXPECT_FALSE(Parsed("9223372036854775808").IsInteger());
  EXPECT_EQ(Parsed("9223372036854775808").AsDouble(), 9223372036854775808.0);
}

TEST(Json, RefusesNumbersBeyondADouble) {
  const Result<Json> result = ParseJson("1e400");
  EXPECT_EQ(result.status().code(), Code::kInvalidJson);
  EXPECT_EQ(result.status().message(), "number is out of range in JSON");
}

TEST(Json, SaysAtWhichByteTheTextIsWrong) {
  const Result<Json> result = ParseJson("{\"a\": }");
  EXPECT_EQ(result.status().code(), Code::kInvalidJson);
  EXPECT_NE(result.status().detail().find("byte 7"), std::string::npos) << result.status().detail();
}

TEST(Json, RefusesInvalidUtf8AndTrailingText) {
  EXPECT_FALSE(ParseJson("\"\xff\"").ok());
  EXPECT_FALSE(ParseJson("1 2").ok());
  EXPECT_FALSE(ParseJson("").ok());
}

TEST(Json, LimitsDepth) {
  JsonLimits limits;
  limits.depth = 3;
  EXPECT_TRUE(ParseJson("[[[1]]]", limits).ok());
  const Result<Json> result = ParseJson("[[[[1]]]]", limits);
  EXPECT_EQ(result.status().code(), Code::kLimitExceeded);
  EXPECT_NE(result.status().message().find("3 levels"), std::string::npos);
}

TEST(Json, SurvivesAMillionOpenBrackets) {
  EXPECT_EQ(ParseJson(std::string(1'000'000, '[')).status().code(), Code::kLimitExceeded);
}

TEST(Json, LimitsValuesAndBytes) {
  JsonLimits limits;
  limits.nodes = 3;
  EXPECT_TRUE(ParseJson("[1,2]", limits).ok());
  EXPECT_EQ(ParseJson("[1,2,3]", limits).status().code(), Code::kLimitExceeded);
  EXPECT_EQ(ParseJson("[[],[],[]]", limits).status().code(), Code::kLimitExceeded);
  limits.bytes = 4;
  EXPECT_EQ(ParseJson("[1,2]", limits).status().code(), Code::kLimitExceeded);
}

TEST(Json, NamesItsType) {
  EXPECT_STREQ(Json().TypeName(), "null");
  EXPECT_STREQ(Json(true).TypeName(), "boolean");
  EXPECT_STREQ(Json(1.5).TypeName(), "number");
  EXPECT_STREQ(Json("x").TypeName(), "string");
  EXPECT_STREQ(Json::MakeArray().TypeName(), "array");
  EXPECT_STREQ(Json::MakeObject().TypeName(), "object");
}

TEST(Json, SetsAndReplacesMembers) {
  Json object = Json::Of({{"a", 1}, {"b", "x"}});
  object.Set("a", Json(2));
  EXPECT_EQ(object.Dump(), R"({"a":2,"b":"x"})");
}

TEST(Json, ComparesNumbersByValue) {
  EXPECT_EQ(Json(1), Json(1.0));
  EXPECT_NE(Json(1), Json(1.5));
  EXPECT_NE(Json(1), Json("1"));
}

TEST(Json, WritesNumbersThatJsonCannotHoldAsNull) {
  EXPECT_EQ(Json(std::numeric_limits<double>::infinity()).Dump(), "null");
}

TEST(JsonPointer, EscapesTokens) {
  EXPECT_EQ(JsonPointer("/a", "b/c~d"), "/a/b~1c~0d");
  EXPECT_EQ(JsonPointer("", std::size_t{3}), "/3");
}

}  // namespace
}  // namespace loupe

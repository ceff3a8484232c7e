#include "core/semantic/model_problems.hpp"

#include <gtest/gtest.h>

namespace loupe::semantic {
namespace {

// One "pointer: message" a line.
std::string Lines(const std::string& document) {
  std::string lines;
  for (const Status& problem : FindModelProblems(ParseJson(document).value(), Context()).problems) {
    lines += problem.pointer() + ": " + problem.message() + "\n";
  }
  return lines;
}

TEST(FindModelProblems, FindsNoneInASoundModel) {
  const ModelProblems found = FindModelProblems(
      ParseJson(R"({"name": "m", "entities": [{"name": "o", "table": "o"}]})").value(), Context());
  EXPECT_TRUE(found.problems.empty());
  ASSERT_TRUE(found.rest.has_value());
  EXPECT_EQ(found.pointers.ToOriginal("/entities/0/table"), "/entities/0/table");
}

TEST(FindModelProblems, ReadsTheSimpleForm) {
  EXPECT_EQ(Lines(R"({"dataset": "s", "table": "t", "measures": [{"name": "m", "tpye": "x"}]})"),
            "/measures/0/tpye: unknown member \"tpye\" of measure\n");
  const Json sound = ParseJson(R"({"dataset": "s", "table": "t", "dimensions": ["a"]})").value();
  const ModelProblems found = FindModelProblems(sound, Context());
  EXPECT_TRUE(found.problems.empty());
  ASSERT_TRUE(found.rest.has_value());
  EXPECT_NE(found.rest->entities.at(0).FindDimension("a"), nullptr);
}

TEST(FindModelProblems, FindsEachWhereItStands) {
  EXPECT_EQ(Lines(R"({"name": "m", "titel": "M", "entities": [
      {"name": "a", "table": "a", "description": 3,
       "dimensions": [{"name": "x", "type": "number", "column": "x"},
                      {"name": "y", "type": "nubmer", "column": "y"},
                      {"name": "x", "type": "number", "column": "z"}],
       "measures": [{"name": "n", "type": "sum"}, {"name": "count", "type": "count"},
                    {"name": "t t", "type": "count"}]},
      {"name": "b"},
      {"name": "c", "table": "c", "joins": [{"entity": "d", "columns": [{"from": "x", "to": "y"}]}],
       "dimensions": [{"name": "z", "type": "string", "sql": "(1"}]}]})"),
            "/titel: unknown member \"titel\" of model\n"
            "/entities/0/description: \"description\" of entity must be a string, not number\n"
            "/entities/0/dimensions/1/type: unknown type \"nubmer\"\n"
            "/entities/0/dimensions/2/name: name \"x\" is used twice\n"
            "/entities/0/measures/0: \"n\" has neither a \"column\" nor an \"sql\"\n"
            "/entities/0/measures/2/name: name \"t t\" is not a valid name\n"
            "/entities/1: entity has no \"table\"\n"
            "/entities/2/dimensions/0/sql: sql expression has unbalanced brackets\n"
            "/entities/2/joins/0/entity: join of \"c\" names the unknown entity \"d\"\n");
}

TEST(FindModelProblems, DoesNotTellConsequences) {
  EXPECT_EQ(Lines(R"({"name": "m", "entities": [
      {"name": "bad", "table": 7},
      {"name": "c", "table": "c",
       "joins": [{"entity": "bad", "columns": [{"from": "x", "to": "y"}]}]}]})"),
            "/entities/0/table: \"table\" of entity must be a string, not number\n");
}

TEST(FindModelProblems, LeavesTheSoundRest) {
  const ModelProblems found = FindModelProblems(ParseJson(R"({"name": "m", "entities": [
      {"name": "a"}, {"name": "b", "table": "b", "primary_key": 3,
       "measures": [{"name": "n", "type": "x"}, {"name": "m", "type": "count"}]}]})")
                                                    .value(),
                                                Context());
  EXPECT_EQ(found.problems.size(), 3u);
  ASSERT_TRUE(found.rest.has_value());
  ASSERT_EQ(found.rest->entities.size(), 1u);
  EXPECT_EQ(found.rest->entities[0].measures.size(), 1u);
  EXPECT_EQ(found.pointers.ToOriginal("/entities/0/measures/0/column"),
            "/entities/1/measures/1/column");
}

TEST(FindModelProblems, EndsWhereNothingIsLeft) {
  EXPECT_EQ(Lines("[]"), ": model must be an object, not array\n");
  EXPECT_EQ(Lines(R"({"name": "m"})"), ": model has no \"entities\"\n");
  EXPECT_EQ(Lines(R"({"name": "m", "entities": {}})"),
            "/entities: \"entities\" of model must be an array, not object\n");
}

TEST(FindModelProblems, FindsAtMostAHundred) {
  std::string members;
  for (int i = 0; i < 300; ++i) members += std::string(i == 0 ? "" : ",") + "{}";
  const std::string document =
      R"({"name": "m", "entities": [{"name": "a", "table": "a", "measures": [)" + members + "]}]}";
  EXPECT_EQ(FindModelProblems(ParseJson(document).value(), Context()).problems.size(),
            kMaxModelProblems);
}

}  // namespace
}  // namespace loupe::semantic

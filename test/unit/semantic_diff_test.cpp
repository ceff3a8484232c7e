#include "core/semantic/diff.hpp"

#include <gtest/gtest.h>

namespace loupe::semantic {
namespace {

// One line a change: "changed /title "a" -> "b"".
std::string Lines(const std::string& before, const std::string& after) {
  std::string lines;
  for (const Change& change : DiffModels(ParseJson(before).value(), ParseJson(after).value())) {
    lines += std::string(ChangeName(change.kind)) + " " + change.pointer;
    if (change.before) lines += " " + change.before->Dump();
    lines += " ->";
    if (change.after) lines += " " + change.after->Dump();
    lines += "\n";
  }
  return lines;
}

TEST(DiffModels, FindsNothingBetweenEqualDocuments) {
  EXPECT_EQ(Lines(R"({"a": 1, "b": [1, {"c": null}]})", R"({"b": [1.0, {"c": null}], "a": 1})"),
            "");
}

TEST(DiffModels, TellsWhatWasAddedRemovedAndChanged) {
  EXPECT_EQ(Lines(R"({"name": "m", "title": "a", "description": "x"})",
                  R"({"name": "m", "title": "b", "week_start": "sunday"})"),
            "changed /title \"a\" -> \"b\"\n"
            "added /week_start -> \"sunday\"\n"
            "removed /description \"x\" ->\n");
}

TEST(DiffModels, MatchesItemsByNameSoThatAMovedOneIsNoChange) {
  EXPECT_EQ(Lines(R"([{"name": "a", "x": 1}, {"name": "b"}])",
                  R"([{"name": "b"}, {"name": "a", "x": 1}])"),
            "");
  EXPECT_EQ(Lines(R"({"entities": [{"name": "a", "measures": [{"name": "n", "type": "sum"}]},
                                   {"name": "b"}]})",
                  R"({"entities": [{"name": "c"},
                                   {"name": "a", "measures": [{"name": "m", "type": "count"},
                                                              {"name": "n", "type": "avg"}]}]})"),
            "added /entities/0 -> {\"name\":\"c\"}\n"
            "added /entities/1/measures/0 -> {\"name\":\"m\",\"type\":\"count\"}\n"
            "changed /entities/1/measures/1/type \"sum\" -> \"avg\"\n"
            "removed /entities/1 {\"name\":\"b\"} ->\n");
}

TEST(DiffModels, MatchesJoinsWithoutANameByTheirEntity) {
  EXPECT_EQ(Lines(R"([{"entity": "a", "relationship": "one_to_one"}, {"entity": "b"}])",
                  R"([{"entity": "b"}, {"entity": "a", "relationship": "many_to_one"}])"),
            "changed /1/relationship \"one_to_one\" -> \"many_to_one\"\n");
}

TEST(DiffModels, ComparesOtherArraysAsAWhole) {
  EXPECT_EQ(Lines(R"({"synonyms": ["a", "b"]})", R"({"synonyms": ["b", "a"]})"),
            "changed /synonyms [\"a\",\"b\"] -> [\"b\",\"a\"]\n");
  EXPECT_EQ(Lines(R"([{"name": "a"}, {"name": "a"}])", R"([{"name": "a"}])"),
            "changed  [{\"name\":\"a\"},{\"name\":\"a\"}] -> [{\"name\":\"a\"}]\n");
}

TEST(DiffModels, ComparesWhatNestsTooDeepAsAWhole) {
  const std::string open(200, '[');
  const std::string close(200, ']');
  JsonLimits limits;
  limits.depth = 300;
  const Json before = ParseJson(open + "1" + close, limits).value();
  const Json after = ParseJson(open + "2" + close, limits).value();
  EXPECT_EQ(DiffModels(before, after).size(), 1u);
}

}  // namespace
}  // namespace loupe::semantic

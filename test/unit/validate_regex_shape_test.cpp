#include "core/validate/regex_shape.hpp"

#include <gtest/gtest.h>

#include <string>

namespace loupe::validate {
namespace {

RegexRisk Assess(const std::string& pattern, const std::string& options = "") {
  return AssessRegex(pattern, options);
}

TEST(RegexShape, AcceptsWhatAnalystsWrite) {
  for (const char* pattern : {"",
                              "e",
                              "^C",
                              "9$",
                              "[0-9]+",
                              "^(.+)@",
                              "drop\\s+table",
                              "^[^@\\s]+@[^@\\s]+\\.[a-z]{2,}$",
                              "([a-z]+,)*[a-z]+",
                              "^(\\d{1,3}\\.){3}\\d{1,3}$",
                              "(foo|bar)+",
                              "^(a|b|c)$",
                              "(abc)?",
                              "\\mword\\M",
                              "[[:alpha:]]+",
                              "[]a]+x",
                              "(?:x|y)z*",
                              "(?=a)b",
                              "^https?://([^/]+)/.*$",
                              "(\\w+)\\s(\\w+)",
                              "a{2,5}",
                              "x{,3}",
                              "(\\d+-)+\\d",
                              "***:a+"}) {
    EXPECT_EQ(Assess(pattern), RegexRisk::kNone) << pattern;
  }
}

TEST(RegexShape, FindsRepeatedGroupsWithoutAFixedPart) {
  for (const char* pattern : {"(a+)+", "^(([a-z])+.)+[A-Z]([a-z])+$", "^(a+)+$", "(a*)*", "(a|a?)+",
                              "(\\w+\\s?)+", "(x+x+)+y", "((a+)?)*", "(a?){20}", "(.*)*",
                              "([a-z]+|\\d)*", "(?:a+)+", "(a+|b+)*c", "((x*)*)", "(a+){11,}"}) {
    EXPECT_EQ(Assess(pattern), RegexRisk::kNestedRepeat) << pattern;
  }
}

TEST(RegexShape, FindsRepeatedBranchesThatBeginAlike) {
  EXPECT_EQ(Assess("(a|aa)+$"), RegexRisk::kOverlap);
  EXPECT_EQ(Assess("(ab|ac)*"), RegexRisk::kOverlap);
  EXPECT_EQ(Assess("(ab|ac)"), RegexRisk::kNone);
}

TEST(RegexShape, FindsBackReferencesOutsideOfBrackets) {
  EXPECT_EQ(Assess("(\\w+)\\1"), RegexRisk::kBackReference);
  EXPECT_EQ(Assess("(a)\\9"), RegexRisk::kBackReference);
  EXPECT_EQ(Assess("[\\1]"), RegexRisk::kNone);
  EXPECT_EQ(Assess("\\\\1"), RegexRisk::kNone);
}

TEST(RegexShape, MultipliesCountedRepetition) {
  EXPECT_EQ(Assess("a{255}"), RegexRisk::kNone);
  EXPECT_EQ(Assess("((((x{9}){9}){9}){9})"), RegexRisk::kTooManyCopies);
  EXPECT_EQ(Assess("((ab){100}){100}"), RegexRisk::kNestedRepeat);
  EXPECT_EQ(Assess("((x{8}){8}){8}"), RegexRisk::kNone);
}

TEST(RegexShape, LimitsLengthAndDepth) {
  EXPECT_EQ(Assess(std::string(kMaxRegexBytes, 'a')), RegexRisk::kNone);
  EXPECT_EQ(Assess(std::string(kMaxRegexBytes + 1, 'a')), RegexRisk::kTooLong);
  EXPECT_EQ(Assess(std::string(500, '(')), RegexRisk::kTooDeep);
}

TEST(RegexShape, FollowsOptions) {
  EXPECT_EQ(Assess("(a+)+", "q"), RegexRisk::kNone);
  EXPECT_EQ(Assess("***=(a+)+"), RegexRisk::kNone);
  EXPECT_EQ(Assess("(?q)(a+)+"), RegexRisk::kNone);
  EXPECT_EQ(Assess("a", "gb"), RegexRisk::kBasicSyntax);
  EXPECT_EQ(Assess("(?b)a"), RegexRisk::kBasicSyntax);
  EXPECT_EQ(Assess("(?i)a", "g"), RegexRisk::kNone);
}

TEST(RegexShape, EndsOnBrokenPatterns) {
  for (const char* pattern : {"(", ")", "[", "[^", "[[:", "\\", "a{", "a{1", "a{1,", "(?",
                              "(?=", "***", "*", "+", "{3}", "|", "(|)*", "a**", "[a-\\"}) {
    (void)Assess(pattern);
  }
}

TEST(RegexShape, DescribesEveryRisk) {
  for (int i = static_cast<int>(RegexRisk::kTooLong);
       i <= static_cast<int>(RegexRisk::kBasicSyntax); ++i) {
    EXPECT_STRNE(DescribeRisk(static_cast<RegexRisk>(i)), "is not judged");
  }
}

}  // namespace
}  // namespace loupe::validate

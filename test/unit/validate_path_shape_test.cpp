#include "core/validate/path_shape.hpp"

#include <gtest/gtest.h>

#include <string>

namespace loupe::validate {
namespace {

TEST(XpathShape, AcceptsPlainPaths) {
  for (const char* path :
       {"/e/k/text()", "k", "/e", "@id", "//item", "//item/@price", "/a/b[1]/c", "/a/b[@id='7']/c",
        "//a[@x=\"//\"]", "/a/b[last()]", "count(/a/b)", "string(/a)", "/a|/b", "../a"}) {
    EXPECT_EQ(AssessXpath(path), PathRisk::kNone) << path;
  }
}

TEST(XpathShape, FindsWhatSearchesMoreThanOnce) {
  EXPECT_EQ(AssessXpath("//a//b"), PathRisk::kManySearches);
  EXPECT_EQ(AssessXpath("//a[//b]"), PathRisk::kPredicate);
  EXPECT_EQ(AssessXpath("/r/a[.=/r/a/@x]"), PathRisk::kPredicate);
  EXPECT_EQ(AssessXpath("/r/a[b/c=1]"), PathRisk::kNone);
  EXPECT_EQ(AssessXpath("/a[b[c]]"), PathRisk::kPredicate);
  EXPECT_EQ(AssessXpath("/a[count(b)>1]"), PathRisk::kPredicate);
  EXPECT_EQ(AssessXpath("//a/preceding::b"), PathRisk::kAxis);
  EXPECT_EQ(AssessXpath("/a/following-sibling::b"), PathRisk::kAxis);
  EXPECT_EQ(AssessXpath("//a/.."), PathRisk::kAxis);
  EXPECT_EQ(AssessXpath("//a|//b"), PathRisk::kAxis);
}

TEST(XpathShape, LimitsLengthAndParts) {
  EXPECT_EQ(AssessXpath(std::string(kMaxPathBytes + 1, 'a')), PathRisk::kTooLong);
  std::string steps;
  for (int i = 0; i <= kMaxPathParts; ++i) steps += "/a";
  EXPECT_EQ(AssessXpath(steps), PathRisk::kManyParts);
}

TEST(JsonpathShape, AcceptsPlainPaths) {
  for (const char* path : {"$", "$.\"items\"[*]", "$.\"a\"?(@.\"b\" > 2)", "$.**.\"price\"",
                           "$[*]?(@ like_regex \"^ab\")", "$?(@ == \"(a+)+\")"}) {
    EXPECT_EQ(AssessJsonpath(path), PathRisk::kNone) << path;
  }
}

TEST(JsonpathShape, FindsSlowRegularExpressionsAndSearches) {
  EXPECT_EQ(AssessJsonpath(R"($[*]?(@ like_regex "^(a+)+\\1$"))"), PathRisk::kRegex);
  EXPECT_EQ(AssessJsonpath("$?(@ like_regex \"(a+)+\" flag \"i\")"), PathRisk::kRegex);
  EXPECT_EQ(AssessJsonpath("$.**.**"), PathRisk::kManySearches);
  EXPECT_EQ(AssessJsonpath(std::string(kMaxPathBytes + 1, '$')), PathRisk::kTooLong);
}

TEST(PathShape, EndsOnBrokenPaths) {
  for (const char* path : {"", "'", "\"", "[", "]", "//", "a['", "like_regex", "like_regex \"",
                           "like_regex \"\\", "**"}) {
    (void)AssessXpath(path);
    (void)AssessJsonpath(path);
  }
}

TEST(PathShape, DescribesEveryRisk) {
  for (int i = static_cast<int>(PathRisk::kTooLong); i <= static_cast<int>(PathRisk::kRegex); ++i) {
    EXPECT_STRNE(DescribeRisk(static_cast<PathRisk>(i)), "is not judged");
  }
}

}  // namespace
}  // namespace loupe::validate

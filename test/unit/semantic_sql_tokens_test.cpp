#include "core/semantic/sql_tokens.hpp"

#include <gtest/gtest.h>

namespace loupe::semantic {
namespace {

std::string Printed(std::string_view text) {
  const Result<SqlTokens> tokens = ScanSql(text);
  return tokens.ok() ? PrintSql(tokens.value()) : "error: " + tokens.status().message();
}

TEST(ScanSql, KeepsWhatItReads) {
  EXPECT_EQ(Printed("a.\"b c\"::numeric(10, 2) <> 'it''s' || E'\\'x'"),
            "a.\"b c\"::numeric(10, 2) <> 'it''s' || E'\\'x'");
  EXPECT_EQ(Printed("1.5e-3 + .5"), "1.5e-3 + .5");
}

TEST(ScanSql, DropsCommentsAndTheLastSemicolon) {
  EXPECT_EQ(Printed("a -- one\n+ /* two */ b;"), "a + b");
  EXPECT_EQ(Printed("a - -b"), "a - -b");
  EXPECT_EQ(Printed("'--' || '/*'"), "'--' || '/*'");
}

TEST(ScanSql, TellsMarksApart) {
  const Result<SqlTokens> tokens = ScanSql("${CUBE}.x + {{ Dimension('a') }} - { y }");
  ASSERT_TRUE(tokens.ok());
  EXPECT_EQ(tokens.value()[0].kind, SqlTokenKind::kReference);
  EXPECT_EQ(tokens.value()[0].text, "CUBE");
  EXPECT_EQ(tokens.value()[4].kind, SqlTokenKind::kTemplate);
  EXPECT_EQ(tokens.value()[4].text, "Dimension('a')");
  EXPECT_EQ(tokens.value()[6].text, "y");
}

TEST(ScanSql, RefusesWhatIsNotOneExpression) {
  EXPECT_EQ(Printed("a; b"), "error: the SQL expression holds a semicolon");
  EXPECT_EQ(Printed("(a"), "error: the SQL expression has unbalanced brackets");
  EXPECT_EQ(Printed("a]"), "error: the SQL expression has unbalanced brackets");
  EXPECT_EQ(Printed("'a"), "error: the SQL expression has a quote that is not closed");
  EXPECT_EQ(Printed("{a"), "error: the SQL expression has a \"{\" that is not closed");
  EXPECT_EQ(Printed("/* a"), "error: the SQL expression has a comment that is not closed");
  EXPECT_EQ(Printed("$$a$$"), "error: the SQL expression holds a \"$\"");
  EXPECT_EQ(Printed(" -- nothing"), "error: the SQL expression is empty");
  EXPECT_EQ(ScanSql(std::string(70'000, 'a')).status().code(), Code::kLimitExceeded);
  EXPECT_FALSE(ScanSql("a\xff").ok());
}

TEST(IdentifierOf, FoldsUnquotedNames) {
  EXPECT_EQ(IdentifierOf(ScanSql("Name").value()[0]), "name");
  EXPECT_EQ(IdentifierOf(ScanSql("\"Na\"\"me\"").value()[0]), "Na\"me");
}

}  // namespace
}  // namespace loupe::semantic

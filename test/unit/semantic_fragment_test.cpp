#include "core/semantic/fragment.hpp"

#include <gtest/gtest.h>

namespace loupe::semantic {
namespace {

TEST(BindFragment, ReplacesTheAliasAndQuotesIt) {
  EXPECT_EQ(BindFragment("{T}.a * {T}.b", "items"), "items.a * items.b");
  EXPECT_EQ(BindFragment("{T}.a", "Order"), "\"Order\".a");
  EXPECT_EQ(BindFragment("now()", "items"), "now()");
}

TEST(BindFragment, LeavesQuotedTextAlone) {
  EXPECT_EQ(BindFragment("'{T}' || {T}.a", "o"), "'{T}' || o.a");
  EXPECT_EQ(BindFragment("'it''s {T}' || {T}.a", "o"), "'it''s {T}' || o.a");
  EXPECT_EQ(BindFragment("E'\\'{T}' || {T}.a", "o"), "E'\\'{T}' || o.a");
  EXPECT_EQ(BindFragment("\"{T}\" || {T}.a", "o"), "\"{T}\" || o.a");
  EXPECT_EQ(BindFragment("$${T}$$ || {T}.a", "o"), "$${T}$$ || o.a");
  EXPECT_EQ(BindFragment("$x$ $$ {T} $x$ || {T}.a", "o"), "$x$ $$ {T} $x$ || o.a");
}

TEST(CheckFragment, AcceptsExpressions) {
  for (const char* text :
       {"{T}.a", "({T}.a + 1) * 2", "'a;b' || '--' || '/*'", "{T}.a[1]", "E'\\''", "$$;$$",
        "CASE WHEN {T}.a = '(' THEN 1 END", "a$b", "$1x$", "'plain \\' || 'b'", "{T}.a - - 1"}) {
    const Status status = CheckFragment(text);
    EXPECT_TRUE(status.ok()) << text << ": " << status.message();
  }
}

TEST(CheckFragment, RefusesWhatCouldEndTheExpressionOrHideTheRest) {
  for (const char* text : {"", "  \n", "a)", "(a", "(a]", "a; b", "a -- b", "a /* b", "'a", "\"a",
                           "$$a", "E'a\\'", "1) FROM secret WHERE (1 = 1", "[", "'a''"}) {
    EXPECT_EQ(CheckFragment(text).code(), Code::kSemanticInvalidModel) << text;
  }
}

}  // namespace
}  // namespace loupe::semantic

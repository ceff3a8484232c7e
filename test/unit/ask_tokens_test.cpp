#include "core/ask/tokens.hpp"

#include <gtest/gtest.h>

#include "core/ask/stem.hpp"

namespace loupe::ask {
namespace {

std::vector<std::string> Texts(std::string_view question) {
  std::vector<std::string> texts;
  const Result<std::vector<Token>> tokens = Tokenize(question);
  if (!tokens.ok()) return {"error: " + tokens.status().message()};
  for (const Token& token : tokens.value()) texts.push_back(token.text);
  return texts;
}

using List = std::vector<std::string>;

Token Only(std::string_view question) {
  const Result<std::vector<Token>> tokens = Tokenize(question);
  EXPECT_EQ(tokens.value().size(), 1u) << question;
  return tokens.value().front();
}

TEST(AskTokens, CutsWordsNumbersQuotesAndSymbols) {
  EXPECT_EQ(Texts("Top 5 carriers in \"New York\"?"),
            (List{"Top", "5", "carriers", "in", "New York", "?"}));
  EXPECT_EQ(Texts("dep_delay on-time"), (List{"dep", "delay", "on", "time"}));
  EXPECT_EQ(Texts("price >= 3 and x <> 4 != 5"),
            (List{"price", ">=", "3", "and", "x", "<>", "4", "!=", "5"}));
}

TEST(AskTokens, ReadsNumbers) {
  EXPECT_EQ(Only("1,000").number, 1000);
  EXPECT_EQ(Only("3.5").number, 3.5);
  EXPECT_EQ(Only("-2").number, -2);
  EXPECT_TRUE(Only("4th").ordinal);
  EXPECT_EQ(Only("10k").kind, TokenKind::kWord);
  EXPECT_EQ(Only("1234567890123456789012").kind, TokenKind::kWord);
  EXPECT_EQ(Texts("1,2 and 5."), (List{"1", ",", "2", "and", "5", "."}));
}

TEST(AskTokens, KeepsIsoDatesWhole) {
  EXPECT_EQ(Only("2013-07-01").kind, TokenKind::kDate);
  EXPECT_EQ(Only("2013-07").kind, TokenKind::kDate);
  EXPECT_EQ(Texts("2013-13-01"), (List{"2013", "13", "01"}));
  EXPECT_EQ(Texts("2013-07-011"), (List{"2013", "07", "011"}));
}

TEST(AskTokens, FoldsApostrophes) {
  EXPECT_EQ(Texts("customer's orders"), (List{"customer", "orders"}));
  EXPECT_EQ(Texts("customers' orders"), (List{"customers", "orders"}));
  EXPECT_EQ(Only("don\u2019t").lower, "not");
  EXPECT_EQ(Only("cannot").lower, "not");
  EXPECT_EQ(Texts("from 'New York' x"), (List{"from", "New York", "x"}));
  EXPECT_EQ(Texts("\u201cNew York\u201d"), (List{"New York"}));
  EXPECT_EQ(Texts("say \"open"), (List{"say", "open"}));
  EXPECT_EQ(Texts("a \"\" b"), (List{"a", "b"}));
}

TEST(AskTokens, TreatsOtherLettersAsWords) {
  EXPECT_EQ(Texts("Fl\u00fcge im Juli"), (List{"Fl\u00fcge", "im", "Juli"}));
  EXPECT_EQ(Texts("a\u00a0b\u2014c\x01"
                  "d"),
            (List{"a", "b", "c", "d"}));
}

TEST(AskTokens, RemembersBytePositions) {
  const std::vector<Token> tokens = Tokenize("in \"New York\" now").value();
  EXPECT_EQ(tokens[1].begin, 3u);
  EXPECT_EQ(tokens[1].end, 13u);
  EXPECT_EQ(tokens[2].begin, 14u);
}

TEST(AskTokens, StemsSingularsAndPluralsAlike) {
  for (const auto& [a, b] :
       std::vector<std::pair<std::string, std::string>>{{"flights", "flight"},
                                                        {"countries", "country"},
                                                        {"buses", "bus"},
                                                        {"statuses", "status"},
                                                        {"addresses", "address"},
                                                        {"movies", "movie"},
                                                        {"purchases", "purchase"},
                                                        {"boxes", "box"},
                                                        {"people", "person"},
                                                        {"shipped", "shipping"},
                                                        {"delayed", "delays"},
                                                        {"cancelled", "cancel"},
                                                        {"canceled", "cancel"},
                                                        {"placed", "place"},
                                                        {"rated", "rating"},
                                                        {"called", "call"},
                                                        {"charged", "charge"}}) {
    EXPECT_EQ(Stem(a), Stem(b)) << a << " and " << b;
  }
  EXPECT_NE(Stem("planes"), Stem("plan"));
  EXPECT_EQ(Stem("speed"), "speed");
  EXPECT_EQ(Stem("string"), "string");
  EXPECT_EQ(Stem("bed"), "bed");
  EXPECT_EQ(Stem("Fl\u00fcges"), "Fl\u00fcges");
}

TEST(AskTokens, KnowsPluralsByTheirForm) {
  EXPECT_TRUE(IsPlural("flights"));
  EXPECT_TRUE(IsPlural("people"));
  EXPECT_FALSE(IsPlural("status"));
  EXPECT_FALSE(IsPlural("class"));
}

TEST(AskTokens, PassesOverMarksThatAreNotSeen) {
  const std::vector<Token> tokens = Tokenize("how\u202Emany\u200B orders\uFEFF").value();
  ASSERT_EQ(tokens.size(), 3U);
  EXPECT_EQ(tokens[1].lower, "many");
  EXPECT_EQ(tokens[2].lower, "orders");
}

}  // namespace
}  // namespace loupe::ask

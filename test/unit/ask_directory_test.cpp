#include "core/ask/directory.hpp"

#include <gtest/gtest.h>

#include <string>

#include "core/ask/values.hpp"

namespace loupe::ask {
namespace {

using Tables = std::vector<std::size_t>;
using Spans = std::vector<std::string>;

std::vector<Token> TokensOf(std::string_view question) { return Tokenize(question).value(); }

// orders ─▶ customers ─▶ regions, invoices apart, and 60 tables of nothing in particular.
Directory Shop() {
  Directory directory;
  directory.AddTable("orders", "");
  directory.AddColumn("qty", "");
  directory.AddColumn("order_date", "");
  directory.AddTable("customers", "people who buy");
  directory.AddColumn("name", "");
  directory.AddTable("regions", "");
  directory.AddColumn("name", "");
  directory.AddTable("coastal_invoice", "");
  directory.AddColumn("lifeexpectancy", "");
  directory.AddTable("invoice", "");
  directory.AddColumn("total", "");
  for (int i = 0; i < 60; ++i) {
    directory.AddTable("stuff" + std::to_string(i), "");
    directory.AddColumn("name", "");
  }
  directory.AddKey(0, 1);
  directory.AddKey(1, 2);
  directory.Finish();
  return directory;
}

Tables Chosen(std::string_view question, std::size_t limit = 3,
              const std::vector<DirectoryValue>& values = {}) {
  return Shop().Choose(TokensOf(question), values, limit);
}

TEST(AskDirectory, TablesAreChosenByTheirNames) {
  EXPECT_EQ(Chosen("how many orders are there", 1), Tables{0});
  EXPECT_EQ(Chosen("how many invoices are there", 1), Tables{4}) << "the whole name, not a part";
  EXPECT_EQ(Chosen("how many coastal invoices are there", 1), Tables{3});
  EXPECT_EQ(Chosen("zzz"), Tables());
}

TEST(AskDirectory, TablesAreChosenByColumnsAndComments) {
  EXPECT_EQ(Chosen("what is the quantity", 1), Tables{0}) << "qty";
  EXPECT_EQ(Chosen("what is the life expectancy", 1), Tables{3});
  EXPECT_EQ(Chosen("list the people", 1), Tables{1});
}

TEST(AskDirectory, SynonymsAndMisspeltNamesCount) {
  EXPECT_EQ(Chosen("how many clients", 1), Tables{1});
  EXPECT_EQ(Chosen("how many custmers", 1), Tables{1});
}

TEST(AskDirectory, RareWordsCountMoreThanCommonOnes) {
  EXPECT_EQ(Chosen("name and total", 1), Tables{4});
}

TEST(AskDirectory, ValuesCount) {
  EXPECT_EQ(Chosen("how about Baba Kela", 1, {{0, 40}}), Tables{40});
}

TEST(AskDirectory, TablesOnTheWayAreChosenToo) {
  EXPECT_EQ(Chosen("orders of regions"), (Tables{0, 1, 2}));
}

TEST(AskDirectory, SpansThatMayBeValuesBeginWithNames) {
  const std::string question = "invoices of Baba Kela with a \"red flag\"";
  const Spans spans = ValueSpans(question, TokensOf(question));
  ASSERT_FALSE(spans.empty());
  EXPECT_LE(spans.size(), kMaxValueCandidates);
  const auto has = [&](const std::string& text) {
    return std::find(spans.begin(), spans.end(), text) != spans.end();
  };
  EXPECT_TRUE(has("Baba Kela"));
  EXPECT_TRUE(has("red flag"));
  EXPECT_TRUE(has("invoices")) << "which may be one as well";
  EXPECT_FALSE(has("of"));
  EXPECT_LT(std::find(spans.begin(), spans.end(), "Baba"),
            std::find(spans.begin(), spans.end(), "invoices"));
}

TEST(AskDirectory, TakesLittleRoom) {
  Directory directory;
  for (int table = 0; table < 1000; ++table) {
    directory.AddTable("table_" + std::to_string(table), "");
    for (int column = 0; column < 20; ++column) {
      directory.AddColumn("column_" + std::to_string((table + column) % 300), "");
    }
  }
  directory.Finish();
  EXPECT_LT(directory.bytes(), std::size_t{1} << 20);
}

}  // namespace
}  // namespace loupe::ask

#include "core/ask/model_terms.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "ask_fixture.hpp"
#include "core/ask/follow_up.hpp"
#include "core/ask/lexicon.hpp"
#include "core/ask/read.hpp"
#include "core/ask/term_index.hpp"

namespace loupe::ask {
namespace {

Term TermOf(std::vector<Term::Slot> slots) {
  Term term;
  term.slots = std::move(slots);
  return term;
}

TEST(TermIndex, FindsATermByEachOfItsStems) {
  TermIndex index;
  index.Add(TermOf({{"dep", "departur"}, {"delai"}}));
  index.Add(TermOf({{"delai"}}));
  ASSERT_NE(index.Find("delai"), nullptr);
  ASSERT_EQ(index.Find("delai")->size(), 2U);
  EXPECT_EQ(index.Find("delai")->front().slot, 1U);
  EXPECT_EQ(index.Find("delai")->back().term, 1U);
  EXPECT_EQ(index.Find("departur")->front().term, 0U);
  EXPECT_EQ(index.Find("arrival"), nullptr);
}

TEST(TermIndex, FindsATermByItsWordsInOne) {
  TermIndex index;
  index.Add(TermOf({{"life"}, {"expectanc"}}));
  index.AddJoined("lifeexpectanc");
  ASSERT_NE(index.FindJoined("lifeexpectanc"), nullptr);
  EXPECT_EQ(index.FindJoined("lifeexpectanc")->front(), 0U);
  EXPECT_EQ(index.FindJoined("life"), nullptr);
}

TEST(TermIndex, OffersLongStemsThatAreOneLetterAway) {
  TermIndex index;
  index.Add(TermOf({{"custumer"}, {"customer"}, {"custom"}, {"cost"}}));
  EXPECT_EQ(index.NearStems("customer", 5), (std::vector<std::string>{"customer", "custumer"}));
  EXPECT_TRUE(index.NearStems("cast", 5).empty());
}

TEST(ModelTerms, TellWhatTheyTake) {
  semantic::Model half = ShopModel();
  half.entities.resize(1);
  EXPECT_LT(TermsOf(half).bytes(), TermsOf(ShopModel()).bytes());
  EXPECT_GT(TermsOf(half).bytes(), 1000U);
}

TEST(ModelTerms, NameEachPhraseOnce) {
  std::vector<std::string> phrases = TermsOf(ShopModel()).phrases;
  std::sort(phrases.begin(), phrases.end());
  EXPECT_EQ(std::adjacent_find(phrases.begin(), phrases.end()), phrases.end());
  EXPECT_TRUE(std::binary_search(phrases.begin(), phrases.end(), "customers"));
}

TEST(ModelTerms, AreReadAlikeWhetherTheyWereKeptOrNot) {
  const semantic::Model model = ShopModel();
  const ModelTerms kept = TermsOf(model);
  for (const char* question :
       {"how many customers", "total amount of orders by country", "how many custmers",
        "names of customers from France", "average gremlin of customers"}) {
    const Reading fresh =
        Read(question, model, ShopValues(), TestNow(), Layer::kTables, Context()).value();
    ReadOptions options;
    options.terms = &kept;
    const Reading again =
        Read(question, model, ShopValues(), TestNow(), Layer::kTables, Context(), options).value();
    EXPECT_EQ(fresh.sql, again.sql) << question;
    EXPECT_EQ(fresh.interpretation, again.interpretation) << question;
    EXPECT_EQ(fresh.reason, again.reason) << question;
    EXPECT_EQ(fresh.confidence, again.confidence) << question;
  }
}

TEST(ModelTerms, StayAsTheyAreWhenWordsAreTaught) {
  const semantic::Model model = ShopModel();
  const ModelTerms kept = TermsOf(model);
  const WordLesson lesson = ReadWord("gremlin", "customers").value();
  const std::vector<Token> tokens = Tokenize("how many gremlins").value();
  const Lexicon taught(model, {ResolveWord(lesson, model).value()}, &kept);
  ASSERT_EQ(taught.Match(tokens, 2).size(), 1U);
  EXPECT_EQ(taught.Match(tokens, 2).front().meaning.taught, 0);
  EXPECT_EQ(taught.NearStems("gremlim"), (std::vector<std::string>{"gremlin"}));
  EXPECT_EQ(taught.phrases().back(), "gremlin");
  EXPECT_TRUE(Lexicon(model, {}, &kept).Match(tokens, 2).empty());
}

TEST(ModelTerms, ServeFollowUps) {
  const semantic::Model model = ShopModel();
  const ModelTerms kept = TermsOf(model);
  EXPECT_EQ(WholeQuestion("how many orders from France", "by status?", model, ShopValues(),
                          TestNow(), Context(), {}, &kept)
                .value(),
            WholeQuestion("how many orders from France", "by status?", model, ShopValues(),
                          TestNow(), Context())
                .value());
}

}  // namespace
}  // namespace loupe::ask

#include "core/ask/thesaurus.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string>
#include <utility>

#include "core/ask/sorted_lines.hpp"

namespace loupe::ask {
namespace {

using List = std::vector<std::string>;

bool Has(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

TEST(AskThesaurus, FindsWordsThatMeanTheSame) {
  for (const auto& [asked, named] :
       std::vector<std::pair<std::string, std::string>>{{"vocalist", "singer"},
                                                        {"cost", "price"},
                                                        {"nation", "country"},
                                                        {"salary", "pay"},
                                                        {"automobile", "car"},
                                                        {"staff", "employee"},
                                                        {"film", "movie"},
                                                        {"doctor", "physician"},
                                                        {"client", "customer"},
                                                        {"purchase", "buy"},
                                                        {"instructor", "teacher"},
                                                        {"pupil", "student"},
                                                        {"airplane", "plane"},
                                                        {"telephone", "phone"},
                                                        {"gender", "sex"},
                                                        {"surname", "last name"},
                                                        {"illness", "disease"}}) {
    EXPECT_GE(Relatedness(asked, named), 0.65) << asked << " " << named;
  }
}

TEST(AskThesaurus, JoinsFormsAttributesAndBroaderWords) {
  for (const auto& [asked, named] :
       std::vector<std::pair<std::string, std::string>>{{"vehicle", "car"},
                                                        {"animal", "pet"},
                                                        {"locate", "location"},
                                                        {"perform", "performance"},
                                                        {"perform", "performer"},
                                                        {"old", "age"},
                                                        {"tall", "height"},
                                                        {"long", "length"},
                                                        {"heavy", "weight"},
                                                        {"french", "france"},
                                                        {"expensive", "price"},
                                                        {"born", "birth"}}) {
    EXPECT_GE(Relatedness(asked, named), 0.55) << asked << " " << named;
  }
}

TEST(AskThesaurus, KeepsApartWhatMeansSomethingElse) {
  for (const auto& [asked, named] :
       std::vector<std::pair<std::string, std::string>>{{"order", "price"},
                                                        {"name", "age"},
                                                        {"person", "singer"},
                                                        {"city", "car"},
                                                        {"student", "age"},
                                                        {"pet", "employee"},
                                                        {"name", "date"},
                                                        {"height", "weight"},
                                                        {"teacher", "student"},
                                                        {"husband", "wife"}}) {
    EXPECT_LT(Relatedness(asked, named), 0.3) << asked << " " << named;
  }
}

TEST(AskThesaurus, TellsFarFromNear) {
  EXPECT_LT(Relatedness("airport", "airline"), 0.6);
  EXPECT_LE(Relatedness("layout", "template"), 0.6);
  EXPECT_GT(Relatedness("layout", "template"), 0.3);
}

TEST(AskThesaurus, IsSymmetricAndBounded) {
  for (std::string_view word : {"nation", "vehicle", "age", "state", "pay"}) {
    EXPECT_EQ(Relatedness(word, word), 1);
    double last = 1;
    for (const Synonym& synonym : SynonymsOf(word)) {
      EXPECT_EQ(Relatedness(word, synonym.word), Relatedness(synonym.word, word));
      EXPECT_GT(synonym.weight, 0);
      EXPECT_LE(synonym.weight, last);
      last = synonym.weight;
    }
  }
}

TEST(AskThesaurus, FindsEveryEntryOfItsTable) {
  std::ifstream table(std::string(LOUPE_SOURCE_DIR) + "/src/core/ask/thesaurus.inc");
  std::size_t entries = 0;
  for (std::string line; std::getline(table, line);) {
    if (line[0] != '"') continue;
    const std::string word = line.substr(1, line.find_first_of("0123456789\\") - 1);
    EXPECT_TRUE(IsKnownWord(word)) << word;
    ++entries;
  }
  EXPECT_GT(entries, 10000u);
}

TEST(AskThesaurus, KnowsNothingOfStrangers) {
  for (std::string_view word :
       {"", "\n", "9", "zzzz", "qqqq qqqq", "vocalist9", "Singer", "\xff"}) {
    EXPECT_TRUE(SynonymsOf(word).empty()) << word;
    EXPECT_FALSE(IsKnownWord(word)) << word;
  }
  EXPECT_EQ(Relatedness("zzzz", "singer"), 0);
}

TEST(AskThesaurus, FindsBaseForms) {
  for (const auto& [form, base] :
       std::vector<std::pair<std::string, std::string>>{{"children", "child"},
                                                        {"men", "man"},
                                                        {"won", "win"},
                                                        {"was", "be"},
                                                        {"cities", "city"},
                                                        {"movies", "movie"},
                                                        {"buses", "bus"},
                                                        {"houses", "house"},
                                                        {"classes", "class"},
                                                        {"boxes", "box"},
                                                        {"heroes", "hero"},
                                                        {"women", "woman"},
                                                        {"stopped", "stop"},
                                                        {"rated", "rate"},
                                                        {"visiting", "visit"},
                                                        {"oldest", "old"},
                                                        {"bigger", "big"},
                                                        {"heaviest", "heavy"},
                                                        {"wrote", "write"},
                                                        {"sold", "sell"},
                                                        {"analyses", "analysis"},
                                                        {"lives", "life"},
                                                        {"lives", "live"},
                                                        {"wolves", "wolf"},
                                                        {"databases", "database"},
                                                        {"widgets", "widget"},
                                                        {"larger", "large"}}) {
    EXPECT_TRUE(Has(BaseForms(form), base)) << form;
  }
}

TEST(AskThesaurus, ChoosesBetweenTwoBases) {
  EXPECT_EQ(BaseForms("rating"), (List{"rating", "rate"}));
  EXPECT_EQ(BaseForms("singing"), (List{"singing", "sing"}));
  EXPECT_EQ(BaseForms("planes"), (List{"planes", "plane"}));
  EXPECT_EQ(BaseForms("singer"), (List{"singer"}));
  EXPECT_EQ(BaseForms("river"), (List{"river"}));
  EXPECT_EQ(BaseForms("news"), (List{"news"}));
  EXPECT_EQ(BaseForms("class"), (List{"class"}));
  EXPECT_EQ(BaseForms("status"), (List{"status"}));
  EXPECT_EQ(BaseForms(""), (List{""}));
  EXPECT_EQ(BaseForms("s"), (List{"s"}));
  EXPECT_EQ(BaseForms("ing"), (List{"ing"}));
}

TEST(AskSortedLines, FindsEveryKeyAndNoOther) {
  constexpr SortedLines kLines("a:1\nab:2\nb:\nword\n", ":");
  EXPECT_EQ(kLines.Find("a"), ":1");
  EXPECT_EQ(kLines.Find("ab"), ":2");
  EXPECT_EQ(kLines.Find("b"), ":");
  EXPECT_EQ(kLines.Find("word"), "");
  for (std::string_view other : {"", "aa", "c", "wor", "words", "1", "a:1"}) {
    EXPECT_FALSE(kLines.Find(other)) << other;
  }
  EXPECT_FALSE(SortedLines("", ":").Find("a"));
}

}  // namespace
}  // namespace loupe::ask

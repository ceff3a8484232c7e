#include "core/ask/value_trigrams.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace loupe::ask {
namespace {

using Trigrams = std::vector<std::int32_t>;

std::int32_t Trigram(const char* text) { return text[0] << 16 | text[1] << 8 | text[2]; }

bool Contains(const Trigrams& all, const Trigrams& some) {
  return std::includes(all.begin(), all.end(), some.begin(), some.end());
}

// Tells whether one group of the written word is whole in the value.
bool Finds(const std::string& written, const std::string& value) {
  const auto [head, tail] = SurvivorsOf(written);
  const Trigrams all = ValueTrigrams(value);
  return Contains(all, head) || Contains(all, tail);
}

TEST(AskValueTrigrams, AreThoseOfEachWordWithBlanksAround) {
  Trigrams wanted = {Trigram("  b"), Trigram(" bi"), Trigram("big"), Trigram("ig "),
                     Trigram("  s"), Trigram(" su"), Trigram("sur"), Trigram("ur ")};
  std::sort(wanted.begin(), wanted.end());
  EXPECT_EQ(ValueTrigrams("big sur"), wanted);
  EXPECT_EQ(ValueTrigrams("big-sur, big"), wanted) << "each once, marks are no words";
  EXPECT_EQ(ValueTrigrams(""), Trigrams());
  EXPECT_EQ(ValueTrigrams(" ?! "), Trigrams());
  EXPECT_EQ(ValueTrigrams("a").size(), 2u);
  EXPECT_EQ(ValueTrigrams("\xC3\xA4\xC3\xB6").size(), 5u) << "bytes beyond ASCII are letters";
}

TEST(AskValueTrigrams, OneGroupOfAWordSurvivesAnyEdit) {
  const std::string word = "germany";
  EXPECT_TRUE(Finds(word, "federal republic of germany"));
  for (std::size_t at = 0; at < word.size(); ++at) {
    std::string left_out = word;
    left_out.erase(at, 1);
    EXPECT_TRUE(Finds(left_out, word)) << left_out;
    std::string wrong = word;
    wrong[at] = 'x';
    EXPECT_TRUE(Finds(wrong, word)) << wrong;
    std::string more = word;
    more.insert(at, 1, 'x');
    EXPECT_TRUE(Finds(more, word)) << more;
    if (at + 1 == word.size()) continue;
    std::string swapped = word;
    std::swap(swapped[at], swapped[at + 1]);
    EXPECT_TRUE(Finds(swapped, word)) << swapped;
  }
  EXPECT_FALSE(Finds("france", "germany"));
}

TEST(AskValueTrigrams, GroupsOfShortWordsAreNotEmpty) {
  const auto [head, tail] = SurvivorsOf("abcd");
  EXPECT_FALSE(head.empty());
  EXPECT_FALSE(tail.empty());
}

}  // namespace
}  // namespace loupe::ask

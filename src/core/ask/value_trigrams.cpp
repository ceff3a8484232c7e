#include "core/ask/value_trigrams.hpp"

#include <algorithm>
#include <string>

namespace loupe::ask {
namespace {

bool IsWordByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

std::int32_t TrigramAt(std::string_view text, std::size_t at) {
  std::int32_t trigram = 0;
  for (std::size_t i = at; i < at + 3; ++i) {
    trigram = trigram << 8 | static_cast<unsigned char>(text[i]);
  }
  return trigram;
}

// In order of the word: those of two blanks, the word and one blank.
std::vector<std::int32_t> TrigramsOfWord(std::string_view word) {
  const std::string padded = "  " + std::string(word) + " ";
  std::vector<std::int32_t> trigrams;
  for (std::size_t at = 0; at + 3 <= padded.size(); ++at) {
    trigrams.push_back(TrigramAt(padded, at));
  }
  return trigrams;
}

void SortOnce(std::vector<std::int32_t>* trigrams) {
  std::sort(trigrams->begin(), trigrams->end());
  trigrams->erase(std::unique(trigrams->begin(), trigrams->end()), trigrams->end());
}

}  // namespace

std::vector<std::int32_t> ValueTrigrams(std::string_view folded) {
  std::vector<std::int32_t> trigrams;
  for (std::size_t begin = 0; begin < folded.size();) {
    std::size_t end = begin;
    while (end < folded.size() && IsWordByte(folded[end])) ++end;
    if (end > begin) {
      const std::vector<std::int32_t> word = TrigramsOfWord(folded.substr(begin, end - begin));
      trigrams.insert(trigrams.end(), word.begin(), word.end());
    }
    begin = end + 1;
  }
  SortOnce(&trigrams);
  return trigrams;
}

std::pair<std::vector<std::int32_t>, std::vector<std::int32_t>> SurvivorsOf(std::string_view word) {
  const std::vector<std::int32_t> all = TrigramsOfWord(word);
  // Trigram i holds the bytes i - 2 to i of the word. An edit at byte b, or a swap of b and b + 1,
  // leaves those before b and those from b + 4 on as they are.
  const std::size_t middle = (word.size() - 1) / 2;
  std::vector<std::int32_t> head(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(middle));
  std::vector<std::int32_t> tail(all.begin() + static_cast<std::ptrdiff_t>(middle) + 3, all.end());
  SortOnce(&head);
  SortOnce(&tail);
  return {std::move(head), std::move(tail)};
}

}  // namespace loupe::ask

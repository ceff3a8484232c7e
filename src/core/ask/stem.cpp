#include "core/ask/stem.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace loupe::ask {
namespace {

constexpr std::size_t kShortest = 3;  // words up to this length keep their ending

// Plurals that no ending rule finds.
constexpr std::pair<std::string_view, std::string_view> kIrregular[] = {
    {"children", "child"}, {"feet", "foot"},     {"geese", "goose"},    {"men", "man"},
    {"mice", "mouse"},     {"people", "person"}, {"persons", "person"}, {"teeth", "tooth"},
    {"women", "woman"},    {"ids", "id"},
};

bool EndsWith(std::string_view word, std::string_view ending) {
  return word.size() >= ending.size() && word.substr(word.size() - ending.size()) == ending;
}

bool IsVowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

bool HasVowel(std::string_view word) { return std::any_of(word.begin(), word.end(), IsVowel); }

bool IsIrregular(std::string_view word) {
  return std::any_of(std::begin(kIrregular), std::end(kIrregular),
                     [&](const auto& pair) { return pair.first == word; });
}

bool HasPluralEnding(std::string_view word) {
  return word.size() > kShortest && EndsWith(word, "s") && !EndsWith(word, "ss") &&
         !EndsWith(word, "us") && !EndsWith(word, "is");
}

// Undoes what English does to a verb before -ed and -ing: shipp → ship, receiv → receive.
void RestoreVerb(std::string* word) {
  const std::size_t size = word->size();
  const char last = word->back();
  const bool doubled = size > 2 && last == (*word)[size - 2];
  if (doubled && !IsVowel(last) && last != 's' && last != 'z') {
    const bool short_root = size <= 4 && last == 'l';  // call, sell
    if (!short_root) word->pop_back();
    return;
  }
  for (std::string_view root : {"at", "bl", "iz", "c", "v", "u", "rg", "dg"}) {
    if (EndsWith(*word, root)) {
      *word += 'e';
      return;
    }
  }
}

void StripVerbEnding(std::string* word) {
  if (EndsWith(*word, "eed")) return;
  for (std::string_view ending : {"ing", "ed"}) {
    if (!EndsWith(*word, ending)) continue;
    const std::string_view root = std::string_view(*word).substr(0, word->size() - ending.size());
    if (root.size() < kShortest || !HasVowel(root)) return;
    word->resize(root.size());
    RestoreVerb(word);
    return;
  }
}

// One spelling for the endings that a plural changes: y and ie become i, a silent e after a hiss
// goes.
void Normalise(std::string* word) {
  if (EndsWith(*word, "ie") && word->size() > kShortest) {
    word->pop_back();
  } else if (EndsWith(*word, "y") && word->size() > kShortest &&
             !IsVowel((*word)[word->size() - 2])) {
    word->back() = 'i';
  } else if (word->size() > kShortest) {
    for (std::string_view hiss : {"se", "xe", "ze", "che", "she"}) {
      if (EndsWith(*word, hiss)) return word->pop_back();
    }
  }
}

}  // namespace

std::string Stem(std::string_view lower) {
  for (const auto& [plural, singular] : kIrregular) {
    if (plural == lower) lower = singular;
  }
  std::string word(lower);
  const bool ascii = std::all_of(word.begin(), word.end(),
                                 [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii || word.size() <= kShortest) return word;
  if (HasPluralEnding(word)) word.pop_back();
  StripVerbEnding(&word);
  Normalise(&word);
  return word;
}

bool IsPlural(std::string_view lower) { return IsIrregular(lower) || HasPluralEnding(lower); }

}  // namespace loupe::ask

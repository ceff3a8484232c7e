// Base forms: WordNet's rules of detachment, told which of two bases English spelling means.
//
//   rating → rate, not rat     singing → sing, not singe     planes → plane, not plan
//
// A short stem of one vowel and one consonant would have doubled it ("ratting"), so it lost an e.
#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

#include "core/ask/sorted_lines.hpp"
#include "core/ask/thesaurus.hpp"

namespace loupe::ask {
namespace {

constexpr char kFormsText[] =
#include "core/ask/word_forms.inc"
    ;

constexpr SortedLines kForms({kFormsText, sizeof(kFormsText) - 1}, ":");

constexpr std::size_t kMinBase = 3;

// Words that only look like a plural.
constexpr std::string_view kSingular[] = {"news", "series", "species"};

struct Plural {
  std::string_view ending;
  std::string_view base;
};

// Tried in this order; the first that fits a word is the likeliest base of an unknown one.
constexpr Plural kPlurals[] = {
    {"ies", "y"}, {"ches", "ch"}, {"shes", "sh"}, {"sses", "ss"}, {"xes", "x"},  {"zes", "z"},
    {"oes", "o"}, {"men", "man"}, {"ses", "se"},  {"ses", "s"},   {"ves", "ve"}, {"s", ""},
};

bool EndsWith(std::string_view word, std::string_view ending) {
  return word.size() >= ending.size() && word.substr(word.size() - ending.size()) == ending;
}

bool IsVowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

void Append(std::string form, std::vector<std::string>* forms) {
  if (std::find(forms->begin(), forms->end(), form) == forms->end()) {
    forms->push_back(std::move(form));
  }
}

void AppendIrregular(std::string_view word, std::vector<std::string>* forms) {
  std::string_view rest = kForms.Find(word).value_or("");
  while (!rest.empty()) {
    rest.remove_prefix(1);
    const std::size_t end = std::min(rest.find(','), rest.size());
    Append(std::string(rest.substr(0, end)), forms);
    rest.remove_prefix(end);
  }
}

void AppendSingular(std::string_view word, std::vector<std::string>* forms) {
  const auto* const known = std::find(std::begin(kSingular), std::end(kSingular), word);
  if (known != std::end(kSingular) || EndsWith(word, "ss") || EndsWith(word, "us") ||
      EndsWith(word, "is")) {
    return;
  }
  std::optional<std::string> likeliest;
  for (const Plural& plural : kPlurals) {
    if (!EndsWith(word, plural.ending)) continue;
    std::string base(word.substr(0, word.size() - plural.ending.size()));
    base += plural.base;
    if (base.size() < kMinBase) continue;
    if (IsKnownWord(base)) return Append(std::move(base), forms);
    if (!likeliest) likeliest = std::move(base);
  }
  if (likeliest && forms->size() == 1 && !IsKnownWord(word)) Append(std::move(*likeliest), forms);
}

// One vowel between two consonants ends a stem that would have doubled its last letter.
bool LostAnE(std::string_view stem) {
  const std::size_t size = stem.size();
  return size > 2 && !IsVowel(stem[size - 1]) && IsVowel(stem[size - 2]) &&
         !IsVowel(stem[size - 3]);
}

// The first known base of a word without its ending.
void AppendStem(std::string_view word, std::string_view ending, std::vector<std::string>* forms) {
  if (!EndsWith(word, ending)) return;
  const std::string stem(word.substr(0, word.size() - ending.size()));
  if (stem.size() + 1 < kMinBase) return;
  std::vector<std::string> bases = {stem, stem + "e"};
  if (LostAnE(stem)) std::swap(bases[0], bases[1]);
  if (stem.back() == 'i' && ending != "ing") bases = {stem.substr(0, stem.size() - 1) + "y"};
  for (std::string& base : bases) {
    if (base.size() >= kMinBase && IsKnownWord(base)) return Append(std::move(base), forms);
  }
}

}  // namespace

std::vector<std::string> BaseForms(std::string_view lower) {
  std::vector<std::string> forms = {std::string(lower)};
  AppendIrregular(lower, &forms);
  AppendSingular(lower, &forms);
  if (forms.size() > 1) return forms;
  AppendStem(lower, "ed", &forms);
  AppendStem(lower, "ing", &forms);
  if (forms.size() > 1 || IsKnownWord(lower))
    return forms;  // "singer" is no comparative of "singe"
  AppendStem(lower, "er", &forms);
  AppendStem(lower, "est", &forms);
  return forms;
}

}  // namespace loupe::ask

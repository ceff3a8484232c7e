#include "core/ask/thesaurus.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace loupe::ask {
namespace {

struct Entry {
  const char* word;
  const char* related;  // "1nation|2state|…"
};

constexpr Entry kEntries[] = {
#include "core/ask/thesaurus.inc"
};

// By the class of a relation, from 1: same synset, of a rarer sense, derived form, broader or
// narrower, two steps away.
constexpr double kClassWeights[] = {0.92, 0.85, 0.75, 0.75, 0.65};

constexpr std::pair<std::string_view, std::string_view> kDetachments[] = {
    {"ies", "y"}, {"ches", "ch"}, {"shes", "sh"}, {"ses", "s"}, {"xes", "x"},
    {"zes", "z"}, {"men", "man"}, {"es", "e"},    {"es", ""},   {"s", ""},
    {"ied", "y"}, {"ed", "e"},    {"ed", ""},     {"ing", "e"}, {"ing", ""},
};

constexpr std::size_t kMinBase = 3;

}  // namespace

namespace {

const Entry* Find(std::string_view lemma) {
  const Entry* const end = std::end(kEntries);
  const Entry* const found = std::lower_bound(std::begin(kEntries), end, lemma,
                                              [](const Entry& entry, std::string_view word) {
                                                return std::string_view(entry.word) < word;
                                              });
  return found == end || found->word != lemma ? nullptr : found;
}

}  // namespace

bool IsKnownWord(std::string_view lower) { return Find(lower) != nullptr; }

std::vector<Synonym> SynonymsOf(std::string_view lemma) {
  const Entry* const found = Find(lemma);
  std::vector<Synonym> synonyms;
  if (found == nullptr) return synonyms;
  std::string_view rest = found->related;
  while (!rest.empty()) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    const auto level = static_cast<std::size_t>(rest[0] - '1');
    synonyms.push_back({rest.substr(1, bar - 1), kClassWeights[level]});
    rest.remove_prefix(std::min(bar + 1, rest.size()));
  }
  return synonyms;
}

std::vector<std::string> BaseForms(std::string_view lower) {
  std::vector<std::string> forms = {std::string(lower)};
  for (const auto& [ending, base] : kDetachments) {
    if (lower.size() < ending.size() + kMinBase - 1) continue;
    if (lower.substr(lower.size() - ending.size()) != ending) continue;
    std::string form(lower.substr(0, lower.size() - ending.size()));
    form += base;
    if (std::find(forms.begin(), forms.end(), form) == forms.end())
      forms.push_back(std::move(form));
  }
  return forms;
}

}  // namespace loupe::ask

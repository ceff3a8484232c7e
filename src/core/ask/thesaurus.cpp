#include "core/ask/thesaurus.hpp"

#include <algorithm>

#include "core/ask/sorted_lines.hpp"

namespace loupe::ask {
namespace {

constexpr char kRelatedText[] =
#include "core/ask/thesaurus.inc"
    ;

constexpr std::string_view kWeights = "0123456789";
constexpr SortedLines kRelated({kRelatedText, sizeof(kRelatedText) - 1}, kWeights);

// Reads the words of an entry one by one.
class Entry {
 public:
  explicit Entry(std::string_view rest) : rest_(rest) {}

  [[nodiscard]] bool AtEnd() const { return rest_.empty(); }

  Synonym Next() {
    const double weight = (rest_[0] - '0') / 10.0;
    const std::size_t end = std::min(rest_.find_first_of(kWeights, 1), rest_.size());
    const Synonym synonym = {rest_.substr(1, end - 1), weight};
    rest_.remove_prefix(end);
    return synonym;
  }

 private:
  std::string_view rest_;
};

Entry EntryOf(std::string_view lemma) { return Entry(kRelated.Find(lemma).value_or("")); }

double WeightIn(Entry entry, std::string_view word) {
  while (!entry.AtEnd()) {
    const Synonym synonym = entry.Next();
    if (synonym.word == word) return synonym.weight;
  }
  return 0;
}

}  // namespace

std::vector<Synonym> SynonymsOf(std::string_view lemma) {
  std::vector<Synonym> synonyms;
  for (Entry entry = EntryOf(lemma); !entry.AtEnd();) synonyms.push_back(entry.Next());
  return synonyms;
}

double Relatedness(std::string_view a, std::string_view b) {
  if (a == b) return 1;
  // A long entry is cut, so the pair may stand on one side only.
  return std::max(WeightIn(EntryOf(a), b), WeightIn(EntryOf(b), a));
}

bool IsKnownWord(std::string_view lemma) { return kRelated.Find(lemma).has_value(); }

bool IsKnownForm(std::string_view lower) {
  const std::vector<std::string> bases = BaseForms(lower);
  return std::any_of(bases.begin(), bases.end(), IsKnownWord);
}

}  // namespace loupe::ask

// TermIndex: names that a question may use, found by any of their words.
//
//   dep delay ─▶ slots {dep, departure} {delai}      found by "dep", "departure", "delai"
//
// A term is a sequence of word slots, each slot a set of stems that may fill it.
//
// Tested by test/unit/ask_model_terms_test.cpp and test/unit/ask_read_test.cpp.
#ifndef LOUPE_CORE_ASK_TERM_INDEX_HPP
#define LOUPE_CORE_ASK_TERM_INDEX_HPP

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/ask/meaning.hpp"

namespace loupe::ask {

// Of a Meaning what a name can say; there are many of these, and they are kept.
struct TermMeaning {
  MeaningKind kind = MeaningKind::kNeutral;
  semantic::Aggregation aggregation = semantic::Aggregation::kCount;
  bool temporal = false;
  bool truth = false;
  int entity = -1;
  int member = -1;
  int taught = -1;  // place among the words that were taught
  double weight = 1;
};

struct Term {
  using Slot = std::vector<std::string>;  // stems, ascending

  TermMeaning meaning;
  std::vector<Slot> slots;
};

class TermIndex {
 public:
  struct Posting {
    std::uint32_t term;
    std::uint32_t slot;
  };

  void Add(Term term);
  // Finds the term that was added last by its words in one as well, by their stem.
  void AddJoined(std::string stem);
  // Gives back room that was taken to grow.
  void Finish();

  [[nodiscard]] const Term& At(std::size_t term) const { return terms_[term]; }

  // Where a stem may fill a slot, in order of the terms; null where it fills none.
  [[nodiscard]] const std::vector<Posting>* Find(const std::string& stem) const;

  // Terms whose words in one have the stem; null where there are none.
  [[nodiscard]] const std::vector<std::uint32_t>* FindJoined(const std::string& stem) const;

  // Stems of at least `min_bytes` that are at most one letter away, ascending.
  [[nodiscard]] std::vector<std::string> NearStems(const std::string& stem,
                                                   std::size_t min_bytes) const;

  // What it takes, roughly.
  [[nodiscard]] std::size_t bytes() const;

 private:
  std::vector<Term> terms_;
  std::map<std::string, std::vector<Posting>> index_;
  std::map<std::string, std::vector<std::uint32_t>> joined_;
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_TERM_INDEX_HPP

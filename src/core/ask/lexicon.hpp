// Lexicon: what words of a question name: the terms of a model (model_terms.hpp) and those that
// were taught.
//
// Whole terms weigh most; the head of a term ("delay" of departure delay) or a term without its
// generic tail ("department" for department_name) weighs less, so that a better reading wins and an
// ambiguous one shows.
//
// Words that were taught are terms that match as a whole or not at all.
//
// Tested by test/unit/ask_read_test.cpp and test/unit/ask_taught_word_test.cpp.
#ifndef LOUPE_CORE_ASK_LEXICON_HPP
#define LOUPE_CORE_ASK_LEXICON_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/ask/meaning.hpp"
#include "core/ask/model_terms.hpp"
#include "core/ask/taught_word.hpp"
#include "core/ask/term_index.hpp"
#include "core/ask/tokens.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

struct TermMatch {
  std::size_t end = 0;  // token behind the match
  Meaning meaning;      // an entity, dimension, measure, quantity, or what was taught
  double least = 1;     // 0 to 1: of the farthest other word
  double kept = 1;      // 0 to 1: how well other words stand for those of the name, in the weight
};

// Another word for one of the question.
struct OtherWord {
  std::string stem;
  double weight = 0;  // 0 to 1
};

// By token; tokens that only mean themselves have none.
using OtherWords = std::vector<std::vector<OtherWord>>;

// Not copied, since it may hold the terms that it refers to.
class Lexicon {
 public:
  // Refers to the terms of the model where they are kept, which have to live as long; else makes
  // its own.
  Lexicon(const semantic::Model& model, std::vector<TaughtWord> words,
          const ModelTerms* kept = nullptr);
  Lexicon(const Lexicon&) = delete;
  Lexicon& operator=(const Lexicon&) = delete;

  // Every term that tokens beginning at `at` name, in whole or in part; unsorted.
  [[nodiscard]] std::vector<TermMatch> Match(const std::vector<Token>& tokens,
                                             std::size_t at) const;

  // Those that take another word for at least one token; `others` has an entry for each token.
  [[nodiscard]] std::vector<TermMatch> MatchOthers(const std::vector<Token>& tokens, std::size_t at,
                                                   const OtherWords& others) const;

  // The terms that have the word at `at` among their own, where the rest of their names is not
  // there; none where they are many.
  [[nodiscard]] std::vector<TermMatch> MatchPart(const std::vector<Token>& tokens,
                                                 std::size_t at) const;

  // Stems of the model's words that begin a word and are none themselves: "prereq" for
  // prerequisite.
  [[nodiscard]] std::vector<std::string> ShortForms(const std::string& lower) const;

  // Stems of the model's words that are one letter away: what a misspelt word may mean.
  [[nodiscard]] std::vector<std::string> NearStems(const std::string& stem) const;

  [[nodiscard]] const std::vector<Quantity>& quantities() const { return quantities_; }

  // Those that were taught; Meaning::taught counts them.
  [[nodiscard]] const std::vector<TaughtWord>& words() const { return words_; }

  // Names as people write them ("departure delay"), for offers: those of the model without repeats,
  // then those that were taught.
  [[nodiscard]] std::vector<std::string> phrases() const;

 private:
  // Where words are looked for: the question, with what else its words may be.
  struct Text {
    const std::vector<Token>& tokens;
    const OtherWords& others;
  };

  void AddWord(const semantic::Model& model, int place);
  [[nodiscard]] Meaning MeaningOf(const TermMeaning& term) const;
  static bool DropsAggregate(const Term& term, std::size_t slot);
  static double FillsSlot(const Text& text, std::size_t at, const Term& term, std::size_t slot);
  void MatchWhole(const Text& text, std::size_t at, const Term& term,
                  std::vector<TermMatch>* out) const;
  void MatchPosting(const Text& text, std::size_t at, const TermIndex::Posting& posting,
                    double kept, std::vector<TermMatch>* out) const;
  void MatchJoined(const std::vector<Token>& tokens, std::size_t at,
                   std::vector<TermMatch>* out) const;
  void MatchStem(const Text& text, std::size_t at, const std::string& stem, double kept,
                 std::vector<TermMatch>* out) const;

  std::optional<ModelTerms> own_;
  const ModelTerms& terms_;
  std::vector<TaughtWord> words_;
  TermIndex taught_;
  std::vector<Quantity> quantities_;  // of the model, as taught words change them
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_LEXICON_HPP

// Lexicon: the words of a model, and where they lead.
//
//   entity order_items           order item
//   dimension flights.dep_delay  dep delay, departure delay (abbreviations, the comment's head)
//   measure orders.revenue       revenue, and its title and synonyms
//
// A term is a sequence of word slots, each slot a set of stems that may fill it. Whole terms weigh
// most; the head of a term ("delay") or a term without its generic tail ("department" for
// department_name) weighs less, so that a better reading wins and an ambiguous one shows.
//
// Words that were taught are terms that match as a whole or not at all.
//
// Tested by test/unit/ask_read_test.cpp and test/unit/ask_taught_word_test.cpp.
#ifndef LOUPE_CORE_ASK_LEXICON_HPP
#define LOUPE_CORE_ASK_LEXICON_HPP

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "core/ask/meaning.hpp"
#include "core/ask/taught_word.hpp"
#include "core/ask/tokens.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

// What an abbreviation in names of columns stands for ("qty": quantity); empty for any other word.
[[nodiscard]] std::string_view FullWord(std::string_view word);

// A number column (or expression) of one entity with all that the model can make of it.
struct Quantity {
  int entity = -1;
  std::string source;         // the column, or "sql:" and the expression
  int dimension = -1;         // the number dimension, or -1
  std::vector<int> measures;  // sum, avg, min and max over it
};

struct TermMatch {
  std::size_t end = 0;  // token behind the match
  Meaning meaning;      // an entity, dimension, measure, quantity, or what was taught
  double kept = 1;      // 0 to 1: how well other words stand for those of the name, in the weight
};

// Another word for one of the question.
struct OtherWord {
  std::string stem;
  double weight = 0;  // 0 to 1
};

// By token; tokens that only mean themselves have none.
using OtherWords = std::vector<std::vector<OtherWord>>;

// Refers to the model, which has to live as long.
class Lexicon {
 public:
  explicit Lexicon(const semantic::Model& model, std::vector<TaughtWord> words = {});

  // Every term that tokens beginning at `at` name, in whole or in part; unsorted.
  [[nodiscard]] std::vector<TermMatch> Match(const std::vector<Token>& tokens,
                                             std::size_t at) const;

  // Those that take another word for at least one token; `others` has an entry for each token.
  [[nodiscard]] std::vector<TermMatch> MatchOthers(const std::vector<Token>& tokens, std::size_t at,
                                                   const OtherWords& others) const;

  // Stems of the model's words that are one letter away: what a misspelt word may mean.
  [[nodiscard]] std::vector<std::string> NearStems(const std::string& stem) const;

  [[nodiscard]] const std::vector<Quantity>& quantities() const { return quantities_; }

  // Those that were taught; Meaning::taught counts them.
  [[nodiscard]] const std::vector<TaughtWord>& words() const { return words_; }

  // Names as people write them ("departure delay"), for offers; in model order, without repeats.
  [[nodiscard]] const std::vector<std::string>& phrases() const { return phrases_; }

 private:
  using Slot = std::vector<std::string>;
  struct Term {
    Meaning meaning;
    std::vector<Slot> slots;
    bool is_taught = false;
  };
  struct Posting {
    std::size_t term;
    std::size_t slot;
  };

  void AddEntity(int entity);
  void AddDimension(int entity, int member);
  void AddMeasure(int entity, int member);
  void AddWord(int place);
  [[nodiscard]] Meaning DimensionMeaning(int entity, int member);
  void AddOtherNames(Meaning meaning, const semantic::Dimension& dimension,
                     const std::string& unmarked);
  void AddKeyName(const Meaning& meaning, const std::string& owner);
  void AddName(const Meaning& meaning, const std::string& name, const std::string& owner);
  void AddGlued(Meaning meaning, const std::string& name, const std::string& owner);
  void AddCount(const Meaning& meaning, std::string_view name, semantic::Labels labels);
  int QuantityOf(int entity, const std::string& source);
  // Adds the words of a name, its title, its synonyms and the head of its description.
  void AddLabels(const Meaning& meaning, std::string_view name, const semantic::Labels& labels);
  void AddPhrase(Meaning meaning, const std::vector<std::string>& words,
                 std::string_view description);
  static bool DropsAggregate(const Term& term, std::size_t slot);
  // Where words are looked for: the question, with what else its words may be.
  struct Text {
    const std::vector<Token>& tokens;
    const OtherWords& others;
  };
  static double FillsSlot(const Text& text, std::size_t at, const Term& term, std::size_t slot);
  static void MatchWhole(const Text& text, std::size_t at, const Term& term,
                         std::vector<TermMatch>* out);
  void MatchPosting(const Text& text, std::size_t at, const Posting& posting, double kept,
                    std::vector<TermMatch>* out) const;

  void MatchJoined(const std::vector<Token>& tokens, std::size_t at,
                   std::vector<TermMatch>* out) const;

  const semantic::Model& model_;
  std::vector<TaughtWord> words_;
  std::string mark_;         // that all names of entities begin with
  std::string column_mark_;  // of the entity that is being added
  std::vector<Quantity> quantities_;
  std::vector<Term> terms_;
  std::map<std::string, std::vector<Posting>, std::less<>> index_;
  std::multimap<std::string, std::size_t, std::less<>> joined_;  // terms by their words in one
  std::vector<std::string> phrases_;
  std::unordered_set<std::string> known_phrases_;  // the same
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_LEXICON_HPP

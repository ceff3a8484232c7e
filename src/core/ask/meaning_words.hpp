// Meanings in words, so that a person can see what the spans of a question may stand for.
//
//   kDimension flights.origin   "column flights.origin"
//   kValue                      "JFK in flights.origin"
//   kGroup                      "a group follows"
//   what was taught             "rows of customers, as taught"
//
// Tested by test/unit/ask_trace_test.cpp.
#ifndef LOUPE_CORE_ASK_MEANING_WORDS_HPP
#define LOUPE_CORE_ASK_MEANING_WORDS_HPP

#include <string>
#include <vector>

#include "core/ask/lexicon.hpp"
#include "core/ask/meaning.hpp"
#include "core/ask/phrase_reading.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

// Refers to the model, the quantities and the words, which have to live as long. What is hidden
// from the caller has no words: the text is empty then.
class MeaningTeller {
 public:
  MeaningTeller(const semantic::Model& model, const std::vector<Quantity>& quantities,
                const std::vector<TaughtWord>& words)
      : model_(model), quantities_(quantities), words_(words) {}

  [[nodiscard]] std::string Tell(const Meaning& meaning) const;
  // "rows of flights where flights.origin is JFK".
  [[nodiscard]] std::string Tell(const PhraseReading& reading) const;
  // The entity's name; empty when it is hidden.
  [[nodiscard]] std::string Entity(int entity) const;

 private:
  [[nodiscard]] std::string Dimension(MemberRef ref) const;
  [[nodiscard]] std::string Measure(MemberRef ref) const;
  [[nodiscard]] std::string QuantityAt(int place) const;
  [[nodiscard]] std::string Named(const Meaning& meaning) const;
  [[nodiscard]] std::string Head(const PhraseReading& reading) const;

  const semantic::Model& model_;
  const std::vector<Quantity>& quantities_;
  const std::vector<TaughtWord>& words_;
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_MEANING_WORDS_HPP

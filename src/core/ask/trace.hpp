// Trace: what the phases of the engine found on their way to a reading, kept for who asks why.
//
//   Trace trace;
//   Read(question, model, values, now, layer, context, {kLeastConfidence, &trace});
//   FindingsOf(trace, reading, model)   the same in words
//
// A phase that is given no trace keeps nothing.
//
// Tested by test/unit/ask_trace_test.cpp.
#ifndef LOUPE_CORE_ASK_TRACE_HPP
#define LOUPE_CORE_ASK_TRACE_HPP

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "core/ask/confidence.hpp"
#include "core/ask/form.hpp"
#include "core/ask/lexicon.hpp"
#include "core/ask/meaning.hpp"
#include "core/ask/phrase_reading.hpp"
#include "core/ask/tokens.hpp"
#include "core/base/json.hpp"

namespace loupe::ask {

// A phrase of the outline with all that it can mean.
struct TracedPhrase {
  std::string words;
  std::string role;                     // "shown", "counted", "grouped by", …
  std::vector<std::size_t> segments;    // where the parts begin, in tokens
  std::vector<PhraseReading> readings;  // best first
};

// Which reading of a phrase a binding takes, and what that is worth.
struct TracedChoice {
  std::size_t reading = 0;
  double fit = 1;       // of the reading's kind to the phrase's role
  double together = 1;  // with the columns that stand beside it
};

// How an entity that is spoken of is reached from the others.
struct TracedReach {
  int entity = -1;
  int from = -1;      // the nearest; -1 where no joins lead there
  int distance = -1;  // in joins
  double weight = 1;
};

struct TracedBinding {
  std::vector<TracedChoice> choices;  // one for each phrase
  std::vector<TracedReach> reaches;
  double assumed = 1;  // what the form had to assume, as a factor
};

// A form that can be run.
struct TracedReading {
  Form form;
  std::string words;
  Json query;       // null …
  std::string sql;  // … where this is the statement
  double score = 0;
};

// The pair that was taught and answers instead.
struct TracedPair {
  std::string question;  // as it was taught
  std::string words;     // what was changed in it
  std::string sql;
};

struct Trace {
  std::optional<TracedPair> pair;
  std::vector<Token> tokens;
  std::vector<Segment> segments;
  std::vector<Quantity> quantities;  // of the lexicon
  std::vector<TaughtWord> words;     // … and these
  std::vector<std::string> unknown;
  std::vector<TracedPhrase> phrases;
  std::vector<TracedBinding> bindings;  // Form::origin counts them
  std::vector<TracedReading> readings;  // best first
  double passed_over = 1;               // words of the outline that were, as a factor
  double unknown_weight = 1;            // words that nothing explains, as a factor
  Signs signs = {};                     // of the first reading
  double least_confidence = 0;
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_TRACE_HPP

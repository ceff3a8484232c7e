// Read: the embedded language engine behind ask(question). The same question and model give the
// same reading; no network, no training, no clock but `now`.
//
//   question ─▶ Tokenize ─▶ MatchTokens ─▶ InterpretSegments ─▶ Decide ─▶ Reading
//               tokens       match          roles, plan          rank        │ query (JSON)
//                              ▲                                             ▼
//               model ─▶ Lexicon     ValueSource              semantic layer, gate, rows
//                                                                            │
//                                              Explain (the reading) ◀───────┴─▶ Say (the answer)
//
// Precision comes first. A content word that means nothing here, a word without a role in the
// query, and two readings that are equally good each end without an answer, and say so:
//
//   Reading r = Read("how many flights by carrier?", model, values, now, context).value();
//   r.outcome == Outcome::kAnswered
//   r.query.Dump() == {"measures":["flights.count"],"dimensions":["flights.carrier"]}
//   r.interpretation == "count of flights, by carrier"
//
// Tested by test/unit/ask_read_test.cpp and test/fuzz/ask_read_fuzz.cpp.
#ifndef LOUPE_CORE_ASK_READ_HPP
#define LOUPE_CORE_ASK_READ_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ask/taught_word.hpp"
#include "core/ask/values.hpp"
#include "core/base/calendar.hpp"
#include "core/base/context.hpp"
#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

enum class Layer { kQueries, kTables };
enum class Outcome { kAnswered, kClarify, kAbstained };

struct ModelTerms;
struct Trace;

constexpr double kLeastConfidence = 0.78;  // right more than three times as often as not
constexpr std::int64_t kDefaultLimit = 10'000;

struct ReadOptions {
  double least_confidence = kLeastConfidence;  // below it a reading is not shown as an answer
  Trace* trace = nullptr;                      // filled where there is one
  std::vector<TaughtWord> words = {};          // what was taught of this model
  const ModelTerms* terms = nullptr;           // of this model, where they are kept
  // Rows of a statement that names no number of them; nothing: all. Queries have a limit of their
  // own.
  std::optional<std::int64_t> default_limit = kDefaultLimit;
};

struct Reading {
  Outcome outcome = Outcome::kAbstained;
  Json query;                             // semantic query JSON, or null …
  std::string sql;                        // … and then this, a statement over the tables
  std::string interpretation;             // the query in plain words
  std::string conditions;                 // those of the statement: "where country is France"
  bool is_total = false;                  // one row, which aggregates all
  double confidence = 0;                  // 0 to 1
  std::vector<std::string> alternatives;  // other readings in plain words, best first
  std::vector<std::string> warnings;
  std::string reason;                      // why it abstains or asks back
  std::vector<std::string> unknown_words;  // as written
};

// Reads `question` against `model`. `now` is the caller's wall clock. Errors: kAskEmptyQuestion,
// kLimitExceeded, kInvalidText.
// `layer` says what may answer: a governed model's queries alone, or statements over tables too.
[[nodiscard]] Result<Reading> Read(std::string_view question, const semantic::Model& model,
                                   const ValueSource& values, const DateTime& now, Layer layer,
                                   const Context& context, const ReadOptions& options = {});

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_READ_HPP

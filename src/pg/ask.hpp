// What the SQL functions over questions share: the arguments, and how a question becomes a reading.
//
// Tested by test/pgtap/70_ask.sql.
#ifndef LOUPE_PG_ASK_HPP
#define LOUPE_PG_ASK_HPP

#include "pg/function.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ask/read.hpp"
#include "core/base/json.hpp"
#include "core/base/rowset.hpp"
#include "core/semantic/compile.hpp"
#include "pg/ask_teach.hpp"
#include "pg/model_store.hpp"

namespace loupe::pg {

struct Question {
  std::string text;
  std::optional<std::int64_t> conversation;
  std::optional<Json> filters;
  std::optional<std::vector<std::string>> schemas;
  std::optional<std::string> model;
  std::optional<std::int64_t> default_limit = ask::kDefaultLimit;  // as of ask::ReadOptions
};

// A question with its model, its reading and, when that is a semantic query, what it compiles to.
struct Prepared {
  std::string text;  // the whole question, where it follows up on another
  ModelHandle model;
  ask::Reading reading;
  std::optional<semantic::Compiled> compiled;
  std::optional<TaughtAnswer> taught;  // then the reading's statement is what was taught

  [[nodiscard]] bool IsAnswer() const { return reading.outcome == ask::Outcome::kAnswered; }
  [[nodiscard]] const std::string& sql() const { return compiled ? compiled->sql : reading.sql; }
};

struct Answer {
  Prepared prepared;
  RowSet rows;
  std::string sentence;
  std::optional<Json> chart;
  std::optional<std::int64_t> id;  // in the history
};

// The model that a question is asked of. Throws kInvalidArgument where it names schemas and a
// model.
[[nodiscard]] ModelHandle ModelFor(const Question& question);

// Reads the arguments that follow question in all functions; `first` is the place of filters.
[[nodiscard]] Question QuestionArguments(FunctionCallInfo fcinfo, int first);

// Adds the caller's filters to a semantic query. Throws kInvalidArgument when they are no array.
void AddFilters(const std::optional<Json>& filters, Json* query);

// Reads the question as the caller, in its conversation where it has one, and compiles the reading
// when it is an answer by a semantic query. Fills `trace` where there is one, and then leaves the
// conversation as it is.
[[nodiscard]] Prepared Prepare(const Question& question, ask::Trace* trace = nullptr);

// Prepares the question, runs what it reads as and says what came of it; the history is not told.
[[nodiscard]] Answer AnswerQuestion(const Question& question);

}  // namespace loupe::pg

#endif  // LOUPE_PG_ASK_HPP

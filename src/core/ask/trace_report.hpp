// TraceReport: why a question was read as it was, as rows that a person reads from top to bottom.
//
//   part     words         meaning                                     weight  taken
//   span     how many      a count is asked for
//   span     JFK           "JFK" in flights.origin                          1  t
//   span     JFK           "JFK" in weather.origin                          1  f
//   phrase   flights       counted: rows of flights                         1  t
//   join     flights       weather is 1 join away                        0.93
//   factor   words         how well the words name what they stand for      1
//   sign     joins         joins between what is spoken of: odds × 0.7          1
//   reading  1             count of flights, where origin is JFK         0.96  t
//   sql      1             SELECT …
//   verdict  answered      0.96 is at least 0.5; …                          0.96
//
// What the model hides from the caller stands in no row.
//
// Tested by test/unit/ask_trace_test.cpp.
#ifndef LOUPE_CORE_ASK_TRACE_REPORT_HPP
#define LOUPE_CORE_ASK_TRACE_REPORT_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/ask/read.hpp"
#include "core/ask/trace.hpp"
#include "core/base/json.hpp"
#include "core/semantic/model.hpp"

namespace loupe::ask {

constexpr std::size_t kToldMeanings = 6;  // of a span or phrase, besides the one taken
constexpr std::size_t kToldLetters = 60;  // of a span or phrase
constexpr std::size_t kToldReadings = 2;  // the winner and the runner-up

struct Finding {
  std::string part;  // taught, span, unknown, phrase, join, factor, sign, reading, …
  std::string words;
  std::string meaning;
  std::optional<double> weight;
  std::optional<bool> taken;
};

// In the order of the phases. The weights of the factors multiply to the score of the first
// reading, the odds in the words of the signs to the odds that it is right.
[[nodiscard]] std::vector<Finding> FindingsOf(const Trace& trace, const Reading& reading,
                                              const semantic::Model& model);

// The same for programs: {"spans": [{"words", "meaning", "weight", "taken"}], "unknown", "phrases",
// "joins", "factors", "signs", "readings" (with "query" where the layer answers, and "sql"),
// "warnings", "verdict"}, and "taught" where a pair that was taught answers.
[[nodiscard]] Json FindingsToJson(const std::vector<Finding>& findings, const Trace& trace);

[[nodiscard]] const char* OutcomeName(Outcome outcome);

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_TRACE_REPORT_HPP

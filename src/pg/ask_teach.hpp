// Questions that were taught, loupe.taught_question: how pairs come in, and which one answers.
//
// A pair answers its owner, and everybody when it is shared by a role that is trusted with the
// database, where all that its SQL reads lies in the schemas that are asked.
//
// Tested by test/pgtap/71_ask_teach.sql and test/ask/run-taught.
#ifndef LOUPE_PG_ASK_TEACH_HPP
#define LOUPE_PG_ASK_TEACH_HPP

#include "pg/boundary.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ask/values.hpp"
#include "core/base/calendar.hpp"
#include "core/semantic/model.hpp"

namespace loupe::pg {

struct TaughtAnswer {
  std::int64_t id = 0;
  std::string question;  // as it was taught
  std::string sql;
  std::vector<std::string> schemas;
  std::vector<std::string> changes;  // "France for Germany"
};

// The pair that answers the question over the schemas, with its SQL for that question; none where
// the gate would not let the caller run it.
[[nodiscard]] std::optional<TaughtAnswer> FindTaught(const std::string& question,
                                                     const std::vector<std::string>& schemas,
                                                     const semantic::Model& model,
                                                     const ask::ValueSource& values,
                                                     const DateTime& now);

// The reading in words.
[[nodiscard]] std::string TaughtInWords(const TaughtAnswer& answer);

}  // namespace loupe::pg

#endif  // LOUPE_PG_ASK_TEACH_HPP

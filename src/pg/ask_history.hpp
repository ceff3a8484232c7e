// The history of questions, loupe.question: what ask() gives to the writer of statement_log.hpp.
//
// Tested by test/server/ask_history.sh.
#ifndef LOUPE_PG_ASK_HISTORY_HPP
#define LOUPE_PG_ASK_HISTORY_HPP

#include "pg/boundary.hpp"

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/rowset.hpp"

namespace loupe::pg {

// Takes the next number of the history. None where the transaction may not write, since a sequence
// is written to, and while no history is kept.
[[nodiscard]] std::optional<std::int64_t> NextQuestionId();

// Hashes rows without regard to their order: equal rows of equal columns have equal hashes.
[[nodiscard]] std::string HashRows(const RowSet& rows);

}  // namespace loupe::pg

#endif  // LOUPE_PG_ASK_HISTORY_HPP

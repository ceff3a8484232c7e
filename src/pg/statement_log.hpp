// The record of gated statements and of questions: kept in the backend, written to loupe.statement
// and loupe.question by a background worker after the transaction has ended, however it ended.
//
//   LogStatement --> buffer --end of transaction--> shared memory --> worker --> loupe.statement
//   LogQuestion  --'                                                       '--> loupe.question
//
// A backend has one worker at a time and starts at most one in 200 ms; what waits goes with the
// next end of a transaction, or with the end of the session. The buffer holds 1,000 records; half
// full it is handed over within a transaction, full it waits 10 s for the worker that runs. Where
// there is no free worker, or that one takes longer, the oldest are dropped, and the server's log
// tells how many. On a standby and in parallel workers nothing is recorded.
//
// Tested by test/server/statement_log.sh and test/server/ask_history.sh.
#ifndef LOUPE_PG_STATEMENT_LOG_HPP
#define LOUPE_PG_STATEMENT_LOG_HPP

#include "pg/boundary.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace loupe::pg {

// Of each text of a record; more is cut at a character.
constexpr std::size_t kMaxTextBytes = 8192;

// One gated run or refusal; texts are UTF-8. Who ran it, when and in which project is added.
struct StatementRecord {
  std::string purpose;
  std::string sql;
  std::vector<std::string> relations;
  bool accepted = false;
  std::string rule;             // that refused it; empty: none
  int sqlstate = 0;             // packed, of the error that ended it; 0: none
  std::int64_t row_count = -1;  // -1: it did not come to an end
  double duration_ms = 0;
};

// One question and what became of it; texts are UTF-8. Who asked it, when and in which project is
// added.
struct QuestionRecord {
  std::int64_t id = 0;  // 0: the table gives one
  std::string status;
  std::string engine;
  std::string model;    // empty: inferred from the schemas
  std::string schemas;  // JSON array
  std::string question;
  std::string filters;  // JSON, or empty
  std::string interpretation;
  std::string sql;              // empty: none
  std::string rows_hash;        // empty: nothing ran
  std::int64_t row_count = -1;  // -1: nothing ran
  double confidence = 0;
  double duration_ms = 0;
};

// Puts a record into the buffer when loupe.log_statements wants it. Touches no catalog and raises
// nothing, so that it may be called in whatever state an error has left.
void LogStatement(const StatementRecord& record) noexcept;

// The same for a question, as loupe.ask_history wants it: without its texts, or not at all.
void LogQuestion(const QuestionRecord& record) noexcept;

// Hands the buffer over when it is half full, and waits for room when it is full: nobody can push a
// record out of it by running many statements in one transaction. May throw when cancelled.
void RelieveStatementLog();

// Registers what hands the buffer over; called once by _PG_init.
void InstallStatementLog();

}  // namespace loupe::pg

#endif  // LOUPE_PG_STATEMENT_LOG_HPP

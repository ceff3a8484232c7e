// Execute: the one way in which SQL that came from a question, a model or a spec is run.
//
//   text --Judge--> Query --plan--> PlannedStmt --run--> rows
//
// All of it happens inside a subtransaction that is read-only and always rolled back, as the
// caller, under a search_path of pg_catalog, the allowed schemas and pg_temp, with a time limit of
// its own and limits on rows and bytes. It works in read-write and read-only transactions and on a
// standby, not in parallel workers.
#ifndef LOUPE_PG_EXECUTE_HPP
#define LOUPE_PG_EXECUTE_HPP

#include "pg/boundary.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/rowset.hpp"

namespace loupe::pg {

// What the caller wants with more rows than the limit: an error, or the first rows.
enum class RowLimitMode { kError, kTruncate };

// How numbers leave: as JSON numbers where a double holds them (charts, answers), or always as
// strings of their exact digits (the semantic layer, as Cube gives them).
enum class NumberForm { kNumber, kDigits };

struct ExecuteOptions {
  const char* purpose = "";  // "ask", "semantic", "chart", "profile": for the record
  std::vector<std::string>
      schemas;                // allowed schemas in search order; empty: the caller's own path
  std::int64_t max_rows = 0;  // 0: loupe.max_rows
  RowLimitMode row_limit = RowLimitMode::kError;
  NumberForm numbers = NumberForm::kNumber;
  std::size_t max_sql_bytes = 0;  // 0: the limit for text from outside
  int timeout_ms = 0;             // 0: loupe.statement_timeout; else the shorter of both
};

struct Execution {
  RowSet rows;
  bool truncated = false;  // more rows were there than options.max_rows
};

// Judges and runs `sql` (UTF-8). Throws StatusError (kGateRefused, kGateRowLimit, kGateByteLimit,
// kGateTimeLimit) or PgError with PostgreSQL's own SQLSTATE.
[[nodiscard]] Execution Execute(const std::string& sql, const ExecuteOptions& options);

// What a column of this type means to charts and sentences (domains count as their base type).
[[nodiscard]] ValueType ClassifyType(Oid type);

}  // namespace loupe::pg

#endif  // LOUPE_PG_EXECUTE_HPP

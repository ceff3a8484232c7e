// Execute: the one way in which SQL that came from a question, a model or a spec is run.
//
//   text --Judge--> Query --JudgePlan--> PlannedStmt --run--> rows
//
// All of it happens inside a subtransaction that is read-only and always rolled back, as the
// caller, under a search_path of pg_catalog, the allowed schemas and pg_temp, with limits on time,
// planning, cost, memory, temporary files, rows and bytes, and goes to loupe.statement. It works in
// read-write and read-only transactions and on a standby, not in parallel workers.
//
// Tested by test/pgtap/40_gate.sql, 41_judge.sql, 43_gate_roles.sql, 44_gate_trust.sql,
// test/server/gate.sh and what lies in test/security.
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

// How values leave. kReading: numbers as JSON numbers where a double holds them, times as a clock
// on the session's wall shows them (charts, answers). kDigits: the same, but numbers always as
// strings of their exact digits (the semantic layer, as Cube gives them). kFaithful: as kReading,
// but times with a zone keep their offset, so that nothing is lost.
enum class ValueForm { kReading, kDigits, kFaithful };

// Who wrote the text: somebody outside, or one of our own compilers, whose statements are as large
// as what was asked for.
enum class SqlOrigin { kOutside, kCompiled };

// What the schemas of the options mean: where unqualified names are looked up, or all that may be
// read. A policy always means the second.
enum class SchemaScope { kSearched, kOnly };

struct ExecuteOptions {
  const char* purpose = "";  // "ask", "semantic", "chart", "profile", "sql": for the record
  std::vector<std::string>
      schemas;  // allowed schemas in search order; empty: the caller's own path
  SchemaScope scope = SchemaScope::kSearched;
  SqlOrigin origin = SqlOrigin::kOutside;
  std::int64_t max_rows = 0;  // 0: loupe.max_rows
  RowLimitMode row_limit = RowLimitMode::kError;
  ValueForm values = ValueForm::kReading;
  int timeout_ms = 0;       // 0: loupe.statement_timeout; else the shorter of both
  bool limits_cost = true;  // false: what was asked for decides, as for a profile
};

struct Execution {
  RowSet rows;
  bool truncated = false;  // more rows were there than options.max_rows
};

// Judges and runs `sql` (UTF-8). Throws StatusError (kGateRefused, kNoPrivilege, kGateRowLimit,
// kGateByteLimit, kGateTimeLimit, kGatePlanTimeLimit, kGateMemoryLimit) or PgError with
// PostgreSQL's own SQLSTATE.
[[nodiscard]] Execution Execute(const std::string& sql, const ExecuteOptions& options);

// A verdict in the core's types.
struct Judgement {
  bool accepted = false;
  std::string rule;  // "" when accepted
  std::string object;
  std::string stage;
  int position = 0;  // 1-based character in the text; 0 = not known
  std::string message;
  std::string hint;
  std::vector<std::string> relations;
  std::vector<std::string> columns;
  std::vector<std::string> functions;
  std::vector<ResultColumn> result_columns;  // when accepted
  std::vector<Oid> plan_relations;           // all that the plan depends on, when accepted
  int sqlstate = 0;                          // of PostgreSQL's own error; 0 = none
  double estimated_cost = -1;                // -1 = not planned
  double estimated_rows = -1;
};

// Judges and plans `sql` as Execute would and runs nothing. What makes Execute throw is a verdict
// here, but for a cancel by the user and the end of the session.
[[nodiscard]] Judgement Validate(const std::string& sql, const ExecuteOptions& options);

// What a column of this type means to charts and sentences (domains count as their base type).
[[nodiscard]] ValueType ClassifyType(Oid type);

}  // namespace loupe::pg

#endif  // LOUPE_PG_EXECUTE_HPP

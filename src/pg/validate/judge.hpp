// The judge: decides from PostgreSQL's own parsed and analysed tree whether a statement may run.
//
// It never reads the text itself. Its steps, each free of side effects:
//
//   size -> raw parse -> one statement, SELECT/VALUES/TABLE -> analyse under a fixed search_path
//        -> no INTO, no locking, no data change at any level -> rewrite
//
// The accepted tree, not its text, is what the executor plans and runs: there is no second parse.
// Everything here is C in C++ clothes: it runs inside Call() and may jump.
#ifndef LOUPE_PG_VALIDATE_JUDGE_HPP
#define LOUPE_PG_VALIDATE_JUDGE_HPP

#include "pg/postgres.hpp"

extern "C" {
#include "nodes/parsenodes.h"
}

namespace loupe::pg {

// Where in the order of judgement a rule stands.
enum class Stage { kSize, kParse, kAnalyze, kPlan, kRuntime };

// A verdict is plain data in the memory context that was current when Judge() was called.
struct Verdict {
  bool accepted = false;
  Stage stage = Stage::kSize;
  const char* rule = nullptr;     // stable name: "single_statement", "select_only", …
  const char* object = nullptr;   // what offends, as the user wrote it or as the catalog names it
  const char* message = nullptr;  // lower case, no full stop
  const char* hint = nullptr;     // a full sentence
  int position = 0;               // 1-based character in the text; 0 = not known
  Query* query = nullptr;         // the rewritten tree when accepted
};

constexpr std::size_t kMaxQuestionSql = std::size_t{64} << 10;  // text from outside
constexpr std::size_t kMaxCompiledSql = std::size_t{8} << 20;   // text printed by our own compilers

// Judges `sql` (server encoding, NUL-terminated) of at most `max_bytes`. A syntax error or an
// unknown name is PostgreSQL's own ERROR, with its SQLSTATE and position.
[[nodiscard]] Verdict Judge(const char* sql, std::size_t max_bytes);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_JUDGE_HPP

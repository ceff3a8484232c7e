// What the judge says about one statement: plain data in the memory context of the judgement.
#ifndef LOUPE_PG_VALIDATE_VERDICT_HPP
#define LOUPE_PG_VALIDATE_VERDICT_HPP

#include "pg/postgres.hpp"

extern "C" {
#include "nodes/parsenodes.h"
#include "nodes/plannodes.h"
}

namespace loupe::pg {

// Where in the order of judgement a rule stands.
enum class Stage { kSize, kParse, kAnalyze, kAcl, kPlan };

// "size", "parse", "analyze", "acl" or "plan".
[[nodiscard]] const char* StageName(Stage stage);

struct Verdict {
  bool accepted = false;
  Stage stage = Stage::kSize;  // the last one reached
  const char* rule = nullptr;  // stable name: "single_statement", "function", …; null = accepted
  const char* object = nullptr;   // what offends, as the catalog or the statement names it
  const char* message = nullptr;  // lower case, no full stop
  const char* hint = nullptr;     // a full sentence
  int location = -1;              // byte offset in the text; -1 = not known
  List* relations = NIL;          // of char*, schema-qualified, each once
  List* columns = NIL;            // of char*: schema.relation.column
  List* functions = NIL;          // of char*: signatures of what is called by name
  double estimated_cost = -1;     // of the plan; -1 = not planned
  double estimated_rows = -1;
  Query* query = nullptr;       // the rewritten tree, once all but the plan is judged
  PlannedStmt* plan = nullptr;  // made of that tree, when accepted
};

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_VERDICT_HPP

// The judge: decides from PostgreSQL's own parsed, analysed and rewritten tree whether a statement
// may run. It never decides from the text itself.
//
//   text ─ MeasureText ─▶ raw tree ─ JudgeRawTree ─▶ analysed, rewritten ─ InspectQuery ─▶ planned
//          bytes, nesting            one SELECT                functions, types,           cost
//                                    no INTO, locks,           relations, rights,
//                                    data change; size         sizes of arguments
//
// Each step is free of side effects but for the last: planning runs IMMUTABLE and STABLE functions,
// and therefore comes after every function has been judged. The tree that was judged, not its text,
// is what is planned and run: there is no second parse.
//
// Everything here is C in C++ clothes: it runs inside Call() and may jump.
//
// Tested by test/pgtap/41_judge.sql and the corpus of `make conformance-validator`.
#ifndef LOUPE_PG_VALIDATE_JUDGE_HPP
#define LOUPE_PG_VALIDATE_JUDGE_HPP

#include "pg/validate/verdict.hpp"

namespace loupe::pg {

// Sizes that a statement may have.
struct JudgeLimits {
  std::size_t max_bytes;
  int max_nesting;  // of brackets in the text
  int max_depth;    // of the raw tree
  int max_nodes;    // of the raw tree
  int max_grouping_sets;
  int max_relations;  // after rewriting, those of views included
};

// For text from outside: a question's, a model's, a specification's.
constexpr JudgeLimits kOutsideLimits{std::size_t{64} << 10, 128, 256, 8000, 64, 64};
// For text that our own compilers printed, whose size follows from what was asked.
constexpr JudgeLimits kCompiledLimits{std::size_t{8} << 20, 1000, 4000, 1000000, 4096, 2000};

struct JudgeRequest {
  const char* sql;            // server encoding, NUL-terminated
  const JudgeLimits* limits;  //
  bool restricts_schemas;     // relations named outside of views must lie in `schemas`
  const List* schemas;        // of Oid
  double max_cost;            // 0 = no limit, below 0 = scales with the tables
  double cost_ceiling;        // a limit besides; 0 = none
};

// Judges all but the plan: on return the verdict, which must be fresh, is accepted with its query,
// or has a rule. A syntax error or an unknown name is PostgreSQL's own ERROR, with its SQLSTATE and
// position; the verdict then says at which stage.
void Judge(const JudgeRequest& request, Verdict* verdict);

// Plans the verdict's query and judges its cost. May run functions of the query.
void JudgePlan(const JudgeRequest& request, Verdict* verdict);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_JUDGE_HPP

// Walks the analysed and rewritten tree of a statement, view bodies and row-level security
// included, and stops at the first thing that may not be there.
//
//   every node      its kind is known here, or it is refused: new major versions fail closed
//   functions       calls, operators, casts, aggregates, windows, sorts, samples (functions.hpp)
//   types           what the server calls for a type unasked (types.hpp)
//   relations       kinds, schemas, privileges, what the planner evaluates of them (relations.hpp)
//   argument sizes  what a value may grow to (argument_size.hpp)
#ifndef LOUPE_PG_VALIDATE_INSPECT_HPP
#define LOUPE_PG_VALIDATE_INSPECT_HPP

#include "pg/validate/judge.hpp"

namespace loupe::pg {

// How a function is reached: called by the statement, or by the server's own machinery on its
// behalf (conversion through text). Some built-ins are safe only in the second way.
enum class Reach { kCalled, kMachinery };

// Expressions that may be looked at to bound values: subqueries that refer to their parts twice
// each would take exponential time without an end.
constexpr int kMaxEffort = 200000;

// The state of one walk; everything in it lies in the memory context of the judgement.
struct Inspection {
  const JudgeRequest* request;
  Verdict* verdict;
  Node* raw_statement;    // to find where a relation is named
  List* queries = NIL;    // of Query*: from the outermost to the one the walk is in
  List* functions = NIL;  // of Oid: judged and allowed
  List* types = NIL;      // of Oid: judged and allowed
  List* relations = NIL;  // of Oid: judged and allowed
  Reach reach = Reach::kCalled;
  mutable int effort = kMaxEffort;  // left for following values to the constants behind them
  int location = -1;                // of the nearest expression around that has one
};

// False, with the rule in inspection->verdict, when the query may not run.
[[nodiscard]] bool InspectQuery(Query* query, Inspection* inspection);

// Judges an expression that is stored in the catalog and that the server evaluates unasked: the
// constraint of a domain.
[[nodiscard]] bool InspectStoredExpression(Node* expression, Inspection* inspection);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_INSPECT_HPP

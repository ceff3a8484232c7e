// The belt behind the judge: while a judged statement runs, the server calls no function in SQL or
// a procedural language that nobody has approved, wherever it was hidden from the judge.
//
// It hangs on the server's function manager hook, which also keeps such functions from being
// inlined. What the tree of a statement does not show comes by here: a constant part of an
// expression index, of a partition key or a CHECK constraint, which the planner computes. An
// approved function is trusted with what it calls in turn. Built-in and C functions are the judge's
// alone.
#ifndef LOUPE_PG_FUNCTION_BELT_HPP
#define LOUPE_PG_FUNCTION_BELT_HPP

#include "pg/postgres.hpp"

namespace loupe::pg {

// In force for its lifetime; nested ones begin without the trust of an approved function outside.
class FunctionBelt {
 public:
  FunctionBelt();
  ~FunctionBelt();
  FunctionBelt(const FunctionBelt&) = delete;
  FunctionBelt& operator=(const FunctionBelt&) = delete;

 private:
  int outer_trust_;
  int outer_base_;
  Oid outer_caller_;
};

// Installs the hooks, before those that are there; called once by _PG_init.
void InstallFunctionBelt();

}  // namespace loupe::pg

#endif  // LOUPE_PG_FUNCTION_BELT_HPP

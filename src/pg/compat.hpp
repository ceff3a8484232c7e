// What differs between PostgreSQL 15, 16, 17 and 18; PG_VERSION_NUM stands nowhere else.
#ifndef LOUPE_PG_COMPAT_HPP
#define LOUPE_PG_COMPAT_HPP

#include "pg/postgres.hpp"

extern "C" {
#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif
#include "nodes/parsenodes.h"
#include "tcop/tcopprot.h"
}

extern "C" {
#include "executor/executor.h"
#include "nodes/nodeFuncs.h"
#include "utils/regproc.h"
}

namespace loupe::pg {

// The callback type of the tree walkers: PostgreSQL 15 declares it without parameters.
#if PG_VERSION_NUM >= 160000
using TreeWalker = tree_walker_callback;
#else
using TreeWalker = bool (*)();
#endif

inline TreeWalker AsTreeWalker(bool (*walker)(Node*, void*)) {
  // By way of void(): the compilers' sign that the cast between function types is meant.
  return reinterpret_cast<TreeWalker>(reinterpret_cast<void (*)()>(walker));
}

// Splits a possibly qualified, possibly quoted name; raises an ERROR when it is not one.
inline List* SplitQualifiedName(const char* name) {
#if PG_VERSION_NUM >= 160000
  return stringToQualifiedNameList(name, nullptr);
#else
  return stringToQualifiedNameList(name);
#endif
}

// Runs a started query to its end. PostgreSQL 18 dropped the last argument of ExecutorRun.
inline void RunExecutor(QueryDesc* description) {
#if PG_VERSION_NUM >= 180000
  ExecutorRun(description, ForwardScanDirection, 0);
#else
  ExecutorRun(description, ForwardScanDirection, 0, true);
#endif
}

}  // namespace loupe::pg

#endif  // LOUPE_PG_COMPAT_HPP

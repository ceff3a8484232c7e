// Conditions in SQL, with the null rules of the query language:
//
//   equals [a, null]      x = 'a' OR x IS NULL
//   notEquals [a]         x <> 'a' OR x IS NULL       null is not equal to a
//   notEquals [a, null]   x <> 'a'
//   notContains [a]       x NOT ILIKE '%a%' OR x IS NULL
//   gt, dates             null is never inside, nor outside
//
// Tested by test/unit/semantic_emit_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_EMIT_FILTER_HPP
#define LOUPE_CORE_SEMANTIC_EMIT_FILTER_HPP

#include <string>

#include "core/semantic/resolve.hpp"
#include "core/semantic/sql_types.hpp"
#include "core/sql/ast.hpp"

namespace loupe::semantic {

// What a condition compares: an expression and the printed name of its SQL type, if known.
struct FilterTarget {
  sql::Expr expr;
  std::string data_type;
  SqlType type = SqlType::kUnknown;
};

// Tells whether a null passes the condition on a dimension or measure.
[[nodiscard]] bool AcceptsNull(const Condition& condition);

// The SQL of one condition that is no group.
[[nodiscard]] sql::Expr EmitCondition(const Condition& condition, const FilterTarget& target,
                                      const std::string& zone);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_EMIT_FILTER_HPP

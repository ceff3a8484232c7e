// Values in SQL: what a measure is, given expressions for its aggregates and groups.
//
// Tested by test/unit/semantic_emit_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_EMIT_VALUE_HPP
#define LOUPE_CORE_SEMANTIC_EMIT_VALUE_HPP

#include <cstddef>
#include <functional>

#include "core/semantic/formula_emit.hpp"
#include "core/semantic/resolve.hpp"

namespace loupe::semantic {

// What a value refers to, at the place in the statement where it stands.
struct ValueSource {
  std::function<TypedExpr(std::size_t)> aggregate;  // by index into the query's aggregates
  std::function<TypedExpr(std::size_t)> group;      // by index into the query's groups
};

// The value as an expression; a rank is a window over the rows of the statement. As deep as
// measures are made of one another, which Resolve bounds.
[[nodiscard]] TypedExpr ValueExpr(const Value& value, const ValueSource& source);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_EMIT_VALUE_HPP

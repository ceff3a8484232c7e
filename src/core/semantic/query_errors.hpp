// Query errors: more than the first thing that is wrong with a query.
//
// The compiler stops at its first error. When that points at an item of a list of the query, the
// item is left out and the rest is compiled again:
//
//   {"measures": ["orders.cuont", "orders.count", "orders.fess"]}
//     LP305 at /measures/0, then, without it, LP305 at /measures/2
//
// What the absence of an item causes is no error of the query: an order that names it, a query
// that names nothing any more. So only items of the lists that select and filter are reported
// after the first error.
//
// Tested by test/unit/semantic_query_errors_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_QUERY_ERRORS_HPP
#define LOUPE_CORE_SEMANTIC_QUERY_ERRORS_HPP

#include <functional>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::semantic {

// Errors that are looked for; each costs one more compilation.
constexpr std::size_t kMaxQueryErrors = 20;

// Lists the errors of `query`, none when `compile` accepts it. Pointers lead into the query as
// given.
[[nodiscard]] std::vector<Status> QueryErrors(
    Json query, const std::function<Status(const Json& query)>& compile);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_QUERY_ERRORS_HPP

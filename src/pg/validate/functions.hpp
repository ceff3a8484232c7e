// May this function be called? By OID, wherever the call hides.
//
// A built-in is allowed when the reviewed list of its signature says so (builtin_functions.hpp);
// the aggregates and readers of the extension itself (pg/own_function.hpp); any other function when
// somebody whom the caller trusts has approved it (pg/policy.hpp).
// Volatility labels are no permission: some STABLE built-ins run SQL text.
#ifndef LOUPE_PG_VALIDATE_FUNCTIONS_HPP
#define LOUPE_PG_VALIDATE_FUNCTIONS_HPP

#include "pg/validate/inspect.hpp"

namespace loupe::pg {

// "lower(text)", qualified where it is not found by its name alone. Lives as long as the judgement.
[[nodiscard]] const char* SignatureOf(Oid function);

// A function that the statement calls, by name or through an operator, a cast, an aggregate.
[[nodiscard]] bool InspectFunction(Oid function, Inspection* inspection);

// Every function that an operator may lead to: its own, and for an operator of a user those of its
// commutator and negator, which the planner may put in its place, and its estimators.
[[nodiscard]] bool InspectOperator(Oid oper, Inspection* inspection);

// The functions behind a sort, a group or a DISTINCT: comparison, hashing, sort support.
[[nodiscard]] bool InspectSortGroup(const SortGroupClause* clause, Inspection* inspection);

// A function that the server calls unasked because a type or an operator class names it. Base types
// and operator classes are made by superusers, so C and internal functions are taken as given; one
// in another language must be approved.
[[nodiscard]] bool InspectSupportFunction(Oid function, Oid type, Inspection* inspection);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALIDATE_FUNCTIONS_HPP

// The functions of the extension that generated SQL may call without an approval.
//
// They read nothing but their arguments, are bounded in time and memory for each call, and are in
// C: the aggregates of sketches and their readers. Which they are is written down here by name,
// kind and argument; that a function is ours says the catalog: it is a member of the extension,
// which only the owner of that can make it. A function of the same name that somebody made is
// another one.
//
// Tested by test/pgtap/46_sketch.sql.
#ifndef LOUPE_PG_OWN_FUNCTION_HPP
#define LOUPE_PG_OWN_FUNCTION_HPP

#include "pg/boundary.hpp"

namespace loupe::pg {

// Whether the function is one of them. An aggregate is judged as a whole, its parts with it. For
// use inside Call(), in a transaction.
[[nodiscard]] bool IsReviewedOwnFunction(Oid function);

}  // namespace loupe::pg

#endif  // LOUPE_PG_OWN_FUNCTION_HPP

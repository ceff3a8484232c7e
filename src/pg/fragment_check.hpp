// Checks the SQL expressions of a semantic model with PostgreSQL's own parser.
#ifndef LOUPE_PG_FRAGMENT_CHECK_HPP
#define LOUPE_PG_FRAGMENT_CHECK_HPP

#include <vector>

#include "core/base/status.hpp"
#include "core/semantic/model.hpp"

namespace loupe::pg {

// One status for each `sql` of a member that is not exactly one scalar expression, so that no
// expression can close its parenthesis and go on as another part of a statement.
[[nodiscard]] std::vector<Status> CheckFragments(const semantic::Model& model);

}  // namespace loupe::pg

#endif  // LOUPE_PG_FRAGMENT_CHECK_HPP

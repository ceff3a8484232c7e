// How problems of models and queries leave as rows: (sqlstate, pointer, message, hint).
#ifndef LOUPE_PG_PROBLEM_FIELDS_HPP
#define LOUPE_PG_PROBLEM_FIELDS_HPP

#include "pg/boundary.hpp"

#include <vector>

#include "core/base/status.hpp"
#include "pg/function.hpp"

namespace loupe::pg {

// The fields of one row.
[[nodiscard]] std::vector<RowValue> ProblemFields(const Status& problem);

}  // namespace loupe::pg

#endif  // LOUPE_PG_PROBLEM_FIELDS_HPP

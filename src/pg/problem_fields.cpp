#include "pg/postgres.hpp"

#include "pg/problem_fields.hpp"

#include "pg/sqlstate.hpp"

namespace loupe::pg {

std::vector<RowValue> ProblemFields(const Status& problem) {
  return {TextDatum(unpack_sql_state(SqlState(problem.code()))), TextOrNull(problem.pointer()),
          TextDatum(problem.message()), TextOrNull(problem.hint())};
}

}  // namespace loupe::pg

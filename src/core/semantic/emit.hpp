// Emit: the last phase; a plan as one SQL statement.
//
//   SELECT customers.country AS "customers.country", count(*) AS "orders.count"
//   FROM shop.orders AS orders
//     LEFT JOIN shop.customers AS customers ON orders.customer_id = customers.id
//   GROUP BY 1
//   ORDER BY 2 DESC, 1
//   LIMIT 10000
//
// One plain part is one SELECT. Several parts meet in layers:
//
//   parts    UNION ALL of the parts, each null in what is another's
//   met      one row a group: GROUP BY over them, null-safe and hashable
//   totals   where shares of totals are asked for: totals beside each group, by windows
//   ranked   where ranks are asked for
//
// Tables are aliased by their entities. Columns are typed as the server types them and named by
// their members; a name that PostgreSQL would cut at 63 bytes ends in "~" and the column's number.
// Times are timestamps on the clock of the query's zone, dates stay dates.
//
// Tested by test/unit/semantic_emit_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_EMIT_HPP
#define LOUPE_CORE_SEMANTIC_EMIT_HPP

#include <string>
#include <vector>

#include "core/semantic/plan.hpp"
#include "core/sql/ast.hpp"

namespace loupe::semantic {

// The statement of the plan: groups, then selected measures. `functions_schema` qualifies the
// extension's own functions.
[[nodiscard]] sql::Select Emit(const Plan& plan, const std::string& functions_schema);

// The statement that counts the plan's rows without limit and offset: one column "total".
[[nodiscard]] sql::Select EmitTotal(const Plan& plan, const std::string& functions_schema);

// The name of the output column `index` whose key is `key`.
[[nodiscard]] std::string OutputName(const std::string& key, std::size_t index);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_EMIT_HPP

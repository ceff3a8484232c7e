// View query: a semantic query as the body of a view.
//
// A view is read on other days and inside other statements, so it differs from the statement that
// answers the query at once:
//
//   {"measures": ["orders.count"], "dimensions": ["orders.status"]}
//
//   CREATE VIEW shop.by_status ("orders.status", "orders.count")
//   WITH (security_invoker = true) AS
//   SELECT …                                             no default LIMIT, no ORDER BY without one
//
//   {"timeDimensions": [{"dimension": "orders.ordered_at", "dateRange": "last 7 days"}], …}
//
//   refused: the seven days would stand still
//
// It shows all readers the same rows as far as the model decides, so a query over an entity with
// access rules is refused too, whatever they show the caller.
//
// Tested by test/unit/semantic_view_query_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_VIEW_QUERY_HPP
#define LOUPE_CORE_SEMANTIC_VIEW_QUERY_HPP

#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/semantic/compile.hpp"
#include "core/semantic/model.hpp"
#include "core/sql/ast.hpp"

namespace loupe::semantic {

struct ViewQuery {
  std::vector<std::string> columns;  // as the statement names them: distinct, at most 63 bytes
  sql::Select select;
};

// Makes the body of a view of a query that compiles; `functions_schema` is where the extension's
// own functions are. Errors: kNotSupported for a range that means something else on another day, at
// its place, and for access rules; those of CompileQuery.
[[nodiscard]] Result<ViewQuery> MakeViewQuery(const Json& query, const Model& model,
                                              const std::string& functions_schema);

enum class ViewCreation { kNew, kReplace };

// The CREATE VIEW statement of a SELECT with these columns.
[[nodiscard]] std::string CreateViewSql(const std::string& schema, const std::string& name,
                                        const std::vector<std::string>& columns,
                                        const std::string& select, ViewCreation creation);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_VIEW_QUERY_HPP

// Import of Cube's data model: {"cubes": [...], "views": [...]}.
//
// Cubes, members and joins may be arrays of objects with names, or objects keyed by name; keys may
// be in snake or camel case. A cube becomes an entity:
//
//   {"name": "orders", "sql_table": "shop.orders",
//    "joins": [{"name": "customers", "relationship": "many_to_one",
//               "sql": "{CUBE}.customer_id = {customers}.id"}],
//    "dimensions": [{"name": "id", "sql": "id", "type": "number", "primary_key": true}],
//    "measures": [{"name": "revenue", "type": "sum", "sql": "{CUBE}.amount",
//                  "filters": [{"sql": "{CUBE}.status = 'paid'"}]},
//                 {"name": "aov", "type": "number", "sql": "{revenue} / {count}"}]}
//
//   - Joins need equalities of columns, joined by AND.
//   - {member} in the SQL of a dimension stands for its expression; one of another cube is not
//     carried. Measures of type number become formulas; aggregates written out in them become
//     hidden measures.
//   - "extends" is resolved; a cube without a table only serves those that extend it.
//   - time_shift, rolling_window, rank, hierarchies, segments, granularities and access_policy are
//     carried where they fit. A policy that cannot be evaluated here shows no rows.
//   - Not carried: views, pre-aggregations, sub-queries, switches, masks, FILTER_PARAMS and code.
//
// Tested by test/unit/semantic_import_cube_test.cpp and test/server/import.sh.
#ifndef LOUPE_CORE_SEMANTIC_IMPORT_CUBE_HPP
#define LOUPE_CORE_SEMANTIC_IMPORT_CUBE_HPP

#include "core/semantic/import.hpp"

namespace loupe::semantic {

// Errors: kSemanticInvalidModel when the document has no cubes, kLimitExceeded.
[[nodiscard]] Result<Imported> ImportCube(const Json& document, const Context& context);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_IMPORT_CUBE_HPP

// Import of OSI (Open Semantic Interchange) models: {"semantic_model": [{"name", "datasets",
// "relationships", "metrics"}]}.
//
// A dataset becomes an entity, its fields dimensions, a relationship a many_to_one join. A metric
// is an SQL expression over aggregates; each aggregate goes to the dataset whose rows it is over:
//
//   SUM(orders.amount) / COUNT(DISTINCT customers.id)
//     orders.aov_sum (hidden), customers.aov_count_distinct (hidden),
//     orders.aov = {aov_sum} / {customers.aov_count_distinct}
//
// An expression that is one aggregate is a measure by the metric's name. Of the dialects POSTGRESQL
// is taken, else ANSI_SQL. Of several models the first is read.
// Not carried: fields and metrics in other dialects only, aggregates over more than one dataset,
// unique keys, custom extensions, instructions for language models.
//
// Tested by test/unit/semantic_import_osi_test.cpp and test/server/import.sh.
#ifndef LOUPE_CORE_SEMANTIC_IMPORT_OSI_HPP
#define LOUPE_CORE_SEMANTIC_IMPORT_OSI_HPP

#include "core/semantic/import.hpp"

namespace loupe::semantic {

// Errors: kSemanticInvalidModel when the document has no model with datasets, kLimitExceeded.
[[nodiscard]] Result<Imported> ImportOsi(const Json& document, const Context& context);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_IMPORT_OSI_HPP

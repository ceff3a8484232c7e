// Import of dbt's semantic_manifest.json: {"semantic_models": [...], "metrics": [...]}.
//
// A semantic model becomes an entity over its relation; a metric becomes a measure of the entity
// whose rows it aggregates, a computed one of the entity of its first input:
//
//   semantic model orders: entities order (primary, expr order_id), customer (foreign);
//   dimension status; measure order_total (sum of amount)
//   metric paid_revenue (simple, order_total, filter {{ Dimension('order__status') }} = 'paid')
//
//   entity orders: primary_key order_id, join to the model whose key is "customer",
//   measure paid_revenue (sum of amount, filter {T}.status = 'paid')
//
// Names: a dimension keeps its name; a metric whose name a dimension of the entity has is called
// NAME_metric; an entity key is a dimension too unless its name is taken. Measures that no metric
// uses are hidden. A metric with a filter on another model's dimension needs a plain comparison.
// ratio and derived become formulas, cumulative a rolling window (its value at the period's end),
// offset_window a time shift, non_additive_dimension a semi-additive measure.
// Not carried: conversion metrics, offset_to_grain, time spines, saved queries, validity of rows,
// and any Jinja besides Dimension, TimeDimension and Entity.
//
// Tested by test/unit/semantic_import_dbt_test.cpp and test/server/import.sh.
#ifndef LOUPE_CORE_SEMANTIC_IMPORT_DBT_HPP
#define LOUPE_CORE_SEMANTIC_IMPORT_DBT_HPP

#include "core/semantic/import.hpp"

namespace loupe::semantic {

// Errors: kSemanticInvalidModel when the document has no semantic models, kLimitExceeded.
[[nodiscard]] Result<Imported> ImportDbt(const Json& document, const Context& context);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_IMPORT_DBT_HPP

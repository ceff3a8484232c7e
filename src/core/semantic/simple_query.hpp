// The simple form of a query: columns and aggregations of one dataset, instead of member names.
//
//   {"dataset_id": "sales", "dimensions": ["channel"],
//    "measures": [{"name": "revenue", "column": "amount", "aggregation": "sum"}],
//    "filters": [{"column": "status", "operator": "ne", "value": "cancelled"}],
//    "time_filter": {"column": "ordered_at", "start": "2025-01-01", "end": "2025-03-31"},
//    "order_by": [{"column": "revenue", "direction": "desc"}], "limit": 10}
//
// becomes the query JSON of query.hpp over the measure of the dataset's entity that takes that
// aggregation of that column; an aggregation that the model does not offer is an error. Columns may
// be written as members ("ordered_at"), as the table's columns, or as the columns of a simple model
// before "field_mappings". A dimension may have a granularity: {"column": "ordered_at",
// "granularity": "month"}.
//
// Operators: eq, ne, gt, gte, lt, lte (also =, !=, <>, >, >=, <, <=), in, not_in, between,
// not_between, contains, not_contains, starts_with, not_starts_with, ends_with, not_ends_with,
// is_null, not_null. On a time column they compare days, as Cube's date operators do. "ne" and
// "not_in" keep nulls, as Cube's notEquals does. A filter that names a measure of the query applies
// to its value.
//
// Without "order_by" the first measure orders, descending; without "limit" 1,000 rows are returned.
//
// Tested by test/unit/semantic_simple_query_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_SIMPLE_QUERY_HPP
#define LOUPE_CORE_SEMANTIC_SIMPLE_QUERY_HPP

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

constexpr std::int64_t kSimpleQueryLimit = 1'000;

struct SimpleQuery {
  Json query;  // in the form of query.hpp
  // Key of a row of the query's answer, and the key that the simple form wants for it; in order.
  std::vector<std::pair<std::string, std::string>> keys;
};

// Tells whether the query is in the simple form.
[[nodiscard]] bool IsSimpleQuery(const Json& query);

// The name under which to look for the model: "model", else "dataset_id"; empty when neither is a
// text.
[[nodiscard]] std::string ModelNameOfSimple(const Json& query);

// Translates a query over the entity of `model` that "dataset_id" names; the model's own name does
// when it has one entity. Errors: kSemanticInvalidQuery, kSemanticUnknownMember,
// kSemanticTypeMismatch, kLimitExceeded, with pointers into `query`.
[[nodiscard]] Result<SimpleQuery> QueryFromSimple(const Json& query, const Model& model);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_SIMPLE_QUERY_HPP

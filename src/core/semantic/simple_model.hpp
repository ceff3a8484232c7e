// The simple form of a model: one table, its columns, and which aggregations each measure offers.
//
//   {"dataset": "sales", "table": "shop.sales", "grain": ["order_id"],
//    "time_columns": ["ordered_at"],
//    "dimensions": [{"name": "channel", "column": "channel", "type": "string"}],
//    "measures": [{"name": "revenue", "column": "amount", "type": "number",
//                  "aggregations": ["sum", "avg"]}],
//    "field_mappings": {"amount": "amount_eur"}}
//
// becomes a model named after the dataset with one entity of the same name:
//
//   dimensions: ordered_at (time), channel
//   measures:   revenue_sum, revenue_avg over column amount_eur, and count, the number of rows
//
// A measure with one aggregation keeps its name as it stands (revenue), with several each member is
// called NAME_AGGREGATION; so is a lone one whose name a dimension has. Without "aggregations" a
// measure is summed. "field_mappings" leads from the columns written here to those of the table.
// "grain" is the primary key: an array of columns, or the name of one; any other text goes to the
// description.
//
// Tested by test/unit/semantic_simple_model_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_SIMPLE_MODEL_HPP
#define LOUPE_CORE_SEMANTIC_SIMPLE_MODEL_HPP

#include <optional>
#include <string>
#include <string_view>

#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::semantic {

// Tells whether the document is in the simple form.
[[nodiscard]] bool IsSimpleModel(const Json& document);

// The same model in the form that model.hpp describes. Errors: kSemanticInvalidModel and
// kSemanticTypeMismatch (a sum of texts), with pointers into `document`.
[[nodiscard]] Result<Json> ModelFromSimple(const Json& document);

// The project's name of an aggregation: "average" and "mean" give "avg", "distinct_count" gives
// "count_distinct"; nothing for other words. Case does not matter.
[[nodiscard]] std::optional<std::string> SimpleAggregation(std::string_view word);

// The dimension type of a column type: "varchar(20)" gives "string", "timestamptz" gives "time";
// nothing for other words. Case does not matter.
[[nodiscard]] std::optional<std::string> SimpleType(std::string_view word);

// Adds "table" and, where the name has one, "schema" to an entity. The parts of `name` may be
// quoted; the part before the schema, the database, is left out.
void SetTable(std::string_view name, Json* entity);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_SIMPLE_MODEL_HPP

// Infer: a first model from the catalog, so that nothing has to be configured.
//
//   CREATE TABLE shop.orders (id int PRIMARY KEY, customer_id int REFERENCES shop.customers,
//                             ordered_at timestamptz, amount numeric);
//   COMMENT ON COLUMN shop.orders.amount IS 'Gross value. Synonyms: price, value';
//
//   entity "orders", primary key id, join to "customers"
//   dimensions  id, customer_id, ordered_at (time), amount (synonyms price, value)
//   measures    count, distinct_customer_id, total_amount, avg_amount, min_amount, max_amount
//
// Rules
//   Entities   every table, view and foreign table with a column that can be shown, named after
//              the relation; where two schemas share a name, "schema_table". Characters that no
//              name may have become "_"; a name that is still taken gets "_2", "_3", …
//   Joins      every foreign key between two entities; named after its columns without "_id" when
//              two lead to the same table. one_to_one where the columns are unique, else
//              many_to_one.
//   Dimensions every readable column. Types that are no text, number, boolean or time become
//              strings, save those without a short readable form (bytea, json, arrays, vectors).
//   Measures   "count"; for each foreign key column "distinct_C"; for each number column that
//              measures something "total_C", "avg_C", "min_C" and "max_C", for intervals and money
//              those that the type has; for each time column "min_C" and "max_C".
//              A number column is an identifier, and measures nothing, when it belongs to the
//              primary key, a unique key or a foreign key, or when a word of its name is one of id,
//              key, code, number, no, nr, num, zip, postcode, postal, phone, year, month, day,
//              hour, minute, week, quarter, weekday, latitude, longitude, lat, lon, lng, version,
//              rank or position. "number" and "num" count only as the last word ("order_number";
//              "num_items" measures). "days_late", "hours_worked" and the like measure.
//   Labels     a comment is the description; what follows "synonyms:" in it, up to a full stop
//              or the end, is a list of synonyms separated by commas.
//
// Tested by test/unit/semantic_infer_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_INFER_HPP
#define LOUPE_CORE_SEMANTIC_INFER_HPP

#include <string>
#include <string_view>

#include "core/semantic/catalog.hpp"
#include "core/semantic/model.hpp"

namespace loupe::semantic {

// Infers a model of the given name, which has to be a valid name. The result passes ParseModel and
// CheckModel against the same catalog. An empty catalog gives a model without entities.
[[nodiscard]] Model InferModel(const Catalog& catalog, std::string name);

// Splits a comment into description and synonyms: "Gross value. Synonyms: price, value" gives
// "Gross value." and price, value.
[[nodiscard]] Labels LabelsFromComment(std::string_view comment);

// Makes a valid name of any text: "Größe (cm)" gives "gr_e_cm", "2nd" gives "_2nd".
[[nodiscard]] std::string SanitizedName(std::string_view text);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_INFER_HPP

// From a value's text output to the core's Json, by type; and how types are printed.
#ifndef LOUPE_PG_VALUE_HPP
#define LOUPE_PG_VALUE_HPP

#include "pg/boundary.hpp"

#include <string>

#include "core/base/json.hpp"
#include "pg/execute.hpp"

namespace loupe::pg {

// `text` is the output of `type` under DateStyle ISO. The result follows RowSet's contract.
[[nodiscard]] Json ReadValue(const std::string& text, Oid type, ValueForm values);

// Prints a type as format_type does under a search_path of pg_catalog alone: "numeric(12,2)",
// "shop.mood".
[[nodiscard]] std::string PrintedType(Oid type, int32 modifier);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALUE_HPP

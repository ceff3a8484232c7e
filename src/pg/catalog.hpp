// Reads the database's catalog as the core sees it: only what the caller may SELECT.
#ifndef LOUPE_PG_CATALOG_HPP
#define LOUPE_PG_CATALOG_HPP

#include <string>
#include <vector>

#include "core/semantic/catalog.hpp"

namespace loupe::pg {

// Tables, views, materialized, partitioned and foreign tables of `schemas` with the columns that
// the caller may SELECT, their comments and keys; tables without such a column are left out.
// Partitions are left out too: their parent speaks for them.
[[nodiscard]] semantic::Catalog ReadCatalog(const std::vector<std::string>& schemas);

// Throws kInvalidArgument, with the nearest name as hint, unless every schema exists and the caller
// may use it.
void CheckSchemas(const std::vector<std::string>& schemas);

// Names of the relations in `schemas` that the caller may read some column of, for hints.
[[nodiscard]] std::vector<std::string> RelationNames(const std::vector<std::string>& schemas);

}  // namespace loupe::pg

#endif  // LOUPE_PG_CATALOG_HPP

// Reads the database's catalog as the core sees it: only what the caller may SELECT.
#ifndef LOUPE_PG_CATALOG_HPP
#define LOUPE_PG_CATALOG_HPP

#include "pg/boundary.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include "core/semantic/catalog.hpp"
#include "core/semantic/model.hpp"

namespace loupe::pg {

// Tables, views, materialized, partitioned and foreign tables of `schemas` with the columns that
// the caller may SELECT, their comments and keys; tables without such a column are left out.
// Partitions are left out too: their parent speaks for them.
[[nodiscard]] semantic::Catalog ReadCatalog(const std::vector<std::string>& schemas);

// Tables beside the relations that they are.
struct NamedTables {
  semantic::Catalog catalog;
  std::vector<Oid> relations;  // beside catalog.tables
};

// As ReadCatalog; those of `relations` alone where some are given.
[[nodiscard]] NamedTables ReadReadableTables(const std::vector<std::string>& schemas,
                                             const std::vector<Oid>& relations = {});

// How much ReadReadableTables would read, at most.
struct CatalogSize {
  std::int64_t tables = 0;
  std::int64_t columns = 0;
};
[[nodiscard]] CatalogSize SizeOfCatalog(const std::vector<std::string>& schemas);

// Adds what ANALYZE found out of the columns that may refer to one another: whole numbers, texts
// and UUIDs. Columns whose statistics the caller may not read stay without. Small tables without
// any, 4 MB together, are counted instead, but for those with row-level security.
void AddStatistics(const std::vector<std::string>& schemas, semantic::Catalog* catalog);

// Hashes the comments of relations and of their columns, as they are now; 0 for no relation.
[[nodiscard]] std::uint64_t HashComments(const std::vector<Oid>& relations);

// Reads the tables of the model's entities, whoever may read them: what a model is checked against
// each time it is loaded. An entity without a schema has the first table of that name in `schemas`.
// It takes no lock and runs no SQL, and it sees what is committed now.
[[nodiscard]] NamedTables ReadTablesOf(const semantic::Model& model,
                                       const std::vector<std::string>& schemas);

// Throws kInvalidArgument, with the nearest name as hint, unless every schema exists and the caller
// may use it.
void CheckSchemas(const std::vector<std::string>& schemas);

// Names of the relations in `schemas` that the caller may read some column of, for hints.
[[nodiscard]] std::vector<std::string> RelationNames(const std::vector<std::string>& schemas);

}  // namespace loupe::pg

#endif  // LOUPE_PG_CATALOG_HPP

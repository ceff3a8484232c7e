// Catalog: the part of the database's catalog that models are inferred from and checked against.
//
// src/pg/catalog.cpp reads it with the caller's rights: it holds only relations and columns that
// the caller may SELECT. Tests write it by hand.
#ifndef LOUPE_CORE_SEMANTIC_CATALOG_HPP
#define LOUPE_CORE_SEMANTIC_CATALOG_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/base/rowset.hpp"

namespace loupe::semantic {

// What ANALYZE found out of a column.
struct ColumnStatistics {
  bool is_unique = false;           // no value came twice
  double distinct = 0;              // number of values; 0: not known
  std::vector<std::string> values;  // some of them, as text, in no order
};

struct CatalogColumn {
  std::string name;
  std::string sql_type;  // as format_type prints it
  ValueType type = ValueType::kOther;
  bool not_null = false;
  std::string comment;
  std::optional<ColumnStatistics> statistics;  // where they were asked for and may be read
};

struct CatalogForeignKey {
  std::string name;
  std::vector<std::string> columns;
  std::string target_schema;
  std::string target_table;
  std::vector<std::string> target_columns;
};

// The kind of a table that stands for the SQL statement of an entity: its schema is empty, its name
// the entity's.
constexpr char kQueryTable = 'q';

struct CatalogTable {
  std::string schema;
  std::string name;
  char kind = 'r';  // pg_class.relkind: r, p, v, m or f; or kQueryTable
  std::string comment;
  std::vector<CatalogColumn> columns;  // in order of attnum
  std::vector<std::string> primary_key;
  std::vector<std::vector<std::string>> unique_keys;
  std::vector<CatalogForeignKey> foreign_keys;

  [[nodiscard]] const CatalogColumn* FindColumn(const std::string& column) const {
    for (const CatalogColumn& candidate : columns) {
      if (candidate.name == column) return &candidate;
    }
    return nullptr;
  }
};

// Tables sorted by schema search order, then name.
struct Catalog {
  std::vector<CatalogTable> tables;

  [[nodiscard]] const CatalogTable* Find(const std::string& schema,
                                         const std::string& table) const {
    for (const CatalogTable& candidate : tables) {
      if (candidate.schema == schema && candidate.name == table) return &candidate;
    }
    return nullptr;
  }
};

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_CATALOG_HPP

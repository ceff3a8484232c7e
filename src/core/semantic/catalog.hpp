// Catalog: the part of the database's catalog that models are inferred from and checked against.
//
// src/pg/catalog.cpp reads it with the caller's rights: it holds only relations and columns that
// the caller may SELECT. Tests write it by hand.
#ifndef LOUPE_CORE_SEMANTIC_CATALOG_HPP
#define LOUPE_CORE_SEMANTIC_CATALOG_HPP

#include <string>
#include <vector>

#include "core/base/rowset.hpp"

namespace loupe::semantic {

struct CatalogColumn {
  std::string name;
  std::string sql_type;  // as format_type prints it
  ValueType type = ValueType::kOther;
  bool not_null = false;
  std::string comment;
};

struct CatalogForeignKey {
  std::string name;
  std::vector<std::string> columns;
  std::string target_schema;
  std::string target_table;
  std::vector<std::string> target_columns;
};

struct CatalogTable {
  std::string schema;
  std::string name;
  char kind = 'r';  // pg_class.relkind: r, p, v, m or f
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

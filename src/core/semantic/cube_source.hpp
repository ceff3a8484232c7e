// CubeSource: one cube of a Cube model with what it inherits, and the meaning of {references}.
//
// Tested by test/unit/semantic_import_cube_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_CUBE_SOURCE_HPP
#define LOUPE_CORE_SEMANTIC_CUBE_SOURCE_HPP

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "core/semantic/foreign_object.hpp"
#include "core/semantic/row_expression.hpp"

namespace loupe::semantic {

struct CubeSource {
  std::string name;
  std::string pointer;
  const Json* json = nullptr;
  std::string table;  // own or inherited
  std::string sql;
  // Own members first, then inherited ones of other names.
  std::vector<ForeignItem> dimensions;
  std::vector<ForeignItem> measures;
  std::vector<ForeignItem> joins;
  std::vector<ForeignItem> segments;
  std::vector<ForeignItem> hierarchies;
  std::map<std::string, std::size_t> dimension_index;  // by name
  std::map<std::string, std::size_t> measure_index;

  // The bound expression of a dimension. Errors: kNotSupported, saying what cannot be carried.
  [[nodiscard]] Result<SqlTokens> DimensionTokens(const std::string& dimension) const;
  // Binds any SQL over the cube's row.
  [[nodiscard]] Result<SqlTokens> RowSql(std::string_view text) const;
  [[nodiscard]] Result<SqlTokens> RowSql(const SqlTokens& tokens) const;

  // The name without "CUBE.", "TABLE." or the cube's own name before it.
  [[nodiscard]] std::string LocalName(const std::string& reference) const;
  // Tells whether {reference} is the row itself.
  [[nodiscard]] bool IsRow(const std::string& reference) const;
  [[nodiscard]] const ForeignItem* FindDimension(const std::string& dimension) const;
  [[nodiscard]] const ForeignItem* FindMeasure(const std::string& measure) const;
};

// The name of a member: its key, else its "name".
[[nodiscard]] std::string NameOf(const ForeignItem& item);

// The cubes of a document with inheritance resolved. Notes circles and unknown bases.
// Errors: kLimitExceeded.
[[nodiscard]] Result<std::vector<CubeSource>> ReadCubes(const std::vector<ForeignItem>& items,
                                                        ImportNotes* notes);

// The cubes by their names; the first of a name counts.
using CubeIndex = std::map<std::string, const CubeSource*>;
[[nodiscard]] CubeIndex IndexCubes(const std::vector<CubeSource>& cubes);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_CUBE_SOURCE_HPP

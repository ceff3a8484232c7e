// Roles: what each column of a result is to a chart, from its type, its name and its values.
//
//   orders.created_at.month  2024-01-01T00:00:00, …    time
//   hour                     0, 1, … 23                ordinal: numbers that only order
//   status                   open, paid, …             category
//   orders.revenue           10.5, 20, …               measure
//   id                       1, 2, 3, … all distinct   none: it tells rows apart, no more
//
// Tested by test/unit/recommend_roles_test.cpp.
#ifndef LOUPE_CORE_RECOMMEND_ROLES_HPP
#define LOUPE_CORE_RECOMMEND_ROLES_HPP

#include <cstddef>
#include <vector>

#include "core/base/rowset.hpp"

namespace loupe::recommend {

enum class Role { kNone, kTime, kOrdinal, kCategory, kMeasure };

struct ColumnRole {
  std::size_t index = 0;  // in RowSet::columns
  Role role = Role::kNone;
  std::size_t distinct = 0;  // values that are not null
  int longest = 0;           // cells of the longest text; 0 unless kCategory
};

// One role a column, in order. A constant, a column whose name an earlier one has, and values that
// are neither text, number, boolean nor time have none. Linear in the cells.
[[nodiscard]] std::vector<ColumnRole> RolesOf(const RowSet& rows);

// Tells whether no two rows agree in all of `columns`.
[[nodiscard]] bool AreKeys(const RowSet& rows, const std::vector<std::size_t>& columns);

}  // namespace loupe::recommend

#endif  // LOUPE_CORE_RECOMMEND_ROLES_HPP

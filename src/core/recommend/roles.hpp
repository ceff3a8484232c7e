// Roles: what each column of a result is to a chart, from its type, its name and its values.
//
//   orders.created_at.month  2024-01-01T00:00:00, …    time
//   hour                     0, 1, … 23                ordinal: numbers that only order
//   status                   open, paid, …             category
//   orders.revenue           10.5, 20, …               measure
//   id                       1, 2, 3, … all distinct   none: it tells rows apart, no more
//   store_id                 4, 4, 9, …                category: a number that only names
//
// A hint is what the last words of a name say beyond that: "share", "rank", "low", "start", …
//
// Tested by test/unit/recommend_roles_test.cpp.
#ifndef LOUPE_CORE_RECOMMEND_ROLES_HPP
#define LOUPE_CORE_RECOMMEND_ROLES_HPP

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/rowset.hpp"

namespace loupe::recommend {

enum class Role { kNone, kTime, kOrdinal, kCategory, kMeasure };

// What a name says of its numbers or times. kShare: parts of a whole or percents; kRate: an amount
// for each of something, which does not add up; kRunning: a total so far.
enum class Hint {
  kNone,
  kShare,
  kRate,
  kRank,
  kRunning,
  kLow,
  kHigh,
  kStart,
  kEnd,
  kLatitude,
  kLongitude,
};

struct ColumnRole {
  std::size_t index = 0;  // in RowSet::columns
  Role role = Role::kNone;
  Hint hint = Hint::kNone;
  std::size_t distinct = 0;  // values that are not null
  std::size_t nulls = 0;
  int longest = 0;   // cells of the longest text; 0 unless kCategory
  double least = 0;  // of the values of a measure or ordinal column; 0 for others
  double most = 0;
  double sum = 0;
};

// "time", "ordinal", "category", "measure" or "none".
[[nodiscard]] const char* RoleName(Role role);

// What the last words of the name of a column say; kNone for most.
[[nodiscard]] Hint HintOf(std::string_view name);

// One role a column, in order. A constant, a column whose name an earlier one has, and values that
// are neither text, number, boolean nor time have none. Of columns
// beyond the first kMaxColumns none has one. Linear in the cells.
constexpr std::size_t kMaxColumns = 100;
[[nodiscard]] std::vector<ColumnRole> RolesOf(const RowSet& rows, const Context& context = {});

// The number of a cell, also of the digits of a numeric that a double does not hold exactly.
[[nodiscard]] std::optional<double> NumberOf(const Json& value);

// Tells whether no two rows agree in all of `columns`.
[[nodiscard]] bool AreKeys(const RowSet& rows, const std::vector<std::size_t>& columns,
                           const Context& context = {});

}  // namespace loupe::recommend

#endif  // LOUPE_CORE_RECOMMEND_ROLES_HPP

#include "core/recommend/roles.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>

#include "core/base/calendar.hpp"
#include "core/base/utf8.hpp"

namespace loupe::recommend {
namespace {

// Last words of names whose whole numbers are places on a calendar or clock, not amounts.
constexpr std::string_view kCalendarWords[] = {"year", "quarter", "month", "week",    "day",
                                               "dow",  "doy",     "hour",  "weekday", "minute"};

std::string LastWord(std::string_view name) {
  const std::size_t end = name.find_last_of("._ ");
  return AsciiLower(end == std::string_view::npos ? name : name.substr(end + 1));
}

bool IsNumeric(const Json& value) {
  if (value.IsNumber()) return true;
  if (!value.IsString()) return false;
  const std::string& text = value.AsString();
  double number = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), number);
  return end.ec == std::errc() && end.ptr == text.data() + text.size() && std::isfinite(number);
}

bool IsWhole(const Json& value) {
  return value.IsNumber() && value.AsDouble() == std::floor(value.AsDouble());
}

bool IsTime(const Json& value) {
  return value.IsString() && ParseDateTime(value.AsString()).has_value();
}

bool IsText(const Json& value) { return value.IsString() || value.IsBool(); }

// Tells whether `test` holds for all values but nulls; infinite dates and NaN fail it, and such a
// column is not drawn.
bool All(const RowSet& rows, std::size_t column, bool (*test)(const Json&)) {
  return std::all_of(rows.rows.begin(), rows.rows.end(), [&](const std::vector<Json>& row) {
    return row[column].IsNull() || test(row[column]);
  });
}

Role NumberRole(const RowSet& rows, const ColumnRole& column) {
  const std::string word = LastWord(rows.columns[column.index].name);
  const bool all_differ = column.distinct == rows.rows.size();
  if (word == "id" && all_differ) return Role::kNone;
  const bool calendar = std::find(std::begin(kCalendarWords), std::end(kCalendarWords), word) !=
                        std::end(kCalendarWords);
  if (calendar && All(rows, column.index, IsWhole)) return Role::kOrdinal;
  return All(rows, column.index, IsNumeric) ? Role::kMeasure : Role::kNone;
}

Role RoleOf(const RowSet& rows, const ColumnRole& column) {
  const ValueType type = rows.columns[column.index].type;
  if (column.distinct == 0) return Role::kNone;
  if (type == ValueType::kNumber) return NumberRole(rows, column);
  if (column.distinct < 2) return Role::kNone;
  if (type == ValueType::kDate || type == ValueType::kTimestamp || type == ValueType::kString) {
    if (All(rows, column.index, IsTime)) return Role::kTime;
    if (type != ValueType::kString) return Role::kNone;
  }
  return All(rows, column.index, IsText) ? Role::kCategory : Role::kNone;
}

std::size_t CountDistinct(const RowSet& rows, std::size_t column) {
  std::unordered_set<std::string> seen;
  for (const std::vector<Json>& row : rows.rows) {
    if (!row[column].IsNull()) seen.insert(row[column].Dump());
  }
  return seen.size();
}

int LongestText(const RowSet& rows, std::size_t column) {
  int longest = 0;
  for (const std::vector<Json>& row : rows.rows) {
    if (row[column].IsString()) longest = std::max(longest, DisplayWidth(row[column].AsString()));
  }
  return longest;
}

}  // namespace

std::vector<ColumnRole> RolesOf(const RowSet& rows) {
  std::vector<ColumnRole> roles;
  std::set<std::string_view> names;
  for (std::size_t i = 0; i < rows.columns.size(); ++i) {
    ColumnRole column;
    column.index = i;
    column.distinct = CountDistinct(rows, i);
    if (names.insert(rows.columns[i].name).second) column.role = RoleOf(rows, column);
    if (column.role == Role::kCategory) column.longest = LongestText(rows, i);
    roles.push_back(column);
  }
  return roles;
}

bool AreKeys(const RowSet& rows, const std::vector<std::size_t>& columns) {
  std::unordered_set<std::string> seen;
  for (const std::vector<Json>& row : rows.rows) {
    std::string key;
    for (const std::size_t column : columns) key += row[column].Dump() + ",";
    if (!seen.insert(std::move(key)).second) return false;
  }
  return true;
}

}  // namespace loupe::recommend

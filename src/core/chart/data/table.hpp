// Table: named columns of JSON values, the form of data between the phases.
//
// Numbers are doubles or integers, times are milliseconds since 1970 (numbers), missing is null.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_DATA_TABLE_HPP
#define LOUPE_CORE_CHART_DATA_TABLE_HPP

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace loupe::chart {

struct Table {
  std::vector<std::string> names;
  std::vector<std::vector<Json>> columns;
  std::size_t row_count = 0;

  // Index of the column, or -1.
  [[nodiscard]] int Find(std::string_view name) const {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (names[i] == name) return static_cast<int>(i);
    }
    return -1;
  }
  [[nodiscard]] const Json& At(int column, std::size_t row) const {
    return columns[static_cast<std::size_t>(column)][row];
  }
  // Adds a column; demands that it is as long as the table.
  int Add(std::string name, std::vector<Json> values) {
    names.push_back(std::move(name));
    columns.push_back(std::move(values));
    return static_cast<int>(names.size()) - 1;
  }
};

// The number in a value; NaN for every other value.
[[nodiscard]] inline double NumberOf(const Json& value) {
  return value.IsNumber() ? value.AsDouble() : std::numeric_limits<double>::quiet_NaN();
}

[[nodiscard]] inline bool IsValidNumber(const Json& value) {
  return value.IsNumber() && std::isfinite(value.AsDouble());
}

// -1, 0 or 1: nulls first, then booleans, numbers, strings by bytes, and everything else by text.
[[nodiscard]] int CompareValues(const Json& a, const Json& b);

// A text that is equal for equal values only, for hash keys.
void AppendKey(const Json& value, std::string* key);

// What a value is called in labels: strings as they are, numbers in full, null "null".
[[nodiscard]] std::string ValueText(const Json& value);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_TABLE_HPP

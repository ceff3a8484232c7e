// RowSet: rows with typed columns, the one shape in which query results travel through the core
// (from the executor to the chooser of charts, the answer sentence and chart data).
#ifndef LOUPE_CORE_BASE_ROWSET_HPP
#define LOUPE_CORE_BASE_ROWSET_HPP

#include <string>
#include <vector>

#include "core/base/json.hpp"

namespace loupe {

// What a column's values mean to charts and sentences; the exact SQL type is kept beside it.
enum class ValueType { kBoolean, kNumber, kString, kDate, kTimestamp, kOther };

struct ResultColumn {
  std::string name;
  std::string sql_type;  // as format_type prints it: "numeric(12,2)"
  ValueType type = ValueType::kOther;
};

// Numbers are Json numbers (numeric values that a double cannot hold exactly are Json strings of
// their digits), dates "YYYY-MM-DD", timestamps "YYYY-MM-DDTHH:MM:SS[.ffffff]", booleans booleans,
// jsonb values as they are, all else the type's text output.
struct RowSet {
  std::vector<ResultColumn> columns;
  std::vector<std::vector<Json>> rows;  // each as long as `columns`
};

}  // namespace loupe

#endif  // LOUPE_CORE_BASE_ROWSET_HPP

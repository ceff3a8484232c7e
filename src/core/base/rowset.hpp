// RowSet: rows with typed columns, the one shape in which query results travel through the core
// (from the executor to the chooser of charts, the answer sentence and chart data).
//
// Tested by test/unit/base_rowset_test.cpp.
#ifndef LOUPE_CORE_BASE_ROWSET_HPP
#define LOUPE_CORE_BASE_ROWSET_HPP

#include <string>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/json.hpp"
#include "core/base/status.hpp"

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

// Reads an array of objects as rows: the columns are all members in order of first appearance, what
// a row lacks is null, and a column's type is that of its values when they agree. Errors:
// kInvalidArgument with a pointer when `array` is not an array of objects.
[[nodiscard]] Result<RowSet> RowSetFromJson(const Json& array, const Context& context);

// The inverse: an array of objects keyed by column name. Of two columns with one name the first
// counts.
[[nodiscard]] Json RowsToJson(const RowSet& rows);

// The columns as [{"name": …, "type": …}], types as SQL names them.
[[nodiscard]] Json ColumnsToJson(const RowSet& rows);

// The rows as arrays of cells in the order of the columns: nothing is lost where names repeat.
[[nodiscard]] Json CellsToJson(const RowSet& rows);

}  // namespace loupe

#endif  // LOUPE_CORE_BASE_ROWSET_HPP

// Text tables: rows aligned for a terminal, as psql prints them.
//
//    carrier | flights
//   ---------+---------
//    B6      |   54635
//    EV      |   54173
//
// Tested by test/unit/report_text_table_test.cpp.
#ifndef LOUPE_CORE_REPORT_TEXT_TABLE_HPP
#define LOUPE_CORE_REPORT_TEXT_TABLE_HPP

#include <cstddef>
#include <string>

#include "core/base/rowset.hpp"

namespace loupe::report {

struct TextTableOptions {
  std::size_t max_rows = 20;  // further rows are counted below the table
  int max_cell_columns = 40;  // longer values end in an ellipsis
};

// Prints headers and rows, numbers to the right, each line ended by a newline. Control characters
// in values become blanks, so that a value cannot break the table or drive the terminal.
[[nodiscard]] std::string TextTable(const RowSet& rows, const TextTableOptions& options = {});

}  // namespace loupe::report

#endif  // LOUPE_CORE_REPORT_TEXT_TABLE_HPP

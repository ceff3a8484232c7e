// ScanTexts: reads texts of a stored table without a statement, one pass for all its columns.
//
// It checks no rights: whoever calls it has looked at text_table.hpp first. Rows are those that the
// active snapshot shows. No code of a user runs: values become text by the output functions of
// their types, which only superusers make.
//
// Tested by test/pgtap/72_ask_index.sql.
#ifndef LOUPE_PG_VALUE_SCAN_HPP
#define LOUPE_PG_VALUE_SCAN_HPP

#include "pg/boundary.hpp"

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "pg/text_table.hpp"

namespace loupe::pg {

enum class ScanEnd {
  kWhole,   // all rows were seen
  kCut,     // the visitor had enough
  kLocked,  // somebody keeps others from reading the table, which is not waited for
};

// Gets the place of a column in the list and a text in the database's encoding, which lives until
// it returns; tells whether to go on.
using TextVisitor = std::function<bool(std::size_t column, std::string_view text)>;

// Shows the visitor each text of at most `max_bytes`, in order of the rows, empty ones left out.
ScanEnd ScanTexts(const TextTable& table, const TableState& state, std::size_t max_bytes,
                  const TextVisitor& visitor);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALUE_SCAN_HPP

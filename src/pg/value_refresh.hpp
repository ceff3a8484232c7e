// Brings the value index up to date while a question is read.
#ifndef LOUPE_PG_VALUE_REFRESH_HPP
#define LOUPE_PG_VALUE_REFRESH_HPP

#include <utility>
#include <vector>

#include "pg/text_table.hpp"
#include "pg/value_index.hpp"

namespace loupe::pg {

using StatedTable = std::pair<TextTable, TableState>;

// Reads stored tables anew that the index does not know as they are, one after the other, until
// loupe.ask_index_time is over or the index is full. Does nothing where the transaction may not
// write or sees an old snapshot, or while another session is at it. A table that the whole time did
// not suffice for is not tried again until it changes.
void BringUpToDate(const std::vector<StatedTable>& tables, ValueIndex* index);

}  // namespace loupe::pg

#endif  // LOUPE_PG_VALUE_REFRESH_HPP

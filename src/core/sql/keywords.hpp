// Keywords that cannot stand as a plain identifier everywhere.
//
// The list is the union of PostgreSQL 15 to 18's reserved keywords, those that may only name
// columns, and those that may only name functions or types. Unreserved keywords ("name", "day")
// need no quotes in any place where the printer writes a name, because it always writes AS.
//
// Tested by test/unit/sql_printer_test.cpp.
#ifndef LOUPE_CORE_SQL_KEYWORDS_HPP
#define LOUPE_CORE_SQL_KEYWORDS_HPP

#include <string_view>

namespace loupe::sql {

// Tells whether the lower-case `word` has to be quoted as an identifier.
[[nodiscard]] bool IsReservedKeyword(std::string_view word);

// Tells whether `word` is called like a function but is grammar, so that it is never quoted or
// qualified: coalesce, greatest, least, nullif, grouping.
[[nodiscard]] bool IsFunctionKeyword(std::string_view word);

}  // namespace loupe::sql

#endif  // LOUPE_CORE_SQL_KEYWORDS_HPP

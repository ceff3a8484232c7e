// Prints SQL trees; the only place of the project that quotes names and literals.
//
// Parentheses are written where PostgreSQL's precedence needs them and nowhere else:
//
//   Print(And({Or({a, b}), Binary("=", c, Integer(1))}));   // (a OR b) AND c = 1
//
// Tested by test/unit/sql_printer_test.cpp.
#ifndef LOUPE_CORE_SQL_PRINTER_HPP
#define LOUPE_CORE_SQL_PRINTER_HPP

#include <string>
#include <string_view>

#include "core/sql/ast.hpp"

namespace loupe::sql {

// Prints one statement without a semicolon: clauses on lines of their own, subqueries indented by
// two spaces, so that a person can read it. The text parses to the same tree under every setting of
// standard_conforming_strings.
[[nodiscard]] std::string Print(const Select& query);
[[nodiscard]] std::string Print(const Expr& expr);

// Quotes an identifier unless it is plain lower-case and none of the keywords of PostgreSQL 15 to
// 18 that are reserved anywhere (keywords.hpp).
[[nodiscard]] std::string QuoteIdentifier(std::string_view name);
// Quotes a string literal, as E'…' when it holds a backslash.
[[nodiscard]] std::string QuoteLiteral(std::string_view text);
// "schema"."name", each part quoted where needed; without a schema the name alone.
[[nodiscard]] std::string QuoteQualified(std::string_view schema, std::string_view name);

}  // namespace loupe::sql

#endif  // LOUPE_CORE_SQL_PRINTER_HPP

// RowExpression: an expression of a foreign model as a value over an entity's row.
//
//   amount * 0.1            {T}.amount * 0.1
//   {CUBE}."Net Price"      column "Net Price"
//   orders.status = 'x'     {T}.status = 'x', when "orders" is a name of the row
//
// Bare names are columns, for an entity may be joined to others that have the same ones; what is
// a name of a function, a type or a part of SQL's own grammar stays. Expressions with a subquery
// keep their bare names.
//
// Tested by test/unit/semantic_row_expression_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_ROW_EXPRESSION_HPP
#define LOUPE_CORE_SEMANTIC_ROW_EXPRESSION_HPP

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/semantic/sql_tokens.hpp"

namespace loupe::semantic {

// What a row expression may refer to besides columns.
struct RowScope {
  std::vector<std::string> aliases;  // names of the row, as in orders.status
  // Tokens for a reference {x}; an error says why there are none. Not set: references are errors.
  std::function<Result<SqlTokens>(const std::string& reference)> resolve;
};

// Rewrites the tokens so that every column of the row is written {T}.column. Errors: kNotSupported
// for templates, other tables and what the scope cannot resolve.
[[nodiscard]] Result<SqlTokens> BindToRow(const SqlTokens& tokens, const RowScope& scope);

// The same from text.
[[nodiscard]] Result<SqlTokens> RowTokens(std::string_view text, const RowScope& scope);

// The column that bound tokens consist of; empty when they are more than a column.
[[nodiscard]] std::string ColumnOf(const SqlTokens& bound);

// Sets "column" or "sql" of a member.
void SetSource(const SqlTokens& bound, Json* member);

// Bytes of the tokens as text, about. What references are written out to is kept below
// kMaxTextBytes.
[[nodiscard]] std::size_t SizeOf(const SqlTokens& tokens);

// Puts brackets around tokens that are more than one value.
[[nodiscard]] SqlTokens Bracketed(SqlTokens tokens);

// date_trunc('unit', value).
[[nodiscard]] SqlTokens Truncated(std::string_view unit, const SqlTokens& value);

// "string", "number", "boolean" or "time": what the expression looks like; `fallback` when it does
// not tell.
[[nodiscard]] std::string LikelyType(const SqlTokens& tokens, std::string fallback);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_ROW_EXPRESSION_HPP

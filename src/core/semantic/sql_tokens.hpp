// SqlTokens: SQL expressions of foreign models, cut into tokens to be rewritten.
//
//   ScanSql("{CUBE}.a -- net\n * 'x'")   {CUBE} . a * 'x': reference, symbol, name, symbol, string
//   PrintSql(tokens)                     "{CUBE}.a * 'x'"
//
// Comments vanish. Template marks of the formats are tokens of their own: {x} and ${x} are
// references, {{ x }} and {% x %} templates; inside quotes they are part of the string.
//
// Tested by test/unit/semantic_sql_tokens_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_SQL_TOKENS_HPP
#define LOUPE_CORE_SEMANTIC_SQL_TOKENS_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.hpp"

namespace loupe::semantic {

enum class SqlTokenKind {
  kName,        // as written, not quoted
  kQuotedName,  // with its quotes
  kString,      // with its quotes
  kNumber,
  kSymbol,     // one operator or punctuation mark; "::", "<=", ">=", "<>", "!=", "||" are one
  kReference,  // text between {} or ${}, trimmed
  kTemplate,   // text between {{ }} or {% %}, trimmed
  kAlias,      // {T}: the entity's row; only rewriting makes it
};

struct SqlToken {
  SqlTokenKind kind = SqlTokenKind::kSymbol;
  std::string text;
  bool spaced = false;  // a blank stands before it

  // Tells whether this is the symbol or, in any case, the word `what`.
  [[nodiscard]] bool Is(std::string_view what) const;
  [[nodiscard]] bool IsName() const {
    return kind == SqlTokenKind::kName || kind == SqlTokenKind::kQuotedName;
  }
};

using SqlTokens = std::vector<SqlToken>;

// Cuts an expression; a final semicolon is dropped. Errors: kNotSupported for quotes, comments and
// marks that are not closed, brackets that do not match, semicolons, an empty text;
// kLimitExceeded for more than 64 KiB.
[[nodiscard]] Result<SqlTokens> ScanSql(std::string_view text);

// The tokens as text, blanks where they were and where two words would grow together.
[[nodiscard]] std::string PrintSql(const SqlTokens& tokens);

// The identifier that a name token means: unquoted ones fold to lower case.
[[nodiscard]] std::string IdentifierOf(const SqlToken& name);

// Index of the bracket that closes the one at `open`; tokens.size() when there is none.
[[nodiscard]] std::size_t ClosingBracket(const SqlTokens& tokens, std::size_t open);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_SQL_TOKENS_HPP

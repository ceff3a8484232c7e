// Tokens of an expression: ECMAScript 5.1's, in strict mode, without comments.
//
// A slash begins a regular expression where an operand is due; the parser knows where that is.
//
// Tested by test/unit/chart_expression_test.cpp.
#ifndef LOUPE_CORE_CHART_EXPRESSION_LEXER_HPP
#define LOUPE_CORE_CHART_EXPRESSION_LEXER_HPP

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/status.hpp"

namespace loupe::chart {

struct Token {
  enum class Kind { kEnd, kName, kNumber, kText, kMark, kPattern };
  Kind kind = Kind::kEnd;
  std::string text;   // a name, a text without escapes, an operator or bracket, a pattern's source
  std::string flags;  // of a pattern
  double number = 0;
  std::size_t begin = 0;  // bytes [begin, end) of the source
  std::size_t end = 0;

  [[nodiscard]] bool Is(std::string_view mark) const { return kind == Kind::kMark && text == mark; }
};

enum class Awaited { kOperand, kOperator };

// The token at `offset` or behind white space. Errors: kChartInvalidSpec.
[[nodiscard]] Result<Token> NextToken(std::string_view source, std::size_t offset, Awaited awaited);

// An error of the source at `offset`, without pointer.
[[nodiscard]] Status SyntaxError(const std::string& message, std::size_t offset);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_EXPRESSION_LEXER_HPP

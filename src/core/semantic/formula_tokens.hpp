// Tokens of a formula, and how tightly its operators bind: what its parser and its printer share.
//
//   "Revenue / {count}"   kName "Revenue", kSymbol "/", kBraced "count", kEnd
//
// Tested by test/unit/semantic_formula_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_FORMULA_TOKENS_HPP
#define LOUPE_CORE_SEMANTIC_FORMULA_TOKENS_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.hpp"
#include "core/semantic/formula.hpp"

namespace loupe::semantic {

struct FormulaToken {
  enum class Kind {
    kNumber,   // text: as written
    kString,   // text: without quotes
    kName,     // text: "count" or "orders.count": a reference or a function
    kBraced,   // text: the same, from between braces: a reference
    kKeyword,  // text: upper case
    kSymbol,   // text: an operator (<> for !=), parenthesis or comma
    kEnd,
  };

  Kind kind = Kind::kEnd;
  std::string text;
  std::size_t position = 0;  // byte offset
  std::size_t end = 0;       // byte offset behind it
};

// How tightly a node binds, loosest first, in the order of formula.hpp.
enum class FormulaLevel : int {
  kOr = 1,
  kAnd,
  kNot,
  kIs,
  kCompare,
  kIn,
  kConcatenate,
  kAdd,
  kMultiply,
  kSign,
  kPrimary,
};

// Level of a binary operator.
[[nodiscard]] FormulaLevel LevelOfFormulaOperator(std::string_view op);
// The level that binds one step tighter than `level`, which is not kPrimary.
[[nodiscard]] FormulaLevel Tighter(FormulaLevel level);

// Splits a formula into tokens, kEnd last. `text` is valid UTF-8. Errors: kSemanticInvalidModel.
[[nodiscard]] Result<std::vector<FormulaToken>> FormulaTokens(std::string_view text);

// Tells whether `word`, in any case, is a keyword, so that a reference of that name needs braces.
[[nodiscard]] bool IsFormulaKeyword(std::string_view word);

// "unexpected "x" at character 7 of the formula", for the bytes from `position` to `end`.
[[nodiscard]] Status UnexpectedInFormula(std::string_view text, std::size_t position,
                                         std::size_t end);
// Place of a byte in characters, from 1.
[[nodiscard]] std::size_t FormulaCharacter(std::string_view text, std::size_t position);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_FORMULA_TOKENS_HPP

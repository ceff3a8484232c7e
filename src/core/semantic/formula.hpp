// Formula: the expression of a calculated measure or dimension, parsed by the project.
//
//   revenue / count                                    average that is null without orders
//   CASE WHEN orders.count > 100 THEN 'many' ELSE 'few' END
//   coalesce({returns.count}, 0) / nullif({orders.count}, 0)
//
//   text ──ParseFormula──▶ Formula ──CheckFormula──▶ FormulaType
//           formula_parse.cpp    │    formula_check.cpp
//                                └──EmitFormula──▶ sql::Expr
//                                     formula_emit.cpp
//
// The language is a small part of PostgreSQL's expressions with the same precedence:
//
//   OR                          loosest
//   AND
//   NOT
//   IS [NOT] NULL
//   = <> != < <= > >=           do not chain
//   [NOT] IN, [NOT] BETWEEN
//   ||
//   + -
//   * / %
//   -x                          tightest
//
// Operands are numbers (1, 1.5, .5, 1e3), strings ('it''s'), true, false, null, references
// (`count`, `orders.count`, or either in braces, which a name like a keyword needs), CASE in both
// forms, and the functions of formula_functions.hpp. Keywords and functions ignore case, references
// do not. Comments, casts, semicolons and other quotes are errors.
//
// Two things differ from PostgreSQL, both so that a report does not die of one odd group: "/" is
// true division, also of whole numbers, and what is undefined is null (x / 0, x % 0, sqrt(-1),
// ln(0), power(0, -1)). Overflow is left to the server, as for any other sum.
//
// Tested by test/unit/semantic_formula_test.cpp and test/fuzz/formula_fuzz.cpp.
#ifndef LOUPE_CORE_SEMANTIC_FORMULA_HPP
#define LOUPE_CORE_SEMANTIC_FORMULA_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/status.hpp"

namespace loupe::semantic {

// Height of the tree, which bounds the recursion of everything that walks it.
constexpr int kMaxFormulaDepth = 200;
// Nodes of the tree, where those below sqrt and power count as often as the SQL repeats them.
constexpr std::size_t kMaxFormulaNodes = 10000;
// A numeric constant of more digits or a larger exponent is of no use and costly to the server.
constexpr std::size_t kMaxNumberDigits = 100;
constexpr int kMaxNumberExponent = 200;

struct Formula {
  enum class Kind {
    kNumber,     // text: digits as written
    kString,     // text: without quotes
    kBoolean,    // text: "true" or "false"
    kNull,       //
    kReference,  // text: "count" or "orders.count", without braces
    kUnary,      // text: "-" or "NOT"; one arg
    kBinary,     // text: + - * / % || = <> < <= > >=; two args
    kAnd,        // two args or more
    kOr,         // two args or more
    kIsNull,     // one arg
    kIsNotNull,  // one arg
    kIn,         // args[0] IN (args[1…])
    kNotIn,
    kBetween,  // args[0] BETWEEN args[1] AND args[2]
    kNotBetween,
    kCase,        // args: condition, value, condition, value, …[, else]
    kSimpleCase,  // args: operand, then value to equal, value, …[, else]
    kCall,        // text: canonical name of a function (formula_functions.hpp); args
  };

  Kind kind = Kind::kNull;
  std::string text;
  std::vector<Formula> args;
  std::size_t position = 0;  // byte offset in the parsed text
  int height = 1;            // levels of this tree, at most kMaxFormulaDepth
};

// Parses a formula. Errors: kSemanticInvalidModel, which names the token and its place in
// characters from 1; kLimitExceeded for one of the limits above, for a text beyond kMaxTextBytes
// (field_reader.hpp) and for one whose canonical text is; kInvalidText.
[[nodiscard]] Result<Formula> ParseFormula(std::string_view text);

// Prints the canonical text: one space around operators, parentheses only where needed, keywords
// upper and functions lower case, braces only around names that need them. It parses to the same
// tree.
[[nodiscard]] std::string FormulaText(const Formula& formula);

// The distinct references, in order of first use.
[[nodiscard]] std::vector<std::string> ReferencesOf(const Formula& formula);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_FORMULA_HPP

// Functions of the formula language, in one table: name, arguments, types and shape of the SQL.
//
// Tested by test/unit/semantic_formula_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_FORMULA_FUNCTIONS_HPP
#define LOUPE_CORE_SEMANTIC_FORMULA_FUNCTIONS_HPP

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace loupe::semantic {

// What a function takes and gives.
enum class FormulaTyping {
  kNumbers,    // numbers, a number
  kTexts,      // texts, a text
  kMeasured,   // a text, a number
  kAnything,   // values of any types, a text
  kOneType,    // values of one type, the same
  kFirstType,  // two values of one type, the first or null
};

// How a function becomes SQL (formula_emit.cpp).
enum class FormulaSql {
  kPlain,       // the server's function of that name; numbers keep their type
  kWhole,       // the same, with whole numbers as numeric
  kRound,       // round, with digits or without
  kExponent,    // exp
  kLogarithm,   // ln, null at 0 and below
  kSquareRoot,  // sqrt, null below 0
  kPower,       // power, null where it is undefined
  kDivide,
  kRemainder,
  kText,  // arguments as text
  kLength,
  kCommon,  // coalesce, greatest, least
  kNullIf,
};

struct FormulaFunction {
  std::string_view name;       // lower case
  std::string_view canonical;  // the name to which it parses
  std::size_t least_args;
  std::size_t most_args;
  FormulaTyping typing;
  FormulaSql sql;
  std::size_t copies;  // times that the SQL repeats an argument, at most
};

constexpr std::size_t kAnyNumberOfArgs = 100;

// The function of a lower-case name, null when there is none.
[[nodiscard]] const FormulaFunction* FindFormulaFunction(std::string_view name);

// All names, sorted, for hints.
[[nodiscard]] std::vector<std::string> FormulaFunctionNames();

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_FORMULA_FUNCTIONS_HPP

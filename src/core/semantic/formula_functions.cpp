#include "core/semantic/formula_functions.hpp"

namespace loupe::semantic {
namespace {

using Typing = FormulaTyping;
using Sql = FormulaSql;

// Sorted by name.
constexpr FormulaFunction kFunctions[] = {
    {"abs", "abs", 1, 1, Typing::kNumbers, Sql::kPlain, 1},
    {"ceil", "ceil", 1, 1, Typing::kNumbers, Sql::kWhole, 1},
    {"ceiling", "ceil", 1, 1, Typing::kNumbers, Sql::kWhole, 1},
    {"coalesce", "coalesce", 1, kAnyNumberOfArgs, Typing::kOneType, Sql::kCommon, 1},
    {"concat", "concat", 1, kAnyNumberOfArgs, Typing::kAnything, Sql::kText, 1},
    {"exp", "exp", 1, 1, Typing::kNumbers, Sql::kExponent, 1},
    {"floor", "floor", 1, 1, Typing::kNumbers, Sql::kWhole, 1},
    {"greatest", "greatest", 1, kAnyNumberOfArgs, Typing::kOneType, Sql::kCommon, 1},
    {"least", "least", 1, kAnyNumberOfArgs, Typing::kOneType, Sql::kCommon, 1},
    {"length", "length", 1, 1, Typing::kMeasured, Sql::kLength, 1},
    {"ln", "ln", 1, 1, Typing::kNumbers, Sql::kLogarithm, 1},
    {"lower", "lower", 1, 1, Typing::kTexts, Sql::kText, 1},
    {"mod", "mod", 2, 2, Typing::kNumbers, Sql::kRemainder, 1},
    {"nullif", "nullif", 2, 2, Typing::kFirstType, Sql::kNullIf, 1},
    {"power", "power", 2, 2, Typing::kNumbers, Sql::kPower, 4},
    {"round", "round", 1, 2, Typing::kNumbers, Sql::kRound, 1},
    {"safe_divide", "safe_divide", 2, 2, Typing::kNumbers, Sql::kDivide, 1},
    {"sign", "sign", 1, 1, Typing::kNumbers, Sql::kWhole, 1},
    {"sqrt", "sqrt", 1, 1, Typing::kNumbers, Sql::kSquareRoot, 2},
    {"upper", "upper", 1, 1, Typing::kTexts, Sql::kText, 1},
};

}  // namespace

const FormulaFunction* FindFormulaFunction(std::string_view name) {
  for (const FormulaFunction& function : kFunctions) {
    if (function.name == name) return &function;
  }
  return nullptr;
}

std::vector<std::string> FormulaFunctionNames() {
  std::vector<std::string> names;
  for (const FormulaFunction& function : kFunctions) names.emplace_back(function.name);
  return names;
}

}  // namespace loupe::semantic

// CheckFormula: the type of a formula, or what in it does not fit.
//
//   count + 1                  number
//   count + 'one'              "+" takes numbers: "'one'" is text
//   CASE WHEN count THEN 1 END "CASE" takes conditions: "count" is a number
//
// A formula that checks clean, over references whose types are known, becomes SQL that the server
// can type. A string stands for a time where a time is compared to it, as in PostgreSQL. Times take
// no part in arithmetic.
//
// Tested by test/unit/semantic_formula_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_FORMULA_CHECK_HPP
#define LOUPE_CORE_SEMANTIC_FORMULA_CHECK_HPP

#include <functional>
#include <string>

#include "core/base/status.hpp"
#include "core/semantic/formula.hpp"

namespace loupe::semantic {

// kUnknown fits everywhere and so does kNull, the type of what is always null.
enum class FormulaType { kUnknown, kNumber, kText, kBoolean, kTime, kNull };

// Finds the type of a formula. `type_of` gives the type of a reference, kUnknown when it is not
// known. Errors: kSemanticTypeMismatch, which quotes the operator and the operand.
[[nodiscard]] Result<FormulaType> CheckFormula(
    const Formula& formula, const std::function<FormulaType(const std::string&)>& type_of);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_FORMULA_CHECK_HPP

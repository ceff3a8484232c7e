// The types of members, as formulas and filters see them.
//
//   orders.count                               number
//   max(orders.status)                         text, when the column's type is known
//   CASE WHEN count > 9 THEN 'many' END        text
//
// Tested by test/unit/semantic_formula_types_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_FORMULA_TYPES_HPP
#define LOUPE_CORE_SEMANTIC_FORMULA_TYPES_HPP

#include "core/base/status.hpp"
#include "core/semantic/formula_check.hpp"
#include "core/semantic/model.hpp"
#include "core/semantic/sql_types.hpp"

namespace loupe::semantic {

[[nodiscard]] FormulaType FormulaTypeOf(DimensionType type);
// kUnknown where formulas cannot tell.
[[nodiscard]] FormulaType FormulaTypeOf(SqlType type);

// The type of a measure of `home`, through the formulas it is made of. Demands that no measure
// depends on itself. Errors: kSemanticTypeMismatch, as CheckFormula.
[[nodiscard]] Result<FormulaType> FormulaTypeOf(const Model& model, const Entity& home,
                                                const Measure& measure);

// Checks that every formula of the model fits the types of what it names, and the member that it
// makes. Errors: kSemanticTypeMismatch, with a pointer into the model.
[[nodiscard]] Status CheckFormulas(const Model& model);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_FORMULA_TYPES_HPP

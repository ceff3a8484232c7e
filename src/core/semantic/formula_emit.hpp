// EmitFormula: a formula becomes SQL over the expressions of its references.
//
//   count / total        count::numeric / nullif(total, 0)    both whole numbers
//   revenue / count      revenue / nullif(count, 0)           revenue is numeric
//   a / b                1.0 * a / nullif(b, 0)               types not known
//   a / 100              a::numeric / 100                     no zero to fear
//   sqrt(x)              CASE WHEN x >= 0 THEN sqrt(x) END
//
// Types are followed through the tree, because the server's "/" cuts whole numbers, its round of
// double precision takes no digits and its "%" knows no double precision. Money becomes numeric.
// An expression is repeated only below sqrt and power.
//
// Tested by test/unit/semantic_formula_test.cpp.
#ifndef LOUPE_CORE_SEMANTIC_FORMULA_EMIT_HPP
#define LOUPE_CORE_SEMANTIC_FORMULA_EMIT_HPP

#include <functional>
#include <string>

#include "core/semantic/formula.hpp"
#include "core/semantic/formula_check.hpp"
#include "core/semantic/sql_types.hpp"
#include "core/sql/ast.hpp"

namespace loupe::semantic {

struct TypedExpr {
  sql::Expr expr;
  SqlType type = SqlType::kUnknown;
  // Kind of the value where `type` is not known: text of a user's enum type is cast to text where
  // it meets other text. EmitFormula fills it in where `type` tells it.
  FormulaType kind = FormulaType::kUnknown;
};

// Emits a formula that CheckFormula accepts. `resolve` gives the expression of a reference; an
// sql::Null() stands for one that is always null. The result's type is kUnknown where it is not
// certain.
[[nodiscard]] TypedExpr EmitFormula(const Formula& formula,
                                    const std::function<TypedExpr(const std::string&)>& resolve);

}  // namespace loupe::semantic

#endif  // LOUPE_CORE_SEMANTIC_FORMULA_EMIT_HPP

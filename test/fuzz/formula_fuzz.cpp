// Any text as a formula: an error with a message or a tree whose canonical text parses to the same
// text; whatever checks clean becomes SQL. Types of references follow from their first letter, so
// that short inputs reach every rule.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/semantic/formula.hpp"
#include "core/semantic/formula_check.hpp"
#include "core/semantic/formula_emit.hpp"
#include "core/sql/printer.hpp"

namespace {

using loupe::semantic::Formula;
using loupe::semantic::FormulaType;
using loupe::semantic::SqlType;
using loupe::semantic::TypedExpr;

void Demand(bool condition) {
  if (!condition) std::abort();
}

FormulaType TypeOf(const std::string& reference) {
  switch (reference[0]) {
    case 'n':
    case 'm':
      return FormulaType::kNumber;
    case 's':
      return FormulaType::kText;
    case 'b':
      return FormulaType::kBoolean;
    case 't':
      return FormulaType::kTime;
    default:
      return FormulaType::kUnknown;
  }
}

TypedExpr Resolve(const std::string& reference) {
  const SqlType type = reference[0] == 'n'   ? SqlType::kBigInteger
                       : reference[0] == 'm' ? SqlType::kMoney
                       : reference[0] == 'b' ? SqlType::kBoolean
                       : reference[0] == 't' ? SqlType::kDate
                                             : SqlType::kUnknown;
  return {loupe::sql::Column(reference), type, TypeOf(reference)};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const loupe::Result<Formula> formula = loupe::semantic::ParseFormula(text);
  if (!formula.ok()) {
    Demand(!formula.status().message().empty());
    return 0;
  }
  const std::string canonical = FormulaText(formula.value());
  const loupe::Result<Formula> again = loupe::semantic::ParseFormula(canonical);
  Demand(again.ok() && FormulaText(again.value()) == canonical);
  Demand(ReferencesOf(again.value()) == ReferencesOf(formula.value()));
  const auto type = CheckFormula(formula.value(), TypeOf);
  if (!type.ok()) {
    Demand(!type.status().message().empty());
    return 0;
  }
  Demand(!Print(EmitFormula(formula.value(), Resolve).expr).empty());
  return 0;
}

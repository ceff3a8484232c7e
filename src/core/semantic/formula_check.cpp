#include "core/semantic/formula_check.hpp"

#include <utility>
#include <vector>

#include "core/base/utf8.hpp"
#include "core/semantic/formula_functions.hpp"

namespace loupe::semantic {
namespace {

using Kind = Formula::Kind;
using Type = FormulaType;

const char* TypeText(Type type) {
  switch (type) {
    case Type::kUnknown:
      return "of unknown type";
    case Type::kNumber:
      return "a number";
    case Type::kText:
      return "text";
    case Type::kBoolean:
      return "true or false";
    case Type::kTime:
      return "a time";
    case Type::kNull:
      return "null";
  }
  return "";
}

// The operand's text in double quotes, cut when it is long.
std::string Quoted(const Formula& formula) {
  constexpr std::size_t kMostShown = 60;  // characters
  const std::string text = FormulaText(formula);
  std::size_t at = 0;
  for (std::size_t i = 0; i < kMostShown && at < text.size(); ++i) (void)NextCodePoint(text, &at);
  return "\"" + text.substr(0, at) + (at < text.size() ? "…\"" : "\"");
}

struct Operand {
  const Formula* formula;
  Type type;
};

bool IsOpen(Type type) { return type == Type::kUnknown || type == Type::kNull; }

// Walks the tree from its leaves; recursion is bounded by kMaxFormulaDepth.
class Checker {
 public:
  explicit Checker(const std::function<Type(const std::string&)>& type_of) : type_of_(type_of) {}

  Result<Type> Check(const Formula& formula) const;

 private:
  Status CheckAll(const Formula& formula, Type wanted, const char* wanted_text) const;
  Result<Type> CheckBinary(const Formula& formula) const;
  Result<Type> CheckOneType(const Formula& formula, const std::string& name) const;
  Result<Type> CheckCase(const Formula& formula) const;
  Result<Type> CheckCall(const Formula& formula) const;
  Result<Type> CheckComparison(const Formula& formula, const std::string& name) const;
  Status CheckConditions(const std::vector<Operand>& conditions) const;
  Result<std::vector<Operand>> Operands(const Formula& formula) const;

  const std::function<Type(const std::string&)>& type_of_;
};

Result<std::vector<Operand>> Checker::Operands(const Formula& formula) const {
  std::vector<Operand> operands;
  for (const Formula& arg : formula.args) {
    LOUPE_ASSIGN_OR_RETURN(const Type type, Check(arg));
    operands.push_back({&arg, type});
  }
  return operands;
}

Status Unfit(const std::string& name, const char* wanted_text, const Operand& operand) {
  return Status(Code::kSemanticTypeMismatch, "\"" + name + "\" takes " + wanted_text + ": " +
                                                 Quoted(*operand.formula) + " is " +
                                                 TypeText(operand.type));
}

std::string NameOf(const Formula& formula) {
  if (formula.kind == Kind::kAnd) return "AND";
  return formula.kind == Kind::kOr ? "OR" : formula.text;
}

// Demands that every arg is of the wanted type.
Status Checker::CheckAll(const Formula& formula, Type wanted, const char* wanted_text) const {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<Operand> operands, Operands(formula));
  for (const Operand& operand : operands) {
    if (IsOpen(operand.type) || operand.type == wanted) continue;
    Status status = Unfit(NameOf(formula), wanted_text, operand);
    const bool joins_text = formula.text == "+" && operand.type == Type::kText;
    if (joins_text) return std::move(status).WithHint("Texts are joined by ||.");
    return status;
  }
  return Status::Ok();
}

// The one type of the operands. Strings as written count as times beside a time.
Result<Type> OneType(const std::string& name, const std::vector<Operand>& operands) {
  const Operand* first = nullptr;
  bool has_unknown = false;
  bool has_time = false;
  for (const Operand& operand : operands) {
    has_time = has_time || operand.type == Type::kTime;
  }
  const auto type_in_place = [&](const Operand& operand) {
    return has_time && operand.formula->kind == Kind::kString ? Type::kTime : operand.type;
  };
  for (const Operand& operand : operands) {
    has_unknown = has_unknown || operand.type == Type::kUnknown;
    if (IsOpen(operand.type)) continue;
    if (first == nullptr) first = &operand;
    if (type_in_place(*first) == type_in_place(operand)) continue;
    return Status(Code::kSemanticTypeMismatch,
                  "\"" + name + "\" takes values of one type: " + Quoted(*first->formula) + " is " +
                      TypeText(first->type) + ", " + Quoted(*operand.formula) + " is " +
                      TypeText(operand.type));
  }
  if (first != nullptr) return type_in_place(*first);
  return has_unknown ? Type::kUnknown : Type::kNull;
}

Result<Type> Checker::CheckOneType(const Formula& formula, const std::string& name) const {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<Operand> operands, Operands(formula));
  return OneType(name, operands);
}

Result<Type> Checker::CheckComparison(const Formula& formula, const std::string& name) const {
  LOUPE_ASSIGN_OR_RETURN(const Type type, CheckOneType(formula, name));
  (void)type;
  return Type::kBoolean;
}

Result<Type> Checker::CheckBinary(const Formula& formula) const {
  const std::string& op = formula.text;
  if (op == "||") {
    LOUPE_ASSIGN_OR_RETURN(const std::vector<Operand> operands, Operands(formula));
    return Type::kText;
  }
  const bool is_arithmetic = op == "+" || op == "-" || op == "*" || op == "/" || op == "%";
  if (!is_arithmetic) return CheckComparison(formula, op);
  LOUPE_RETURN_IF_ERROR(CheckAll(formula, Type::kNumber, "numbers"));
  return Type::kNumber;
}

Status Checker::CheckConditions(const std::vector<Operand>& conditions) const {
  for (const Operand& condition : conditions) {
    if (IsOpen(condition.type) || condition.type == Type::kBoolean) continue;
    return Unfit("CASE", "conditions", condition);
  }
  return Status::Ok();
}

Result<Type> Checker::CheckCase(const Formula& formula) const {
  LOUPE_ASSIGN_OR_RETURN(const std::vector<Operand> operands, Operands(formula));
  const bool is_simple = formula.kind == Kind::kSimpleCase;
  std::vector<Operand> tests;
  std::vector<Operand> results;
  std::size_t i = 0;
  if (is_simple) tests.push_back(operands[i++]);
  for (; i + 1 < operands.size(); i += 2) {
    tests.push_back(operands[i]);
    results.push_back(operands[i + 1]);
  }
  if (i < operands.size()) results.push_back(operands[i]);
  if (!is_simple) {
    LOUPE_RETURN_IF_ERROR(CheckConditions(tests));
    return OneType("CASE", results);
  }
  LOUPE_ASSIGN_OR_RETURN(const Type type, OneType("CASE", tests));
  // The server takes the operand of CASE for text before it sees what it is compared to.
  if (tests[0].formula->kind == Kind::kString && type != Type::kText) {
    return Unfit("CASE", "values of one type", tests[0]);
  }
  return OneType("CASE", results);
}

std::string ArityText(const FormulaFunction& function) {
  const auto arguments = [](std::size_t count) {
    return std::to_string(count) + (count == 1 ? " argument" : " arguments");
  };
  if (function.least_args == function.most_args) return arguments(function.least_args);
  return std::to_string(function.least_args) + " to " + arguments(function.most_args);
}

Result<Type> Checker::CheckCall(const Formula& formula) const {
  const FormulaFunction& function = *FindFormulaFunction(formula.text);
  if (formula.args.size() < function.least_args || formula.args.size() > function.most_args) {
    return Status(Code::kSemanticTypeMismatch, "\"" + formula.text + "\" takes " +
                                                   ArityText(function) + ", not " +
                                                   std::to_string(formula.args.size()));
  }
  switch (function.typing) {
    case FormulaTyping::kNumbers:
      LOUPE_RETURN_IF_ERROR(CheckAll(formula, Type::kNumber, "numbers"));
      return Type::kNumber;
    case FormulaTyping::kTexts:
      LOUPE_RETURN_IF_ERROR(CheckAll(formula, Type::kText, "text"));
      return Type::kText;
    case FormulaTyping::kMeasured:
      LOUPE_RETURN_IF_ERROR(CheckAll(formula, Type::kText, "text"));
      return Type::kNumber;
    case FormulaTyping::kAnything: {
      LOUPE_ASSIGN_OR_RETURN(const std::vector<Operand> operands, Operands(formula));
      return Type::kText;
    }
    case FormulaTyping::kOneType:
      return CheckOneType(formula, formula.text);
    case FormulaTyping::kFirstType: {
      LOUPE_ASSIGN_OR_RETURN(const Type type, CheckOneType(formula, formula.text));
      return formula.args[0].kind == Kind::kNull ? Type::kNull : type;
    }
  }
  return Type::kUnknown;
}

Result<Type> Checker::Check(const Formula& formula) const {
  switch (formula.kind) {
    case Kind::kNumber:
      return Type::kNumber;
    case Kind::kString:
      return Type::kText;
    case Kind::kBoolean:
      return Type::kBoolean;
    case Kind::kNull:
      return Type::kNull;
    case Kind::kReference:
      return type_of_(formula.text);
    case Kind::kUnary: {
      const bool is_not = formula.text == "NOT";
      const Type type = is_not ? Type::kBoolean : Type::kNumber;
      LOUPE_RETURN_IF_ERROR(CheckAll(formula, type, is_not ? "conditions" : "numbers"));
      return type;
    }
    case Kind::kAnd:
    case Kind::kOr:
      LOUPE_RETURN_IF_ERROR(CheckAll(formula, Type::kBoolean, "conditions"));
      return Type::kBoolean;
    case Kind::kBinary:
      return CheckBinary(formula);
    case Kind::kIsNull:
    case Kind::kIsNotNull: {
      LOUPE_ASSIGN_OR_RETURN(const Type type, Check(formula.args[0]));
      (void)type;
      return Type::kBoolean;
    }
    case Kind::kIn:
    case Kind::kNotIn:
      return CheckComparison(formula, "IN");
    case Kind::kBetween:
    case Kind::kNotBetween:
      return CheckComparison(formula, "BETWEEN");
    case Kind::kCase:
    case Kind::kSimpleCase:
      return CheckCase(formula);
    case Kind::kCall:
      return CheckCall(formula);
  }
  return Type::kUnknown;
}

}  // namespace

Result<Type> CheckFormula(const Formula& formula,
                          const std::function<Type(const std::string&)>& type_of) {
  return Checker(type_of).Check(formula);
}

}  // namespace loupe::semantic

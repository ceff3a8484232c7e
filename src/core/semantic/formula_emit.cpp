#include "core/semantic/formula_emit.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "core/semantic/formula_functions.hpp"
#include "core/semantic/formula_types.hpp"

namespace loupe::semantic {
namespace {

using Kind = Formula::Kind;
using sql::Expr;

TypedExpr Typed(Expr expr, SqlType type) { return {std::move(expr), type, FormulaTypeOf(type)}; }

bool IsNull(const TypedExpr& value) { return value.expr.kind == Expr::Kind::kNull; }
// A literal that the server types by what it meets.
bool IsString(const TypedExpr& value) { return value.expr.kind == Expr::Kind::kString; }
bool IsText(SqlType type) { return type == SqlType::kText || type == SqlType::kCharacter; }
bool IsWhole(SqlType type) {
  return type >= SqlType::kSmallInteger && type <= SqlType::kBigInteger;
}
bool IsFloat(SqlType type) { return type == SqlType::kReal || type == SqlType::kDouble; }
bool IsFraction(SqlType type) { return type >= SqlType::kNumeric && type <= SqlType::kDouble; }

TypedExpr CastTo(TypedExpr value, SqlType type) {
  if (value.type == type) return value;
  return Typed(sql::Cast(std::move(value.expr), CastName(type)), type);
}

// The server cannot choose an operator for bare NULLs.
TypedExpr NumberOf(TypedExpr value) {
  return IsNull(value) ? CastTo(std::move(value), SqlType::kNumeric) : value;
}

TypedExpr TextOf(TypedExpr value) {
  if (IsText(value.type)) return value;
  return CastTo(std::move(value), SqlType::kText);
}

// Type of a constant as the server reads it.
SqlType TypeOfNumber(const std::string& digits) {
  std::int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value);
  if (error != std::errc() || stop != end) return SqlType::kNumeric;
  return value <= std::numeric_limits<std::int32_t>::max() ? SqlType::kInteger
                                                           : SqlType::kBigInteger;
}

// The value of a numeric constant with its sign, if `expr` is one.
std::optional<double> ConstantOf(const Expr& expr) {
  if (expr.kind == Expr::Kind::kUnary && expr.text == "-") {
    const std::optional<double> value = ConstantOf(expr.args[0]);
    return value.has_value() ? std::optional<double>(-*value) : std::nullopt;
  }
  if (expr.kind != Expr::Kind::kNumber) return std::nullopt;
  double value = 0;
  const auto [stop, error] =
      std::from_chars(expr.text.data(), expr.text.data() + expr.text.size(), value);
  (void)stop;
  return error == std::errc() ? std::optional<double>(value) : std::nullopt;
}

// Type of a + b as the server finds it.
SqlType ArithmeticType(SqlType a, SqlType b) {
  if (!(IsWhole(a) || IsFraction(a)) || !(IsWhole(b) || IsFraction(b))) return SqlType::kUnknown;
  if (a != b && (a == SqlType::kReal || b == SqlType::kReal)) return SqlType::kDouble;
  return std::max(a, b);
}

// Type of coalesce(a, b) as the server finds it.
SqlType CommonType(SqlType a, SqlType b) {
  if (a == b) return a;
  const bool is_number = (IsWhole(a) || IsFraction(a)) && (IsWhole(b) || IsFraction(b));
  const bool is_time =
      FormulaTypeOf(a) == FormulaType::kTime && FormulaTypeOf(b) == FormulaType::kTime;
  return is_number || is_time ? std::max(a, b) : SqlType::kUnknown;
}

bool IsNullIfZero(const Expr& expr) {
  return expr.kind == Expr::Kind::kCall && expr.name.size() == 1 && expr.name[0] == "nullif" &&
         ConstantOf(expr.args[1]) == 0.0;
}

// The divisor, null instead of zero.
TypedExpr NullIfZero(TypedExpr value) {
  const std::optional<double> constant = ConstantOf(value.expr);
  if ((constant.has_value() && *constant != 0) || IsNullIfZero(value.expr)) return value;
  value.expr = sql::Call("nullif", {std::move(value.expr), sql::Integer(0)});
  return value;
}

TypedExpr Divide(TypedExpr a, TypedExpr b) {
  a = NumberOf(std::move(a));
  b = NumberOf(std::move(b));
  if (IsWhole(a.type) && IsWhole(b.type)) {
    a = CastTo(std::move(a), SqlType::kNumeric);
  } else if (!IsFraction(a.type) && !IsFraction(b.type)) {
    a.expr = sql::Binary("*", sql::Decimal("1.0"), std::move(a.expr));
  }
  const SqlType type = ArithmeticType(a.type, b.type);
  return {sql::Binary("/", std::move(a.expr), NullIfZero(std::move(b)).expr), type,
          FormulaType::kNumber};
}

TypedExpr Remainder(TypedExpr a, TypedExpr b) {
  if (!IsWhole(a.type)) a = CastTo(std::move(a), SqlType::kNumeric);
  if (!IsWhole(b.type)) b = CastTo(std::move(b), SqlType::kNumeric);
  const SqlType type = ArithmeticType(a.type, b.type);
  return Typed(sql::Binary("%", std::move(a.expr), NullIfZero(std::move(b)).expr), type);
}

TypedExpr Arithmetic(const std::string& op, TypedExpr a, TypedExpr b) {
  a = NumberOf(std::move(a));
  b = NumberOf(std::move(b));
  const SqlType type = ArithmeticType(a.type, b.type);
  return {sql::Binary(op, std::move(a.expr), std::move(b.expr)), type, FormulaType::kNumber};
}

// Type of sqrt(x) as the server finds it.
SqlType FloatType(SqlType type) {
  if (type == SqlType::kNumeric) return type;
  return IsWhole(type) || IsFraction(type) ? SqlType::kDouble : SqlType::kUnknown;
}

TypedExpr CallNumber(const char* function, Expr arg, SqlType type) {
  return {sql::Call(function, {std::move(arg)}), type, FormulaType::kNumber};
}

TypedExpr SquareRoot(TypedExpr x) {
  const bool is_safe = ConstantOf(x.expr).value_or(-1) >= 0;
  TypedExpr root = CallNumber("sqrt", x.expr, FloatType(x.type));
  if (is_safe) return root;
  root.expr =
      sql::When(sql::Binary(">=", std::move(x.expr), sql::Integer(0)), std::move(root.expr));
  return root;
}

// nullif(greatest(x, 0), 0) is null for 0 and below, and repeats nothing.
TypedExpr Logarithm(TypedExpr x) {
  if (ConstantOf(x.expr).value_or(0) <= 0) {
    x.expr = sql::Call("greatest", {std::move(x.expr), sql::Integer(0)});
    x.expr = sql::Call("nullif", {std::move(x.expr), sql::Integer(0)});
  }
  return CallNumber("ln", std::move(x.expr), FloatType(x.type));
}

// The condition under which power(a, b) is defined.
Expr PowerCondition(const Expr& a, const Expr& b) {
  const auto compare = [](const char* op, const Expr& left, Expr right) {
    return sql::Binary(op, left, std::move(right));
  };
  const std::optional<double> exponent = ConstantOf(b);
  if (exponent.has_value() && std::trunc(*exponent) != *exponent) {
    return compare(*exponent > 0 ? ">=" : ">", a, sql::Integer(0));
  }
  return sql::Or(
      {compare(">", a, sql::Integer(0)),
       sql::And({compare("=", a, sql::Integer(0)), compare(">=", b, sql::Integer(0))}),
       sql::And({compare("<", a, sql::Integer(0)), compare("=", b, sql::Call("trunc", {b}))})});
}

TypedExpr Power(TypedExpr a, TypedExpr b) {
  const SqlType both = ArithmeticType(a.type, b.type);
  TypedExpr power{{}, FloatType(both), FormulaType::kNumber};
  const std::optional<double> exponent = ConstantOf(b.expr);
  if (exponent.has_value() && std::trunc(*exponent) == *exponent) {
    if (*exponent < 0) a = NullIfZero(std::move(a));
    power.expr = sql::Call("power", {std::move(a.expr), std::move(b.expr)});
    return power;
  }
  Expr condition = PowerCondition(a.expr, b.expr);
  power.expr =
      sql::When(std::move(condition), sql::Call("power", {std::move(a.expr), std::move(b.expr)}));
  return power;
}

TypedExpr Round(std::vector<TypedExpr> args) {
  TypedExpr x = std::move(args[0]);
  const bool has_digits = args.size() > 1;
  if (has_digits || IsWhole(x.type)) x = CastTo(std::move(x), SqlType::kNumeric);
  if (!has_digits) return CallNumber("round", std::move(x.expr), FloatType(x.type));
  TypedExpr digits = std::move(args[1]);
  if (digits.type != SqlType::kSmallInteger) digits = CastTo(std::move(digits), SqlType::kInteger);
  return Typed(sql::Call("round", {std::move(x.expr), std::move(digits.expr)}), SqlType::kNumeric);
}

// Casts text of the users' own types, enums above all, to text where it meets other text. Strings
// alone leave it be: in a comparison the server reads them as the other side's type.
enum class Meeting { kCompared, kResults };

void AlignTexts(Meeting meeting, std::vector<TypedExpr>* values) {
  int texts = 0;
  for (const TypedExpr& value : *values) {
    const bool counts = meeting == Meeting::kResults || !IsString(value);
    if (value.kind == FormulaType::kText && counts) ++texts;
  }
  if (texts < 2) return;
  for (TypedExpr& value : *values) {
    if (value.kind != FormulaType::kText || IsString(value)) continue;
    // Which of text and character(n) a mixture becomes depends on its order, so it is made text.
    value = meeting == Meeting::kResults ? CastTo(std::move(value), SqlType::kText)
                                         : TextOf(std::move(value));
  }
}

std::vector<Expr> ExprsOf(std::vector<TypedExpr> values) {
  std::vector<Expr> exprs;
  exprs.reserve(values.size());
  for (TypedExpr& value : values) exprs.push_back(std::move(value.expr));
  return exprs;
}

// Aligns the results of CASE, coalesce and the like; returns what is known of the common value.
// The expression of the returned value is NULL when all results are, else empty.
TypedExpr AlignResults(std::vector<TypedExpr>* results) {
  AlignTexts(Meeting::kResults, results);
  TypedExpr common{sql::Null(), SqlType::kUnknown, FormulaType::kNull};
  bool has_strings = false;
  for (const TypedExpr& result : *results) {
    if (IsNull(result)) continue;
    has_strings = has_strings || IsString(result);
    if (IsString(result)) continue;
    const bool is_first = common.kind == FormulaType::kNull;
    common.type = is_first ? result.type : CommonType(common.type, result.type);
    if (is_first || common.kind == FormulaType::kUnknown) common.kind = result.kind;
  }
  if (common.kind == FormulaType::kNull && has_strings) return Typed({}, SqlType::kText);
  return common;
}

// Walks the tree from its leaves; recursion is bounded by kMaxFormulaDepth.
class Emitter {
 public:
  explicit Emitter(const std::function<TypedExpr(const std::string&)>& resolve)
      : resolve_(resolve) {}

  [[nodiscard]] TypedExpr Emit(const Formula& formula) const;

 private:
  [[nodiscard]] std::vector<TypedExpr> EmitArgs(const Formula& formula) const;
  [[nodiscard]] TypedExpr EmitReference(const std::string& name) const;
  [[nodiscard]] TypedExpr EmitUnary(const Formula& formula) const;
  [[nodiscard]] TypedExpr EmitBinary(const Formula& formula) const;
  [[nodiscard]] TypedExpr EmitMembership(const Formula& formula) const;
  [[nodiscard]] TypedExpr EmitCase(const Formula& formula) const;
  [[nodiscard]] TypedExpr EmitCall(const Formula& formula) const;

  const std::function<TypedExpr(const std::string&)>& resolve_;
};

std::vector<TypedExpr> Emitter::EmitArgs(const Formula& formula) const {
  std::vector<TypedExpr> args;
  args.reserve(formula.args.size());
  for (const Formula& arg : formula.args) args.push_back(Emit(arg));
  return args;
}

TypedExpr Emitter::EmitReference(const std::string& name) const {
  TypedExpr value = resolve_(name);
  if (value.type == SqlType::kMoney) return CastTo(std::move(value), SqlType::kNumeric);
  if (IsNull(value)) return {sql::Null(), SqlType::kUnknown, FormulaType::kNull};
  const FormulaType known = FormulaTypeOf(value.type);
  if (known != FormulaType::kUnknown) value.kind = known;
  if (value.kind == FormulaType::kNull) value.kind = FormulaType::kUnknown;
  return value;
}

TypedExpr Emitter::EmitUnary(const Formula& formula) const {
  TypedExpr value = Emit(formula.args[0]);
  if (formula.text == "NOT") {
    return Typed(sql::Unary("NOT", std::move(value.expr)), SqlType::kBoolean);
  }
  value = NumberOf(std::move(value));
  return {sql::Unary("-", std::move(value.expr)), value.type, FormulaType::kNumber};
}

TypedExpr Emitter::EmitBinary(const Formula& formula) const {
  const std::string& op = formula.text;
  std::vector<TypedExpr> args = EmitArgs(formula);
  if (op == "/") return Divide(std::move(args[0]), std::move(args[1]));
  if (op == "%") return Remainder(std::move(args[0]), std::move(args[1]));
  if (op == "+" || op == "-" || op == "*") {
    return Arithmetic(op, std::move(args[0]), std::move(args[1]));
  }
  if (op == "||") {
    for (TypedExpr& arg : args) {
      if (!IsString(arg)) arg = TextOf(std::move(arg));
    }
    return Typed(sql::Binary(op, std::move(args[0].expr), std::move(args[1].expr)), SqlType::kText);
  }
  AlignTexts(Meeting::kCompared, &args);
  return Typed(sql::Binary(op, std::move(args[0].expr), std::move(args[1].expr)),
               SqlType::kBoolean);
}

TypedExpr Emitter::EmitMembership(const Formula& formula) const {
  std::vector<TypedExpr> args = EmitArgs(formula);
  AlignTexts(Meeting::kCompared, &args);
  Expr expr;
  expr.kind = formula.kind == Kind::kIn        ? Expr::Kind::kIn
              : formula.kind == Kind::kNotIn   ? Expr::Kind::kNotIn
              : formula.kind == Kind::kBetween ? Expr::Kind::kBetween
                                               : Expr::Kind::kNotBetween;
  expr.args = ExprsOf(std::move(args));
  return Typed(std::move(expr), SqlType::kBoolean);
}

TypedExpr Emitter::EmitCase(const Formula& formula) const {
  const std::size_t operands = formula.kind == Kind::kSimpleCase ? 1 : 0;
  const std::size_t pairs = (formula.args.size() - operands) / 2;
  std::vector<TypedExpr> tests;
  std::vector<TypedExpr> results;
  for (std::size_t i = 0; i < formula.args.size(); ++i) {
    const bool is_result = i >= operands && (i - operands >= 2 * pairs || (i - operands) % 2 == 1);
    (is_result ? results : tests).push_back(Emit(formula.args[i]));
  }
  TypedExpr common = AlignResults(&results);
  if (common.kind == FormulaType::kNull) return common;
  // The server takes a literal after CASE for text, whatever it is compared to; nothing equals
  // NULL.
  const bool is_string = operands > 0 && IsString(tests[0]);
  if (operands > 0) AlignTexts(is_string ? Meeting::kResults : Meeting::kCompared, &tests);
  const bool is_null = operands > 0 && IsNull(tests[0]);
  const bool is_simple = operands > 0 && !is_null;
  common.expr.kind = is_simple ? Expr::Kind::kSimpleCase : Expr::Kind::kCase;
  if (is_simple) common.expr.args.push_back(std::move(tests[0].expr));
  for (std::size_t i = 0; i < pairs; ++i) {
    Expr test = std::move(tests[i + operands].expr);
    common.expr.args.push_back(is_null ? sql::Boolean(false) : std::move(test));
    common.expr.args.push_back(std::move(results[i].expr));
  }
  if (results.size() > pairs) common.expr.args.push_back(std::move(results.back().expr));
  return common;
}

TypedExpr Common(const std::string& function, std::vector<TypedExpr> args) {
  TypedExpr common = AlignResults(&args);
  if (common.kind == FormulaType::kNull) return common;
  common.expr = sql::Call(function, ExprsOf(std::move(args)));
  return common;
}

// Type of nullif(a, b): that of a, unless "=" has to promote it.
SqlType NullIfType(SqlType a, SqlType b) {
  const bool are_whole = IsWhole(a) && IsWhole(b);
  const bool are_numbers = (IsWhole(a) || IsFraction(a)) && (IsWhole(b) || IsFraction(b));
  return are_numbers && !are_whole && !IsFloat(a) ? ArithmeticType(a, b) : a;
}

TypedExpr NullIf(std::vector<TypedExpr> args) {
  if (IsNull(args[0])) return std::move(args[0]);
  AlignTexts(Meeting::kCompared, &args);
  const bool is_string = IsString(args[0]);
  TypedExpr result{{}, NullIfType(args[0].type, args[1].type), args[0].kind};
  if (is_string && !IsNull(args[1])) result = args[1];
  result.expr = sql::Call("nullif", ExprsOf(std::move(args)));
  return result;
}

TypedExpr Texts(const std::string& function, std::vector<TypedExpr> args) {
  for (TypedExpr& arg : args) {
    if (!IsString(arg)) arg = TextOf(std::move(arg));
  }
  return Typed(sql::Call(function, ExprsOf(std::move(args))), SqlType::kText);
}

TypedExpr Emitter::EmitCall(const Formula& formula) const {
  const FormulaFunction& function = *FindFormulaFunction(formula.text);
  std::vector<TypedExpr> args = EmitArgs(formula);
  if (function.typing == FormulaTyping::kNumbers) {
    for (TypedExpr& arg : args) arg = NumberOf(std::move(arg));
  }
  switch (function.sql) {
    case FormulaSql::kPlain:
      return {sql::Call(formula.text, {args[0].expr}), args[0].type, FormulaType::kNumber};
    case FormulaSql::kWhole:
      if (IsWhole(args[0].type)) args[0] = CastTo(std::move(args[0]), SqlType::kNumeric);
      return CallNumber(formula.text.c_str(), std::move(args[0].expr), FloatType(args[0].type));
    case FormulaSql::kRound:
      return Round(std::move(args));
    case FormulaSql::kExponent:
      return CallNumber("exp", std::move(args[0].expr), FloatType(args[0].type));
    case FormulaSql::kLogarithm:
      return Logarithm(std::move(args[0]));
    case FormulaSql::kSquareRoot:
      return SquareRoot(std::move(args[0]));
    case FormulaSql::kPower:
      return Power(std::move(args[0]), std::move(args[1]));
    case FormulaSql::kDivide:
      return Divide(std::move(args[0]), std::move(args[1]));
    case FormulaSql::kRemainder:
      return Remainder(std::move(args[0]), std::move(args[1]));
    case FormulaSql::kText:
      return Texts(formula.text, std::move(args));
    case FormulaSql::kLength:
      args = {Texts(formula.text, std::move(args))};
      return Typed(std::move(args[0].expr), SqlType::kInteger);
    case FormulaSql::kCommon:
      return Common(formula.text, std::move(args));
    case FormulaSql::kNullIf:
      return NullIf(std::move(args));
  }
  return {};
}

TypedExpr Emitter::Emit(const Formula& formula) const {
  switch (formula.kind) {
    case Kind::kNumber:
      return Typed(sql::Decimal(formula.text), TypeOfNumber(formula.text));
    case Kind::kString:
      return Typed(sql::String(formula.text), SqlType::kText);
    case Kind::kBoolean:
      return Typed(sql::Boolean(formula.text == "true"), SqlType::kBoolean);
    case Kind::kNull:
      return {sql::Null(), SqlType::kUnknown, FormulaType::kNull};
    case Kind::kReference:
      return EmitReference(formula.text);
    case Kind::kUnary:
      return EmitUnary(formula);
    case Kind::kBinary:
      return EmitBinary(formula);
    case Kind::kAnd:
      return Typed(sql::And(ExprsOf(EmitArgs(formula))), SqlType::kBoolean);
    case Kind::kOr:
      return Typed(sql::Or(ExprsOf(EmitArgs(formula))), SqlType::kBoolean);
    case Kind::kIsNull:
      return Typed(sql::IsNull(Emit(formula.args[0]).expr), SqlType::kBoolean);
    case Kind::kIsNotNull:
      return Typed(sql::IsNotNull(Emit(formula.args[0]).expr), SqlType::kBoolean);
    case Kind::kIn:
    case Kind::kNotIn:
    case Kind::kBetween:
    case Kind::kNotBetween:
      return EmitMembership(formula);
    case Kind::kCase:
    case Kind::kSimpleCase:
      return EmitCase(formula);
    case Kind::kCall:
      return EmitCall(formula);
  }
  return {};
}

}  // namespace

TypedExpr EmitFormula(const Formula& formula,
                      const std::function<TypedExpr(const std::string&)>& resolve) {
  return Emitter(resolve).Emit(formula);
}

}  // namespace loupe::semantic

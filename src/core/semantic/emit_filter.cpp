#include "core/semantic/emit_filter.hpp"

#include <utility>
#include <vector>

#include "core/semantic/emit_time.hpp"

namespace loupe::semantic {
namespace {

bool EndsWith(const std::string& text, std::string_view end) {
  return text.size() >= end.size() &&
         std::string_view(text).substr(text.size() - end.size()) == end;
}

// Tells whether a text constant may stand beside the expression as it is. An enum would refuse
// constants that are none of its labels, a uuid those of another form: they are compared as text.
bool ComparesWithText(const FilterTarget& target) {
  if (target.type == SqlType::kText || target.type == SqlType::kCharacter) return true;
  return target.data_type.empty() || EndsWith(target.data_type, "citext");
}

sql::Expr AsText(const FilterTarget& target) { return sql::Cast(target.expr, "text"); }

sql::Expr Operand(const Condition& condition, const FilterTarget& target) {
  if (condition.value_kind != ValueKind::kText || ComparesWithText(target)) return target.expr;
  return AsText(target);
}

sql::Expr Constant(const std::string& value, ValueKind kind) {
  switch (kind) {
    case ValueKind::kNumber:
      return sql::Decimal(value);
    case ValueKind::kBoolean:
      return sql::Boolean(value == "true");
    default:
      return sql::String(value);
  }
}

std::string EscapedPattern(const std::string& value, FilterOperator op) {
  const bool open_start = op != FilterOperator::kStartsWith && op != FilterOperator::kNotStartsWith;
  const bool open_end = op != FilterOperator::kEndsWith && op != FilterOperator::kNotEndsWith;
  std::string pattern = open_start ? "%" : "";
  for (const char c : value) {
    if (c == '\\' || c == '%' || c == '_') pattern += '\\';
    pattern += c;
  }
  if (open_end) pattern += '%';
  return pattern;
}

bool IsNegated(FilterOperator op) {
  return op == FilterOperator::kNotEquals || op == FilterOperator::kNotContains ||
         op == FilterOperator::kNotStartsWith || op == FilterOperator::kNotEndsWith;
}

sql::Expr Equality(const Condition& condition, const FilterTarget& target) {
  const bool negated = condition.op == FilterOperator::kNotEquals;
  std::vector<sql::Expr> constants;
  for (const std::string& value : condition.values) {
    constants.push_back(Constant(value, condition.value_kind));
  }
  sql::Expr operand = Operand(condition, target);
  if (constants.size() == 1) {
    return sql::Binary(negated ? "<>" : "=", std::move(operand), std::move(constants[0]));
  }
  return negated ? sql::NotIn(std::move(operand), std::move(constants))
                 : sql::In(std::move(operand), std::move(constants));
}

sql::Expr Pattern(const Condition& condition, const FilterTarget& target) {
  const bool negated = IsNegated(condition.op);
  // Blanks that pad a character(n) are no part of its text.
  const sql::Expr operand = target.type == SqlType::kText ? target.expr : AsText(target);
  std::vector<sql::Expr> matches;
  for (const std::string& value : condition.values) {
    matches.push_back(sql::Binary(negated ? "NOT ILIKE" : "ILIKE", operand,
                                  sql::String(EscapedPattern(value, condition.op))));
  }
  return negated ? sql::And(std::move(matches)) : sql::Or(std::move(matches));
}

const char* ComparisonSign(FilterOperator op) {
  switch (op) {
    case FilterOperator::kGreater:
      return ">";
    case FilterOperator::kGreaterOrEqual:
      return ">=";
    case FilterOperator::kLess:
      return "<";
    default:
      return "<=";
  }
}

// The condition on values that are not null; null itself is EmitCondition's.
sql::Expr ValueCondition(const Condition& condition, const FilterTarget& target,
                         const std::string& zone) {
  if (condition.value_kind == ValueKind::kTime) {
    return TimeCondition(target.expr, target.type, condition.op, condition.ranges, zone);
  }
  switch (condition.op) {
    case FilterOperator::kEquals:
    case FilterOperator::kNotEquals:
      return Equality(condition, target);
    case FilterOperator::kGreater:
    case FilterOperator::kGreaterOrEqual:
    case FilterOperator::kLess:
    case FilterOperator::kLessOrEqual:
      return sql::Binary(ComparisonSign(condition.op), target.expr,
                         Constant(condition.values[0], condition.value_kind));
    default:
      return Pattern(condition, target);
  }
}

}  // namespace

bool AcceptsNull(const Condition& condition) {
  if (condition.op == FilterOperator::kSet) return false;
  if (condition.op == FilterOperator::kNotSet) return true;
  return IsNegated(condition.op) != condition.with_null;
}

sql::Expr EmitCondition(const Condition& condition, const FilterTarget& target,
                        const std::string& zone) {
  if (condition.op == FilterOperator::kSet) return sql::IsNotNull(target.expr);
  if (condition.op == FilterOperator::kNotSet) return sql::IsNull(target.expr);
  const bool negated = IsNegated(condition.op);
  if (condition.values.empty() && condition.ranges.empty()) {  // null alone
    return negated ? sql::IsNotNull(target.expr) : sql::IsNull(target.expr);
  }
  sql::Expr values = ValueCondition(condition, target, zone);
  if (negated == condition.with_null) return values;
  return sql::Or({std::move(values), sql::IsNull(target.expr)});
}

}  // namespace loupe::semantic

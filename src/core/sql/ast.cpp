#include "core/sql/ast.hpp"

#include <charconv>
#include <cmath>

namespace loupe::sql {
namespace {

Expr Make(Expr::Kind kind, std::vector<Expr> args = {}, std::string text = {}) {
  Expr expr;
  expr.kind = kind;
  expr.args = std::move(args);
  expr.text = std::move(text);
  return expr;
}

std::vector<Expr> Prepend(Expr first, std::vector<Expr> rest) {
  std::vector<Expr> all;
  all.reserve(rest.size() + 1);
  all.push_back(std::move(first));
  for (Expr& expr : rest) all.push_back(std::move(expr));
  return all;
}

// Moves `*position` behind a run of digits and returns the length of the run.
std::size_t SkipDigits(std::string_view text, std::size_t* position) {
  const std::size_t start = *position;
  while (*position < text.size() && text[*position] >= '0' && text[*position] <= '9') ++*position;
  return *position - start;
}

// -?(D+[.D*] | .D+)[(e|E)[+-]D+]
bool IsDecimal(std::string_view text) {
  std::size_t at = 0;
  if (at < text.size() && text[at] == '-') ++at;
  std::size_t digits = SkipDigits(text, &at);
  if (at < text.size() && text[at] == '.') {
    ++at;
    digits += SkipDigits(text, &at);
  }
  if (digits == 0) return false;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && (text[at] == '+' || text[at] == '-')) ++at;
    if (SkipDigits(text, &at) == 0) return false;
  }
  return at == text.size();
}

}  // namespace

Expr Column(std::string column) {
  Expr expr = Make(Expr::Kind::kColumn);
  expr.name.push_back(std::move(column));
  return expr;
}

Expr Column(std::string qualifier, std::string column) {
  Expr expr = Make(Expr::Kind::kColumn);
  expr.name.push_back(std::move(qualifier));
  expr.name.push_back(std::move(column));
  return expr;
}

Expr String(std::string_view text) { return Make(Expr::Kind::kString, {}, std::string(text)); }

Expr Integer(std::int64_t value) {
  char buffer[24];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  (void)error;  // 24 bytes hold every 64-bit integer
  return Make(Expr::Kind::kNumber, {}, std::string(buffer, end));
}

Expr Number(double value) {
  if (!std::isfinite(value)) {
    return Cast(String(std::isnan(value) ? "NaN"
                       : value > 0       ? "Infinity"
                                         : "-Infinity"),
                "double precision");
  }
  char buffer[32];
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value);
  (void)error;  // 32 bytes hold the shortest form of every double
  return Make(Expr::Kind::kNumber, {}, std::string(buffer, end));
}

Expr Decimal(std::string_view digits) {
  if (!IsDecimal(digits)) return String(digits);
  return Make(Expr::Kind::kNumber, {}, std::string(digits));
}

Expr Boolean(bool value) { return Make(Expr::Kind::kBoolean, {}, value ? "true" : "false"); }
Expr Null() { return Make(Expr::Kind::kNull); }
Expr Star() { return Make(Expr::Kind::kStar); }

Expr Call(std::string function, std::vector<Expr> args) {
  Expr expr = Make(Expr::Kind::kCall, std::move(args));
  expr.name.push_back(std::move(function));
  return expr;
}

Expr Binary(std::string op, Expr left, Expr right) {
  return Make(Expr::Kind::kBinary, Prepend(std::move(left), {std::move(right)}), std::move(op));
}

Expr Unary(std::string op, Expr arg) {
  return Make(Expr::Kind::kUnary, {std::move(arg)}, std::move(op));
}

Expr And(std::vector<Expr> args) { return Make(Expr::Kind::kAnd, std::move(args)); }
Expr Or(std::vector<Expr> args) { return Make(Expr::Kind::kOr, std::move(args)); }
Expr Not(Expr arg) { return Unary("NOT", std::move(arg)); }

Expr Cast(Expr arg, std::string type) {
  return Make(Expr::Kind::kCast, {std::move(arg)}, std::move(type));
}

Expr IsNull(Expr arg) { return Make(Expr::Kind::kIsNull, {std::move(arg)}); }
Expr IsNotNull(Expr arg) { return Make(Expr::Kind::kIsNotNull, {std::move(arg)}); }

Expr In(Expr arg, std::vector<Expr> list) {
  return Make(Expr::Kind::kIn, Prepend(std::move(arg), std::move(list)));
}

Expr NotIn(Expr arg, std::vector<Expr> list) {
  return Make(Expr::Kind::kNotIn, Prepend(std::move(arg), std::move(list)));
}

Expr AtTimeZone(Expr time, std::string_view zone) {
  return Make(Expr::Kind::kAtTimeZone, {std::move(time), String(zone)});
}

Expr When(Expr condition, Expr value) {
  return Make(Expr::Kind::kCase, {std::move(condition), std::move(value)});
}

Expr Exists(Select rows) {
  Expr exists = Make(Expr::Kind::kExists);
  exists.subquery.push_back(std::move(rows));
  return exists;
}

Expr Scalar(Select query) {
  Expr scalar = Make(Expr::Kind::kScalar);
  scalar.subquery.push_back(std::move(query));
  return scalar;
}

Expr Fragment(std::string text) { return Make(Expr::Kind::kFragment, {}, std::move(text)); }

FromItem TableRef(std::string schema, std::string table, std::string alias) {
  FromItem item;
  if (!schema.empty()) item.table.push_back(std::move(schema));
  item.table.push_back(std::move(table));
  item.alias = std::move(alias);
  return item;
}

FromItem SubqueryRef(Select query, std::string alias) {
  FromItem item;
  item.subquery.push_back(std::move(query));
  item.alias = std::move(alias);
  return item;
}

}  // namespace loupe::sql

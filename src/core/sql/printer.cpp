#include "core/sql/printer.hpp"

#include <string>
#include <vector>

#include "core/sql/keywords.hpp"

namespace loupe::sql {
namespace {

constexpr std::size_t kLineWidth = 96;

// How tightly an expression binds, in the order of PostgreSQL's grammar. A child that binds looser
// than its place demands is put in parentheses; what does not associate demands one level more.
enum Level : int {
  kOrLevel = 1,
  kAndLevel,
  kNotLevel,
  kIsLevel,
  kCompareLevel,
  kInLevel,  // IN, BETWEEN, LIKE, ILIKE
  kOperatorLevel,
  kAddLevel,
  kMultiplyLevel,
  kPowerLevel,
  kTimeZoneLevel,
  kSignLevel,
  kCastLevel,
  kPrimaryLevel,
};

Level LevelOfOperator(std::string_view op) {
  if (op == "=" || op == "<>" || op == "!=" || op == "<" || op == ">" || op == "<=" || op == ">=") {
    return kCompareLevel;
  }
  if (op == "IS DISTINCT FROM" || op == "IS NOT DISTINCT FROM") return kIsLevel;
  if (op == "LIKE" || op == "ILIKE" || op == "NOT LIKE" || op == "NOT ILIKE") return kInLevel;
  if (op == "+" || op == "-") return kAddLevel;
  if (op == "*" || op == "/" || op == "%") return kMultiplyLevel;
  if (op == "^") return kPowerLevel;
  return kOperatorLevel;
}

bool IsLeftAssociative(Level level) { return level >= kOperatorLevel && level <= kPowerLevel; }

Level LevelOf(const Expr& expr) {
  switch (expr.kind) {
    case Expr::Kind::kNumber:
      return expr.text.compare(0, 1, "-") == 0 ? kSignLevel : kPrimaryLevel;
    case Expr::Kind::kBinary:
      return LevelOfOperator(expr.text);
    case Expr::Kind::kUnary:
      return expr.text == "NOT" ? kNotLevel : kSignLevel;
    case Expr::Kind::kAnd:
    case Expr::Kind::kOr:
      if (expr.args.empty()) return kPrimaryLevel;
      if (expr.args.size() == 1) return LevelOf(expr.args[0]);
      return expr.kind == Expr::Kind::kAnd ? kAndLevel : kOrLevel;
    case Expr::Kind::kCast:
      return kCastLevel;
    case Expr::Kind::kIsNull:
    case Expr::Kind::kIsNotNull:
    case Expr::Kind::kAny:
      return kIsLevel;
    case Expr::Kind::kIn:
    case Expr::Kind::kNotIn:
      return expr.args.size() < 2 ? kPrimaryLevel : kInLevel;
    case Expr::Kind::kBetween:
    case Expr::Kind::kNotBetween:
      return kInLevel;
    case Expr::Kind::kAtTimeZone:
      return kTimeZoneLevel;
    default:
      return kPrimaryLevel;
  }
}

// Appends text to one string. Recursion is as deep as the tree; the compilers that build trees
// bound it (kMaxFilterDepth and its like).
class Printer {
 public:
  explicit Printer(int indent) : indent_(indent) {}

  void PrintSelect(const Select& query);
  void PrintExpr(const Expr& expr);
  std::string Take() && { return std::move(out_); }

 private:
  void NewLine() {
    out_ += '\n';
    out_.append(static_cast<std::size_t>(indent_) * 2, ' ');
  }
  void PrintChild(const Expr& expr, int least_level);
  void PrintList(const std::vector<Expr>& args, std::size_t first = 0);
  void PrintName(const std::vector<std::string>& name);
  void PrintCall(const Expr& call);
  void PrintWindow(const Window& window);
  void PrintFunctionName(const std::vector<std::string>& name);
  void PrintBinary(const Expr& expr);
  void PrintJunction(const Expr& expr, std::string_view word, std::string_view none);
  void PrintIn(const Expr& expr);
  void PrintBetween(const Expr& expr);
  void PrintCase(const Expr& expr);
  void PrintOrder(const std::vector<OrderItem>& order);
  void PrintSubquery(const Select& query);
  void PrintWith(const std::vector<CommonTable>& tables);
  void PrintItems(const Select& query);
  void PrintFrom(const std::vector<FromItem>& from);
  void PrintFromItem(const FromItem& item);
  void PrintValues(const std::vector<std::vector<Expr>>& rows);
  void PrintCore(const Select& query);
  void PrintConditions(std::string_view keyword, const std::vector<Expr>& conditions);

  std::string out_;
  int indent_;
};

void Printer::PrintChild(const Expr& expr, int least_level) {
  if (LevelOf(expr) >= least_level) return PrintExpr(expr);
  out_ += '(';
  PrintExpr(expr);
  out_ += ')';
}

void Printer::PrintList(const std::vector<Expr>& args, std::size_t first) {
  for (std::size_t i = first; i < args.size(); ++i) {
    if (i > first) out_ += ", ";
    PrintExpr(args[i]);
  }
}

void Printer::PrintName(const std::vector<std::string>& name) {
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (i > 0) out_ += '.';
    out_ += QuoteIdentifier(name[i]);
  }
}

void Printer::PrintFunctionName(const std::vector<std::string>& name) {
  if (name.size() == 1 && IsFunctionKeyword(name[0])) {
    out_ += name[0];
  } else {
    PrintName(name);
  }
}

void Printer::PrintCall(const Expr& call) {
  PrintFunctionName(call.name);
  out_ += call.distinct ? "(DISTINCT " : "(";
  PrintList(call.args);
  if (!call.order_by.empty() && !call.within_group) {
    out_ += " ORDER BY ";
    PrintOrder(call.order_by);
  }
  out_ += ')';
  if (call.within_group) {
    out_ += " WITHIN GROUP (ORDER BY ";
    PrintOrder(call.order_by);
    out_ += ')';
  }
  if (!call.filter.empty()) {
    out_ += " FILTER (WHERE ";
    PrintExpr(call.filter[0]);
    out_ += ')';
  }
  if (!call.window.empty()) PrintWindow(call.window[0]);
}

void Printer::PrintWindow(const Window& window) {
  out_ += " OVER (";
  const std::size_t start = out_.size();
  if (!window.partition_by.empty()) {
    out_ += "PARTITION BY ";
    PrintList(window.partition_by);
  }
  if (!window.order_by.empty()) {
    out_ += out_.size() > start ? " ORDER BY " : "ORDER BY ";
    PrintOrder(window.order_by);
  }
  if (!window.frame.empty()) {
    if (out_.size() > start) out_ += ' ';
    out_ += window.frame;
  }
  out_ += ')';
}

void Printer::PrintBinary(const Expr& expr) {
  const Level level = LevelOf(expr);
  PrintChild(expr.args[0], IsLeftAssociative(level) ? level : level + 1);
  out_ += ' ';
  out_ += expr.text;
  out_ += ' ';
  PrintChild(expr.args[1], level + 1);
}

void Printer::PrintJunction(const Expr& expr, std::string_view word, std::string_view none) {
  if (expr.args.empty()) out_ += none;
  if (expr.args.size() == 1) return PrintExpr(expr.args[0]);
  for (std::size_t i = 0; i < expr.args.size(); ++i) {
    if (i > 0) out_ += word;
    PrintChild(expr.args[i], LevelOf(expr) + 1);
  }
}

void Printer::PrintIn(const Expr& expr) {
  const bool negated = expr.kind == Expr::Kind::kNotIn;
  if (expr.args.size() < 2) {  // SQL has no empty list
    out_ += negated ? "true" : "false";
    return;
  }
  PrintChild(expr.args[0], kInLevel + 1);
  out_ += negated ? " NOT IN (" : " IN (";
  PrintList(expr.args, 1);
  out_ += ')';
}

// The grammar of the lower bound is a smaller one, so only what is plain stands without
// parentheses.
void Printer::PrintBetween(const Expr& expr) {
  PrintChild(expr.args[0], kInLevel + 1);
  out_ += expr.kind == Expr::Kind::kBetween ? " BETWEEN " : " NOT BETWEEN ";
  PrintChild(expr.args[1], kSignLevel);
  out_ += " AND ";
  PrintChild(expr.args[2], kInLevel + 1);
}

void Printer::PrintCase(const Expr& expr) {
  out_ += "CASE";
  std::size_t i = 0;
  if (expr.kind == Expr::Kind::kSimpleCase) {
    out_ += ' ';
    PrintExpr(expr.args[i++]);
  }
  for (; i + 1 < expr.args.size(); i += 2) {
    out_ += " WHEN ";
    PrintExpr(expr.args[i]);
    out_ += " THEN ";
    PrintExpr(expr.args[i + 1]);
  }
  if (i < expr.args.size()) {
    out_ += " ELSE ";
    PrintExpr(expr.args[i]);
  }
  out_ += " END";
}

void Printer::PrintExpr(const Expr& expr) {
  switch (expr.kind) {
    case Expr::Kind::kColumn:
      return PrintName(expr.name);
    case Expr::Kind::kString:
      out_ += QuoteLiteral(expr.text);
      return;
    case Expr::Kind::kNumber:
    case Expr::Kind::kBoolean:
      out_ += expr.text;
      return;
    case Expr::Kind::kNull:
      out_ += "NULL";
      return;
    case Expr::Kind::kStar:
      if (!expr.name.empty()) out_ += QuoteIdentifier(expr.name[0]) + '.';
      out_ += '*';
      return;
    case Expr::Kind::kCall:
      return PrintCall(expr);
    case Expr::Kind::kBinary:
      return PrintBinary(expr);
    case Expr::Kind::kUnary:
      out_ += expr.text == "NOT" ? "NOT " : expr.text;
      return PrintChild(expr.args[0], LevelOf(expr) + 1);
    case Expr::Kind::kAnd:
      return PrintJunction(expr, " AND ", "true");
    case Expr::Kind::kOr:
      return PrintJunction(expr, " OR ", "false");
    case Expr::Kind::kCast:
      PrintChild(expr.args[0], kCastLevel);
      out_ += "::";
      out_ += expr.text;
      return;
    case Expr::Kind::kIsNull:
    case Expr::Kind::kIsNotNull:
      PrintChild(expr.args[0], kIsLevel + 1);
      out_ += expr.kind == Expr::Kind::kIsNull ? " IS NULL" : " IS NOT NULL";
      return;
    case Expr::Kind::kIn:
    case Expr::Kind::kNotIn:
      return PrintIn(expr);
    case Expr::Kind::kBetween:
    case Expr::Kind::kNotBetween:
      return PrintBetween(expr);
    case Expr::Kind::kSimpleCase:
    case Expr::Kind::kCase:
      return PrintCase(expr);
    case Expr::Kind::kAtTimeZone:
      PrintChild(expr.args[0], kTimeZoneLevel);
      out_ += " AT TIME ZONE ";
      return PrintChild(expr.args[1], kTimeZoneLevel + 1);
    case Expr::Kind::kExists:
      out_ += "EXISTS ";
      return PrintSubquery(expr.subquery[0]);
    case Expr::Kind::kScalar:
      return PrintSubquery(expr.subquery[0]);
    case Expr::Kind::kFragment:
      out_ += '(';
      out_ += expr.text;
      out_ += ')';
      return;
    case Expr::Kind::kArray:
      out_ += "ARRAY[";
      PrintList(expr.args);
      out_ += ']';
      return;
    case Expr::Kind::kArrayQuery:
      out_ += "ARRAY ";
      return PrintSubquery(expr.subquery[0]);
    case Expr::Kind::kAny:
      PrintChild(expr.args[0], kOperatorLevel + 1);
      out_ += " = ANY (";
      PrintExpr(expr.args[1]);
      out_ += ')';
      return;
  }
}

void Printer::PrintOrder(const std::vector<OrderItem>& order) {
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0) out_ += ", ";
    PrintExpr(order[i].expr);
    if (order[i].direction == Direction::kDescending) out_ += " DESC";
    if (order[i].nulls == Nulls::kFirst) out_ += " NULLS FIRST";
    if (order[i].nulls == Nulls::kLast) out_ += " NULLS LAST";
  }
}

void Printer::PrintSubquery(const Select& query) {
  out_ += '(';
  ++indent_;
  NewLine();
  PrintSelect(query);
  --indent_;
  NewLine();
  out_ += ')';
}

void Printer::PrintWith(const std::vector<CommonTable>& tables) {
  for (std::size_t i = 0; i < tables.size(); ++i) {
    out_ += i == 0 ? "WITH " : ", ";
    out_ += QuoteIdentifier(tables[i].name) + " AS ";
    PrintSubquery(tables[i].query[0]);
  }
  if (!tables.empty()) NewLine();
}

// Items share the line of SELECT when they fit, else each has its own.
void Printer::PrintItems(const Select& query) {
  out_ += query.distinct ? "SELECT DISTINCT" : "SELECT";
  std::vector<std::string> texts;
  std::size_t width = static_cast<std::size_t>(indent_) * 2 + sizeof "SELECT DISTINCT";
  bool one_line = true;
  for (const SelectItem& item : query.items) {
    Printer inner(indent_ + 1);
    inner.PrintExpr(item.expr);
    std::string text = std::move(inner).Take();
    if (!item.alias.empty()) text += " AS " + QuoteIdentifier(item.alias);
    width += text.size() + 2;
    one_line = one_line && width <= kLineWidth && text.find('\n') == std::string::npos;
    texts.push_back(std::move(text));
  }
  if (!one_line) ++indent_;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    if (i > 0) out_ += ',';
    if (one_line) {
      out_ += ' ';
    } else {
      NewLine();
    }
    out_ += texts[i];
  }
  if (!one_line) --indent_;
}

void Printer::PrintValues(const std::vector<std::vector<Expr>>& rows) {
  out_ += "(VALUES ";
  for (std::size_t i = 0; i < rows.size(); ++i) {
    out_ += i > 0 ? ", (" : "(";
    PrintList(rows[i]);
    out_ += ')';
  }
  out_ += ')';
}

void Printer::PrintFromItem(const FromItem& item) {
  if (!item.subquery.empty()) {
    PrintSubquery(item.subquery[0]);
  } else if (!item.fragment.empty()) {
    out_ += '(' + item.fragment + ')';
  } else if (!item.values.empty()) {
    PrintValues(item.values);
  } else if (!item.function.empty()) {
    PrintExpr(item.function[0]);
  } else {
    PrintName(item.table);
  }
  if (!item.alias.empty()) out_ += " AS " + QuoteIdentifier(item.alias);
  for (std::size_t i = 0; i < item.column_aliases.size(); ++i) {
    out_ += i == 0 ? " (" : ", ";
    out_ += QuoteIdentifier(item.column_aliases[i]);
  }
  if (!item.column_aliases.empty()) out_ += ')';
}

void Printer::PrintFrom(const std::vector<FromItem>& from) {
  for (std::size_t i = 0; i < from.size(); ++i) {
    const FromItem& item = from[i];
    if (i == 0) {
      NewLine();
      out_ += "FROM ";
    } else if (item.join == JoinType::kNone) {
      out_ += ", ";
    } else {
      ++indent_;
      NewLine();
      --indent_;
      if (item.join == JoinType::kInner) out_ += "JOIN ";
      if (item.join == JoinType::kLeft) out_ += "LEFT JOIN ";
      if (item.join == JoinType::kCross) out_ += "CROSS JOIN ";
      if (item.join == JoinType::kCrossLateral) out_ += "CROSS JOIN LATERAL ";
    }
    PrintFromItem(item);
    if (!item.on.empty()) {
      out_ += " ON ";
      PrintExpr(item.on[0]);
    }
  }
}

void Printer::PrintConditions(std::string_view keyword, const std::vector<Expr>& conditions) {
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    if (i > 0) ++indent_;
    NewLine();
    if (i > 0) --indent_;
    out_ += i == 0 ? keyword : std::string_view("AND ");
    PrintChild(conditions[i], conditions.size() > 1 ? kAndLevel : kOrLevel);
  }
}

void Printer::PrintCore(const Select& query) {
  PrintItems(query);
  PrintFrom(query.from);
  PrintConditions("WHERE ", query.where);
  if (!query.group_by.empty()) {
    NewLine();
    out_ += "GROUP BY ";
    PrintList(query.group_by);
  }
  PrintConditions("HAVING ", query.having);
}

void Printer::PrintSelect(const Select& query) {
  PrintWith(query.with);
  PrintCore(query);
  for (const Select& branch : query.union_all) {
    NewLine();
    out_ += "UNION ALL";
    NewLine();
    const bool plain = branch.with.empty() && branch.union_all.empty() && branch.order_by.empty() &&
                       !branch.limit.has_value() && !branch.offset.has_value();
    if (plain) {
      PrintCore(branch);
    } else {
      PrintSubquery(branch);
    }
  }
  if (!query.order_by.empty()) {
    NewLine();
    out_ += "ORDER BY ";
    PrintOrder(query.order_by);
  }
  if (query.limit.has_value()) {
    NewLine();
    out_ += "LIMIT " + std::to_string(*query.limit);
  }
  if (query.offset.has_value()) {
    NewLine();
    out_ += "OFFSET " + std::to_string(*query.offset);
  }
}

}  // namespace

std::string Print(const Select& query) {
  Printer printer(0);
  printer.PrintSelect(query);
  return std::move(printer).Take();
}

std::string Print(const Expr& expr) {
  Printer printer(0);
  printer.PrintExpr(expr);
  return std::move(printer).Take();
}

}  // namespace loupe::sql

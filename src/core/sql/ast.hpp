// A small SQL syntax tree: what the compilers of this project can say, and no more.
//
// Trees are plain values: copy them, compare their printed form. Names and literals are kept raw;
// printer.cpp quotes them, and nothing else in the project does.
//
//   Select query;
//   query.items.push_back({Column("o", "status"), "orders.status"});
//   query.items.push_back({Call("count", {Star()}), "orders.count"});
//   query.from.push_back(TableRef("shop", "orders", "o"));
//   query.group_by.push_back(Column("o", "status"));
//   Print(query);
//   -- SELECT o.status AS "orders.status", count(*) AS "orders.count"
//   -- FROM shop.orders AS o GROUP BY o.status
//
// Tested by test/unit/sql_printer_test.cpp.
#ifndef LOUPE_CORE_SQL_AST_HPP
#define LOUPE_CORE_SQL_AST_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loupe::sql {

struct Select;
struct OrderItem;
struct Window;

struct Expr {
  enum class Kind {
    kColumn,   // name: [qualifier,] column
    kString,   // text: any UTF-8 without NUL
    kNumber,   // text: digits as in SQL, checked by Number()
    kBoolean,  // text: "true" or "false"
    kNull,
    kStar,       // * , with name[0] as qualifier when present
    kCall,       // name: [schema,] function; args; distinct, order_by, filter
    kBinary,     // text: operator; two args
    kUnary,      // text: operator before its one arg, "-" or "NOT"
    kAnd,        // any number of args; none is true
    kOr,         // any number of args; none is false
    kCast,       // text: type as SQL text made by code, never by a user; one arg
    kIsNull,     // one arg
    kIsNotNull,  // one arg
    kIn,         // args[0] IN (args[1…])
    kNotIn,
    kBetween,  // args[0] BETWEEN args[1] AND args[2]
    kNotBetween,
    kCase,        // args: condition, value, condition, value, …[, else]
    kSimpleCase,  // args: operand, then value to equal, value, …[, else]
    kAtTimeZone,  // args: time, zone
    kExists,      // subquery[0]
    kScalar,      // ( subquery[0] ), one column and at most one row
    kFragment,    // text: SQL of a stored model's author, printed in parentheses; {T} already
                  // replaced
    kArray,       // ARRAY[args]
    kArrayQuery,  // ARRAY( subquery[0] ), one column
    kAny,         // args[0] = ANY (args[1])
  };

  Kind kind = Kind::kNull;
  std::vector<std::string> name;
  std::string text;
  std::vector<Expr> args;
  bool distinct = false;
  std::vector<OrderItem> order_by;  // inside a call, or WITHIN GROUP when within_group
  bool within_group = false;
  std::vector<Expr> filter;      // none or one
  std::vector<Window> window;    // of a call: none or one
  std::vector<Select> subquery;  // none or one
};

enum class Direction { kAscending, kDescending };
enum class Nulls { kDefault, kFirst, kLast };

struct OrderItem {
  Expr expr;
  Direction direction = Direction::kAscending;
  Nulls nulls = Nulls::kDefault;
};

// OVER (PARTITION BY … ORDER BY … frame).
struct Window {
  std::vector<Expr> partition_by;
  std::vector<OrderItem> order_by;
  std::string frame;  // as SQL text made by code, never by a user; empty: the default
};

struct SelectItem {
  Expr expr;
  std::string alias;  // empty: none
};

enum class JoinType { kNone, kInner, kLeft, kCross, kCrossLateral };

// One FROM entry: a table, a subquery, a model author's SELECT, a VALUES list or a function call;
// joined to the entry before it unless `join` is kNone (comma).
struct FromItem {
  JoinType join = JoinType::kNone;
  std::vector<std::string> table;         // [schema,] name
  std::vector<Select> subquery;           // none or one
  std::string fragment;                   // a SELECT of a stored model's author
  std::vector<std::vector<Expr>> values;  // VALUES rows
  std::vector<Expr> function;             // none or one call
  std::string alias;
  std::vector<std::string> column_aliases;
  std::vector<Expr> on;  // none or one
};

struct CommonTable {
  std::string name;
  std::vector<Select> query;  // exactly one
};

struct Select {
  std::vector<CommonTable> with;
  bool distinct = false;
  std::vector<SelectItem> items;
  std::vector<FromItem> from;
  std::vector<Expr> where;  // joined by AND
  std::vector<Expr> group_by;
  std::vector<Expr> having;       // joined by AND
  std::vector<Select> union_all;  // further branches of UNION ALL; ORDER BY etc. apply to the whole
  std::vector<OrderItem> order_by;
  std::optional<std::int64_t> limit;
  std::optional<std::int64_t> offset;
};

// Constructors for the common shapes.
[[nodiscard]] Expr Column(std::string column);
[[nodiscard]] Expr Column(std::string qualifier, std::string column);
[[nodiscard]] Expr String(std::string_view text);
[[nodiscard]] Expr Integer(std::int64_t value);
[[nodiscard]] Expr Number(double value);  // finite
// Digits of a decimal number ("-12.50", "1e3") kept as written; anything else becomes a String.
[[nodiscard]] Expr Decimal(std::string_view digits);
[[nodiscard]] Expr Boolean(bool value);
[[nodiscard]] Expr Null();
[[nodiscard]] Expr Star();
[[nodiscard]] Expr Call(std::string function, std::vector<Expr> args);
[[nodiscard]] Expr Binary(std::string op, Expr left, Expr right);
[[nodiscard]] Expr Unary(std::string op, Expr arg);
[[nodiscard]] Expr And(std::vector<Expr> args);
[[nodiscard]] Expr Or(std::vector<Expr> args);
[[nodiscard]] Expr Not(Expr arg);
[[nodiscard]] Expr Cast(Expr arg, std::string type);
[[nodiscard]] Expr IsNull(Expr arg);
[[nodiscard]] Expr IsNotNull(Expr arg);
[[nodiscard]] Expr In(Expr arg, std::vector<Expr> list);
[[nodiscard]] Expr NotIn(Expr arg, std::vector<Expr> list);
[[nodiscard]] Expr AtTimeZone(Expr time, std::string_view zone);
[[nodiscard]] Expr Fragment(std::string text);
// CASE WHEN condition THEN value END.
[[nodiscard]] Expr When(Expr condition, Expr value);
[[nodiscard]] Expr Exists(Select rows);
[[nodiscard]] Expr Scalar(Select query);

[[nodiscard]] FromItem TableRef(std::string schema, std::string table, std::string alias);
[[nodiscard]] FromItem SubqueryRef(Select query, std::string alias);

}  // namespace loupe::sql

#endif  // LOUPE_CORE_SQL_AST_HPP

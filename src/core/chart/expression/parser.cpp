#include "core/chart/expression/parser.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>

#include "core/base/number_format.hpp"
#include "core/base/utf8.hpp"
#include "core/chart/expression/lexer.hpp"
#include "core/chart/limits.hpp"

namespace loupe::chart {
namespace {

using Node = ExpressionNode;
using NodePtr = std::unique_ptr<Node>;
using Kind = ExpressionKind;
using Op = ExpressionOp;

struct BinaryOperator {
  std::string_view mark;
  int precedence;
  Kind kind;
  Op op;
};
constexpr std::array<BinaryOperator, 22> kBinaryOperators = {
    {{"||", 1, Kind::kOr, Op::kNone},
     {"&&", 2, Kind::kAnd, Op::kNone},
     {"|", 3, Kind::kBinary, Op::kBitOr},
     {"^", 4, Kind::kBinary, Op::kBitXor},
     {"&", 5, Kind::kBinary, Op::kBitAnd},
     {"==", 6, Kind::kBinary, Op::kEqual},
     {"!=", 6, Kind::kBinary, Op::kNotEqual},
     {"===", 6, Kind::kBinary, Op::kSame},
     {"!==", 6, Kind::kBinary, Op::kNotSame},
     {"<", 7, Kind::kBinary, Op::kLess},
     {">", 7, Kind::kBinary, Op::kGreater},
     {"<=", 7, Kind::kBinary, Op::kLessOrEqual},
     {">=", 7, Kind::kBinary, Op::kGreaterOrEqual},
     {"in", 7, Kind::kBinary, Op::kIn},
     {"<<", 8, Kind::kBinary, Op::kShiftLeft},
     {">>", 8, Kind::kBinary, Op::kShiftRight},
     {">>>", 8, Kind::kBinary, Op::kShiftRightUnsigned},
     {"+", 9, Kind::kBinary, Op::kAdd},
     {"-", 9, Kind::kBinary, Op::kSubtract},
     {"*", 10, Kind::kBinary, Op::kMultiply},
     {"/", 10, Kind::kBinary, Op::kDivide},
     {"%", 10, Kind::kBinary, Op::kRemainder}}};

struct Constant {
  std::string_view name;
  double value;
};
constexpr std::array<Constant, 11> kConstants = {
    {{"NaN", std::numeric_limits<double>::quiet_NaN()},
     {"E", 2.718281828459045235},
     {"LN2", 0.693147180559945309},
     {"LN10", 2.302585092994045684},
     {"LOG2E", 1.442695040888963407},
     {"LOG10E", 0.434294481903251828},
     {"PI", 3.141592653589793238},
     {"SQRT1_2", 0.707106781186547524},
     {"SQRT2", 1.414213562373095049},
     {"MIN_VALUE", std::numeric_limits<double>::denorm_min()},
     {"MAX_VALUE", std::numeric_limits<double>::max()}}};

// Words of ECMAScript that no expression may use as names.
constexpr std::array<std::string_view, 35> kReserved = {
    "break",      "case",   "catch",  "class",    "const",   "continue",   "debugger",
    "default",    "delete", "do",     "else",     "enum",    "export",     "extends",
    "finally",    "for",    "import", "function", "super",   "instanceof", "interface",
    "implements", "let",    "new",    "package",  "private", "protected",  "return",
    "static",     "switch", "this",   "throw",    "try",     "typeof",     "yield"};
constexpr std::array<std::string_view, 4> kReservedToo = {"var", "void", "while", "with"};

template <class List>
bool Contains(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

NodePtr MakeNode(Kind kind) {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  return node;
}

void Adopt(NodePtr child, Node* parent) {
  parent->height = std::max(parent->height, child->height + 1);
  parent->children.push_back(std::move(child));
}

class Parser {
 public:
  explicit Parser(std::string_view source) : source_(source) {}

  Result<NodePtr> ParseAll() {
    LOUPE_RETURN_IF_ERROR(Advance(0, Awaited::kOperand));
    LOUPE_ASSIGN_OR_RETURN(NodePtr node, ParseConditional());
    if (token_.kind != Token::Kind::kEnd) return Unexpected();
    return node;
  }

 private:
  // Counts the levels of recursion while it lives.
  struct Level {
    explicit Level(int* count) : depth(count) { ++*count; }
    Level(const Level&) = delete;
    Level& operator=(const Level&) = delete;
    ~Level() { --*depth; }
    int* depth;
  };

  Status Advance(std::size_t offset, Awaited awaited) {
    LOUPE_ASSIGN_OR_RETURN(token_, NextToken(source_, offset, awaited));
    return Status::Ok();
  }
  Status Skip(Awaited awaited) { return Advance(token_.end, awaited); }

  Status Expect(std::string_view mark, Awaited awaited) {
    if (!token_.Is(mark)) return Unexpected();
    return Skip(awaited);
  }

  [[nodiscard]] Status Unexpected() const {
    if (token_.kind == Token::Kind::kEnd) {
      return SyntaxError("an expression ends too early", token_.begin);
    }
    const std::string text(source_.substr(token_.begin, token_.end - token_.begin));
    return SyntaxError("an expression has an unexpected \"" + Clipped(text, 32) + "\"",
                       token_.begin);
  }

  static Status TooDeep() {
    return Status(Code::kLimitExceeded, "an expression is nested deeper than " +
                                            std::to_string(kMaxExpressionDepth) + " levels");
  }

  static Result<NodePtr> Checked(NodePtr node) {
    if (node->height > kMaxExpressionDepth) return TooDeep();
    return node;
  }

  Result<NodePtr> ParseConditional() {
    const Level level(&depth_);
    if (depth_ > kMaxExpressionDepth) return TooDeep();
    LOUPE_ASSIGN_OR_RETURN(NodePtr test, ParseBinary(1));
    if (!token_.Is("?")) return test;
    NodePtr node = MakeNode(Kind::kConditional);
    Adopt(std::move(test), node.get());
    LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperand));
    LOUPE_ASSIGN_OR_RETURN(NodePtr chosen, ParseConditional());
    Adopt(std::move(chosen), node.get());
    LOUPE_RETURN_IF_ERROR(Expect(":", Awaited::kOperand));
    LOUPE_ASSIGN_OR_RETURN(NodePtr other, ParseConditional());
    Adopt(std::move(other), node.get());
    return Checked(std::move(node));
  }

  [[nodiscard]] const BinaryOperator* FindBinary() const {
    const bool word = token_.kind == Token::Kind::kName && token_.text == "in";
    if (token_.kind != Token::Kind::kMark && !word) return nullptr;
    for (const BinaryOperator& entry : kBinaryOperators) {
      if (entry.mark == token_.text) return &entry;
    }
    return nullptr;
  }

  // A run of operators of at least `least` precedence.
  Result<NodePtr> ParseBinary(int least) {
    LOUPE_ASSIGN_OR_RETURN(NodePtr left, ParseUnary());
    while (const BinaryOperator* found = FindBinary()) {
      if (found->precedence < least) break;
      NodePtr node = MakeNode(found->kind);
      node->op = found->op;
      LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperand));
      LOUPE_ASSIGN_OR_RETURN(NodePtr right, ParseBinary(found->precedence + 1));
      Adopt(std::move(left), node.get());
      Adopt(std::move(right), node.get());
      LOUPE_ASSIGN_OR_RETURN(left, Checked(std::move(node)));
    }
    return left;
  }

  Result<NodePtr> ParseUnary() {
    constexpr std::string_view kMarks = "+-!~";
    constexpr std::array<Op, 4> kOps = {Op::kPlus, Op::kMinus, Op::kNot, Op::kBitNot};
    const bool mark = token_.kind == Token::Kind::kMark && token_.text.size() == 1;
    const std::size_t index = mark ? kMarks.find(token_.text[0]) : std::string_view::npos;
    if (index == std::string_view::npos) return ParsePostfix();
    const Level level(&depth_);
    if (depth_ > kMaxExpressionDepth) return TooDeep();
    NodePtr node = MakeNode(Kind::kUnary);
    node->op = kOps[index];
    LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperand));
    LOUPE_ASSIGN_OR_RETURN(NodePtr operand, ParseUnary());
    Adopt(std::move(operand), node.get());
    return Checked(std::move(node));
  }

  // Members, items and calls behind an operand.
  Result<NodePtr> ParsePostfix() {
    LOUPE_ASSIGN_OR_RETURN(NodePtr node, ParseOperand());
    for (;;) {
      if (token_.Is(".")) {
        LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperand));
        if (token_.kind != Token::Kind::kName) return Unexpected();
        node = MemberOf(std::move(node), token_.text);
        LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperator));
      } else if (token_.Is("[")) {
        LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperand));
        LOUPE_ASSIGN_OR_RETURN(NodePtr key, ParseConditional());
        LOUPE_RETURN_IF_ERROR(Expect("]", Awaited::kOperator));
        node = ItemOf(std::move(node), std::move(key));
      } else if (token_.Is("(")) {
        return SyntaxError("an expression calls what is no name of a function", token_.begin);
      } else {
        return node;
      }
      LOUPE_ASSIGN_OR_RETURN(node, Checked(std::move(node)));
    }
  }

  static NodePtr MemberOf(NodePtr object, std::string name) {
    NodePtr node = MakeNode(object->kind == Kind::kDatum ? Kind::kField : Kind::kMember);
    node->name = std::move(name);
    if (node->kind == Kind::kMember) Adopt(std::move(object), node.get());
    return node;
  }

  static NodePtr ItemOf(NodePtr object, NodePtr key) {
    if (key->kind == Kind::kLiteral && (key->value.IsString() || key->value.IsNumber())) {
      return MemberOf(std::move(object), ExpressionText(key->value));
    }
    NodePtr node = MakeNode(Kind::kItem);
    Adopt(std::move(object), node.get());
    Adopt(std::move(key), node.get());
    return node;
  }

  Result<NodePtr> ParseOperand() {
    switch (token_.kind) {
      case Token::Kind::kNumber: {
        const bool whole = token_.number == std::floor(token_.number) && token_.number < 9e15;
        return Literal(whole ? Json(static_cast<std::int64_t>(token_.number))
                             : Json(token_.number));
      }
      case Token::Kind::kText:
        return Literal(token_.text);
      case Token::Kind::kPattern:
        return ParsePattern();
      case Token::Kind::kName:
        return ParseName();
      case Token::Kind::kMark:
        if (token_.Is("(")) return ParseGroup();
        if (token_.Is("[")) return ParseList();
        if (token_.Is("{")) return ParseObject();
        return Unexpected();
      case Token::Kind::kEnd:
        return Unexpected();
    }
    return Unexpected();
  }

  Result<NodePtr> Literal(Json value) {
    NodePtr node = MakeNode(Kind::kLiteral);
    node->value = std::move(value);
    LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperator));
    return node;
  }

  Result<NodePtr> ParsePattern() {
    NodePtr node = MakeNode(Kind::kPattern);
    LOUPE_ASSIGN_OR_RETURN(Pattern pattern, Pattern::Parse(token_.text, token_.flags));
    node->pattern = std::make_shared<const Pattern>(std::move(pattern));
    LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperator));
    return node;
  }

  Result<NodePtr> ParseGroup() {
    LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperand));
    LOUPE_ASSIGN_OR_RETURN(NodePtr node, ParseConditional());
    LOUPE_RETURN_IF_ERROR(Expect(")", Awaited::kOperator));
    return node;
  }

  Result<NodePtr> ParseName() {
    const Token name = token_;
    LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperator));
    if (token_.Is("(")) return ParseCall(name);
    if (name.text == "true" || name.text == "false") return LiteralNode(name.text == "true");
    if (name.text == "null") return LiteralNode(nullptr);
    if (name.text == "datum") return MakeNode(Kind::kDatum);
    for (const Constant& constant : kConstants) {
      if (constant.name == name.text) return LiteralNode(constant.value);
    }
    if (name.text == "event" || name.text == "item") {
      return Status(Code::kChartNotSupported,
                    "expressions that read \"" + name.text + "\" are not supported");
    }
    const bool reserved = Contains(kReserved, name.text) || Contains(kReservedToo, name.text);
    if (reserved || name.text == "in" || name.text == "if" || name.text == "_") {
      return SyntaxError("an expression has an unexpected \"" + name.text + "\"", name.begin);
    }
    NodePtr node = MakeNode(Kind::kSignal);
    node->name = name.text;
    return node;
  }

  static NodePtr LiteralNode(Json value) {
    NodePtr node = MakeNode(Kind::kLiteral);
    node->value = std::move(value);
    return node;
  }

  Result<NodePtr> ParseCall(const Token& name) {
    const bool choice = name.text == "if";
    NodePtr node = MakeNode(choice ? Kind::kConditional : Kind::kCall);
    if (!choice) {
      Result<const FunctionEntry*> function = FindFunction(name.text);
      if (!function.ok()) {
        return Status(function.status())
            .WithDetail("The call is at byte " + std::to_string(name.begin) +
                        " of the expression.");
      }
      node->function = function.value();
    }
    LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperand));
    LOUPE_RETURN_IF_ERROR(ParseItems(")", node.get()));
    const std::size_t least = choice ? 3 : node->function->least;
    if (node->children.size() < least || (choice && node->children.size() > 3)) {
      return SyntaxError("function \"" + name.text + "\" takes " + (choice ? "" : "at least ") +
                             std::to_string(least) + (least == 1 ? " argument" : " arguments"),
                         name.begin);
    }
    return Checked(std::move(node));
  }

  Result<NodePtr> ParseList() {
    NodePtr node = MakeNode(Kind::kList);
    LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperand));
    LOUPE_RETURN_IF_ERROR(ParseItems("]", node.get()));
    return Checked(std::move(node));
  }

  // Operands between commas up to and with `close`.
  Status ParseItems(std::string_view close, Node* parent) {
    while (!token_.Is(close)) {
      LOUPE_ASSIGN_OR_RETURN(NodePtr item, ParseConditional());
      Adopt(std::move(item), parent);
      if (token_.Is(close)) break;
      LOUPE_RETURN_IF_ERROR(Expect(",", Awaited::kOperand));
    }
    return Skip(Awaited::kOperator);
  }

  Result<NodePtr> ParseObject() {
    NodePtr node = MakeNode(Kind::kObject);
    LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperand));
    while (!token_.Is("}")) {
      std::string name = token_.text;
      if (token_.kind == Token::Kind::kNumber) name = NumberToText(token_.number);
      if (token_.kind == Token::Kind::kMark || token_.kind == Token::Kind::kEnd) {
        return Unexpected();
      }
      if (Contains(node->names, name)) {
        return SyntaxError("an object has two members \"" + Clipped(name, 32) + "\"", token_.begin);
      }
      LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperator));
      LOUPE_RETURN_IF_ERROR(Expect(":", Awaited::kOperand));
      LOUPE_ASSIGN_OR_RETURN(NodePtr value, ParseConditional());
      Adopt(std::move(value), node.get());
      node->names.push_back(std::move(name));
      if (token_.Is("}")) break;
      LOUPE_RETURN_IF_ERROR(Expect(",", Awaited::kOperand));
    }
    LOUPE_RETURN_IF_ERROR(Skip(Awaited::kOperator));
    return Checked(std::move(node));
  }

  std::string_view source_;
  Token token_;
  int depth_ = 0;
};

}  // namespace

Result<std::unique_ptr<ExpressionNode>> ParseExpressionTree(std::string_view source) {
  if (source.size() > kMaxExpressionText) {
    return Status(Code::kLimitExceeded,
                  "an expression is longer than " + std::to_string(kMaxExpressionText) + " bytes");
  }
  if (!IsValidUtf8(source)) {
    return Status(Code::kChartInvalidSpec, "an expression is not valid UTF-8 text");
  }
  return Parser(source).ParseAll();
}

}  // namespace loupe::chart

// ParseFormula: precedence climbing over the tokens.
//
//   a + b * c = d      ParseLevel(kOr) reads a, then "+" and ParseLevel(kMultiply) reads b * c,
//                      then "=" and ParseLevel(kIn) reads d: (a + (b * c)) = d
//
// An operand is read by ParseOperand; then operators are taken as long as they bind at least as
// tightly as the caller demands. As in PostgreSQL's grammar what ends in itself (IS NULL, IN (…))
// may be followed by any operator, while comparisons and BETWEEN do not chain.
#include <algorithm>
#include <optional>

#include "core/base/nearest.hpp"
#include "core/base/utf8.hpp"
#include "core/semantic/field_reader.hpp"
#include "core/semantic/formula.hpp"
#include "core/semantic/formula_functions.hpp"
#include "core/semantic/formula_tokens.hpp"

namespace loupe::semantic {
namespace {

using Kind = Formula::Kind;
using Level = FormulaLevel;
using Token = FormulaToken;

// Parentheses and operands inside each other. A level of the tree may need two of these.
constexpr int kMaxNesting = 2 * kMaxFormulaDepth + 2;

class Parser {
 public:
  Parser(std::string_view text, std::vector<Token> tokens)
      : text_(text), tokens_(std::move(tokens)) {}

  Result<Formula> Parse() {
    LOUPE_ASSIGN_OR_RETURN(Formula formula, ParseLevel(Level::kOr));
    if (Next().kind != Token::Kind::kEnd) return Unexpected();
    return formula;
  }

 private:
  [[nodiscard]] const Token& Next(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  [[nodiscard]] bool NextIs(Token::Kind kind, std::string_view text, std::size_t ahead = 0) const {
    return Next(ahead).kind == kind && Next(ahead).text == text;
  }
  [[nodiscard]] bool NextIsWord(std::string_view word, std::size_t ahead = 0) const {
    return NextIs(Token::Kind::kKeyword, word, ahead);
  }
  bool Take(Token::Kind kind, std::string_view text) {
    if (!NextIs(kind, text)) return false;
    ++at_;
    return true;
  }
  bool TakeWord(std::string_view word) { return Take(Token::Kind::kKeyword, word); }
  bool TakeSymbol(std::string_view symbol) { return Take(Token::Kind::kSymbol, symbol); }

  [[nodiscard]] Status Unexpected(std::string hint = {}) const {
    return Status(UnexpectedInFormula(text_, Next().position, Next().end))
        .WithHint(std::move(hint));
  }
  Status Expect(Token::Kind kind, const char* text, const char* after) {
    if (Take(kind, text)) return Status::Ok();
    return Unexpected("Expected " + std::string(text) + " " + after + ".");
  }
  Status ExpectSymbol(const char* symbol, const char* after) {
    return Expect(Token::Kind::kSymbol, symbol, after);
  }
  Status ExpectWord(const char* word, const char* after) {
    return Expect(Token::Kind::kKeyword, word, after);
  }

  Result<Formula> ParseLevel(Level least);
  Result<Formula> ParseOperators(Level least, Formula left);
  Result<Formula> ParseOperand();
  Result<Formula> ParseSigned(const char* op, Level level);
  Result<Formula> ParseNamed();
  Result<Formula> ParseCall();
  Result<Formula> ParseCase();
  Result<Formula> ParseIs(Formula left);
  Result<Formula> ParseMembership(Formula left);
  Result<Formula> ParseIn(Formula node);
  Result<Formula> ParseBetween(Formula node);
  Result<Formula> ParseJunction(Kind kind, Formula left);
  Result<Formula> ParseBinary(Formula left);
  Status ParseInto(Level least, Formula* node);
  Status Adopt(Formula child, Formula* node) const;
  [[nodiscard]] Formula Leaf(Kind kind, std::string text) const;
  [[nodiscard]] std::optional<Level> OperatorLevel() const;

  std::string_view text_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int nesting_ = 0;
};

Status TooDeep() {
  return Status(Code::kLimitExceeded,
                "formula is nested deeper than " + std::to_string(kMaxFormulaDepth) + " levels");
}

// A node without args that begins at the next token.
Formula Parser::Leaf(Kind kind, std::string text) const {
  Formula formula;
  formula.kind = kind;
  formula.text = std::move(text);
  formula.position = Next().position;
  return formula;
}

// Makes `child` the last arg of `node`.
Status Parser::Adopt(Formula child, Formula* node) const {
  node->height = std::max(node->height, child.height + 1);
  node->args.push_back(std::move(child));
  return node->height > kMaxFormulaDepth ? TooDeep() : Status::Ok();
}

// Parses an expression and makes it the last arg of `node`.
Status Parser::ParseInto(Level least, Formula* node) {
  LOUPE_ASSIGN_OR_RETURN(Formula child, ParseLevel(least));
  return Adopt(std::move(child), node);
}

Result<Formula> Parser::ParseLevel(Level least) {
  if (nesting_ >= kMaxNesting) return TooDeep();
  ++nesting_;
  Result<Formula> result = ParseOperand();
  if (result.ok()) result = ParseOperators(least, std::move(result).value());
  --nesting_;
  return result;
}

// Level of the operator at the next token, if it is one.
std::optional<Level> Parser::OperatorLevel() const {
  const Token& token = Next();
  if (token.kind == Token::Kind::kSymbol) {
    if (token.text == "(" || token.text == ")" || token.text == ",") return std::nullopt;
    return LevelOfFormulaOperator(token.text);
  }
  if (token.kind != Token::Kind::kKeyword) return std::nullopt;
  if (token.text == "OR") return Level::kOr;
  if (token.text == "AND") return Level::kAnd;
  if (token.text == "IS") return Level::kIs;
  const bool is_negated = token.text == "NOT";
  if (NextIsWord("IN", is_negated ? 1 : 0) || NextIsWord("BETWEEN", is_negated ? 1 : 0)) {
    return Level::kIn;
  }
  return std::nullopt;
}

Result<Formula> Parser::ParseOperators(Level least, Formula left) {
  std::optional<Level> unchainable;  // of the operator that was taken last
  while (true) {
    const std::optional<Level> level = OperatorLevel();
    if (!level.has_value() || *level < least) return left;
    if (level == unchainable) return Unexpected("Comparisons do not chain. Use AND.");
    const std::string op = Next().text;
    Result<Formula> next = op == "OR"            ? ParseJunction(Kind::kOr, std::move(left))
                           : op == "AND"         ? ParseJunction(Kind::kAnd, std::move(left))
                           : level == Level::kIs ? ParseIs(std::move(left))
                           : level == Level::kIn ? ParseMembership(std::move(left))
                                                 : ParseBinary(std::move(left));
    if (!next.ok()) return next;
    left = std::move(next).value();
    const bool ends_itself = left.kind == Kind::kIn || left.kind == Kind::kNotIn;
    const bool chains = ends_itself || (level != Level::kCompare && level != Level::kIn);
    unchainable = chains ? std::nullopt : level;
  }
}

Result<Formula> Parser::ParseBinary(Formula left) {
  Formula node = Leaf(Kind::kBinary, Next().text);
  ++at_;
  LOUPE_RETURN_IF_ERROR(Adopt(std::move(left), &node));
  LOUPE_RETURN_IF_ERROR(ParseInto(Tighter(LevelOfFormulaOperator(node.text)), &node));
  return node;
}

// A chain of AND or OR becomes one node, so that its length costs no depth.
Result<Formula> Parser::ParseJunction(Kind kind, Formula left) {
  Formula node = Leaf(kind, {});
  ++at_;
  if (left.kind == kind) {
    node = std::move(left);
  } else {
    LOUPE_RETURN_IF_ERROR(Adopt(std::move(left), &node));
  }
  LOUPE_RETURN_IF_ERROR(ParseInto(kind == Kind::kOr ? Level::kAnd : Level::kNot, &node));
  return node;
}

Result<Formula> Parser::ParseIs(Formula left) {
  Formula node = Leaf(Kind::kIsNull, {});
  ++at_;
  if (TakeWord("NOT")) node.kind = Kind::kIsNotNull;
  LOUPE_RETURN_IF_ERROR(ExpectWord("NULL", "after IS"));
  LOUPE_RETURN_IF_ERROR(Adopt(std::move(left), &node));
  return node;
}

Result<Formula> Parser::ParseMembership(Formula left) {
  Formula node = Leaf(Kind::kIn, {});
  const bool is_negated = TakeWord("NOT");
  const bool is_in = NextIsWord("IN");
  ++at_;
  if (is_in) {
    node.kind = is_negated ? Kind::kNotIn : Kind::kIn;
  } else {
    node.kind = is_negated ? Kind::kNotBetween : Kind::kBetween;
  }
  LOUPE_RETURN_IF_ERROR(Adopt(std::move(left), &node));
  return is_in ? ParseIn(std::move(node)) : ParseBetween(std::move(node));
}

Result<Formula> Parser::ParseIn(Formula node) {
  LOUPE_RETURN_IF_ERROR(ExpectSymbol("(", "after IN"));
  do {
    LOUPE_RETURN_IF_ERROR(ParseInto(Level::kOr, &node));
  } while (TakeSymbol(","));
  LOUPE_RETURN_IF_ERROR(ExpectSymbol(")", "after the list of IN"));
  return node;
}

Result<Formula> Parser::ParseBetween(Formula node) {
  LOUPE_RETURN_IF_ERROR(ParseInto(Tighter(Level::kIn), &node));
  LOUPE_RETURN_IF_ERROR(ExpectWord("AND", "after the lower bound of BETWEEN"));
  LOUPE_RETURN_IF_ERROR(ParseInto(Tighter(Level::kIn), &node));
  return node;
}

Result<Formula> Parser::ParseSigned(const char* op, Level level) {
  Formula node = Leaf(Kind::kUnary, op);
  ++at_;
  LOUPE_RETURN_IF_ERROR(ParseInto(level, &node));
  return node;
}

Result<Formula> Parser::ParseOperand() {
  const Token& token = Next();
  switch (token.kind) {
    case Token::Kind::kNumber:
    case Token::Kind::kString: {
      Formula leaf =
          Leaf(token.kind == Token::Kind::kNumber ? Kind::kNumber : Kind::kString, token.text);
      ++at_;
      return leaf;
    }
    case Token::Kind::kName:
    case Token::Kind::kBraced:
    case Token::Kind::kKeyword:
      return ParseNamed();
    case Token::Kind::kSymbol:
      if (token.text == "-") return ParseSigned("-", Level::kSign);
      if (!TakeSymbol("(")) break;
      {
        LOUPE_ASSIGN_OR_RETURN(Formula inner, ParseLevel(Level::kOr));
        LOUPE_RETURN_IF_ERROR(ExpectSymbol(")", "to close a parenthesis"));
        return inner;
      }
    case Token::Kind::kEnd:
      break;
  }
  return Unexpected("Expected a number, a string, a reference, a function or a parenthesis.");
}

Result<Formula> Parser::ParseNamed() {
  const Token& token = Next();
  if (token.kind == Token::Kind::kName && NextIs(Token::Kind::kSymbol, "(", 1)) return ParseCall();
  if (token.kind != Token::Kind::kKeyword) {
    Formula leaf = Leaf(Kind::kReference, token.text);
    ++at_;
    return leaf;
  }
  if (token.text == "NOT") return ParseSigned("NOT", Level::kNot);
  if (token.text == "CASE") return ParseCase();
  const bool is_boolean = token.text == "TRUE" || token.text == "FALSE";
  if (!is_boolean && token.text != "NULL") {
    return Unexpected("A reference to a member of that name is written in braces.");
  }
  Formula leaf = Leaf(is_boolean ? Kind::kBoolean : Kind::kNull,
                      is_boolean ? AsciiLower(token.text) : std::string());
  ++at_;
  return leaf;
}

Result<Formula> Parser::ParseCall() {
  const Token& name = Next();
  const FormulaFunction* function = FindFormulaFunction(AsciiLower(name.text));
  if (function == nullptr) {
    return Status(Code::kSemanticInvalidModel,
                  "unknown function \"" + name.text + "\" at character " +
                      std::to_string(FormulaCharacter(text_, name.position)) + " of the formula")
        .WithHint(NearestNameHint(AsciiLower(name.text), FormulaFunctionNames()));
  }
  Formula node = Leaf(Kind::kCall, std::string(function->canonical));
  at_ += 2;
  if (TakeSymbol(")")) return node;
  do {
    LOUPE_RETURN_IF_ERROR(ParseInto(Level::kOr, &node));
  } while (TakeSymbol(","));
  LOUPE_RETURN_IF_ERROR(ExpectSymbol(")", "after the arguments of a function"));
  return node;
}

Result<Formula> Parser::ParseCase() {
  Formula node = Leaf(Kind::kCase, {});
  ++at_;
  if (!NextIsWord("WHEN")) {
    node.kind = Kind::kSimpleCase;
    LOUPE_RETURN_IF_ERROR(ParseInto(Level::kOr, &node));
  }
  if (!NextIsWord("WHEN")) return Unexpected("Expected WHEN after CASE.");
  while (TakeWord("WHEN")) {
    LOUPE_RETURN_IF_ERROR(ParseInto(Level::kOr, &node));
    LOUPE_RETURN_IF_ERROR(ExpectWord("THEN", "after a condition of CASE"));
    LOUPE_RETURN_IF_ERROR(ParseInto(Level::kOr, &node));
  }
  if (TakeWord("ELSE")) LOUPE_RETURN_IF_ERROR(ParseInto(Level::kOr, &node));
  LOUPE_RETURN_IF_ERROR(ExpectWord("END", "at the end of CASE"));
  return node;
}

// Nodes of the tree, each as often as the SQL may repeat it; beyond the limit any larger number.
std::size_t NodesInSql(const Formula& formula) {
  const FormulaFunction* function =
      formula.kind == Kind::kCall ? FindFormulaFunction(formula.text) : nullptr;
  const std::size_t copies = function == nullptr ? 1 : function->copies;
  std::size_t nodes = 1;
  for (const Formula& arg : formula.args) {
    nodes = std::min(nodes + copies * NodesInSql(arg), kMaxFormulaNodes + 1);
  }
  return nodes;
}

Status CheckSize(const Formula& formula) {
  if (NodesInSql(formula) > kMaxFormulaNodes) {
    return Status(Code::kLimitExceeded, "formula has more than " +
                                            std::to_string(kMaxFormulaNodes) +
                                            " operands and operators")
        .WithDetail("What stands inside sqrt and power counts several times.");
  }
  if (FormulaText(formula).size() > kMaxTextBytes) {
    return Status(Code::kLimitExceeded,
                  "formula is longer than " + std::to_string(kMaxTextBytes) + " bytes");
  }
  return Status::Ok();
}

}  // namespace

Result<Formula> ParseFormula(std::string_view text) {
  if (text.size() > kMaxTextBytes) {
    return Status(Code::kLimitExceeded,
                  "formula is longer than " + std::to_string(kMaxTextBytes) + " bytes");
  }
  if (!IsValidUtf8(text)) {
    return Status(Code::kInvalidText, "formula is not valid UTF-8 or holds a zero byte");
  }
  LOUPE_ASSIGN_OR_RETURN(std::vector<Token> tokens, FormulaTokens(text));
  LOUPE_ASSIGN_OR_RETURN(Formula formula, Parser(text, std::move(tokens)).Parse());
  LOUPE_RETURN_IF_ERROR(CheckSize(formula));
  return formula;
}

}  // namespace loupe::semantic

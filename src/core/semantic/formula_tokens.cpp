#include "core/semantic/formula_tokens.hpp"

#include <algorithm>
#include <cstdio>
#include <iterator>

#include "core/base/utf8.hpp"

namespace loupe::semantic {
namespace {

using Token = FormulaToken;

constexpr std::string_view kKeywords[] = {"and",   "between", "case", "else", "end",
                                          "false", "in",      "is",   "not",  "null",
                                          "or",    "then",    "true", "when"};

// Longest first, so that "<=" is not read as "<".
constexpr std::string_view kSymbols[] = {"||", "<>", "!=", "<=", ">=", "=", "<", ">",
                                         "+",  "-",  "*",  "/",  "%",  "(", ")", ","};

struct Misfit {
  std::string_view text;
  const char* hint;
};

// What people write that is no part of the language, and what to do instead.
constexpr Misfit kMisfits[] = {
    {"--", "A formula holds no comments. Put a space between two minus signs."},
    {"/*", "A formula holds no comments."},
    {"\"", "Strings stand in single quotes, names that need it in braces."},
    {"::", "A formula has no casts."},
    {"^", "Use power(a, b)."},
    {";", "A formula is one expression."},
    {"&&", "Use AND."},
};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsNameStart(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool IsNamePart(char c) { return IsNameStart(c) || IsDigit(c); }

std::string AsciiUpper(std::string_view word) {
  std::string upper(word);
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return upper;
}

// Reads tokens from left to right; `at_` is the next byte.
class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> Read() {
    while (true) {
      Skip(IsSpace);
      if (at_ == text_.size()) break;
      LOUPE_RETURN_IF_ERROR(ReadToken());
    }
    Add(Token::Kind::kEnd, at_, {});
    return std::move(tokens_);
  }

 private:
  [[nodiscard]] char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool StartsWith(std::string_view part) const {
    return text_.substr(at_, part.size()) == part;
  }
  void Skip(bool (*belongs)(char)) {
    while (at_ < text_.size() && belongs(text_[at_])) ++at_;
  }
  void Add(Token::Kind kind, std::size_t start, std::string value) {
    tokens_.push_back({kind, std::move(value), start, at_});
  }
  [[nodiscard]] std::string From(std::size_t start) const {
    return std::string(text_.substr(start, at_ - start));
  }

  Status ReadToken() {
    const char c = Peek();
    if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) return ReadNumber();
    if (IsNameStart(c)) return ReadWord();
    if (c == '\'') return ReadString();
    if (c == '{') return ReadBraced();
    return ReadSymbol();
  }

  Status ReadNumber();
  Status ReadWord();
  Status ReadString();
  Status ReadBraced();
  Status ReadSymbol();
  void SkipDottedName();
  [[nodiscard]] Status CheckNumber(std::size_t start, std::size_t digits, std::size_t exponent);

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

// D+[.D+][eD+] or .D+[eD+], the exponent with a sign or without.
Status Lexer::ReadNumber() {
  const std::size_t start = at_;
  Skip(IsDigit);
  if (Peek() == '.' && IsDigit(Peek(1))) ++at_;
  Skip(IsDigit);
  const std::size_t digits = at_ - start;
  std::size_t exponent = at_;
  if (Peek() == 'e' || Peek() == 'E') {
    const bool is_signed = Peek(1) == '+' || Peek(1) == '-';
    exponent = at_ + (is_signed ? 2 : 1);
    if (exponent >= text_.size() || !IsDigit(text_[exponent])) {
      return UnexpectedInFormula(text_, start, exponent);
    }
    at_ = exponent;
    Skip(IsDigit);
  }
  if (IsNamePart(Peek()) || Peek() == '.') {
    ++at_;
    return UnexpectedInFormula(text_, start, at_);
  }
  LOUPE_RETURN_IF_ERROR(CheckNumber(start, digits, exponent));
  Add(Token::Kind::kNumber, start, From(start));
  return Status::Ok();
}

Status Lexer::CheckNumber(std::size_t start, std::size_t digits, std::size_t exponent) {
  int value = 0;
  for (std::size_t i = exponent; i < at_ && value <= kMaxNumberExponent; ++i) {
    value = value * 10 + (text_[i] - '0');
  }
  if (digits <= kMaxNumberDigits && value <= kMaxNumberExponent) return Status::Ok();
  return Status(Code::kLimitExceeded,
                "number at character " + std::to_string(FormulaCharacter(text_, start)) +
                    " of the formula has more than " + std::to_string(kMaxNumberDigits) +
                    " digits or an exponent beyond " + std::to_string(kMaxNumberExponent));
}

// Moves behind "name" or "name.name".
void Lexer::SkipDottedName() {
  Skip(IsNamePart);
  if (Peek() != '.' || !IsNameStart(Peek(1))) return;
  ++at_;
  Skip(IsNamePart);
}

Status Lexer::ReadWord() {
  const std::size_t start = at_;
  Skip(IsNamePart);
  if (IsFormulaKeyword(text_.substr(start, at_ - start))) {
    Add(Token::Kind::kKeyword, start, AsciiUpper(text_.substr(start, at_ - start)));
    return Status::Ok();
  }
  at_ = start;
  SkipDottedName();
  Add(Token::Kind::kName, start, From(start));
  return Status::Ok();
}

Status Lexer::ReadString() {
  const std::size_t start = at_;
  std::string value;
  for (++at_; at_ < text_.size(); ++at_) {
    if (Peek() == '\'' && Peek(1) != '\'') break;
    if (Peek() == '\'') ++at_;
    value += text_[at_];
  }
  if (at_ == text_.size()) {
    return Status(Code::kSemanticInvalidModel, "string at character " +
                                                   std::to_string(FormulaCharacter(text_, start)) +
                                                   " of the formula has no closing quote")
        .WithHint("A single quote inside a string is written twice.");
  }
  ++at_;
  Add(Token::Kind::kString, start, std::move(value));
  return Status::Ok();
}

Status Lexer::ReadBraced() {
  const std::size_t start = at_;
  ++at_;
  Skip(IsSpace);
  const std::size_t name = at_;
  if (IsNameStart(Peek())) SkipDottedName();
  std::string value = From(name);
  Skip(IsSpace);
  if (value.empty() || Peek() != '}') {
    if (at_ < text_.size()) (void)NextCodePoint(text_, &at_);
    return Status(UnexpectedInFormula(text_, start, at_))
        .WithHint("A reference is written as {measure} or {entity.measure}.");
  }
  ++at_;
  Add(Token::Kind::kBraced, start, std::move(value));
  return Status::Ok();
}

Status Lexer::ReadSymbol() {
  for (const Misfit& misfit : kMisfits) {
    if (!StartsWith(misfit.text)) continue;
    return Status(UnexpectedInFormula(text_, at_, at_ + misfit.text.size())).WithHint(misfit.hint);
  }
  const std::size_t start = at_;
  for (const std::string_view symbol : kSymbols) {
    if (!StartsWith(symbol)) continue;
    at_ += symbol.size();
    Add(Token::Kind::kSymbol, start, symbol == "!=" ? "<>" : std::string(symbol));
    return Status::Ok();
  }
  std::size_t end = at_;
  (void)NextCodePoint(text_, &end);
  return UnexpectedInFormula(text_, at_, end);
}

// The bytes as text for a message: 40 characters at most, control characters as U+0007.
std::string Shown(std::string_view bytes) {
  constexpr int kMostShown = 40;
  std::string shown;
  int characters = 0;
  for (std::size_t at = 0; at < bytes.size() && characters < kMostShown; ++characters) {
    const char32_t code_point = NextCodePoint(bytes, &at);
    if (code_point >= 0x20 && code_point != 0x7F) {
      AppendCodePoint(code_point, &shown);
      continue;
    }
    char buffer[8];
    std::snprintf(buffer, sizeof buffer, "U+%04X", static_cast<unsigned>(code_point));
    shown += buffer;
  }
  return shown;
}

}  // namespace

FormulaLevel LevelOfFormulaOperator(std::string_view op) {
  if (op == "||") return FormulaLevel::kConcatenate;
  if (op == "+" || op == "-") return FormulaLevel::kAdd;
  if (op == "*" || op == "/" || op == "%") return FormulaLevel::kMultiply;
  return FormulaLevel::kCompare;
}

FormulaLevel Tighter(FormulaLevel level) {
  return static_cast<FormulaLevel>(static_cast<int>(level) + 1);
}

Result<std::vector<Token>> FormulaTokens(std::string_view text) { return Lexer(text).Read(); }

bool IsFormulaKeyword(std::string_view word) {
  return std::binary_search(std::begin(kKeywords), std::end(kKeywords), AsciiLower(word));
}

Status UnexpectedInFormula(std::string_view text, std::size_t position, std::size_t end) {
  if (position >= text.size()) {
    return Status(Code::kSemanticInvalidModel, "unexpected end of the formula");
  }
  return Status(Code::kSemanticInvalidModel,
                "unexpected \"" + Shown(text.substr(position, end - position)) +
                    "\" at character " + std::to_string(FormulaCharacter(text, position)) +
                    " of the formula");
}

std::size_t FormulaCharacter(std::string_view text, std::size_t position) {
  std::size_t characters = 1;
  for (std::size_t at = 0; at < position && at < text.size(); ++characters) {
    (void)NextCodePoint(text, &at);
  }
  return characters;
}

}  // namespace loupe::semantic

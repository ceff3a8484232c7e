#include "core/chart/expression/lexer.hpp"

#include <array>
#include <charconv>

#include "core/base/utf8.hpp"
#include "core/chart/expression/expression.hpp"
#include "core/chart/expression/value.hpp"

namespace loupe::chart {
namespace {

// Longest first, so that the first that fits is the one. "++", "=>" and the like are known so as to
// be refused as what they are.
constexpr std::array<std::string_view, 53> kMarks = {
    ">>>=", "===", "!==", ">>>", "<<=", ">>=", "**=", "==", "!=", "<=", ">=", "||", "&&", "<<",
    ">>",   "++",  "--",  "+=",  "-=",  "*=",  "/=",  "%=", "&=", "|=", "^=", "=>", "**", "//",
    "/*",   "{",   "}",   "(",   ")",   "[",   "]",   ".",  ";",  ",",  "<",  ">",  "+",  "-",
    "*",    "/",   "%",   "&",   "|",   "^",   "!",   "~",  "?",  ":",  "="};

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool StartsName(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool IsLineEnd(char32_t c) { return c == '\n' || c == '\r' || c == 0x2028 || c == 0x2029; }

class Lexer {
 public:
  Lexer(std::string_view source, std::size_t offset) : source_(source), at_(offset) {}

  Result<Token> Next(Awaited awaited) {
    at_ += LeadingSpace(source_.substr(at_));
    token_.begin = token_.end = at_;
    if (at_ == source_.size()) return token_;
    const char c = source_[at_];
    Status status;
    if (IsDigit(c) || (c == '.' && IsDigit(Peek(1)))) {
      status = ReadNumber();
    } else if (c == '"' || c == '\'') {
      status = ReadText(c);
    } else if (StartsName(c)) {
      ReadName();
    } else if (c == '/' && awaited == Awaited::kOperand) {
      status = ReadPattern();
    } else {
      status = ReadMark();
    }
    LOUPE_RETURN_IF_ERROR(status);
    token_.end = at_;
    return token_;
  }

 private:
  [[nodiscard]] char Peek(std::size_t ahead) const {
    return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0';
  }

  void SkipDigits() {
    while (IsDigit(Peek(0))) ++at_;
  }

  Status ReadNumber() {
    token_.kind = Token::Kind::kNumber;
    const char mark = Peek(1);
    if (Peek(0) == '0' && (mark == 'x' || mark == 'X')) {
      at_ += 2;
      while (IsDigit(Peek(0)) || StartsName(Peek(0))) ++at_;
    } else {
      if (Peek(0) == '0' && IsDigit(mark)) {
        return SyntaxError("a number in an expression begins with a zero", at_);
      }
      SkipDigits();
      if (Peek(0) == '.') ++at_;
      SkipDigits();
      if (Peek(0) == 'e' || Peek(0) == 'E') {
        ++at_;
        if (Peek(0) == '+' || Peek(0) == '-') ++at_;
        SkipDigits();
      }
      while (StartsName(Peek(0)) || IsDigit(Peek(0))) ++at_;  // 1a is no number
    }
    token_.text = source_.substr(token_.begin, at_ - token_.begin);
    token_.number = ExpressionNumber(Json(token_.text));
    if (token_.number == token_.number) return Status::Ok();
    return SyntaxError("\"" + Clipped(token_.text, 32) + "\" is no number in an expression",
                       token_.begin);
  }

  void ReadName() {
    token_.kind = Token::Kind::kName;
    while (StartsName(Peek(0)) || IsDigit(Peek(0))) ++at_;
    token_.text = source_.substr(token_.begin, at_ - token_.begin);
  }

  Status ReadText(char quote) {
    token_.kind = Token::Kind::kText;
    ++at_;
    while (at_ < source_.size() && source_[at_] != quote) {
      if (source_[at_] == '\\') {
        ++at_;
        LOUPE_RETURN_IF_ERROR(ReadEscape());
        continue;
      }
      const char32_t c = NextCodePoint(source_, &at_);
      if (c == '\n' || c == '\r') break;
      AppendCodePoint(c, &token_.text);
    }
    if (Peek(0) != quote) return SyntaxError("a text in an expression has no end", token_.begin);
    ++at_;
    return Status::Ok();
  }

  Status ReadEscape() {
    if (at_ == source_.size()) {
      return SyntaxError("a text in an expression has no end", token_.begin);
    }
    const std::size_t start = at_ - 1;
    const char32_t c = NextCodePoint(source_, &at_);
    constexpr std::string_view kNames = "nrtbfv";
    constexpr std::string_view kCodes = "\n\r\t\b\f\v";
    if (c == 'u' || c == 'x') return ReadCodePoint(c == 'u' ? 4 : 2, start);
    if (c >= '1' && c <= '9') {
      return SyntaxError("an octal escape in a text of an expression", start);
    }
    if (c == '\r' && Peek(0) == '\n') ++at_;
    if (IsLineEnd(c)) return Status::Ok();  // the text goes on in the next line
    if (c == '0') {
      return SyntaxError("a text in an expression has a character of code zero", start);
    }
    const std::size_t known = c < 0x80 ? kNames.find(static_cast<char>(c)) : std::string_view::npos;
    AppendCodePoint(known == std::string_view::npos ? c : static_cast<char32_t>(kCodes[known]),
                    &token_.text);
    return Status::Ok();
  }

  // "\u00e9", "\u{1f600}", "\xe9"; two halves of a pair make one code point.
  Status ReadCodePoint(std::size_t digits, std::size_t start) {
    char32_t code = 0;
    bool valid = ReadHex(digits, &code);
    if (valid && code >= 0xD800 && code < 0xDC00 && Peek(0) == '\\' && Peek(1) == 'u') {
      at_ += 2;
      char32_t low = 0;
      valid = ReadHex(4, &low) && low >= 0xDC00 && low < 0xE000;
      code = 0x10000 + ((code - 0xD800) << 10U) + (low - 0xDC00);
    }
    valid = valid && code > 0 && code <= 0x10FFFF && !(code >= 0xD800 && code < 0xE000);
    if (!valid) return SyntaxError("an escape in a text of an expression is no character", start);
    AppendCodePoint(code, &token_.text);
    return Status::Ok();
  }

  bool ReadHex(std::size_t digits, char32_t* code) {
    std::size_t begin = at_;
    std::size_t end = at_ + digits;
    const bool braces = Peek(0) == '{';
    if (braces) {
      begin = at_ + 1;
      end = source_.find('}', at_);
    }
    if (end > source_.size() || end - begin > 6) return false;
    std::uint32_t number = 0;
    const auto read = std::from_chars(source_.data() + begin, source_.data() + end, number, 16);
    if (read.ec != std::errc() || read.ptr != source_.data() + end) return false;
    *code = number;
    at_ = braces ? end + 1 : end;
    return true;
  }

  Status ReadPattern() {
    token_.kind = Token::Kind::kPattern;
    bool in_class = false;
    std::size_t at = at_ + 1;
    for (; at < source_.size() && (in_class || source_[at] != '/'); ++at) {
      const char c = source_[at];
      if (IsLineEnd(static_cast<unsigned char>(c))) break;
      if (c == '\\') ++at;
      if (c == '[') in_class = true;
      if (c == ']') in_class = false;
    }
    if (at >= source_.size() || source_[at] != '/') {
      return SyntaxError("a regular expression has no end", at_);
    }
    token_.text = source_.substr(at_ + 1, at - at_ - 1);
    const std::size_t flags = ++at;
    while (at < source_.size() && (StartsName(source_[at]) || IsDigit(source_[at]))) ++at;
    token_.flags = source_.substr(flags, at - flags);
    at_ = at;
    return Status::Ok();
  }

  Status ReadMark() {
    token_.kind = Token::Kind::kMark;
    for (const std::string_view mark : kMarks) {
      if (source_.substr(at_, mark.size()) != mark) continue;
      token_.text = mark;
      at_ += mark.size();
      return Status::Ok();
    }
    return SyntaxError("an expression has no use for \"" + std::string(1, source_[at_]) + "\"",
                       at_);
  }

  std::string_view source_;
  std::size_t at_;
  Token token_;
};

}  // namespace

Status SyntaxError(const std::string& message, std::size_t offset) {
  return Status(Code::kChartInvalidSpec, message)
      .WithDetail("The error is at byte " + std::to_string(offset) + " of the expression.");
}

Result<Token> NextToken(std::string_view source, std::size_t offset, Awaited awaited) {
  return Lexer(source, offset).Next(awaited);
}

}  // namespace loupe::chart

#include "core/semantic/sql_tokens.hpp"

#include "core/base/utf8.hpp"
#include "core/semantic/field_reader.hpp"

namespace loupe::semantic {
namespace {

constexpr std::string_view kPairs[] = {"::", "<=", ">=", "<>", "!=", "||", "->", "~*", "!~"};

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}
bool IsNameByte(char c) { return IsNameStart(c) || IsDigit(c) || c == '$'; }

Status Refused(const std::string& what) {
  return Status(Code::kNotSupported, "the SQL expression " + what);
}

std::string Trimmed(std::string_view text) {
  while (!text.empty() && IsBlank(text.front())) text.remove_prefix(1);
  while (!text.empty() && IsBlank(text.back())) text.remove_suffix(1);
  return std::string(text);
}

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  Result<SqlTokens> Run();

 private:
  Status Next();
  Status Quoted(char quote, bool escapes, SqlTokenKind kind);
  Status Marks();
  Status Comment(std::string_view end);
  void Number();
  void Word();
  [[nodiscard]] std::string_view Rest() const { return text_.substr(at_); }
  [[nodiscard]] bool Starts(std::string_view mark) const {
    return Rest().substr(0, mark.size()) == mark;
  }
  void Add(SqlTokenKind kind, std::string text, std::size_t end) {
    tokens_.push_back({kind, std::move(text), spaced_});
    spaced_ = false;
    at_ = end;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool spaced_ = false;
  SqlTokens tokens_;
};

Status Scanner::Quoted(char quote, bool escapes, SqlTokenKind kind) {
  const std::size_t open = text_.find(quote, at_);
  for (std::size_t i = open + 1; i < text_.size(); ++i) {
    if (escapes && text_[i] == '\\') {
      ++i;
    } else if (text_[i] == quote) {
      const bool doubled = i + 1 < text_.size() && text_[i + 1] == quote;
      if (!doubled) {
        Add(kind, std::string(text_.substr(at_, i + 1 - at_)), i + 1);
        return Status::Ok();
      }
      ++i;
    }
  }
  return Refused("has a quote that is not closed");
}

// {x}, ${x}, {{ x }} and {% x %}.
Status Scanner::Marks() {
  const std::size_t open = text_[at_] == '$' ? at_ + 1 : at_;
  const std::string_view begin = text_.substr(open, 2);
  const bool is_template = begin == "{{" || begin == "{%";
  const std::string_view end = begin == "{{" ? "}}" : begin == "{%" ? "%}" : "}";
  const std::size_t inner = open + end.size();
  const std::size_t close = text_.find(end, inner);
  if (close == std::string_view::npos) return Refused("has a \"{\" that is not closed");
  Add(is_template ? SqlTokenKind::kTemplate : SqlTokenKind::kReference,
      Trimmed(text_.substr(inner, close - inner)), close + end.size());
  return Status::Ok();
}

Status Scanner::Comment(std::string_view end) {
  const std::size_t close = text_.find(end, at_);
  if (close == std::string_view::npos && end != "\n") {
    return Refused("has a comment that is not closed");
  }
  at_ = close == std::string_view::npos ? text_.size() : close + end.size();
  spaced_ = true;
  return Status::Ok();
}

void Scanner::Number() {
  std::size_t end = at_;
  while (end < text_.size() && (IsDigit(text_[end]) || text_[end] == '.')) ++end;
  const bool exponent = end + 1 < text_.size() && (text_[end] == 'e' || text_[end] == 'E');
  if (exponent) {
    std::size_t digits = end + 1;
    if (text_[digits] == '+' || text_[digits] == '-') ++digits;
    while (digits < text_.size() && IsDigit(text_[digits])) end = ++digits;
  }
  Add(SqlTokenKind::kNumber, std::string(text_.substr(at_, end - at_)), end);
}

void Scanner::Word() {
  std::size_t end = at_;
  while (end < text_.size() && IsNameByte(text_[end])) ++end;
  Add(SqlTokenKind::kName, std::string(text_.substr(at_, end - at_)), end);
}

Status Scanner::Next() {
  const char c = text_[at_];
  const char next = at_ + 1 < text_.size() ? text_[at_ + 1] : '\0';
  if (IsBlank(c)) {
    spaced_ = true;
    ++at_;
    return Status::Ok();
  }
  if (Starts("--")) return Comment("\n");
  if (Starts("/*")) return Comment("*/");
  if (c == '\'' || c == '"') {
    return Quoted(c, false, c == '"' ? SqlTokenKind::kQuotedName : SqlTokenKind::kString);
  }
  if ((c == 'e' || c == 'E') && next == '\'') return Quoted('\'', true, SqlTokenKind::kString);
  if (c == '{' || (c == '$' && next == '{')) return Marks();
  if (c == '$') return Refused("holds a \"$\"");
  if (IsDigit(c) || (c == '.' && IsDigit(next))) {
    Number();
  } else if (IsNameStart(c)) {
    Word();
  } else {
    std::string symbol(1, c);
    for (const std::string_view pair : kPairs) {
      if (Starts(pair)) symbol = pair;
    }
    const std::size_t end = at_ + symbol.size();
    Add(SqlTokenKind::kSymbol, std::move(symbol), end);
  }
  return Status::Ok();
}

Status CheckBrackets(const SqlTokens& tokens) {
  std::string open;
  for (const SqlToken& token : tokens) {
    if (token.kind != SqlTokenKind::kSymbol) continue;
    if (token.text == ";") return Refused("holds a semicolon");
    if (token.text == "(" || token.text == "[") open += token.text == "(" ? ')' : ']';
    if (token.text != ")" && token.text != "]") continue;
    if (open.empty() || open.back() != token.text[0]) return Refused("has unbalanced brackets");
    open.pop_back();
  }
  return open.empty() ? Status::Ok() : Refused("has unbalanced brackets");
}

Result<SqlTokens> Scanner::Run() {
  if (text_.size() > kMaxTextBytes) {
    return Status(Code::kLimitExceeded,
                  "text is longer than " + std::to_string(kMaxTextBytes) + " bytes");
  }
  if (!IsValidUtf8(text_)) return Refused("is not valid UTF-8 or holds a zero byte");
  while (at_ < text_.size()) LOUPE_RETURN_IF_ERROR(Next());
  while (!tokens_.empty() && tokens_.back().Is(";")) tokens_.pop_back();
  if (tokens_.empty()) return Refused("is empty");
  LOUPE_RETURN_IF_ERROR(CheckBrackets(tokens_));
  return std::move(tokens_);
}

bool IsWordlike(const SqlToken& token) {
  return token.kind == SqlTokenKind::kName || token.kind == SqlTokenKind::kNumber ||
         token.kind == SqlTokenKind::kString || token.kind == SqlTokenKind::kQuotedName;
}

std::string TextOf(const SqlToken& token) {
  switch (token.kind) {
    case SqlTokenKind::kReference:
      return "{" + token.text + "}";
    case SqlTokenKind::kTemplate:
      return "{{ " + token.text + " }}";
    case SqlTokenKind::kAlias:
      return "{T}";
    default:
      return token.text;
  }
}

}  // namespace

bool SqlToken::Is(std::string_view what) const {
  if (kind == SqlTokenKind::kSymbol) return text == what;
  return kind == SqlTokenKind::kName && AsciiLower(text) == what;
}

Result<SqlTokens> ScanSql(std::string_view text) { return Scanner(text).Run(); }

std::string PrintSql(const SqlTokens& tokens) {
  std::string out;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const bool grows = i > 0 && IsWordlike(tokens[i - 1]) && IsWordlike(tokens[i]);
    const bool comment = i > 0 && tokens[i - 1].Is("-") && tokens[i].Is("-");
    if (i > 0 && (tokens[i].spaced || grows || comment)) out += ' ';
    out += TextOf(tokens[i]);
  }
  return out;
}

std::string IdentifierOf(const SqlToken& name) {
  if (name.kind != SqlTokenKind::kQuotedName) return AsciiLower(name.text);
  std::string out;
  for (std::size_t i = 1; i + 1 < name.text.size(); ++i) {
    out += name.text[i];
    if (name.text[i] == '"') ++i;
  }
  return out;
}

std::size_t ClosingBracket(const SqlTokens& tokens, std::size_t open) {
  int depth = 0;
  for (std::size_t i = open; i < tokens.size(); ++i) {
    if (tokens[i].Is("(") || tokens[i].Is("[")) ++depth;
    if (tokens[i].Is(")") || tokens[i].Is("]")) --depth;
    if (depth == 0) return i;
  }
  return tokens.size();
}

}  // namespace loupe::semantic

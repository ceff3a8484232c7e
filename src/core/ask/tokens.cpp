#include "core/ask/tokens.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "core/ask/stem.hpp"
#include "core/base/calendar.hpp"
#include "core/base/utf8.hpp"

namespace loupe::ask {
namespace {

constexpr std::size_t kIsoDateLength = 10;  // 2013-07-01
constexpr std::size_t kIsoMonthLength = 7;  // 2013-07
constexpr std::size_t kMaxNumberDigits = 18;

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// What a code point beyond ASCII does to the text around it.
char32_t Plain(char32_t c) {
  if (c == 0x2018 || c == 0x2019 || c == 0x02BC) return '\'';
  if (c == 0x201C || c == 0x201D || c == 0x201E || c == 0x00AB || c == 0x00BB) return '"';
  if (c >= 0x2010 && c <= 0x2015) return '-';
  if (c == 0x00A0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x3000) return ' ';
  // Marks that are not seen, or that turn the direction of what is.
  const bool invisible = (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
                         (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF;
  if (c < 0x20 || (c >= 0x7F && c <= 0x9F) || invisible) return ' ';
  return c;
}

class Cutter {
 public:
  explicit Cutter(std::string_view text) : text_(text) {}

  Status Cut() {
    while (position_ < text_.size()) {
      CutOne();
      if (tokens_.size() > kMaxTokens) {
        return Status(Code::kLimitExceeded,
                      "question has more than " + std::to_string(kMaxTokens) + " words")
            .WithHint("Ask one question of a few sentences at most.");
      }
    }
    return Status::Ok();
  }

  std::vector<Token> Take() && { return std::move(tokens_); }

 private:
  char32_t Peek(std::size_t* next) const {
    *next = position_;
    return Plain(NextCodePoint(text_, next));
  }

  void CutOne() {
    std::size_t next;
    const char32_t c = Peek(&next);
    if (c == ' ' || c == '_' || c == '-') {
      if (c == '-' && StartsNumber(next)) return CutNumber();
      position_ = next;
    } else if (c == '"') {
      CutQuoted(next, '"');
    } else if (c == '\'') {
      CutQuoted(next, '\'');
    } else if (c == '`') {
      CutQuoted(next, '`');
    } else if (c < 0x80 && IsDigit(static_cast<char>(c))) {
      if (!CutIsoDate()) CutNumber();
    } else if (c >= 0x80 || IsLetter(static_cast<char>(c))) {
      CutWord();
    } else {
      CutSymbol(next);
    }
  }

  // A minus sign belongs to a number when nothing but a blank stands before it.
  bool StartsNumber(std::size_t next) const {
    const bool alone = position_ == 0 || text_[position_ - 1] == ' ';
    return alone && text_[position_] == '-' && next < text_.size() && IsDigit(text_[next]);
  }

  void Add(TokenKind kind, std::string text, std::size_t begin) {
    Token token;
    token.kind = kind;
    token.lower = AsciiLower(text);
    token.text = std::move(text);
    token.begin = begin;
    token.end = position_;
    tokens_.push_back(std::move(token));
  }

  // An opening quote without a closing one is skipped, as is an empty quotation.
  void CutQuoted(std::size_t inner, char32_t quote) {
    const std::size_t begin = position_;
    std::size_t scan = inner;
    while (scan < text_.size()) {
      std::size_t next = scan;
      const char32_t c = Plain(NextCodePoint(text_, &next));
      const bool ends_word = next >= text_.size() || !IsWordByte(text_[next]);
      if (c == quote && (quote != '\'' || ends_word)) {
        position_ = next;
        if (scan > inner) {
          Add(TokenKind::kQuoted, std::string(text_.substr(inner, scan - inner)), begin);
        }
        return;
      }
      scan = next;
    }
    position_ = inner;
  }

  static bool IsWordByte(char c) { return IsLetter(c) || IsDigit(c); }

  bool CutIsoDate() {
    for (std::size_t length : {kIsoDateLength, kIsoMonthLength}) {
      const std::string_view part = text_.substr(position_, length);
      const std::size_t end = position_ + length;
      if (part.size() != length || part[4] != '-') continue;
      if (end < text_.size() && (IsWordByte(text_[end]) || text_[end] == '-')) continue;
      const std::string whole = std::string(part) + (length == kIsoMonthLength ? "-01" : "");
      if (!ParseDateTime(whole)) continue;
      const std::size_t begin = position_;
      position_ = end;
      Add(TokenKind::kDate, std::string(part), begin);
      return true;
    }
    return false;
  }

  // 5, 1,000, 3.5, -2, 4th; letters that follow (as in "10k" or "2b") make it a word instead.
  void CutNumber() {
    const std::size_t begin = position_;
    std::string digits;
    if (text_[position_] == '-') digits += text_[position_++];
    ScanDigits(&digits);
    const std::size_t suffix = position_;
    while (position_ < text_.size() && IsWordByte(text_[position_])) ++position_;
    const std::string ending = AsciiLower(text_.substr(suffix, position_ - suffix));
    const bool ordinal = ending == "st" || ending == "nd" || ending == "rd" || ending == "th";
    if ((!ending.empty() && !ordinal) || digits.size() > kMaxNumberDigits) {
      Add(TokenKind::kWord, std::string(text_.substr(begin, position_ - begin)), begin);
      tokens_.back().stem = tokens_.back().lower;
      return;
    }
    Add(TokenKind::kNumber, std::string(text_.substr(begin, position_ - begin)), begin);
    std::from_chars(digits.data(), digits.data() + digits.size(), tokens_.back().number);
    tokens_.back().ordinal = ordinal;
  }

  void ScanDigits(std::string* digits) {
    bool point = false;
    while (position_ < text_.size()) {
      const char c = text_[position_];
      if (IsDigit(c)) {
        *digits += c;
      } else if (c == '.' && !point && DigitsAt(position_ + 1) > 0) {
        point = true;
        *digits += c;
      } else if (c != ',' || point || DigitsAt(position_ + 1) != 3) {
        return;
      }
      ++position_;
    }
  }

  std::size_t DigitsAt(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && IsDigit(text_[end])) ++end;
    return end - at;
  }

  void CutWord() {
    const std::size_t begin = position_;
    std::string word;
    while (position_ < text_.size()) {
      std::size_t next;
      const char32_t c = Peek(&next);
      const bool ascii_word = c < 0x80 && IsWordByte(static_cast<char>(c));
      const bool apostrophe = c == '\'' && next < text_.size() && IsLetter(text_[next]);
      if (!ascii_word && !apostrophe && c < 0x80) break;
      AppendCodePoint(c, &word);
      position_ = next;
    }
    AddWord(std::move(word), begin);
    // A possessive plural: "customers' orders".
    std::size_t next;
    if (position_ < text_.size() && Peek(&next) == '\'' && tokens_.back().lower.back() == 's') {
      position_ = next;
    }
  }

  void AddWord(std::string word, std::size_t begin) {
    if (word.size() > 2 && word.compare(word.size() - 2, 2, "'s") == 0)
      word.resize(word.size() - 2);
    Add(TokenKind::kWord, word, begin);
    Token& token = tokens_.back();
    const std::string& lower = token.lower;
    const bool contraction = lower.size() > 3 && lower.compare(lower.size() - 3, 3, "n't") == 0;
    if (contraction || lower == "cannot") token.lower = "not";
    token.stem = Stem(token.lower);
  }

  void CutSymbol(std::size_t next) {
    const std::size_t begin = position_;
    position_ = next;
    const bool compares = text_[begin] == '<' || text_[begin] == '>' || text_[begin] == '!';
    if (compares && position_ < text_.size() &&
        (text_[position_] == '=' || (text_[begin] == '<' && text_[position_] == '>'))) {
      ++position_;
    }
    Add(TokenKind::kSymbol, std::string(text_.substr(begin, position_ - begin)), begin);
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

const std::string& TokenKey(const Token& token) {
  return token.kind == TokenKind::kWord ? token.stem : token.lower;
}

bool IsCapitalised(const Token& token) {
  return !token.text.empty() && token.text[0] >= 'A' && token.text[0] <= 'Z';
}

bool IsPast(const Token& token) {
  const std::string& word = token.lower;
  return word.size() > 3 && word != token.stem && word.compare(word.size() - 2, 2, "ed") == 0;
}

bool IsPause(const Token& token) {
  if (token.kind != TokenKind::kSymbol) return false;
  static constexpr std::string_view kPauses = ".?!;:";
  return token.text.size() == 1 && kPauses.find(token.text[0]) != std::string_view::npos;
}

Result<std::vector<Token>> Tokenize(std::string_view question) {
  if (question.size() > kMaxQuestionBytes) {
    return Status(Code::kLimitExceeded,
                  "question is longer than " + std::to_string(kMaxQuestionBytes) + " bytes")
        .WithHint("Ask one question of a few sentences at most.");
  }
  if (!IsValidUtf8(question)) return Status(Code::kInvalidText, "question is not valid UTF-8");
  Cutter cutter(question);
  LOUPE_RETURN_IF_ERROR(cutter.Cut());
  std::vector<Token> tokens = std::move(cutter).Take();
  const bool blank = std::all_of(tokens.begin(), tokens.end(), [](const Token& token) {
    return IsPause(token) || token.text == ",";
  });
  if (blank) {
    return Status(Code::kAskEmptyQuestion, "question is empty")
        .WithHint("Ask in words, for example: how many orders were there in 2024?");
  }
  return tokens;
}

}  // namespace loupe::ask

// CompileTaught: which literals of the SQL follow from which parts of the question.
#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

#include "core/ask/taught.hpp"
#include "core/base/utf8.hpp"

namespace loupe::ask {
namespace {

using semantic::SqlTokenKind;
using semantic::SqlTokens;

constexpr std::size_t kDateBytes = 10;  // 2024-01-31

// A literal of the SQL and what it is compared with.
struct Literal {
  std::size_t token = 0;
  bool is_text = false;
  bool is_limit = false;
  std::string text;  // without quotes
  double number = 0;
  std::string comparison;   // "=", "<", …; BETWEEN and IN as such
  std::size_t operand = 0;  // token behind the compared expression
  bool is_used = false;
};

std::string Unquoted(const std::string& literal) {
  std::string text;
  for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
    text += literal[i];
    if (literal[i] == '\'') ++i;
  }
  return text;
}

bool IsComparison(const semantic::SqlToken& token) {
  static constexpr std::string_view kComparisons[] = {"=", "<>", "!=", "<", "<=", ">", ">="};
  return std::any_of(std::begin(kComparisons), std::end(kComparisons),
                     [&](std::string_view symbol) { return token.Is(symbol); });
}

bool IsLiteral(const semantic::SqlToken& token) {
  return token.kind == SqlTokenKind::kNumber || token.kind == SqlTokenKind::kString;
}

// Finds what stands before a literal: a comparison, BETWEEN … AND, IN (…, or LIMIT.
bool ReadContext(const SqlTokens& tokens, Literal* literal) {
  std::size_t at = literal->token;
  if (at > 0 && (tokens[at - 1].Is("date") || tokens[at - 1].Is("timestamp"))) --at;
  if (at == 0) return false;
  const semantic::SqlToken& before = tokens[at - 1];
  literal->is_limit = before.Is("limit") || before.Is("first") || before.Is("next");
  literal->comparison = AsciiLower(before.text);
  literal->operand = at - 1;
  if (literal->is_limit || IsComparison(before) || before.Is("between")) return true;
  if (before.Is("and") && at > 2) {
    std::size_t between = at - 3;
    if (!tokens[between].Is("between") && between > 0) --between;  // BETWEEN date '…'
    literal->comparison = "between";
    literal->operand = between;
    return tokens[between].Is("between");
  }
  while (at > 1 && tokens[at - 1].Is(",") && IsLiteral(tokens[at - 2])) at -= 2;
  if (at < 2 || !tokens[at - 1].Is("(") || !tokens[at - 2].Is("in")) return false;
  literal->comparison = "in";
  literal->operand = at - 2;
  return true;
}

std::vector<Literal> LiteralsOf(const SqlTokens& tokens) {
  std::vector<Literal> literals;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (!IsLiteral(tokens[i])) continue;
    Literal literal;
    literal.token = i;
    literal.is_text = tokens[i].kind == SqlTokenKind::kString;
    if (literal.is_text) {
      const bool prefixed = i > 0 && tokens[i - 1].IsName() && !tokens[i].spaced;
      if (tokens[i].text[0] != '\'' || prefixed) continue;
      literal.text = Unquoted(tokens[i].text);
    } else {
      const std::string& digits = tokens[i].text;
      std::from_chars(digits.data(), digits.data() + digits.size(), literal.number);
    }
    if (ReadContext(tokens, &literal)) literals.push_back(std::move(literal));
  }
  return literals;
}

bool EndsFrom(const semantic::SqlToken& token) {
  static constexpr std::string_view kEnds[] = {"where", "on", "using", "group", "order", "having"};
  return std::any_of(std::begin(kEnds), std::end(kEnds),
                     [&](std::string_view word) { return token.Is(word); });
}

// The tables that a name before a point may stand for; without one, all tables.
std::vector<std::string> TablesOf(const SqlTokens& tokens, const std::string& alias) {
  std::vector<std::string> tables;
  bool in_from = false;
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    const semantic::SqlToken& before = tokens[i - 1];
    if (before.Is("from") || before.Is("join")) in_from = true;
    if (EndsFrom(before)) in_from = false;
    const bool opens = before.Is("from") || before.Is("join") || (in_from && before.Is(","));
    if (!opens || !tokens[i].IsName()) continue;
    std::size_t last = i;
    if (last + 2 < tokens.size() && tokens[last + 1].Is(".")) last += 2;
    const std::string table = IdentifierOf(tokens[last]);
    std::size_t name = last + 1;
    if (name < tokens.size() && tokens[name].Is("as")) ++name;
    const bool named = name < tokens.size() && tokens[name].IsName() && !EndsFrom(tokens[name]);
    const std::string known = named ? IdentifierOf(tokens[name]) : table;
    if (alias.empty() || known == alias || table == alias) tables.push_back(table);
  }
  return tables;
}

// The column that a text is compared with; none when it is an expression.
bool ReadColumn(const SqlTokens& tokens, const Literal& literal, TaughtSlot* slot) {
  std::size_t at = literal.operand;
  if (at == 0 || (literal.comparison != "=" && literal.comparison != "in")) return false;
  if (!tokens[at - 1].IsName() || (at > 1 && tokens[at - 2].Is("::"))) return false;
  if (literal.text.size() == kDateBytes && ParseDateTime(literal.text)) return false;
  slot->column = IdentifierOf(tokens[at - 1]);
  const bool qualified = at > 2 && tokens[at - 2].Is(".") && tokens[at - 3].IsName();
  slot->tables = TablesOf(tokens, qualified ? IdentifierOf(tokens[at - 3]) : "");
  return !slot->tables.empty();
}

class SlotFinder {
 public:
  explicit SlotFinder(TaughtPattern* pattern)
      : pattern_(*pattern), literals_(LiteralsOf(pattern->tokens)) {}

  [[nodiscard]] std::vector<std::string> Texts() const;
  void FindTexts();
  void FindTimes();
  void FindNumbers();

 private:
  void AddSlot(std::size_t part, Literal* literal, SlotRole role, int offset = 0);
  std::optional<SlotRole> RoleOf(const TimeRange& time, const Literal& literal, int* offset) const;
  void FindTime(std::size_t part);

  TaughtPattern& pattern_;
  std::vector<Literal> literals_;
};

// The texts that the question may say, each once; places are those of LiteralsOf's texts.
std::vector<std::string> SlotFinder::Texts() const {
  std::vector<std::string> texts;
  for (const Literal& literal : literals_) {
    TaughtSlot slot;
    if (!literal.is_text || !ReadColumn(pattern_.tokens, literal, &slot)) continue;
    if (std::find(texts.begin(), texts.end(), literal.text) == texts.end()) {
      texts.push_back(literal.text);
    }
  }
  return texts;
}

void SlotFinder::AddSlot(std::size_t part, Literal* literal, SlotRole role, int offset) {
  TaughtSlot slot;
  slot.part = part;
  slot.token = literal->token;
  slot.role = role;
  slot.offset = offset;
  if (role == SlotRole::kText) ReadColumn(pattern_.tokens, *literal, &slot);
  literal->is_used = true;
  pattern_.slots.push_back(std::move(slot));
}

void SlotFinder::FindTexts() {
  const std::vector<std::string> texts = Texts();
  for (std::size_t part = 0; part < pattern_.parts.parts.size(); ++part) {
    const TaughtPart& value = pattern_.parts.parts[part];
    if (value.kind != TaughtPart::Kind::kValue) continue;
    for (Literal& literal : literals_) {
      TaughtSlot slot;
      const bool fits = literal.is_text && literal.text == texts[value.literal] &&
                        ReadColumn(pattern_.tokens, literal, &slot);
      if (fits) AddSlot(part, &literal, SlotRole::kText);
    }
  }
}

// What a literal is to a time. An open end is told by the comparison's direction.
std::optional<SlotRole> SlotFinder::RoleOf(const TimeRange& time, const Literal& literal,
                                           int* offset) const {
  *offset = 0;
  if (literal.is_text) {
    if (literal.text.size() != kDateBytes) return std::nullopt;
    if (time.to && literal.text == FormatDate(*time.to)) return SlotRole::kTo;
    if (time.to && literal.text == FormatDate(Add(*time.to, TimeUnit::kDay, -1)) &&
        literal.comparison != "=") {
      return SlotRole::kLastDay;
    }
    if (time.from && literal.text == FormatDate(*time.from)) return SlotRole::kFrom;
    return std::nullopt;
  }
  if (literal.is_limit) return std::nullopt;
  const auto number = static_cast<int>(literal.number);
  if (time.from && number == time.from->year) return SlotRole::kFromYear;
  if (time.from && !time.to && number == time.from->year - 1) {
    *offset = -1;
    return SlotRole::kFromYear;
  }
  if (time.to && !time.from && (number == time.to->year || number == time.to->year - 1)) {
    *offset = number - time.to->year;
    return SlotRole::kToYear;
  }
  if (!time.from || !time.to) return std::nullopt;
  if (*time.to == Add(*time.from, TimeUnit::kMonth, 1) && number == time.from->month) {
    return SlotRole::kMonth;
  }
  if (*time.to == Add(*time.from, TimeUnit::kQuarter, 1) && number == (time.from->month + 2) / 3) {
    return SlotRole::kQuarter;
  }
  return std::nullopt;
}

void SlotFinder::FindTime(std::size_t part) {
  const TimeRange& time = pattern_.parts.parts[part].time;
  for (Literal& literal : literals_) {
    int offset = 0;
    if (literal.is_used) continue;
    const std::optional<SlotRole> role = RoleOf(time, literal, &offset);
    if (role) AddSlot(part, &literal, *role, offset);
  }
}

void SlotFinder::FindTimes() {
  for (std::size_t part = 0; part < pattern_.parts.parts.size(); ++part) {
    if (pattern_.parts.parts[part].kind == TaughtPart::Kind::kTime) FindTime(part);
  }
}

// A number is a slot when one part and one literal have it; else nobody knows which is which.
void SlotFinder::FindNumbers() {
  const std::vector<TaughtPart>& parts = pattern_.parts.parts;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    if (parts[part].kind != TaughtPart::Kind::kNumber) continue;
    const auto has_it = [&](const auto& other) { return other.number == parts[part].number; };
    const auto same_part = [&](const TaughtPart& other) {
      return other.kind == TaughtPart::Kind::kNumber && has_it(other);
    };
    const auto same_literal = [&](const Literal& literal) {
      return !literal.is_text && !literal.is_used && has_it(literal);
    };
    const bool alone = std::count_if(parts.begin(), parts.end(), same_part) == 1 &&
                       std::count_if(literals_.begin(), literals_.end(), same_literal) == 1;
    if (!alone) continue;
    Literal& literal = *std::find_if(literals_.begin(), literals_.end(), same_literal);
    AddSlot(part, &literal, literal.is_limit ? SlotRole::kCount : SlotRole::kNumber);
  }
}

}  // namespace

Result<TaughtPattern> CompileTaught(std::string_view question, std::string_view sql,
                                    const DateTime& now) {
  TaughtPattern pattern;
  pattern.sql = sql;
  Result<SqlTokens> tokens = semantic::ScanSql(sql);
  if (tokens.ok()) pattern.tokens = std::move(tokens).value();
  SlotFinder finder(&pattern);
  LOUPE_ASSIGN_OR_RETURN(pattern.parts, PartsOf(question, finder.Texts(), now));
  finder.FindTexts();
  finder.FindTimes();
  finder.FindNumbers();
  pattern.keys = KeysOf(pattern.parts);
  return pattern;
}

}  // namespace loupe::ask

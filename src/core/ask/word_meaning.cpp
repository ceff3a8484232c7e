#include "core/ask/word_meaning.hpp"

#include <optional>
#include <utility>

#include "core/base/utf8.hpp"
#include "core/semantic/member_lookup.hpp"
#include "core/semantic/sql_tokens.hpp"

namespace loupe::ask {
namespace {

using semantic::Shown;
using semantic::SqlToken;
using semantic::SqlTokenKind;
using semantic::SqlTokens;

constexpr std::size_t kMaxPathNames = 3;  // schema, table, column

// 'it''s' is it's.
std::string Unquoted(const std::string& literal) {
  std::string text;
  for (std::size_t i = 1; i + 1 < literal.size(); ++i) {
    text += literal[i];
    if (literal[i] == '\'') ++i;
  }
  return text;
}

class Parser {
 public:
  Parser(std::string_view text, SqlTokens tokens) : text_(text), tokens_(std::move(tokens)) {}

  Result<WordMeaning> Parse() {
    WordMeaning meaning;
    LOUPE_ASSIGN_OR_RETURN(WordPath first, ParsePath());
    if (AtEnd()) {
      meaning.name = std::move(first);
      return meaning;
    }
    LOUPE_ASSIGN_OR_RETURN(WordCondition condition, ParseCondition(std::move(first)));
    meaning.conditions.push_back(std::move(condition));
    while (!AtEnd()) {
      if (!Take("and")) return NotUnderstood();
      if (meaning.conditions.size() == kMaxMeaningConditions) {
        return Status(
            Code::kLimitExceeded,
            "meaning has more than " + std::to_string(kMaxMeaningConditions) + " conditions");
      }
      LOUPE_ASSIGN_OR_RETURN(WordPath column, ParsePath());
      LOUPE_ASSIGN_OR_RETURN(WordCondition next, ParseCondition(std::move(column)));
      meaning.conditions.push_back(std::move(next));
    }
    return meaning;
  }

  [[nodiscard]] Status NotUnderstood() const {
    return Status(Code::kInvalidArgument, "meaning " + Shown(text_) + " is not understood")
        .WithHint(
            "Write a table, table.column, a measure, or conditions on the columns of one table: "
            "orders.status = 'shipped' AND orders.amount > 100.");
  }

 private:
  [[nodiscard]] bool AtEnd() const { return at_ == tokens_.size(); }

  [[nodiscard]] bool Is(std::string_view what) const { return !AtEnd() && tokens_[at_].Is(what); }

  bool Take(std::string_view what) {
    if (!Is(what)) return false;
    ++at_;
    return true;
  }

  Result<WordPath> ParsePath() {
    WordPath path;
    do {
      if (AtEnd() || !tokens_[at_].IsName() || path.size() == kMaxPathNames) {
        return NotUnderstood();
      }
      path.push_back(IdentifierOf(tokens_[at_++]));
    } while (Take("."));
    return path;
  }

  Result<WordCondition> ParseCondition(WordPath column) {
    WordCondition condition;
    condition.column = std::move(column);
    if (Take("not")) {
      condition.negated = true;
      if (!Is("in") && !Is("between")) return NotUnderstood();
    }
    if (Take("in")) {
      LOUPE_RETURN_IF_ERROR(ParseList(&condition));
      return condition;
    }
    if (Take("between")) {
      condition.comparison = Comparison::kBetween;
      LOUPE_RETURN_IF_ERROR(ParseValue(&condition));
      if (!Take("and")) return NotUnderstood();
      LOUPE_RETURN_IF_ERROR(ParseValue(&condition));
      return condition;
    }
    if (!TakeOperator(&condition)) return NotUnderstood();
    LOUPE_RETURN_IF_ERROR(ParseValue(&condition));
    return condition;
  }

  bool TakeOperator(WordCondition* condition) {
    struct Operator {
      std::string_view text;
      Comparison comparison;
      bool negated;
    };
    static constexpr Operator kOperators[] = {
        {"=", Comparison::kEqual, false},           {"<>", Comparison::kEqual, true},
        {"!=", Comparison::kEqual, true},           {"<", Comparison::kLess, false},
        {"<=", Comparison::kLessOrEqual, false},    {">", Comparison::kGreater, false},
        {">=", Comparison::kGreaterOrEqual, false},
    };
    for (const Operator& op : kOperators) {
      if (!Take(op.text)) continue;
      condition->comparison = op.comparison;
      condition->negated = op.negated;
      return true;
    }
    return false;
  }

  Status ParseList(WordCondition* condition) {
    if (!Take("(")) return NotUnderstood();
    do {
      if (condition->values.size() == kMaxMeaningValues) {
        return Status(Code::kLimitExceeded,
                      "a condition has more than " + std::to_string(kMaxMeaningValues) + " values");
      }
      LOUPE_RETURN_IF_ERROR(ParseValue(condition));
    } while (Take(","));
    return Take(")") ? Status::Ok() : NotUnderstood();
  }

  // A text, a number, a truth value; DATE 'x' is the text.
  Status ParseValue(WordCondition* condition) {
    const bool dated =
        Is("date") && at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == SqlTokenKind::kString;
    if (dated) ++at_;
    const bool minus = Take("-");
    if (AtEnd()) return NotUnderstood();
    const SqlToken& token = tokens_[at_++];
    if (token.kind == SqlTokenKind::kString && token.text.front() == '\'' && !minus) {
      condition->values.emplace_back(Unquoted(token.text));
      return Status::Ok();
    }
    if (token.kind == SqlTokenKind::kNumber) {
      const Result<Json> number = ParseJson((minus ? "-" : "") + token.text);
      if (!number.ok() || !number.value().IsNumber()) return NotUnderstood();
      condition->values.push_back(number.value());
      return Status::Ok();
    }
    if (minus || (!token.Is("true") && !token.Is("false"))) return NotUnderstood();
    condition->values.emplace_back(token.Is("true"));
    return Status::Ok();
  }

  std::string_view text_;
  SqlTokens tokens_;
  std::size_t at_ = 0;
};

}  // namespace

Result<WordMeaning> ParseWordMeaning(std::string_view meaning) {
  if (meaning.size() > kMaxMeaningBytes) {
    return Status(Code::kLimitExceeded,
                  "meaning is longer than " + std::to_string(kMaxMeaningBytes) + " bytes");
  }
  if (!IsValidUtf8(meaning)) return Status(Code::kInvalidText, "meaning is not valid UTF-8");
  Result<SqlTokens> tokens = semantic::ScanSql(meaning);
  if (!tokens.ok()) return Parser(meaning, {}).NotUnderstood();
  return Parser(meaning, std::move(tokens).value()).Parse();
}

}  // namespace loupe::ask

#include "core/semantic/row_expression.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/utf8.hpp"
#include "core/semantic/simple_model.hpp"
#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

// Words of SQL's grammar that no bare column can be, or hardly ever is, in order.
constexpr std::string_view kWords[] = {
    "all",
    "and",
    "any",
    "array",
    "as",
    "asc",
    "asymmetric",
    "between",
    "both",
    "case",
    "cast",
    "collate",
    "current_date",
    "current_role",
    "current_time",
    "current_timestamp",
    "current_user",
    "default",
    "desc",
    "distinct",
    "else",
    "end",
    "escape",
    "except",
    "exists",
    "false",
    "for",
    "from",
    "group",
    "having",
    "ilike",
    "in",
    "is",
    "isnull",
    "leading",
    "like",
    "limit",
    "localtime",
    "localtimestamp",
    "not",
    "notnull",
    "null",
    "nulls",
    "offset",
    "on",
    "or",
    "order",
    "overlaps",
    "placing",
    "select",
    "session_user",
    "similar",
    "some",
    "symmetric",
    "table",
    "then",
    "to",
    "trailing",
    "true",
    "union",
    "unknown",
    "user",
    "using",
    "when",
    "where",
    "window",
    "with",
};

bool IsWordOfSql(const SqlToken& token) {
  if (token.kind != SqlTokenKind::kName) return false;
  const std::string lower = AsciiLower(token.text);
  return std::find(std::begin(kWords), std::end(kWords), lower) != std::end(kWords);
}

Status Refused(const std::string& what) {
  return Status(Code::kNotSupported, "the SQL expression " + what);
}

class Binder {
 public:
  Binder(const SqlTokens& tokens, const RowScope& scope) : tokens_(tokens), scope_(scope) {}

  Result<SqlTokens> Run();

 private:
  Status Name();
  Status Qualified();
  Status Reference();
  void Copy(std::size_t count);
  void CopyType();
  void CopyDotted();
  [[nodiscard]] bool Here(std::string_view what, std::size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() && tokens_[at_ + ahead].Is(what);
  }
  [[nodiscard]] bool IsOwn(const std::string& name) const {
    return std::find(scope_.aliases.begin(), scope_.aliases.end(), name) != scope_.aliases.end();
  }

  const SqlTokens& tokens_;
  const RowScope& scope_;
  std::size_t at_ = 0;
  bool has_subquery_ = false;
  SqlTokens out_;
};

void Binder::Copy(std::size_t count) {
  for (; count > 0 && at_ < tokens_.size(); --count) out_.push_back(tokens_[at_++]);
}

// A chain of names and dots.
void Binder::CopyDotted() {
  Copy(1);
  while (Here(".") && at_ + 1 < tokens_.size()) Copy(2);
}

// Behind "::" or CAST's "AS": names, arguments and array marks of one type.
void Binder::CopyType() {
  const bool in_two_words = Here("double") || Here("character") || Here("char");
  const bool has_zone = Here("timestamp") || Here("time");
  CopyDotted();
  if (in_two_words && (Here("precision") || Here("varying"))) Copy(1);
  if (Here("(")) Copy(ClosingBracket(tokens_, at_) + 1 - at_);
  if (has_zone && (Here("with") || Here("without")) && Here("time", 1)) Copy(3);
  while (Here("[") && Here("]", 1)) Copy(2);
}

Status Binder::Reference() {
  const SqlToken& token = tokens_[at_];
  if (!scope_.resolve) return Refused("refers to {" + token.text + "}");
  LOUPE_ASSIGN_OR_RETURN(SqlTokens resolved, scope_.resolve(token.text));
  if (!resolved.empty()) resolved.front().spaced = token.spaced;
  out_.insert(out_.end(), resolved.begin(), resolved.end());
  ++at_;
  if (Here(".")) Copy(2);
  return Status::Ok();
}

// a.b, where `a` has to be the row; a.b(…) is a function of another schema.
Status Binder::Qualified() {
  const bool is_call = Here("(", 3);
  if (has_subquery_ || is_call) {
    CopyDotted();
    return Status::Ok();
  }
  const std::string qualifier = IdentifierOf(tokens_[at_]);
  if (!IsOwn(qualifier)) return Refused("refers to \"" + qualifier + "\", which is another table");
  out_.push_back({SqlTokenKind::kAlias, "{T}", tokens_[at_].spaced});
  ++at_;
  Copy(2);
  return Status::Ok();
}

Status Binder::Name() {
  const SqlToken& token = tokens_[at_];
  if (Here(".", 1)) return Qualified();
  if (Here("at") && Here("time", 1) && Here("zone", 2)) {
    Copy(3);
  } else if (Here("as")) {
    Copy(1);
    CopyType();
  } else if (Here("extract") && Here("(", 1)) {
    Copy(3);  // the field to extract
  } else if (Here("nulls")) {
    Copy(2);
  } else if (Here("interval") && at_ + 1 < tokens_.size() &&
             tokens_[at_ + 1].kind == SqlTokenKind::kString) {
    Copy(2);
    const bool unit = at_ < tokens_.size() && tokens_[at_].kind == SqlTokenKind::kName;
    if (unit && !IsWordOfSql(tokens_[at_])) Copy(1);
  } else if (Here("(", 1) || IsWordOfSql(token) || has_subquery_) {
    Copy(1);
  } else if (at_ + 1 < tokens_.size() && tokens_[at_ + 1].kind == SqlTokenKind::kString) {
    Copy(2);  // a constant of a named type: date '2025-01-01'
  } else {
    out_.push_back({SqlTokenKind::kAlias, "{T}", token.spaced});
    out_.push_back({SqlTokenKind::kSymbol, ".", false});
    out_.push_back(token);
    out_.back().spaced = false;
    ++at_;
  }
  return Status::Ok();
}

Result<SqlTokens> Binder::Run() {
  for (const SqlToken& token : tokens_) has_subquery_ = has_subquery_ || token.Is("select");
  while (at_ < tokens_.size()) {
    const SqlToken& token = tokens_[at_];
    if (token.kind == SqlTokenKind::kTemplate) {
      return Refused("holds the template {{ " + token.text + " }}");
    }
    if (token.kind == SqlTokenKind::kReference) {
      LOUPE_RETURN_IF_ERROR(Reference());
    } else if (token.IsName()) {
      LOUPE_RETURN_IF_ERROR(Name());
    } else if (token.kind == SqlTokenKind::kAlias && Here(".", 1)) {
      Copy(3);
    } else if (token.Is("::")) {
      Copy(1);
      CopyType();
    } else {
      Copy(1);
    }
  }
  return std::move(out_);
}

bool AnyAtTop(const SqlTokens& tokens, std::initializer_list<std::string_view> words) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (tokens[i].Is("(")) {
      i = ClosingBracket(tokens, i);
      continue;
    }
    for (const std::string_view word : words) {
      if (tokens[i].Is(word)) return true;
    }
  }
  return false;
}

// The tokens behind the first THEN of a CASE, up to its next part.
SqlTokens FirstBranch(const SqlTokens& tokens) {
  const auto is_then = [](const SqlToken& token) { return token.Is("then"); };
  const auto ends = [](const SqlToken& token) {
    return token.Is("when") || token.Is("else") || token.Is("end");
  };
  const auto begin = std::find_if(tokens.begin(), tokens.end(), is_then);
  if (begin == tokens.end()) return {};
  return SqlTokens(begin + 1, std::find_if(begin + 1, tokens.end(), ends));
}

std::string TypeOfCall(const SqlToken& name, const std::string& fallback) {
  constexpr std::string_view kText[] = {"lower", "upper",     "initcap", "concat",  "concat_ws",
                                        "trim",  "substring", "substr",  "replace", "to_char",
                                        "left",  "right",     "btrim",   "lpad",    "split_part"};
  constexpr std::string_view kNumbers[] = {"extract", "date_part", "length", "round", "floor",
                                           "ceil",    "ceiling",   "abs",    "sqrt",  "mod"};
  constexpr std::string_view kTimes[] = {"date_trunc", "to_timestamp", "to_date", "now",
                                         "make_date"};
  const std::string lower = AsciiLower(name.text);
  const auto in = [&](const auto& list) {
    return std::find(std::begin(list), std::end(list), lower) != std::end(list);
  };
  if (in(kText)) return "string";
  if (in(kNumbers)) return "number";
  return in(kTimes) ? "time" : fallback;
}

std::string TypeOfLastCast(const SqlTokens& tokens, const std::string& fallback) {
  for (std::size_t i = tokens.size(); i-- > 0;) {
    if (tokens[i].Is(")")) return fallback;
    if (!tokens[i].Is("::") || i + 1 >= tokens.size()) continue;
    return SimpleType(tokens[i + 1].text).value_or(fallback);
  }
  return fallback;
}

}  // namespace

Result<SqlTokens> BindToRow(const SqlTokens& tokens, const RowScope& scope) {
  return Binder(tokens, scope).Run();
}

Result<SqlTokens> RowTokens(std::string_view text, const RowScope& scope) {
  LOUPE_ASSIGN_OR_RETURN(const SqlTokens tokens, ScanSql(text));
  return BindToRow(tokens, scope);
}

std::string ColumnOf(const SqlTokens& bound) {
  const bool is_column = bound.size() == 3 && bound[0].kind == SqlTokenKind::kAlias &&
                         bound[1].Is(".") && bound[2].IsName();
  return is_column ? IdentifierOf(bound[2]) : std::string();
}

void SetSource(const SqlTokens& bound, Json* member) {
  const std::string column = ColumnOf(bound);
  if (!column.empty()) {
    member->Set("column", column);
  } else {
    member->Set("sql", PrintSql(bound));
  }
}

SqlTokens Bracketed(SqlTokens tokens) {
  if (tokens.size() == 1 || !ColumnOf(tokens).empty()) return tokens;
  if (tokens.front().Is("(") && ClosingBracket(tokens, 0) + 1 == tokens.size()) return tokens;
  tokens.front().spaced = false;
  tokens.insert(tokens.begin(), SqlToken{SqlTokenKind::kSymbol, "(", false});
  tokens.push_back(SqlToken{SqlTokenKind::kSymbol, ")", false});
  return tokens;
}

SqlTokens Truncated(std::string_view unit, const SqlTokens& value) {
  SqlTokens out{{SqlTokenKind::kName, "date_trunc", false},
                {SqlTokenKind::kSymbol, "(", false},
                {SqlTokenKind::kString, sql::QuoteLiteral(unit), false},
                {SqlTokenKind::kSymbol, ",", false}};
  out.insert(out.end(), value.begin(), value.end());
  out[4].spaced = true;
  out.push_back({SqlTokenKind::kSymbol, ")", false});
  return out;
}

std::string LikelyType(const SqlTokens& tokens, std::string fallback) {
  if (tokens.empty()) return fallback;
  if (tokens[0].Is("case") && tokens.back().Is("end")) {
    return LikelyType(FirstBranch(tokens), std::move(fallback));
  }
  if (AnyAtTop(tokens, {"and", "or", "not", "=", "<", ">", "<=", ">=", "<>", "!=", "is", "in",
                        "like", "ilike", "between"})) {
    return "boolean";
  }
  if (AnyAtTop(tokens, {"||"})) return "string";
  if (tokens.size() == 1) {
    if (tokens[0].kind == SqlTokenKind::kString) return "string";
    if (tokens[0].kind == SqlTokenKind::kNumber) return "number";
    if (tokens[0].Is("true") || tokens[0].Is("false")) return "boolean";
  }
  if (AnyAtTop(tokens, {"*", "/", "%"})) return "number";
  const bool is_call =
      tokens.size() > 2 && tokens[1].Is("(") && ClosingBracket(tokens, 1) + 1 == tokens.size();
  if (is_call && tokens[0].kind == SqlTokenKind::kName) return TypeOfCall(tokens[0], fallback);
  return TypeOfLastCast(tokens, fallback);
}

}  // namespace loupe::semantic

#include "core/semantic/dbt_project.hpp"

#include <algorithm>

#include "core/base/utf8.hpp"
#include "core/semantic/field_reader.hpp"

namespace loupe::semantic {
namespace {

constexpr std::string_view kUnits[] = {"second", "minute", "hour",    "day",
                                       "week",   "month",  "quarter", "year"};

bool IsUnit(const std::string& word) {
  return std::find(std::begin(kUnits), std::end(kUnits), word) != std::end(kUnits);
}

// A dimension that a template names.
struct Named {
  const DbtModel* model = nullptr;
  std::string dimension;
  std::string unit;
};

std::vector<std::string> SplitPath(const std::string& path) {
  std::vector<std::string> parts(1);
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool separator = path.compare(i, 2, "__") == 0 && i > 0;
    if (separator) {
      parts.emplace_back();
      ++i;
    } else {
      parts.back() += path[i];
    }
  }
  return parts;
}

std::string Unquoted(const SqlToken& token) {
  return token.text.size() < 2 ? std::string() : token.text.substr(1, token.text.size() - 2);
}

// The calls of a template: Dimension('x'), TimeDimension('x', 'day'), Entity('x'), .grain('day').
Result<Named> ReadTemplate(const std::string& text, const DbtProject& project,
                           const DbtModel& own) {
  const Status refused = NotCarried("its filter holds the template {{ " + text + " }}");
  const Result<SqlTokens> scanned = ScanSql(text);
  if (!scanned.ok()) return refused;
  const SqlTokens& tokens = scanned.value();
  const bool known =
      tokens[0].Is("dimension") || tokens[0].Is("timedimension") || tokens[0].Is("entity");
  const bool call = tokens.size() >= 4 && tokens[1].Is("(") && !Unquoted(tokens[2]).empty();
  if (!known || !call) return refused;
  Named named;
  std::size_t at = 3;
  if (tokens[0].Is("timedimension") && tokens.size() > 5 && tokens[3].Is(",")) {
    named.unit = Unquoted(tokens[4]);
    at = 5;
  }
  const bool grain = tokens.size() == at + 6 && tokens[at + 1].Is(".") &&
                     tokens[at + 2].Is("grain") && tokens[at + 3].Is("(");
  if (grain) named.unit = Unquoted(tokens[at + 4]);
  if (!tokens[at].Is(")") || (!grain && tokens.size() != at + 1)) return refused;

  std::vector<std::string> path = SplitPath(Unquoted(tokens[2]));
  if (path.size() > 1 && IsUnit(path.back())) {
    named.unit = path.back();
    path.pop_back();
  }
  if (!named.unit.empty() && !IsUnit(named.unit)) return refused;
  named.dimension = path.back();
  if (named.dimension == "metric_time") named.dimension = own.time_dimension;
  named.model = path.size() == 1 ? &own : project.ModelOfEntity(path[path.size() - 2]);
  const bool is_own_key = path.size() > 1 && own.primary_entity == path[path.size() - 2];
  if (is_own_key) named.model = &own;
  if (named.model == nullptr || named.model->dimensions.count(named.dimension) == 0) return refused;
  return named;
}

// A comparison of another model's dimension, in words of the query JSON.
class Comparison {
 public:
  Comparison(const SqlTokens& part, const Named& named) : part_(part), named_(named) {}

  Status AddTo(Json* filters) const;

 private:
  [[nodiscard]] Json Filter(const char* op, Json values) const {
    return Json::Of({{"member", named_.model->draft->name + "." + MemberNameFrom(named_.dimension)},
                     {"operator", op},
                     {"values", std::move(values)}});
  }
  [[nodiscard]] Json Filter(const char* op) const {
    return Json::Of({{"member", named_.model->draft->name + "." + MemberNameFrom(named_.dimension)},
                     {"operator", op}});
  }
  [[nodiscard]] static Result<Json> Constant(const SqlToken& token);
  [[nodiscard]] Result<Json> ListFrom(std::size_t open) const;
  [[nodiscard]] const char* OperatorOf(const SqlToken& token) const;

  const SqlTokens& part_;
  const Named& named_;
};

Result<Json> Comparison::Constant(const SqlToken& token) {
  if (token.kind == SqlTokenKind::kNumber) return ParseJson(token.text);
  if (token.Is("true") || token.Is("false")) return Json(token.Is("true"));
  const bool plain = token.kind == SqlTokenKind::kString && token.text[0] == '\'';
  if (!plain) return NotCarried("its filter compares with more than a constant");
  std::string value;
  for (std::size_t i = 1; i + 1 < token.text.size(); ++i) {
    value += token.text[i];
    if (token.text[i] == '\'') ++i;
  }
  return Json(value);
}

Result<Json> Comparison::ListFrom(std::size_t open) const {
  Json values = Json::MakeArray();
  for (std::size_t i = open + 1; i + 1 < part_.size(); ++i) {
    if (part_[i].Is(",")) continue;
    LOUPE_ASSIGN_OR_RETURN(Json value, Constant(part_[i]));
    values.Append(std::move(value));
  }
  return values;
}

// Null where SQL's comparison and the filter's differ.
const char* Comparison::OperatorOf(const SqlToken& token) const {
  const bool is_time = named_.model->types.at(named_.dimension) == "time";
  if (is_time) return token.Is(">=") ? "afterOrOnDate" : token.Is("<") ? "beforeDate" : nullptr;
  if (token.Is("=")) return "equals";
  if (token.Is("!=") || token.Is("<>")) return "notEquals";
  if (token.Is(">")) return "gt";
  if (token.Is(">=")) return "gte";
  if (token.Is("<")) return "lt";
  return token.Is("<=") ? "lte" : nullptr;
}

Status Comparison::AddTo(Json* filters) const {
  Status refused =
      NotCarried("its filter on \"" + named_.model->name + "\" is more than a plain comparison");
  const bool starts = part_[0].kind == SqlTokenKind::kTemplate;
  if (!starts || !named_.unit.empty()) return refused;
  if (part_.size() == 1) {
    filters->Append(Filter("equals", Json::FromArray({Json(true)})));
    return Status::Ok();
  }
  const bool negated = part_.size() > 2 && (part_[1].Is("not") || part_[2].Is("not"));
  if (part_[1].Is("is") && part_.back().Is("null")) {
    filters->Append(Filter(negated ? "set" : "notSet"));
    return Status::Ok();
  }
  const std::size_t in = part_[1].Is("not") ? 2 : 1;
  const bool is_list = part_.size() > in + 2 && part_[in].Is("in") && part_[in + 1].Is("(");
  const char* op = is_list ? (in == 2 ? "notEquals" : "equals") : OperatorOf(part_[1]);
  if (op == nullptr || (!is_list && part_.size() != 3)) return refused;
  Json values = Json::MakeArray();
  if (is_list) {
    LOUPE_ASSIGN_OR_RETURN(values, ListFrom(in + 1));
  } else {
    LOUPE_ASSIGN_OR_RETURN(Json value, Constant(part_[2]));
    values.Append(std::move(value));
  }
  const bool keeps_nulls = std::string_view(op) == "notEquals";
  filters->Append(Filter(op, std::move(values)));
  if (keeps_nulls) filters->Append(Filter("set"));
  return Status::Ok();
}

std::vector<SqlTokens> SplitAtAnd(const SqlTokens& tokens) {
  std::vector<SqlTokens> parts(1);
  int depth = 0;
  bool between = false;
  for (const SqlToken& token : tokens) {
    if (token.Is("(")) ++depth;
    if (token.Is(")")) --depth;
    if (token.Is("between")) between = true;
    if (depth == 0 && token.Is("and") && !between) {
      parts.emplace_back();
      continue;
    }
    if (token.Is("and")) between = false;
    parts.back().push_back(token);
  }
  return parts;
}

// Replaces the templates of own dimensions by their expressions; `other` is set to one of another
// model.
Result<SqlTokens> OwnTokens(const SqlTokens& part, const DbtProject& project, const DbtModel& model,
                            Named* other) {
  SqlTokens tokens;
  std::size_t size = 0;
  for (const SqlToken& token : part) {
    if (token.kind != SqlTokenKind::kTemplate) {
      tokens.push_back(token);
      continue;
    }
    LOUPE_ASSIGN_OR_RETURN(Named named, ReadTemplate(token.text, project, model));
    if (named.model != &model) {
      *other = std::move(named);
      continue;
    }
    SqlTokens value = Bracketed(model.dimensions.at(named.dimension));
    if (!named.unit.empty()) value = Truncated(named.unit, value);
    value.front().spaced = token.spaced;
    tokens.insert(tokens.end(), value.begin(), value.end());
    size += SizeOf(value);
    if (size > kMaxTextBytes)
      return NotCarried("its filter grows too large when it is written out");
  }
  return tokens;
}

}  // namespace

Status AddDbtFilters(std::string_view text, const DbtProject& project, const DbtModel& model,
                     Json* filters) {
  LOUPE_ASSIGN_OR_RETURN(const SqlTokens tokens, ScanSql(text));
  Named other;
  LOUPE_ASSIGN_OR_RETURN(const SqlTokens whole, OwnTokens(tokens, project, model, &other));
  if (other.model == nullptr) {
    LOUPE_ASSIGN_OR_RETURN(const SqlTokens bound, BindToRow(whole, model.Scope()));
    filters->Append(PrintSql(bound));
    return Status::Ok();
  }
  for (const SqlTokens& part : SplitAtAnd(tokens)) {
    if (part.empty()) return NotCarried("its filter is not complete");
    Named foreign;
    LOUPE_ASSIGN_OR_RETURN(const SqlTokens own, OwnTokens(part, project, model, &foreign));
    if (foreign.model != nullptr) {
      LOUPE_RETURN_IF_ERROR(Comparison(part, foreign).AddTo(filters));
      continue;
    }
    LOUPE_ASSIGN_OR_RETURN(const SqlTokens bound, BindToRow(own, model.Scope()));
    filters->Append(PrintSql(bound));
  }
  return Status::Ok();
}

}  // namespace loupe::semantic

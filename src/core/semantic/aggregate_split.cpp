#include "core/semantic/aggregate_split.hpp"

#include "core/base/json.hpp"
#include "core/base/utf8.hpp"

namespace loupe::semantic {
namespace {

struct Known {
  std::string_view function;
  std::string_view type;
};
constexpr Known kKnown[] = {
    {"sum", "sum"},
    {"count", "count"},
    {"avg", "avg"},
    {"min", "min"},
    {"max", "max"},
    {"median", "median"},
    {"approx_count_distinct", "count_distinct_approx"},
    {"approx_distinct", "count_distinct_approx"},
    {"percentile_cont", "percentile"},
};

Status Refused(const std::string& what) {
  return Status(Code::kNotSupported, "the SQL expression " + what);
}

const Known* FindKnown(const SqlTokens& tokens, std::size_t at) {
  const bool is_call = tokens[at].kind == SqlTokenKind::kName && at + 1 < tokens.size() &&
                       tokens[at + 1].Is("(") && (at == 0 || !tokens[at - 1].Is("."));
  if (!is_call) return nullptr;
  const std::string lower = AsciiLower(tokens[at].text);
  for (const Known& known : kKnown) {
    if (known.function == lower) return &known;
  }
  return nullptr;
}

SqlTokens Slice(const SqlTokens& tokens, std::size_t begin, std::size_t end) {
  SqlTokens slice(tokens.begin() + static_cast<std::ptrdiff_t>(begin),
                  tokens.begin() + static_cast<std::ptrdiff_t>(end));
  if (!slice.empty()) slice.front().spaced = false;
  return slice;
}

class Splitter {
 public:
  Splitter(const SqlTokens& tokens,
           const std::function<Result<std::string>(const AggregateCall&)>& name_of)
      : tokens_(tokens), name_of_(name_of) {}

  Result<SqlTokens> Run();

 private:
  Status Call(const Known& known);
  Status Argument(SqlTokens argument, AggregateCall* call);
  Status WithinGroup(AggregateCall* call);
  Status Filter(AggregateCall* call);
  void SkipCast();
  void StripCastCall();
  [[nodiscard]] bool Here(std::string_view what, std::size_t ahead = 0) const {
    return at_ + ahead < tokens_.size() && tokens_[at_ + ahead].Is(what);
  }

  SqlTokens tokens_;
  const std::function<Result<std::string>(const AggregateCall&)>& name_of_;
  std::size_t at_ = 0;
  SqlTokens out_;
};

Status Splitter::Argument(SqlTokens argument, AggregateCall* call) {
  if (HasAggregate(argument)) return Refused("has an aggregate inside an aggregate");
  const bool distinct = !argument.empty() && argument[0].Is("distinct");
  if (distinct) {
    argument.erase(argument.begin());
    if (call->type == "count") call->type = "count_distinct";
    const bool fits = call->type != "sum" && call->type != "avg" && call->type != "median";
    if (!fits) return Refused("has a DISTINCT inside \"" + call->type + "\"");
  }
  const bool all_rows = argument.size() == 1 && !distinct &&
                        (argument[0].Is("*") || argument[0].kind == SqlTokenKind::kNumber);
  if (call->type == "count" && all_rows) return Status::Ok();
  if (argument.empty() || argument[0].Is("*")) return Refused("has an aggregate of nothing");
  int depth = 0;
  for (const SqlToken& token : argument) {
    if (token.Is("(") || token.Is("[")) ++depth;
    if (token.Is(")") || token.Is("]")) --depth;
    if (depth == 0 && (token.Is(",") || token.Is("order"))) {
      return Refused("has an aggregate with more than one argument");
    }
  }
  call->argument = std::move(argument);
  return Status::Ok();
}

// percentile_cont(0.9) WITHIN GROUP (ORDER BY x).
Status Splitter::WithinGroup(AggregateCall* call) {
  const bool fraction =
      call->argument.size() == 1 && call->argument[0].kind == SqlTokenKind::kNumber;
  const bool within =
      Here("within") && Here("group", 1) && Here("(", 2) && Here("order", 3) && Here("by", 4);
  if (!fraction || !within) return Refused("has a percentile of an unknown form");
  const std::string& digits = call->argument[0].text;
  const Result<Json> number = ParseJson(digits[0] == '.' ? "0" + digits : digits);
  if (!number.ok() || number.value().AsDouble() > 1) return Refused("has no good percentile");
  call->percentile = number.value().AsDouble();
  const std::size_t close = ClosingBracket(tokens_, at_ + 2);
  call->argument = Slice(tokens_, at_ + 5, close);
  if (!call->argument.empty() && call->argument.back().Is("asc")) call->argument.pop_back();
  for (const SqlToken& token : call->argument) {
    if (token.Is("desc")) return Refused("has a percentile in descending order");
  }
  at_ = close + 1;
  return Status::Ok();
}

Status Splitter::Filter(AggregateCall* call) {
  if (!Here("filter") || !Here("(", 1) || !Here("where", 2)) return Status::Ok();
  const std::size_t close = ClosingBracket(tokens_, at_ + 1);
  call->filter = Slice(tokens_, at_ + 3, close);
  at_ = close + 1;
  return Status::Ok();
}

Status Splitter::Call(const Known& known) {
  AggregateCall call;
  call.type = known.type;
  const bool spaced = tokens_[at_].spaced;
  const std::size_t close = ClosingBracket(tokens_, at_ + 1);
  LOUPE_RETURN_IF_ERROR(Argument(Slice(tokens_, at_ + 2, close), &call));
  at_ = close + 1;
  if (call.type == "percentile") LOUPE_RETURN_IF_ERROR(WithinGroup(&call));
  LOUPE_RETURN_IF_ERROR(Filter(&call));
  if (Here("over")) return Refused("has a window function");
  LOUPE_ASSIGN_OR_RETURN(std::string name, name_of_(call));
  out_.push_back({SqlTokenKind::kReference, std::move(name), spaced});
  return Status::Ok();
}

// "::numeric(10, 2)" behind a value.
void Splitter::SkipCast() {
  at_ += 2;
  if (Here("precision")) ++at_;
  if (Here("(")) at_ = ClosingBracket(tokens_, at_) + 1;
}

// CAST(x AS type) becomes (x).
void Splitter::StripCastCall() {
  const std::size_t close = ClosingBracket(tokens_, at_ + 1);
  int depth = 0;
  for (std::size_t i = at_ + 1; i < close; ++i) {
    if (tokens_[i].Is("(")) ++depth;
    if (tokens_[i].Is(")")) --depth;
    if (depth != 1 || !tokens_[i].Is("as")) continue;
    const auto begin = tokens_.begin();
    tokens_.erase(begin + static_cast<std::ptrdiff_t>(i),
                  begin + static_cast<std::ptrdiff_t>(close));
    break;
  }
  ++at_;
}

Result<SqlTokens> Splitter::Run() {
  while (at_ < tokens_.size()) {
    if (const Known* known = FindKnown(tokens_, at_)) {
      LOUPE_RETURN_IF_ERROR(Call(*known));
    } else if (Here("cast") && Here("(", 1)) {
      StripCastCall();
    } else if (Here("::") && at_ + 1 < tokens_.size()) {
      SkipCast();
    } else {
      out_.push_back(tokens_[at_++]);
    }
  }
  return std::move(out_);
}

}  // namespace

Result<SqlTokens> SplitAggregates(
    const SqlTokens& tokens,
    const std::function<Result<std::string>(const AggregateCall&)>& name_of) {
  return Splitter(tokens, name_of).Run();
}

bool HasAggregate(const SqlTokens& tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    if (FindKnown(tokens, i) != nullptr) return true;
  }
  return false;
}

}  // namespace loupe::semantic

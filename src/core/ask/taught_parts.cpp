#include "core/ask/taught_parts.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <optional>
#include <utility>

#include "core/ask/gradable.hpp"
#include "core/ask/thesaurus.hpp"
#include "core/ask/time_words.hpp"
#include "core/ask/words.hpp"
#include "core/base/utf8.hpp"

namespace loupe::ask {
namespace {

// Words that say nothing, wherever they stand. Fewer than the reader of questions passes over: what
// is dropped here would make unequal questions equal.
constexpr std::string_view kSilent[] = {
    "a",      "all",    "also",   "am",     "an",      "any",   "are",  "as",    "based",  "be",
    "been",   "being",  "can",    "could",  "did",     "do",    "does", "exist", "exists", "has",
    "have",   "had",    "her",    "here",   "his",     "how",   "i",    "is",    "it",     "its",
    "just",   "live",   "lives",  "living", "located", "may",   "me",   "my",    "our",    "ours",
    "please", "placed", "s",      "should", "so",      "some",  "such", "thank", "thanks", "the",
    "their",  "them",   "then",   "there",  "these",   "they",  "this", "those", "us",     "was",
    "we",     "were",   "what's", "whats",  "will",    "would", "you",  "your"};

// What opens a request and is no part of it.
constexpr std::string_view kCourtesy[] = {
    "check", "curious", "display",   "find", "get",  "give", "hello", "help",
    "hi",    "know",    "let",       "like", "list", "look", "need",  "out",
    "print", "provide", "retrieve",  "see",  "show", "tell", "to",    "up",
    "want",  "wonder",  "wondering", "d",    "i'd"};

// Adjectives that only ask for a number: "how large is the average basket".
constexpr std::string_view kHowAdjectives[] = {"big", "great", "high", "large"};

// Verbs besides the common ones, which end a noun phrase.
constexpr std::string_view kVerbsToo[] = {"cost", "costs", "flew", "flies", "fly", "sells"};

// Open a request before an article, else they are nouns: "return rate", "name of the store".
constexpr std::string_view kRequestNouns[] = {"name", "report", "return"};
constexpr std::string_view kArticles[] = {"a", "all", "every", "how", "me", "the", "us"};

constexpr std::string_view kCopulas[] = {"is", "are", "was", "were"};

template <std::size_t N>
bool IsIn(const std::string_view (&words)[N], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

bool IsVerb(const std::string& lower) {
  const bool past = lower.size() > 4 && lower.compare(lower.size() - 2, 2, "ed") == 0;
  return past || IsIn(kVerbsToo, lower) || IsCommonVerb(lower);
}

bool IsPreposition(MeaningKind kind) {
  return kind == MeaningKind::kIn || kind == MeaningKind::kFrom || kind == MeaningKind::kOf ||
         kind == MeaningKind::kWith;
}

bool IsPassedOver(MeaningKind kind) {
  return IsPreposition(kind) || kind == MeaningKind::kPause || kind == MeaningKind::kComma ||
         kind == MeaningKind::kAnd || kind == MeaningKind::kWhich || kind == MeaningKind::kWho ||
         kind == MeaningKind::kThat;
}

bool IsFocus(std::string_view key) {
  return key == "count" || key == "share" || key.substr(0, 3) == "agg" || key.substr(0, 3) == "top";
}

bool IsGrain(std::string_view key) { return key.substr(0, 6) == "grain:"; }

class Cutter {
 public:
  Cutter(TaughtParts* out, const DateTime& now) : out_(*out), now_(now) {}

  void TakeLiterals(const std::vector<std::string>& literals);
  void Cut();
  void Point();

 private:
  struct Pending {
    std::string key;
    std::size_t before = 0;  // parts that stand before it
    std::size_t begin = 0;   // tokens
    std::size_t end = 0;
    bool is_subject = false;  // "top", "bottom"
    bool after_copula = false;
    bool is_merged = false;  // with a "by"
  };

  void CutOne();
  bool TakeTime();
  bool TakePhrase();
  bool TakeGrain();
  void TakeNumberOrWord();
  void AddOperator(std::string key, std::size_t end, bool is_subject = false);
  void AddPart(TaughtPart part, std::size_t end);
  std::string KeyOf(const PhraseMatch& match) const;
  bool IsLead() const { return out_.parts.empty() && pending_.empty(); }
  bool IsTaken(std::size_t first, std::size_t end) const;
  void MergeTopBy();
  void FindHead();
  std::size_t TargetOf(const Pending& pending) const;
  std::size_t EndOfRun(std::size_t part) const;

  TaughtParts& out_;
  const DateTime& now_;
  std::vector<Pending> pending_;
  std::vector<std::pair<std::size_t, std::size_t>> taken_;  // by the token: its end and its literal
  std::size_t at_ = 0;
  bool preposition_ = false;
  bool copula_ = false;
};

// Tells whether the tokens at `at` are those of the value.
bool Stands(const std::vector<Token>& tokens, std::size_t at, const std::vector<Token>& value) {
  if (at + value.size() > tokens.size()) return false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (tokens[at + i].lower != value[i].lower) return false;
  }
  return true;
}

bool Cutter::IsTaken(std::size_t first, std::size_t end) const {
  for (std::size_t i = first; i < end; ++i) {
    if (taken_[i].first != 0) return true;
  }
  return false;
}

void Cutter::TakeLiterals(const std::vector<std::string>& literals) {
  taken_.assign(out_.tokens.size(), {0, 0});
  std::vector<std::size_t> order(literals.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return literals[a].size() > literals[b].size();
  });
  for (const std::size_t literal : order) {
    Result<std::vector<Token>> value = Tokenize(literals[literal]);
    if (!value.ok()) continue;
    while (IsPause(value.value().back())) value.value().pop_back();
    const std::size_t size = value.value().size();
    for (std::size_t at = 0; at < out_.tokens.size(); ++at) {
      const bool quoted = out_.tokens[at].kind == TokenKind::kQuoted &&
                          out_.tokens[at].lower == AsciiLower(literals[literal]);
      if (!quoted && !Stands(out_.tokens, at, value.value())) continue;
      const std::size_t end = quoted ? at + 1 : at + size;
      if (IsTaken(at, end)) continue;
      for (std::size_t i = at; i < end; ++i) taken_[i] = {end, literal};
      break;
    }
  }
}

void Cutter::AddOperator(std::string key, std::size_t end, bool is_subject) {
  pending_.push_back({std::move(key), out_.parts.size(), at_, end, is_subject, copula_});
  preposition_ = false;
  copula_ = false;
  at_ = end;
}

void Cutter::AddPart(TaughtPart part, std::size_t end) {
  part.begin = at_;
  part.end = end;
  const bool continues =
      !out_.parts.empty() && out_.parts.back().end == at_ && out_.parts.back().is_prepositional;
  const bool grouped =
      !pending_.empty() && pending_.back().end == at_ && pending_.back().key == "each";
  part.is_prepositional = preposition_ || continues || grouped;
  out_.parts.push_back(std::move(part));
  preposition_ = false;
  copula_ = false;
  at_ = end;
}

bool Cutter::TakeTime() {
  const std::optional<PhraseMatch> match = MatchTime(out_.tokens, at_, now_);
  if (!match || IsTaken(at_, match->end)) return false;
  TaughtPart part;
  part.kind = TaughtPart::Kind::kTime;
  part.time = match->meaning.time;
  part.is_bare = match->end == at_ + 1 && out_.tokens[at_].kind == TokenKind::kNumber;
  part.number = out_.tokens[at_].number;
  AddPart(std::move(part), match->end);
  return true;
}

bool Cutter::TakeGrain() {
  const std::optional<PhraseMatch> grain = MatchGrain(out_.tokens, at_);
  if (!grain) return false;
  // "revenue by month" is "monthly revenue".
  if (!pending_.empty() && pending_.back().key == "each" && pending_.back().end == at_) {
    pending_.pop_back();
  }
  AddOperator("grain:" + std::to_string(static_cast<int>(grain->meaning.grain)), grain->end);
  return true;
}

std::string Cutter::KeyOf(const PhraseMatch& match) const {
  const Meaning& meaning = match.meaning;
  switch (meaning.kind) {
    case MeaningKind::kCount:
      return "count";
    case MeaningKind::kAggregate:
      return "agg:" + std::to_string(static_cast<int>(meaning.aggregation));
    case MeaningKind::kComparison:
      return "cmp:" + std::to_string(static_cast<int>(meaning.comparison));
    case MeaningKind::kPattern:
      return "pattern:" + std::to_string(static_cast<int>(meaning.pattern));
    case MeaningKind::kDirection:
      return meaning.descending ? "dir:desc" : "dir:asc";
    case MeaningKind::kEach:
    case MeaningKind::kBy:
      return "each";
    case MeaningKind::kSort:
      return "sort";
    case MeaningKind::kNegation:
    case MeaningKind::kExcept:
      return "not";
    case MeaningKind::kOr:
      return "or";
    case MeaningKind::kBoth:
      return "both";
    case MeaningKind::kDistinct:
      return "distinct";
    case MeaningKind::kShare:
      return "share";
    case MeaningKind::kAll:
      return "all";
    case MeaningKind::kCompare:
      return "compare";
    case MeaningKind::kGrowth:
      return "growth";
    case MeaningKind::kEarlier:
      return "earlier:" + std::to_string(static_cast<int>(meaning.grain));
    case MeaningKind::kDifference:
      return "difference";
    case MeaningKind::kUnit:
      return "unit:" + std::to_string(static_cast<int>(meaning.grain));
    case MeaningKind::kTo:
      return "to";
    case MeaningKind::kWhen:
      return "when";
    case MeaningKind::kSuperlative: {
      std::string key = meaning.descending ? "top:desc" : "top:asc";
      if (meaning.ranks == Ranks::kTime) key += ":time";
      std::string words;
      for (std::size_t i = at_; i < match.end; ++i) {
        words += (words.empty() ? "" : " ") + out_.tokens[i].lower;
      }
      const std::optional<Gradable> gradable = GradableOf(words);
      if (gradable && gradable->reach == Reach::kNamed && !gradable->attributes.empty()) {
        key += ":" + std::string(gradable->attributes.front());
      }
      return key;
    }
    default:
      return "";
  }
}

bool Cutter::TakePhrase() {
  const Token& token = out_.tokens[at_];
  if (token.lower == "where") return AddOperator("where", at_ + 1), true;
  if (token.lower == "than") return AddOperator("than", at_ + 1), true;
  const std::optional<PhraseMatch> match = MatchPhrase(out_.tokens, at_);
  if (!match || IsTaken(at_, match->end)) return false;
  if (IsPassedOver(match->meaning.kind)) {
    preposition_ = preposition_ || IsPreposition(match->meaning.kind);
    at_ = match->end;
    return true;
  }
  std::string key = KeyOf(*match);
  if (key.empty()) return false;
  AddOperator(
      std::move(key), match->end,
      match->meaning.kind == MeaningKind::kSuperlative && match->meaning.ranks == Ranks::kSubject);
  return true;
}

void Cutter::TakeNumberOrWord() {
  const Token& token = out_.tokens[at_];
  TaughtPart part;
  if (const std::optional<double> number = NumberAt(out_.tokens, at_)) {
    part.kind = TaughtPart::Kind::kNumber;
    part.number = *number;
  } else {
    part.forms = BaseForms(token.lower);
  }
  AddPart(std::move(part), at_ + 1);
}

void Cutter::CutOne() {
  const Token& token = out_.tokens[at_];
  if (taken_[at_].first != 0) {
    TaughtPart part;
    part.kind = TaughtPart::Kind::kValue;
    part.literal = taken_[at_].second;
    return AddPart(std::move(part), taken_[at_].first);
  }
  if (TakeTime()) return;
  const bool opens = IsLead() || (at_ > 0 && out_.tokens[at_ - 1].lower == ",");
  const bool asks = IsIn(kRequestNouns, token.lower) && at_ + 1 < out_.tokens.size() &&
                    IsIn(kArticles, out_.tokens[at_ + 1].lower);
  const bool courtesy = opens && (asks || IsIn(kCourtesy, token.lower));
  const bool how = at_ > 0 && at_ + 1 < out_.tokens.size() && out_.tokens[at_ - 1].lower == "how" &&
                   IsIn(kHowAdjectives, token.lower) && IsIn(kCopulas, out_.tokens[at_ + 1].lower);
  const bool counts = token.lower == "how" && TakePhrase();  // "how many"
  if (counts) return;
  if (token.kind == TokenKind::kWord && (courtesy || how || IsIn(kSilent, token.lower))) {
    copula_ = copula_ || IsIn(kCopulas, token.lower);
    preposition_ = preposition_ || token.lower == "having";
    ++at_;
    return;
  }
  if (token.kind != TokenKind::kQuoted && (TakePhrase() || TakeGrain())) return;
  if (token.kind == TokenKind::kSymbol) {
    ++at_;
    return;
  }
  TakeNumberOrWord();
}

void Cutter::Cut() {
  while (at_ < out_.tokens.size()) CutOne();
}

// "top 5 products by revenue" ranks by what stands behind "by", which is no group then.
void Cutter::MergeTopBy() {
  for (Pending& top : pending_) {
    if (!top.is_subject) continue;
    const auto by = std::find_if(pending_.begin(), pending_.end(), [&](const Pending& other) {
      return other.key == "each" && other.before > top.before;
    });
    if (by == pending_.end()) return;
    top.before = by->before;
    top.end = by->end;
    top.is_merged = true;
    pending_.erase(by);
    return;
  }
}

// The last of the words that follow each other without a gap, the noun of a noun phrase. Values may
// stand before it.
std::size_t Cutter::EndOfRun(std::size_t part) const {
  const std::vector<TaughtPart>& parts = out_.parts;
  const auto names = [](const TaughtPart& one) {
    return one.kind == TaughtPart::Kind::kWord || one.kind == TaughtPart::Kind::kValue;
  };
  while (part + 1 < parts.size() && names(parts[part]) &&
         parts[part + 1].kind == TaughtPart::Kind::kWord &&
         parts[part].end == parts[part + 1].begin &&
         !IsVerb(out_.tokens[parts[part + 1].begin].lower)) {
    ++part;
  }
  return part;
}

std::size_t Cutter::TargetOf(const Pending& pending) const {
  const std::vector<TaughtPart>& parts = out_.parts;
  const bool focus = IsFocus(pending.key) || pending.key == "distinct";
  const auto ranks_grains = [&](const Pending& other) {  // "hottest day"
    return other.begin == pending.end && IsGrain(other.key);
  };
  if (IsGrain(pending.key)) return kNoPart;
  if (std::any_of(pending_.begin(), pending_.end(), ranks_grains)) return kNoPart;
  if (pending.before < parts.size()) {
    const TaughtPart& next = parts[pending.before];
    const bool names =
        next.kind == TaughtPart::Kind::kWord || next.kind == TaughtPart::Kind::kValue;
    // "5 busiest", "the 3 largest": the number is no more than how many.
    if (!focus || (names && (pending.is_merged || !next.is_prepositional || pending.before == 0))) {
      return focus ? EndOfRun(pending.before) : pending.before;
    }
    if (next.kind == TaughtPart::Kind::kNumber && pending.before + 1 < parts.size() &&
        next.begin == pending.end) {
      return EndOfRun(pending.before + 1);
    }
  }
  if (pending.after_copula && out_.head != kNoPart) return out_.head;
  for (std::size_t part = pending.before; part > 0; --part) {
    if (parts[part - 1].kind == TaughtPart::Kind::kWord) return part - 1;
  }
  return pending.before < parts.size() ? pending.before : kNoPart;
}

void Cutter::FindHead() {
  for (std::size_t part = 0; part < out_.parts.size() && out_.head == kNoPart; ++part) {
    const bool leads =
        out_.parts[part].kind == TaughtPart::Kind::kWord && !out_.parts[part].is_prepositional;
    if (leads) out_.head = EndOfRun(part);
  }
}

void Cutter::Point() {
  FindHead();
  MergeTopBy();
  for (const Pending& pending : pending_) {
    out_.operators.push_back({pending.key, TargetOf(pending), pending.before});
    out_.has_focus = out_.has_focus || IsFocus(pending.key);
  }
}

}  // namespace

Result<TaughtParts> PartsOf(std::string_view question, const std::vector<std::string>& literals,
                            const DateTime& now) {
  TaughtParts out;
  out.question = question;
  LOUPE_ASSIGN_OR_RETURN(out.tokens, Tokenize(question));
  Cutter cutter(&out, now);
  cutter.TakeLiterals(literals);
  cutter.Cut();
  cutter.Point();
  return out;
}

}  // namespace loupe::ask

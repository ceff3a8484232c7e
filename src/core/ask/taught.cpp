#include "core/ask/taught.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <utility>

#include "core/ask/thesaurus.hpp"
#include "core/base/number_format.hpp"
#include "core/base/utf8.hpp"
#include "core/sql/printer.hpp"

namespace loupe::ask {
namespace {

using Kind = TaughtPart::Kind;

constexpr double kSynonymWeight = 0.8;  // from here on words may stand for each other

// What words name in the model: entities with their dimensions. -1 is the entity itself, which its
// key stands for. Read when the first word is asked for, since most questions need none.
class ModelNames {
 public:
  using Named = std::vector<std::pair<int, int>>;

  explicit ModelNames(const semantic::Model& model) : model_(model) {}

  [[nodiscard]] const semantic::Model& model() const { return model_; }

  Named Of(const std::vector<std::string>& forms) {
    if (!is_read_) Read();
    Named named;
    for (const std::string& form : forms) {
      const auto found = names_.find(form);
      if (found != names_.end())
        named.insert(named.end(), found->second.begin(), found->second.end());
    }
    return named;
  }

 private:
  void Add(const std::string& name, int entity, int dimension) {
    for (std::string& form : BaseForms(AsciiLower(name))) {
      names_[std::move(form)].emplace_back(entity, dimension);
    }
  }

  void Add(const std::string& name, const semantic::Labels& labels, int entity, int dimension) {
    Add(name, entity, dimension);
    if (!labels.title.empty()) Add(labels.title, entity, dimension);
    for (const std::string& synonym : labels.synonyms) Add(synonym, entity, dimension);
  }

  void Read() {
    is_read_ = true;
    for (std::size_t e = 0; e < model_.entities.size(); ++e) {
      const semantic::Entity& entity = model_.entities[e];
      const int at = static_cast<int>(e);
      Add(entity.name, entity.labels, at, -1);
      for (std::size_t d = 0; d < entity.dimensions.size(); ++d) {
        const semantic::Dimension& dimension = entity.dimensions[d];
        const bool is_key =
            entity.primary_key.size() == 1 && entity.primary_key.front() == dimension.column;
        Add(dimension.name, dimension.labels, at, is_key ? -1 : static_cast<int>(d));
      }
    }
  }

  const semantic::Model& model_;
  std::map<std::string, Named> names_;
  bool is_read_ = false;
};

bool HasCommon(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& form) {
    return std::find(b.begin(), b.end(), form) != b.end();
  });
}

// Words that mean the same here. Two that name different things of the model never do, whatever
// the thesaurus says: "price" and "cost" where there are both.
bool AreSynonyms(const TaughtPart& a, const TaughtPart& b, ModelNames* names) {
  const ModelNames::Named first = names->Of(a.forms);
  const ModelNames::Named second = names->Of(b.forms);
  if (!first.empty() && !second.empty()) {
    return std::any_of(first.begin(), first.end(), [&](const auto& one) {
      return std::find(second.begin(), second.end(), one) != second.end();
    });
  }
  for (const std::string& form : a.forms) {
    for (const std::string& other : b.forms) {
      if (Relatedness(form, other) >= kSynonymWeight) return true;
    }
  }
  return false;
}

std::string Digits(double number) {
  NumberFormat format;
  format.type = 'f';
  format.precision = number == std::floor(number) ? 0 : 6;
  format.trim = true;
  return FormatNumber(format, number);
}

bool Equal(const std::optional<DateTime>& a, const std::optional<DateTime>& b) {
  return a.has_value() == b.has_value() && (!a || *a == *b);
}

bool Equal(const TimeRange& a, const TimeRange& b) {
  return Equal(a.from, b.from) && Equal(a.to, b.to) && a.month_of_year == b.month_of_year &&
         a.quarter_of_year == b.quarter_of_year && a.last_of_year == b.last_of_year;
}

bool Spans(const TimeRange& time, TimeUnit unit) {
  return time.from && time.to && Truncate(*time.from, unit) == *time.from &&
         Add(*time.from, unit, 1) == *time.to;
}

bool IsWhole(const std::optional<DateTime>& time, TimeUnit unit) {
  return !time || Truncate(*time, unit) == *time;
}

// Compares one question with one pattern.
class Comparer {
 public:
  Comparer(const TaughtPattern& pattern, const TaughtParts& asked, ModelNames* names,
           const ValueSource& values)
      : pattern_(pattern),
        taught_(pattern.parts),
        asked_(asked),
        names_(*names),
        values_(values),
        partner_(asked.parts.size(), kNoPart) {}

  std::optional<TaughtMatch> Compare();

 private:
  struct Span {
    std::size_t first = 0;  // parts of the question that was asked
    std::size_t last = 0;
    std::vector<ValueMatch> found;
  };

  bool PairWords();
  bool PairNumbers();
  bool PairTimes();
  bool PairValues();
  bool Assign(std::size_t from, std::size_t count);
  bool FillsSlot(std::size_t part, const Span& span, std::string* value) const;
  bool FitsColumn(const TaughtSlot& slot, const ValueMatch& match) const;
  bool TimeFits(std::size_t part, const TaughtPart& asked) const;
  bool OperatorsFit() const;
  bool HeadFits() const;
  std::size_t PartnerOf(std::size_t part, std::size_t first) const;
  bool IsFilled(std::size_t part) const;
  std::vector<Span> SpansOfRest() const;
  std::string TextOf(std::size_t first, std::size_t last) const;
  std::optional<std::string> Fill(const TaughtSlot& slot) const;
  std::vector<std::size_t> Of(const TaughtParts& parts, Kind kind) const;
  std::size_t AskedFor(std::size_t part) const;
  std::optional<TaughtMatch> Finish() const;

  const TaughtPattern& pattern_;
  const TaughtParts& taught_;
  const TaughtParts& asked_;
  ModelNames& names_;
  const ValueSource& values_;
  std::vector<std::size_t> partner_;            // of the asked parts: the taught ones
  std::map<std::size_t, std::string> filling_;  // values by the taught part
  std::vector<Span> spans_;
  std::size_t synonyms_ = 0;
  std::size_t tries_ = 0;
};

std::vector<std::size_t> Comparer::Of(const TaughtParts& parts, Kind kind) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < parts.parts.size(); ++i) {
    if (parts.parts[i].kind == kind) found.push_back(i);
  }
  return found;
}

bool Comparer::IsFilled(std::size_t part) const {
  return std::any_of(pattern_.slots.begin(), pattern_.slots.end(),
                     [&](const TaughtSlot& slot) { return slot.part == part; });
}

// Every word that was taught has to be there: as it is first, then as a synonym.
bool Comparer::PairWords() {
  std::vector<std::size_t> open;
  for (const std::size_t word : Of(taught_, Kind::kWord)) {
    bool found = false;
    for (std::size_t i = 0; i < asked_.parts.size() && !found; ++i) {
      const TaughtPart& part = asked_.parts[i];
      found = part.kind == Kind::kWord && partner_[i] == kNoPart &&
              HasCommon(part.forms, taught_.parts[word].forms);
      if (found) partner_[i] = word;
    }
    if (!found) open.push_back(word);
  }
  for (const std::size_t word : open) {
    bool found = false;
    for (std::size_t i = 0; i < asked_.parts.size() && !found; ++i) {
      const TaughtPart& part = asked_.parts[i];
      found = part.kind == Kind::kWord && partner_[i] == kNoPart &&
              AreSynonyms(part, taught_.parts[word], &names_);
      if (found) partner_[i] = word;
    }
    if (!found) return false;
    ++synonyms_;
  }
  return true;
}

bool Comparer::PairNumbers() {
  const std::vector<std::size_t> taught = Of(taught_, Kind::kNumber);
  std::vector<std::size_t> asked = Of(asked_, Kind::kNumber);
  // A bare number may be a year or not.
  const std::size_t times = Of(taught_, Kind::kTime).size();
  std::vector<std::size_t> dated = Of(asked_, Kind::kTime);
  for (const std::size_t part : dated) {
    const bool surplus = asked.size() < taught.size() && asked_.parts[part].is_bare &&
                         dated.size() - (taught.size() - asked.size()) >= times;
    if (surplus) asked.push_back(part);
  }
  std::sort(asked.begin(), asked.end());
  if (asked.size() != taught.size()) return false;
  for (std::size_t i = 0; i < taught.size(); ++i) {
    const double number = asked_.parts[asked[i]].number;
    if (!IsFilled(taught[i]) && number != taught_.parts[taught[i]].number) return false;
    partner_[asked[i]] = taught[i];
  }
  return true;
}

// Tells whether the literals that stand for the taught time can say the time that is asked for.
bool Comparer::TimeFits(std::size_t part, const TaughtPart& asked) const {
  const TimeRange& was = taught_.parts[part].time;
  const TimeRange& now = asked.time;
  const auto has = [&](SlotRole role) {
    return std::any_of(pattern_.slots.begin(), pattern_.slots.end(), [&](const TaughtSlot& slot) {
      return slot.part == part && slot.role == role;
    });
  };
  if (!IsFilled(part)) return Equal(was, now);
  if (was.from.has_value() != now.from.has_value() || was.to.has_value() != now.to.has_value()) {
    return false;
  }
  if (!IsWhole(now.from, TimeUnit::kDay) || !IsWhole(now.to, TimeUnit::kDay)) return false;
  const bool ends = has(SlotRole::kTo) || has(SlotRole::kLastDay);
  const bool by_year = has(SlotRole::kFromYear) || has(SlotRole::kToYear);
  if (!was.from || !was.to) {
    if (!by_year) return was.from ? has(SlotRole::kFrom) : ends;
    return IsWhole(now.from, TimeUnit::kYear) && IsWhole(now.to, TimeUnit::kYear);
  }
  if (by_year && has(SlotRole::kMonth)) return Spans(now, TimeUnit::kMonth);
  if (by_year && has(SlotRole::kQuarter)) return Spans(now, TimeUnit::kQuarter);
  if (by_year) return Spans(was, TimeUnit::kYear) && Spans(now, TimeUnit::kYear);
  if (has(SlotRole::kFrom) && ends) return true;
  if (has(SlotRole::kFrom)) return Spans(was, TimeUnit::kDay) && Spans(now, TimeUnit::kDay);
  return Equal(was, now);
}

bool Comparer::PairTimes() {
  const std::vector<std::size_t> taught = Of(taught_, Kind::kTime);
  std::vector<std::size_t> asked;
  for (const std::size_t part : Of(asked_, Kind::kTime)) {
    if (partner_[part] == kNoPart) asked.push_back(part);
  }
  if (asked.size() != taught.size()) return false;
  for (std::size_t i = 0; i < taught.size(); ++i) {
    if (!TimeFits(taught[i], asked_.parts[asked[i]])) return false;
    partner_[asked[i]] = taught[i];
  }
  return true;
}

std::string Comparer::TextOf(std::size_t first, std::size_t last) const {
  const Token& begin = asked_.tokens[asked_.parts[first].begin];
  const Token& end = asked_.tokens[asked_.parts[last].end - 1];
  if (first == last && begin.kind == TokenKind::kQuoted) return begin.text;
  return asked_.question.substr(begin.begin, end.end - begin.begin);
}

// All pieces of what is left that may be a value, each with the values that it is.
std::vector<Comparer::Span> Comparer::SpansOfRest() const {
  std::vector<Span> spans;
  std::vector<std::string> candidates;
  std::vector<std::size_t> span_of;
  for (std::size_t first = 0; first < asked_.parts.size(); ++first) {
    for (std::size_t last = first; last < asked_.parts.size() && partner_[last] == kNoPart;
         ++last) {
      const std::size_t words = asked_.parts[last].end - asked_.parts[first].begin;
      if (words > kMaxValueWords + 1 || candidates.size() + 2 > kMaxValueCandidates) break;
      const std::string text = TextOf(first, last);
      spans.push_back({first, last, {}});
      for (const std::string& candidate : {text, text + "."}) {
        candidates.push_back(candidate);
        span_of.push_back(spans.size() - 1);
      }
    }
  }
  for (ValueMatch& match : values_.Lookup(candidates)) {
    if (match.candidate < span_of.size()) {
      spans[span_of[match.candidate]].found.push_back(std::move(match));
    }
  }
  return spans;
}

bool Comparer::FitsColumn(const TaughtSlot& slot, const ValueMatch& match) const {
  const semantic::Entity* entity = names_.model().FindEntity(match.entity);
  const semantic::Dimension* dimension =
      entity == nullptr ? nullptr : entity->FindDimension(match.dimension);
  if (dimension == nullptr || dimension->column != slot.column) return false;
  return std::find(slot.tables.begin(), slot.tables.end(), entity->table) != slot.tables.end();
}

// The value has to be one of every column that the part is compared with; of several spellings the
// one that was written counts.
bool Comparer::FillsSlot(std::size_t part, const Span& span, std::string* value) const {
  const std::string text = TextOf(span.first, span.last);
  std::vector<std::string> spellings;
  for (const TaughtSlot& slot : pattern_.slots) {
    if (slot.part != part) continue;
    std::vector<std::string> fitting;
    for (const ValueMatch& match : span.found) {
      if (FitsColumn(slot, match)) fitting.push_back(match.value);
    }
    if (fitting.empty()) return false;
    std::sort(fitting.begin(), fitting.end());
    fitting.erase(std::unique(fitting.begin(), fitting.end()), fitting.end());
    spellings = fitting;
  }
  const auto exact = std::find(spellings.begin(), spellings.end(), text);
  if (exact == spellings.end() && spellings.size() != 1) return false;
  *value = exact == spellings.end() ? spellings.front() : *exact;
  return true;
}

// Gives the parts that are left, from `from` on, to the `count` slots that are left.
bool Comparer::Assign(std::size_t from, std::size_t count) {
  while (from < asked_.parts.size() && partner_[from] != kNoPart) ++from;
  if (from == asked_.parts.size()) return count == 0 && OperatorsFit();
  if (count == 0 || ++tries_ > kMaxTaughtTries) return false;
  for (const std::size_t part : Of(taught_, Kind::kValue)) {
    if (filling_.count(part) > 0) continue;
    for (const Span& span : spans_) {
      std::string value;
      if (span.first != from || !FillsSlot(part, span, &value)) continue;
      std::fill(partner_.begin() + from, partner_.begin() + span.last + 1, part);
      filling_[part] = value;
      if (Assign(span.last + 1, count - 1)) return true;
      filling_.erase(part);
      std::fill(partner_.begin() + from, partner_.begin() + span.last + 1, kNoPart);
    }
  }
  return false;
}

bool Comparer::PairValues() {
  const std::size_t slots = Of(taught_, Kind::kValue).size();
  std::size_t rest = 0;
  for (const std::size_t partner : partner_) rest += partner == kNoPart ? 1 : 0;
  if (slots > kMaxTaughtSlots || rest < slots || (slots == 0 && rest > 0)) return false;
  if (slots > 0) spans_ = SpansOfRest();
  return Assign(0, slots);
}

// The operators are equal when they point at parts that stand for each other.
bool Comparer::OperatorsFit() const {
  std::vector<std::pair<std::string, std::size_t>> was;
  std::vector<std::pair<std::string, std::size_t>> now;
  // "by" before a value says who did it, which needs no word: "planes used by Acme".
  const auto add = [&](const std::string& key, std::size_t target, auto* list) {
    const bool agent =
        key == "each" && target != kNoPart && taught_.parts[target].kind == Kind::kValue;
    if (!agent) list->emplace_back(key, target);
  };
  for (const TaughtOperator& one : taught_.operators) add(one.key, one.target, &was);
  for (const TaughtOperator& one : asked_.operators) {
    add(one.key, PartnerOf(one.target, one.first), &now);
  }
  std::sort(was.begin(), was.end());
  std::sort(now.begin(), now.end());
  return was == now && HeadFits();
}

// What a part that was asked stands for. A value at the end of a noun phrase is none of its words:
// "the store Acme".
std::size_t Comparer::PartnerOf(std::size_t part, std::size_t first) const {
  if (part == kNoPart) return kNoPart;
  while (part > first && taught_.parts[partner_[part]].kind == Kind::kValue &&
         asked_.parts[part - 1].end == asked_.parts[part].begin) {
    --part;
  }
  return partner_[part];
}

bool Comparer::HeadFits() const {
  if (taught_.has_focus || asked_.has_focus) return true;
  if (taught_.head == kNoPart || asked_.head == kNoPart) return true;
  return PartnerOf(asked_.head, 0) == taught_.head;
}

std::size_t Comparer::AskedFor(std::size_t part) const {
  return static_cast<std::size_t>(std::find(partner_.begin(), partner_.end(), part) -
                                  partner_.begin());
}

// The literal that a slot gets; none when the part cannot be one.
std::optional<std::string> Comparer::Fill(const TaughtSlot& slot) const {
  const auto value = filling_.find(slot.part);
  if (slot.role == SlotRole::kText) return sql::QuoteLiteral(value->second);
  const TaughtPart& part = asked_.parts[AskedFor(slot.part)];
  const TimeRange& time = part.time;
  switch (slot.role) {
    case SlotRole::kCount:
      if (part.number < 1 || part.number != std::floor(part.number)) return std::nullopt;
      return Digits(part.number);
    case SlotRole::kNumber:
      return Digits(part.number);
    case SlotRole::kFrom:
      return sql::QuoteLiteral(FormatDate(*time.from));
    case SlotRole::kTo:
      return sql::QuoteLiteral(FormatDate(*time.to));
    case SlotRole::kLastDay:
      return sql::QuoteLiteral(FormatDate(Add(*time.to, TimeUnit::kDay, -1)));
    case SlotRole::kFromYear:
      return std::to_string(time.from->year + slot.offset);
    case SlotRole::kToYear:
      return std::to_string(time.to->year + slot.offset);
    case SlotRole::kMonth:
      return std::to_string(time.from->month);
    default:
      return std::to_string((time.from->month + 2) / 3);
  }
}

std::optional<TaughtMatch> Comparer::Finish() const {
  TaughtMatch match;
  match.synonyms = synonyms_;
  if (pattern_.slots.empty()) {
    match.sql = pattern_.sql;
    return match;
  }
  semantic::SqlTokens tokens = pattern_.tokens;
  std::vector<std::size_t> told;
  for (const TaughtSlot& slot : pattern_.slots) {
    const std::optional<std::string> literal = Fill(slot);
    if (!literal) return std::nullopt;
    const bool is_new = tokens[slot.token].text != *literal;
    tokens[slot.token].text = *literal;
    if (!is_new || std::find(told.begin(), told.end(), slot.part) != told.end()) continue;
    told.push_back(slot.part);
    const TaughtPart& was = taught_.parts[slot.part];
    const Token& begin = taught_.tokens[was.begin];
    const std::size_t now = AskedFor(slot.part);
    std::size_t last = now;
    while (last + 1 < partner_.size() && partner_[last + 1] == slot.part) ++last;
    match.changes.push_back(
        TextOf(now, last) + " for " +
        taught_.question.substr(begin.begin, taught_.tokens[was.end - 1].end - begin.begin));
  }
  match.sql = semantic::PrintSql(tokens);
  return match;
}

std::optional<TaughtMatch> Comparer::Compare() {
  const bool paired = PairWords() && PairNumbers() && PairTimes() && PairValues();
  return paired ? Finish() : std::nullopt;
}

}  // namespace

std::vector<std::string> KeysOf(const TaughtParts& parts) {
  std::vector<std::string> keys;
  for (const TaughtOperator& one : parts.operators) {
    if (one.key != "each") keys.push_back(one.key);
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

Result<std::optional<TaughtMatch>> MatchTaught(std::string_view question,
                                               const std::vector<const TaughtPattern*>& patterns,
                                               const semantic::Model& model,
                                               const ValueSource& values, const DateTime& now) {
  LOUPE_ASSIGN_OR_RETURN(const TaughtParts asked, PartsOf(question, {}, now));
  const std::vector<std::string> keys = KeysOf(asked);
  ModelNames names(model);
  std::optional<TaughtMatch> best;
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    const bool may_fit =
        patterns[i]->keys == keys && patterns[i]->parts.parts.size() <= asked.parts.size();
    if (!may_fit) continue;
    std::optional<TaughtMatch> match = Comparer(*patterns[i], asked, &names, values).Compare();
    if (!match || (best && best->synonyms <= match->synonyms)) continue;
    best = std::move(match);
    best->pattern = i;
  }
  return best;
}

}  // namespace loupe::ask

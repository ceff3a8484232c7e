#include "core/ask/outline_walker.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/gradable.hpp"
#include "core/ask/stem.hpp"

namespace loupe::ask {

namespace {

constexpr double kEntityTie = 0.1;  // an entity this much behind a column still counts as named
constexpr std::size_t kMostCodeLetters = 4;
constexpr double kSureColumn = 0.9;      // of what two words side by side may both name
constexpr double kCompoundScore = 0.95;  // of two columns side by side the first is passed over
constexpr double kVerbEntity = 0.7;      // below it an entity is only named by a verb: "ordered"

}  // namespace

MeaningKind OutlineWalker::KindAt(std::size_t at) const {
  return at < segments_.size() ? segments_[at].meanings.front().kind : MeaningKind::kPause;
}

std::string OutlineWalker::TextAt(std::size_t at) const {
  std::string text;
  if (at >= segments_.size()) return text;
  for (std::size_t t = segments_[at].begin; t < segments_[at].end; ++t) {
    text += (text.empty() ? "" : " ") + tokens_[t].lower;
  }
  return text;
}

bool OutlineWalker::IsLiteralAt(std::size_t at) const {
  const MeaningKind kind = KindAt(at);
  return kind == MeaningKind::kNumber || kind == MeaningKind::kText || kind == MeaningKind::kValue;
}

bool OutlineWalker::IsLiteral(const Segment& segment) {
  const MeaningKind kind = segment.meanings.front().kind;
  return kind == MeaningKind::kNumber || kind == MeaningKind::kText || kind == MeaningKind::kValue;
}

std::size_t OutlineWalker::SkipNeutral(std::size_t at) const {
  while (at < segments_.size() && KindAt(at) == MeaningKind::kNeutral) ++at;
  return at;
}

double OutlineWalker::BestOf(const Segment& segment, bool entity) {
  double best = 0;
  for (const Meaning& meaning : segment.meanings) {
    if ((meaning.kind == MeaningKind::kEntity) == entity) best = std::max(best, meaning.weight);
  }
  return best;
}

bool OutlineWalker::NamesEntity(const NounPhrase& phrase) {
  if (phrase.empty()) return false;
  const Segment& head = *phrase.parts.back();
  const double entity = BestOf(head, true);
  return entity > 0 && entity + kEntityTie >= BestOf(head, false);
}

bool OutlineWalker::NamesColumn(const NounPhrase& phrase) {
  if (phrase.empty()) return false;
  return std::any_of(phrase.parts.back()->meanings.begin(), phrase.parts.back()->meanings.end(),
                     [](const Meaning& meaning) {
                       return meaning.kind == MeaningKind::kDimension ||
                              meaning.kind == MeaningKind::kMeasure ||
                              meaning.kind == MeaningKind::kQuantity;
                     });
}

bool OutlineWalker::NamesTruth(const NounPhrase& phrase) {
  return !phrase.empty() && phrase.parts.back()->meanings.front().truth;
}

bool OutlineWalker::NamesTime(const NounPhrase& phrase) {
  if (phrase.empty()) return false;
  const std::vector<Meaning>& meanings = phrase.parts.back()->meanings;
  return std::any_of(meanings.begin(), meanings.end(),
                     [](const Meaning& meaning) { return meaning.temporal; });
}

bool OutlineWalker::HasLiteral(const NounPhrase& phrase) {
  return std::any_of(phrase.parts.begin(), phrase.parts.end(),
                     [](const Segment* part) { return IsLiteral(*part); });
}

bool OutlineWalker::AtSentenceStart() const {
  std::size_t at = at_;
  while (at > 0 && KindAt(at - 1) == MeaningKind::kNeutral) --at;
  return at == 0 || KindAt(at - 1) == MeaningKind::kPause;
}

bool OutlineWalker::IsCopula(const std::string& text) {
  static constexpr std::string_view kCopulas[] = {"is",    "are", "was",   "were",   "be",
                                                  "being", "as",  "named", "called", "titled",
                                                  "the",   "a",   "either"};
  return std::find(std::begin(kCopulas), std::end(kCopulas), text) != std::end(kCopulas);
}

// Whether what stands at `at` continues the phrase that ends before it.
std::size_t OutlineWalker::ContinuesAt(std::size_t at, const NounPhrase& phrase) const {
  if (phrase.empty()) return at;
  const bool term = IsTermAt(at) || KindAt(at) == MeaningKind::kNumber;
  if (term) return CanFollow(at, phrase) ? at : segments_.size();
  std::size_t next = at;
  while ((KindAt(next) == MeaningKind::kNeutral && IsCopula(TextAt(next))) ||
         (KindAt(next) == MeaningKind::kNegation && TextAt(next) == "not" && next > at &&
          BestOf(*phrase.parts.back(), true) == 0)) {
    ++next;
  }
  const bool copula = next > at;
  // "what country is X affiliated with": X is another thing.
  if (copula && zone_ == Zone::kOutput && !IsNamingAt(next - 1)) return segments_.size();
  if (!copula && KindAt(next) == MeaningKind::kOf) {
    next = SkipNeutral(next + 1);
    const bool asked = zone_ == Zone::kOutput && KindAt(next) != MeaningKind::kNumber;
    if (asked) return segments_.size();  // "the price of Red Kite"
  }
  if (next == at || !IsLiteralAt(next) || HasLiteral(phrase) || IsMixed(next)) {
    return segments_.size();
  }
  const MeaningKind after = KindAt(next + 1);
  if (KindAt(next) == MeaningKind::kNumber && IsTermKind(after)) return segments_.size();
  return next;
}

bool OutlineWalker::IsNamingAt(std::size_t at) const {
  const std::string text = TextAt(at);
  return text == "named" || text == "called" || text == "titled" || text == "as";
}

// A value that is as well a name of the model.
bool OutlineWalker::IsMixed(std::size_t at) const {
  return std::any_of(segments_[at].meanings.begin(), segments_[at].meanings.end(),
                     [](const Meaning& meaning) {
                       return IsTermKind(meaning.kind) && meaning.kind != MeaningKind::kValue &&
                              meaning.kind != MeaningKind::kText && meaning.weight > 0.6;
                     });
}

// "describing content", both for the description.
bool OutlineWalker::SharesColumn(const Segment& one, const Segment& other) {
  const auto is_best = [](const Segment& segment, const Meaning& meaning) {
    return meaning.weight >= segment.meanings.front().weight;
  };
  return std::any_of(one.meanings.begin(), one.meanings.end(), [&](const Meaning& a) {
    return a.entity >= 0 && is_best(one, a) &&
           std::any_of(other.meanings.begin(), other.meanings.end(), [&](const Meaning& b) {
             return b.kind == a.kind && b.entity == a.entity && b.member == a.member &&
                    is_best(other, b);
           });
  });
}

// "population density": two numbers of one thing, of which the first only says what the second is
// of.
bool OutlineWalker::IsCompound(const Segment& one, const Segment& other) const {
  const auto is_number = [](const Meaning& meaning) {
    return meaning.kind == MeaningKind::kQuantity && meaning.weight >= kSureColumn;
  };
  const bool alike = BestOf(one, true) == 0 && BestOf(other, true) == 0 && one.end == other.begin &&
                     !IsPlural(tokens_[one.end - 1].lower) && !SharesColumn(one, other);
  return alike && std::any_of(one.meanings.begin(), one.meanings.end(), [&](const Meaning& a) {
           return is_number(a) &&
                  std::any_of(other.meanings.begin(), other.meanings.end(), [&](const Meaning& b) {
                    return is_number(b) && a.entity == b.entity;
                  });
         });
}

bool OutlineWalker::CanFollow(std::size_t at, const NounPhrase& phrase) const {
  if (KindAt(at) != MeaningKind::kNumber) {
    // Two columns are two phrases, as are a column of many and what follows it.
    const Segment& last = *phrase.parts.back();
    const bool column = !IsLiteral(last) && BestOf(last, true) == 0;
    const bool literal = IsLiteralAt(at) && !IsMixed(at);
    const bool plural = IsPlural(tokens_[last.end - 1].lower);
    return literal || !column || (BestOf(segments_[at], true) > 0 && !plural) ||
           SharesColumn(last, segments_[at]) || IsCompound(last, segments_[at]);
  }
  return !HasLiteral(phrase) && !IsTermAt(at + 1) && KindAt(at + 1) != MeaningKind::kSuperlative &&
         !OrMoreAt(at + 1);
}

// "signed up in 2023": the column of the time that follows.
bool OutlineWalker::LeadsToTime(std::size_t at) const {
  std::size_t next = SkipNeutral(at + 1);
  if (KindAt(next) == MeaningKind::kIn || KindAt(next) == MeaningKind::kFrom) {
    next = SkipNeutral(next + 1);
  }
  if (KindAt(next) != MeaningKind::kTime) return false;
  return std::any_of(
             segments_[at].meanings.begin(), segments_[at].meanings.end(),
             [](const Meaning& meaning) { return meaning.temporal && meaning.weight >= 0.6; }) &&
         BestOf(segments_[at], true) < kVerbEntity;
}

NounPhrase OutlineWalker::ReadPhrase() {
  NounPhrase phrase;
  phrase.distinct = std::exchange(distinct_, false);
  while (at_ < segments_.size()) {
    const std::size_t next = ContinuesAt(at_, phrase);
    if (next >= segments_.size()) break;
    if (!phrase.empty() && LeadsToTime(next)) break;
    for (std::size_t i = at_; i < next; ++i) {
      phrase.negated = phrase.negated || KindAt(i) == MeaningKind::kNegation;
    }
    // "population density": of a compound, the last word.
    if (!phrase.empty() && next == at_ && IsCompound(*phrase.parts.back(), segments_[next])) {
      phrase.parts.pop_back();
      outline_.score *= kCompoundScore;
    }
    phrase.parts.push_back(&segments_[next]);
    at_ = next + 1;
  }
  if (!phrase.empty()) phrase.plural = IsPlural(tokens_[phrase.parts.back()->end - 1].lower);
  phrase.preposition = std::exchange(preposition_, MeaningKind::kNeutral);
  return phrase;
}

// The phrase that begins behind function words, if one does.
std::optional<NounPhrase> OutlineWalker::ReadPhraseAhead() {
  std::size_t at = at_;
  bool distinct = false;
  while (at < segments_.size() &&
         (KindAt(at) == MeaningKind::kNeutral || KindAt(at) == MeaningKind::kDistinct)) {
    distinct = distinct || KindAt(at) == MeaningKind::kDistinct;
    ++at;
  }
  const bool number = KindAt(at) == MeaningKind::kNumber && IsTermAt(at + 1);
  if (!IsTermAt(at) && !number) return std::nullopt;
  at_ = at;
  distinct_ = distinct_ || distinct;
  return ReadPhrase();
}

// "Chicago (ORD)": the code says the same, and exactly.
bool OutlineWalker::HasCodeBehind() const {
  const bool bracket =
      IsLiteralAt(at_) && TextAt(at_ + 1) == "(" && IsLiteralAt(at_ + 2) && TextAt(at_ + 3) == ")";
  if (!bracket || segments_[at_ + 2].end != segments_[at_ + 2].begin + 1) return false;
  const std::string& code = tokens_[segments_[at_ + 2].begin].text;
  return code.size() >= 2 && code.size() <= kMostCodeLetters &&
         std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void OutlineWalker::VisitPhrase() {
  if (HasCodeBehind()) at_ += 2;
  if (Kind() == MeaningKind::kNumber && VisitNumber()) return;
  const std::size_t start = at_;
  if (!outline_.outputs.empty() && LeadsToTime(at_)) {
    last_ = PhraseOf(at_);
    preposition_ = MeaningKind::kNeutral;
    counts_ = false;
    return Next();
  }
  NounPhrase phrase = ReadPhrase();
  if (phrase.empty()) {
    at_ = start + 1;
    return;
  }
  Place(std::move(phrase));
}

// "2 or more dogs", "5 largest", "20 years old"; false: an ordinary phrase.
bool OutlineWalker::VisitNumber() {
  const std::size_t next = SkipNeutral(at_ + 1);
  if (KindAt(next) == MeaningKind::kSuperlative) {
    limit_ = static_cast<std::int64_t>(Here().number);
    Next();
    return true;
  }
  const bool first_rows = zone_ == Zone::kOutput && outline_.outputs.empty() && !counts_ &&
                          aggregates_.empty() && !limit_ && IsTermAt(next) && !IsLiteralAt(next) &&
                          Here().number >= 1 && Here().number <= kMaxRankedRows;
  if (first_rows) {
    limit_ = static_cast<std::int64_t>(Here().number);
    Next();
    return true;
  }
  if (CountsAt(next)) {
    Predicate predicate = MakePredicate();
    predicate.comparison = Comparison::kEqual;
    predicate.literals.push_back(&segments_[at_]);
    at_ = next;
    FinishComparison(std::move(predicate), TakeLeft());
    return true;
  }
  if (KindAt(at_ + 1) == MeaningKind::kTo && KindAt(at_ + 2) == MeaningKind::kNumber) {
    Predicate predicate = MakePredicate();
    predicate.comparison = Comparison::kBetween;
    predicate.literals = {&segments_[at_], &segments_[at_ + 2]};
    at_ += 3;
    FinishComparison(std::move(predicate), TakeLeft());
    return true;
  }
  if (const auto comparison = OrMoreAt(at_ + 1)) {
    Predicate predicate = MakePredicate();
    predicate.comparison = *comparison;
    predicate.literals.push_back(&segments_[at_]);
    // "25 or older": the age.
    const auto measured = GradableOf(TextAt(at_ + 2));
    if (measured && measured->reach == Reach::kNamed) predicate.attributes = measured->attributes;
    at_ += 3;
    FinishComparison(std::move(predicate), TakeLeft());
    return true;
  }
  return false;
}

// "papers that have 1 keyphrase", "belong to 2 datasets": so many things, where they are no column.
bool OutlineWalker::CountsAt(std::size_t next) const {
  if (zone_ != Zone::kModifier || next != at_ + 1 || !IsTermAt(next) || IsLiteralAt(next)) {
    return false;
  }
  const bool leads = preposition_ == MeaningKind::kWith || preposition_ == MeaningKind::kTo ||
                     (at_ > 0 && IsPast(tokens_[segments_[at_].begin - 1]));
  return leads && BestOf(segments_[next], true) > BestOf(segments_[next], false) &&
         !IsTermAt(next + 1) && !IsLiteralAt(next + 1);
}

// "or more", "or after", "or fewer" behind a number.
std::optional<Comparison> OutlineWalker::OrMoreAt(std::size_t at) const {
  if (KindAt(at) != MeaningKind::kOr) return std::nullopt;
  const std::string word = TextAt(at + 1);
  for (const char* more : {"more", "above", "after", "later", "higher", "greater", "over", "older",
                           "larger", "longer", "bigger"}) {
    if (word == more) return Comparison::kGreaterOrEqual;
  }
  for (const char* less : {"less", "fewer", "below", "before", "earlier", "lower", "under",
                           "younger", "smaller", "shorter", "cheaper"}) {
    if (word == less) return Comparison::kLessOrEqual;
  }
  return std::nullopt;
}

}  // namespace loupe::ask

#include "core/ask/outline.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/stem.hpp"

namespace loupe::ask {
namespace {

using semantic::Aggregation;

constexpr double kEntityTie = 0.1;  // an entity this much behind a column still counts as named
constexpr std::int64_t kMaxLimit = 10'000;
constexpr double kVerbEntity = 0.7;  // below it an entity is only named by a verb: "ordered"

bool IsTermKind(MeaningKind kind) {
  return kind == MeaningKind::kEntity || kind == MeaningKind::kDimension ||
         kind == MeaningKind::kMeasure || kind == MeaningKind::kQuantity ||
         kind == MeaningKind::kValue || kind == MeaningKind::kText;
}

class Walker {
 public:
  Walker(const std::vector<Segment>& segments, const std::vector<Token>& tokens)
      : segments_(segments), tokens_(tokens) {}

  Outline Walk() {
    while (at_ < segments_.size() && outline_.failure.empty()) Step();
    FlushPending();
    MergeSentences();
    outline_.limit = limit_;
    return std::move(outline_);
  }

 private:
  enum class Zone { kOutput, kModifier, kGroup, kSort };

  // ---- looking around ----

  [[nodiscard]] MeaningKind KindAt(std::size_t at) const {
    return at < segments_.size() ? segments_[at].meanings.front().kind : MeaningKind::kPause;
  }
  [[nodiscard]] MeaningKind Kind() const { return KindAt(at_); }
  [[nodiscard]] const Meaning& Here() const { return segments_[at_].meanings.front(); }
  [[nodiscard]] std::string TextAt(std::size_t at) const {
    std::string text;
    if (at >= segments_.size()) return text;
    for (std::size_t t = segments_[at].begin; t < segments_[at].end; ++t) {
      text += (text.empty() ? "" : " ") + tokens_[t].lower;
    }
    return text;
  }
  [[nodiscard]] bool IsTermAt(std::size_t at) const { return IsTermKind(KindAt(at)); }
  [[nodiscard]] bool IsLiteralAt(std::size_t at) const {
    const MeaningKind kind = KindAt(at);
    return kind == MeaningKind::kNumber || kind == MeaningKind::kText ||
           kind == MeaningKind::kValue;
  }
  [[nodiscard]] static bool IsLiteral(const Segment& segment) {
    const MeaningKind kind = segment.meanings.front().kind;
    return kind == MeaningKind::kNumber || kind == MeaningKind::kText ||
           kind == MeaningKind::kValue;
  }
  [[nodiscard]] std::size_t SkipNeutral(std::size_t at) const {
    while (at < segments_.size() && KindAt(at) == MeaningKind::kNeutral) ++at;
    return at;
  }
  static double BestOf(const Segment& segment, bool entity) {
    double best = 0;
    for (const Meaning& meaning : segment.meanings) {
      if ((meaning.kind == MeaningKind::kEntity) == entity) best = std::max(best, meaning.weight);
    }
    return best;
  }
  static bool NamesEntity(const NounPhrase& phrase) {
    if (phrase.empty()) return false;
    const Segment& head = *phrase.parts.back();
    const double entity = BestOf(head, true);
    return entity > 0 && entity + kEntityTie >= BestOf(head, false);
  }
  static bool NamesColumn(const NounPhrase& phrase) {
    if (phrase.empty()) return false;
    return std::any_of(phrase.parts.back()->meanings.begin(), phrase.parts.back()->meanings.end(),
                       [](const Meaning& meaning) {
                         return meaning.kind == MeaningKind::kDimension ||
                                meaning.kind == MeaningKind::kMeasure ||
                                meaning.kind == MeaningKind::kQuantity;
                       });
  }
  static bool NamesTime(const NounPhrase& phrase) {
    if (phrase.empty()) return false;
    const std::vector<Meaning>& meanings = phrase.parts.back()->meanings;
    return std::any_of(meanings.begin(), meanings.end(),
                       [](const Meaning& meaning) { return meaning.temporal; });
  }
  static bool HasLiteral(const NounPhrase& phrase) {
    return std::any_of(phrase.parts.begin(), phrase.parts.end(),
                       [](const Segment* part) { return IsLiteral(*part); });
  }
  [[nodiscard]] bool AtSentenceStart() const {
    std::size_t at = at_;
    while (at > 0 && KindAt(at - 1) == MeaningKind::kNeutral) --at;
    return at == 0 || KindAt(at - 1) == MeaningKind::kPause;
  }

  // ---- one step ----

  void Step() {
    switch (Kind()) {
      case MeaningKind::kUnknown:
        return VisitUnknown();
      case MeaningKind::kPause:
        return EndSentence();
      case MeaningKind::kList:
        StartOutputs();
        return Next();
      case MeaningKind::kWhich:
        return VisitWhich();
      case MeaningKind::kWho:
        return VisitWho();
      case MeaningKind::kWhen:
        outline_.when = outline_.when || AtSentenceStart();
        return Next();
      case MeaningKind::kThat:
      case MeaningKind::kWith:
        return VisitRelative();
      case MeaningKind::kCount:
        return VisitCount();
      case MeaningKind::kAggregate:
        if (IsExtremeOfNumber()) return VisitSuperlative();
        aggregates_.push_back(Here().aggregation);
        if (zone_ == Zone::kModifier && IsFreshOutput()) zone_ = Zone::kOutput;
        return Next();
      case MeaningKind::kDistinct:
        distinct_ = true;
        return Next();
      case MeaningKind::kShare:
        outline_.share = true;
        return Next();
      case MeaningKind::kEach:
        FlushPending();
        zone_ = Zone::kGroup;
        return Next();
      case MeaningKind::kBy:
      case MeaningKind::kOf:
      case MeaningKind::kFrom:
      case MeaningKind::kTo:
      case MeaningKind::kIn:
        return VisitPreposition();
      case MeaningKind::kAnd:
      case MeaningKind::kComma:
      case MeaningKind::kOr:
        return VisitConnective();
      case MeaningKind::kBoth:
        return VisitBoth();
      case MeaningKind::kSort:
        FlushPending();
        CloseNested();
        zone_ = Zone::kSort;
        sort_open_ = false;
        return Next();
      case MeaningKind::kDirection:
        return VisitDirection();
      case MeaningKind::kComparison:
        return VisitComparison({});
      case MeaningKind::kPattern:
        return VisitPattern(TakeLast());
      case MeaningKind::kSuperlative:
        return VisitSuperlative();
      case MeaningKind::kNegation:
        return VisitNegation();
      case MeaningKind::kExcept:
        OpenNested(Nested::Kind::kMinus);
        zone_ = Zone::kModifier;
        return Next();
      case MeaningKind::kTime:
        return VisitTime();
      case MeaningKind::kGrain:
        return VisitGrain();
      case MeaningKind::kNeutral:
        return Next();
      default:
        return VisitPhrase();
    }
  }

  void Next() { ++at_; }

  // "the maximum average delay" ranks by averages.
  [[nodiscard]] bool IsExtremeOfNumber() const {
    const bool extreme =
        Here().aggregation == Aggregation::kMax || Here().aggregation == Aggregation::kMin;
    const MeaningKind next = KindAt(SkipNeutral(at_ + 1));
    return extreme && zone_ == Zone::kModifier &&
           (next == MeaningKind::kAggregate || next == MeaningKind::kCount);
  }

  void VisitUnknown() {
    for (std::size_t t = segments_[at_].begin; t < segments_[at_].end; ++t) {
      outline_.unknown.push_back(tokens_[t].text);
    }
    Next();
  }

  void EndSentence() {
    FlushPending();
    CloseNested();
    zone_ = Zone::kOutput;
    accepts_output_ = true;
    connective_ = MeaningKind::kNeutral;
    if (!outline_.outputs.empty() && first_end_ == 0) first_end_ = outline_.outputs.size();
    last_.reset();
    preposition_ = MeaningKind::kNeutral;
    Next();
  }

  // "List …" in a second sentence tells what to show of what the first one asked for.
  void StartOutputs() {
    FlushPending();
    CloseNested();
    outline_.listing = outline_.listing || AtSentenceStart();
    if (AtSentenceStart() && !outline_.outputs.empty()) relisted_ = true;
    zone_ = Zone::kOutput;
    accepts_output_ = true;
    connective_ = MeaningKind::kNeutral;
  }

  void VisitWhich() {
    // "in which", "for which" relate; "and what is" asks on.
    const bool relative =
        at_ > 0 &&
        (preposition_ != MeaningKind::kNeutral ||
         (KindAt(at_ - 1) != MeaningKind::kNeutral && KindAt(at_ - 1) != MeaningKind::kPause &&
          KindAt(at_ - 1) != MeaningKind::kAnd && KindAt(at_ - 1) != MeaningKind::kComma &&
          KindAt(at_ - 1) != MeaningKind::kList));
    if (relative && !outline_.outputs.empty()) {
      zone_ = Zone::kModifier;
    } else {
      outline_.which = true;
      zone_ = Zone::kOutput;
      accepts_output_ = true;
    }
    connective_ = MeaningKind::kNeutral;
    Next();
  }

  void VisitWho() {
    FlushPending();
    if (outline_.outputs.empty() && outline_.mentions.empty()) outline_.who = true;
    zone_ = Zone::kModifier;
    connective_ = MeaningKind::kNeutral;
    Next();
  }

  void VisitRelative() {
    FlushPending();
    const bool asks = AtSentenceStart();
    if (!asks) zone_ = Zone::kModifier;
    if (Here().negated) {
      OpenNested(Nested::Kind::kExcluded);
    }
    preposition_ = MeaningKind::kWith;
    Next();
  }

  [[nodiscard]] bool IsFreshOutput() const {
    return connective_ == MeaningKind::kAnd || connective_ == MeaningKind::kComma;
  }

  void VisitCount() {
    const std::vector<Aggregation> waiting = aggregates_;
    FlushPending();
    aggregates_ = waiting;
    totals_ = TextAt(at_).find("total") != std::string::npos;
    counts_ = true;
    if (zone_ != Zone::kSort && preposition_ != MeaningKind::kWith) zone_ = Zone::kOutput;
    Next();
  }

  // "owned by", "produced by": who did it, and no group.
  [[nodiscard]] bool FollowsVerb() const {
    if (at_ == 0) return false;
    const std::string before = TextAt(at_ - 1);
    const auto ends = [&](std::string_view ending) {
      return before.size() > ending.size() + 2 &&
             before.compare(before.size() - ending.size(), ending.size(), ending) == 0;
    };
    return ends("ed") || ends("en") || before == "done" || before == "made" || before == "won" ||
           before == "held" || before == "sold";
  }

  void VisitPreposition() {
    const MeaningKind kind = Kind();
    // "average of the ages": the aggregate waits for its noun.
    if (counts_ || !aggregates_.empty()) return Next();
    preposition_ = kind == MeaningKind::kBy && FollowsVerb() ? MeaningKind::kIn : kind;
    const bool ranks = kind == MeaningKind::kBy && !outline_.superlatives.empty() &&
                       outline_.superlatives.back().ranks != Ranks::kCountOrNumber &&
                       outline_.superlatives.back().by.phrase.empty();
    if (ranks) {
      ranks_by_ = true;
      preposition_ = MeaningKind::kNeutral;
      return Next();
    }
    // "sort the shops by …": the shops are only named.
    if (zone_ == Zone::kSort && kind == MeaningKind::kBy && sort_open_) {
      for (SortBy& sort : outline_.order) outline_.mentions.push_back(std::move(sort.by.phrase));
      outline_.order.clear();
      sort_open_ = false;
    }
    if (zone_ == Zone::kOutput && !outline_.outputs.empty()) zone_ = Zone::kModifier;
    if (zone_ == Zone::kOutput && AtSentenceStart()) zone_ = Zone::kModifier;
    if (zone_ == Zone::kGroup && kind != MeaningKind::kOf && !outline_.groups.empty()) {
      zone_ = Zone::kModifier;
    }
    if (zone_ == Zone::kSort && sort_open_ && kind != MeaningKind::kBy) zone_ = Zone::kModifier;
    Next();
  }

  void VisitConnective() {
    connective_ = Kind();
    const std::string text = TextAt(at_);
    const bool adds = text == "as well as" || text == "along with" || text == "together with";
    if (adds && zone_ == Zone::kModifier && nested_ == 0) zone_ = Zone::kOutput;
    if (connective_ != MeaningKind::kOr && nested_ > 0) {
      const bool both = outline_.nested[nested_ - 1].kind == Nested::Kind::kBoth;
      if (both && connective_ == MeaningKind::kAnd && !both_done_) {
        OpenNested(Nested::Kind::kBoth);
        both_done_ = true;
      } else if (connective_ == MeaningKind::kAnd && !both) {
        CloseNested();
      }
    }
    Next();
  }

  void VisitBoth() {
    if (zone_ == Zone::kModifier) {
      OpenNested(Nested::Kind::kBoth);
      both_done_ = false;
    }
    Next();
  }

  void OpenNested(Nested::Kind kind) {
    FlushPending();
    outline_.nested.push_back({kind, {}});
    nested_ = static_cast<int>(outline_.nested.size());
  }
  void CloseNested() { nested_ = 0; }

  // ---- noun phrases ----

  static bool IsCopula(const std::string& text) {
    static constexpr std::string_view kCopulas[] = {"is",    "are", "was",   "were",   "be",
                                                    "being", "as",  "named", "called", "titled",
                                                    "the",   "a",   "either"};
    return std::find(std::begin(kCopulas), std::end(kCopulas), text) != std::end(kCopulas);
  }

  // Whether what stands at `at` continues the phrase that ends before it.
  [[nodiscard]] std::size_t ContinuesAt(std::size_t at, const NounPhrase& phrase) const {
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

  [[nodiscard]] bool IsNamingAt(std::size_t at) const {
    const std::string text = TextAt(at);
    return text == "named" || text == "called" || text == "titled" || text == "as";
  }

  // A value that is as well a name of the model.
  [[nodiscard]] bool IsMixed(std::size_t at) const {
    return std::any_of(segments_[at].meanings.begin(), segments_[at].meanings.end(),
                       [](const Meaning& meaning) {
                         return IsTermKind(meaning.kind) && meaning.kind != MeaningKind::kValue &&
                                meaning.kind != MeaningKind::kText && meaning.weight > 0.6;
                       });
  }

  [[nodiscard]] bool CanFollow(std::size_t at, const NounPhrase& phrase) const {
    if (KindAt(at) != MeaningKind::kNumber) {
      // Two columns are two phrases, as are a column of many and what follows it.
      const Segment& last = *phrase.parts.back();
      const bool column = !IsLiteral(last) && BestOf(last, true) == 0;
      const bool literal = IsLiteralAt(at) && !IsMixed(at);
      const bool plural = IsPlural(tokens_[last.end - 1].lower);
      return literal || !column || (BestOf(segments_[at], true) > 0 && !plural);
    }
    return !HasLiteral(phrase) && !IsTermAt(at + 1) && KindAt(at + 1) != MeaningKind::kSuperlative;
  }

  // "signed up in 2023": the column of the time that follows.
  [[nodiscard]] bool LeadsToTime(std::size_t at) const {
    std::size_t next = SkipNeutral(at + 1);
    if (KindAt(next) == MeaningKind::kIn || KindAt(next) == MeaningKind::kFrom) ++next;
    if (KindAt(next) != MeaningKind::kTime) return false;
    return std::any_of(
               segments_[at].meanings.begin(), segments_[at].meanings.end(),
               [](const Meaning& meaning) { return meaning.temporal && meaning.weight >= 0.6; }) &&
           BestOf(segments_[at], true) < kVerbEntity;
  }

  NounPhrase ReadPhrase() {
    NounPhrase phrase;
    phrase.distinct = std::exchange(distinct_, false);
    while (at_ < segments_.size()) {
      const std::size_t next = ContinuesAt(at_, phrase);
      if (next >= segments_.size()) break;
      if (!phrase.empty() && LeadsToTime(next)) break;
      for (std::size_t i = at_; i < next; ++i) {
        phrase.negated = phrase.negated || KindAt(i) == MeaningKind::kNegation;
      }
      phrase.parts.push_back(&segments_[next]);
      at_ = next + 1;
    }
    if (!phrase.empty()) phrase.plural = IsPlural(tokens_[phrase.parts.back()->end - 1].lower);
    phrase.preposition = std::exchange(preposition_, MeaningKind::kNeutral);
    return phrase;
  }

  // The phrase that begins behind function words, if one does.
  std::optional<NounPhrase> ReadPhraseAhead() {
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

  void VisitPhrase() {
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
  bool VisitNumber() {
    const std::size_t next = SkipNeutral(at_ + 1);
    if (KindAt(next) == MeaningKind::kSuperlative) {
      limit_ = static_cast<std::int64_t>(Here().number);
      Next();
      return true;
    }
    const bool first_rows = zone_ == Zone::kOutput && outline_.outputs.empty() && !counts_ &&
                            aggregates_.empty() && !limit_ && IsTermAt(next) &&
                            !IsLiteralAt(next) && Here().number >= 1 && Here().number <= kMaxLimit;
    if (first_rows) {
      limit_ = static_cast<std::int64_t>(Here().number);
      Next();
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
      at_ += 3;
      FinishComparison(std::move(predicate), TakeLeft());
      return true;
    }
    return false;
  }

  // "or more", "or after", "or fewer" behind a number.
  [[nodiscard]] std::optional<Comparison> OrMoreAt(std::size_t at) const {
    if (KindAt(at) != MeaningKind::kOr) return std::nullopt;
    const std::string word = TextAt(at + 1);
    for (const char* more : {"more", "above", "after", "later", "higher", "greater", "over"}) {
      if (word == more) return Comparison::kGreaterOrEqual;
    }
    for (const char* less : {"less", "fewer", "below", "before", "earlier", "lower", "under"}) {
      if (word == less) return Comparison::kLessOrEqual;
    }
    return std::nullopt;
  }

  // ---- placing ----

  void FlushPending() {
    // "how many" at the end of "… and how many": of what was last spoken of.
    if (counts_) {
      Operand count;
      count.counts = true;
      if (zone_ == Zone::kSort) {
        outline_.order.push_back({std::move(count), std::exchange(outline_.direction, {})});
        sort_open_ = true;
      } else {
        outline_.outputs.push_back(std::move(count));
      }
    }
    counts_ = false;
    aggregates_.clear();
    preposition_ = MeaningKind::kNeutral;
  }

  std::vector<Operand> TakeOperands(NounPhrase phrase) {
    std::vector<Operand> operands;
    // "the average number of passengers" is an average.
    if (!aggregates_.empty()) counts_ = false;
    if (std::exchange(counts_, false)) {
      Operand operand;
      operand.counts = true;
      operand.totals = std::exchange(totals_, false);
      operand.phrase = phrase;
      operands.push_back(std::move(operand));
    }
    for (const Aggregation aggregation : aggregates_) {
      Operand operand;
      operand.aggregation = aggregation;
      operand.phrase = phrase;
      operands.push_back(std::move(operand));
    }
    aggregates_.clear();
    if (operands.empty()) operands.push_back({std::move(phrase), std::nullopt, false});
    return operands;
  }

  [[nodiscard]] bool ComparisonFollows() const {
    const MeaningKind kind = KindAt(SkipNeutral(at_));
    if (kind == MeaningKind::kNumber) {
      return OrMoreAt(SkipNeutral(at_) + 1).has_value() &&
             !IsTermAt(SkipNeutral(SkipNeutral(at_) + 3));
    }
    return kind == MeaningKind::kComparison || kind == MeaningKind::kPattern;
  }

  void Place(NounPhrase phrase) {
    phrase.negated = std::exchange(negated_, false) || phrase.negated;
    if (std::exchange(ranks_by_, false)) return PlaceRankedBy(std::move(phrase));
    const bool column_like = NamesColumn(phrase) && !HasLiteral(phrase);
    if (column_like && zone_ != Zone::kGroup && ComparisonFollows() &&
        (zone_ == Zone::kModifier || !IsEntityFirst(phrase))) {
      return PlaceCompared(std::move(phrase));
    }
    last_ = phrase;
    switch (zone_) {
      case Zone::kGroup:
        return PlaceGroup(std::move(phrase));
      case Zone::kSort:
        return PlaceSort(std::move(phrase));
      case Zone::kModifier:
        return PlaceModifier(std::move(phrase));
      case Zone::kOutput:
        break;
    }
    PlaceOutput(std::move(phrase));
  }

  // "top 5 carriers by number of flights"
  void PlaceRankedBy(NounPhrase phrase) {
    Operand by = TakeOperands(std::move(phrase)).front();
    if (NamesEntity(by.phrase) && !by.aggregation) by.counts = true;
    outline_.superlatives.back().by = std::move(by);
    zone_ = Zone::kModifier;
  }

  static bool IsEntityFirst(const NounPhrase& phrase) { return NamesEntity(phrase); }

  void PlaceCompared(NounPhrase phrase) {
    std::vector<Operand> operands = TakeOperands(phrase);
    last_ = std::move(phrase);
    at_ = SkipNeutral(at_);
    if (Kind() == MeaningKind::kPattern) return VisitPattern(operands.front().phrase);
    if (Kind() == MeaningKind::kNumber) {
      left_ = operands.front();
      VisitNumber();
      return;
    }
    VisitComparison(std::move(operands.front()));
  }

  void PlaceGroup(NounPhrase phrase) {
    const bool fresh = !aggregates_.empty() || counts_;
    if (fresh) {
      zone_ = Zone::kOutput;
      return PlaceOutput(std::move(phrase));
    }
    if (HasLiteral(phrase)) return AddMention(std::move(phrase));
    if (connective_ == MeaningKind::kComma && !outline_.groups.empty()) {
      zone_ = Zone::kOutput;
      return PlaceOutput(std::move(phrase));
    }
    outline_.groups.push_back(std::move(phrase));
    connective_ = MeaningKind::kNeutral;
  }

  void PlaceSort(NounPhrase phrase) {
    if (HasLiteral(phrase)) return AddMention(std::move(phrase));
    for (Operand& operand : TakeOperands(std::move(phrase))) {
      outline_.order.push_back({std::move(operand), std::exchange(outline_.direction, {})});
    }
    sort_open_ = true;
  }

  // A measure, or a number column.
  static bool NamesNumber(const NounPhrase& phrase) {
    if (phrase.empty()) return false;
    const MeaningKind kind = phrase.parts.back()->meanings.front().kind;
    return kind == MeaningKind::kMeasure || kind == MeaningKind::kQuantity;
  }

  // "orders by status", "average delay by carrier"; but "songs by the singer".
  [[nodiscard]] bool GroupsBy(const NounPhrase& phrase) const {
    // What an aggregate or a count waits for is shown: PlaceGroup would hand it back.
    const bool awaited = counts_ || !aggregates_.empty();
    if (phrase.preposition != MeaningKind::kBy || HasLiteral(phrase) || awaited ||
        outline_.outputs.empty() || !outline_.superlatives.empty()) {
      return false;
    }
    const Operand& last = outline_.outputs.back();
    const bool number = last.counts || last.aggregation || NamesNumber(last.phrase);
    const bool things = NamesEntity(last.phrase) && NamesColumn(phrase) && !NamesEntity(phrase);
    return number || things;
  }

  void PlaceModifier(NounPhrase phrase) {
    if (GroupsBy(phrase)) {
      zone_ = Zone::kGroup;
      return PlaceGroup(std::move(phrase));
    }
    const bool operand = counts_ || !aggregates_.empty();
    const bool joined = IsFreshOutput() && nested_ == 0 && !HasLiteral(phrase) &&
                        phrase.preposition == MeaningKind::kNeutral;
    const bool behind_of = KindAt(at_) == MeaningKind::kOf;
    if (operand || (joined && NamesColumn(phrase) && (!NamesEntity(phrase) || behind_of))) {
      zone_ = Zone::kOutput;
      return PlaceOutput(std::move(phrase));
    }
    AddMention(std::move(phrase));
  }

  void PlaceOutput(NounPhrase phrase) {
    if (GroupsBy(phrase)) {
      zone_ = Zone::kGroup;
      connective_ = MeaningKind::kNeutral;  // a comma before "by" opens no further output
      return PlaceGroup(std::move(phrase));
    }
    const bool operand = counts_ || !aggregates_.empty();
    // "Kyle's id" is an id, "id 5" a condition.
    const bool ends_in_literal = HasLiteral(phrase) && IsLiteral(*phrase.parts.back());
    const bool things = HasLiteral(phrase) && NamesEntity(phrase);
    if ((ends_in_literal || things) && !operand) return AddMention(std::move(phrase));
    if (phrase.negated) return AddMention(std::move(phrase));
    if (!IsFreshOutput()) ++run_;
    phrase.run = run_;
    // "how many dogs does each owner have", "how many templates do documents use": what stands
    // behind the verb is no further column.
    if (IsSubjectOfVerb(operand, phrase)) {
      zone_ = Zone::kModifier;
      return AddMention(std::move(phrase));
    }
    for (Operand& one : TakeOperands(std::move(phrase))) outline_.outputs.push_back(std::move(one));
    run_open_ = true;
    accepts_output_ = false;
    connective_ = MeaningKind::kNeutral;
  }

  [[nodiscard]] bool IsSubjectOfVerb(bool operand, const NounPhrase& phrase) const {
    return !operand && !IsFreshOutput() && !accepts_output_ && !outline_.outputs.empty() &&
           (NamesEntity(phrase) || phrase.preposition != MeaningKind::kNeutral);
  }

  void AddMention(NounPhrase phrase) {
    // "in 2014 or 2015", "Spain or France": what follows is an alternative to what went before.
    const bool alternative = connective_ == MeaningKind::kOr;
    if (!alternative) ++alternative_;
    if (HasLiteral(phrase) && ContinuesPredicate(phrase)) return;
    if (HasLiteral(phrase)) {
      Predicate predicate = MakePredicate();
      predicate.alternative = alternative_;
      predicate.negated = phrase.negated;
      predicate.left.phrase = std::move(phrase);
      if (alternative && !outline_.predicates.empty()) {
        predicate.negated = predicate.negated || outline_.predicates.back().negated;
      }
      outline_.predicates.push_back(std::move(predicate));
    } else if (nested_ > 0) {
      outline_.nested[static_cast<std::size_t>(nested_) - 1].mentions.push_back(std::move(phrase));
    } else {
      OwnRun(phrase);
      outline_.mentions.push_back(std::move(phrase));
    }
    connective_ = MeaningKind::kNeutral;
  }

  // "in 2014 or 2015", "type code PP or PPT": a bare literal takes the place of the one before it.
  bool ContinuesPredicate(const NounPhrase& phrase) {
    const bool bare = phrase.parts.size() == 1 &&
                      (phrase.parts[0]->meanings.front().kind == MeaningKind::kNumber ||
                       phrase.parts[0]->meanings.front().kind == MeaningKind::kText);
    if (!bare || outline_.predicates.empty() || connective_ == MeaningKind::kNeutral) return false;
    Predicate next = outline_.predicates.back();
    if (next.with == Predicate::With::kTime || !next.literals.empty()) {
      next.literals = {phrase.parts[0]};
    } else if (next.left.phrase.parts.size() > 1) {
      next.left.phrase.parts.back() = phrase.parts[0];
    } else {
      return false;
    }
    // "in 2013 and 2014": no row is of both, so either is meant.
    const bool both = connective_ == MeaningKind::kAnd && next.comparison != Comparison::kEqual;
    if (both) next.alternative = ++alternative_;
    if (connective_ == MeaningKind::kComma) next.alternative = alternative_;
    outline_.predicates.push_back(std::move(next));
    connective_ = MeaningKind::kNeutral;
    return true;
  }

  // "names and ages of singers": what was shown just before belongs to the singers.
  void OwnRun(const NounPhrase& phrase) {
    const bool owns = phrase.preposition == MeaningKind::kOf ||
                      phrase.preposition == MeaningKind::kIn ||
                      phrase.preposition == MeaningKind::kFrom;
    if (!std::exchange(run_open_, false) || !owns) return;
    for (Operand& output : outline_.outputs) {
      if (output.phrase.run == run_)
        output.phrase.owner = static_cast<int>(outline_.mentions.size());
    }
  }

  Predicate MakePredicate() {
    Predicate predicate;
    predicate.scope = nested_;
    return predicate;
  }

  void AddPredicate(Predicate predicate) {
    if (connective_ != MeaningKind::kOr) ++alternative_;
    predicate.alternative = alternative_;
    predicate.negated = predicate.negated || std::exchange(negated_, false);
    connective_ = MeaningKind::kNeutral;
    outline_.predicates.push_back(std::move(predicate));
    preposition_ = MeaningKind::kNeutral;
  }

  // ---- comparisons ----

  Operand TakeLeft() {
    Operand left;
    if (left_) left = *std::exchange(left_, std::nullopt);
    return left;
  }

  void VisitComparison(Operand left) {
    const Meaning& meaning = Here();
    Predicate predicate = MakePredicate();
    predicate.comparison = meaning.comparison;
    predicate.attributes = meaning.attributes;
    predicate.flipped = meaning.flipped;
    if (left.phrase.empty() && (counts_ || !aggregates_.empty())) {
      counts_ = false;
      aggregates_.clear();
    }
    Next();
    at_ = SkipNeutral(at_);
    if (ReadAggregateSide(&predicate)) {
      const bool thing = left.phrase.empty() || NamesEntity(left.phrase);
      if (thing && !predicate.right.phrase.empty()) left.phrase = predicate.right.phrase;
      return FinishComparison(std::move(predicate), std::move(left));
    }
    // "above age 20": the noun stands between.
    const bool noun = IsTermAt(at_) && (!IsLiteralAt(at_) || IsMixed(at_));
    if (noun && IsLiteralAt(SkipNeutral(at_ + 1))) {
      preposition_ = MeaningKind::kNeutral;
      NounPhrase phrase;
      phrase.parts.push_back(&segments_[at_]);
      left.phrase = std::move(phrase);
      Next();
      at_ = SkipNeutral(at_);
      if (Kind() == MeaningKind::kOf) Next();
    }
    ReadLiterals(&predicate);
    if (predicate.literals.empty()) {
      outline_.failure = "what is compared with is not clear";
      return;
    }
    FinishComparison(std::move(predicate), std::move(left));
  }

  // "the average", "the average price", "that of any …".
  bool ReadAggregateSide(Predicate* predicate) {
    if (Kind() != MeaningKind::kAggregate) return false;
    predicate->with = Predicate::With::kAggregate;
    predicate->right.aggregation = Here().aggregation;
    Next();
    const std::size_t saved = at_;
    if (Kind() == MeaningKind::kOf) Next();
    if (auto phrase = ReadPhraseAhead(); phrase && !HasLiteral(*phrase) && !NamesEntity(*phrase)) {
      predicate->right.phrase = std::move(*phrase);
    } else {
      at_ = saved;
    }
    return true;
  }

  void ReadLiterals(Predicate* predicate) {
    const std::size_t wanted = predicate->comparison == Comparison::kBetween ? 2 : 1;
    while (predicate->literals.size() < wanted && at_ < segments_.size()) {
      if (IsLiteralAt(at_) || KindAt(at_) == MeaningKind::kTime) {
        predicate->literals.push_back(&segments_[at_]);
      } else if (predicate->literals.empty() ||
                 (Kind() != MeaningKind::kAnd && Kind() != MeaningKind::kTo &&
                  Kind() != MeaningKind::kNeutral)) {
        return;
      }
      Next();
    }
  }

  // The left side may follow the number: "more than 3 models".
  void FinishComparison(Predicate predicate, Operand left) {
    SkipUnits();
    if (left.phrase.empty() && predicate.attributes.empty()) {
      std::size_t saved = at_;
      at_ = SkipNeutral(at_);
      if (Kind() == MeaningKind::kDistinct) Next();
      if (IsTermAt(at_) && !IsLiteralAt(at_)) {
        left.phrase = ReadPhrase();
        predicate.follows = true;
      } else {
        at_ = saved;
        if (last_ && NamesColumn(*last_) && !NamesEntity(*last_)) left.phrase = *last_;
      }
    }
    // "students who are older than 20": the students' age.
    const bool of_things = left.phrase.empty() && !predicate.attributes.empty() && last_ &&
                           NamesEntity(*last_) && connective_ == MeaningKind::kNeutral;
    if (of_things) left.phrase = *last_;
    const bool shares = left.phrase.empty() && connective_ != MeaningKind::kNeutral &&
                        !outline_.predicates.empty() &&
                        !outline_.predicates.back().literals.empty();
    if (shares) {
      left = outline_.predicates.back().left;
      if (!left.phrase.empty()) predicate.attributes.clear();
    }
    predicate.left = std::move(left);
    AddPredicate(std::move(predicate));
  }

  // "20 years old", "10 km".
  void SkipUnits() {
    while (Kind() == MeaningKind::kGrain || TextAt(at_) == "old" || TextAt(at_) == "dollars" ||
           TextAt(at_) == "percent" || TextAt(at_) == "%") {
      Next();
    }
  }

  NounPhrase TakeLast() { return last_ ? *last_ : NounPhrase(); }

  void VisitPattern(NounPhrase left) {
    Predicate predicate = MakePredicate();
    predicate.pattern = Here().pattern;
    Next();
    at_ = SkipNeutral(at_);
    while (at_ < segments_.size() &&
           (Kind() == MeaningKind::kIn || Kind() == MeaningKind::kPattern))
      at_ = SkipNeutral(at_ + 1);
    if (at_ >= segments_.size() || Kind() == MeaningKind::kPause) {
      outline_.failure = "the text to look for is missing";
      return;
    }
    predicate.literals.push_back(&segments_[at_]);
    Next();
    // "having 'Hey' in its name"
    const std::size_t saved = at_;
    if (Kind() == MeaningKind::kIn) {
      Next();
      if (auto phrase = ReadPhraseAhead()) {
        left = std::move(*phrase);
      } else {
        at_ = saved;
      }
    }
    predicate.left.phrase = std::move(left);
    if (predicate.left.phrase.empty()) {
      outline_.failure = "what contains the text is not clear";
      return;
    }
    AddPredicate(std::move(predicate));
  }

  [[nodiscard]] bool EndsWith(const NounPhrase& phrase, std::string_view ending) const {
    if (phrase.empty()) return false;
    const std::string& word = tokens_[phrase.parts.back()->end - 1].lower;
    return word.size() > ending.size() + 2 &&
           word.compare(word.size() - ending.size(), ending.size(), ending) == 0;
  }

  void VisitTime() {
    FlushPending();
    const bool continues = !outline_.predicates.empty() &&
                           outline_.predicates.back().with == Predicate::With::kTime &&
                           connective_ == MeaningKind::kAnd && Here().time.from && Here().time.to;
    if (continues) connective_ = MeaningKind::kOr;
    Predicate predicate = MakePredicate();
    predicate.with = Predicate::With::kTime;
    predicate.literals.push_back(&segments_[at_]);
    // "who ordered in 2024": the orders' time.
    const bool happened = last_ && EndsWith(*last_, "ed") && NamesEntity(*last_);
    if (happened || (last_ && NamesTime(*last_))) predicate.left.phrase = *last_;
    if (const auto comparison = OrMoreAt(at_ + 1)) {
      predicate.comparison = *comparison;
      at_ += 2;
    }
    AddPredicate(std::move(predicate));
    Next();
  }

  void VisitGrain() {
    const bool grouped = zone_ == Zone::kGroup || preposition_ == MeaningKind::kBy ||
                         outline_.which || TextAt(at_).find("ly") != std::string::npos;
    if (!grouped && zone_ != Zone::kSort) return VisitUnknown();
    if (zone_ == Zone::kSort) return Next();
    outline_.grain = Here().grain;
    preposition_ = MeaningKind::kNeutral;
    Next();
  }

  // ---- superlatives, negation, order ----

  void VisitSuperlative() {
    const Meaning& meaning = Here();
    // "from the oldest to the youngest"
    if (zone_ == Zone::kSort && sort_open_) {
      if (!outline_.order.back().descending) outline_.order.back().descending = meaning.descending;
      return Next();
    }
    const std::string words = TextAt(at_);
    const bool least = words == "minimum number of";
    const bool aggregates = (least || words == "maximum number of") && zone_ == Zone::kOutput &&
                            (outline_.outputs.empty() || !aggregates_.empty());
    if (aggregates) {
      aggregates_.push_back(least ? Aggregation::kMin : Aggregation::kMax);
      return Next();
    }
    Superlative superlative;
    superlative.attributes = meaning.attributes;
    superlative.flipped = meaning.flipped;
    superlative.ranks = meaning.ranks;
    superlative.descending = meaning.kind == MeaningKind::kAggregate
                                 ? meaning.aggregation == Aggregation::kMax
                                 : meaning.descending;
    superlative.limit = std::exchange(limit_, std::nullopt);
    superlative.scope = nested_;
    if (zone_ == Zone::kModifier && last_ && !HasLiteral(*last_)) superlative.about = *last_;
    const std::string text = TextAt(at_);
    const bool common = text.find("common") != std::string::npos ||
                        text.find("frequent") != std::string::npos ||
                        text.find("popular") != std::string::npos;
    Next();
    at_ = SkipNeutral(at_);
    if (Kind() == MeaningKind::kNumber && !superlative.limit) {
      superlative.limit = static_cast<std::int64_t>(Here().number);
      Next();
    }
    if (superlative.limit && (*superlative.limit < 1 || *superlative.limit > kMaxLimit)) {
      outline_.failure = "the number of rows to show is not clear";
      return;
    }
    ReadRanked(common, std::move(superlative));
  }

  void ReadRanked(bool common, Superlative superlative) {
    std::optional<Aggregation> aggregation;
    bool counts = false;
    if (Kind() == MeaningKind::kAggregate) {
      aggregation = Here().aggregation;
      Next();
    } else if (Kind() == MeaningKind::kCount) {
      counts = true;
      Next();
    }
    if (Kind() == MeaningKind::kOf) Next();
    std::optional<NounPhrase> phrase = ReadPhraseAhead();
    if (!phrase) {
      outline_.superlatives.push_back(std::move(superlative));
      return;
    }
    last_ = *phrase;
    if (common || superlative.ranks == Ranks::kSubject || superlative.ranks == Ranks::kTime) {
      superlative.subject = *phrase;
    } else if (superlative.ranks == Ranks::kCountOrNumber || counts || aggregation) {
      superlative.by.phrase = *phrase;
      superlative.by.counts = counts || !aggregation;
      superlative.by.aggregation = aggregation;
      outline_.superlatives.push_back(std::move(superlative));
      return;
    } else if (NamesColumn(*phrase) && !NamesEntity(*phrase)) {
      return RankByColumn(std::move(superlative), std::move(*phrase));
    } else {
      superlative.subject = *phrase;
    }
    NounPhrase subject = superlative.subject;
    outline_.superlatives.push_back(std::move(superlative));
    Place(std::move(subject));
  }

  // "the highest grade of students" is a maximum; "the student with the highest grade" is ranked.
  void RankByColumn(Superlative superlative, NounPhrase phrase) {
    const bool asked = (zone_ == Zone::kOutput || zone_ == Zone::kGroup) &&
                       outline_.outputs.empty() && !superlative.limit;
    if (!asked) {
      superlative.by.phrase = std::move(phrase);
      outline_.superlatives.push_back(std::move(superlative));
      return;
    }
    aggregates_.push_back(superlative.descending ? Aggregation::kMax : Aggregation::kMin);
    PlaceOutput(std::move(phrase));
  }

  void VisitNegation() {
    Next();
    const std::size_t next = SkipNeutral(at_);
    const MeaningKind kind = KindAt(next);
    if (kind == MeaningKind::kComparison || kind == MeaningKind::kPattern || IsLiteralAt(next) ||
        kind == MeaningKind::kTime) {
      negated_ = true;
      return;
    }
    const bool column_is_literal = IsTermAt(next) &&
                                   ContinuesAt(next + 1, PhraseOf(next)) < segments_.size() &&
                                   IsLiteralAt(ContinuesAt(next + 1, PhraseOf(next)));
    if (column_is_literal) {
      negated_ = true;
      return;
    }
    zone_ = Zone::kModifier;
    OpenNested(Nested::Kind::kExcluded);
  }

  [[nodiscard]] NounPhrase PhraseOf(std::size_t at) const {
    NounPhrase phrase;
    phrase.parts.push_back(&segments_[at]);
    return phrase;
  }

  // "in descending order of age" and "sorted by age in descending order".
  void VisitDirection() {
    const bool descending = Here().descending;
    Next();
    CloseNested();
    FlushPending();
    const bool opens = !outline_.order.empty() && !outline_.order.back().descending;
    if (opens) {
      outline_.order.back().descending = descending;
      return;
    }
    outline_.direction = descending;
    zone_ = Zone::kSort;
    sort_open_ = false;
  }

  // ---- the end ----

  // What a second sentence lists takes the place of what the first one only named.
  void MergeSentences() {
    if (!relisted_ || first_end_ == 0 || first_end_ >= outline_.outputs.size()) return;
    std::vector<Operand> kept;
    for (std::size_t i = 0; i < outline_.outputs.size(); ++i) {
      Operand& operand = outline_.outputs[i];
      const bool plain = !operand.counts && !operand.aggregation;
      if (i < first_end_ && plain) {
        outline_.mentions.insert(outline_.mentions.begin(), std::move(operand.phrase));
      } else {
        kept.push_back(std::move(operand));
      }
    }
    outline_.outputs = std::move(kept);
  }

  const std::vector<Segment>& segments_;
  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
  Outline outline_;
  Zone zone_ = Zone::kOutput;
  MeaningKind preposition_ = MeaningKind::kNeutral;
  MeaningKind connective_ = MeaningKind::kNeutral;
  std::vector<Aggregation> aggregates_;  // waiting for a noun
  bool counts_ = false;
  bool totals_ = false;  // "the total number of"
  bool distinct_ = false;
  bool negated_ = false;
  bool both_done_ = false;
  bool accepts_output_ = true;  // a word such as "show" came, and nothing shown since
  bool ranks_by_ = false;       // what "top" ranks by comes next
  bool relisted_ = false;
  bool sort_open_ = false;
  bool run_open_ = false;  // nothing followed the outputs yet
  int run_ = 0;
  int nested_ = 0;             // the group that words belong to, from 1; 0: the question
  int alternative_ = 0;        // number of the last predicate
  std::size_t first_end_ = 0;  // outputs of the first sentence
  std::optional<std::int64_t> limit_;
  std::optional<NounPhrase> last_;
  std::optional<Operand> left_;
};

}  // namespace

Outline OutlineOf(const std::vector<Segment>& segments, const std::vector<Token>& tokens) {
  return Walker(segments, tokens).Walk();
}

}  // namespace loupe::ask

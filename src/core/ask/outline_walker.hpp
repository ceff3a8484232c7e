// OutlineWalker: the walk over the segments of a question that makes its outline.
//
//   outline.cpp            a step for each kind of segment, sentences
//   outline_phrase.cpp     where a noun phrase ends
//   outline_place.cpp      what a noun phrase is for
//   outline_condition.cpp  comparisons, patterns, times
//   outline_rank.cpp       superlatives, negation, order
//   outline_share.cpp      shares and ratios
//   outline_growth.cpp     growth from period to period
//   outline_difference.cpp differences of two columns
//
// Internal to OutlineOf.
#ifndef LOUPE_CORE_ASK_OUTLINE_WALKER_HPP
#define LOUPE_CORE_ASK_OUTLINE_WALKER_HPP

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/ask/outline.hpp"

namespace loupe::ask {

constexpr std::int64_t kMaxRankedRows = 10'000;

// Tells whether a segment of the kind can be part of a noun phrase.
[[nodiscard]] bool IsTermKind(MeaningKind kind);

// Walks once, from left to right; each Visit… leaves at_ behind what it read.
class OutlineWalker {
 public:
  OutlineWalker(const std::vector<Segment>& segments, const std::vector<Token>& tokens)
      : segments_(segments), tokens_(tokens) {}

  Outline Walk();

 private:
  enum class Zone { kOutput, kModifier, kGroup, kSort };

  // Looking around.

  [[nodiscard]] MeaningKind KindAt(std::size_t at) const;
  [[nodiscard]] MeaningKind Kind() const { return KindAt(at_); }
  [[nodiscard]] const Meaning& Here() const { return segments_[at_].meanings.front(); }
  [[nodiscard]] std::string TextAt(std::size_t at) const;
  [[nodiscard]] bool IsTermAt(std::size_t at) const { return IsTermKind(KindAt(at)); }
  [[nodiscard]] bool IsLiteralAt(std::size_t at) const;
  [[nodiscard]] static bool IsLiteral(const Segment& segment);
  [[nodiscard]] std::size_t SkipNeutral(std::size_t at) const;
  static double BestOf(const Segment& segment, bool entity);
  static bool NamesEntity(const NounPhrase& phrase);
  static bool NamesColumn(const NounPhrase& phrase);
  static bool NamesTruth(const NounPhrase& phrase);
  static bool NamesTime(const NounPhrase& phrase);
  static bool HasLiteral(const NounPhrase& phrase);
  [[nodiscard]] bool AtSentenceStart() const;

  // One step.

  void Step();
  void Next() { ++at_; }
  [[nodiscard]] bool IsExtremeOfNumber() const;
  [[nodiscard]] bool HasHave(std::size_t token) const;
  void VisitUnknown();
  void EndSentence();
  void StartOutputs();
  void VisitWhich();
  void VisitWho();
  void VisitRelative();
  [[nodiscard]] bool IsFreshOutput() const;
  void VisitAggregate();
  void VisitSort();
  void VisitExcept();
  void VisitEach();
  [[nodiscard]] bool EndsName() const;
  void VisitCount();
  bool SplitsTruth();
  [[nodiscard]] bool FollowsVerb() const;
  void VisitPreposition();
  void VisitConnective();
  void VisitBoth();
  void VisitCompare();
  void OpenNested(Nested::Kind kind);
  void CloseNested() { nested_ = 0; }

  // Noun phrases.

  static bool IsCopula(const std::string& text);
  [[nodiscard]] std::size_t ContinuesAt(std::size_t at, const NounPhrase& phrase) const;
  [[nodiscard]] bool IsNamingAt(std::size_t at) const;
  [[nodiscard]] bool IsMixed(std::size_t at) const;
  static bool SharesColumn(const Segment& one, const Segment& other);
  [[nodiscard]] bool IsCompound(const Segment& one, const Segment& other) const;
  [[nodiscard]] bool CanFollow(std::size_t at, const NounPhrase& phrase) const;
  [[nodiscard]] bool LeadsToTime(std::size_t at) const;
  NounPhrase ReadPhrase();
  std::optional<NounPhrase> ReadPhraseAhead();
  [[nodiscard]] bool HasCodeBehind() const;
  void VisitPhrase();
  bool VisitNumber();
  [[nodiscard]] bool CountsAt(std::size_t next) const;
  [[nodiscard]] std::optional<Comparison> OrMoreAt(std::size_t at) const;

  // Placing.

  void FlushPending();
  std::vector<Operand> TakeOperands(NounPhrase phrase);
  std::vector<Operand> MakeOperands(NounPhrase phrase);
  bool TakeCountBehind(const NounPhrase& phrase);
  [[nodiscard]] bool NamesAggregate(const NounPhrase& phrase) const;
  [[nodiscard]] bool ComparisonFollows() const;
  void Place(NounPhrase phrase);
  void PlaceRankedBy(NounPhrase phrase);
  void PlaceCompared(NounPhrase phrase);
  void PlaceGroup(NounPhrase phrase);
  void TurnSorted();
  void PlaceSort(NounPhrase phrase);
  static bool NamesNumber(const NounPhrase& phrase);
  [[nodiscard]] bool GroupsBy(const NounPhrase& phrase) const;
  void PlaceModifier(NounPhrase phrase);
  static bool RestatesColumn(const NounPhrase& phrase);
  void PlaceOutput(NounPhrase phrase);
  static bool Follows(const NounPhrase& before, const NounPhrase& phrase);
  static double WeightOf(const NounPhrase& phrase);
  bool JoinsOutput(const NounPhrase& phrase);
  [[nodiscard]] bool RestatesGroup(const NounPhrase& phrase) const;
  void CountCompared(NounPhrase* phrase);
  [[nodiscard]] bool IsSubjectOfVerb(bool operand, const NounPhrase& phrase) const;
  void AddMention(NounPhrase phrase);
  [[nodiscard]] bool IsMentioned(const NounPhrase& phrase) const;
  bool ContinuesPredicate(const NounPhrase& phrase);
  void OwnRun(const NounPhrase& phrase);
  Predicate MakePredicate();
  void AddPredicate(Predicate predicate);

  // Comparisons.

  Operand TakeLeft();
  void VisitComparison(Operand left);
  bool ReadSplitSide(Operand* left);
  void TurnAgo(Predicate* predicate) const;
  [[nodiscard]] bool IsOfSome() const;
  bool ReadExtremeSide(Predicate* predicate);
  bool ReadAggregateSide(Predicate* predicate);
  void ReadLiterals(Predicate* predicate);
  [[nodiscard]] bool CountsThings(const Predicate& predicate, const Operand& left) const;
  bool CountsTimes(const Predicate& predicate, const Operand& left);
  void FinishComparison(Predicate predicate, Operand left);
  bool SkipUnits();
  NounPhrase TakeLast() { return last_ ? *last_ : NounPhrase(); }
  void VisitPattern(NounPhrase left);
  [[nodiscard]] bool EndsWith(const NounPhrase& phrase, std::string_view ending) const;
  void VisitTime();
  [[nodiscard]] bool IsPartOfTime() const;
  void VisitGrain();

  // Superlatives, negation, order.

  [[nodiscard]] bool IsListedExtreme() const;
  void VisitSuperlative();
  void ReadRanked(bool common, Superlative superlative);
  void RankByColumn(Superlative superlative, NounPhrase phrase);
  void VisitNegation();
  [[nodiscard]] NounPhrase PhraseOf(std::size_t at) const;
  [[nodiscard]] static NounPhrase PhraseOf(const Segment& segment);
  [[nodiscard]] bool IsRankedAlike(const NounPhrase& phrase) const;
  void VisitDirection();

  // Shares.

  void VisitShare();
  [[nodiscard]] bool IsVerbOfShare() const;
  void VisitVerbOfShare();
  [[nodiscard]] bool LeadsToWhole() const;
  [[nodiscard]] bool RepeatsShared(std::size_t at) const;
  void VisitWhole();
  [[nodiscard]] bool IsAwaited() const {
    return counts_ || shares_ || grows_ || since_ || !aggregates_.empty();
  }

  // Differences.

  void VisitDifference();
  std::optional<NounPhrase> ReadDifference();
  [[nodiscard]] std::size_t NextOfPair(std::size_t at) const;

  // Growth.

  void VisitGrowth();
  void VisitEarlier();
  void CloseGrowth();

  // The end.

  void ShowSorted();
  void MergeSentences();
  void MergeSuperlatives();

  const std::vector<Segment>& segments_;
  const std::vector<Token>& tokens_;
  std::size_t at_ = 0;
  Outline outline_;
  Zone zone_ = Zone::kOutput;
  MeaningKind preposition_ = MeaningKind::kNeutral;
  MeaningKind connective_ = MeaningKind::kNeutral;
  std::vector<semantic::Aggregation> aggregates_;  // waiting for a noun
  bool counts_ = false;
  bool totals_ = false;  // "the total number of"
  bool amount_ = false;  // "the total amount of"
  bool shares_ = false;  // "percentage of" waits for its noun
  bool grows_ = false;   // "growth of" does
  Side side_ = Side::kBefore;
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
  std::optional<NounPhrase> since_;  // "duration between" waits for its second noun
  std::optional<NounPhrase> last_;
  std::optional<Operand> left_;
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_OUTLINE_WALKER_HPP

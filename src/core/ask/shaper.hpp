// Shaper: gives the bound phrases of one outline their places in a form.
//
//   shape.cpp            the order of the steps, mentions, what is excluded, sorting
//   shape_output.cpp     what is shown
//   shape_group.cpp      groups and periods
//   shape_condition.cpp  conditions
//   shape_taught.cpp     conditions of words that were taught
//   shape_time.cpp       times and the columns that hold them
//   shape_rank.cpp       adjectives and rankings
//   shape_within.cpp     rankings within each group
//   shape_compared.cpp   groups that are compared
//   shape_share.cpp      shares and ratios
//   shape_growth.cpp     growth from period to period
//   shape_difference.cpp differences of two columns
//
// Internal to ShapeForm.
#ifndef LOUPE_CORE_ASK_SHAPER_HPP
#define LOUPE_CORE_ASK_SHAPER_HPP

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ask/shape.hpp"

namespace loupe::ask {

constexpr double kImpliedOutput = 0.9;  // nothing is asked for but a thing is named
constexpr double kImpliedSum = 0.85;    // "revenue by month": added up
constexpr double kImpliedCount = 0.95;  // "orders by status"
constexpr double kPlainTime = 0.95;     // the only time of an entity
constexpr double kSeveralTimes = 0.88;  // one of several
constexpr int kEither = 1'000'000;      // number of alternatives that no word made
constexpr double kComparedKey = 0.25;   // an identifier that is compared or summed up

template <class T>
void PushUnique(std::vector<T>* items, const T& item) {
  if (std::find(items->begin(), items->end(), item) == items->end()) items->push_back(item);
}

class Shaper {
 public:
  Shaper(const Outline& outline, const ReadingMap& readings, const std::vector<Token>& tokens,
         const semantic::Model& model, const Lexicon& lexicon, const EntityGraph& graph)
      : outline_(outline),
        readings_(readings),
        tokens_(tokens),
        model_(model),
        lexicon_(lexicon),
        graph_(graph) {}

  Shaped Shape();

 private:
  void Fail(std::string reason);
  [[nodiscard]] const semantic::Entity& EntityAt(int entity) const;
  [[nodiscard]] const semantic::Dimension& DimensionAt(MemberRef ref) const;
  [[nodiscard]] const PhraseReading* ReadingOf(const NounPhrase& phrase) const;

  static FormValue ColumnValue(MemberRef ref) { return {FormValue::Kind::kColumn, ref, {}}; }

  // Conditions that come with a phrase.

  void AddFilters(const PhraseReading& reading, bool negated, int alternative,
                  std::vector<FormCondition>* conditions);
  void AddTaught(const TaughtWord& word, bool negated, int alternative,
                 std::vector<FormCondition>* conditions);
  void ExcludeTaught(const TaughtWord& word);
  [[nodiscard]] bool IsShared(int alternative) const;
  void Mention(const PhraseReading& reading);
  void AddTruth(const PhraseReading& reading, bool negated,
                std::vector<FormCondition>* conditions) const;
  void AddMentions();
  void AddNested();

  // What is shown.

  [[nodiscard]] std::vector<MemberRef> IdentityOf(int entity) const;
  [[nodiscard]] std::vector<MemberRef> AllOf(int entity) const;
  std::optional<FormValue> ValueOf(const Operand& operand);
  std::optional<FormValue> ValueOf(const Operand& operand, const PhraseReading* reading);
  [[nodiscard]] std::optional<MemberRef> AmountOf(const Operand& operand, int entity) const;
  [[nodiscard]] std::optional<MemberRef> CountColumnOf(int entity) const;
  [[nodiscard]] bool IsAmount(const PhraseReading& reading) const;
  [[nodiscard]] bool CountsValues(const Operand& operand, const PhraseReading& reading) const;
  void AddUpAmount(const Operand& operand, FormValue* value);
  [[nodiscard]] std::optional<FormValue> MeasureValue(const Operand& operand, MemberRef ref) const;
  std::optional<FormValue> QuantityValue(const Operand& operand, MemberRef ref);
  [[nodiscard]] const PhraseReading* OwnerOf(const Operand& operand) const;
  [[nodiscard]] bool IsNameOfColumn(const Operand& operand) const;
  [[nodiscard]] std::optional<semantic::Aggregation> AggregationOf(const FormValue& value) const;
  void ShareAggregation(const Operand& operand, FormValue* value) const;
  static int EntityOfFilters(const PhraseReading& reading);
  [[nodiscard]] bool IsKeyOf(MemberRef ref) const;
  [[nodiscard]] bool IsIdentifier(MemberRef ref) const;
  void AddOutputs();
  void AddLastName(const Operand& operand, const FormValue& value);
  void CheckOutputs();
  [[nodiscard]] bool ShowsKind() const;
  void DropJoined();
  void AddRowCount();
  bool ShowComparedThings();
  void ShowTime();
  void ShowTimeOf(int entity);
  void DropRestated();
  [[nodiscard]] bool IsNamed(MemberRef ref) const;

  // Groups.

  void AddGroups();
  void SumBareNumber();
  void ImplyCount();
  void AddGroup(const PhraseReading& reading, bool aggregates);
  [[nodiscard]] bool ShowsOnly(MemberRef ref) const;
  bool ShowDay(bool ranked);
  void AddGrain();

  // Predicates.

  void AddPredicates();
  static bool Contradict(const FormCondition& a, const FormCondition& b);
  [[nodiscard]] bool Contradicts() const;
  [[nodiscard]] bool NamesRows(const FormCondition& condition) const;
  void SplitContradictions();
  void ConditionsOf(const Predicate& predicate, std::vector<FormCondition>* out);
  bool AddOwnFilters(const PhraseReading& left, const Predicate& predicate,
                     std::vector<FormCondition>* out);
  [[nodiscard]] bool IsNameInParts(const NounPhrase& phrase, int entity) const;
  bool SetLeft(const Predicate& predicate, const PhraseReading* left, FormCondition* condition);
  void SetRight(const Predicate& predicate, FormCondition* condition);
  bool AddsUp(const Predicate& predicate, FormCondition* condition);
  [[nodiscard]] std::optional<MemberRef> ColumnOfMeasure(MemberRef ref) const;
  bool SetValues(const Predicate& predicate, FormCondition* condition);
  [[nodiscard]] static bool FitsColumn(const Segment& literal, MemberRef column);
  bool SetYear(const Segment& literal, FormCondition* condition);

  // Times.

  [[nodiscard]] static bool IsYear(const semantic::Dimension& dimension);
  [[nodiscard]] static bool IsTime(const semantic::Dimension& dimension);
  void AddTime(const Predicate& predicate, const PhraseReading* left,
               std::vector<FormCondition>* out);
  void AddMonth(const TimeRange& range, int entity, FormCondition condition,
                std::vector<FormCondition>* out);
  bool AddMonthOfYear(const TimeRange& range, MemberRef year, const FormCondition& condition,
                      std::vector<FormCondition>* out);
  static bool YearCondition(const TimeRange& range, FormCondition* condition);
  std::optional<MemberRef> TimeColumn(const Predicate& predicate);

  // Adjectives and ranks.

  [[nodiscard]] static bool HasWord(const semantic::Dimension& dimension, std::string_view word);
  std::optional<MemberRef> AttributeOf(const std::vector<std::string_view>& attributes,
                                       const std::vector<std::string_view>& flipped,
                                       Comparison* comparison, int only = -1);
  [[nodiscard]] std::vector<int> SpokenOf(int only) const;
  [[nodiscard]] std::optional<MemberRef> ColumnWith(std::string_view word, bool any_type,
                                                    int only) const;
  std::optional<MemberRef> TimeOf(int only);
  void AddSuperlatives();
  void AddSuperlative(const Superlative& superlative);
  [[nodiscard]] bool IsAboutOther(const Superlative& superlative, const FormRank& rank) const;
  [[nodiscard]] bool IsCommonest(const PhraseReading* subject, const FormRank& rank) const;
  [[nodiscard]] std::int64_t DefaultLimit(const Superlative& superlative) const;
  bool RankBy(const Superlative& superlative, FormRank* rank);
  void AddUp(const Superlative& superlative, FormRank* rank);
  bool CountSubject(const PhraseReading* subject, FormRank* rank);
  bool RankByAttribute(const Superlative& superlative, int entity, FormRank* rank);
  void PlaceRank(int subject, const FormRank& rank);
  [[nodiscard]] bool IsBeside(int entity) const;

  // Groups that are compared.

  [[nodiscard]] static bool AreCompared(const FormCondition& a, const FormCondition& b);
  [[nodiscard]] std::vector<std::size_t> ComparedConditions() const;
  [[nodiscard]] bool TellsGendersApart() const;
  void AddCompared();
  [[nodiscard]] static std::optional<TimeUnit> UnitOf(const TimeRange& range);
  bool ShowCompared(const FormCondition& condition);
  bool AggregateCompared();

  // Ranks within each group.

  [[nodiscard]] bool IsGroupPhrase(const PhraseReading& reading) const;
  [[nodiscard]] bool RanksWithin() const;
  void ShowGroups();
  void RankWithin(FormRank rank);

  // Shares.

  void OpenShare();
  [[nodiscard]] bool SharesFilters(Side side) const;
  FormGroup* ShareGroup(Side side, bool is_time);
  std::optional<FormValue> SharedValue(const Operand& operand);
  void AddShared(const Operand& operand);
  void MoveNested();
  void CountLeading();
  [[nodiscard]] int EntityOfGroups() const;
  void PlaceRatio();
  void CloseShare();
  [[nodiscard]] bool IsAdded(const FormValue& value) const;

  // Differences.

  [[nodiscard]] std::optional<MemberRef> SinceOf(const Operand& operand,
                                                 const PhraseReading& reading) const;
  [[nodiscard]] std::optional<std::pair<MemberRef, MemberRef>> DurationOf(
      const Operand& operand, const PhraseReading& reading) const;
  std::optional<FormValue> DifferenceOf(const Operand& operand, MemberRef to, MemberRef from);
  void CloseDifferences();
  void SplitTruth();

  // Growth.

  void AddGrowing(const Operand& operand);
  [[nodiscard]] std::optional<std::size_t> TimeCondition() const;
  void CloseGrowth();
  void GrowByPeriod();
  void SortByPeriod();
  void GrowBetween();

  // Order.

  void AddOrder();
  bool SortByCount(const SortBy& sort);
  [[nodiscard]] const FormValue& OrderedOutput() const;
  [[nodiscard]] bool ListsRanked() const;
  [[nodiscard]] bool ShowsKinds(int entity) const;
  [[nodiscard]] bool IsOfKinds(const FormGroup& group) const;
  void TurnOwnExclusions();
  void CheckShape();
  [[nodiscard]] bool AggregatesGroup() const;

  const Outline& outline_;
  const ReadingMap& readings_;
  const std::vector<Token>& tokens_;
  const semantic::Model& model_;
  const Lexicon& lexicon_;
  const EntityGraph& graph_;
  Form form_;
  std::vector<int> shown_entities_;
  std::vector<FormGroup> excluded_;  // by words that were taught
  int alternatives_ = 0;             // numbers taken for alternatives of such words
  bool is_nested_ = false;           // conditions go to a group of their own
  bool turned_ = false;
  bool counts_rows_ = false;
  bool shows_rank_ = false;
  bool sorted_by_group_ = false;
  FormGroup part_;            // of the share
  FormGroup whole_;           // of the share
  bool sums_share_ = false;   // a plain column is added up, which nobody said
  bool shares_bare_ = false;  // the part is told by a value alone: "cancelled to completed orders"
  int last_run_ = 0;
  std::string failure_;
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_SHAPER_HPP

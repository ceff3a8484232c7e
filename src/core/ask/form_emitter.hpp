// FormEmitter: prints one form as a SELECT.
//
//   form_sql.cpp        which entities are joined, and which of them leads
//   form_value.cpp      what is shown, groups
//   form_condition.cpp  conditions, where their columns stand
//   form_group.cpp      what is excluded, and both
//   form_order.cpp      ranks and order
//   form_within.cpp     ranks within each group
//   form_share.cpp      shares and ratios
//   form_growth.cpp     growth from period to period
//   form_difference.cpp differences of two columns
//
// Internal to FormToSelect.
#ifndef LOUPE_CORE_ASK_FORM_EMITTER_HPP
#define LOUPE_CORE_ASK_FORM_EMITTER_HPP

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/ask/form_scope.hpp"

namespace loupe::ask {

constexpr std::int64_t kMaxRows = 10'000;  // of a statement that names no number

[[nodiscard]] Status NotSupported(std::string message);

class FormEmitter {
 public:
  FormEmitter(const Form& form, const semantic::Model& model, const semantic::JoinGraph& graph,
              semantic::JoinGraph::Ties ties)
      : form_(form), model_(model), graph_(graph), ties_(ties) {}

  Result<sql::Select> Run();

 private:
  [[nodiscard]] const semantic::Entity& EntityAt(int entity) const;
  [[nodiscard]] const semantic::Dimension& DimensionAt(MemberRef ref) const;

  // Which entities, and which of them leads.

  void Join(const FormValue& value) { joined_.insert(value.ref.entity); }

  void Collect();
  [[nodiscard]] bool CountsBeside(const FormCondition& condition) const;
  [[nodiscard]] bool IsGrouped() const;
  [[nodiscard]] bool OnlyAggregates() const;
  [[nodiscard]] std::optional<int> Aggregated() const;
  [[nodiscard]] bool ReachesToOne(int root) const;
  Result<int> Root() const;
  Status CheckRepeats(const FormScope& scope) const;
  [[nodiscard]] bool IsGroupedByRow(int entity) const;
  [[nodiscard]] bool IsPairOf(int pair, int entity) const;

  // Values.

  Result<sql::Expr> ValueExpr(const FormValue& value, const FormScope& scope);
  [[nodiscard]] sql::Expr RowCount(int entity, const FormScope& scope) const;
  [[nodiscard]] bool LeadsToPairs(int pair, int entity) const;
  [[nodiscard]] std::string NameOf(const FormValue& value) const;
  Status AddItems(FormScope* scope);
  Status AddGroups(FormScope* scope);
  Result<sql::Expr> MeasureExpr(MemberRef ref, const FormScope& scope) const;
  [[nodiscard]] static sql::Expr MedianExpr(sql::Expr of);
  [[nodiscard]] sql::Expr OperandExpr(const FormValue& value, const FormScope& scope) const;
  [[nodiscard]] sql::Expr InUnit(const FormValue& value, sql::Expr to, sql::Expr from) const;
  [[nodiscard]] sql::Expr PeriodExpr(MemberRef time, const FormScope& scope) const;
  [[nodiscard]] bool NamesRow(MemberRef ref) const;
  void AddKey(int entity, std::vector<MemberRef>* groups) const;

  // Conditions.

  Result<sql::Expr> ComparisonOf(const FormCondition& condition, sql::Expr left) const;
  Result<sql::Expr> AgainstGroups(const FormCondition& condition, sql::Expr left);
  Result<sql::Expr> RangeExpr(const FormCondition& condition, const sql::Expr& left) const;
  Result<sql::Expr> AggregateOver(const FormValue& value) const;
  Status AddConditions(FormScope* scope);
  Status AddAlternatives(
      const std::vector<const FormCondition*>& group, FormScope* scope,
      std::map<const FormScope::Branch*, std::vector<std::vector<const FormCondition*>>>* inside);
  Result<sql::Expr> CountBeside(const FormCondition& condition, const FormScope& scope);
  Status AddBranch(const FormScope::Branch& branch,
                   const std::vector<std::vector<const FormCondition*>>& groups, FormScope* scope);

  // What is excluded, and both.

  Status AddNested(FormScope* scope);
  Status AddGroup(const FormGroup& group, FormScope* scope);
  static Status CheckRows(const FormGroup& group);
  Result<sql::Expr> GroupExpr(const FormGroup& group, int anchor, const FormScope& scope);
  Result<sql::Expr> OwnExpr(const FormGroup& group, const FormScope& scope) const;
  Status AddInside(const FormGroup& group,
                   const std::map<const semantic::Entity*, std::string>& names,
                   sql::Select* rows) const;
  Status AddTwin(const FormGroup& group, int anchor, FormScope* scope);
  [[nodiscard]] int Anchor(const FormScope& scope) const;

  // Shares.

  [[nodiscard]] bool IsShared(const FormValue& value, const FormScope& scope) const;
  Result<sql::Expr> ShareExpr(const FormScope& scope);
  [[nodiscard]] sql::Expr RatioOf(sql::Expr above, sql::Expr below) const;
  Result<sql::Expr> RatioOfTwo(const FormScope& scope);
  Result<sql::Expr> NumberBeside(const FormValue& value, const FormScope* scope);
  Result<sql::Expr> Filtered(const std::vector<FormGroup>& groups, sql::Expr call,
                             const FormScope& scope);
  Result<sql::Expr> HoldsExpr(const FormGroup& group, const FormScope& scope);

  // Growth.

  Result<sql::Expr> GrowthExpr(const FormScope& scope);
  Result<sql::Expr> EarlierExpr(sql::Expr of, const FormScope& scope);
  [[nodiscard]] sql::Select ShownPeriods(sql::Select all) const;

  // Ranks and order.

  Status AddRestriction(FormScope* scope);
  [[nodiscard]] std::optional<MemberRef> RestrictedKey() const;
  Result<sql::Select> PickedByColumn();
  Result<sql::Select> PickedByNumber();
  Result<sql::Select> RunWithin(const Form& form);
  Status AddRank(FormScope* scope);
  Status AddPlace(FormScope* scope);
  [[nodiscard]] bool IsWithin(const FormValue& value) const;
  [[nodiscard]] sql::Select FirstPlaces(sql::Select ranked) const;
  void BreakTies(const FormScope& scope, sql::Select* select) const;
  Status AddOrder(FormScope* scope);
  Status AddUsualOrder(FormScope* scope);

  const Form& form_;
  const semantic::Model& model_;
  const semantic::JoinGraph& graph_;
  semantic::JoinGraph::Ties ties_;
  Aliases aliases_;
  bool is_inner_ = false;  // stands inside another statement
  std::set<int> joined_;
  std::set<int> beside_;
};

}  // namespace loupe::ask

#endif  // LOUPE_CORE_ASK_FORM_EMITTER_HPP

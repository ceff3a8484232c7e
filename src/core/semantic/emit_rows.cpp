#include "core/semantic/emit_rows.hpp"

#include <algorithm>
#include <utility>

#include "core/semantic/emit_partial.hpp"
#include "core/semantic/emit_time.hpp"

namespace loupe::semantic {
namespace {

constexpr double kMaxLookedUp = 10'000;  // rows of a table whose keys are put into an array

std::string BranchAlias(std::size_t branch) { return "b" + std::to_string(branch + 1); }
std::string KeyAlias(std::size_t key) { return "k" + std::to_string(key + 1); }

// The unit by which the part cuts a group's time.
const Granularity* CutOf(const Part& part, std::size_t index, const Group& group) {
  if (part.periods && part.periods->group == index) return &part.periods->base;
  return group.granularity ? &*group.granularity : nullptr;
}

class RowsEmitter {
 public:
  RowsEmitter(const Part& part, const EmitContext& context) : part_(part), context_(context) {}

  PartRows Run() {
    rows_.scope.AddPresent(part_.root);
    const bool is_early = part_.shape == Shape::kEarly;
    rows_.select.from.push_back(is_early ? EarlyRows() : TableOf(*part_.root, context_));
    AddJoins(part_.joins, &rows_.select, &rows_.scope);
    if (!is_early) rows_.select.where = RowConditions(part_.filters, rows_.scope, context_);
    group_exprs_.resize(context_.query.groups.size());
    for (const std::size_t i : part_.groups) {
      if (IsOnTrunk(i)) group_exprs_[i] = GroupExpr(i, rows_.scope);
    }
    for (const Cluster& cluster : part_.clusters) {
      if (cluster.has_groups) {
        AddPairs(cluster);
      } else {
        rows_.select.where.push_back(FilterExpr(cluster));
      }
    }
    for (const std::size_t i : part_.groups) rows_.groups.push_back(std::move(group_exprs_[i]));
    return std::move(rows_);
  }

 private:
  [[nodiscard]] sql::Expr GroupExpr(std::size_t index, const Scope& scope) const {
    const Group& group = context_.query.groups[index];
    if (group.dimension->type != DimensionType::kTime) {
      return DimensionExpr(*group.entity, *group.dimension, scope).expr;
    }
    sql::Expr local = LocalTimeOf(*group.entity, *group.dimension, scope, part_, context_);
    const Granularity* cut = CutOf(part_, index, group);
    if (cut == nullptr) return local;
    sql::Expr start = TruncatedExpr(AsTimestamp(std::move(local), TypeOf(*group.dimension)), *cut);
    const bool is_period = part_.periods && part_.periods->group == index;
    if (!is_period || !part_.periods->gathers_first) return start;
    return Gathered(std::move(start), group, scope);
  }

  // The start of the first period for all that lies before its end.
  [[nodiscard]] sql::Expr Gathered(sql::Expr start, const Group& group, const Scope& scope) const {
    const DateTime& first = *part_.periods->first;
    const DateTime end = Next(first, *group.granularity);
    const TypedExpr time = DimensionExpr(*group.entity, *group.dimension, scope);
    sql::Expr expr = sql::When(TimeCondition(time.expr, time.type, FilterOperator::kBeforeDate,
                                             {{end, end}}, context_.query.timezone),
                               TimestampExpr(first));
    expr.args.push_back(std::move(start));
    return expr;
  }

  // The root's rows, aggregated by the columns of the join that leads away from them.
  [[nodiscard]] sql::FromItem EarlyRows() const {
    sql::Select early;
    early.from.push_back(TableOf(*part_.root, context_));
    early.where = RowConditions(part_.filters, rows_.scope, context_);
    const auto step = std::find_if(part_.joins.begin(), part_.joins.end(),
                                   [&](const JoinStep& join) { return join.from == part_.root; });
    for (const auto& pair : step->columns) {
      early.items.push_back({sql::Column(RowAlias(*part_.root), pair.first), ""});
      early.group_by.push_back(sql::Integer(static_cast<std::int64_t>(early.items.size())));
    }
    for (const std::size_t i : part_.aggregates) AddPartial(i, rows_.scope, context_, &early);
    return sql::SubqueryRef(std::move(early), RowAlias(*part_.root));
  }

  void AddJoins(const std::vector<JoinStep>& steps, sql::Select* select, Scope* scope) const {
    for (const JoinStep& step : steps) {
      select->from.push_back(JoinOf(step, context_));
      scope->AddJoined(step);
    }
  }

  // Joins all of the branch to the trunk's row.
  void AddBranch(const Branch& branch, sql::Select* select, Scope* scope) const {
    AddJoins({branch.entry}, select, scope);
    AddJoins(branch.joins, select, scope);
  }

  // FROM the branch alone: its first entity, of which each row is there, and what it leads to.
  sql::Select BranchRows(const Branch& branch, Scope* scope) const {
    sql::Select select;
    select.from.push_back(TableOf(*branch.entry.to, context_));
    scope->AddPresent(branch.entry.to);
    AddJoins(branch.joins, &select, scope);
    return select;
  }

  [[nodiscard]] bool IsOnTrunk(std::size_t group) const {
    return std::none_of(part_.branches.begin(), part_.branches.end(), [&](const Branch& branch) {
      return std::find(branch.groups.begin(), branch.groups.end(), group) != branch.groups.end();
    });
  }

  // FROM all branches of the cluster, joined to the trunk's row from outside; rows that are missing
  // are null.
  sql::Select JoinedRows(const Cluster& cluster, Scope* scope) const {
    sql::Select select;
    sql::FromItem one;
    one.values.push_back({sql::Integer(1)});
    one.alias = "one";
    select.from.push_back(std::move(one));
    for (const std::size_t i : cluster.branches) {
      AddBranch(part_.branches[i], &select, scope);
    }
    select.where = RowConditions(cluster.conditions, *scope, context_);
    return select;
  }

  // Rows of the branch that belong to the trunk's row and pass the conditions.
  [[nodiscard]] sql::Select LinkedRows(const Branch& branch,
                                       const std::vector<Condition>& conditions) const {
    Scope scope = rows_.scope;
    sql::Select rows = BranchRows(branch, &scope);
    rows.where = RowConditions(conditions, scope, context_);
    rows.where.insert(rows.where.begin(), LinkOf(branch.entry));
    return rows;
  }

  // Tells whether the conditions are about one small table to which the branch's rows lead: its
  // keys are found once and looked up, in an index where there is one.
  [[nodiscard]] bool AsksForKeys(const Branch& branch,
                                 const std::vector<Condition>& conditions) const {
    if (branch.joins.size() != 1 || branch.joins[0].to_many) return false;
    const JoinStep& step = branch.joins[0];
    const double rows = step.to->statistics.rows;
    const auto is_about = [&](const Condition& condition) {
      return !Speaks(condition, {branch.entry.to});
    };
    return step.columns.size() == 1 && rows >= 0 && rows <= kMaxLookedUp &&
           branch.entry.to->statistics.IsIndexed(step.columns[0].first) &&
           std::all_of(conditions.begin(), conditions.end(), is_about);
  }

  [[nodiscard]] sql::Expr LookedUp(const Branch& branch,
                                   const std::vector<Condition>& conditions) const {
    const JoinStep& step = branch.joins[0];
    Scope scope;
    scope.AddPresent(step.to);
    sql::Select keys;
    keys.items.push_back({sql::Column(RowAlias(*step.to), step.columns[0].second), ""});
    keys.from.push_back(TableOf(*step.to, context_));
    keys.where = RowConditions(conditions, scope, context_);
    sql::Expr array;
    array.kind = sql::Expr::Kind::kArrayQuery;
    array.subquery.push_back(std::move(keys));
    sql::Expr any;
    any.kind = sql::Expr::Kind::kAny;
    any.args.push_back(sql::Column(RowAlias(*step.from), step.columns[0].first));
    any.args.push_back(std::move(array));
    sql::Select rows;
    rows.from.push_back(TableOf(*branch.entry.to, context_));
    rows.where.push_back(LinkOf(branch.entry));
    rows.where.push_back(std::move(any));
    return sql::Exists(std::move(rows));
  }

  [[nodiscard]] sql::Expr NoRow(const Branch& branch) const {
    sql::Select rows;
    rows.from.push_back(TableOf(*branch.entry.to, context_));
    rows.where.push_back(LinkOf(branch.entry));
    return sql::Not(sql::Exists(std::move(rows)));
  }

  // Tells whether no row of the branch can pass: a key of it would have to be null.
  [[nodiscard]] bool AsksForNone(const Branch& branch,
                                 const std::vector<Condition>& conditions) const {
    const Entity& entity = *branch.entry.to;
    const auto is_never_null = [&](const std::string& column) {
      const auto& key = entity.primary_key;
      return !column.empty() && std::find(key.begin(), key.end(), column) != key.end();
    };
    return std::any_of(conditions.begin(), conditions.end(), [&](const Condition& condition) {
      return condition.kind == Condition::Kind::kDimension && condition.entity == &entity &&
             condition.op == FilterOperator::kNotSet && is_never_null(condition.dimension->column);
    });
  }

  [[nodiscard]] sql::Expr FilterExpr(const Cluster& cluster) const {
    if (cluster.conditions.empty()) return sql::Boolean(true);
    const Branch& branch = part_.branches[cluster.branches[0]];
    if (cluster.branches.size() == 1 && !cluster.uses_trunk) {
      const std::optional<bool> missing = PassesMissing(cluster.conditions, EntitiesOf(branch));
      if (missing == true && AsksForNone(branch, cluster.conditions)) return NoRow(branch);
      if (missing == false && AsksForKeys(branch, cluster.conditions)) {
        return LookedUp(branch, cluster.conditions);
      }
      if (missing == false) return sql::Exists(LinkedRows(branch, cluster.conditions));
      if (missing == true) {
        return sql::Or({sql::Exists(LinkedRows(branch, cluster.conditions)), NoRow(branch)});
      }
    }
    if (cluster.conditions.size() == 1 && cluster.conditions[0].kind == Condition::Kind::kOr) {
      return AnyOf(cluster);
    }
    Scope scope = rows_.scope;
    return sql::Exists(JoinedRows(cluster, &scope));
  }

  // Some row passes one condition or another: some row passes the one, or some row the other.
  [[nodiscard]] sql::Expr AnyOf(const Cluster& cluster) const {
    std::vector<sql::Expr> any;
    for (const Condition& child : cluster.conditions[0].children) {
      Cluster own;
      own.conditions.push_back(child);
      for (const std::size_t i : cluster.branches) {
        if (Speaks(child, EntitiesOf(part_.branches[i]))) own.branches.push_back(i);
      }
      own.uses_trunk = SpeaksOfTrunk(child);
      any.push_back(own.branches.empty() ? ConditionExpr(child, rows_.scope, context_, nullptr)
                                         : FilterExpr(own));
    }
    return sql::Or(std::move(any));
  }

  static bool Speaks(const Condition& condition, const std::vector<const Entity*>& of) {
    if (condition.entity != nullptr) {
      return std::find(of.begin(), of.end(), condition.entity) != of.end();
    }
    return std::any_of(condition.children.begin(), condition.children.end(),
                       [&](const Condition& child) { return Speaks(child, of); });
  }

  [[nodiscard]] bool SpeaksOfTrunk(const Condition& condition) const {
    std::vector<const Entity*> trunk = {part_.root};
    for (const JoinStep& step : part_.joins) trunk.push_back(step.to);
    return Speaks(condition, trunk);
  }

  // Joins each row of the trunk to the distinct groups that the branches give it.
  void AddPairs(const Cluster& cluster) {
    const Branch& branch = part_.branches[cluster.branches[0]];
    if (part_.shape == Shape::kKeys) return AddJoinedBranch(cluster);
    if (cluster.branches.size() > 1 || cluster.uses_trunk) return AddLateralPairs(cluster);
    const std::optional<bool> missing = PassesMissing(cluster.conditions, EntitiesOf(branch));
    const std::string alias = BranchAlias(cluster.branches[0]);
    Scope scope;
    sql::Select pairs = BranchRows(branch, &scope);
    pairs.where = RowConditions(cluster.conditions, scope, context_);
    pairs.distinct = true;
    std::vector<sql::Expr> links;
    for (std::size_t i = 0; i < branch.entry.columns.size(); ++i) {
      const auto& [from, to] = branch.entry.columns[i];
      pairs.items.push_back({sql::Column(RowAlias(*branch.entry.to), to), KeyAlias(i)});
      links.push_back(sql::Binary("=", sql::Column(RowAlias(*branch.entry.from), from),
                                  sql::Column(alias, KeyAlias(i))));
    }
    AddGroupItems(branch, alias, scope, &pairs);
    sql::FromItem item = sql::SubqueryRef(std::move(pairs), alias);
    item.join = missing == false ? sql::JoinType::kInner : sql::JoinType::kLeft;
    item.on.push_back(sql::And(std::move(links)));
    rows_.select.from.push_back(std::move(item));
    if (missing != true || cluster.conditions.empty()) return;
    rows_.select.where.push_back(
        sql::Or({sql::IsNotNull(sql::Column(alias, KeyAlias(0))), NoRow(branch)}));
  }

  // Joins the branch itself; the part groups by the root's key.
  void AddJoinedBranch(const Cluster& cluster) {
    const Branch& branch = part_.branches[cluster.branches[0]];
    AddBranch(branch, &rows_.select, &rows_.scope);
    for (sql::Expr& condition : RowConditions(cluster.conditions, rows_.scope, context_)) {
      rows_.select.where.push_back(std::move(condition));
    }
    for (const std::size_t group : branch.groups) {
      group_exprs_[group] = GroupExpr(group, rows_.scope);
    }
  }

  void AddLateralPairs(const Cluster& cluster) {
    const std::string alias = BranchAlias(cluster.branches[0]);
    Scope scope = rows_.scope;
    sql::Select pairs = JoinedRows(cluster, &scope);
    pairs.distinct = true;
    for (const std::size_t i : cluster.branches) {
      AddGroupItems(part_.branches[i], alias, scope, &pairs);
    }
    sql::FromItem item = sql::SubqueryRef(std::move(pairs), alias);
    item.join = sql::JoinType::kCrossLateral;
    rows_.select.from.push_back(std::move(item));
  }

  void AddGroupItems(const Branch& branch, const std::string& alias, const Scope& scope,
                     sql::Select* pairs) {
    for (const std::size_t group : branch.groups) {
      pairs->items.push_back({GroupExpr(group, scope), GroupAlias(group)});
      group_exprs_[group] = sql::Column(alias, GroupAlias(group));
    }
  }

  const Part& part_;
  const EmitContext& context_;
  PartRows rows_;
  std::vector<sql::Expr> group_exprs_;  // by group of the query
};

}  // namespace

sql::Expr LocalTimeOf(const Entity& entity, const Dimension& dimension, const Scope& scope,
                      const Part& part, const EmitContext& context) {
  const SqlType type = TypeOf(dimension);
  sql::Expr local =
      LocalTime(DimensionExpr(entity, dimension, scope).expr, type, context.query.timezone);
  if (!part.shift || part.shift->dimension != &dimension) return local;
  return sql::Binary("+", std::move(local),
                     sql::Cast(sql::String(IntervalText(part.shift->back)), "interval"));
}

PartRows RowsOf(const Part& part, const EmitContext& context) {
  return RowsEmitter(part, context).Run();
}

}  // namespace loupe::semantic

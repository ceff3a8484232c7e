#include "core/semantic/emit_rolling.hpp"

#include <algorithm>
#include <functional>
#include <utility>

#include "core/semantic/emit_partial.hpp"
#include "core/semantic/emit_time.hpp"
#include "core/semantic/plan_rolling.hpp"
#include "core/semantic/plan_shape.hpp"

namespace loupe::semantic {
namespace {

constexpr const char* kBase = "base";
constexpr const char* kSteps = "steps";
constexpr const char* kSeries = "series";

sql::Expr IntervalExpr(const Interval& interval) {
  return sql::Cast(sql::String(IntervalText(interval)), "interval");
}

sql::Expr Plus(sql::Expr time, const Interval& interval) {
  if (interval.IsZero()) return time;
  return sql::Binary("+", std::move(time), IntervalExpr(interval));
}

// "'6 days'::interval PRECEDING", "CURRENT ROW" or "… FOLLOWING".
std::string FrameBound(const std::optional<Interval>& offset, const char* unbounded) {
  if (!offset) return unbounded;
  if (offset->IsZero()) return "CURRENT ROW";
  const bool back =
      offset->months < 0 || (offset->months == 0 && offset->days * 86'400'000 + offset->millis < 0);
  const Interval positive = back ? Negated(*offset) : *offset;
  return "'" + IntervalText(positive) + "'::interval " + (back ? "PRECEDING" : "FOLLOWING");
}

class RollingEmitter {
 public:
  RollingEmitter(const Part& part, const EmitContext& context)
      : part_(part),
        context_(context),
        periods_(*part.periods),
        period_(*context.query.groups[periods_.group].granularity) {
    for (const std::size_t i : part.groups) {
      if (!IsCoarser(i)) keys_.push_back(i);
    }
  }

  PartQuery Run() {
    if (periods_.is_stepped) return Stepped();
    PartQuery query = periods_.is_framed ? Framed() : Joined();
    query.select.with.insert(query.select.with.begin(), Base());
    return query;
  }

 private:
  [[nodiscard]] const Aggregate& AggregateAt(std::size_t i) const {
    return context_.query.aggregates[i];
  }
  [[nodiscard]] bool IsTime(std::size_t group) const { return group == periods_.group; }
  // A coarser period of the same time: it follows from the period.
  [[nodiscard]] bool IsCoarser(std::size_t group) const {
    const auto& coarser = periods_.coarser;
    return std::find(coarser.begin(), coarser.end(), group) != coarser.end();
  }
  [[nodiscard]] bool HasOtherGroups() const { return keys_.size() > 1; }
  [[nodiscard]] bool IsMerged() const {
    return IsMergeable(AggregateAt(part_.aggregates[0]).measure->aggregation);
  }

  // The rows by base period: partial aggregates, or the values themselves.
  [[nodiscard]] sql::CommonTable Base() const {
    PartRows rows = RowsOf(part_, context_);
    sql::Select base = std::move(rows.select);
    for (std::size_t i = 0; i < part_.groups.size(); ++i) {
      if (IsCoarser(part_.groups[i])) continue;
      base.items.push_back({rows.groups[i], GroupAlias(part_.groups[i])});
      if (!IsMerged()) continue;
      base.group_by.push_back(sql::Integer(static_cast<std::int64_t>(base.items.size())));
    }
    for (const std::size_t i : part_.aggregates) AddBaseValue(i, rows.scope, &base);
    if (!part_.rolling->leading) base.where.push_back(HasTime(rows));
    base.distinct = !IsMerged() && IsDistinct();
    return {kBase, {std::move(base)}};
  }

  // A row without a time lies in no window; one that has no end would hold it.
  [[nodiscard]] sql::Expr HasTime(const PartRows& rows) const {
    const auto at = std::find(part_.groups.begin(), part_.groups.end(), periods_.group);
    return sql::IsNotNull(rows.groups[static_cast<std::size_t>(at - part_.groups.begin())]);
  }

  [[nodiscard]] bool IsDistinct() const {
    const Aggregation aggregation = AggregateAt(part_.aggregates[0]).measure->aggregation;
    return aggregation == Aggregation::kCountDistinct ||
           aggregation == Aggregation::kCountDistinctApprox;
  }

  void AddBaseValue(std::size_t index, const Scope& scope, sql::Select* base) const {
    if (IsMerged()) return AddPartial(index, scope, context_, base);
    base->items.push_back(
        {FilteredOperand(AggregateAt(index), scope, context_), PartialAlias(index)});
  }

  // generate_series over the periods of the query, or over those that the rows reach.
  [[nodiscard]] sql::FromItem Series(const std::optional<DateTime>& first) const {
    const auto bound = [&](const std::optional<DateTime>& known, const char* pick) {
      if (known) return TimestampExpr(*known);
      sql::Select reached;
      reached.items.push_back(
          {TruncatedExpr(sql::Call(pick, {sql::Column(kBase, GroupAlias(periods_.group))}),
                         period_),
           ""});
      reached.from.push_back(sql::TableRef("", kBase, kBase));
      return sql::Scalar(std::move(reached));
    };
    sql::FromItem series;
    series.function.push_back(sql::Call(
        "generate_series",
        {bound(first, "min"), bound(periods_.last, "max"), IntervalExpr(StepOf(period_))}));
    series.alias = kSeries;
    series.column_aliases.emplace_back("period");
    return first && periods_.last ? Counted(std::move(series), *first) : series;
  }

  // A limit that never cuts tells the planner how long the series is. It reckons with 1,000 periods
  // of any, and then, over the base, with so many rows that it compiles expressions first.
  [[nodiscard]] sql::FromItem Counted(sql::FromItem series, const DateTime& first) const {
    series.alias = "periods";
    sql::Select counted;
    counted.items.push_back({sql::Column("periods", "period"), ""});
    counted.from.push_back(std::move(series));
    counted.limit = MostPeriods(period_, first, *periods_.last);
    return sql::SubqueryRef(std::move(counted), kSeries);
  }

  [[nodiscard]] sql::Expr CoarserThan(sql::Expr period, std::size_t group) const {
    return TruncatedExpr(std::move(period), *context_.query.groups[group].granularity);
  }

  static sql::Expr Period() { return sql::Column(kSeries, "period"); }

  // ---- framed: the base and a skeleton of all periods, grouped together ----

  [[nodiscard]] sql::Select BaseSteps() const {
    sql::Select steps;
    for (const std::size_t i : keys_) {
      steps.items.push_back({sql::Column(kBase, GroupAlias(i)), GroupAlias(i)});
    }
    for (const std::string& alias : ValueAliases()) {
      steps.items.push_back({sql::Column(kBase, alias), alias});
    }
    steps.items.push_back({sql::Integer(1), "rows"});
    steps.items.push_back({sql::Boolean(false), "shown"});
    steps.from.push_back(sql::TableRef("", kBase, kBase));
    return steps;
  }

  // Each period of the series with each of the other groups that the base has.
  [[nodiscard]] sql::Select Skeleton() const {
    sql::Select skeleton;
    for (const std::size_t i : keys_) {
      skeleton.items.push_back({IsTime(i) ? Period() : sql::Column("keys", GroupAlias(i)), ""});
    }
    for (std::size_t i = 0; i < ValueAliases().size(); ++i) {
      skeleton.items.push_back({sql::Null(), ""});
    }
    skeleton.items.push_back({sql::Integer(0), ""});
    skeleton.items.push_back({sql::Boolean(true), ""});
    skeleton.from.push_back(Series(periods_.first));
    if (!HasOtherGroups()) return skeleton;
    sql::Select keys;
    keys.distinct = true;
    for (const std::size_t i : keys_) {
      if (!IsTime(i)) keys.items.push_back({sql::Column(kBase, GroupAlias(i)), GroupAlias(i)});
    }
    keys.from.push_back(sql::TableRef("", kBase, kBase));
    sql::FromItem item = sql::SubqueryRef(std::move(keys), "keys");
    item.join = sql::JoinType::kCross;
    skeleton.from.push_back(std::move(item));
    return skeleton;
  }

  [[nodiscard]] std::vector<std::string> ValueAliases() const {
    std::vector<std::string> aliases;
    for (const std::size_t i : part_.aggregates) {
      for (std::string& alias : PartialAliases(context_, i)) aliases.push_back(std::move(alias));
    }
    return aliases;
  }

  [[nodiscard]] sql::Window FrameWindow() const {
    std::vector<sql::Expr> others;
    for (const std::size_t i : keys_) {
      if (!IsTime(i)) others.push_back(sql::Column(kSteps, GroupAlias(i)));
    }
    return FrameWindow(sql::Column(kSteps, GroupAlias(periods_.group)), std::move(others));
  }

  [[nodiscard]] sql::Window FrameWindow(const sql::Expr& time,
                                        std::vector<sql::Expr> others) const {
    sql::Window window;
    window.partition_by = std::move(others);
    window.order_by.push_back({time});
    if (!part_.rolling->to_date.empty()) {
      window.partition_by.push_back(TruncatedExpr(time, *periods_.to_date));
      window.frame = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
      return window;
    }
    const WindowBounds bounds = BoundsOf(*part_.rolling, period_);
    std::optional<Interval> last = bounds.to;  // the window's end is not inside: one period less
    if (last) last = Sum(*last, Negated(StepOf(period_)));
    window.frame = "RANGE BETWEEN " + FrameBound(bounds.from, "UNBOUNDED PRECEDING") + " AND " +
                   FrameBound(last, "UNBOUNDED FOLLOWING");
    return window;
  }

  // The aggregate over the frame of what each step has; a step has at most one row that is not
  // null.
  [[nodiscard]] sql::Expr OverFrame(const char* function, const std::string& alias) const {
    sql::Expr call = sql::Call(function, {sql::Call("max", {sql::Column(kSteps, alias)})});
    call.window.push_back(FrameWindow());
    return call;
  }

  [[nodiscard]] sql::Select FramedSteps() const {
    sql::Select steps = BaseSteps();
    steps.union_all.push_back(Skeleton());
    sql::Select framed;
    framed.from.push_back(sql::SubqueryRef(std::move(steps), kSteps));
    for (const std::size_t i : keys_) {
      framed.items.push_back({sql::Column(kSteps, GroupAlias(i)), GroupAlias(i)});
      framed.group_by.push_back(sql::Column(kSteps, GroupAlias(i)));
    }
    for (const std::size_t i : part_.aggregates) {
      framed.items.push_back({MergedPartial(i, context_,
                                            [&](const char* function, const std::string& alias) {
                                              return OverFrame(function, alias);
                                            }),
                              PartialAlias(i)});
    }
    framed.items.push_back({sql::Call("bool_or", {sql::Column(kSteps, "shown")}), "shown"});
    if (HasOtherGroups()) framed.items.push_back({OverFrame("sum", "rows"), "rows"});
    return framed;
  }

  // An aggregate over the frame of the series, of a column of what stands beside it.
  [[nodiscard]] std::function<sql::Expr(const char*, const std::string&)> OverSeries(
      const char* beside) const {
    return [this, beside](const char* function, const std::string& alias) {
      sql::Expr call = sql::Call(function, {sql::Column(beside, alias)});
      call.window.push_back(FrameWindow(Period(), {}));
      return call;
    };
  }

  // The series beside the base, where no other groups have to be told apart and the series may
  // begin where the windows do.
  [[nodiscard]] sql::Select SeriesBesideBase() const {
    sql::Select framed;
    framed.items.push_back({Period(), GroupAlias(periods_.group)});
    const auto over_frame = OverSeries(kBase);
    for (const std::size_t i : part_.aggregates) {
      framed.items.push_back({MergedPartial(i, context_, over_frame), PartialAlias(i)});
    }
    framed.from.push_back(Series(periods_.gathers_first ? periods_.first : periods_.read));
    sql::FromItem base = sql::TableRef("", kBase, kBase);
    base.join = sql::JoinType::kLeft;
    base.on.push_back(sql::Binary("=", sql::Column(kBase, GroupAlias(periods_.group)), Period()));
    framed.from.push_back(std::move(base));
    return framed;
  }

  [[nodiscard]] PartQuery FramedSeries() const {
    PartQuery query;
    query.is_grouped = false;
    query.select.from.push_back(sql::SubqueryRef(SeriesBesideBase(), "framed"));
    const sql::Expr period = sql::Column("framed", GroupAlias(periods_.group));
    if (!periods_.gathers_first) {
      query.select.where.push_back(sql::Binary(">=", period, TimestampExpr(*periods_.first)));
    }
    AddFramedColumns(&query);
    return query;
  }

  // The groups and aggregates of the subquery "framed".
  void AddFramedColumns(PartQuery* query) const {
    for (const std::size_t i : part_.groups) {
      query->groups.push_back(
          IsCoarser(i) ? CoarserThan(sql::Column("framed", GroupAlias(periods_.group)), i)
                       : sql::Column("framed", GroupAlias(i)));
    }
    for (const std::size_t i : part_.aggregates) {
      query->aggregates.push_back({sql::Column("framed", PartialAlias(i)), TypeOf(AggregateAt(i))});
    }
  }

  [[nodiscard]] PartQuery Framed() const {
    const bool knows_start = periods_.gathers_first || periods_.read;
    if (!HasOtherGroups() && knows_start && EndsWithPeriod(part_)) return FramedSeries();
    PartQuery query;
    query.is_grouped = false;
    query.select.from.push_back(sql::SubqueryRef(FramedSteps(), "framed"));
    query.select.where.push_back(sql::Column("framed", "shown"));
    if (HasOtherGroups()) {
      query.select.where.push_back(
          sql::Binary(">", sql::Column("framed", "rows"), sql::Integer(0)));
    }
    AddFramedColumns(&query);
    return query;
  }

  // ---- stepped: the aggregate of each period, found by an index ----

  // The rows of the period at hand, aggregated.
  [[nodiscard]] sql::Select RowsOfStep() const {
    const Group& group = context_.query.groups[periods_.group];
    Scope scope;
    scope.AddPresent(part_.root);
    sql::Select rows;
    rows.from.push_back(TableOf(*part_.root, context_));
    const TypedExpr time = DimensionExpr(*part_.root, *group.dimension, scope);
    const auto moment = [&](sql::Expr local) {
      return MomentOf(std::move(local), time.type, context_.query.timezone);
    };
    rows.where.push_back(sql::Binary(">=", time.expr, moment(Period())));
    rows.where.push_back(sql::Binary("<", time.expr, moment(Plus(Period(), StepOf(period_)))));
    for (const std::size_t i : part_.aggregates) AddPartial(i, scope, context_, &rows);
    rows.items.push_back({sql::Call("count", {sql::Star()}), "rows"});
    return rows;
  }

  // Each period with what its window holds, from the first one that a window needs.
  [[nodiscard]] sql::Select Steps() const {
    sql::Select steps;
    steps.items.push_back({Period(), "period"});
    const auto over_frame = OverSeries(kSteps);
    for (const std::size_t i : part_.aggregates) {
      steps.items.push_back({MergedPartial(i, context_, over_frame), PartialAlias(i)});
    }
    steps.items.push_back({over_frame("sum", "rows"), "rows"});
    steps.from.push_back(Series(periods_.read));
    sql::FromItem rows = sql::SubqueryRef(RowsOfStep(), kSteps);
    rows.join = sql::JoinType::kCrossLateral;
    steps.from.push_back(std::move(rows));
    return steps;
  }

  [[nodiscard]] PartQuery Stepped() const {
    PartQuery query;
    query.is_grouped = false;
    query.select.from.push_back(sql::SubqueryRef(Steps(), "stepped"));
    query.select.where.push_back(
        sql::Binary(">=", sql::Column("stepped", "period"), TimestampExpr(*periods_.first)));
    query.groups.push_back(sql::Column("stepped", "period"));
    for (const std::size_t i : part_.aggregates) {
      sql::Expr value;  // a window without rows has none
      value.kind = sql::Expr::Kind::kCase;
      value.args.push_back(sql::Binary(">", sql::Column("stepped", "rows"), sql::Integer(0)));
      value.args.push_back(sql::Column("stepped", PartialAlias(i)));
      query.aggregates.push_back({std::move(value), TypeOf(AggregateAt(i))});
    }
    return query;
  }

  // ---- joined: each period with the base rows of its window ----

  [[nodiscard]] sql::Expr IsInWindow() const {
    const sql::Expr time = sql::Column(kBase, GroupAlias(periods_.group));
    const WindowBounds bounds = BoundsOf(*part_.rolling, period_);
    std::vector<sql::Expr> inside;
    if (periods_.to_date) {
      inside.push_back(sql::Binary(">=", time, TruncatedExpr(Period(), *periods_.to_date)));
    } else if (bounds.from) {
      inside.push_back(sql::Binary(">=", time, Plus(Period(), *bounds.from)));
    }
    if (bounds.to) inside.push_back(sql::Binary("<", time, Plus(Period(), *bounds.to)));
    return sql::And(std::move(inside));
  }

  [[nodiscard]] sql::Expr JoinedValue(std::size_t index) const {
    if (IsMerged()) {
      return MergedPartial(index, context_, [](const char* function, const std::string& alias) {
        return sql::Call(function, {sql::Column(kBase, alias)});
      });
    }
    return NullWhenEmpty(AggregateCall(*AggregateAt(index).measure,
                                       sql::Column(kBase, PartialAlias(index)), context_));
  }

  [[nodiscard]] sql::Expr NullWhenEmpty(sql::Expr value) const {
    sql::Expr rows = sql::Call("count", {sql::Column(kBase, GroupAlias(periods_.group))});
    return sql::When(sql::Binary(">", std::move(rows), sql::Integer(0)), std::move(value));
  }

  [[nodiscard]] PartQuery Joined() const {
    PartQuery query;
    query.select.from.push_back(Series(periods_.first));
    sql::FromItem base = sql::TableRef("", kBase, kBase);
    base.join = HasOtherGroups() ? sql::JoinType::kInner : sql::JoinType::kLeft;
    base.on.push_back(IsInWindow());
    query.select.from.push_back(std::move(base));
    for (const std::size_t i : part_.groups) {
      query.groups.push_back(IsTime(i)      ? Period()
                             : IsCoarser(i) ? CoarserThan(Period(), i)
                                            : sql::Column(kBase, GroupAlias(i)));
    }
    for (const std::size_t i : part_.aggregates) {
      query.aggregates.push_back({JoinedValue(i), TypeOf(AggregateAt(i))});
    }
    return query;
  }

  const Part& part_;
  const EmitContext& context_;
  const Periods& periods_;
  const Granularity& period_;
  std::vector<std::size_t> keys_;  // the part's groups but those that follow from the period
};

}  // namespace

PartQuery EmitRollingPart(const Part& part, const EmitContext& context) {
  return RollingEmitter(part, context).Run();
}

}  // namespace loupe::semantic

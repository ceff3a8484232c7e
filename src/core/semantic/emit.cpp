#include "core/semantic/emit.hpp"

#include <algorithm>
#include <utility>

#include "core/semantic/emit_part.hpp"
#include "core/semantic/emit_rows.hpp"
#include "core/semantic/emit_time.hpp"
#include "core/semantic/emit_value.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/plan_shape.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kCutNameBytes = 56;  // leaves room for "~" and a number

std::string AggregateAlias(std::size_t index) { return "m" + std::to_string(index + 1); }
std::string ValueAlias(std::size_t index) { return "v" + std::to_string(index + 1); }

SqlType GroupType(const Group& group) {
  if (group.dimension->type != DimensionType::kTime) return TypeOf(*group.dimension);
  const bool date = TypeOf(*group.dimension) == SqlType::kDate && !group.granularity;
  return date ? SqlType::kDate : SqlType::kTimestamp;
}

// A measure as the answer shows it: moments become local.
sql::Expr Shown(TypedExpr value, const std::string& zone) {
  if (value.type != SqlType::kTimestamp && value.type != SqlType::kTimestampTz) {
    return std::move(value.expr);
  }
  return LocalTime(std::move(value.expr), value.type, zone);
}

void GroupByPositions(std::size_t first, std::size_t count, sql::Select* select) {
  for (std::size_t i = 0; i < count; ++i) {
    select->group_by.push_back(sql::Integer(static_cast<std::int64_t>(first + i) + 1));
  }
}

// Emits the rows of a plan: groups and selected measures, without order, limit and names.
class RowsEmitter {
 public:
  RowsEmitter(const Plan& plan, const std::string& functions_schema)
      : plan_(plan), query_(plan.query), context_{plan.query, functions_schema} {}

  sql::Select Run() {
    const bool has_rank = query_.HasRanks();
    if (plan_.levels == 1 && !has_rank) {
      if (plan_.parts.size() == 1) return OnePart();
      if (query_.groups.empty()) return ReadsAsOne(plan_) ? OneAppend() : SideBySide();
    }
    sql::Select met = Met();
    if (plan_.levels > 1) met = WithTotals(std::move(met));
    if (has_rank) return Ranked(std::move(met));
    if (plan_.levels > 1) return OverTotals(std::move(met));
    return met;
  }

 private:
  // ---- a single part ----

  sql::Select OnePart() {
    const Part& part = plan_.parts[0];
    PartQuery query = EmitPart(part, context_);
    const ValueSource source = {[&](std::size_t i) { return query.aggregates[IndexOf(part, i)]; },
                                [&](std::size_t i) {
                                  return TypedExpr{query.groups[i], GroupType(query_.groups[i])};
                                }};
    sql::Select select = std::move(query.select);
    for (const sql::Expr& group : query.groups) select.items.push_back({group, ""});
    AddValues(source, &select);
    if (query_.ungrouped) return select;
    if (query.is_grouped) {
      if (IsConstant()) select.having.push_back(sql::Boolean(true));
      GroupByPositions(0, query.groups.size(), &select);
      AddConditions(source, &select.having);
    } else {
      AddConditions(source, &select.where);
    }
    return select;
  }

  // Without groups and aggregates, as of a masked measure, nothing says that it is one row.
  [[nodiscard]] bool IsConstant() const {
    return query_.groups.empty() && query_.aggregates.empty();
  }

  static std::size_t IndexOf(const Part& part, std::size_t aggregate) {
    const auto at = std::find(part.aggregates.begin(), part.aggregates.end(), aggregate);
    return static_cast<std::size_t>(at - part.aggregates.begin());
  }

  void AddValues(const ValueSource& source, sql::Select* select) const {
    for (std::size_t i = 0; i < query_.selected_measures; ++i) {
      select->items.push_back(
          {Shown(ValueExpr(query_.measures[i].value, source), query_.timezone), ""});
    }
  }

  void AddConditions(const ValueSource& source, std::vector<sql::Expr>* conditions) const {
    const Scope none;
    for (const Condition& condition : query_.measure_filters) {
      conditions->push_back(ConditionExpr(condition, none, context_, [&](std::size_t measure) {
        return ValueExpr(query_.measures[measure].value, source);
      }));
    }
  }

  // ---- parts of one row each ----

  // Cross joined, and not united: each is then a plan of its own, with its own workers.
  [[nodiscard]] sql::Select SideBySide() const {
    sql::Select select;
    std::vector<TypedExpr> aggregates(query_.aggregates.size());
    for (std::size_t p = 0; p < plan_.parts.size(); ++p) {
      const Part& part = plan_.parts[p];
      const std::string alias = "part" + std::to_string(p + 1);
      PartQuery query = EmitPart(part, context_);
      for (std::size_t i = 0; i < part.aggregates.size(); ++i) {
        const std::size_t aggregate = part.aggregates[i];
        query.select.items.push_back({query.aggregates[i].expr, AggregateAlias(aggregate)});
        aggregates[aggregate] = {sql::Column(alias, AggregateAlias(aggregate)),
                                 query.aggregates[i].type};
      }
      sql::FromItem item = sql::SubqueryRef(std::move(query.select), alias);
      if (p > 0) item.join = sql::JoinType::kCross;
      select.from.push_back(std::move(item));
    }
    const ValueSource source = {[&](std::size_t i) { return aggregates[i]; }, nullptr};
    AddValues(source, &select);
    AddConditions(source, &select.where);
    return select;
  }

  // The rows of all parts in one append that its workers share, and one aggregate above them.
  [[nodiscard]] sql::Select OneAppend() const {
    sql::Select rows;
    for (std::size_t p = 0; p < plan_.parts.size(); ++p) {
      sql::Select part = RowValues(plan_.parts[p]);
      if (p == 0) {
        rows = std::move(part);
      } else {
        rows.union_all.push_back(std::move(part));
      }
    }
    sql::Select select;
    select.from.push_back(sql::SubqueryRef(std::move(rows), "facts"));
    const ValueSource source = {
        [&](std::size_t i) {
          const Aggregate& aggregate = query_.aggregates[i];
          sql::Expr operand = sql::Column("facts", AggregateAlias(i));
          return TypedExpr{AggregateCall(*aggregate.measure, std::move(operand), context_),
                           TypeOf(aggregate)};
        },
        nullptr};
    AddValues(source, &select);
    AddConditions(source, &select.having);
    return select;
  }

  // What each row of the part gives to each aggregate; null to those of other parts.
  [[nodiscard]] sql::Select RowValues(const Part& part) const {
    PartRows rows = RowsOf(part, context_);
    sql::Select select = std::move(rows.select);
    for (std::size_t i = 0; i < query_.aggregates.size(); ++i) {
      const Aggregate& aggregate = query_.aggregates[i];
      const bool own = IndexOf(part, i) < part.aggregates.size();
      const bool counts = aggregate.measure->aggregation == Aggregation::kCount;
      sql::Expr value =
          own ? UngroupedExpr(aggregate, rows.scope, context_).expr
              : sql::Cast(sql::Null(), counts ? "integer" : aggregate.measure->data_type);
      select.items.push_back({std::move(value), AggregateAlias(i)});
    }
    return select;
  }

  // ---- several parts ----

  // A null of the aggregate's type: UNION ALL would else take the nulls of two parts for text.
  // Where the type is not known, the aggregate of no row has it, and no row is read for it.
  [[nodiscard]] sql::Expr TypedNull(const Aggregate& aggregate) const {
    const SqlType type = TypeOf(aggregate);
    if (CastName(type) != nullptr) return NullOf(type);
    Scope scope;
    scope.AddPresent(aggregate.entity);
    sql::Select none;
    none.items.push_back({AggregateExpr(Unfiltered(aggregate), scope, context_).expr, ""});
    none.from.push_back(TableOf(*aggregate.entity, context_));
    none.where.push_back(sql::Boolean(false));
    return sql::Scalar(std::move(none));
  }

  static Aggregate Unfiltered(Aggregate aggregate) {
    aggregate.filters.clear();
    return aggregate;
  }

  // One branch of the UNION ALL: level, anchor, groups, aggregates.
  [[nodiscard]] sql::Select BranchOf(const Part& part) const {
    PartQuery query = EmitPart(part, context_);
    sql::Select select = std::move(query.select);
    if (plan_.levels > 1) {
      select.items.push_back({sql::Integer(static_cast<std::int64_t>(part.level)), "level"});
    }
    if (plan_.is_anchored) {
      select.items.push_back({sql::Boolean(!part.shift || part.level > 0), "here"});
    }
    for (std::size_t i = 0; i < query_.groups.size(); ++i) {
      const auto own = std::find(part.groups.begin(), part.groups.end(), i);
      sql::Expr expr = NullOf(GroupType(query_.groups[i]));
      if (own != part.groups.end()) {
        expr = query.groups[static_cast<std::size_t>(own - part.groups.begin())];
        if (query.is_grouped) {
          select.group_by.push_back(
              sql::Integer(static_cast<std::int64_t>(select.items.size()) + 1));
        }
      }
      select.items.push_back({std::move(expr), GroupAlias(i)});
    }
    for (std::size_t i = 0; i < query_.aggregates.size(); ++i) {
      const std::size_t own = IndexOf(part, i);
      select.items.push_back({own < part.aggregates.size() ? query.aggregates[own].expr
                                                           : TypedNull(query_.aggregates[i]),
                              AggregateAlias(i)});
    }
    return select;
  }

  // Parts of level 0 first: their groups have types, those of other levels may be bare nulls.
  [[nodiscard]] sql::Select Union() const {
    std::vector<const Part*> parts;
    for (const Part& part : plan_.parts) parts.push_back(&part);
    std::stable_partition(parts.begin(), parts.end(),
                          [](const Part* part) { return part->level == 0; });
    sql::Select all = BranchOf(*parts[0]);
    const bool needs_with = !all.with.empty();
    if (needs_with) all = Wrapped(std::move(all), "part");
    for (std::size_t i = 1; i < parts.size(); ++i) all.union_all.push_back(BranchOf(*parts[i]));
    return all;
  }

  // SELECT * FROM (query): a WITH of the first branch would else belong to the whole union.
  static sql::Select Wrapped(sql::Select query, const std::string& alias) {
    sql::Select select;
    select.items.push_back({sql::Star(), ""});
    select.from.push_back(sql::SubqueryRef(std::move(query), alias));
    return select;
  }

  // Each group has at most one row that is not null in an aggregate's column: max() picks it.
  static TypedExpr Picked(const Aggregate& aggregate, std::size_t index) {
    sql::Expr column = sql::Column("parts", AggregateAlias(index));
    return {sql::Call("max", {std::move(column)}), TypeOf(aggregate)};
  }

  // One row a group and level. The last layer when nothing follows: then it has the values.
  [[nodiscard]] sql::Select Met() const {
    sql::Select select;
    select.from.push_back(sql::SubqueryRef(Union(), "parts"));
    const bool is_last = plan_.levels == 1 && !query_.HasRanks();
    if (plan_.levels > 1) select.items.push_back({sql::Column("parts", "level"), "level"});
    for (std::size_t i = 0; i < query_.groups.size(); ++i) {
      select.items.push_back({sql::Column("parts", GroupAlias(i)), is_last ? "" : GroupAlias(i)});
    }
    GroupByPositions(0, query_.groups.size() + (plan_.levels > 1 ? 1 : 0), &select);
    if (IsConstant()) select.having.push_back(sql::Boolean(true));
    const ValueSource source = {
        [&](std::size_t i) { return Picked(query_.aggregates[i], i); },
        [&](std::size_t i) {
          return TypedExpr{sql::Column("parts", GroupAlias(i)), GroupType(query_.groups[i])};
        }};
    if (plan_.is_anchored) {
      select.having.push_back(sql::Call("bool_or", {sql::Column("parts", "here")}));
    }
    if (is_last) {
      AddValues(source, &select);
      AddConditions(source, &select.having);
      return select;
    }
    for (std::size_t i = 0; i < query_.aggregates.size(); ++i) {
      select.items.push_back({source.aggregate(i).expr, AggregateAlias(i)});
    }
    return select;
  }

  // Aggregates of other levels come to each group that agrees with them.
  [[nodiscard]] sql::Select WithTotals(sql::Select met) const {
    sql::Select select;
    select.items.push_back({sql::Column("met", "level"), "level"});
    for (std::size_t i = 0; i < query_.groups.size(); ++i) {
      select.items.push_back({sql::Column("met", GroupAlias(i)), GroupAlias(i)});
    }
    for (std::size_t i = 0; i < query_.aggregates.size(); ++i) {
      sql::Expr expr = sql::Column("met", AggregateAlias(i));
      if (const auto& level = query_.aggregates[i].level) {
        expr = sql::Call("max", {std::move(expr)});
        sql::Window window;
        for (const std::size_t group : *level) {
          window.partition_by.push_back(sql::Column("met", GroupAlias(group)));
        }
        expr.window.push_back(std::move(window));
      }
      select.items.push_back({std::move(expr), AggregateAlias(i)});
    }
    select.from.push_back(sql::SubqueryRef(std::move(met), "met"));
    return select;
  }

  [[nodiscard]] ValueSource ColumnsOf(const std::string& alias) const {
    return {[this, alias](std::size_t i) {
              return TypedExpr{sql::Column(alias, AggregateAlias(i)), TypeOf(query_.aggregates[i])};
            },
            [this, alias](std::size_t i) {
              return TypedExpr{sql::Column(alias, GroupAlias(i)), GroupType(query_.groups[i])};
            }};
  }

  void AddLevelCondition(const std::string& alias, sql::Select* select) const {
    if (plan_.levels == 1) return;
    select->where.push_back(sql::Binary("=", sql::Column(alias, "level"), sql::Integer(0)));
  }

  [[nodiscard]] sql::Select OverTotals(sql::Select totals) const {
    sql::Select select;
    const ValueSource source = ColumnsOf("totals");
    for (std::size_t i = 0; i < query_.groups.size(); ++i) {
      select.items.push_back({source.group(i).expr, ""});
    }
    AddValues(source, &select);
    select.from.push_back(sql::SubqueryRef(std::move(totals), "totals"));
    AddLevelCondition("totals", &select);
    AddConditions(source, &select.where);
    return select;
  }

  // Ranks count all groups; filters on measures come after.
  [[nodiscard]] sql::Select Ranked(sql::Select rows) const {
    sql::Select ranked;
    const ValueSource source = ColumnsOf("met");
    for (std::size_t i = 0; i < query_.groups.size(); ++i) {
      ranked.items.push_back({source.group(i).expr, GroupAlias(i)});
    }
    std::vector<SqlType> types;
    for (std::size_t i = 0; i < query_.measures.size(); ++i) {
      TypedExpr value = ValueExpr(query_.measures[i].value, source);
      types.push_back(value.type);
      ranked.items.push_back({std::move(value.expr), ValueAlias(i)});
    }
    ranked.from.push_back(sql::SubqueryRef(std::move(rows), "met"));
    AddLevelCondition("met", &ranked);
    sql::Select select;
    const auto value = [&](std::size_t i) {
      return TypedExpr{sql::Column("ranked", ValueAlias(i)), types[i]};
    };
    for (std::size_t i = 0; i < query_.groups.size(); ++i) {
      select.items.push_back({sql::Column("ranked", GroupAlias(i)), ""});
    }
    for (std::size_t i = 0; i < query_.selected_measures; ++i) {
      select.items.push_back({Shown(value(i), query_.timezone), ""});
    }
    select.from.push_back(sql::SubqueryRef(std::move(ranked), "ranked"));
    for (const Condition& condition : query_.measure_filters) {
      select.where.push_back(ConditionExpr(condition, Scope(), context_, value));
    }
    return select;
  }

  const Plan& plan_;
  const ResolvedQuery& query_;
  const EmitContext context_;
};

}  // namespace

std::string OutputName(const std::string& key, std::size_t index) {
  if (key.size() <= kMaxNameBytes) return key;
  return key.substr(0, kCutNameBytes) + "~" + std::to_string(index + 1);
}

sql::Select Emit(const Plan& plan, const std::string& functions_schema) {
  const ResolvedQuery& query = plan.query;
  sql::Select select = RowsEmitter(plan, functions_schema).Run();
  for (std::size_t i = 0; i < select.items.size(); ++i) {
    const std::size_t groups = query.groups.size();
    const std::string& key = i < groups ? query.groups[i].key : query.measures[i - groups].key;
    select.items[i].alias = OutputName(key, i);
  }
  const bool one_row = query.groups.empty() && !query.ungrouped;
  for (const SortKey& key : query.order) {
    if (one_row) break;
    select.order_by.push_back(
        {sql::Integer(static_cast<std::int64_t>(key.column) + 1), key.direction, key.nulls});
  }
  select.limit = query.limit;
  if (query.offset > 0) select.offset = query.offset;
  return select;
}

sql::Select EmitTotal(const Plan& plan, const std::string& functions_schema) {
  sql::Select rows = RowsEmitter(plan, functions_schema).Run();
  for (std::size_t i = 0; i < rows.items.size(); ++i) {
    rows.items[i].alias = "c" + std::to_string(i + 1);
  }
  sql::Select total;
  total.items.push_back({sql::Call("count", {sql::Star()}), "total"});
  total.from.push_back(sql::SubqueryRef(std::move(rows), "rows"));
  return total;
}

}  // namespace loupe::semantic

#include "core/ask/form_emitter.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/phrase_reading.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {

using semantic::Aggregation;
using semantic::Entity;

Result<sql::Expr> FormEmitter::ValueExpr(const FormValue& value, const FormScope& scope) {
  switch (value.kind) {
    case FormValue::Kind::kColumn:
      if (DimensionAt(value.ref).column.empty()) break;
      return OperandExpr(value, scope);
    case FormValue::Kind::kCount: {
      if (value.ref.member < 0) return RowCount(value.ref.entity, scope);
      sql::Expr call = sql::Call("count", {scope.ColumnOf(value.ref)});
      call.distinct = true;
      return call;
    }
    case FormValue::Kind::kAggregate: {
      if (value.aggregation == Aggregation::kMedian) {
        return MedianExpr(OperandExpr(value, scope));
      }
      return sql::Call(AggregationName(value.aggregation), {OperandExpr(value, scope)});
    }
    case FormValue::Kind::kMeasure:
      return MeasureExpr(value.ref, scope);
    case FormValue::Kind::kGrain:
      return PeriodExpr(value.ref, scope);
    case FormValue::Kind::kShare:
      return ShareExpr(scope);
    case FormValue::Kind::kGrowth:
      return GrowthExpr(scope);
    default:
      break;
  }
  return NotSupported("this value needs the semantic layer");
}

// A measure that aggregates a column of the table and nothing else.
Result<sql::Expr> FormEmitter::MeasureExpr(MemberRef ref, const FormScope& scope) const {
  const semantic::Measure& measure =
      EntityAt(ref.entity).measures[static_cast<std::size_t>(ref.member)];
  const bool plain =
      measure.IsPlainAggregate() && measure.filters.empty() && !measure.column.empty() &&
      measure.sql.empty() &&
      (measure.aggregation == Aggregation::kSum || measure.aggregation == Aggregation::kAvg ||
       measure.aggregation == Aggregation::kMin || measure.aggregation == Aggregation::kMax);
  if (!plain) return NotSupported("this value needs the semantic layer");
  return sql::Call(AggregationName(measure.aggregation),
                   {sql::Column(scope.AliasOf(ref.entity), measure.column)});
}

// percentile_cont(0.5) WITHIN GROUP (ORDER BY price)
sql::Expr FormEmitter::MedianExpr(sql::Expr of) {
  sql::Expr call = sql::Call("percentile_cont", {sql::Number(0.5)});
  call.within_group = true;
  sql::OrderItem order;
  order.expr = std::move(of);
  call.order_by.push_back(std::move(order));
  return call;
}

// As the semantic layer has it: in UTC, where the time knows a zone.
sql::Expr FormEmitter::PeriodExpr(MemberRef time, const FormScope& scope) const {
  const std::string& type = DimensionAt(time).data_type;
  sql::Expr local = scope.ColumnOf(time);
  if (type == "timestamp with time zone") local = sql::AtTimeZone(std::move(local), "UTC");
  if (type == "date") local = sql::Cast(std::move(local), "timestamp");
  return sql::Call("date_trunc",
                   {sql::String(std::string(TimeUnitName(*form_.grain))), std::move(local)});
}

// Rows of the entity: of a pair of two as many as there are pairs, else each once.
sql::Expr FormEmitter::RowCount(int entity, const FormScope& scope) const {
  const Entity& counted = EntityAt(entity);
  const bool repeated = scope.root() != entity && scope.Has(entity) &&
                        counted.primary_key.size() == 1 && !LeadsToPairs(scope.root(), entity);
  if (!repeated) return sql::Call("count", {sql::Star()});
  sql::Expr call = sql::Call("count", {sql::Column(scope.AliasOf(entity), counted.primary_key[0])});
  call.distinct = true;
  return call;
}

// Whether the rows of `pair` say which rows of two or more others belong together and little else.
bool FormEmitter::LeadsToPairs(int pair, int entity) const {
  std::set<std::string> keys;
  for (const semantic::Join& join : EntityAt(pair).joins) {
    for (const auto& columns : join.columns) keys.insert(columns.first);
  }
  const bool direct =
      std::any_of(EntityAt(pair).joins.begin(), EntityAt(pair).joins.end(),
                  [&](const semantic::Join& join) { return join.entity == EntityAt(entity).name; });
  return direct && keys.size() >= 2 && EntityAt(pair).dimensions.size() <= keys.size() + 1;
}

std::string FormEmitter::NameOf(const FormValue& value) const {
  const Entity& entity = EntityAt(value.ref.entity);
  const auto column = [&] {
    const std::string& name = DimensionAt(value.ref).name;
    return value.IsDifference() ? DimensionAt(value.since).name + "_to_" + name : name;
  };
  switch (value.kind) {
    case FormValue::Kind::kCount:
      return "number_of_" + (value.ref.member < 0 ? entity.name : column());
    case FormValue::Kind::kAggregate: {
      static const std::map<Aggregation, const char*> kNames = {{Aggregation::kSum, "total_"},
                                                                {Aggregation::kAvg, "average_"},
                                                                {Aggregation::kMin, "minimum_"},
                                                                {Aggregation::kMax, "maximum_"},
                                                                {Aggregation::kMedian, "median_"}};
      const auto name = kNames.find(value.aggregation);
      return (name == kNames.end() ? "" : name->second) + column();
    }
    case FormValue::Kind::kMeasure:
      return entity.measures[static_cast<std::size_t>(value.ref.member)].name;
    case FormValue::Kind::kGrain:
      return std::string(TimeUnitName(*form_.grain));
    case FormValue::Kind::kGrowth:
      return "percent_growth_of_" + NameOf(form_.growth->of);
    case FormValue::Kind::kShare: {
      static constexpr const char* kNames[] = {"share_of_", "percentage_of_", "ratio_of_"};
      const FormShare& share = *form_.share;
      const std::string of = share.of.kind == FormValue::Kind::kCount
                                 ? EntityAt(share.of.ref.entity).name
                                 : NameOf(share.of);
      const std::string name = kNames[static_cast<std::size_t>(share.shares)] + of;
      return share.below ? name + "_to_" + NameOf(*share.below) : name;
    }
    default:
      break;
  }
  return column();
}

Status FormEmitter::AddItems(FormScope* scope) {
  Aliases names;
  for (const FormValue& output : form_.outputs) {
    LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ValueExpr(output, *scope));
    std::string name = names.Take(NameOf(output));
    const bool plain =
        output.kind == FormValue::Kind::kColumn && name == DimensionAt(output.ref).column;
    scope->select.items.push_back({std::move(expr), plain ? "" : std::move(name)});
  }
  scope->select.distinct = form_.distinct && !IsGrouped() && !form_.HasAggregates();
  return IsGrouped() ? AddGroups(scope) : Status::Ok();
}

Status FormEmitter::AddGroups(FormScope* scope) {
  std::vector<MemberRef> groups;
  const auto add = [&](MemberRef ref) {
    if (std::find(groups.begin(), groups.end(), ref) == groups.end()) groups.push_back(ref);
  };
  for (const int entity : form_.group_entities) AddKey(entity, &groups);
  if (form_.rank) {
    for (const int entity : form_.rank->within_entities) AddKey(entity, &groups);
  }
  // Rows that are ranked or picked by a count are those of the entity shown, told by its key.
  const std::optional<int> aggregated = Aggregated();
  for (const FormValue& output : form_.outputs) {
    if (output.kind != FormValue::Kind::kColumn || !aggregated) continue;
    const bool implied = form_.groups.empty() || !form_.HasAggregates();
    const bool thing = implied && std::find(form_.things.begin(), form_.things.end(),
                                            output.ref.entity) != form_.things.end();
    if ((thing || NamesRow(output.ref)) && output.ref.entity != *aggregated) {
      AddKey(output.ref.entity, &groups);
    }
  }
  for (const MemberRef group : form_.groups) add(group);
  for (const FormValue& output : form_.outputs) {
    if (output.kind != FormValue::Kind::kColumn) continue;
    add(output.ref);
    if (output.IsDifference()) add(output.since);
  }
  if (form_.rank && form_.rank->by.kind == FormValue::Kind::kColumn) add(form_.rank->by.ref);
  for (const FormOrder& order : form_.order) {
    if (order.by.kind == FormValue::Kind::kColumn) add(order.by.ref);
  }
  for (const MemberRef group : groups) scope->select.group_by.push_back(scope->ColumnOf(group));
  for (const FormValue& output : form_.outputs) {
    if (output.kind != FormValue::Kind::kGrain) continue;
    LOUPE_ASSIGN_OR_RETURN(sql::Expr period, ValueExpr(output, *scope));
    scope->select.group_by.push_back(std::move(period));
  }
  return Status::Ok();
}

// A name tells rows apart only for people: two of the same name stay two.
bool FormEmitter::NamesRow(MemberRef ref) const {
  return ref.member == ask::NameOf(model_, ref.entity);
}

void FormEmitter::AddKey(int entity, std::vector<MemberRef>* groups) const {
  const Entity& owner = EntityAt(entity);
  for (const std::string& key : owner.primary_key) {
    for (std::size_t d = 0; d < owner.dimensions.size(); ++d) {
      const MemberRef ref = {entity, static_cast<int>(d)};
      if (owner.dimensions[d].column == key &&
          std::find(groups->begin(), groups->end(), ref) == groups->end()) {
        groups->push_back(ref);
      }
    }
  }
}

}  // namespace loupe::ask

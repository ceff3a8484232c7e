#include "core/ask/form_emitter.hpp"

#include <algorithm>
#include <utility>

#include "core/ask/phrase_reading.hpp"
#include "core/semantic/names.hpp"

namespace loupe::ask {

using semantic::Aggregation;
using semantic::Entity;

Result<sql::Expr> FormEmitter::ValueExpr(const FormValue& value, const FormScope& scope) const {
  switch (value.kind) {
    case FormValue::Kind::kColumn:
      if (DimensionAt(value.ref).column.empty()) break;
      return scope.ColumnOf(value.ref);
    case FormValue::Kind::kCount: {
      if (value.ref.member < 0) return sql::Call("count", {sql::Star()});
      sql::Expr call = sql::Call("count", {scope.ColumnOf(value.ref)});
      call.distinct = true;
      return call;
    }
    case FormValue::Kind::kAggregate: {
      if (value.aggregation == Aggregation::kMedian) break;
      return sql::Call(AggregationName(value.aggregation), {scope.ColumnOf(value.ref)});
    }
    default:
      break;
  }
  return NotSupported("this value needs the semantic layer");
}

std::string FormEmitter::NameOf(const FormValue& value) const {
  const Entity& entity = EntityAt(value.ref.entity);
  switch (value.kind) {
    case FormValue::Kind::kCount:
      if (value.ref.member < 0) return "number_of_" + entity.name;
      return "number_of_" + DimensionAt(value.ref).name;
    case FormValue::Kind::kAggregate: {
      static const std::map<Aggregation, const char*> kNames = {{Aggregation::kSum, "total_"},
                                                                {Aggregation::kAvg, "average_"},
                                                                {Aggregation::kMin, "minimum_"},
                                                                {Aggregation::kMax, "maximum_"}};
      const auto name = kNames.find(value.aggregation);
      return (name == kNames.end() ? "" : name->second) + DimensionAt(value.ref).name;
    }
    default:
      break;
  }
  return DimensionAt(value.ref).name;
}

Status FormEmitter::AddItems(FormScope* scope) const {
  Aliases names;
  for (const FormValue& output : form_.outputs) {
    LOUPE_ASSIGN_OR_RETURN(sql::Expr expr, ValueExpr(output, *scope));
    std::string name = names.Take(NameOf(output));
    const bool plain =
        output.kind == FormValue::Kind::kColumn && name == DimensionAt(output.ref).column;
    scope->select.items.push_back({std::move(expr), plain ? "" : std::move(name)});
  }
  scope->select.distinct = form_.distinct && !IsGrouped() && !form_.HasAggregates();
  if (IsGrouped()) AddGroups(scope);
  return Status::Ok();
}

void FormEmitter::AddGroups(FormScope* scope) const {
  std::vector<MemberRef> groups;
  const auto add = [&](MemberRef ref) {
    if (std::find(groups.begin(), groups.end(), ref) == groups.end()) groups.push_back(ref);
  };
  for (const int entity : form_.group_entities) AddKey(entity, &groups);
  // Rows that are ranked or picked by a count are those of the entity shown, told by its key.
  const std::optional<int> aggregated = Aggregated();
  for (const FormValue& output : form_.outputs) {
    if (output.IsAggregate() || !aggregated) continue;
    const bool implied = form_.groups.empty() || !form_.HasAggregates();
    const bool thing = implied && std::find(form_.things.begin(), form_.things.end(),
                                            output.ref.entity) != form_.things.end();
    if ((thing || NamesRow(output.ref)) && output.ref.entity != *aggregated) {
      AddKey(output.ref.entity, &groups);
    }
  }
  for (const MemberRef group : form_.groups) add(group);
  for (const FormValue& output : form_.outputs) {
    if (!output.IsAggregate()) add(output.ref);
  }
  if (form_.rank && !form_.rank->by.IsAggregate()) add(form_.rank->by.ref);
  for (const FormOrder& order : form_.order) {
    if (!order.by.IsAggregate()) add(order.by.ref);
  }
  for (const MemberRef group : groups) scope->select.group_by.push_back(scope->ColumnOf(group));
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

#include "core/semantic/aggregate_measure.hpp"

#include "core/semantic/row_expression.hpp"

namespace loupe::semantic {
namespace {

bool AggregateTheSame(const Json& a, const Json& b) {
  for (const char* key : {"type", "column", "sql", "formula", "filters", "percentile", "measure",
                          "rolling_window", "semi_additive", "fill_nulls"}) {
    const Json* left = a.Find(key);
    const Json* right = b.Find(key);
    if ((left == nullptr) != (right == nullptr)) return false;
    if (left != nullptr && *left != *right) return false;
  }
  return true;
}

}  // namespace

Result<Json> MeasureOfCall(const AggregateCall& call, const BindTokens& bind) {
  Json measure = Json::Of({{"type", call.type}});
  if (!call.argument.empty()) {
    LOUPE_ASSIGN_OR_RETURN(const SqlTokens bound, bind(call.argument));
    SetSource(bound, &measure);
  }
  if (!call.filter.empty()) {
    LOUPE_ASSIGN_OR_RETURN(const SqlTokens bound, bind(call.filter));
    measure.Set("filters", Json::FromArray({Json(PrintSql(bound))}));
  }
  if (call.percentile) measure.Set("percentile", *call.percentile);
  return measure;
}

std::string NameOfAggregate(const Json& measure, const std::string& wanted,
                            const std::string& pointer, DraftEntity* entity) {
  for (const DraftMember& known : entity->measures) {
    if (AggregateTheSame(known.json, measure)) return known.json.Find("name")->AsString();
  }
  std::string name = entity->names.Take(wanted);
  Json hidden = WithName(name, measure);
  hidden.Set("public", false);
  entity->measures.push_back({std::move(hidden), pointer, {}});
  return name;
}

Json WithName(const std::string& name, const Json& source) {
  Json named = Json::Of({{"name", name}});
  for (const Json::Member& member : source.members()) {
    if (member.name != "name") named.Set(member.name, member.value);
  }
  return named;
}

}  // namespace loupe::semantic

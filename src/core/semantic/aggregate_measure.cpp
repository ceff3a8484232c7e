#include "core/semantic/aggregate_measure.hpp"

#include "core/semantic/row_expression.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kMaxEntityMeasures = 4'000;

// What tells two aggregates apart.
std::string KeyOf(const Json& measure) {
  Json key = Json::MakeObject();
  for (const char* name : {"type", "column", "sql", "formula", "filters", "percentile", "measure",
                           "rolling_window", "semi_additive", "fill_nulls"}) {
    if (const Json* value = measure.Find(name)) key.Set(name, *value);
  }
  return key.Dump();
}

// Takes the measures into the index that were added since the last time.
void IndexMeasures(DraftEntity* entity) {
  for (; entity->indexed < entity->measures.size(); ++entity->indexed) {
    const Json& measure = entity->measures[entity->indexed].json;
    entity->aggregates.emplace(KeyOf(measure), measure.Find("name")->AsString());
  }
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

Result<std::string> NameOfAggregate(const Json& measure, const std::string& wanted,
                                    const std::string& pointer, DraftEntity* entity) {
  IndexMeasures(entity);
  const auto known = entity->aggregates.find(KeyOf(measure));
  if (known != entity->aggregates.end()) return known->second;
  if (entity->measures.size() >= kMaxEntityMeasures) {
    return Status(Code::kNotSupported, "\"" + entity->name + "\" would have more than " +
                                           std::to_string(kMaxEntityMeasures) + " measures");
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

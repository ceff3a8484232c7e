#include "core/ask/draft.hpp"

#include <algorithm>
#include <utility>

namespace loupe::ask {
namespace {

Json FilterJson(const std::string& member, const std::string& op, std::vector<Json> values) {
  Json filter = Json::Of({{"member", member}, {"operator", op}});
  if (!values.empty()) filter.Set("values", Json::FromArray(std::move(values)));
  return filter;
}

std::string Name(const Draft& draft, const DraftOrder& order, const semantic::Model& model) {
  if (order.target == DraftOrder::Target::kMeasure) return MeasureName(model, order.member);
  if (order.target == DraftOrder::Target::kDimension) return DimensionName(model, order.member);
  return DimensionName(model, *draft.time_dimension) + "." + TimeUnitName(*draft.grain);
}

void AddTime(const Draft& draft, const semantic::Model& model, Json* time_dimensions,
             Json* filters) {
  if (!draft.time_dimension) return;
  const std::string name = DimensionName(model, *draft.time_dimension);
  Json entry = Json::Of({{"dimension", name}});
  if (draft.grain) entry.Set("granularity", TimeUnitName(*draft.grain));
  const TimeRange range = draft.range.value_or(TimeRange());
  if (range.from && range.to) {
    const DateTime last = FromMillis(ToMillis(*range.to) - 1);
    const bool whole_days = Truncate(*range.from, TimeUnit::kDay) == *range.from &&
                            Truncate(*range.to, TimeUnit::kDay) == *range.to;
    Json bounds = Json::MakeArray();
    bounds.Append(whole_days ? FormatDate(*range.from) : FormatDateTime(*range.from));
    bounds.Append(whole_days ? FormatDate(last) : FormatDateTime(last));
    entry.Set("dateRange", std::move(bounds));
  } else if (range.from) {
    filters->Append(FilterJson(name, "afterOrOnDate", {FormatDate(*range.from)}));
  } else if (range.to) {
    filters->Append(FilterJson(name, "beforeDate", {FormatDate(*range.to)}));
  }
  if (entry.members().size() > 1) time_dimensions->Append(std::move(entry));
}

// Ordering and filters; groups without a value take no part in a ranking.
void AddOrder(const Draft& draft, const semantic::Model& model, Json* query, Json* filters) {
  Json order = Json::MakeArray();
  for (const DraftOrder& item : draft.order) {
    const std::string name = Name(draft, item, model);
    Json pair = Json::MakeArray();
    pair.Append(name);
    pair.Append(item.descending ? "desc" : "asc");
    order.Append(std::move(pair));
    const bool count =
        item.target == DraftOrder::Target::kMeasure &&
        model.entities[item.member.entity].measures[item.member.member].aggregation ==
            semantic::Aggregation::kCount;
    if (draft.limit && !count && item.target != DraftOrder::Target::kGrain) {
      filters->Append(FilterJson(name, "set", {}));
    }
  }
  if (!filters->items().empty()) query->Set("filters", std::move(*filters));
  if (!order.items().empty()) query->Set("order", std::move(order));
}

}  // namespace

std::string DimensionName(const semantic::Model& model, MemberRef ref) {
  const semantic::Entity& entity = model.entities[ref.entity];
  return entity.name + "." + entity.dimensions[ref.member].name;
}

std::string MeasureName(const semantic::Model& model, MemberRef ref) {
  const semantic::Entity& entity = model.entities[ref.entity];
  return entity.name + "." + entity.measures[ref.member].name;
}

Json DraftToQuery(const Draft& draft, const semantic::Model& model) {
  Json query = Json::MakeObject();
  Json measures = Json::MakeArray();
  for (const MemberRef& ref : draft.measures) measures.Append(MeasureName(model, ref));
  if (!draft.measures.empty()) query.Set("measures", std::move(measures));
  Json dimensions = Json::MakeArray();
  for (const MemberRef& ref : draft.dimensions) dimensions.Append(DimensionName(model, ref));
  if (!draft.dimensions.empty()) query.Set("dimensions", std::move(dimensions));
  Json filters = Json::MakeArray();
  for (const DraftFilter& filter : draft.filters) {
    filters.Append(FilterJson(
        filter.on_measure ? MeasureName(model, filter.target) : DimensionName(model, filter.target),
        filter.op, filter.values));
  }
  Json time_dimensions = Json::MakeArray();
  AddTime(draft, model, &time_dimensions, &filters);
  if (!time_dimensions.items().empty()) query.Set("timeDimensions", std::move(time_dimensions));
  AddOrder(draft, model, &query, &filters);
  if (draft.limit) query.Set("limit", *draft.limit);
  if (draft.ungrouped) query.Set("ungrouped", true);
  return query;
}

}  // namespace loupe::ask

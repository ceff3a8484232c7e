#include "core/semantic/query.hpp"

namespace loupe::semantic {
namespace {

Json TextArray(const std::vector<std::string>& texts) {
  Json array = Json::MakeArray();
  for (const std::string& text : texts) array.Append(text);
  return array;
}

// As deep as the filter; ParseQuery bounds it by kMaxFilterDepth.
Json FilterToJson(const Filter& filter) {
  if (filter.kind != Filter::Kind::kCondition) {
    Json children = Json::MakeArray();
    for (const Filter& child : filter.children) children.Append(FilterToJson(child));
    return Json::Of({{filter.kind == Filter::Kind::kAnd ? "and" : "or", std::move(children)}});
  }
  Json json = Json::Of({{"member", filter.member}, {"operator", FilterOperatorName(filter.op)}});
  if (!filter.values.empty()) json.Set("values", Json::FromArray(filter.values));
  return json;
}

Json TimeDimensionToJson(const TimeDimension& time) {
  Json json = Json::Of({{"dimension", time.dimension}});
  if (!time.granularity.empty()) json.Set("granularity", time.granularity);
  if (!time.date_range.empty()) json.Set("dateRange", TextArray(time.date_range));
  if (time.compare.empty()) return json;
  Json ranges = Json::MakeArray();
  for (const std::vector<std::string>& range : time.compare) ranges.Append(TextArray(range));
  json.Set("compareDateRange", std::move(ranges));
  return json;
}

Json OrderToJson(const std::vector<OrderBy>& order) {
  Json pairs = Json::MakeArray();
  for (const OrderBy& item : order) {
    Json pair = Json::MakeArray();
    pair.Append(item.member);
    pair.Append(item.direction == sql::Direction::kAscending ? "asc" : "desc");
    pairs.Append(std::move(pair));
  }
  return pairs;
}

}  // namespace

Json QueryToJson(const Query& query) {
  Json json = Json::MakeObject();
  if (!query.model.empty()) json.Set("model", query.model);
  json.Set("measures", TextArray(query.measures));
  json.Set("dimensions", TextArray(query.dimensions));
  Json times = Json::MakeArray();
  for (const TimeDimension& time : query.time_dimensions) times.Append(TimeDimensionToJson(time));
  json.Set("timeDimensions", std::move(times));
  Json filters = Json::MakeArray();
  for (const Filter& filter : query.filters) filters.Append(FilterToJson(filter));
  json.Set("filters", std::move(filters));
  json.Set("segments", TextArray(query.segments));
  if (query.order) json.Set("order", OrderToJson(*query.order));
  json.Set("limit", query.limit.value_or(kDefaultLimit));
  json.Set("offset", query.offset.value_or(0));
  json.Set("timezone", query.timezone.empty() ? "UTC" : query.timezone);
  if (query.total) json.Set("total", true);
  if (query.ungrouped) json.Set("ungrouped", true);
  if (query.subtotals) {
    json.Set("subtotals", query.rollup.empty() ? Json(true) : TextArray(query.rollup));
  }
  return json;
}

}  // namespace loupe::semantic

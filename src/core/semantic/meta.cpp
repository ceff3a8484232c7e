#include "core/semantic/meta.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "core/semantic/annotation.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/resolve.hpp"

namespace loupe::semantic {
namespace {

// Numbers, from 1 in order of the entities, of the parts of the model that joins connect.
std::vector<std::int64_t> ConnectedComponents(const Model& model) {
  std::vector<std::size_t> part(model.entities.size());
  std::iota(part.begin(), part.end(), std::size_t{0});
  for (std::size_t i = 0; i < model.entities.size(); ++i) {
    for (const Join& join : model.entities[i].joins) {
      const Entity* target = model.FindEntity(join.entity);
      if (target == nullptr) continue;
      const std::size_t from = part[i];
      const std::size_t to = part[static_cast<std::size_t>(target - model.entities.data())];
      std::replace(part.begin(), part.end(), std::max(from, to), std::min(from, to));
    }
  }
  std::vector<std::int64_t> numbers(part.size());
  std::int64_t last = 0;
  for (std::size_t i = 0; i < part.size(); ++i) {
    numbers[i] = part[i] == i ? ++last : numbers[part[i]];
  }
  return numbers;
}

void SetDescription(const Labels& labels, Json* json) {
  if (!labels.description.empty()) json->Set("description", labels.description);
  if (labels.synonyms.empty()) return;
  Json synonyms = Json::MakeArray();
  for (const std::string& synonym : labels.synonyms) synonyms.Append(synonym);
  json->Set("meta", Json::Of({{"synonyms", std::move(synonyms)}}));
}

template <class Member>
Json MemberToJson(const Entity& entity, const Member& member) {
  const std::string title = TitleOf(member.labels, member.name);
  Json json = Json::Of({{"name", entity.name + "." + member.name},
                        {"title", TitleOf(entity.labels, entity.name) + " " + title},
                        {"shortTitle", title}});
  SetDescription(member.labels, &json);
  return json;
}

void SetPublic(Json* json) {
  json->Set("isVisible", true);
  json->Set("public", true);
}

std::string AggTypeOf(const Measure& measure) {
  if (measure.kind == MeasureKind::kRank) return "rank";
  if (measure.kind != MeasureKind::kAggregate) return "number";
  if (measure.aggregation == Aggregation::kCountDistinct) return "countDistinct";
  if (measure.aggregation == Aggregation::kCountDistinctApprox) return "countDistinctApprox";
  return AggregationName(measure.aggregation);
}

Json MeasureToJson(const Model& model, const Entity& entity, const Measure& measure) {
  Json json = MemberToJson(entity, measure);
  const bool is_cumulative = measure.rolling.has_value();
  if (!measure.format.empty()) json.Set("format", FormatToJson(measure.format));
  json.Set("cumulativeTotal", is_cumulative);
  json.Set("cumulative", is_cumulative);
  json.Set("type", ValueKindName(KindOf(model, entity, measure)));
  json.Set("aggType", AggTypeOf(measure));
  json.Set("drillMembers", Json::MakeArray());
  json.Set("drillMembersGrouped",
           Json::Of({{"measures", Json::MakeArray()}, {"dimensions", Json::MakeArray()}}));
  SetPublic(&json);
  return json;
}

Json DimensionToJson(const Entity& entity, const Dimension& dimension) {
  Json json = MemberToJson(entity, dimension);
  json.Set("type", DimensionTypeName(dimension.type));
  json.Set("suggestFilterValues", true);
  if (!dimension.format.empty()) json.Set("format", FormatToJson(dimension.format));
  SetPublic(&json);
  const auto& key = entity.primary_key;
  json.Set("primaryKey", !dimension.column.empty() &&
                             std::find(key.begin(), key.end(), dimension.column) != key.end());
  if (dimension.granularities.empty()) return json;
  Json& granularities = json.Set("granularities", Json::MakeArray());
  for (const Granularity& granularity : dimension.granularities) {
    granularities.Append(GranularityToJson(granularity));
  }
  return json;
}

// With the levels that are public; null when there are none.
Json HierarchyToJson(const Entity& entity, const Hierarchy& hierarchy) {
  Json levels = Json::MakeArray();
  for (const std::string& level : hierarchy.levels) {
    const Dimension* dimension = entity.FindDimension(level);
    if (dimension != nullptr && dimension->is_public) levels.Append(entity.name + "." + level);
  }
  if (levels.items().empty()) return {};
  return Json::Of(
      {{"name", entity.name + "." + hierarchy.name},
       {"title", hierarchy.title.empty() ? TitleFromName(hierarchy.name) : hierarchy.title},
       {"levels", std::move(levels)},
       {"public", true}});
}

Json EntityToJson(const Model& model, const Entity& entity, std::int64_t component) {
  Json json = Json::Of(
      {{"name", entity.name}, {"type", "cube"}, {"title", TitleOf(entity.labels, entity.name)}});
  SetPublic(&json);
  SetDescription(entity.labels, &json);
  json.Set("connectedComponent", component);
  Json& measures = json.Set("measures", Json::MakeArray());
  for (const Measure& measure : entity.measures) {
    if (measure.is_public) measures.Append(MeasureToJson(model, entity, measure));
  }
  Json& dimensions = json.Set("dimensions", Json::MakeArray());
  for (const Dimension& dimension : entity.dimensions) {
    if (dimension.is_public) dimensions.Append(DimensionToJson(entity, dimension));
  }
  Json& segments = json.Set("segments", Json::MakeArray());
  for (const Segment& segment : entity.segments) {
    if (!segment.is_public) continue;
    SetPublic(&segments.items().emplace_back(MemberToJson(entity, segment)));
  }
  Json& hierarchies = json.Set("hierarchies", Json::MakeArray());
  for (const Hierarchy& hierarchy : entity.hierarchies) {
    Json item = HierarchyToJson(entity, hierarchy);
    if (!item.IsNull()) hierarchies.Append(std::move(item));
  }
  json.Set("folders", Json::MakeArray());
  json.Set("nestedFolders", Json::MakeArray());
  return json;
}

}  // namespace

Json Meta(const Model& model) {
  const std::vector<std::int64_t> components = ConnectedComponents(model);
  Json cubes = Json::MakeArray();
  for (std::size_t i = 0; i < model.entities.size(); ++i) {
    const Entity& entity = model.entities[i];
    if (entity.is_public) cubes.Append(EntityToJson(model, entity, components[i]));
  }
  return Json::Of({{"cubes", std::move(cubes)}});
}

}  // namespace loupe::semantic

#include "core/semantic/model.hpp"

#include "core/semantic/names.hpp"

namespace loupe::semantic {
namespace {

template <class Item>
const Item* FindByName(const std::vector<Item>& items, std::string_view name) {
  for (const Item& item : items) {
    if (item.name == name) return &item;
  }
  return nullptr;
}

Json TextArray(const std::vector<std::string>& texts) {
  Json array = Json::MakeArray();
  for (const std::string& text : texts) array.Append(text);
  return array;
}

void SetText(std::string_view key, const std::string& text, Json* object) {
  if (!text.empty()) object->Set(key, text);
}

void SetLabels(const Labels& labels, Json* object) {
  SetText("title", labels.title, object);
  SetText("description", labels.description, object);
  if (!labels.synonyms.empty()) object->Set("synonyms", TextArray(labels.synonyms));
}

// What dimensions and measures have in common.
template <class Member>
void SetMember(const Member& member, Json* object) {
  SetText("column", member.column, object);
  SetText("sql", member.sql, object);
  SetText("data_type", member.data_type, object);
  SetLabels(member.labels, object);
  if (!member.is_public) object->Set("public", false);
}

Json DimensionToJson(const Dimension& dimension) {
  Json json = Json::Of({{"name", dimension.name}, {"type", DimensionTypeName(dimension.type)}});
  SetMember(dimension, &json);
  return json;
}

Json MeasureToJson(const Measure& measure) {
  Json json = Json::Of({{"name", measure.name}, {"type", AggregationName(measure.aggregation)}});
  SetMember(measure, &json);
  SetText("format", measure.format, &json);
  return json;
}

Json JoinToJson(const Join& join) {
  Json json = Json::MakeObject();
  SetText("name", join.name, &json);
  json.Set("entity", join.entity);
  json.Set("relationship", RelationshipName(join.relationship));
  Json columns = Json::MakeArray();
  for (const auto& [from, to] : join.columns) {
    columns.Append(Json::Of({{"from", from}, {"to", to}}));
  }
  json.Set("columns", std::move(columns));
  return json;
}

template <class Item, class ToJson>
void SetList(std::string_view key, const std::vector<Item>& items, ToJson to_json, Json* object) {
  if (items.empty()) return;
  Json array = Json::MakeArray();
  for (const Item& item : items) array.Append(to_json(item));
  object->Set(key, std::move(array));
}

Json EntityToJson(const Entity& entity) {
  Json json = Json::Of({{"name", entity.name}});
  SetLabels(entity.labels, &json);
  SetText("schema", entity.schema, &json);
  json.Set("table", entity.table);
  if (!entity.primary_key.empty()) json.Set("primary_key", TextArray(entity.primary_key));
  SetList("joins", entity.joins, JoinToJson, &json);
  SetList("dimensions", entity.dimensions, DimensionToJson, &json);
  SetList("measures", entity.measures, MeasureToJson, &json);
  return json;
}

template <class Member>
void AppendPublic(const std::string& entity, const std::vector<Member>& members,
                  std::vector<std::string>* out) {
  for (const Member& member : members) {
    if (member.is_public) out->push_back(entity + "." + member.name);
  }
}

}  // namespace

const Dimension* Entity::FindDimension(std::string_view wanted) const {
  return FindByName(dimensions, wanted);
}

const Measure* Entity::FindMeasure(std::string_view wanted) const {
  return FindByName(measures, wanted);
}

const Entity* Model::FindEntity(std::string_view wanted) const {
  return FindByName(entities, wanted);
}

std::vector<std::string> Model::MemberNames() const {
  std::vector<std::string> names;
  for (const Entity& entity : entities) {
    AppendPublic(entity.name, entity.dimensions, &names);
    AppendPublic(entity.name, entity.measures, &names);
  }
  return names;
}

Json ModelToJson(const Model& model) {
  Json json = Json::Of({{"name", model.name}});
  SetLabels(model.labels, &json);
  Json entities = Json::MakeArray();
  for (const Entity& entity : model.entities) entities.Append(EntityToJson(entity));
  json.Set("entities", std::move(entities));
  return json;
}

}  // namespace loupe::semantic

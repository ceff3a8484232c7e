#include "core/semantic/model.hpp"

#include <algorithm>

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

template <class Item, class ToJson>
void SetList(std::string_view key, const std::vector<Item>& items, ToJson to_json, Json* object) {
  if (items.empty()) return;
  Json array = Json::MakeArray();
  for (const Item& item : items) array.Append(to_json(item));
  object->Set(key, std::move(array));
}

void SetTexts(std::string_view key, const std::vector<std::string>& texts, Json* object) {
  if (!texts.empty()) object->Set(key, TextArray(texts));
}

// What dimensions and measures have in common.
template <class Member>
void SetMember(const Member& member, Json* object) {
  SetText("column", member.column, object);
  SetText("sql", member.sql, object);
  if (member.formula) object->Set("formula", FormulaText(*member.formula));
  SetText("data_type", member.data_type, object);
  SetLabels(member.labels, object);
  SetText("format", member.format, object);
  if (!member.is_public) object->Set("public", false);
}

Json GranularityToJson(const Granularity& granularity) {
  Json json =
      Json::Of({{"name", granularity.name}, {"interval", IntervalText(StepOf(granularity))}});
  if (!(granularity.offset == Interval{})) json.Set("offset", IntervalText(granularity.offset));
  return json;
}

Json DimensionToJson(const Dimension& dimension) {
  Json json = Json::Of({{"name", dimension.name}, {"type", DimensionTypeName(dimension.type)}});
  SetMember(dimension, &json);
  SetList(
      "bins", dimension.bins, [](double edge) { return Json(edge); }, &json);
  SetList("granularities", dimension.granularities, GranularityToJson, &json);
  return json;
}

Json ReachToJson(const std::optional<Interval>& reach) {
  return reach ? Json(IntervalText(*reach)) : Json("unbounded");
}

Json RollingToJson(const RollingWindow& window) {
  if (!window.to_date.empty()) return Json::Of({{"to_date", window.to_date}});
  Json json = Json::MakeObject();
  const auto is_none = [](const std::optional<Interval>& reach) {
    return reach && *reach == Interval{};
  };
  if (!is_none(window.trailing)) json.Set("trailing", ReachToJson(window.trailing));
  if (!is_none(window.leading)) json.Set("leading", ReachToJson(window.leading));
  if (window.anchor == RollingWindow::Anchor::kStart) json.Set("offset", "start");
  return json;
}

Json SemiAdditiveToJson(const SemiAdditive& semi) {
  Json json = Json::Of({{"time_dimension", semi.time_dimension},
                        {"pick", semi.pick == SemiAdditive::Pick::kLast ? "last" : "first"}});
  SetTexts("partition_by", semi.partition_by, &json);
  return json;
}

void SetShift(const TimeShift& shift, Json* json) {
  const Interval& back = shift.interval;
  const bool next = back.months < 0 || (back.months == 0 && back.days < 0) ||
                    (back.months == 0 && back.days == 0 && back.millis < 0);
  json->Set("interval",
            shift.previous_period ? "previous_period" : IntervalText(next ? Negated(back) : back));
  if (next) json->Set("direction", "next");
  SetText("time_dimension", shift.time_dimension, json);
}

Json MeasureToJson(const Measure& measure) {
  Json json = Json::Of({{"name", measure.name}, {"type", MeasureTypeName(measure)}});
  SetMember(measure, &json);
  if (measure.kind == MeasureKind::kAggregate && measure.aggregation == Aggregation::kPercentile) {
    json.Set("percentile", measure.percentile);
  }
  SetList(
      "filters", measure.filters, [](const Json& filter) { return filter; }, &json);
  if (measure.rolling) json.Set("rolling_window", RollingToJson(*measure.rolling));
  if (measure.semi_additive) json.Set("semi_additive", SemiAdditiveToJson(*measure.semi_additive));
  SetText("measure", measure.measure, &json);
  if (measure.shift) SetShift(*measure.shift, &json);
  SetTexts("within", measure.within, &json);
  if (measure.fill_nulls) json.Set("fill_nulls", *measure.fill_nulls);
  return json;
}

Json SegmentToJson(const Segment& segment) {
  Json json = Json::Of({{"name", segment.name}, {"sql", segment.sql}});
  SetLabels(segment.labels, &json);
  if (!segment.is_public) json.Set("public", false);
  return json;
}

Json HierarchyToJson(const Hierarchy& hierarchy) {
  Json json = Json::Of({{"name", hierarchy.name}});
  SetText("title", hierarchy.title, &json);
  json.Set("levels", TextArray(hierarchy.levels));
  return json;
}

Json AccessRuleToJson(const AccessRule& rule) {
  Json json = Json::MakeObject();
  SetTexts("roles", rule.roles, &json);
  SetList(
      "row_filter", rule.row_filter, [](const Json& filter) { return filter; }, &json);
  SetTexts("hidden", rule.hidden, &json);
  SetTexts("masked", rule.masked, &json);
  return json;
}

Json PairsToJson(const std::vector<std::pair<std::string, std::string>>& pairs) {
  Json columns = Json::MakeArray();
  for (const auto& [from, to] : pairs) columns.Append(Json::Of({{"from", from}, {"to", to}}));
  return columns;
}

Json JoinToJson(const Join& join) {
  Json json = Json::MakeObject();
  SetText("name", join.name, &json);
  json.Set("entity", join.entity);
  json.Set("relationship", RelationshipName(join.relationship));
  if (!join.columns.empty()) json.Set("columns", PairsToJson(join.columns));
  if (join.bridge) {
    Json bridge = Json::MakeObject();
    SetText("schema", join.bridge->schema, &bridge);
    bridge.Set("table", join.bridge->table);
    bridge.Set("from", PairsToJson(join.bridge->from));
    bridge.Set("to", PairsToJson(join.bridge->to));
    json.Set("bridge", std::move(bridge));
  }
  if (join.is_guess) json.Set("guess", true);
  return json;
}

Json EntityToJson(const Entity& entity) {
  Json json = Json::Of({{"name", entity.name}});
  SetLabels(entity.labels, &json);
  SetText("schema", entity.schema, &json);
  SetText("table", entity.table, &json);
  SetText("sql", entity.sql, &json);
  SetText("extends", entity.extends, &json);
  if (!entity.is_public) json.Set("public", false);
  SetTexts("primary_key", entity.primary_key, &json);
  SetList("joins", entity.joins, JoinToJson, &json);
  SetList("dimensions", entity.dimensions, DimensionToJson, &json);
  SetList("measures", entity.measures, MeasureToJson, &json);
  SetList("segments", entity.segments, SegmentToJson, &json);
  SetList("hierarchies", entity.hierarchies, HierarchyToJson, &json);
  SetList("access", entity.access, AccessRuleToJson, &json);
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

bool RollingWindow::operator==(const RollingWindow& other) const {
  return trailing == other.trailing && leading == other.leading && anchor == other.anchor &&
         to_date == other.to_date;
}

bool SemiAdditive::operator==(const SemiAdditive& other) const {
  return time_dimension == other.time_dimension && pick == other.pick &&
         partition_by == other.partition_by;
}

double Statistics::RowsPerValue(std::string_view column) const {
  for (const auto& [name, count] : distinct) {
    if (name == column && count > 0 && rows > 0) return rows / count;
  }
  return 0;
}

bool Statistics::IsIndexed(std::string_view column) const {
  return std::find(indexed.begin(), indexed.end(), column) != indexed.end();
}

const Dimension* Entity::FindDimension(std::string_view wanted) const {
  return FindByName(dimensions, wanted);
}

const Measure* Entity::FindMeasure(std::string_view wanted) const {
  return FindByName(measures, wanted);
}

const Segment* Entity::FindSegment(std::string_view wanted) const {
  return FindByName(segments, wanted);
}

const Entity* Model::FindEntity(std::string_view wanted) const {
  return FindByName(entities, wanted);
}

std::vector<std::string> Model::MemberNames() const {
  std::vector<std::string> names;
  for (const Entity& entity : entities) {
    if (!entity.is_public) continue;
    AppendPublic(entity.name, entity.dimensions, &names);
    AppendPublic(entity.name, entity.measures, &names);
    AppendPublic(entity.name, entity.segments, &names);
  }
  return names;
}

Json ModelToJson(const Model& model) {
  Json json = Json::Of({{"name", model.name}});
  SetLabels(model.labels, &json);
  if (model.week_start != 1) json.Set("week_start", WeekdayName(model.week_start));
  if (model.fiscal_year_start != 1) json.Set("fiscal_year_start", model.fiscal_year_start);
  SetText("timezone", model.timezone, &json);
  Json entities = Json::MakeArray();
  for (const Entity& entity : model.entities) {
    if (!entity.is_bridge) entities.Append(EntityToJson(entity));
  }
  json.Set("entities", std::move(entities));
  return json;
}

}  // namespace loupe::semantic

#include "core/semantic/simple_query.hpp"

#include <algorithm>
#include <optional>

#include "core/base/nearest.hpp"
#include "core/base/utf8.hpp"
#include "core/semantic/field_reader.hpp"
#include "core/semantic/import_names.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/query.hpp"
#include "core/semantic/simple_filter.hpp"
#include "core/semantic/simple_model.hpp"

namespace loupe::semantic {
namespace {

FieldReader ReaderOf(const Json& json, std::string pointer, std::string thing) {
  return FieldReader(json, std::move(pointer), std::move(thing), Code::kSemanticInvalidQuery);
}

Status Unknown(const std::string& message, const std::string& name,
               const std::vector<std::string>& names, std::string pointer) {
  return Status(Code::kSemanticUnknownMember, message)
      .WithHint(NearestNameHint(name, names))
      .At(std::move(pointer));
}

// One item of a list that may be a bare name or an object with one of several keys.
struct Item {
  std::string name;    // what the answer calls it; empty when only a column is given
  std::string column;  // what to look for
  std::string granularity;
  std::string aggregation;
};

class Translator {
 public:
  Translator(const Entity& entity, const Model& model) : entity_(entity), model_(model) {}

  Status Dimensions(const FieldReader& reader);
  Status Measures(const FieldReader& reader);
  Status Filters(const FieldReader& reader);
  Status TimeFilter(const FieldReader& reader, const Json& query);
  Status Order(const FieldReader& reader);
  SimpleQuery Finish(std::int64_t limit, const std::string& timezone);

 private:
  struct Field {
    std::string member;  // "entity.member"
    DimensionType type = DimensionType::kString;
  };

  Status AddDimension(const Item& item, const std::string& pointer);
  Status AddMeasure(const Item& item, const std::string& pointer);
  Status AddFilter(const FieldReader& reader, const Json& json);
  Status AddOrder(const Json& json, const std::string& pointer);
  Status AddTimeRange(const std::string& member, const FieldReader& reader, const Json& filter);
  [[nodiscard]] Json* TimeDimensionOf(const std::string& member);
  [[nodiscard]] const Dimension* FindDimension(const std::string& name) const;
  [[nodiscard]] const Measure* FindMeasure(const Item& item) const;
  [[nodiscard]] Result<Field> FindField(const std::string& name, const std::string& pointer) const;
  [[nodiscard]] Status NoMeasure(const Item& item, const std::string& pointer) const;
  [[nodiscard]] std::vector<std::string> Names() const;
  [[nodiscard]] std::string Qualified(const std::string& member) const {
    return entity_.name + "." + member;
  }

  const Entity& entity_;
  const Model& model_;
  Json measures_ = Json::MakeArray();
  Json dimensions_ = Json::MakeArray();
  Json times_ = Json::MakeArray();
  Json filters_ = Json::MakeArray();
  Json order_ = Json::MakeArray();
  std::vector<std::pair<std::string, std::string>> dimension_keys_;
  std::vector<std::pair<std::string, std::string>> measure_keys_;
};

bool HasSynonym(const Labels& labels, const std::string& word) {
  return std::find(labels.synonyms.begin(), labels.synonyms.end(), word) != labels.synonyms.end();
}

std::vector<std::string> Translator::Names() const {
  std::vector<std::string> names;
  for (const Dimension& dimension : entity_.dimensions) {
    if (dimension.is_public) names.push_back(dimension.name);
  }
  for (const Measure& measure : entity_.measures) {
    if (measure.is_public) names.push_back(measure.name);
  }
  return names;
}

const Dimension* Translator::FindDimension(const std::string& name) const {
  const std::size_t dot = name.find('.');
  if (dot != std::string::npos) {
    const Entity* entity = model_.FindEntity(name.substr(0, dot));
    return entity == nullptr ? nullptr : entity->FindDimension(name.substr(dot + 1));
  }
  if (const Dimension* exact = entity_.FindDimension(name)) return exact;
  for (const Dimension& dimension : entity_.dimensions) {
    if (!dimension.is_public) continue;
    if (dimension.column == name || HasSynonym(dimension.labels, name)) return &dimension;
  }
  return entity_.FindDimension(MemberNameFrom(name));
}

// The measure whose name is asked for; else the first over the column.
const Measure* Translator::FindMeasure(const Item& item) const {
  const Measure* found = nullptr;
  const bool counts_rows =
      item.aggregation == "count" && (item.column.empty() || item.column == "*");
  for (const Measure& measure : entity_.measures) {
    if (!measure.is_public) continue;
    const bool aggregates = measure.IsPlainAggregate() && measure.filters.empty();
    const bool fits = item.aggregation.empty() ||
                      (aggregates && AggregationName(measure.aggregation) == item.aggregation);
    if (!fits) continue;
    const bool same_name = measure.name == item.name || measure.name == item.column;
    const bool same_column = counts_rows ? measure.empty()
                                         : measure.column == item.column ||
                                               HasSynonym(measure.labels, item.column) ||
                                               measure.name == item.column + "_" + item.aggregation;
    if (same_name && (same_column || item.aggregation.empty())) return &measure;
    if (found == nullptr && (same_column || measure.name == item.column)) found = &measure;
  }
  return found;
}

Status Translator::NoMeasure(const Item& item, const std::string& pointer) const {
  const std::string asked = item.aggregation.empty()
                                ? "\"" + item.column + "\""
                                : "\"" + item.aggregation + "\" of \"" + item.column + "\"";
  std::vector<std::string> names;
  for (const Measure& measure : entity_.measures) {
    if (measure.is_public) names.push_back(measure.name);
  }
  return Unknown("dataset \"" + entity_.name + "\" has no measure " + asked, item.column, names,
                 pointer);
}

// Reads a bare name or an object; `keys` are the members that an object may have.
Result<Item> ReadItem(const Json& json, const std::string& pointer, const std::string& thing,
                      const std::vector<std::string>& keys) {
  Item item;
  const Json wrapped = json.IsString() ? Json::Of({{"column", json}}) : json;
  const FieldReader reader = ReaderOf(wrapped, pointer, thing);
  LOUPE_RETURN_IF_ERROR(reader.Open(keys));
  LOUPE_RETURN_IF_ERROR(reader.Text("name", &item.name));
  LOUPE_RETURN_IF_ERROR(reader.Text("granularity", &item.granularity));
  LOUPE_RETURN_IF_ERROR(reader.Text("aggregation", &item.aggregation));
  LOUPE_RETURN_IF_ERROR(reader.Text("field", &item.column));
  LOUPE_RETURN_IF_ERROR(reader.Text("column", &item.column));
  if (item.column.empty()) item.column = item.name;
  if (item.column.empty()) return reader.Error(thing + " has no \"column\"");
  if (item.name.empty() && item.aggregation.empty()) item.name = item.column;
  return item;
}

Status Translator::AddDimension(const Item& item, const std::string& pointer) {
  const Dimension* dimension = FindDimension(item.column);
  if (dimension == nullptr) {
    return Unknown("dataset \"" + entity_.name + "\" has no dimension \"" + item.column + "\"",
                   item.column, Names(), pointer);
  }
  const bool elsewhere = item.column.find('.') != std::string::npos;
  const std::string member = elsewhere ? item.column : Qualified(dimension->name);
  if (item.granularity.empty()) {
    dimensions_.Append(member);
    dimension_keys_.emplace_back(member, item.name);
    return Status::Ok();
  }
  times_.Append(Json::Of({{"dimension", member}, {"granularity", item.granularity}}));
  dimension_keys_.emplace_back(member + "." + item.granularity, item.name);
  return Status::Ok();
}

Status Translator::Dimensions(const FieldReader& reader) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items("dimensions", kMaxQueryMembers, &items));
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    const std::string pointer = JsonPointer(reader.PointerTo("dimensions"), i);
    LOUPE_ASSIGN_OR_RETURN(const Item item, ReadItem((*items)[i], pointer, "dimension",
                                                     {"name", "column", "field", "granularity"}));
    LOUPE_RETURN_IF_ERROR(AddDimension(item, pointer));
  }
  return Status::Ok();
}

Status Translator::AddMeasure(const Item& item, const std::string& pointer) {
  const Measure* measure = FindMeasure(item);
  if (measure == nullptr) return NoMeasure(item, pointer);
  const std::string member = Qualified(measure->name);
  measures_.Append(member);
  measure_keys_.emplace_back(member, item.name.empty() ? measure->name : item.name);
  return Status::Ok();
}

Status Translator::Measures(const FieldReader& reader) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items("measures", kMaxQueryMembers, &items));
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    const std::string pointer = JsonPointer(reader.PointerTo("measures"), i);
    LOUPE_ASSIGN_OR_RETURN(Item item, ReadItem((*items)[i], pointer, "measure",
                                               {"name", "column", "field", "aggregation"}));
    if (!item.aggregation.empty()) {
      const std::optional<std::string> known = SimpleAggregation(item.aggregation);
      if (!known) {
        return Status(Code::kSemanticInvalidQuery,
                      "unknown aggregation \"" + item.aggregation + "\"")
            .WithHint(NearestNameHint(item.aggregation, AggregationNames()))
            .At(JsonPointer(pointer, "aggregation"));
      }
      item.aggregation = *known;
    }
    LOUPE_RETURN_IF_ERROR(AddMeasure(item, pointer));
  }
  return Status::Ok();
}

// A field that filters or orders: a dimension, or a measure as the query or the model names it.
Result<Translator::Field> Translator::FindField(const std::string& name,
                                                const std::string& pointer) const {
  for (const auto& [member, key] : measure_keys_) {
    if (key == name) return Field{member, DimensionType::kNumber};
  }
  if (const Dimension* dimension = FindDimension(name)) {
    const bool elsewhere = name.find('.') != std::string::npos;
    return Field{elsewhere ? name : Qualified(dimension->name), dimension->type};
  }
  if (const Measure* measure = entity_.FindMeasure(name)) {
    return Field{Qualified(measure->name), DimensionType::kNumber};
  }
  return Unknown("dataset \"" + entity_.name + "\" has no column \"" + name + "\"", name, Names(),
                 pointer);
}

Status Translator::AddFilter(const FieldReader& reader, const Json& json) {
  LOUPE_RETURN_IF_ERROR(reader.Open({"column", "field", "operator", "value", "values"}));
  std::string name;
  LOUPE_RETURN_IF_ERROR(reader.Text("field", &name));
  LOUPE_RETURN_IF_ERROR(reader.Text("column", &name));
  if (name.empty()) return reader.Error("filter has no \"column\"");
  LOUPE_ASSIGN_OR_RETURN(const Field field, FindField(name, reader.PointerTo("column")));
  LOUPE_ASSIGN_OR_RETURN(Json filter, SimpleFilter(reader, json, name, field.member, field.type));
  filters_.Append(std::move(filter));
  return Status::Ok();
}

Status Translator::Filters(const FieldReader& reader) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items("filters", kMaxFilters, &items));
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    const std::string pointer = JsonPointer(reader.PointerTo("filters"), i);
    LOUPE_RETURN_IF_ERROR(AddFilter(ReaderOf((*items)[i], pointer, "filter"), (*items)[i]));
  }
  return Status::Ok();
}

Json* Translator::TimeDimensionOf(const std::string& member) {
  for (Json& time : times_.items()) {
    if (*time.Find("dimension") == Json(member) && time.Find("dateRange") == nullptr) return &time;
  }
  times_.Append(Json::Of({{"dimension", member}}));
  return &times_.items().back();
}

Status Translator::AddTimeRange(const std::string& member, const FieldReader& reader,
                                const Json& filter) {
  std::string start;
  std::string end;
  std::string range;
  LOUPE_RETURN_IF_ERROR(reader.Text("start", &start));
  LOUPE_RETURN_IF_ERROR(reader.Text("end", &end));
  if (const Json* text = filter.Find("range"); text != nullptr && text->IsArray()) {
    TimeDimensionOf(member)->Set("dateRange", *text);
    return Status::Ok();
  }
  LOUPE_RETURN_IF_ERROR(reader.Text("range", &range));
  if (!range.empty()) {
    TimeDimensionOf(member)->Set("dateRange", range);
  } else if (!start.empty() && !end.empty()) {
    TimeDimensionOf(member)->Set("dateRange", Json::FromArray({Json(start), Json(end)}));
  } else if (!start.empty()) {
    filters_.Append(SimpleCondition(member, "afterOrOnDate", Json::FromArray({Json(start)})));
  } else if (!end.empty()) {
    filters_.Append(SimpleCondition(member, "beforeOrOnDate", Json::FromArray({Json(end)})));
  } else {
    Status status = reader.Error("\"time_filter\" has no \"start\", \"end\" or \"range\"");
    return std::move(status).WithHint("Write {\"column\": …, \"start\": …, \"end\": …}.");
  }
  return Status::Ok();
}

Status Translator::TimeFilter(const FieldReader& query_reader, const Json& query) {
  const Json* filter = query.Find("time_filter");
  if (filter == nullptr || filter->IsNull()) return Status::Ok();
  const FieldReader reader =
      ReaderOf(*filter, query_reader.PointerTo("time_filter"), "time filter");
  LOUPE_RETURN_IF_ERROR(reader.Open({"column", "field", "start", "end", "range"}));
  std::string name;
  LOUPE_RETURN_IF_ERROR(reader.Text("field", &name));
  LOUPE_RETURN_IF_ERROR(reader.Text("column", &name));
  for (const Dimension& dimension : entity_.dimensions) {
    if (name.empty() && dimension.is_public && dimension.type == DimensionType::kTime) {
      name = dimension.name;
    }
  }
  if (name.empty()) {
    return reader.Error("dataset \"" + entity_.name + "\" has no time column");
  }
  LOUPE_ASSIGN_OR_RETURN(const Field field, FindField(name, reader.PointerTo("column")));
  if (field.type != DimensionType::kTime) {
    return Status(Code::kSemanticTypeMismatch, "\"" + name + "\" is not a time")
        .At(reader.PointerTo("column"));
  }
  return AddTimeRange(field.member, reader, *filter);
}

// "name", "-name", "name desc" or an object.
Status ReadOrderItem(const FieldReader& reader, const Json& json, std::string* name,
                     std::string* direction) {
  if (json.IsString()) {
    *name = json.AsString();
    if (name->size() > 1 && name->front() == '-') {
      *direction = "desc";
      name->erase(0, 1);
    }
    const std::size_t space = name->rfind(' ');
    if (space != std::string::npos) {
      *direction = AsciiLower(name->substr(space + 1));
      name->resize(space);
    }
    return Status::Ok();
  }
  LOUPE_RETURN_IF_ERROR(
      reader.Open({"column", "field", "name", "measure", "dimension", "direction", "order"}));
  for (const char* key : {"column", "field", "name", "measure", "dimension"}) {
    LOUPE_RETURN_IF_ERROR(reader.Text(key, name));
  }
  LOUPE_RETURN_IF_ERROR(reader.Text("order", direction));
  LOUPE_RETURN_IF_ERROR(reader.Text("direction", direction));
  *direction = AsciiLower(*direction);
  return Status::Ok();
}

Status Translator::AddOrder(const Json& json, const std::string& pointer) {
  std::string name;
  std::string direction = "asc";
  const FieldReader reader = ReaderOf(json, pointer, "order");
  LOUPE_RETURN_IF_ERROR(ReadOrderItem(reader, json, &name, &direction));
  if (direction != "asc" && direction != "desc") {
    return Status(Code::kSemanticInvalidQuery, "an order must be \"asc\" or \"desc\"").At(pointer);
  }
  for (const auto* keys : {&dimension_keys_, &measure_keys_}) {
    for (const auto& [member, key] : *keys) {
      if (key != name) continue;
      order_.Append(Json::FromArray({Json(member), Json(direction)}));
      return Status::Ok();
    }
  }
  LOUPE_ASSIGN_OR_RETURN(const Field field, FindField(name, pointer));
  order_.Append(Json::FromArray({Json(field.member), Json(direction)}));
  return Status::Ok();
}

Status Translator::Order(const FieldReader& reader) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items("order_by", kMaxQueryMembers, &items));
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    LOUPE_RETURN_IF_ERROR(AddOrder((*items)[i], JsonPointer(reader.PointerTo("order_by"), i)));
  }
  if (items == nullptr && !measure_keys_.empty()) {
    order_.Append(Json::FromArray({Json(measure_keys_[0].first), Json("desc")}));
  }
  return Status::Ok();
}

SimpleQuery Translator::Finish(std::int64_t limit, const std::string& timezone) {
  SimpleQuery out;
  out.query = Json::Of({{"measures", std::move(measures_)},
                        {"dimensions", std::move(dimensions_)},
                        {"timeDimensions", std::move(times_)},
                        {"filters", std::move(filters_)}});
  if (!order_.items().empty()) out.query.Set("order", std::move(order_));
  out.query.Set("limit", limit);
  if (!timezone.empty()) out.query.Set("timezone", timezone);
  out.keys = std::move(dimension_keys_);
  out.keys.insert(out.keys.end(), measure_keys_.begin(), measure_keys_.end());
  return out;
}

// The entity of that name, or the only one of a model of that name.
Result<const Entity*> FindDataset(const FieldReader& reader, const Model& model) {
  std::string dataset;
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("dataset_id", &dataset));
  if (const Entity* entity = model.FindEntity(MemberNameFrom(dataset))) return entity;
  if (model.entities.size() == 1 && model.name == MemberNameFrom(dataset)) {
    return &model.entities[0];
  }
  std::vector<std::string> names;
  for (const Entity& entity : model.entities) {
    if (entity.is_public) names.push_back(entity.name);
  }
  return Unknown("dataset \"" + dataset + "\" does not exist in model \"" + model.name + "\"",
                 dataset, names, reader.PointerTo("dataset_id"));
}

}  // namespace

bool IsSimpleQuery(const Json& query) { return query.Find("dataset_id") != nullptr; }

std::string ModelNameOfSimple(const Json& query) {
  for (const char* key : {"model", "dataset_id"}) {
    const Json* name = query.Find(key);
    if (name != nullptr && name->IsString()) {
      return key[0] == 'm' ? name->AsString() : MemberNameFrom(name->AsString());
    }
  }
  return {};
}

Result<SimpleQuery> QueryFromSimple(const Json& query, const Model& model) {
  const FieldReader reader = ReaderOf(query, "", "query");
  LOUPE_RETURN_IF_ERROR(reader.Open({"dataset_id", "model", "dimensions", "measures", "filters",
                                     "time_filter", "order_by", "limit", "timezone"}));
  LOUPE_ASSIGN_OR_RETURN(const Entity* entity, FindDataset(reader, model));
  Translator translator(*entity, model);
  LOUPE_RETURN_IF_ERROR(translator.Dimensions(reader));
  LOUPE_RETURN_IF_ERROR(translator.Measures(reader));
  LOUPE_RETURN_IF_ERROR(translator.Filters(reader));
  LOUPE_RETURN_IF_ERROR(translator.TimeFilter(reader, query));
  LOUPE_RETURN_IF_ERROR(translator.Order(reader));
  std::optional<std::int64_t> limit;
  std::string timezone;
  LOUPE_RETURN_IF_ERROR(reader.Integer("limit", 0, kMaxLimit, &limit));
  LOUPE_RETURN_IF_ERROR(reader.Text("timezone", &timezone));
  return translator.Finish(limit.value_or(kSimpleQueryLimit), timezone);
}

}  // namespace loupe::semantic

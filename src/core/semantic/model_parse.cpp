#include <set>

#include "core/base/nearest.hpp"
#include "core/semantic/field_reader.hpp"
#include "core/semantic/fragment.hpp"
#include "core/semantic/model.hpp"
#include "core/semantic/names.hpp"

namespace loupe::semantic {
namespace {

// Budgets of a model; the widest real models stay a factor of ten below.
constexpr std::size_t kMaxEntities = 2'000;
constexpr std::size_t kMaxMembers = 4'000;
constexpr std::size_t kMaxJoins = 1'000;
constexpr std::size_t kMaxJoinColumns = 32;

FieldReader ReaderOf(const Json& json, std::string pointer, std::string thing) {
  return FieldReader(json, std::move(pointer), std::move(thing), Code::kSemanticInvalidModel);
}

Status ReadLabels(const FieldReader& reader, Labels* labels) {
  LOUPE_RETURN_IF_ERROR(reader.Text("title", &labels->title));
  LOUPE_RETURN_IF_ERROR(reader.Text("description", &labels->description));
  return reader.Texts("synonyms", &labels->synonyms);
}

// Reads "name" and adds it to the names seen so far among its siblings.
Status ReadName(const FieldReader& reader, std::string* name, std::set<std::string>* seen) {
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("name", name));
  if (!IsMemberName(*name)) {
    Status status = reader.ErrorAt("name", "name \"" + *name + "\" is not a valid name");
    return std::move(status).WithHint(
        "A name has letters A to Z, digits and underscores, does not begin with a digit and is at "
        "most 63 bytes long.");
  }
  if (seen->insert(*name).second) return Status::Ok();
  return reader.ErrorAt("name", "name \"" + *name + "\" is used twice");
}

Status UnknownWord(const FieldReader& reader, std::string_view key, const std::string& word,
                   const std::vector<std::string>& words) {
  Status status = reader.ErrorAt(key, "unknown " + std::string(key) + " \"" + word + "\"");
  return std::move(status).WithHint(NearestNameHint(word, words));
}

// What dimensions and measures have in common.
template <class Member>
Status ReadMember(const FieldReader& reader, Member* member) {
  LOUPE_RETURN_IF_ERROR(ReadLabels(reader, &member->labels));
  LOUPE_RETURN_IF_ERROR(reader.Text("column", &member->column));
  LOUPE_RETURN_IF_ERROR(reader.Text("sql", &member->sql));
  LOUPE_RETURN_IF_ERROR(reader.Text("data_type", &member->data_type));
  LOUPE_RETURN_IF_ERROR(reader.Flag("public", &member->is_public));
  if (!member->column.empty() && !member->sql.empty()) {
    return reader.Error("\"" + member->name + "\" has both a \"column\" and an \"sql\"");
  }
  if (member->sql.empty()) return Status::Ok();
  Status status = CheckFragment(member->sql);
  return status.ok() ? Status::Ok() : std::move(status).At(reader.PointerTo("sql"));
}

Status NeedsExpression(const FieldReader& reader, const std::string& name) {
  Status status = reader.Error("\"" + name + "\" has neither a \"column\" nor an \"sql\"");
  return std::move(status).WithHint("Only a measure of type \"count\" may have neither.");
}

Result<Dimension> ReadDimension(const FieldReader& reader, std::set<std::string>* seen) {
  Dimension dimension;
  LOUPE_RETURN_IF_ERROR(reader.Open({"name", "type", "column", "sql", "data_type", "title",
                                     "description", "synonyms", "public"}));
  LOUPE_RETURN_IF_ERROR(ReadName(reader, &dimension.name, seen));
  std::string type;
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("type", &type));
  const std::optional<DimensionType> parsed = ParseDimensionType(type);
  if (!parsed) return UnknownWord(reader, "type", type, DimensionTypeNames());
  dimension.type = *parsed;
  LOUPE_RETURN_IF_ERROR(ReadMember(reader, &dimension));
  if (dimension.column.empty() && dimension.sql.empty()) {
    return NeedsExpression(reader, dimension.name);
  }
  return dimension;
}

Result<Measure> ReadMeasure(const FieldReader& reader, std::set<std::string>* seen) {
  Measure measure;
  LOUPE_RETURN_IF_ERROR(reader.Open({"name", "type", "column", "sql", "data_type", "title",
                                     "description", "synonyms", "format", "public"}));
  LOUPE_RETURN_IF_ERROR(ReadName(reader, &measure.name, seen));
  std::string type;
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("type", &type));
  const std::optional<Aggregation> parsed = ParseAggregation(type);
  if (!parsed) return UnknownWord(reader, "type", type, AggregationNames());
  measure.aggregation = *parsed;
  LOUPE_RETURN_IF_ERROR(ReadMember(reader, &measure));
  LOUPE_RETURN_IF_ERROR(reader.Text("format", &measure.format));
  const bool bare = measure.column.empty() && measure.sql.empty();
  if (bare && measure.aggregation != Aggregation::kCount) {
    return NeedsExpression(reader, measure.name);
  }
  return measure;
}

Status ReadJoinColumns(const FieldReader& reader, Join* join) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items("columns", kMaxJoinColumns, &items));
  if (items == nullptr || items->empty()) {
    Status status = reader.Error("join to \"" + join->entity + "\" has no \"columns\"");
    return std::move(status).WithHint("Write \"columns\": [{\"from\": \"…\", \"to\": \"…\"}].");
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const FieldReader pair =
        ReaderOf((*items)[i], JsonPointer(reader.PointerTo("columns"), i), "join column pair");
    std::pair<std::string, std::string> names;
    LOUPE_RETURN_IF_ERROR(pair.Open({"from", "to"}));
    LOUPE_RETURN_IF_ERROR(pair.RequiredText("from", &names.first));
    LOUPE_RETURN_IF_ERROR(pair.RequiredText("to", &names.second));
    join->columns.push_back(std::move(names));
  }
  return Status::Ok();
}

Result<Join> ReadJoin(const FieldReader& reader, std::set<std::string>* seen) {
  Join join;
  LOUPE_RETURN_IF_ERROR(reader.Open({"name", "entity", "relationship", "columns"}));
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("entity", &join.entity));
  LOUPE_RETURN_IF_ERROR(reader.Text("name", &join.name));
  const std::string& name = join.name.empty() ? join.entity : join.name;
  if (!seen->insert(name).second) {
    Status status = reader.Error("join \"" + name + "\" is declared twice");
    return std::move(status).WithHint("Give each join to one entity its own \"name\".");
  }
  std::string relationship;
  LOUPE_RETURN_IF_ERROR(reader.Text("relationship", &relationship));
  if (!relationship.empty()) {
    const std::optional<Relationship> parsed = ParseRelationship(relationship);
    if (!parsed) return UnknownWord(reader, "relationship", relationship, RelationshipNames());
    join.relationship = *parsed;
  }
  LOUPE_RETURN_IF_ERROR(ReadJoinColumns(reader, &join));
  return join;
}

// Reads the array `key` of an entity item by item.
template <class Item, class ReadItem>
Status ReadList(const FieldReader& reader, std::string_view key, std::size_t most,
                const std::string& thing, ReadItem read_item, std::set<std::string>* seen,
                std::vector<Item>* out) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items(key, most, &items));
  for (std::size_t i = 0; items != nullptr && i < items->size(); ++i) {
    LOUPE_ASSIGN_OR_RETURN(
        Item item,
        read_item(ReaderOf((*items)[i], JsonPointer(reader.PointerTo(key), i), thing), seen));
    out->push_back(std::move(item));
  }
  return Status::Ok();
}

Result<Entity> ReadEntity(const FieldReader& reader, std::set<std::string>* seen) {
  Entity entity;
  LOUPE_RETURN_IF_ERROR(reader.Open({"name", "title", "description", "synonyms", "schema", "table",
                                     "primary_key", "joins", "dimensions", "measures"}));
  LOUPE_RETURN_IF_ERROR(ReadName(reader, &entity.name, seen));
  LOUPE_RETURN_IF_ERROR(ReadLabels(reader, &entity.labels));
  LOUPE_RETURN_IF_ERROR(reader.Text("schema", &entity.schema));
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("table", &entity.table));
  LOUPE_RETURN_IF_ERROR(reader.Texts("primary_key", &entity.primary_key));
  std::set<std::string> joins;
  LOUPE_RETURN_IF_ERROR(
      ReadList(reader, "joins", kMaxJoins, "join", ReadJoin, &joins, &entity.joins));
  std::set<std::string> members;  // shared: "entity.member" has to be unique
  LOUPE_RETURN_IF_ERROR(ReadList(reader, "dimensions", kMaxMembers, "dimension", ReadDimension,
                                 &members, &entity.dimensions));
  LOUPE_RETURN_IF_ERROR(ReadList(reader, "measures", kMaxMembers, "measure", ReadMeasure, &members,
                                 &entity.measures));
  return entity;
}

// Every join names an entity of the model.
Status CheckJoinTargets(const Model& model) {
  std::vector<std::string> names;
  for (const Entity& entity : model.entities) names.push_back(entity.name);
  const std::set<std::string> known(names.begin(), names.end());
  for (std::size_t e = 0; e < model.entities.size(); ++e) {
    const std::vector<Join>& joins = model.entities[e].joins;
    for (std::size_t j = 0; j < joins.size(); ++j) {
      if (known.count(joins[j].entity) != 0) continue;
      return Status(Code::kSemanticInvalidModel, "join of \"" + model.entities[e].name +
                                                     "\" names the unknown entity \"" +
                                                     joins[j].entity + "\"")
          .WithHint(NearestNameHint(joins[j].entity, names))
          .At("/entities/" + std::to_string(e) + "/joins/" + std::to_string(j) + "/entity");
    }
  }
  return Status::Ok();
}

}  // namespace

Result<Model> ParseModel(const Json& document) {
  Model model;
  const FieldReader reader = ReaderOf(document, "", "model");
  LOUPE_RETURN_IF_ERROR(reader.Open({"name", "title", "description", "synonyms", "entities"}));
  std::set<std::string> names;
  LOUPE_RETURN_IF_ERROR(ReadName(reader, &model.name, &names));
  LOUPE_RETURN_IF_ERROR(ReadLabels(reader, &model.labels));
  if (document.Find("entities") == nullptr) return reader.Error("model has no \"entities\"");
  std::set<std::string> entities;
  LOUPE_RETURN_IF_ERROR(
      ReadList(reader, "entities", kMaxEntities, "entity", ReadEntity, &entities, &model.entities));
  LOUPE_RETURN_IF_ERROR(CheckJoinTargets(model));
  return model;
}

}  // namespace loupe::semantic

#include <set>

#include "core/semantic/fragment.hpp"
#include "core/semantic/model.hpp"
#include "core/semantic/model_link.hpp"
#include "core/semantic/model_members.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/query.hpp"
#include "core/semantic/simple_model.hpp"

namespace loupe::semantic {
namespace {

// Budgets of a model; the widest real models stay a factor of ten below.
constexpr std::size_t kMaxEntities = 2'000;
constexpr std::size_t kMaxMembers = 4'000;
constexpr std::size_t kMaxJoins = 1'000;
constexpr std::size_t kMaxJoinColumns = 32;

constexpr std::size_t kMaxSegments = 1'000;
constexpr std::size_t kMaxHierarchies = 200;
constexpr std::size_t kMaxAccessRules = 200;

using ColumnPairs = std::vector<std::pair<std::string, std::string>>;

Status ReadColumnPairs(const FieldReader& reader, std::string_view key, const std::string& owner,
                       ColumnPairs* pairs) {
  const Json::Array* items = nullptr;
  LOUPE_RETURN_IF_ERROR(reader.Items(key, kMaxJoinColumns, &items));
  if (items == nullptr || items->empty()) {
    Status status = reader.Error(owner + " has no \"" + std::string(key) + "\"");
    return std::move(status).WithHint("Write \"" + std::string(key) +
                                      "\": [{\"from\": \"…\", \"to\": \"…\"}].");
  }
  for (std::size_t i = 0; i < items->size(); ++i) {
    const FieldReader pair =
        ModelReader((*items)[i], JsonPointer(reader.PointerTo(key), i), "join column pair");
    std::pair<std::string, std::string> names;
    LOUPE_RETURN_IF_ERROR(pair.Open({"from", "to"}));
    LOUPE_RETURN_IF_ERROR(pair.RequiredText("from", &names.first));
    LOUPE_RETURN_IF_ERROR(pair.RequiredText("to", &names.second));
    pairs->push_back(std::move(names));
  }
  return Status::Ok();
}

Status ReadBridge(const FieldReader& reader, Join* join) {
  const Json* json = reader.object().Find("bridge");
  if (json == nullptr) {
    Status status = reader.Error("many_to_many join to \"" + join->entity + "\" has no \"bridge\"");
    return std::move(status).WithHint(
        "Write \"bridge\": {\"table\": …, \"from\": […], \"to\": […]}, or model the table "
        "between the two as an entity of its own.");
  }
  const FieldReader bridge = ModelReader(*json, reader.PointerTo("bridge"), "bridge");
  JoinBridge read;
  LOUPE_RETURN_IF_ERROR(bridge.Open({"schema", "table", "from", "to"}));
  LOUPE_RETURN_IF_ERROR(bridge.Text("schema", &read.schema));
  LOUPE_RETURN_IF_ERROR(bridge.RequiredText("table", &read.table));
  LOUPE_RETURN_IF_ERROR(ReadColumnPairs(bridge, "from", "bridge", &read.from));
  LOUPE_RETURN_IF_ERROR(ReadColumnPairs(bridge, "to", "bridge", &read.to));
  join->bridge = std::move(read);
  return Status::Ok();
}

Result<Join> ReadJoin(const FieldReader& reader, std::set<std::string>* seen) {
  Join join;
  LOUPE_RETURN_IF_ERROR(
      reader.Open({"name", "entity", "relationship", "columns", "bridge", "guess"}));
  LOUPE_RETURN_IF_ERROR(reader.RequiredText("entity", &join.entity));
  LOUPE_RETURN_IF_ERROR(reader.Text("name", &join.name));
  LOUPE_RETURN_IF_ERROR(reader.Flag("guess", &join.is_guess));
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
  LOUPE_RETURN_IF_ERROR(
      join.relationship == Relationship::kManyToMany
          ? ReadBridge(reader, &join)
          : ReadColumnPairs(reader, "columns", "join to \"" + join.entity + "\"", &join.columns));
  return join;
}

Status ReadSource(const FieldReader& reader, Entity* entity) {
  LOUPE_RETURN_IF_ERROR(reader.Text("schema", &entity->schema));
  LOUPE_RETURN_IF_ERROR(reader.Text("table", &entity->table));
  LOUPE_RETURN_IF_ERROR(reader.Text("sql", &entity->sql));
  LOUPE_RETURN_IF_ERROR(reader.Text("extends", &entity->extends));
  if (!entity->table.empty() && !entity->sql.empty()) {
    return reader.Error("entity \"" + entity->name + "\" has both a \"table\" and an \"sql\"");
  }
  if (!entity->sql.empty()) {
    Status status = CheckFragment(entity->sql);
    if (!status.ok()) return std::move(status).At(reader.PointerTo("sql"));
  }
  if (entity->extends.empty() && entity->sql.empty()) {
    return reader.RequiredText("table", &entity->table);
  }
  return Status::Ok();
}

// Reads the list `key` with read_item(reader, seen).
template <class Item, class Read>
Status ReadNamed(const FieldReader& reader, std::string_view key, std::size_t most,
                 const std::string& thing, Read read_item, std::set<std::string>* seen,
                 std::vector<Item>* out) {
  return ReadList(
      reader, key, most, thing, [&](const FieldReader& item) { return read_item(item, seen); },
      out);
}

Status ReadMembers(const FieldReader& reader, Entity* entity) {
  std::set<std::string> members;  // shared: "entity.member" has to be unique
  LOUPE_RETURN_IF_ERROR(ReadNamed(reader, "dimensions", kMaxMembers, "dimension", ReadDimension,
                                  &members, &entity->dimensions));
  LOUPE_RETURN_IF_ERROR(ReadNamed(reader, "measures", kMaxMembers, "measure", ReadMeasure, &members,
                                  &entity->measures));
  LOUPE_RETURN_IF_ERROR(ReadNamed(reader, "segments", kMaxSegments, "segment", ReadSegment,
                                  &members, &entity->segments));
  std::set<std::string> hierarchies;
  LOUPE_RETURN_IF_ERROR(ReadNamed(reader, "hierarchies", kMaxHierarchies, "hierarchy",
                                  ReadHierarchy, &hierarchies, &entity->hierarchies));
  return ReadList(reader, "access", kMaxAccessRules, "access rule", ReadAccessRule,
                  &entity->access);
}

Result<Entity> ReadEntity(const FieldReader& reader, std::set<std::string>* seen) {
  Entity entity;
  LOUPE_RETURN_IF_ERROR(reader.Open(
      {"name", "title", "description", "synonyms", "schema", "table", "sql", "extends", "public",
       "primary_key", "joins", "dimensions", "measures", "segments", "hierarchies", "access"}));
  LOUPE_RETURN_IF_ERROR(ReadName(reader, &entity.name, seen));
  LOUPE_RETURN_IF_ERROR(ReadLabels(reader, &entity.labels));
  LOUPE_RETURN_IF_ERROR(ReadSource(reader, &entity));
  LOUPE_RETURN_IF_ERROR(reader.Flag("public", &entity.is_public));
  LOUPE_RETURN_IF_ERROR(reader.Texts("primary_key", &entity.primary_key));
  std::set<std::string> joins;
  LOUPE_RETURN_IF_ERROR(
      ReadNamed(reader, "joins", kMaxJoins, "join", ReadJoin, &joins, &entity.joins));
  LOUPE_RETURN_IF_ERROR(ReadMembers(reader, &entity));
  return entity;
}

Status ReadCalendar(const FieldReader& reader, Model* model) {
  std::string week_start;
  LOUPE_RETURN_IF_ERROR(reader.Text("week_start", &week_start));
  if (!week_start.empty()) {
    const std::optional<int> day = ParseWeekday(week_start);
    if (!day) return UnknownWord(reader, "week_start", week_start, WeekdayNames());
    model->week_start = *day;
  }
  std::optional<std::int64_t> month;
  LOUPE_RETURN_IF_ERROR(reader.Integer("fiscal_year_start", 1, 12, &month));
  if (month) model->fiscal_year_start = static_cast<int>(*month);
  LOUPE_RETURN_IF_ERROR(reader.Text("timezone", &model->timezone));
  if (model->timezone.empty() || IsTimezoneName(model->timezone)) return Status::Ok();
  return reader.ErrorAt("timezone", "\"" + model->timezone + "\" is not the name of a time zone");
}

}  // namespace

Result<Model> ParseModel(const Json& document) {
  if (IsSimpleModel(document)) {
    LOUPE_ASSIGN_OR_RETURN(const Json full, ModelFromSimple(document));
    return ParseModel(full);
  }
  Model model;
  const FieldReader reader = ModelReader(document, "", "model");
  LOUPE_RETURN_IF_ERROR(reader.Open({"name", "title", "description", "synonyms", "week_start",
                                     "fiscal_year_start", "timezone", "entities"}));
  std::set<std::string> names;
  LOUPE_RETURN_IF_ERROR(ReadName(reader, &model.name, &names));
  LOUPE_RETURN_IF_ERROR(ReadLabels(reader, &model.labels));
  LOUPE_RETURN_IF_ERROR(ReadCalendar(reader, &model));
  if (document.Find("entities") == nullptr) return reader.Error("model has no \"entities\"");
  std::set<std::string> entities;
  LOUPE_RETURN_IF_ERROR(ReadNamed(reader, "entities", kMaxEntities, "entity", ReadEntity, &entities,
                                  &model.entities));
  LOUPE_RETURN_IF_ERROR(LinkModel(&model));
  return model;
}

}  // namespace loupe::semantic

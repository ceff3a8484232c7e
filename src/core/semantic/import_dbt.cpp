#include "core/semantic/import_dbt.hpp"

#include <set>

#include "core/semantic/dbt_metrics.hpp"
#include "core/semantic/dbt_project.hpp"
#include "core/semantic/simple_model.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kMaxModels = 2'000;
constexpr std::size_t kMaxDbtMembers = 4'000;

class DbtImporter {
 public:
  explicit DbtImporter(const Json& document) : document_(document) {}

  Result<Imported> Run();

 private:
  Status ReadModel(const ForeignItem& item);
  void ReadRelation(ForeignObject* object, DbtModel* model);
  void ReadDimension(const ForeignItem& item, DbtModel* model);
  void ReadEntity(const ForeignItem& item, DbtModel* model);
  void ReadMeasure(const ForeignItem& item, const DbtModel& model);
  void AddKeyDimensions(DbtModel* model);
  void AddJoins(const DbtModel& from);
  void AddJoin(const DbtModel& from, const DbtEntity& key, const DbtModel& to,
               const DbtEntity& target);
  void NoteProject(ForeignObject* document);

  const Json& document_;
  ImportDraft draft_;
  DbtProject project_;
  std::set<std::string> metric_names_;
};

void DbtImporter::ReadRelation(ForeignObject* object, DbtModel* model) {
  const Json* relation = object->Find("node_relation");
  if (relation == nullptr) {
    model->table = model->name;
    model->draft->head.Set("table", model->name);
    return;
  }
  ForeignObject reader(*relation, object->PointerTo("node_relation"), &draft_.notes);
  reader.Ignore({"database", "relation_name"});
  model->table = reader.Text("alias");
  SetText("schema", reader.Text("schema_name"), &model->draft->head);
  if (model->table.empty()) SetTable(reader.Text("relation_name"), &model->draft->head);
  if (!model->table.empty()) model->draft->head.Set("table", model->table);
}

void DbtImporter::ReadDimension(const ForeignItem& item, DbtModel* model) {
  ForeignObject object(*item.value, item.pointer, &draft_.notes);
  object.Ignore({"metadata", "is_partition"});
  const std::string name = object.Text("name");
  const std::string written = object.Text("expr");
  const Result<SqlTokens> bound = RowTokens(written.empty() ? name : written, model->Scope());
  if (!bound.ok() || model->dimensions.count(name) != 0) {
    draft_.notes.Add(item.pointer,
                     "dimension \"" + name + "\" is not carried: " +
                         (bound.ok() ? "it is declared twice" : bound.status().message()));
    return;
  }
  const std::string kind = object.Text("type");
  const std::string likely = LikelyType(bound.value(), "");
  const std::string type = kind == "time" ? "time" : likely.empty() ? "string" : likely;
  Json dimension = Json::Of({{"name", model->draft->names.Take(name)}, {"type", type}});
  SetSource(bound.value(), &dimension);
  if (kind != "time") {
    draft_.guessed_types.emplace_back(model->draft->name, dimension.Find("name")->AsString());
  }
  ReadDbtLabels(&object, &draft_.notes, &dimension);
  if (const Json* params = object.Find("type_params")) {
    const Json* validity = params->Find("validity_params");
    model->has_validity = model->has_validity || (validity != nullptr && !validity->IsNull());
  }
  object.NoteRest();
  model->draft->dimensions.push_back({std::move(dimension), item.pointer, {}});
  model->dimensions[name] = bound.value();
  model->types[name] = type;
}

void DbtImporter::ReadEntity(const ForeignItem& item, DbtModel* model) {
  ForeignObject object(*item.value, item.pointer, &draft_.notes);
  object.Ignore({"metadata", "description", "label"});
  DbtEntity entity;
  entity.pointer = item.pointer;
  entity.name = object.Text("name");
  entity.type = object.Text("type");
  const std::string written = object.Text("expr");
  object.NoteRest();
  const Result<SqlTokens> bound =
      RowTokens(written.empty() ? entity.name : written, model->Scope());
  if (bound.ok()) entity.column = ColumnOf(bound.value());
  if (entity.column.empty()) {
    draft_.notes.Add(item.pointer,
                     "entity \"" + entity.name + "\" is not carried: it is no plain column");
    return;
  }
  if (entity.type == "primary") {
    model->primary_entity = entity.name;
    model->draft->head.Set("primary_key", Json::FromArray({Json(entity.column)}));
  }
  model->entities.push_back(std::move(entity));
}

// Keys are dimensions too, as MetricFlow groups by them.
void DbtImporter::AddKeyDimensions(DbtModel* model) {
  for (const DbtEntity& key : model->entities) {
    const std::string name = MemberNameFrom(key.name);
    if (model->draft->names.Has(name) || metric_names_.count(key.name) != 0) continue;
    model->draft->names.Take(name);
    Json dimension = Json::Of({{"name", name}, {"type", "string"}, {"column", key.column}});
    draft_.guessed_types.emplace_back(model->draft->name, name);
    model->draft->dimensions.push_back({std::move(dimension), key.pointer, {}});
    SqlToken column{SqlTokenKind::kName, key.column, false};
    model->dimensions[key.name] = {{SqlTokenKind::kAlias, "{T}", false},
                                   {SqlTokenKind::kSymbol, ".", false},
                                   std::move(column)};
    model->types[key.name] = "string";
  }
}

void DbtImporter::ReadMeasure(const ForeignItem& item, const DbtModel& model) {
  ImportNotes later;  // the metrics that use it note what cannot be carried
  ForeignObject object(*item.value, item.pointer, &later);
  DbtMeasure measure;
  measure.model = &model;
  measure.json = item.value;
  measure.name = object.Text("name");
  measure.expression = object.Text("expr");
  measure.pointer = item.pointer;
  if (!project_.measures.emplace(measure.name, measure).second) {
    draft_.notes.Add(item.pointer, "measure \"" + measure.name + "\" is declared twice");
  }
}

Status DbtImporter::ReadModel(const ForeignItem& item) {
  ForeignObject object(*item.value, item.pointer, &draft_.notes);
  object.Ignore({"metadata", "measures"});
  DbtModel model;
  model.name = object.Text("name");
  model.pointer = item.pointer;
  model.primary_entity = object.Text("primary_entity");
  if (const Json* defaults = object.Find("defaults")) {
    ForeignObject reader(*defaults, object.PointerTo("defaults"), &draft_.notes);
    model.time_dimension = reader.Text("agg_time_dimension");
  }
  const std::string name = MemberNameFrom(model.name);
  if (draft_.FindEntity(name) != nullptr) {
    draft_.notes.Add(item.pointer, "semantic model \"" + model.name + "\" is declared twice");
    return Status::Ok();
  }
  draft_.entities.emplace_back();
  model.draft = &draft_.entities.back();
  model.draft->name = name;
  model.draft->pointer = item.pointer;
  ReadDbtLabels(&object, &draft_.notes, &model.draft->head);
  ReadRelation(&object, &model);
  const std::vector<ForeignItem> dimensions = object.Items("dimensions");
  const std::vector<ForeignItem> entities = object.Items("entities");
  if (std::max(dimensions.size(), entities.size()) > kMaxDbtMembers) {
    return Status(Code::kLimitExceeded, "semantic model \"" + model.name + "\" has more than " +
                                            std::to_string(kMaxDbtMembers) + " members")
        .At(item.pointer);
  }
  for (const ForeignItem& dimension : dimensions) ReadDimension(dimension, &model);
  for (const ForeignItem& entity : entities) ReadEntity(entity, &model);
  AddKeyDimensions(&model);
  object.NoteRest();
  project_.models.push_back(std::move(model));
  return Status::Ok();
}

void DbtImporter::AddJoin(const DbtModel& from, const DbtEntity& key, const DbtModel& to,
                          const DbtEntity& target) {
  if (to.has_validity) {
    draft_.notes.Add(key.pointer, "join to \"" + to.name +
                                      "\" is not carried: its rows are versions of a thing");
    return;
  }
  const bool one = key.type == "primary" || key.type == "unique";
  Json join = Json::Of({{"entity", to.draft->name}});
  for (const DraftMember& known : from.draft->joins) {
    if (*known.json.Find("entity") == Json(to.draft->name)) {
      join.Set("name", MemberNameFrom(key.name));
    }
  }
  join.Set("relationship", one ? "one_to_one" : "many_to_one");
  join.Set("columns", Json::FromArray({Json::Of({{"from", key.column}, {"to", target.column}})}));
  from.draft->joins.push_back({std::move(join), key.pointer, {}});
}

// Each key leads to the models in which it identifies a row; a pair of such models joins once.
void DbtImporter::AddJoins(const DbtModel& from) {
  for (const DbtEntity& key : from.entities) {
    for (const DbtModel& to : project_.models) {
      const bool mutual = key.type != "foreign";
      if (to.draft == from.draft || (mutual && &to < &from)) continue;
      for (const DbtEntity& target : to.entities) {
        const bool fits = target.name == key.name && target.type != "foreign";
        if (fits) AddJoin(from, key, to, target);
      }
    }
  }
}

void DbtImporter::NoteProject(ForeignObject* document) {
  for (const ForeignItem& query : document->Items("saved_queries")) {
    draft_.notes.Add(query.pointer, "a saved query is not carried");
  }
  const Json* configuration = document->Find("project_configuration");
  if (configuration == nullptr) return;
  ForeignObject reader(*configuration, document->PointerTo("project_configuration"), &draft_.notes);
  reader.Ignore({"dsi_package_version", "metadata"});
  for (const ForeignItem& spine : reader.Items("time_spines")) {
    draft_.notes.Add(spine.pointer, "a time spine is not carried: periods need no table here");
  }
  reader.Ignore({"time_spine_table_configurations"});
  reader.NoteRest();
}

Result<Imported> DbtImporter::Run() {
  ForeignObject document(document_, "", &draft_.notes);
  const std::vector<ForeignItem> models = document.Items("semantic_models");
  const std::vector<ForeignItem> metrics = document.Items("metrics");
  if (models.empty()) {
    return Status(Code::kSemanticInvalidModel, "the document has no \"semantic_models\"")
        .WithHint("Give the semantic_manifest.json that dbt writes to its target folder.")
        .At("/semantic_models");
  }
  if (models.size() > kMaxModels) {
    return Status(Code::kLimitExceeded,
                  "the document has more than " + std::to_string(kMaxModels) + " semantic models")
        .At("/semantic_models");
  }
  draft_.head.Set("name", "dbt");
  for (const ForeignItem& metric : metrics) {
    const Json* name = metric.value->Find("name");
    if (name != nullptr && name->IsString()) metric_names_.insert(name->AsString());
  }
  project_.models.reserve(models.size());  // measures refer to their models
  for (const ForeignItem& item : models) {
    const std::size_t before = project_.models.size();
    LOUPE_RETURN_IF_ERROR(ReadModel(item));
    if (project_.models.size() == before) continue;
    ImportNotes aside;
    ForeignObject object(*item.value, item.pointer, &aside);
    for (const ForeignItem& measure : object.Items("measures")) {
      ReadMeasure(measure, project_.models.back());
    }
  }
  for (const DbtModel& model : project_.models) AddJoins(model);
  LOUPE_RETURN_IF_ERROR(ReadDbtMetrics(metrics, project_, &draft_));
  NoteProject(&document);
  document.NoteRest();
  return Finish(std::move(draft_));
}

}  // namespace

const DbtModel* DbtProject::FindModel(std::string_view name) const {
  for (const DbtModel& model : models) {
    if (model.name == name) return &model;
  }
  return nullptr;
}

const DbtModel* DbtProject::ModelOfEntity(const std::string& entity) const {
  for (const char* type : {"primary", "unique", "natural"}) {
    for (const DbtModel& model : models) {
      if (type[0] == 'p' && model.primary_entity == entity) return &model;
      for (const DbtEntity& key : model.entities) {
        if (key.name == entity && key.type == type) return &model;
      }
    }
  }
  return nullptr;
}

Result<Imported> ImportDbt(const Json& document) { return DbtImporter(document).Run(); }

}  // namespace loupe::semantic

#include "pg/postgres.hpp"

extern "C" {
#include "utils/acl.h"
}

#include "pg/model_store.hpp"

#include <algorithm>
#include <iterator>

#include "core/base/nearest.hpp"
#include "core/semantic/access.hpp"
#include "core/semantic/check.hpp"
#include "core/semantic/infer.hpp"
#include "core/semantic/infer_joins.hpp"
#include "pg/ask_directory.hpp"
#include "pg/catalog.hpp"
#include "pg/fragment_check.hpp"
#include "pg/function.hpp"
#include "pg/model_statistics.hpp"
#include "pg/own_table.hpp"
#include "pg/search_path.hpp"
#include "pg/settings.hpp"
#include "pg/spi.hpp"

namespace loupe::pg {
namespace {

// Among more tables names alone tell too little, and their statistics take too long to read.
constexpr std::size_t kMaxTablesToGuess = 300;

// A superuser sees every model, but only an own or a trusted one is used without being named: the
// expressions of a model run with the reader's rights.
constexpr const char* kActiveModelsSql = R"sql(
SELECT m.id, m.name, m.owner, m.owner = CURRENT_USER,
       m.owner = CURRENT_USER OR loupe._is_trusted_owner(m.owner)
       OR NOT loupe._is_trusted_owner(CURRENT_USER)
FROM loupe.semantic_model m JOIN loupe.project p ON p.id = m.project_id
WHERE p.name = $1 AND m.is_active
ORDER BY m.name, m.owner)sql";

constexpr const char* kModelSql = R"sql(
SELECT m.model, m.version FROM loupe.semantic_model m WHERE m.id = $1::pg_catalog.int8)sql";

constexpr const char* kProjectSql = "SELECT p.id FROM loupe.project p WHERE p.name = $1";

constexpr const char* kDeactivateSql = R"sql(
UPDATE loupe.semantic_model SET is_active = false
WHERE project_id = $1::pg_catalog.int8 AND name = $2 AND owner = CURRENT_USER AND is_active)sql";

constexpr const char* kInsertSql = R"sql(
INSERT INTO loupe.semantic_model (project_id, name, version, model)
SELECT $1::pg_catalog.int8, $2, coalesce(max(m.version), 0) + 1, $3::pg_catalog.jsonb
FROM loupe.semantic_model m
WHERE m.project_id = $1::pg_catalog.int8 AND m.name = $2 AND m.owner = CURRENT_USER
RETURNING version)sql";

struct StoredModel {
  std::string id;
  std::string name;
  std::string owner;
  bool is_own = false;
  bool is_candidate = false;  // may be meant without being named
};

std::vector<StoredModel> ActiveModels(SpiSession* spi, const std::string& project) {
  std::vector<StoredModel> models;
  for (const SpiSession::Row& row : spi->Query(kActiveModelsSql, {project})) {
    models.push_back({*row[0], *row[1], *row[2], *row[3] == "t", *row[4] == "t"});
  }
  return models;
}

[[noreturn]] void ThrowAmbiguous(const std::vector<StoredModel>& models) {
  std::string list;
  for (const StoredModel& model : models) {
    list += (list.empty() ? "\"" : ", \"") + model.name + "\" of \"" + model.owner + "\"";
  }
  throw StatusError{Status(Code::kSemanticAmbiguousModel, "several semantic models are active")
                        .WithDetail("They are " + list + ".")
                        .WithHint("Name one with \"model\" in the query or SET loupe.model.")};
}

[[noreturn]] void ThrowUnknown(const std::string& name, const std::vector<StoredModel>& models) {
  std::vector<std::string> names;
  for (const StoredModel& model : models) names.push_back(model.name);
  ThrowNoModel(name, names);
}

// Among models of one name the caller's own comes first; two of other owners are ambiguous.
const StoredModel& Choose(const std::vector<StoredModel>& models, const std::string& name) {
  std::vector<StoredModel> named;
  for (const StoredModel& model : models) {
    if (model.name == name && model.is_own) return model;
    if (model.name == name) named.push_back(model);
  }
  if (named.empty()) ThrowUnknown(name, models);
  if (named.size() > 1) ThrowAmbiguous(named);
  return *std::find_if(models.begin(), models.end(),
                       [&](const StoredModel& model) { return model.id == named.front().id; });
}

// The stored document as it was parsed, before the catalog is asked.
LoadedModel ReadStored(SpiSession* spi, const StoredModel& stored) {
  const std::vector<SpiSession::Row> rows = spi->Query(kModelSql, {stored.id});
  if (rows.empty()) ThrowNoModel(stored.name, {});
  LoadedModel loaded;
  loaded.model = ValueOrThrow(semantic::ParseModel(ValueOrThrow(ParseJson(*rows[0][0]))));
  loaded.owner = stored.owner;
  loaded.version = IntegerOf(rows[0][1]);
  return loaded;
}

std::optional<LoadedModel> FindStored(const ModelKey& key) {
  SpiSession spi(SpiSession::Mode::kReadOnly);
  const std::vector<StoredModel> models = ActiveModels(&spi, key.project);
  if (key.kind == ModelKey::Kind::kNamed) return ReadStored(&spi, Choose(models, key.name));
  std::vector<StoredModel> candidates;
  std::copy_if(models.begin(), models.end(), std::back_inserter(candidates),
               [](const StoredModel& model) { return model.is_candidate; });
  if (candidates.size() > 1) ThrowAmbiguous(candidates);
  if (candidates.empty()) return std::nullopt;
  return ReadStored(&spi, candidates.front());
}

// The problem as a query tells it.
Status ToQuery(const Status& problem, const std::string& model) {
  const std::string blank = problem.hint().empty() ? "" : " ";
  return Status(problem.code(), problem.message())
      .WithDetail("The semantic model \"" + model + "\" no longer fits the tables.")
      .WithHint(problem.hint() + blank + "Run semantic_model_check for all problems.")
      .At(problem.pointer());
}

// Fills in what the tables are now and notes what does not fit them.
void Complete(LoadedModel* loaded) {
  semantic::Model& model = loaded->model;
  loaded->schemas = SchemasOf(model);
  NamedTables tables = ReadTablesOf(model, loaded->schemas);
  FragmentReport fragments = TypeFragments(loaded->schemas, &tables.catalog, &model);
  model = semantic::CompleteModel(std::move(model), tables.catalog);
  loaded->relations = std::move(tables.relations);
  loaded->relations.insert(loaded->relations.end(), fragments.relations.begin(),
                           fragments.relations.end());
  std::vector<Status> problems = semantic::CheckModel(model, tables.catalog);
  std::move(fragments.problems.begin(), fragments.problems.end(), std::back_inserter(problems));
  for (const Status& problem : problems) {
    if (IsRefusal(problem)) continue;
    loaded->problems.push_back({semantic::EntityIndexOf(problem), ToQuery(problem, model.name)});
  }
}

[[noreturn]] void ThrowNothingReadable(const std::vector<std::string>& schemas) {
  std::string list;
  for (const std::string& schema : schemas) list += (list.empty() ? "\"" : ", \"") + schema + "\"";
  throw StatusError{Status(Code::kAskNothingReadable, "there is no table that you may read")
                        .WithDetail(schemas.empty() ? "The search_path names no schema."
                                                    : "The schemas looked at are " + list + ".")
                        .WithHint("Set search_path to the schema of your tables, or name it.")};
}

NamedTables ReadTablesToInfer(const std::vector<std::string>& schemas,
                              const std::vector<Oid>& relations = {}) {
  NamedTables tables = ReadReadableTables(schemas, relations);
  if (tables.catalog.tables.empty()) ThrowNothingReadable(schemas);
  return tables;
}

LoadedModel Infer(const ModelKey& key) {
  NamedTables tables = ReadTablesToInfer(key.schemas, key.relations);
  LoadedModel loaded;
  loaded.model = semantic::InferModel(tables.catalog, "inferred");
  // Of tables chosen from many it is not known what connects them.
  const bool is_whole = key.kind == ModelKey::Kind::kInferred || key.kind == ModelKey::Kind::kAsked;
  const bool guesses = is_whole && tables.catalog.tables.size() <= kMaxTablesToGuess &&
                       semantic::LeavesJoinsOpen(tables.catalog);
  if (guesses) {
    AddStatistics(key.schemas, &tables.catalog);
    semantic::ConnectByGuesses(tables.catalog, &loaded.model);
  }
  loaded.relations = tables.relations;
  loaded.commented = tables.relations;
  loaded.schemas = key.schemas;
  return loaded;
}

LoadedModel Direct(const ModelKey& key) {
  LoadedModel loaded;
  loaded.directory = ReadDirectory(key.schemas);
  loaded.relations = loaded.directory->relations;
  loaded.commented = loaded.relations;
  loaded.schemas = key.schemas;
  return loaded;
}

bool IsTooLarge(const std::vector<std::string>& schemas) {
  const CatalogSize size = SizeOfCatalog(schemas);
  return size.tables > kMaxWholeTables || size.columns > kMaxWholeColumns;
}

// Of the roles that the model's rules mention those whose rights the caller has, as row-level
// security counts them.
std::vector<std::string> RolesHeld(const semantic::Model& model) {
  std::vector<std::string> held;
  for (std::string& role : semantic::RolesIn(model)) {
    const char* name = ToServer(role);
    const bool is_held = Call([&]() noexcept {
      const Oid oid = get_role_oid(name, true);
      return OidIsValid(oid) && has_privs_of_role(GetUserId(), oid);
    });
    if (is_held) held.push_back(std::move(role));
  }
  return held;
}

LoadedModel LoadModel(const ModelKey& key) {
  LoadedModel loaded;
  if (key.kind == ModelKey::Kind::kAsked && IsTooLarge(key.schemas)) return Direct(key);
  const bool is_inferred = key.kind == ModelKey::Kind::kInferred ||
                           key.kind == ModelKey::Kind::kAsked ||
                           key.kind == ModelKey::Kind::kNarrowed;
  if (is_inferred) {
    loaded = Infer(key);
  } else if (std::optional<LoadedModel> stored = FindStored(key)) {
    loaded = std::move(*stored);
    Complete(&loaded);
    const std::vector<std::string> roles = RolesHeld(loaded.model);
    loaded.model = semantic::ApplyAccess(std::move(loaded.model), roles);
  } else {
    loaded = Infer(key);
  }
  // They take opening each table, which stays in memory: too much for what one question needs.
  if (key.kind != ModelKey::Kind::kNarrowed) ReadStatistics(&loaded.model);
  loaded.functions_schema = PublicSchemaName();
  for (const char* table : {"semantic_model", "project"}) {
    loaded.relations.push_back(Call([&]() noexcept { return FindOwnTable(table); }));
  }
  return loaded;
}

ModelKey KeyOf(ModelKey::Kind kind, std::vector<std::string> schemas) {
  ModelKey key;
  key.kind = kind;
  key.role = GetUserId();
  key.project = CurrentSettings().project;
  key.schemas = std::move(schemas);
  return key;
}

}  // namespace

void ThrowNoModel(const std::string& name, const std::vector<std::string>& known) {
  throw StatusError{Status(Code::kSemanticNoModel, "semantic model \"" + name + "\" does not exist")
                        .WithHint(NearestNameHint(name, known))};
}

ModelHandle ResolveModel(const std::optional<std::string>& name) {
  const std::string wanted = name ? *name : CurrentSettings().model;
  const bool is_named = name || !wanted.empty();
  ModelKey key =
      KeyOf(is_named ? ModelKey::Kind::kNamed : ModelKey::Kind::kDefault, CallerSchemas());
  key.name = wanted;
  return FindModel(key, LoadModel);
}

ModelHandle InferredModel(const std::vector<std::string>& schemas) {
  return FindModel(KeyOf(ModelKey::Kind::kInferred, schemas), LoadModel);
}

ModelHandle AskedModel(const std::vector<std::string>& schemas, const std::string& question) {
  ModelHandle asked = FindModel(KeyOf(ModelKey::Kind::kAsked, schemas), LoadModel);
  if (!asked.loaded().directory) return asked;
  if (asked.loaded().relations.empty()) ThrowNothingReadable(schemas);
  ModelKey key = KeyOf(ModelKey::Kind::kNarrowed, schemas);
  key.relations = ChooseRelations(*asked.loaded().directory, question);
  return FindModel(key, LoadModel);
}

semantic::Model InferModelToReview(const std::vector<std::string>& schemas,
                                   const std::string& name) {
  semantic::Catalog catalog = ReadTablesToInfer(schemas).catalog;
  AddStatistics(schemas, &catalog);
  semantic::Model model = semantic::InferModel(catalog, name);
  semantic::AddGuessedJoins(catalog, &model);
  return model;
}

std::vector<std::string> SchemasOf(const semantic::Model& model) {
  std::vector<std::string> schemas;
  for (const semantic::Entity& entity : model.entities) {
    const bool is_new = std::find(schemas.begin(), schemas.end(), entity.schema) == schemas.end();
    if (!entity.schema.empty() && is_new) schemas.push_back(entity.schema);
  }
  for (std::string& schema : CallerSchemas()) {
    if (std::find(schemas.begin(), schemas.end(), schema) == schemas.end()) {
      schemas.push_back(std::move(schema));
    }
  }
  return schemas;
}

int SaveModel(const semantic::Model& model) {
  const std::string project = CurrentSettings().project;
  SpiSession spi(SpiSession::Mode::kReadWrite);
  const std::vector<SpiSession::Row> projects = spi.Query(kProjectSql, {project});
  if (projects.empty()) {
    throw StatusError{Status(Code::kInvalidArgument, "project \"" + project + "\" does not exist")
                          .WithHint("SET loupe.project to \"default\" or to a known project.")};
  }
  const SpiSession::Value id = projects[0][0];
  spi.Query(kDeactivateSql, {id, model.name});
  const std::vector<SpiSession::Row> saved =
      spi.Query(kInsertSql, {id, model.name, semantic::ModelToJson(model).Dump()});
  return IntegerOf(saved.at(0).at(0));
}

}  // namespace loupe::pg

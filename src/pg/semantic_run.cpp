#include "pg/postgres.hpp"

extern "C" {
#include "access/xact.h"
}

#include "pg/semantic_run.hpp"

#include "core/semantic/query.hpp"
#include "core/semantic/simple_query.hpp"
#include "pg/local_time.hpp"
#include "pg/model_store.hpp"

namespace loupe::pg {
namespace {

// The entities that the members named in a query belong to.
std::vector<std::string> EntitiesIn(const Json& value) {
  std::vector<std::string> names;
  std::vector<const Json*> open = {&value};
  while (!open.empty()) {
    const Json* next = open.back();
    open.pop_back();
    if (next->IsString()) names.push_back(next->AsString().substr(0, next->AsString().find('.')));
    if (next->IsArray()) {
      for (const Json& item : next->items()) open.push_back(&item);
    } else if (next->IsObject()) {
      for (const Json::Member& member : next->members()) {
        if (member.name != "values") open.push_back(&member.value);
      }
    }
  }
  return names;
}

void CheckEntities(const Json& query, const ModelHandle& model) {
  if (model.loaded().problems.empty()) return;
  for (const std::string& name : EntitiesIn(query)) {
    const semantic::Entity* entity = model->FindEntity(name);
    if (entity != nullptr && entity->is_public) ThrowIfError(model.ProblemOf(*entity));
  }
}

// The model of a query in the simple form: a stored one of its dataset's name goes before the one
// that a query without a name means.
ModelHandle ModelOfSimple(const Json& query) {
  const std::string name = semantic::ModelNameOfSimple(query);
  const bool is_named = query.Find("model") != nullptr;
  if (name.empty() || (!is_named && ModelVersions(name).empty())) return ResolveModel(std::nullopt);
  return ResolveModel(name);
}

PreparedQuery PrepareSimple(const Json& query) {
  ModelHandle model = ModelOfSimple(query);
  const semantic::SimpleQuery simple = ValueOrThrow(semantic::QueryFromSimple(query, *model));
  semantic::Compiled compiled = CompileFor(simple.query, model);
  for (semantic::OutputColumn& column : compiled.columns) {
    for (const auto& [member, key] : simple.keys) {
      if (column.key != member) continue;
      column.key = key;
      break;
    }
  }
  return {std::move(model), std::move(compiled)};
}

}  // namespace

DateTime NowIn(const std::string& zone) {
  return LocalTime(GetCurrentTransactionStartTimestamp(), zone);
}

semantic::Compiled CompileFor(const Json& query, const ModelHandle& model) {
  CheckEntities(query, model);
  const semantic::Query parsed = ValueOrThrow(semantic::ParseQuery(query));
  const DateTime now = NowIn(semantic::ZoneOf(parsed, *model));
  semantic::Compiled compiled =
      ValueOrThrow(semantic::CompileQuery(parsed, *model, {now, model.loaded().functions_schema}));
  for (const semantic::Entity* entity : compiled.entities) ThrowIfError(model.ProblemOf(*entity));
  return compiled;
}

Execution RunCompiled(const semantic::Compiled& compiled, const semantic::Model& model,
                      ExecuteOptions options) {
  options.schemas = SchemasOf(model);
  options.origin = SqlOrigin::kCompiled;
  Execution execution = Execute(compiled.sql, options);
  // By position: PostgreSQL cuts a column name at 63 bytes, a member's key may be longer.
  for (std::size_t i = 0; i < compiled.columns.size(); ++i) {
    execution.rows.columns.at(i).name = compiled.columns[i].key;
  }
  return execution;
}

PreparedQuery PrepareQuery(const Json& query) {
  if (semantic::IsSimpleQuery(query)) return PrepareSimple(query);
  const Json* name = query.Find("model");
  const bool is_named = name != nullptr && name->IsString();
  ModelHandle model = ResolveModel(is_named ? std::optional(name->AsString()) : std::nullopt);
  semantic::Compiled compiled = CompileFor(query, model);
  return {std::move(model), std::move(compiled)};
}

RowSet SemanticRows(const Json& query, const char* purpose) {
  const PreparedQuery prepared = PrepareQuery(query);
  ExecuteOptions options;
  options.purpose = purpose;
  return RunCompiled(prepared.compiled, *prepared.model, options).rows;
}

}  // namespace loupe::pg

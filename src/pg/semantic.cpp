// The SQL functions of the semantic layer: thin faces of core/semantic.
#include "pg/postgres.hpp"

#include "pg/function.hpp"

#include <iterator>
#include <utility>

#include "core/semantic/annotation.hpp"
#include "core/semantic/check.hpp"
#include "core/semantic/model_problems.hpp"
#include "core/semantic/query.hpp"
#include "core/sql/printer.hpp"
#include "pg/catalog.hpp"
#include "pg/fragment_check.hpp"
#include "pg/model_store.hpp"
#include "pg/problem_fields.hpp"
#include "pg/search_path.hpp"
#include "pg/semantic_run.hpp"

namespace loupe::pg {
namespace {

ExecuteOptions SemanticOptions() {
  ExecuteOptions options;
  options.purpose = "semantic";
  options.values = ValueForm::kDigits;
  return options;
}

// A value as Cube gives it: times with milliseconds, dates at midnight.
Json CubeValue(const Json& value, ValueType type) {
  const bool is_time = type == ValueType::kDate || type == ValueType::kTimestamp;
  if (!is_time || !value.IsString()) return value;
  const std::optional<DateTime> time = ParseDateTime(value.AsString());
  return time ? Json(FormatDateTime(*time)) : value;
}

Json RowObject(const RowSet& rows, const std::vector<Json>& row) {
  Json object = Json::MakeObject();
  for (std::size_t i = 0; i < row.size(); ++i) {
    object.members().push_back({rows.columns[i].name, CubeValue(row[i], rows.columns[i].type)});
  }
  return object;
}

Json TotalOf(const PreparedQuery& prepared) {
  ExecuteOptions options = SemanticOptions();
  options.schemas = SchemasOf(*prepared.model);
  options.values = ValueForm::kReading;
  options.origin = SqlOrigin::kCompiled;
  return Execute(sql::Print(*prepared.compiled.total), options).rows.rows.at(0).at(0);
}

// All problems of a model on this database, in the model's order as far as one check finds them.
std::vector<Status> ProblemsOf(semantic::Model model, semantic::Catalog catalog) {
  std::vector<Status> problems = CheckFragments(model);
  if (problems.empty()) problems = TypeFragments(SchemasOf(model), &catalog, &model).problems;
  std::vector<Status> all = semantic::CheckModel(model, catalog);
  std::move(problems.begin(), problems.end(), std::back_inserter(all));
  return all;
}

}  // namespace

LOUPE_FUNCTION(loupe_semantic_model_infer) {
  const std::optional<std::string> schema = OptionalText(fcinfo, 0);
  if (schema) CheckSchemas({*schema});
  return JsonbDatum(ModelToJson(schema ? InferModelToReview({*schema}, *schema)
                                       : InferModelToReview(CallerSchemas(), "inferred")));
}

LOUPE_FUNCTION(loupe_semantic_model_check) {
  const Json document = RequiredJson(fcinfo, 0, "model");
  RowSink sink(fcinfo);
  const auto add = [&](const Status& problem) { sink.Add(ProblemFields(problem)); };
  const semantic::ModelProblems found = semantic::FindModelProblems(document, ServerContext());
  for (const Status& problem : found.problems) add(problem);
  if (!found.rest) return NullResult(fcinfo);
  const semantic::Catalog catalog = ReadCatalog(SchemasOf(*found.rest));
  for (const Status& problem : ProblemsOf(*found.rest, catalog)) {
    add(Status(problem).At(found.pointers.ToOriginal(problem.pointer())));
  }
  return NullResult(fcinfo);
}

LOUPE_FUNCTION(loupe_semantic_model_save) {
  const Json document = RequiredJson(fcinfo, 0, "model");
  semantic::Model model = ValueOrThrow(semantic::ParseModel(document));
  const semantic::Catalog catalog = ReadCatalog(SchemasOf(model));
  model = semantic::CompleteModel(std::move(model), catalog);
  for (const Status& problem : ProblemsOf(model, catalog)) {
    // The gate refuses at each use, and may cease to: an approval can come later.
    if (!IsRefusal(problem)) ThrowIfError(problem);
  }
  return Int32GetDatum(SaveModel(model));
}

LOUPE_FUNCTION(loupe_semantic_query) {
  const PreparedQuery prepared = PrepareQuery(RequiredJson(fcinfo, 0, "query"));
  const Execution execution = RunCompiled(prepared.compiled, *prepared.model, SemanticOptions());
  Json data = Json::MakeArray();
  const Context context = ServerContext();
  for (const std::vector<Json>& row : execution.rows.rows) {
    if (data.items().size() % Context::kPollInterval == 0) context.Poll();
    data.Append(RowObject(execution.rows, row));
  }
  Json answer = Json::MakeObject();
  answer.Set("query", semantic::QueryToJson(prepared.compiled.query));
  answer.Set("sql", prepared.compiled.sql);
  answer.Set("data", std::move(data));
  answer.Set("annotation", semantic::Annotation(prepared.compiled));
  answer.Set("row_count", static_cast<std::int64_t>(execution.rows.rows.size()));
  if (prepared.compiled.total) answer.Set("total", TotalOf(prepared));
  return JsonbDatum(answer);
}

LOUPE_FUNCTION(loupe_semantic_rows) {
  const PreparedQuery prepared = PrepareQuery(RequiredJson(fcinfo, 0, "query"));
  const Execution execution = RunCompiled(prepared.compiled, *prepared.model, SemanticOptions());
  RowSink sink(fcinfo);
  const Context context = ServerContext();
  std::size_t count = 0;
  for (const std::vector<Json>& row : execution.rows.rows) {
    if (count++ % Context::kPollInterval == 0) context.Poll();
    sink.Add({JsonbDatum(RowObject(execution.rows, row))});
  }
  return NullResult(fcinfo);
}

LOUPE_FUNCTION(loupe_semantic_sql) {
  return TextDatum(PrepareQuery(RequiredJson(fcinfo, 0, "query")).compiled.sql);
}

}  // namespace loupe::pg

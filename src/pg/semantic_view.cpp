// semantic_view: publishes a semantic query as a view with real columns.
#include "pg/postgres.hpp"

#include "core/semantic/view_query.hpp"
#include "core/sql/printer.hpp"
#include "pg/function.hpp"
#include "pg/model_store.hpp"
#include "pg/semantic_run.hpp"
#include "pg/spi.hpp"
#include "pg/view.hpp"

namespace loupe::pg {
namespace {

// In the comment of every view made here.
constexpr const char* kMadeBy = "semantic_view";

constexpr const char* kCommentSql = R"sql(
SELECT pg_catalog.obj_description(pg_catalog.to_regclass($1), 'pg_class'))sql";

bool IsOurs(const std::optional<std::string>& comment) {
  if (!comment) return false;
  const Result<Json> json = ParseJson(*comment);
  const Json* made_by = json.ok() ? json.value().Find("made_by") : nullptr;
  return made_by != nullptr && *made_by == Json(kMadeBy);
}

// Refuses to replace what semantic_view did not make.
void CheckReplaceable(const ViewName& name) {
  SpiSession spi(SpiSession::Mode::kReadOnly);
  const std::vector<SpiSession::Row> rows = spi.Query(kCommentSql, {name.Quoted()});
  const bool exists =
      spi.Query("SELECT pg_catalog.to_regclass($1)", {name.Quoted()})[0][0].has_value();
  if (!exists || IsOurs(rows.at(0).at(0))) return;
  throw StatusError{
      Status(Code::kInvalidArgument, "\"" + name.name + "\" is not a view of semantic_view")
          .WithHint("Only such a view is replaced; choose another name or drop it first.")};
}

std::string CommentOf(const Json& query, const LoadedModel& loaded) {
  Json comment = Json::Of({{"made_by", kMadeBy}, {"model", loaded.model.name}});
  if (loaded.version > 0) comment.Set("version", loaded.version);
  comment.Set("query", query);
  return comment.Dump();
}

}  // namespace

LOUPE_FUNCTION(loupe_semantic_view) {
  const std::string text = RequiredText(fcinfo, 0, "name");
  const Json query = RequiredJson(fcinfo, 1, "query");
  RequireArgument(fcinfo, 2, "replace");
  const auto creation =
      PG_GETARG_BOOL(2) ? semantic::ViewCreation::kReplace : semantic::ViewCreation::kNew;
  const PreparedQuery prepared = PrepareQuery(query);
  const LoadedModel& loaded = prepared.model.loaded();
  const semantic::ViewQuery view =
      ValueOrThrow(semantic::MakeViewQuery(query, *prepared.model, loaded.functions_schema));
  const std::string sql = sql::Print(view.select);
  const ViewScope scope = {"semantic", SchemasOf(*prepared.model), SqlOrigin::kCompiled};
  (void)JudgeView(sql, scope);
  const ViewName name = ResolveViewName(text);
  if (creation == semantic::ViewCreation::kReplace) CheckReplaceable(name);
  return ObjectIdGetDatum(
      MakeView(name, view.columns, sql, scope, CommentOf(query, loaded), creation));
}

}  // namespace loupe::pg

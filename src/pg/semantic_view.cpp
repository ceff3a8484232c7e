// semantic_view: publishes a semantic query as a view with real columns.
//
// What the view will read is judged by the gate before it is made, under the settings that the
// statement is then analysed with again. The view runs with its reader's rights.
#include "pg/postgres.hpp"

extern "C" {
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "utils/lsyscache.h"
}

#include "core/semantic/view_query.hpp"
#include "core/sql/printer.hpp"
#include "pg/compat.hpp"
#include "pg/function.hpp"
#include "pg/model_store.hpp"
#include "pg/search_path.hpp"
#include "pg/semantic_run.hpp"
#include "pg/spi.hpp"

namespace loupe::pg {
namespace {

// In the comment of every view made here.
constexpr const char* kMadeBy = "semantic_view";

constexpr const char* kCommentSql = R"sql(
SELECT pg_catalog.obj_description(pg_catalog.to_regclass($1), 'pg_class'))sql";

// What shapes the meaning of SQL text, as the gate fixes it; undone when the session ends.
constexpr const char* kFixMeaningSql = R"sql(
SELECT pg_catalog.set_config('search_path', $1, true),
       pg_catalog.set_config('datestyle', 'ISO', true),
       pg_catalog.set_config('intervalstyle', 'postgres', true),
       pg_catalog.set_config('standard_conforming_strings', 'on', true),
       pg_catalog.set_config('transform_null_equals', 'off', true))sql";

struct ViewName {
  std::string schema;
  std::string name;

  [[nodiscard]] std::string Quoted() const { return sql::QuoteQualified(schema, name); }
};

// The schema is the one that CREATE VIEW would take: the first of the caller's search_path.
ViewName ResolveName(const std::string& text) {
  const char* server = ToServer(text);
  const char* schema = nullptr;
  const char* name = nullptr;
  Call([&]() noexcept {
    RangeVar* variable = makeRangeVarFromNameList(SplitQualifiedName(server));
    schema = get_namespace_name(RangeVarGetCreationNamespace(variable));
    name = variable->relname;
  });
  return {FromServer(schema), FromServer(name)};
}

bool IsOurs(const std::optional<std::string>& comment) {
  if (!comment) return false;
  const Result<Json> json = ParseJson(*comment);
  const Json* made_by = json.ok() ? json.value().Find("made_by") : nullptr;
  return made_by != nullptr && *made_by == Json(kMadeBy);
}

// Refuses to replace what semantic_view did not make.
void CheckReplaceable(SpiSession* spi, const ViewName& name) {
  const std::vector<SpiSession::Row> rows = spi->Query(kCommentSql, {name.Quoted()});
  const bool exists =
      spi->Query("SELECT pg_catalog.to_regclass($1)", {name.Quoted()})[0][0].has_value();
  if (!exists || IsOurs(rows.at(0).at(0))) return;
  throw StatusError{
      Status(Code::kInvalidArgument, "\"" + name.name + "\" is not a view of semantic_view")
          .WithHint("Only such a view is replaced; choose another name or drop it first.")};
}

void CheckAllowed(const std::string& sql, const semantic::Model& model) {
  ExecuteOptions options;
  options.purpose = "semantic";
  options.schemas = SchemasOf(model);
  options.origin = SqlOrigin::kCompiled;
  options.limits_cost = false;  // nothing is run
  const Judgement judgement = Validate(sql, options);
  if (judgement.accepted) return;
  const bool is_privilege = judgement.stage == "acl";
  throw StatusError{
      Status(is_privilege ? Code::kNoPrivilege : Code::kGateRefused, judgement.message)
          .WithDetail("Rule \"" + judgement.rule + "\" refused it.")
          .WithHint(judgement.hint)};
}

std::string CommentSql(const ViewName& name, const Json& query, const LoadedModel& loaded) {
  Json comment = Json::Of({{"made_by", kMadeBy}, {"model", loaded.model.name}});
  if (loaded.version > 0) comment.Set("version", loaded.version);
  comment.Set("query", query);
  return "COMMENT ON VIEW " + name.Quoted() + " IS " + sql::QuoteLiteral(comment.Dump());
}

// The server's text of a statement that is ours throughout: its parts are quoted by core/sql, its
// SELECT has passed the gate.
void Run(SpiSession* spi, const std::string& sql) { (void)spi->Query(ToServer(sql)); }

Oid OidOf(const ViewName& name) {
  const char* schema = ToServer(name.schema);
  const char* relation = ToServer(name.name);
  return Call(
      [&]() noexcept { return get_relname_relid(relation, get_namespace_oid(schema, false)); });
}

}  // namespace

LOUPE_FUNCTION(loupe_semantic_view) {
  const std::string text = RequiredText(fcinfo, 0, "name");
  const Json query = RequiredJson(fcinfo, 1, "query");
  RequireArgument(fcinfo, 2, "replace");
  const auto creation =
      PG_GETARG_BOOL(2) ? semantic::ViewCreation::kReplace : semantic::ViewCreation::kNew;
  const PreparedQuery prepared = PrepareQuery(query);
  const semantic::ViewQuery view = ValueOrThrow(
      semantic::MakeViewQuery(query, *prepared.model, prepared.model.loaded().functions_schema));
  CheckAllowed(sql::Print(view.select), *prepared.model);
  const ViewName name = ResolveName(text);
  const std::string search_path = GatedSearchPath(SchemasOf(*prepared.model));
  {
    SpiSession spi(SpiSession::Mode::kReadWrite);
    if (creation == semantic::ViewCreation::kReplace) CheckReplaceable(&spi, name);
    (void)spi.Query(kFixMeaningSql, {search_path});
    Run(&spi, semantic::CreateViewSql(name.schema, name.name, view, creation));
    Run(&spi, CommentSql(name, query, prepared.model.loaded()));
  }
  return ObjectIdGetDatum(OidOf(name));
}

}  // namespace loupe::pg

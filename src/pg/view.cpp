#include "pg/postgres.hpp"

extern "C" {
#include "catalog/namespace.h"
#include "catalog/pg_class.h"
#include "utils/lsyscache.h"
}

#include "core/sql/printer.hpp"
#include "pg/compat.hpp"
#include "pg/function.hpp"
#include "pg/search_path.hpp"
#include "pg/spi.hpp"
#include "pg/view.hpp"

namespace loupe::pg {
namespace {

// What shapes the meaning of SQL text, as the gate fixes it; undone when the session ends.
constexpr const char* kFixMeaningSql = R"sql(
SELECT pg_catalog.set_config('search_path', $1, true),
       pg_catalog.set_config('datestyle', 'ISO', true),
       pg_catalog.set_config('intervalstyle', 'postgres', true),
       pg_catalog.set_config('standard_conforming_strings', 'on', true),
       pg_catalog.set_config('transform_null_equals', 'off', true))sql";

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

std::string ViewName::Quoted() const { return sql::QuoteQualified(schema, name); }

ViewName ResolveViewName(const std::string& text) {
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

Judgement JudgeView(const std::string& sql, const ViewScope& scope) {
  ExecuteOptions options;
  options.purpose = scope.purpose;
  options.schemas = scope.schemas;
  options.origin = scope.origin;
  options.limits_cost = false;  // nothing is run
  Judgement judgement = Validate(sql, options);
  if (judgement.accepted) return judgement;
  const bool is_privilege = judgement.stage == "acl";
  throw StatusError{
      Status(is_privilege ? Code::kNoPrivilege : Code::kGateRefused, judgement.message)
          .WithDetail("Rule \"" + judgement.rule + "\" refused it.")
          .WithHint(judgement.hint)};
}

Oid MakeView(const ViewName& name, const std::vector<std::string>& columns, const std::string& sql,
             const ViewScope& scope, const std::string& comment, semantic::ViewCreation creation) {
  {
    SpiSession spi(SpiSession::Mode::kReadWrite);
    (void)spi.Query(kFixMeaningSql, {GatedSearchPath(scope.schemas)});
    Run(&spi, semantic::CreateViewSql(name.schema, name.name, columns, sql, creation));
    Run(&spi, "COMMENT ON VIEW " + name.Quoted() + " IS " + sql::QuoteLiteral(comment));
  }
  return OidOf(name);
}

}  // namespace loupe::pg

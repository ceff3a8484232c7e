#include "pg/postgres.hpp"

extern "C" {
#include "pgtime.h"
}

#include "pg/semantic_run.hpp"

#include "core/semantic/query.hpp"
#include "pg/model_store.hpp"
#include "pg/own_table.hpp"
#include "pg/spi.hpp"

namespace loupe::pg {
namespace {

constexpr const char* kNowSql = R"sql(
SELECT pg_catalog.to_char(pg_catalog.now() AT TIME ZONE $1, 'YYYY-MM-DD"T"HH24:MI:SS.MS'))sql";

}  // namespace

DateTime NowIn(const std::string& zone) {
  if (!Call([&]() noexcept { return pg_tzset(zone.c_str()) != nullptr; })) {
    throw StatusError{
        Status(Code::kInvalidArgument, "time zone \"" + zone + "\" is not known")
            .WithHint("Use a name of the IANA time zone database, such as \"Europe/Berlin\".")};
  }
  SpiSession spi(SpiSession::Mode::kReadOnly);
  const std::vector<SpiSession::Row> rows = spi.Query(kNowSql, {zone});
  const std::optional<DateTime> now = ParseDateTime(*rows.at(0).at(0));
  if (!now) throw StatusError{Status(Code::kInternal, "the server's time cannot be read")};
  return *now;
}

semantic::Compiled CompileFor(const Json& query, const semantic::Model& model) {
  const semantic::Query parsed = ValueOrThrow(semantic::ParseQuery(query));
  const DateTime now = NowIn(semantic::ZoneOf(parsed, model));
  return ValueOrThrow(semantic::CompileQuery(parsed, model, {now, PublicSchemaName()}));
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
  const Json* name = query.Find("model");
  const bool is_named = name != nullptr && name->IsString();
  semantic::Model model = ResolveModel(is_named ? std::optional(name->AsString()) : std::nullopt);
  semantic::Compiled compiled = CompileFor(query, model);
  return {std::move(model), std::move(compiled)};
}

RowSet SemanticRows(const Json& query, const char* purpose) {
  const PreparedQuery prepared = PrepareQuery(query);
  ExecuteOptions options;
  options.purpose = purpose;
  return RunCompiled(prepared.compiled, prepared.model, options).rows;
}

}  // namespace loupe::pg

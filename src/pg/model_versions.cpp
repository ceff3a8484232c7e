// The part of model_store.hpp that manages versions, and the SQL functions over it.
#include "pg/postgres.hpp"

extern "C" {
#include "utils/builtins.h"
#include "utils/timestamp.h"
}

#include <algorithm>

#include "core/semantic/diff.hpp"
#include "pg/function.hpp"
#include "pg/model_store.hpp"
#include "pg/settings.hpp"
#include "pg/spi.hpp"

namespace loupe::pg {
namespace {

constexpr const char* kVersionsSql = R"sql(
SELECT m.name, m.version, m.is_active, m.owner, m.saved_at, m.model ->> 'title'
FROM loupe.semantic_model m JOIN loupe.project p ON p.id = m.project_id
WHERE p.name = $1 AND m.name = coalesce($2, m.name)
ORDER BY m.name, m.owner, m.version)sql";

// Whose models of a name there are: all that are seen, or only those that may be changed.
constexpr const char* kOwnersSql = R"sql(
SELECT DISTINCT m.owner, m.owner = CURRENT_USER, m.project_id
FROM loupe.semantic_model m JOIN loupe.project p ON p.id = m.project_id
WHERE p.name = $1 AND m.name = $2
      AND ($3::pg_catalog.bool OR loupe._is_member_of(m.owner))
ORDER BY m.owner)sql";

constexpr const char* kNamesSql = R"sql(
SELECT DISTINCT m.name
FROM loupe.semantic_model m JOIN loupe.project p ON p.id = m.project_id
WHERE p.name = $1 AND ($2::pg_catalog.bool OR loupe._is_member_of(m.owner))
ORDER BY m.name)sql";

constexpr const char* kDeactivateSql = R"sql(
UPDATE loupe.semantic_model SET is_active = false
WHERE project_id = $1::pg_catalog.int8 AND owner = $2 AND name = $3 AND is_active
RETURNING version)sql";

constexpr const char* kActivateSql = R"sql(
UPDATE loupe.semantic_model SET is_active = true
WHERE project_id = $1::pg_catalog.int8 AND owner = $2 AND name = $3
      AND version = $4::pg_catalog.int4
RETURNING version)sql";

constexpr const char* kDeleteSql = R"sql(
DELETE FROM loupe.semantic_model
WHERE project_id = $1::pg_catalog.int8 AND owner = $2 AND name = $3
      AND version = coalesce($4::pg_catalog.int4, version)
RETURNING version)sql";

constexpr const char* kDocumentSql = R"sql(
SELECT m.model FROM loupe.semantic_model m
WHERE m.project_id = $1::pg_catalog.int8 AND m.owner = $2 AND m.name = $3
      AND m.version = $4::pg_catalog.int4)sql";

enum class Purpose { kRead, kChange };

// A stored model, all its versions together.
struct Target {
  std::string project_id;
  std::string owner;
  std::string name;
};

[[noreturn]] void ThrowUnknown(SpiSession* spi, const std::string& name, const char* sees_all) {
  std::vector<std::string> names;
  for (const SpiSession::Row& row : spi->Query(kNamesSql, {CurrentSettings().project, sees_all})) {
    names.push_back(*row[0]);
  }
  ThrowNoModel(name, names);
}

Target FindTarget(SpiSession* spi, const std::string& name, Purpose purpose) {
  const char* sees_all = purpose == Purpose::kRead ? "true" : "false";
  const std::vector<SpiSession::Row> rows =
      spi->Query(kOwnersSql, {CurrentSettings().project, name, sees_all});
  if (rows.empty()) ThrowUnknown(spi, name, sees_all);
  const auto own = std::find_if(rows.begin(), rows.end(),
                                [](const SpiSession::Row& row) { return *row[1] == "t"; });
  if (own == rows.end() && rows.size() > 1) {
    std::string owners;
    for (const SpiSession::Row& row : rows)
      owners += (owners.empty() ? "\"" : ", \"") + *row[0] + "\"";
    throw StatusError{Status(Code::kSemanticAmbiguousModel,
                             "several roles have a semantic model \"" + name + "\"")
                          .WithDetail("They are " + owners + ".")
                          .WithHint("SET ROLE to the one that is meant.")};
  }
  const SpiSession::Row& row = own == rows.end() ? rows.front() : *own;
  return {*row[2], *row[0], name};
}

[[noreturn]] void ThrowNoVersion(const std::string& name, int version) {
  std::string numbers;
  for (const ModelVersion& known : ModelVersions(name)) {
    numbers += (numbers.empty() ? "" : ", ") + std::to_string(known.version);
  }
  throw StatusError{
      Status(Code::kSemanticNoModel,
             "semantic model \"" + name + "\" has no version " + std::to_string(version))
          .WithHint("Its versions are " + numbers + ".")};
}

Datum TimestampDatum(const std::string& text) {
  const char* server = ToServer(text);
  return Call([&]() noexcept {
    return DirectFunctionCall3(timestamptz_in, CStringGetDatum(server),
                               ObjectIdGetDatum(InvalidOid), Int32GetDatum(-1));
  });
}

Datum NameDatum(const std::string& text) {
  const char* server = ToServer(text);
  return Call([&]() noexcept { return DirectFunctionCall1(namein, CStringGetDatum(server)); });
}

int RequiredInteger(FunctionCallInfo fcinfo, int index, const char* name) {
  RequireArgument(fcinfo, index, name);
  return PG_GETARG_INT32(index);
}

Datum AddChanges(FunctionCallInfo fcinfo, const Json& before, const Json& after) {
  RowSink sink(fcinfo);
  for (const semantic::Change& change : semantic::DiffModels(before, after)) {
    sink.Add({TextDatum(semantic::ChangeName(change.kind)), TextDatum(change.pointer),
              change.before ? RowValue(JsonbDatum(*change.before)) : RowValue(),
              change.after ? RowValue(JsonbDatum(*change.after)) : RowValue()});
  }
  return NullResult(fcinfo);
}

}  // namespace

std::vector<ModelVersion> ModelVersions(const std::optional<std::string>& name) {
  SpiSession spi(SpiSession::Mode::kReadOnly);
  std::vector<ModelVersion> versions;
  for (const SpiSession::Row& row : spi.Query(kVersionsSql, {CurrentSettings().project, name})) {
    versions.push_back(
        {*row[0], IntegerOf(row[1]), *row[2] == "t", *row[3], *row[4], row[5].value_or("")});
  }
  return versions;
}

std::optional<int> ActivateModel(const std::string& name, int version) {
  SpiSession spi(SpiSession::Mode::kReadWrite);
  const Target target = FindTarget(&spi, name, Purpose::kChange);
  const std::vector<SpiSession::Row> active =
      spi.Query(kDeactivateSql, {target.project_id, target.owner, name});
  const std::vector<SpiSession::Row> activated =
      spi.Query(kActivateSql, {target.project_id, target.owner, name, std::to_string(version)});
  if (activated.empty()) ThrowNoVersion(name, version);
  if (active.empty()) return std::nullopt;
  return IntegerOf(active.front()[0]);
}

int DropModel(const std::string& name, const std::optional<int>& version) {
  SpiSession spi(SpiSession::Mode::kReadWrite);
  const Target target = FindTarget(&spi, name, Purpose::kChange);
  const SpiSession::Value wanted =
      version ? SpiSession::Value(std::to_string(*version)) : std::nullopt;
  const std::vector<SpiSession::Row> gone =
      spi.Query(kDeleteSql, {target.project_id, target.owner, name, wanted});
  if (gone.empty()) ThrowNoVersion(name, version.value_or(0));
  return static_cast<int>(gone.size());
}

Json ModelDocument(const std::string& name, int version) {
  SpiSession spi(SpiSession::Mode::kReadOnly);
  const Target target = FindTarget(&spi, name, Purpose::kRead);
  const std::vector<SpiSession::Row> rows =
      spi.Query(kDocumentSql, {target.project_id, target.owner, name, std::to_string(version)});
  if (rows.empty()) ThrowNoVersion(name, version);
  return ValueOrThrow(ParseJson(*rows[0][0]));
}

LOUPE_FUNCTION(loupe_semantic_model_versions) {
  const std::vector<ModelVersion> versions = ModelVersions(OptionalText(fcinfo, 0));
  RowSink sink(fcinfo);
  for (const ModelVersion& version : versions) {
    sink.Add({TextDatum(version.name), Int32GetDatum(version.version),
              BoolGetDatum(version.is_active), NameDatum(version.owner),
              TimestampDatum(version.saved_at), TextOrNull(version.title)});
  }
  return NullResult(fcinfo);
}

LOUPE_FUNCTION(loupe_semantic_model_activate) {
  const std::string name = RequiredText(fcinfo, 0, "name");
  const std::optional<int> previous = ActivateModel(name, RequiredInteger(fcinfo, 1, "version"));
  return previous ? Int32GetDatum(*previous) : NullResult(fcinfo);
}

LOUPE_FUNCTION(loupe_semantic_model_drop) {
  const std::string name = RequiredText(fcinfo, 0, "name");
  const std::optional<int> version =
      IsNullArgument(fcinfo, 1) ? std::nullopt : std::optional<int>(PG_GETARG_INT32(1));
  return Int32GetDatum(DropModel(name, version));
}

LOUPE_FUNCTION(loupe_semantic_model_diff) {
  const Json before = RequiredJson(fcinfo, 0, "a");
  return AddChanges(fcinfo, before, RequiredJson(fcinfo, 1, "b"));
}

LOUPE_FUNCTION(loupe_semantic_model_diff_versions) {
  const std::string name = RequiredText(fcinfo, 0, "name");
  const Json before = ModelDocument(name, RequiredInteger(fcinfo, 1, "a"));
  return AddChanges(fcinfo, before, ModelDocument(name, RequiredInteger(fcinfo, 2, "b")));
}

}  // namespace loupe::pg

#include "pg/postgres.hpp"

#include "pg/ask_teach.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

#include "core/ask/taught.hpp"
#include "pg/ask_lesson.hpp"
#include "pg/execute.hpp"
#include "pg/function.hpp"
#include "pg/search_path.hpp"
#include "pg/semantic_run.hpp"
#include "pg/settings.hpp"
#include "pg/spi.hpp"

namespace loupe::pg {
namespace {

constexpr const char* kInsertSql = R"sql(
INSERT INTO loupe.taught_question (project_id, is_shared, question, sql, schemas, relations)
SELECT p.id, $1::pg_catalog.bool, $2, $3,
       ARRAY(SELECT pg_catalog.jsonb_array_elements_text($4::pg_catalog.jsonb)),
       ARRAY(SELECT pg_catalog.jsonb_array_elements_text($5::pg_catalog.jsonb))
FROM loupe.project p WHERE p.name = $6
RETURNING id)sql";

// Both tables are numbered by one sequence.
constexpr const char* kForgetSql = R"sql(
WITH question AS (
    DELETE FROM loupe.taught_question WHERE id = $1::pg_catalog.int8 RETURNING 1),
synonym AS (
    DELETE FROM loupe.taught_synonym WHERE id = $1::pg_catalog.int8 RETURNING 1)
SELECT 1 FROM question UNION ALL SELECT 1 FROM synonym)sql";

// The schema of "schema.table", which is quoted where it needs to be.
std::string SchemaOf(const std::string& relation) {
  std::string schema;
  bool quoted = false;
  for (std::size_t i = 0; i < relation.size(); ++i) {
    if (relation[i] == '.' && !quoted) break;
    if (relation[i] != '"') {
      schema += relation[i];
    } else if (quoted && i + 1 < relation.size() && relation[i + 1] == '"') {
      schema += relation[++i];
    } else {
      quoted = !quoted;
    }
  }
  return schema;
}

bool Contains(const std::vector<std::string>& texts, const std::string& text) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool ReadsOnly(const std::vector<std::string>& relations, const std::vector<std::string>& schemas) {
  return std::all_of(relations.begin(), relations.end(), [&](const std::string& relation) {
    return Contains(schemas, SchemaOf(relation));
  });
}

Judgement Judge(const std::string& sql, const std::vector<std::string>& schemas) {
  ExecuteOptions options;
  options.purpose = "ask";
  options.schemas = schemas;
  return Validate(sql, options);
}

Json ListOf(const std::vector<std::string>& texts) {
  Json list = Json::MakeArray();
  for (const std::string& text : texts) list.Append(text);
  return list;
}

void CheckSql(const Judgement& judgement, const std::vector<std::string>& schemas) {
  if (!judgement.accepted) {
    const bool is_privilege = judgement.stage == "acl";
    throw StatusError{
        Status(is_privilege ? Code::kNoPrivilege : Code::kGateRefused, judgement.message)
            .WithDetail("Rule \"" + judgement.rule + "\" refused it.")
            .WithHint(judgement.hint)};
  }
  if (!ReadsOnly(judgement.relations, schemas)) {
    throw StatusError{Status(Code::kInvalidArgument,
                             "the SQL reads a table outside of the schemas that are asked")
                          .WithHint("Name its schema in schemas or in search_path.")};
  }
}

}  // namespace

std::optional<TaughtAnswer> FindTaught(const std::string& question,
                                       const std::vector<std::string>& schemas,
                                       const semantic::Model& model, const ask::ValueSource& values,
                                       const DateTime& now) {
  const LessonInUse lesson;
  std::vector<const TaughtPair*> usable;
  std::vector<const ask::TaughtPattern*> patterns;
  for (const TaughtPair& pair : lesson->pairs) {
    if (!ReadsOnly(pair.relations, schemas)) continue;
    usable.push_back(&pair);
    patterns.push_back(&pair.pattern);
  }
  if (usable.empty()) return std::nullopt;
  const std::optional<ask::TaughtMatch> match =
      ValueOrThrow(ask::MatchTaught(question, patterns, model, values, now));
  if (!match) return std::nullopt;
  const TaughtPair& pair = *usable[match->pattern];
  TaughtAnswer answer = {pair.id, pair.question, match->sql, {}, match->changes};
  std::copy_if(pair.schemas.begin(), pair.schemas.end(), std::back_inserter(answer.schemas),
               [&](const std::string& schema) { return Contains(schemas, schema); });
  const Judgement judgement = Judge(answer.sql, answer.schemas);
  const bool same = judgement.accepted && ReadsOnly(judgement.relations, schemas);
  return same ? std::optional<TaughtAnswer>(std::move(answer)) : std::nullopt;
}

std::string TaughtInWords(const TaughtAnswer& answer) {
  std::string words = "as taught for \"" + answer.question + "\"";
  for (std::size_t i = 0; i < answer.changes.size(); ++i) {
    words += (i == 0 ? ", with " : " and ") + answer.changes[i];
  }
  return words;
}

LOUPE_FUNCTION(loupe_ask_teach) {
  const std::string question = RequiredText(fcinfo, 0, "question");
  const std::string sql = RequiredText(fcinfo, 1, "sql");
  RequireArgument(fcinfo, 2, "shared");
  const bool is_shared = PG_GETARG_BOOL(2);
  std::vector<std::string> schemas =
      OptionalTextArray(fcinfo, 3, "schemas").value_or(CallerSchemas());
  (void)ValueOrThrow(ask::CompileTaught(question, sql, NowIn("UTC")));
  const Judgement judgement = Judge(sql, schemas);
  CheckSql(judgement, schemas);
  SpiSession spi(SpiSession::Mode::kReadWrite);
  if (is_shared) CheckMayShare(&spi, "a taught question");
  const std::int64_t id = TaughtId(
      spi.Query(kInsertSql, {is_shared ? "true" : "false", question, sql, ListOf(schemas).Dump(),
                             ListOf(judgement.relations).Dump(), CurrentSettings().project}));
  return Call([&]() noexcept { return Int64GetDatum(id); });
}

LOUPE_FUNCTION(loupe_ask_forget) {
  RequireArgument(fcinfo, 0, "id");
  const std::int64_t id = PG_GETARG_INT64(0);
  SpiSession spi(SpiSession::Mode::kReadWrite);
  return BoolGetDatum(!spi.Query(kForgetSql, {std::to_string(id)}).empty());
}

}  // namespace loupe::pg

#include "pg/postgres.hpp"

#include "pg/ask_synonym.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "core/ask/tokens.hpp"
#include "core/base/json.hpp"
#include "pg/ask.hpp"
#include "pg/ask_lesson.hpp"
#include "pg/function.hpp"
#include "pg/settings.hpp"

namespace loupe::pg {
namespace {

constexpr const char* kInsertSql = R"sql(
INSERT INTO loupe.taught_synonym (project_id, is_shared, term, meaning, schemas)
SELECT p.id, $1::pg_catalog.bool, $2, $3,
       ARRAY(SELECT pg_catalog.jsonb_array_elements_text($4::pg_catalog.jsonb))
FROM loupe.project p WHERE p.name = $5
RETURNING id)sql";

// A table of the same name elsewhere is another thing. What is a query has no schema.
bool IsTaughtOf(const TaughtTerm& term, const semantic::Entity& entity) {
  return entity.schema.empty() ? term.schemas.empty()
                               : std::find(term.schemas.begin(), term.schemas.end(),
                                           entity.schema) != term.schemas.end();
}

}  // namespace

std::vector<ask::TaughtWord> WordsOf(const semantic::Model& model) {
  const LessonInUse lesson;
  std::vector<ask::TaughtWord> words;
  std::set<std::vector<std::string>> known;
  for (const TaughtTerm& term : lesson->terms) {
    if (known.count(term.word.keys) > 0) continue;
    Result<ask::TaughtWord> word = ask::ResolveWord(term.word, model);
    if (!word.ok()) continue;
    if (!IsTaughtOf(term, model.entities[static_cast<std::size_t>(word.value().ref.entity)])) {
      continue;
    }
    known.insert(term.word.keys);
    words.push_back(std::move(word).value());
  }
  return words;
}

std::string TaughtNamesIn(const std::string& text) {
  const LessonInUse lesson;
  std::string names;
  if (lesson->terms.empty()) return names;
  const Result<std::vector<ask::Token>> tokens = ask::Tokenize(text);
  if (!tokens.ok()) return names;
  for (const TaughtTerm& term : lesson->terms) {
    if (ask::IsSpoken(term.word, tokens.value())) names += " " + ask::NamesOf(term.word);
  }
  return names;
}

LOUPE_FUNCTION(loupe_ask_synonym) {
  Question question;
  const std::string term = RequiredText(fcinfo, 0, "term");
  const std::string meaning = RequiredText(fcinfo, 1, "meaning");
  RequireArgument(fcinfo, 2, "shared");
  const bool is_shared = PG_GETARG_BOOL(2);
  question.schemas = OptionalTextArray(fcinfo, 3, "schemas");
  question.model = OptionalText(fcinfo, 4);
  const ask::WordLesson lesson = ValueOrThrow(ask::ReadWord(term, meaning));
  question.text = ask::NamesOf(lesson);
  const ModelHandle model = ModelFor(question);
  const ask::TaughtWord word = ValueOrThrow(ask::ResolveWord(lesson, *model));
  const std::string& schema = model->entities[static_cast<std::size_t>(word.ref.entity)].schema;
  Json schemas = Json::MakeArray();
  if (!schema.empty()) schemas.Append(schema);
  SpiSession spi(SpiSession::Mode::kReadWrite);
  if (is_shared) CheckMayShare(&spi, "a taught word");
  const std::int64_t id =
      TaughtId(spi.Query(kInsertSql, {is_shared ? "true" : "false", term, meaning, schemas.Dump(),
                                      CurrentSettings().project}));
  return Call([&]() noexcept { return Int64GetDatum(id); });
}

}  // namespace loupe::pg

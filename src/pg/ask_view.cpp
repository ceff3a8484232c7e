// ask_view: saves a question as a view with real columns.
//
//   question --Prepare--> a semantic query --MakeViewQuery--> SELECT --gate--> CREATE VIEW
//                         or a statement, with names for its columns --'
#include "pg/postgres.hpp"

#include "pg/function.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/base/calendar.hpp"
#include "core/semantic/names.hpp"
#include "core/sql/printer.hpp"
#include "pg/ask.hpp"
#include "pg/semantic_run.hpp"
#include "pg/view.hpp"

namespace loupe::pg {
namespace {

struct Body {
  std::vector<std::string> columns;
  std::string sql;
  ViewScope scope;
};

void CheckAnswered(const ask::Reading& reading) {
  if (reading.outcome == ask::Outcome::kAnswered) return;
  std::string others;
  for (const std::string& other : reading.alternatives) {
    others += (others.empty() ? "It could mean: " : "; ") + other;
  }
  throw StatusError{Status(Code::kInvalidArgument, "the question has no answer that could be saved")
                        .WithDetail(reading.reason)
                        .WithHint(others.empty() ? others : others + ".")};
}

// At most `bytes` of a name, cut at a character.
std::string Cut(const std::string& name, std::size_t bytes) {
  std::size_t end = std::min(name.size(), bytes);
  while (end < name.size() && end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) {
    --end;
  }
  return name.substr(0, end);
}

// Distinct names of at most kMaxNameBytes: a second "name" is name_2.
std::vector<std::string> NamesOf(const std::vector<ResultColumn>& columns) {
  std::vector<std::string> names;
  for (const ResultColumn& column : columns) {
    std::string name = column.name;
    for (int place = 2; std::find(names.begin(), names.end(), name) != names.end(); ++place) {
      const std::string suffix = "_" + std::to_string(place);
      name = Cut(column.name, semantic::kMaxNameBytes - suffix.size()) + suffix;
    }
    names.push_back(std::move(name));
  }
  return names;
}

Body BodyOf(const Prepared& prepared) {
  Body body;
  body.scope = {"ask", SchemasOf(*prepared.model), SqlOrigin::kCompiled};
  if (prepared.compiled) {
    const semantic::ViewQuery view = ValueOrThrow(semantic::MakeViewQuery(
        prepared.reading.query, *prepared.model, prepared.model.loaded().functions_schema));
    body.columns = view.columns;
    body.sql = sql::Print(view.select);
    (void)JudgeView(body.sql, body.scope);
    return body;
  }
  if (prepared.taught) body.scope = {"ask", prepared.taught->schemas, SqlOrigin::kOutside};
  body.sql = prepared.reading.sql;
  body.columns = NamesOf(JudgeView(body.sql, body.scope).result_columns);
  return body;
}

std::string CommentOf(const std::string& question) {
  return question + "\n\nSaved by ask_view on " + FormatDate(NowIn("UTC")) +
         ". Periods such as \"last month\" are fixed at that day.";
}

}  // namespace

LOUPE_FUNCTION(loupe_ask_view) {
  const std::string text = RequiredText(fcinfo, 0, "name");
  Question question;
  question.text = RequiredText(fcinfo, 1, "question");
  question.filters = OptionalJson(fcinfo, 2);
  question.schemas = OptionalTextArray(fcinfo, 3, "schemas");
  question.model = OptionalText(fcinfo, 4);
  question.default_limit.reset();  // a view is read with limits of its reader's
  const Prepared prepared = Prepare(question);
  CheckAnswered(prepared.reading);
  const Body body = BodyOf(prepared);
  return ObjectIdGetDatum(MakeView(ResolveViewName(text), body.columns, body.sql, body.scope,
                                   CommentOf(question.text), semantic::ViewCreation::kNew));
}

}  // namespace loupe::pg

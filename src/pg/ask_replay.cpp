// ask_replay: a question of the history asked again, and what changed.
//
//   loupe.question --> the question, its schemas or model, filters --AnswerQuestion--> now | before
#include "pg/postgres.hpp"

#include "pg/function.hpp"

#include <charconv>
#include <optional>
#include <string>
#include <vector>

#include "core/ask/trace_report.hpp"
#include "pg/ask.hpp"
#include "pg/ask_history.hpp"
#include "pg/spi.hpp"
#include "pg/statement_log.hpp"

namespace loupe::pg {
namespace {

constexpr std::size_t kMaxCharacterBytes = 4;

constexpr const char* kAskedSql = R"sql(
SELECT q.status, q.question, q.sql, q.rows_hash, q.row_count, q.model, pg_catalog.to_json(q.schemas),
       q.filters
FROM loupe.question q WHERE q.id = $1::pg_catalog.int8)sql";

struct Asked {
  std::string status;
  SpiSession::Value text;
  SpiSession::Value sql;
  SpiSession::Value rows_hash;
  SpiSession::Value row_count;
  Question question;
};

bool IsCut(const std::string& text) { return text.size() + kMaxCharacterBytes > kMaxTextBytes; }

std::vector<SpiSession::Row> FindAsked(std::int64_t id) {
  SpiSession spi(SpiSession::Mode::kReadWrite);
  std::vector<SpiSession::Row> rows = spi.Query(kAskedSql, {std::to_string(id)});
  if (!rows.empty()) return rows;
  (void)spi.Query("SELECT loupe.statement_flush()");  // it may still be on its way
  rows = spi.Query(kAskedSql, {std::to_string(id)});
  if (!rows.empty()) return rows;
  throw StatusError{Status(Code::kInvalidArgument,
                           "no question " + std::to_string(id) + " of yours is in the history")
                        .WithHint("loupe.question lists those that you see.")};
}

Asked ReadAsked(std::int64_t id) {
  const SpiSession::Row row = FindAsked(id).front();
  Asked asked = {*row[0], row[1], row[2], row[3], row[4], {}};
  if (!asked.text) {
    throw StatusError{Status(Code::kInvalidArgument,
                             "the words of question " + std::to_string(id) + " were not kept")
                          .WithHint("loupe.ask_history keeps them where it is all.")};
  }
  if (IsCut(*asked.text)) {
    throw StatusError{Status(Code::kInvalidArgument, "the words of question " + std::to_string(id) +
                                                         " were too many to be kept")};
  }
  asked.question.text = *asked.text;
  if (row[7]) asked.question.filters = ValueOrThrow(ParseJson(*row[7]));
  if (row[5]) {
    asked.question.model = *row[5];
    return asked;
  }
  asked.question.schemas.emplace();
  const Json schemas = ValueOrThrow(ParseJson(*row[6]));
  for (const Json& schema : schemas.items()) asked.question.schemas->push_back(schema.AsString());
  return asked;
}

// The history cuts a long statement.
bool IsSameSql(const SpiSession::Value& before, const SpiSession::Value& now) {
  if (!before || !now || !IsCut(*before)) return before == now;
  return now->compare(0, before->size(), *before) == 0;
}

RowValue CountOrNull(const SpiSession::Value& count) {
  if (!count) return {};
  std::int64_t number = 0;
  std::from_chars(count->data(), count->data() + count->size(), number);
  return Call([&]() noexcept { return Int64GetDatum(number); });
}

}  // namespace

LOUPE_FUNCTION(loupe_ask_replay) {
  RequireArgument(fcinfo, 0, "id");
  const Asked asked = ReadAsked(PG_GETARG_INT64(0));
  const Answer answer = AnswerQuestion(asked.question);
  const Prepared& prepared = answer.prepared;
  const std::string status = ask::OutcomeName(prepared.reading.outcome);
  SpiSession::Value sql;
  SpiSession::Value hash;
  SpiSession::Value count;
  if (prepared.IsAnswer()) {
    sql = prepared.sql();
    hash = HashRows(answer.rows);
    count = std::to_string(answer.rows.rows.size());
  }
  const bool same_answer = status == asked.status && hash == asked.rows_hash;
  return CompositeDatum(
      fcinfo, {TextDatum(*asked.text), TextDatum(asked.status), TextDatum(status),
               BoolGetDatum(IsSameSql(asked.sql, sql)), BoolGetDatum(same_answer),
               TextOrNull(asked.sql.value_or("")), TextOrNull(sql.value_or("")),
               CountOrNull(asked.row_count), CountOrNull(count), TextDatum(answer.sentence)});
}

}  // namespace loupe::pg

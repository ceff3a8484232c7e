// The SQL functions that answer questions.
//
//   question --Read--> reading: SQL, or a query --CompileFor--> SQL --gate--> rows --Say-->
//   sentence
//                                                                                `--Recommend-->
//                                                                                chart
#include "pg/postgres.hpp"

extern "C" {
#include "datatype/timestamp.h"
#include "utils/timestamp.h"
}

#include "pg/function.hpp"

#include "core/ask/caution.hpp"
#include "core/ask/follow_up.hpp"
#include "core/ask/read.hpp"
#include "core/ask/say.hpp"
#include "core/ask/trace_report.hpp"
#include "core/recommend/recommend.hpp"
#include "core/recommend/report.hpp"
#include "core/report/text_table.hpp"
#include "pg/ask.hpp"
#include "pg/ask_history.hpp"
#include "pg/ask_synonym.hpp"
#include "pg/ask_values.hpp"
#include "pg/catalog.hpp"
#include "pg/chart_run.hpp"
#include "pg/conversation.hpp"
#include "pg/model_store.hpp"
#include "pg/search_path.hpp"
#include "pg/semantic_run.hpp"
#include "pg/settings.hpp"
#include "pg/statement_log.hpp"

namespace loupe::pg {
namespace {

constexpr const char* kEngine = "embedded";
constexpr const char* kTaughtEngine = "taught";
constexpr const char* kZone = "UTC";  // in which questions read and group times

// What a question may follow up on decides as well which tables it is about, and so does what its
// words were taught to mean.
std::string TextToChooseBy(const Question& question) {
  std::optional<std::string> last;
  if (question.conversation) last = LastQuestion(*question.conversation);
  const std::string text = last ? *last + " " + question.text : question.text;
  return text + TaughtNamesIn(text);
}

}  // namespace

ModelHandle ModelFor(const Question& question) {
  if (question.model && question.schemas) {
    throw StatusError{Status(Code::kInvalidArgument, "schemas and model exclude each other")
                          .WithHint("A model names its own tables; leave schemas away.")};
  }
  if (question.schemas) {
    CheckSchemas(*question.schemas);
    return AskedModel(*question.schemas, TextToChooseBy(question));
  }
  if (question.model || !CurrentSettings().model.empty()) return ResolveModel(question.model);
  return AskedModel(CallerSchemas(), TextToChooseBy(question));
}

namespace {

// A governed model answers by its own queries, and so does what filters are given for.
ask::Layer LayerFor(const Question& question) {
  const bool governed = !question.schemas && (question.model || !CurrentSettings().model.empty());
  return governed || question.filters ? ask::Layer::kQueries : ask::Layer::kTables;
}

// Tells whether the code says that the layer cannot do what a reading asks of it.
bool IsBeyondLayer(Code code) {
  return code == Code::kSemanticNoJoinPath || code == Code::kSemanticAmbiguousPath ||
         code == Code::kSemanticInvalidQuery || code == Code::kNotSupported;
}

// A reading that the layer cannot compile is no answer.
void CompileReading(const Question& question, Prepared* prepared) {
  AddFilters(question.filters, &prepared->reading.query);
  try {
    prepared->compiled = CompileFor(prepared->reading.query, prepared->model);
  } catch (const StatusError& error) {
    if (question.filters || !IsBeyondLayer(error.status.code())) throw;
    prepared->reading.outcome = ask::Outcome::kAbstained;
    prepared->reading.confidence = 0;
    prepared->reading.reason = error.status.message();
  }
}

// What a question in a conversation stands for.
std::string WholeText(const Question& question, const ModelHandle& model,
                      const ask::ValueSource& values, const std::vector<ask::TaughtWord>& words) {
  std::optional<std::string> last;
  if (question.conversation) last = LastQuestion(*question.conversation);
  if (!last) return question.text;
  return ValueOrThrow(ask::WholeQuestion(*last, question.text, *model, values, NowIn(kZone),
                                         ServerContext(), words, model.terms()));
}

// What was taught answers first, but where a governed model or filters bind what may be answered.
// A trace is told of it, and goes on with the embedded engine.
bool ReadTaught(const Question& question, const ask::ValueSource& values, ask::Trace* trace,
                Prepared* prepared) {
  if (LayerFor(question) == ask::Layer::kQueries) return false;
  const std::vector<std::string> schemas = question.schemas.value_or(CallerSchemas());
  std::optional<TaughtAnswer> taught =
      FindTaught(prepared->text, schemas, *prepared->model, values, NowIn(kZone));
  if (!taught) return false;
  if (trace != nullptr) {
    trace->pair = ask::TracedPair{taught->question, TaughtInWords(*taught), taught->sql};
    return false;
  }
  prepared->taught = std::move(taught);
  prepared->reading.outcome = ask::Outcome::kAnswered;
  prepared->reading.sql = prepared->taught->sql;
  prepared->reading.interpretation = TaughtInWords(*prepared->taught);
  prepared->reading.confidence = 1;
  return true;
}

const char* EngineOf(const Prepared& prepared) { return prepared.taught ? kTaughtEngine : kEngine; }

}  // namespace

Question QuestionArguments(FunctionCallInfo fcinfo, int first) {
  Question question;
  question.text = RequiredText(fcinfo, 0, "question");
  question.filters = OptionalJson(fcinfo, first);
  if (!IsNullArgument(fcinfo, first + 1)) question.conversation = PG_GETARG_INT64(first + 1);
  question.schemas = OptionalTextArray(fcinfo, first + 2, "schemas");
  question.model = OptionalText(fcinfo, first + 3);
  return question;
}

void AddFilters(const std::optional<Json>& filters, Json* query) {
  if (!filters) return;
  if (!filters->IsArray()) {
    throw StatusError{Status(Code::kInvalidArgument,
                             "filters must be an array, not " + std::string(filters->TypeName()))
                          .WithHint("Write [{\"member\": …, \"operator\": …, \"values\": […]}].")};
  }
  if (query->Find("filters") == nullptr) query->Set("filters", Json::MakeArray());
  for (const Json& filter : filters->items()) query->Find("filters")->Append(filter);
}

Prepared Prepare(const Question& question, ask::Trace* trace) {
  Prepared prepared;
  prepared.model = ModelFor(question);
  const ask::ReadOptions options = {CurrentSettings().ask_least_confidence, trace,
                                    WordsOf(*prepared.model), prepared.model.terms(),
                                    question.default_limit};
  const ServerValueSource values(prepared.model);
  prepared.text = WholeText(question, prepared.model, values, options.words);
  if (!ReadTaught(question, values, trace, &prepared)) {
    prepared.reading = ValueOrThrow(ask::Read(prepared.text, *prepared.model, values, NowIn(kZone),
                                              LayerFor(question), ServerContext(), options));
  }
  if (values.TimedOut()) {
    prepared.reading.warnings.emplace_back("values of the tables were not looked up in time");
  }
  if (prepared.IsAnswer() && prepared.reading.sql.empty()) CompileReading(question, &prepared);
  const bool understood = prepared.reading.outcome != ask::Outcome::kAbstained;
  if (question.conversation && understood && trace == nullptr) {
    KeepQuestion(*question.conversation, prepared.text);
  }
  return prepared;
}

namespace {

Execution Run(const Prepared& prepared, ExecuteOptions options) {
  if (prepared.compiled) return RunCompiled(*prepared.compiled, *prepared.model, options);
  options.schemas = prepared.taught ? prepared.taught->schemas : SchemasOf(*prepared.model);
  options.origin = prepared.taught ? SqlOrigin::kOutside : SqlOrigin::kCompiled;
  return Execute(prepared.reading.sql, options);
}

// The chart of the rows with the reasons for it; nothing where the rows say as much.
std::optional<Json> ChartOf(const Answer& answer) {
  recommend::Request request;
  request.title = answer.prepared.reading.interpretation;
  request.question = answer.prepared.text;
  const recommend::Ranking ranking = recommend::RankCharts(answer.rows, request, ServerContext());
  const recommend::Recommendation* best = ranking.Best();
  if (best == nullptr) return std::nullopt;
  return recommend::WithInlineData(recommend::WithReport(*best, ranking, answer.rows), answer.rows);
}

}  // namespace

Answer AnswerQuestion(const Question& question) {
  Answer answer{Prepare(question), {}, "", std::nullopt, std::nullopt};
  ask::Reading& reading = answer.prepared.reading;
  if (!answer.prepared.IsAnswer()) {
    answer.sentence = reading.reason;
    return answer;
  }
  ExecuteOptions options;
  options.purpose = "ask";
  options.max_rows = CurrentSettings().ask_max_rows;
  options.row_limit = RowLimitMode::kTruncate;
  Execution execution = Run(answer.prepared, options);
  if (execution.truncated) {
    reading.warnings.push_back("only the first " + std::to_string(options.max_rows) +
                               " rows are shown");
  }
  answer.rows = std::move(execution.rows);
  for (std::string& caution : ask::CautionsOf(reading, *answer.prepared.model, answer.rows)) {
    reading.warnings.push_back(std::move(caution));
  }
  answer.sentence = ask::Say(reading, *answer.prepared.model, answer.rows);
  answer.chart = ChartOf(answer);
  return answer;
}

namespace {

Json ListOf(const std::vector<std::string>& texts) {
  Json list = Json::MakeArray();
  for (const std::string& text : texts) list.Append(text);
  return list;
}

void Remember(const Question& question, const Answer& answer, TimestampTz start) {
  const ask::Reading& reading = answer.prepared.reading;
  QuestionRecord record;
  record.id = answer.id.value_or(0);
  record.status = ask::OutcomeName(reading.outcome);
  record.engine = EngineOf(answer.prepared);
  if (!question.schemas) record.model = question.model.value_or(CurrentSettings().model);
  record.schemas = ListOf(SchemasOf(*answer.prepared.model)).Dump();
  record.question = answer.prepared.text;
  if (question.filters) record.filters = question.filters->Dump();
  record.interpretation = reading.interpretation;
  record.confidence = reading.confidence;
  if (answer.prepared.IsAnswer()) {
    record.sql = answer.prepared.sql();
    record.rows_hash = HashRows(answer.rows);
    record.row_count = static_cast<std::int64_t>(answer.rows.rows.size());
  }
  record.duration_ms = static_cast<double>(GetCurrentTimestamp() - start) / 1000;
  RelieveStatementLog();
  LogQuestion(record);
}

// Answers a question and puts it into the history.
Answer AnswerAndRemember(const Question& question) {
  const TimestampTz start = GetCurrentTimestamp();
  Answer answer = AnswerQuestion(question);
  answer.id = NextQuestionId();
  Remember(question, answer, start);
  return answer;
}

RowValue ElapsedSince(TimestampTz start) {
  const TimestampTz elapsed = GetCurrentTimestamp() - start;
  return Call([&]() noexcept {
    auto* interval = static_cast<Interval*>(palloc0(sizeof(Interval)));
    interval->time = elapsed;
    return PointerGetDatum(interval);
  });
}

std::string AnswerText(const Answer& answer) {
  std::string text = answer.sentence + "\n";
  const char* lead = answer.prepared.IsAnswer() ? "It could also mean: " : "  - ";
  for (const std::string& alternative : answer.prepared.reading.alternatives) {
    text += lead + alternative + "\n";
  }
  for (const std::string& warning : answer.prepared.reading.warnings) {
    text += "Warning: " + warning + "\n";
  }
  if (!answer.prepared.IsAnswer()) return text;
  text += "\n" + report::TextTable(answer.rows);
  if (answer.chart) {
    ChartRequest request;
    request.spec = *answer.chart;
    text += "\n" + DrawChart(request, ChartFormat::kText);
  }
  return text;
}

}  // namespace

LOUPE_FUNCTION(loupe_ask) {
  const TimestampTz start = GetCurrentTimestamp();
  const Question question = QuestionArguments(fcinfo, 1);
  const Answer answer = AnswerAndRemember(question);
  const ask::Reading& reading = answer.prepared.reading;
  std::vector<RowValue> values(15);
  values[1] = TextDatum(ask::OutcomeName(reading.outcome));
  if (answer.id) values[0] = Call([&]() noexcept { return Int64GetDatum(*answer.id); });
  values[2] = TextDatum(question.text);
  values[3] = TextDatum(EngineOf(answer.prepared));
  if (!reading.interpretation.empty()) values[4] = TextDatum(reading.interpretation);
  if (answer.prepared.IsAnswer()) {
    values[5] = TextDatum(answer.prepared.sql());
    values[6] = JsonbDatum(ColumnsToJson(answer.rows));
    values[7] = JsonbDatum(RowsToJson(answer.rows));
    values[8] = Call([&]() noexcept {
      return Int64GetDatum(static_cast<std::int64_t>(answer.rows.rows.size()));
    });
  }
  values[9] = TextDatum(answer.sentence);
  if (answer.chart) values[10] = JsonbDatum(*answer.chart);
  values[11] = Call([&]() noexcept { return Float8GetDatum(reading.confidence); });
  values[12] = JsonbDatum(ListOf(reading.alternatives));
  values[13] = JsonbDatum(ListOf(reading.warnings));
  values[14] = ElapsedSince(start);
  return CompositeDatum(fcinfo, values);
}

LOUPE_FUNCTION(loupe_ask_sql) {
  const Prepared prepared = Prepare(QuestionArguments(fcinfo, 1));
  if (prepared.IsAnswer()) return TextDatum(prepared.sql());
  std::string alternatives;
  for (const std::string& alternative : prepared.reading.alternatives) {
    alternatives += (alternatives.empty() ? "" : "; ") + alternative;
  }
  Report(NOTICE, prepared.reading.reason, "", alternatives);
  return NullResult(fcinfo);
}

LOUPE_FUNCTION(loupe_ask_text) {
  return TextDatum(AnswerText(AnswerAndRemember(QuestionArguments(fcinfo, 1))));
}

LOUPE_FUNCTION(loupe_ask_chart) {
  const ChartFormat format = ParseChartFormat(RequiredText(fcinfo, 1, "format"));
  const Answer answer = AnswerAndRemember(QuestionArguments(fcinfo, 2));
  if (!answer.prepared.IsAnswer()) Report(NOTICE, answer.sentence);
  if (!answer.chart) return NullResult(fcinfo);
  ChartRequest request;
  request.spec = *answer.chart;
  return ByteaDatum(DrawChart(request, format));
}

}  // namespace loupe::pg

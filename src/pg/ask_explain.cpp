// The SQL functions that tell why a question was read as it was.
//
//   question --Prepare--> trace, reading --FindingsOf--> rows for a person, or JSON for programs
//
// The statements of the winner and the runner-up are compiled for the caller and not run.
#include "pg/postgres.hpp"

#include "pg/function.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "core/ask/trace_report.hpp"
#include "pg/ask.hpp"
#include "pg/semantic_run.hpp"

namespace loupe::pg {
namespace {

struct Explanation {
  ask::Trace trace;
  Prepared prepared;
  std::vector<ask::Finding> findings;
};

// A reading that does not compile is told without a statement.
void CompileReadings(const Question& question, const ModelHandle& model, ask::Trace* trace) {
  const std::size_t told = std::min(trace->readings.size(), ask::kToldReadings);
  for (std::size_t i = 0; i < told; ++i) {
    ask::TracedReading& reading = trace->readings[i];
    if (reading.query.IsNull()) continue;
    AddFilters(question.filters, &reading.query);
    try {
      reading.sql = CompileFor(reading.query, model).sql;
    } catch (const StatusError&) {
      reading.sql.clear();
    }
  }
}

Explanation ExplainQuestion(FunctionCallInfo fcinfo) {
  const Question question = QuestionArguments(fcinfo, 1);
  Explanation explanation;
  explanation.prepared = Prepare(question, &explanation.trace);
  const Prepared& prepared = explanation.prepared;
  CompileReadings(question, prepared.model, &explanation.trace);
  explanation.findings = ask::FindingsOf(explanation.trace, prepared.reading, *prepared.model);
  if (prepared.text != question.text) {
    explanation.findings.insert(explanation.findings.begin(),
                                {"question", "", prepared.text, std::nullopt, std::nullopt});
  }
  return explanation;
}

RowValue NumberOrNull(const std::optional<double>& number) {
  if (!number) return {};
  return Call([&]() noexcept { return Float8GetDatum(*number); });
}

RowValue BoolOrNull(const std::optional<bool>& value) {
  return value ? RowValue(BoolGetDatum(*value)) : RowValue();
}

}  // namespace

LOUPE_FUNCTION(loupe_ask_explain) {
  const Explanation explanation = ExplainQuestion(fcinfo);
  RowSink sink(fcinfo);
  for (const ask::Finding& finding : explanation.findings) {
    sink.Add({TextDatum(finding.part), TextOrNull(finding.words), TextOrNull(finding.meaning),
              NumberOrNull(finding.weight), BoolOrNull(finding.taken)});
  }
  return NullResult(fcinfo);
}

LOUPE_FUNCTION(loupe_ask_explain_json) {
  const Explanation explanation = ExplainQuestion(fcinfo);
  return JsonbDatum(ask::FindingsToJson(explanation.findings, explanation.trace));
}

}  // namespace loupe::pg

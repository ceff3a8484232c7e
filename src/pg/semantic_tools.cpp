// The SQL functions that show what the semantic layer knows and thinks: its members, how a measure
// comes about, what is wrong with a query, what a relative range means.
#include "pg/postgres.hpp"

extern "C" {
#include "utils/timestamp.h"
}

#include "core/semantic/date_range.hpp"
#include "core/semantic/explain.hpp"
#include "core/semantic/meta.hpp"
#include "core/semantic/query_errors.hpp"
#include "pg/function.hpp"
#include "pg/local_time.hpp"
#include "pg/model_store.hpp"
#include "pg/problem_fields.hpp"
#include "pg/semantic_run.hpp"

namespace loupe::pg {
namespace {

Status StatusOf(const Json& query) {
  try {
    (void)PrepareQuery(query);
  } catch (const StatusError& error) {
    return error.status;
  }
  return Status::Ok();
}

// The last row of an explanation: which model was asked.
semantic::ExplainRow RowOfModel(const LoadedModel& loaded) {
  const std::string version =
      loaded.version == 0 ? "inferred" : "version " + std::to_string(loaded.version);
  return {0, loaded.model.name, "model", "", version, loaded.model.labels.description};
}

}  // namespace

LOUPE_FUNCTION(loupe_semantic_meta) {
  return JsonbDatum(semantic::Meta(*ResolveModel(OptionalText(fcinfo, 0))));
}

LOUPE_FUNCTION(loupe_semantic_explain) {
  const std::string measure = RequiredText(fcinfo, 0, "measure");
  const ModelHandle model = ResolveModel(OptionalText(fcinfo, 1));
  std::vector<semantic::ExplainRow> rows = ValueOrThrow(semantic::ExplainMeasure(*model, measure));
  rows.push_back(RowOfModel(model.loaded()));
  RowSink sink(fcinfo);
  for (const semantic::ExplainRow& row : rows) {
    sink.Add({Int32GetDatum(row.depth), TextOrNull(row.member), TextDatum(row.kind),
              TextOrNull(row.type), TextOrNull(row.expression), TextOrNull(row.description)});
  }
  return NullResult(fcinfo);
}

LOUPE_FUNCTION(loupe_semantic_check) {
  const Json query = RequiredJson(fcinfo, 0, "query");
  RowSink sink(fcinfo);
  for (const Status& error : semantic::QueryErrors(query, StatusOf)) {
    sink.Add(ProblemFields(error));
  }
  return NullResult(fcinfo);
}

LOUPE_FUNCTION(loupe_semantic_date_range) {
  const std::string range = RequiredText(fcinfo, 0, "range");
  const std::string zone = RequiredText(fcinfo, 1, "timezone");
  RequireArgument(fcinfo, 2, "now");
  const DateTime now = LocalTime(PG_GETARG_TIMESTAMPTZ(2), zone);
  const semantic::DateRange times =
      ValueOrThrow(semantic::ParseDateRange(std::string_view(range), now));
  Json result = Json::MakeArray();
  for (const std::string& text : semantic::RangeTexts(times)) result.Append(text);
  return JsonbDatum(result);
}

}  // namespace loupe::pg

// The SQL functions that show what the semantic layer knows and thinks: its members, how a measure
// comes about, what is wrong with a query, what a relative range means.
#include "pg/postgres.hpp"

extern "C" {
#include "utils/timestamp.h"
}

#include "core/base/calendar.hpp"
#include "core/semantic/date_range.hpp"
#include "core/semantic/explain.hpp"
#include "core/semantic/meta.hpp"
#include "core/semantic/query_errors.hpp"
#include "pg/function.hpp"
#include "pg/local_time.hpp"
#include "pg/model_store.hpp"
#include "pg/semantic_run.hpp"
#include "pg/sqlstate.hpp"

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

RowValue TextOrNothing(const std::string& text) {
  return text.empty() ? RowValue() : RowValue(TextDatum(text));
}

}  // namespace

LOUPE_FUNCTION(loupe_semantic_meta) {
  return JsonbDatum(semantic::Meta(ResolveModel(OptionalText(fcinfo, 0))));
}

LOUPE_FUNCTION(loupe_semantic_explain) {
  const std::string measure = RequiredText(fcinfo, 0, "measure");
  const semantic::Model model = ResolveModel(OptionalText(fcinfo, 1));
  RowSink sink(fcinfo);
  for (const semantic::ExplainRow& row :
       ValueOrThrow(semantic::ExplainMeasure(model, measure))) {
    sink.Add({Int32GetDatum(row.depth), TextOrNothing(row.member), TextDatum(row.kind),
              TextOrNothing(row.type), TextOrNothing(row.expression),
              TextOrNothing(row.description)});
  }
  return NullResult(fcinfo);
}

LOUPE_FUNCTION(loupe_semantic_check) {
  const Json query = RequiredJson(fcinfo, 0, "query");
  RowSink sink(fcinfo);
  for (const Status& error : semantic::QueryErrors(query, StatusOf)) {
    sink.Add({TextDatum(unpack_sql_state(SqlState(error.code()))), TextOrNothing(error.pointer()),
              TextDatum(error.message()), TextOrNothing(error.hint())});
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
  result.Append(FormatDateTime(times.from));
  result.Append(FormatDateTime(FromMillis(ToMillis(times.to) - 1)));
  return JsonbDatum(result);
}

}  // namespace loupe::pg

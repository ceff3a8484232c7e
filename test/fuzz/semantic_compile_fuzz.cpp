// Any JSON as model and as query: an error with a message or a statement, never a crash; a model
// and a query that are read are written and read again as the same; a caller with access rules gets
// an answer or an error like any other.
//
// The input is one JSON document {"model": …, "query": …}; without "model" the query meets a
// built-in model, so that short inputs reach the compiler too.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/semantic/access.hpp"
#include "core/semantic/annotation.hpp"
#include "core/semantic/compile.hpp"

namespace {

using loupe::Json;
using loupe::Result;
using loupe::semantic::Compiled;
using loupe::semantic::Model;
using loupe::semantic::Query;

constexpr std::string_view kModel = R"json({"name": "m", "week_start": "sunday",
  "fiscal_year_start": 4, "timezone": "Europe/Berlin", "entities": [
  {"name": "c", "table": "c", "primary_key": ["id"],
   "dimensions": [{"name": "s", "type": "string", "column": "s", "data_type": "text"},
                  {"name": "bin", "type": "string", "column": "n", "bins": [1, 10]}],
   "measures": [{"name": "count", "type": "count"}]},
  {"name": "o", "table": "o", "primary_key": ["id"],
   "joins": [{"entity": "c", "columns": [{"from": "c", "to": "id"}]}],
   "dimensions": [{"name": "t", "type": "time", "column": "t",
                   "data_type": "timestamp with time zone",
                   "granularities": [{"name": "g", "interval": "90 minutes", "offset": "5 hours"}]},
                  {"name": "d", "type": "time", "column": "d", "data_type": "date"},
                  {"name": "n", "type": "number", "column": "n", "data_type": "integer"},
                  {"name": "b", "type": "boolean", "sql": "{T}.n > 1"},
                  {"name": "f", "type": "number", "formula": "n * 2 / 3"}],
   "measures": [
     {"name": "count", "type": "count"}, {"name": "m", "type": "max", "column": "t"},
     {"name": "sum", "type": "sum", "column": "n", "data_type": "integer",
      "filters": [{"member": "c.s", "operator": "contains", "values": ["x"]}, "{T}.n < 9"]},
     {"name": "avg", "type": "avg", "formula": "f + n", "fill_nulls": 0},
     {"name": "users", "type": "count_distinct", "column": "c", "data_type": "integer"},
     {"name": "about", "type": "count_distinct_approx", "column": "c"},
     {"name": "p", "type": "percentile", "percentile": 0.9, "column": "n"},
     {"name": "ratio", "type": "calculated", "formula": "sum / count"},
     {"name": "word", "type": "calculated", "formula": "CASE WHEN c.s = 'x' THEN 'a' END"},
     {"name": "week", "type": "sum", "column": "n", "rolling_window": {"trailing": "7 days"}},
     {"name": "month", "type": "avg", "column": "n", "rolling_window": {"trailing": "1 month"}},
     {"name": "ahead", "type": "min", "column": "n",
      "rolling_window": {"leading": "2 days", "offset": "start"}},
     {"name": "all", "type": "count_distinct", "column": "c",
      "rolling_window": {"trailing": "unbounded"}},
     {"name": "ytd", "type": "sum", "column": "n", "rolling_window": {"to_date": "fiscal_year"}},
     {"name": "last", "type": "sum", "column": "n", "semi_additive": {"time_dimension": "d",
      "partition_by": ["n"]}},
     {"name": "year_ago", "type": "time_shift", "measure": "sum", "interval": "1 year"},
     {"name": "before", "type": "time_shift", "measure": "week", "interval": "previous_period"},
     {"name": "share", "type": "percent_of_total", "measure": "sum", "within": ["c.s"]},
     {"name": "rank", "type": "rank", "measure": "ratio"}],
   "segments": [{"name": "big", "sql": "{T}.n > 100"}],
   "access": [{"roles": ["clerk"], "masked": ["n", "sum"], "hidden": ["p"],
               "row_filter": [{"member": "o.n", "operator": "gt", "values": [1]}]}]},
  {"name": "v", "table": "v",
   "joins": [{"entity": "o", "columns": [{"from": "o", "to": "id"}]},
             {"entity": "w", "relationship": "many_to_many", "bridge": {"table": "vw",
              "from": [{"from": "id", "to": "v"}], "to": [{"from": "w", "to": "id"}]}}],
   "dimensions": [{"name": "k", "type": "string", "column": "k", "data_type": "text"}],
   "measures": [{"name": "sum", "type": "sum", "sql": "{T}.x"}]},
  {"name": "w", "sql": "SELECT 1 AS id", "primary_key": ["id"],
   "dimensions": [{"name": "id", "type": "number", "column": "id"}],
   "measures": [{"name": "count", "type": "count"}]},
  {"name": "e", "extends": "o"}]})json";

Result<Model> ModelOf(const Json& input) {
  if (const Json* model = input.Find("model")) return loupe::semantic::ParseModel(*model);
  return loupe::semantic::ParseModel(loupe::ParseJson(kModel).value());
}

void Demand(bool condition) {
  if (!condition) std::abort();
}

void CheckRoundTrips(const Model& model, const Query& query) {
  const Json model_json = loupe::semantic::ModelToJson(model);
  const Result<Model> model_again = loupe::semantic::ParseModel(model_json);
  Demand(model_again.ok() && loupe::semantic::ModelToJson(model_again.value()) == model_json);
  const Json query_json = loupe::semantic::QueryToJson(query);
  const Result<Query> query_again = loupe::semantic::ParseQuery(query_json);
  Demand(query_again.ok() && loupe::semantic::QueryToJson(query_again.value()) == query_json);
}

// A statement with a column for each that is told of, and the same when asked again.
void Compile(const Query& query, const Model& model, const loupe::DateTime& now) {
  const Result<Compiled> compiled = loupe::semantic::CompileQuery(query, model, {now, "x"});
  const Result<std::string> plan = loupe::semantic::ExplainPlan(query, model, {now, "x"});
  Demand(compiled.ok() == plan.ok());
  if (!compiled.ok()) {
    Demand(!compiled.status().message().empty());
    return;
  }
  Demand(compiled.value().select.items.size() == compiled.value().columns.size());
  Demand(loupe::semantic::Annotation(compiled.value()).IsObject());
  const Result<Compiled> again = loupe::semantic::CompileQuery(query, model, {now, "x"});
  Demand(again.ok() && again.value().sql == compiled.value().sql);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<Json> input = loupe::ParseJson(text);
  if (!input.ok()) return 0;
  const Result<Model> model = ModelOf(input.value());
  if (!model.ok()) {
    Demand(!model.status().message().empty());
    return 0;
  }
  const Json* query_json = input.value().Find("query");
  const Result<Query> query =
      loupe::semantic::ParseQuery(query_json == nullptr ? input.value() : *query_json);
  if (!query.ok()) {
    Demand(!query.status().message().empty());
    return 0;
  }
  CheckRoundTrips(model.value(), query.value());
  loupe::DateTime now;
  now.year = 2024;
  Compile(query.value(), model.value(), now);
  Compile(query.value(), loupe::semantic::ApplyAccess(model.value(), {"clerk"}), now);
  return 0;
}

// Any JSON as model and as query: an error with a message or a statement, never a crash; a model
// and a query that are read are written and read again as the same.
//
// The input is one JSON document {"model": …, "query": …}; without "model" the query meets a
// built-in model, so that short inputs reach the compiler too.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/semantic/annotation.hpp"
#include "core/semantic/compile.hpp"

namespace {

using loupe::Json;
using loupe::Result;
using loupe::semantic::Model;
using loupe::semantic::Query;

constexpr std::string_view kModel = R"({"name": "m", "entities": [
  {"name": "c", "table": "c", "dimensions": [{"name": "s", "type": "string", "column": "s"}]},
  {"name": "o", "table": "o",
   "joins": [{"entity": "c", "columns": [{"from": "c", "to": "id"}]}],
   "dimensions": [{"name": "t", "type": "time", "column": "t",
                   "data_type": "timestamp with time zone"},
                  {"name": "n", "type": "number", "column": "n"},
                  {"name": "b", "type": "boolean", "sql": "{T}.n > 1"}],
   "measures": [{"name": "count", "type": "count"}, {"name": "m", "type": "max", "column": "t"}]},
  {"name": "v", "table": "v",
   "joins": [{"entity": "c", "columns": [{"from": "c", "to": "id"}]}],
   "measures": [{"name": "sum", "type": "sum", "sql": "{T}.x"}]}]})";

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
  const auto compiled = loupe::semantic::CompileQuery(query.value(), model.value(), {now, ""});
  if (!compiled.ok()) {
    Demand(!compiled.status().message().empty());
    return 0;
  }
  Demand(!compiled.value().sql.empty());
  Demand(loupe::semantic::Annotation(compiled.value()).IsObject());
  return 0;
}

// Any JSON as a model of another semantic layer and as a simple query: an error with a message or a
// model that parses; whatever parses is exported to every format, and each export is read again
// without a crash.
//
// The input is one JSON document: {"format": …, "document": …}, or a document that is tried in each
// format.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/semantic/export.hpp"
#include "core/semantic/import.hpp"
#include "core/semantic/query.hpp"
#include "core/semantic/simple_query.hpp"

namespace {

using loupe::Json;
using loupe::Result;
using loupe::semantic::Exported;
using loupe::semantic::Imported;
using loupe::semantic::Model;

constexpr std::string_view kModel = R"({"name": "m", "entities": [{"name": "e", "table": "t",
  "dimensions": [{"name": "s", "type": "string", "column": "s"},
                 {"name": "n", "type": "number", "column": "n"},
                 {"name": "t", "type": "time", "column": "t"}],
  "measures": [{"name": "count", "type": "count"}, {"name": "x", "type": "sum", "column": "n"}]}]})";

void Demand(bool condition) {
  if (!condition) std::abort();
}

void CheckExports(const Model& model) {
  for (const char* format : {"cube", "dbt", "osi"}) {
    const Result<Exported> exported = loupe::semantic::ExportModel(format, model);
    Demand(exported.ok());
    (void)loupe::semantic::ImportModel(format, exported.value().document);
  }
}

void CheckFormat(const std::string& format, const Json& document) {
  const Result<Imported> imported = loupe::semantic::ImportModel(format, document);
  if (!imported.ok()) {
    Demand(!imported.status().message().empty());
    return;
  }
  const Result<Model> model = loupe::semantic::ParseModel(imported.value().model);
  if (format != "simple") Demand(model.ok());
  if (model.ok()) CheckExports(model.value());
}

void CheckSimpleQuery(const Json& query) {
  const Model model = loupe::semantic::ParseModel(loupe::ParseJson(kModel).value()).value();
  const auto simple = loupe::semantic::QueryFromSimple(query, model);
  if (simple.ok()) (void)loupe::semantic::ParseQuery(simple.value().query);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Result<Json> input = loupe::ParseJson(text);
  if (!input.ok()) return 0;
  const Json* format = input.value().Find("format");
  const Json* document = input.value().Find("document");
  if (format != nullptr && format->IsString() && document != nullptr) {
    CheckFormat(format->AsString(), *document);
    return 0;
  }
  for (const std::string& known : loupe::semantic::ImportFormats()) {
    CheckFormat(known, input.value());
  }
  CheckSimpleQuery(input.value());
  return 0;
}

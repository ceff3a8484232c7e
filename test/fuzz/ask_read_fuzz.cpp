// Fuzzes the way of a question: any bytes are read, refused or declined, never worse. A reading
// that is no abstention has to be a semantic query that Parse accepts.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "core/ask/read.hpp"
#include "core/semantic/query.hpp"

namespace {

using loupe::ask::ValueMatch;

// Knows the first candidate as a value, so that values take part.
class FirstIsValue : public loupe::ask::ValueSource {
 public:
  [[nodiscard]] std::vector<ValueMatch> Lookup(
      const std::vector<std::string>& candidates) const override {
    if (candidates.empty()) return {};
    return {{"orders", "status", candidates.front(), 0},
            {"customers", "country", candidates.front(), 0}};
  }
};

loupe::semantic::Model MakeModel() {
  constexpr std::string_view kModel = R"({"name": "m", "entities": [
    {"name": "customers", "table": "customers", "primary_key": ["id"],
     "dimensions": [{"name": "id", "type": "number", "column": "id"},
                    {"name": "country", "type": "string", "column": "country"}],
     "measures": [{"name": "count", "type": "count"}]},
    {"name": "orders", "table": "orders", "primary_key": ["id"],
     "joins": [{"entity": "customers", "relationship": "many_to_one",
                "columns": [{"from": "customer_id", "to": "id"}]}],
     "dimensions": [{"name": "status", "type": "string", "column": "status"},
                    {"name": "paid", "type": "boolean", "column": "paid"},
                    {"name": "amount", "type": "number", "column": "amount"},
                    {"name": "ordered_at", "type": "time", "column": "ordered_at"}],
     "measures": [{"name": "count", "type": "count"},
                  {"name": "total_amount", "type": "sum", "column": "amount"},
                  {"name": "max_amount", "type": "max", "column": "amount"}]}]})";
  return loupe::semantic::ParseModel(loupe::ParseJson(kModel).value()).value();
}

void Check(const loupe::Result<loupe::ask::Reading>& reading) {
  if (!reading.ok()) return;
  const loupe::ask::Reading& value = reading.value();
  const bool abstained = value.outcome == loupe::ask::Outcome::kAbstained;
  if (abstained != (value.query.IsNull() && value.sql.empty())) std::abort();
  if (!value.query.IsNull() && !loupe::semantic::ParseQuery(value.query).ok()) std::abort();
  if (abstained && value.reason.empty()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const loupe::semantic::Model model = MakeModel();
  const std::string_view question(reinterpret_cast<const char*>(data), size);
  loupe::DateTime now;
  now.year = 2024;
  for (const loupe::ask::Layer layer : {loupe::ask::Layer::kQueries, loupe::ask::Layer::kTables}) {
    Check(loupe::ask::Read(question, model, FirstIsValue(), now, layer, loupe::Context()));
  }
  return 0;
}

// The SQL functions that show the gate itself: validate_sql tells the verdict, run_sql runs.
#include "pg/postgres.hpp"

#include "pg/catalog.hpp"
#include "pg/execute.hpp"
#include "pg/function.hpp"

namespace loupe::pg {
namespace {

ExecuteOptions OptionsOf(FunctionCallInfo fcinfo, int schemas_index) {
  ExecuteOptions options;
  options.purpose = "sql";
  options.values = ValueForm::kFaithful;
  const auto schemas = OptionalTextArray(fcinfo, schemas_index, "schemas");
  if (!schemas) return options;
  CheckSchemas(*schemas);
  options.schemas = *schemas;
  options.scope = SchemaScope::kOnly;
  return options;
}

RowValue EstimateOrNull(double estimate) {
  if (estimate < 0) return {};
  return Call([&]() noexcept { return Float8GetDatum(estimate); });
}

// Fields in the order of loupe.verdict.
std::vector<RowValue> FieldsOf(const Judgement& judgement) {
  return {BoolGetDatum(judgement.accepted),
          TextOrNull(judgement.rule),
          TextOrNull(judgement.object),
          TextDatum(judgement.stage),
          judgement.position > 0 ? RowValue(Int32GetDatum(judgement.position)) : RowValue(),
          TextOrNull(judgement.message),
          TextOrNull(judgement.hint),
          TextArrayDatum(judgement.relations),
          TextArrayDatum(judgement.columns),
          TextArrayDatum(judgement.functions),
          EstimateOrNull(judgement.estimated_cost),
          EstimateOrNull(judgement.estimated_rows)};
}

}  // namespace

LOUPE_FUNCTION(loupe_validate_sql) {
  const std::string sql = RequiredText(fcinfo, 0, "sql");
  return CompositeDatum(fcinfo, FieldsOf(Validate(sql, OptionsOf(fcinfo, 1))));
}

LOUPE_FUNCTION(loupe_run_sql) {
  const std::string sql = RequiredText(fcinfo, 0, "sql");
  ExecuteOptions options = OptionsOf(fcinfo, 1);
  if (!IsNullArgument(fcinfo, 2)) {
    options.max_rows = PG_GETARG_INT32(2);
    if (options.max_rows < 1) {
      throw StatusError{Status(Code::kInvalidArgument, "max_rows must be at least 1")};
    }
  }
  const Execution execution = Execute(sql, options);
  Json result = Json::MakeObject();
  result.Set("columns", ColumnsToJson(execution.rows));
  result.Set("rows", CellsToJson(execution.rows));
  result.Set("row_count", static_cast<std::int64_t>(execution.rows.rows.size()));
  return JsonbDatum(result);
}

}  // namespace loupe::pg

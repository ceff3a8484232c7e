#include "pg/postgres.hpp"

#include "pg/chart_data.hpp"
#include "pg/compat.hpp"

#include "core/chart/compile.hpp"
#include "core/sql/printer.hpp"
#include "pg/execute.hpp"
#include "pg/function.hpp"
#include "pg/semantic_run.hpp"

namespace loupe::pg {
namespace {

using chart::DataKind;
using chart::DataRequest;

ExecuteOptions ChartOptions() {
  ExecuteOptions options;
  options.purpose = "chart";
  return options;
}

const std::string& TextOf(const DataRequest& request) {
  if (request.value.IsString()) return request.value.AsString();
  throw StatusError{Status(Code::kChartInvalidSpec, "the source of data must be a string, not " +
                                                        std::string(request.value.TypeName()))
                        .At(request.pointer)};
}

// "shop.orders" or "\"Odd name\"", read as PostgreSQL reads a relation's name.
std::string RelationSql(const std::string& relation) {
  const char* server = ToServer(relation);
  List* names = Call([&]() noexcept { return SplitQualifiedName(server); });
  sql::Select select;
  select.items.push_back({sql::Star(), ""});
  sql::FromItem table;
  for (int i = 0; i < list_length(names); ++i) {
    table.table.push_back(FromServer(strVal(list_nth(names, i))));
  }
  select.from.push_back(std::move(table));
  return sql::Print(select);
}

RowSet Fetch(const DataRequest& request, const std::optional<Json>& argument) {
  switch (request.kind) {
    case DataKind::kSql:
      return Execute(TextOf(request), ChartOptions()).rows;
    case DataKind::kRelation:
      return Execute(RelationSql(TextOf(request)), ChartOptions()).rows;
    case DataKind::kSemantic:
      return SemanticRows(request.value, "chart");
    case DataKind::kName:
      if (argument) return ValueOrThrow(RowSetFromJson(*argument, ServerContext()));
      throw StatusError{
          Status(Code::kChartInvalidData, "the specification names its data, but none is given")
              .WithHint("Pass the rows as data => '[…]', an array of objects.")
              .At(request.pointer)};
    case DataKind::kUrl:
      break;
  }
  throw StatusError{Status(Code::kChartInvalidData, "data of a chart is not read from a URL")
                        .WithHint("Use {\"data\": {\"sql\": \"SELECT …\"}} or inline values.")
                        .At(request.pointer)};
}

}  // namespace

std::vector<RowSet> FetchChartData(const Json& spec, const std::optional<Json>& argument) {
  std::vector<RowSet> data;
  for (const DataRequest& request : ValueOrThrow(chart::RequestedData(spec))) {
    data.push_back(Fetch(request, argument));
  }
  return data;
}

}  // namespace loupe::pg

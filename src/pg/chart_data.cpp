#include "pg/postgres.hpp"

extern "C" {
#include "utils/varlena.h"
}

#include "pg/chart_data.hpp"

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
std::string RelationSql(const DataRequest& request) {
  char* server = ToServer(TextOf(request));
  List* names = NIL;
  const bool is_name =
      Call([&]() noexcept { return SplitIdentifierString(server, '.', &names) && names != NIL; });
  if (!is_name) {
    throw StatusError{
        Status(Code::kChartInvalidSpec, "\"" + TextOf(request) + "\" is not the name of a relation")
            .At(request.pointer)};
  }
  sql::Select select;
  select.items.push_back({sql::Star(), ""});
  sql::FromItem table;
  for (int i = 0; i < list_length(names); ++i) {
    table.table.push_back(FromServer(static_cast<const char*>(list_nth(names, i))));
  }
  select.from.push_back(std::move(table));
  return sql::Print(select);
}

// The statement that a request runs, if it is one.
std::optional<std::string> StatementOf(const DataRequest& request) {
  if (request.kind == DataKind::kSql) return TextOf(request);
  if (request.kind == DataKind::kRelation) return RelationSql(request);
  return std::nullopt;
}

RowSet Fetch(const DataRequest& request, const std::optional<Json>& argument) {
  if (const std::optional<std::string> sql = StatementOf(request)) {
    return Execute(*sql, ChartOptions()).rows;
  }
  if (request.kind == DataKind::kSemantic) return SemanticRows(request.value, "chart");
  if (request.kind == DataKind::kName) {
    if (argument) return ValueOrThrow(RowSetFromJson(*argument, ServerContext()));
    throw StatusError{
        Status(Code::kChartInvalidData, "the specification names its data, but none is given")
            .WithHint("Pass the rows as data => '[…]', an array of objects.")
            .At(request.pointer)};
  }
  throw StatusError{Status(Code::kChartInvalidData, "data of a chart is not read from a URL")
                        .WithHint("Use {\"data\": {\"sql\": \"SELECT …\"}} or inline values.")
                        .At(request.pointer)};
}

// Whether a problem lies in what the specification says, rather than in the caller's rights, the
// time or the server.
bool IsOfSpec(Code code) {
  switch (code) {
    case Code::kOk:
    case Code::kNoPrivilege:
    case Code::kAskNothingReadable:
    case Code::kInternal:
    case Code::kChartFont:
    case Code::kGateTimeLimit:
    case Code::kGatePlanTimeLimit:
    case Code::kGateMemoryLimit:
      return false;
    default:
      return true;
  }
}

// What PostgreSQL or the gate has against a statement before it runs. Running it raises what is no
// matter of the specification.
Status StatementProblem(const std::string& sql, const DataRequest& request) {
  const Judgement judgement = Validate(sql, ChartOptions());
  const bool is_right =
      judgement.stage == "acl" || judgement.sqlstate == ERRCODE_INSUFFICIENT_PRIVILEGE;
  if (judgement.accepted || is_right || judgement.rule == "limit") return Status::Ok();
  const std::string detail =
      judgement.position > 0
          ? "At character " + std::to_string(judgement.position) + " of the statement."
          : "";
  return Status(Code::kGateRefused, judgement.message)
      .WithDetail(detail)
      .WithHint(judgement.hint)
      .At(request.pointer);
}

// A problem with its place in the specification; that of a semantic query has one in the query.
Status AtSource(const Status& problem, const DataRequest& request) {
  const bool is_semantic = request.kind == DataKind::kSemantic;
  std::string detail = problem.detail();
  // Rows that were given have places of their own.
  const bool is_in_rows = request.kind == DataKind::kName && !problem.pointer().empty() &&
                          problem.pointer() != request.pointer;
  if (is_in_rows) {
    detail += (detail.empty() ? "At \"" : " At \"") + problem.pointer() + "\" of the data.";
  }
  return Status(problem.code(), problem.message())
      .WithDetail(detail)
      .WithHint(problem.hint())
      .At(is_semantic ? JsonPointer(request.pointer, "semantic") + problem.pointer()
                      : request.pointer);
}

}  // namespace

std::optional<std::vector<RowSet>> FetchCheckedChartData(const Json& spec,
                                                         const std::optional<Json>& argument,
                                                         std::vector<Status>* problems) {
  const Result<std::vector<DataRequest>> requests = chart::RequestedData(spec);
  if (!requests.ok()) return std::nullopt;
  std::vector<RowSet> data;
  for (const DataRequest& request : requests.value()) {
    try {
      if (const std::optional<std::string> sql = StatementOf(request)) {
        ThrowIfError(StatementProblem(*sql, request));
      }
      data.push_back(Fetch(request, argument));
    } catch (const StatusError& error) {
      if (!IsOfSpec(error.status.code())) throw;
      problems->push_back(AtSource(error.status, request));
    }
  }
  if (!problems->empty()) return std::nullopt;
  return data;
}

std::vector<RowSet> FetchChartData(const Json& spec, const std::optional<Json>& argument) {
  std::vector<RowSet> data;
  for (const DataRequest& request : ValueOrThrow(chart::RequestedData(spec))) {
    data.push_back(Fetch(request, argument));
  }
  return data;
}

}  // namespace loupe::pg

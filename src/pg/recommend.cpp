// The SQL functions that choose charts: thin faces of core/recommend.
//
//   query    --gate-->                      rows --RankCharts--> spec with {"sql": query}
//   relation --SELECT * … LIMIT, gate-->    rows --RankCharts--> spec with {"relation": name}
#include "pg/postgres.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

#include "core/recommend/recommend.hpp"
#include "core/recommend/report.hpp"
#include "core/sql/printer.hpp"
#include "pg/execute.hpp"
#include "pg/function.hpp"
#include "pg/object_identity.hpp"
#include "pg/settings.hpp"

namespace loupe::pg {
namespace {

constexpr std::int64_t kSampleRows = 10'000;  // of a relation, looked at to choose its chart
constexpr int kMaxLimit = 100;                // charts that recommend_charts returns

ExecuteOptions ChartOptions() {
  ExecuteOptions options;
  options.purpose = "chart";
  return options;
}

// "schema"."name" of a relation that is there.
std::string NameOf(Oid oid) {
  const ObjectName name = Call([&]() noexcept { return NameOfRelation(oid); });
  if (name.schema == nullptr) {
    throw StatusError{Status(Code::kUndefinedTable,
                             "relation with OID " + std::to_string(oid) + " does not exist")};
  }
  return sql::QuoteQualified(FromServer(name.schema), FromServer(name.name));
}

// The first rows of a relation, as many as a choice needs.
RowSet SampleOf(const std::string& relation) {
  ExecuteOptions options = ChartOptions();
  options.max_rows = std::min<std::int64_t>(kSampleRows, CurrentSettings().max_rows);
  options.row_limit = RowLimitMode::kTruncate;
  return Execute("SELECT * FROM " + relation + " LIMIT " + std::to_string(options.max_rows),
                 options)
      .rows;
}

Json SpecOf(const recommend::Recommendation& design, const recommend::Ranking& ranking,
            const RowSet& rows, Json data) {
  Json spec = recommend::WithReport(design, ranking, rows);
  spec.Set("data", std::move(data));
  return spec;
}

Datum BestChart(FunctionCallInfo fcinfo, const RowSet& rows, recommend::RowsAre rows_are,
                Json data) {
  const std::optional<std::string> question = OptionalText(fcinfo, 1);
  recommend::Request request;
  if (question) request.question = *question;
  request.rows_are = rows_are;
  const recommend::Ranking ranking = recommend::RankCharts(rows, request, ServerContext());
  const recommend::Recommendation* best = ranking.Best();
  if (best == nullptr) return NullResult(fcinfo);
  return JsonbDatum(SpecOf(*best, ranking, rows, std::move(data)));
}

std::size_t LimitArgument(FunctionCallInfo fcinfo, int index) {
  RequireArgument(fcinfo, index, "limit");
  const int limit = PG_GETARG_INT32(index);
  if (limit >= 1 && limit <= kMaxLimit) return static_cast<std::size_t>(limit);
  throw StatusError{Status(Code::kInvalidArgument, "limit must be between 1 and 100")};
}

RowValue ScoreValue(int score) {
  return Call([&]() noexcept { return Float8GetDatum(score / 100.0); });
}

}  // namespace

LOUPE_FUNCTION(loupe_recommend_chart) {
  const std::string query = RequiredText(fcinfo, 0, "query");
  return BestChart(fcinfo, Execute(query, ChartOptions()).rows, recommend::RowsAre::kAnswer,
                   Json::Of({{"sql", query}}));
}

LOUPE_FUNCTION(loupe_recommend_chart_relation) {
  RequireArgument(fcinfo, 0, "relation");
  const std::string relation = NameOf(PG_GETARG_OID(0));
  return BestChart(fcinfo, SampleOf(relation), recommend::RowsAre::kSample,
                   Json::Of({{"relation", relation}}));
}

LOUPE_FUNCTION(loupe_recommend_charts) {
  const std::string query = RequiredText(fcinfo, 0, "query");
  const std::optional<std::string> question = OptionalText(fcinfo, 1);
  const std::size_t limit = LimitArgument(fcinfo, 2);
  const RowSet rows = Execute(query, ChartOptions()).rows;
  recommend::Request request;
  if (question) request.question = *question;
  const recommend::Ranking ranking = recommend::RankCharts(rows, request, ServerContext());
  RowSink sink(fcinfo);
  for (std::size_t i = 0; i < std::min(limit, ranking.designs.size()); ++i) {
    const recommend::Recommendation& design = ranking.designs[i];
    sink.Add({Int32GetDatum(static_cast<int>(i) + 1), TextDatum(design.kind),
              ScoreValue(design.score), TextDatum(recommend::DecidingReason(design)),
              JsonbDatum(SpecOf(design, ranking, rows, Json::Of({{"sql", query}})))});
  }
  return NullResult(fcinfo);
}

}  // namespace loupe::pg

#include "core/semantic/compile.hpp"

#include <utility>

#include "core/semantic/date_range.hpp"
#include "core/semantic/emit.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/plan.hpp"
#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

template <class Member>
OutputColumn Describe(const Entity& entity, const Member& member) {
  OutputColumn column;
  column.member = entity.name + "." + member.name;
  column.key = column.member;
  column.type = KindOf(member);
  column.short_title = TitleOf(member.labels, member.name);
  column.title = TitleOf(entity.labels, entity.name) + " " + column.short_title;
  column.description = member.labels.description;
  return column;
}

std::vector<OutputColumn> DescribeColumns(const ResolvedQuery& query) {
  std::vector<OutputColumn> columns;
  for (const Group& group : query.groups) {
    OutputColumn column = Describe(*group.entity, *group.dimension);
    column.key = group.key;
    column.granularity = group.granularity;
    if (group.granularity) column.kind = MemberKind::kTimeDimension;
    columns.push_back(std::move(column));
  }
  for (std::size_t i = 0; i < query.selected_aggregates; ++i) {
    const Aggregate& aggregate = query.aggregates[i];
    OutputColumn column = Describe(*aggregate.entity, *aggregate.measure);
    column.kind = MemberKind::kMeasure;
    column.format = aggregate.measure->format;
    columns.push_back(std::move(column));
  }
  return columns;
}

// Relative ranges become the times they stand for; ends are included, to the millisecond. Demands
// a query that was resolved with the same `now`.
Query WithAbsoluteDates(Query query, const DateTime& now) {
  for (TimeDimension& time : query.time_dimensions) {
    if (time.date_range.empty()) continue;
    Json texts = Json::MakeArray();
    for (const std::string& text : time.date_range) texts.Append(text);
    const Result<DateRange> range = ParseDateRange(texts, now);
    if (!range.ok()) continue;
    time.date_range = {FormatDateTime(range.value().from),
                       FormatDateTime(FromMillis(ToMillis(range.value().to) - 1))};
  }
  return query;
}

Result<Plan> PlanQuery(const Query& query, const Model& model, const DateTime& now) {
  LOUPE_ASSIGN_OR_RETURN(ResolvedQuery resolved, Resolve(query, model, now));
  return MakePlan(std::move(resolved), model);
}

}  // namespace

Result<Compiled> CompileQuery(const Query& query, const Model& model, const DateTime& now) {
  LOUPE_ASSIGN_OR_RETURN(const Plan plan, PlanQuery(query, model, now));
  Compiled compiled;
  compiled.query = WithAbsoluteDates(query, now);
  compiled.select = Emit(plan);
  compiled.sql = sql::Print(compiled.select);
  compiled.columns = DescribeColumns(plan.query);
  if (plan.query.total) compiled.total = EmitTotal(plan);
  return compiled;
}

Result<Compiled> CompileQuery(const Json& query, const Model& model, const DateTime& now) {
  LOUPE_ASSIGN_OR_RETURN(const Query parsed, ParseQuery(query));
  return CompileQuery(parsed, model, now);
}

Result<std::string> ExplainPlan(const Query& query, const Model& model, const DateTime& now) {
  LOUPE_ASSIGN_OR_RETURN(const Plan plan, PlanQuery(query, model, now));
  return DebugString(plan);
}

}  // namespace loupe::semantic

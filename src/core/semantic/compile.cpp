#include "core/semantic/compile.hpp"

#include <algorithm>
#include <utility>

#include "core/semantic/date_range.hpp"
#include "core/semantic/emit.hpp"
#include "core/semantic/member_lookup.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/plan.hpp"
#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

constexpr const char* kRangeKey = "compareDateRange";
constexpr const char* kGroupingKey = "grouping";

template <class Member>
OutputColumn Describe(const Entity& entity, const Member& member, ValueKind kind) {
  OutputColumn column;
  column.member = entity.name + "." + member.name;
  column.key = column.member;
  column.type = kind;
  column.short_title = TitleOf(member.labels, member.name);
  column.title = TitleOf(entity.labels, entity.name) + " " + column.short_title;
  column.description = member.labels.description;
  column.format = member.format;
  return column;
}

std::vector<OutputColumn> DescribeColumns(const ResolvedQuery& query) {
  std::vector<OutputColumn> columns;
  for (const Group& group : query.groups) {
    OutputColumn column = Describe(*group.entity, *group.dimension, KindOf(*group.dimension));
    column.key = group.key;
    column.granularity = group.granularity;
    if (group.granularity) column.kind = MemberKind::kTimeDimension;
    columns.push_back(std::move(column));
  }
  for (std::size_t i = 0; i < query.selected_measures; ++i) {
    const MeasureColumn& measure = query.measures[i];
    OutputColumn column = Describe(*measure.entity, *measure.measure, measure.kind);
    column.kind = MemberKind::kMeasure;
    columns.push_back(std::move(column));
  }
  return columns;
}

OutputColumn SpecialColumn(const char* key, MemberKind kind, const char* title) {
  OutputColumn column;
  column.key = key;
  column.member = key;
  column.kind = kind;
  column.type = kind == MemberKind::kGrouping ? ValueKind::kNumber : ValueKind::kText;
  column.title = title;
  column.short_title = title;
  return column;
}

// Relative ranges become the times they stand for. Demands a query that was resolved with the same
// clock.
Query WithAbsoluteDates(Query query, const DateContext& context) {
  for (TimeDimension& time : query.time_dimensions) {
    if (!time.date_range.empty()) {
      time.date_range = RangeTexts(ParseDateRange(time.date_range, context).value());
    }
    for (std::vector<std::string>& texts : time.compare) {
      texts = RangeTexts(ParseDateRange(texts, context).value());
    }
  }
  return query;
}

// One of the queries that a query stands for.
struct Variant {
  Query query;
  std::string label;                // of its range
  std::int64_t grouping = 0;        // bits of the dimensions left out
  std::vector<std::string> absent;  // those dimensions
};

Result<std::vector<Variant>> RangeVariants(const Query& query, std::size_t compared,
                                           const DateContext& context) {
  std::vector<Variant> variants;
  const std::vector<std::vector<std::string>>& ranges = query.time_dimensions[compared].compare;
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    Variant variant;
    variant.query = query;
    TimeDimension& time = variant.query.time_dimensions[compared];
    time.compare.clear();
    time.date_range = ranges[i];
    const Result<DateRange> range = ParseDateRange(ranges[i], context);
    if (!range.ok()) {
      return Status(range.status())
          .At(JsonPointer(JsonPointer("/timeDimensions", compared) + "/compareDateRange", i));
    }
    const std::vector<std::string> texts = RangeTexts(range.value());
    variant.label = texts[0] + " - " + texts[1];
    variants.push_back(std::move(variant));
  }
  return variants;
}

// The query without one of its groups.
void RemoveGroup(const Group& group, Query* query) {
  auto& dimensions = query->dimensions;
  dimensions.erase(std::remove(dimensions.begin(), dimensions.end(), group.key), dimensions.end());
  for (TimeDimension& time : query->time_dimensions) {
    if (time.dimension + "." + time.granularity == group.key) time.granularity.clear();
  }
  if (!query->order) return;
  auto& order = *query->order;
  order.erase(std::remove_if(order.begin(), order.end(),
                             [&](const OrderBy& item) {
                               return item.member == group.key || item.member == group.Name();
                             }),
              order.end());
}

// A rollup: all groups, then without the last one rolled up, without the last two, … `rollup` names
// members or keys; empty means all groups.
Result<std::vector<Variant>> SubtotalVariants(const Query& query, const ResolvedQuery& resolved,
                                              const CompileOptions& options) {
  const std::vector<Group>& groups = resolved.groups;
  std::vector<std::size_t> rolled;
  for (std::size_t i = 0; i < query.rollup.size(); ++i) {
    const auto found = std::find_if(groups.begin(), groups.end(), [&](const Group& group) {
      return group.key == query.rollup[i] || group.Name() == query.rollup[i];
    });
    if (found == groups.end()) {
      return Status(Code::kSemanticInvalidQuery,
                    "subtotals name \"" + query.rollup[i] + "\", which the query does not group by")
          .At(JsonPointer("/subtotals", i));
    }
    rolled.push_back(static_cast<std::size_t>(found - groups.begin()));
  }
  for (std::size_t i = 0; query.rollup.empty() && i < groups.size(); ++i) rolled.push_back(i);
  constexpr std::size_t kMaxRolledUp = 32;  // bits of the grouping column
  if (groups.size() > kMaxRolledUp) {
    return Status(Code::kLimitExceeded, "subtotals are taken over more than " +
                                            std::to_string(kMaxRolledUp) + " dimensions")
        .At("/subtotals");
  }
  Variant variant;
  variant.query = query;
  variant.query.subtotals = false;
  std::vector<Variant> variants = {variant};
  for (auto group = rolled.rbegin(); group != rolled.rend(); ++group) {
    RemoveGroup(groups[*group], &variant.query);
    if (query.limit || options.default_limit) variant.query.limit = kMaxLimit;
    variant.query.offset.reset();
    variant.grouping |= std::int64_t{1} << (groups.size() - 1 - *group);
    variant.absent.push_back(groups[*group].Name());
    variants.push_back(variant);
  }
  return variants;
}

Result<Plan> PlanVariant(const Variant& variant, const Model& model, const JoinGraph& graph,
                         const CompileOptions& options) {
  LOUPE_ASSIGN_OR_RETURN(
      ResolvedQuery resolved,
      Resolve(variant.query, model, {options.now, variant.absent, options.default_limit}));
  return MakePlan(std::move(resolved), model, graph);
}

// The variants of a query and what tells their rows apart.
struct Variants {
  std::vector<Variant> variants;
  std::optional<OutputColumn> column;
};

Result<Variants> VariantsOf(const Query& query, const Model& model, const CompileOptions& options) {
  const auto compared =
      std::find_if(query.time_dimensions.begin(), query.time_dimensions.end(),
                   [](const TimeDimension& time) { return !time.compare.empty(); });
  Variants result;
  if (compared != query.time_dimensions.end()) {
    if (query.subtotals) {
      return Status(Code::kNotSupported, "a query has either subtotals or a compareDateRange")
          .At("/subtotals");
    }
    const auto index = static_cast<std::size_t>(compared - query.time_dimensions.begin());
    LOUPE_ASSIGN_OR_RETURN(result.variants,
                           RangeVariants(query, index, DateContextOf(model, options.now)));
    result.column = SpecialColumn(kRangeKey, MemberKind::kRange, "Compare Date Range");
  } else if (query.subtotals) {
    if (query.ungrouped) {
      return Status(Code::kNotSupported, "an ungrouped query has no subtotals").At("/subtotals");
    }
    if (query.measures.empty()) {
      return Status(Code::kSemanticInvalidQuery, "subtotals of no measure are asked for")
          .WithHint("Name a measure, or leave out \"subtotals\".")
          .At("/subtotals");
    }
    LOUPE_ASSIGN_OR_RETURN(const ResolvedQuery resolved, Resolve(query, model, {options.now, {}}));
    LOUPE_ASSIGN_OR_RETURN(result.variants, SubtotalVariants(query, resolved, options));
    result.column = SpecialColumn(kGroupingKey, MemberKind::kGrouping, "Grouping");
  } else {
    Variant only;
    only.query = query;
    result.variants.push_back(std::move(only));
  }
  return result;
}

// SELECT the columns of all variants by name, nulls for those a variant has not, what tells it
// apart, and its place.
sql::Select RowsOfVariant(const Plan& plan, const Variant& variant, std::size_t place,
                          const std::vector<OutputColumn>& columns, const std::string& schema) {
  sql::Select select;
  const std::vector<OutputColumn> own = DescribeColumns(plan.query);
  for (std::size_t i = 0; i + 1 < columns.size(); ++i) {
    const auto found = std::find_if(own.begin(), own.end(), [&](const OutputColumn& column) {
      return column.key == columns[i].key;
    });
    const auto index = static_cast<std::size_t>(found - own.begin());
    select.items.push_back(
        {found == own.end() ? sql::Null() : sql::Column("rows", OutputName(found->key, index)),
         "c" + std::to_string(i + 1)});
  }
  select.items.push_back({columns.back().kind == MemberKind::kGrouping
                              ? sql::Integer(variant.grouping)
                              : sql::String(variant.label),
                          "c" + std::to_string(columns.size())});
  select.items.push_back({sql::Integer(static_cast<std::int64_t>(place)), "place"});
  sql::Select rows = Emit(plan, schema);
  if (!rows.limit && !rows.offset) rows.order_by.clear();
  select.from.push_back(sql::SubqueryRef(std::move(rows), "rows"));
  return select;
}

// The rows of all variants, each with its own order and limit, in the order of the variants.
sql::Select EmitVariants(const std::vector<Plan>& plans, const std::vector<Variant>& variants,
                         const std::vector<OutputColumn>& columns, const std::string& schema) {
  sql::Select all = RowsOfVariant(plans[0], variants[0], 0, columns, schema);
  for (std::size_t i = 1; i < plans.size(); ++i) {
    all.union_all.push_back(RowsOfVariant(plans[i], variants[i], i, columns, schema));
  }
  sql::Select select;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    select.items.push_back(
        {sql::Column("variants", "c" + std::to_string(i + 1)), OutputName(columns[i].key, i)});
  }
  select.from.push_back(sql::SubqueryRef(std::move(all), "variants"));
  select.order_by.push_back({sql::Column("variants", "place")});
  for (const SortKey& key : plans[0].query.order) {
    select.order_by.push_back(
        {sql::Column("variants", "c" + std::to_string(key.column + 1)), key.direction, key.nulls});
  }
  return select;
}

sql::Select CountVariants(const std::vector<Plan>& plans, const std::string& schema) {
  if (plans.size() == 1) return EmitTotal(plans[0], schema);
  sql::Select sum;
  for (const Plan& plan : plans) {
    sql::Expr count = sql::Scalar(EmitTotal(plan, schema));
    if (sum.items.empty()) {
      sum.items.push_back({std::move(count), "total"});
    } else {
      sum.items[0].expr = sql::Binary("+", std::move(sum.items[0].expr), std::move(count));
    }
  }
  return sum;
}

std::vector<const Entity*> EntitiesOfPlans(const std::vector<Plan>& plans) {
  std::vector<const Entity*> entities;
  const auto add = [&](const Entity* entity) {
    if (std::find(entities.begin(), entities.end(), entity) == entities.end()) {
      entities.push_back(entity);
    }
  };
  for (const Plan& plan : plans) {
    for (const Part& part : plan.parts) {
      add(part.root);
      for (const JoinStep& step : part.joins) add(step.to);
      for (const Branch& branch : part.branches) {
        for (const Entity* entity : EntitiesOf(branch)) add(entity);
      }
    }
  }
  return entities;
}

std::vector<Json> DescribeSegments(const Query& query, const Model& model) {
  std::vector<Json> segments;
  for (const std::string& name : query.segments) {
    const FoundMember found = FindAnyMember(model, name);
    const std::string title = TitleOf(found.segment->labels, found.segment->name);
    segments.push_back(
        Json::Of({{"name", name},
                  {"title", TitleOf(found.entity->labels, found.entity->name) + " " + title},
                  {"shortTitle", title}}));
  }
  return segments;
}

}  // namespace

Result<Compiled> CompileQuery(const Query& query, const Model& model,
                              const CompileOptions& options) {
  LOUPE_ASSIGN_OR_RETURN(const Variants all, VariantsOf(query, model, options));
  const JoinGraph graph(model);
  std::vector<Plan> plans;
  for (const Variant& variant : all.variants) {
    LOUPE_ASSIGN_OR_RETURN(Plan plan, PlanVariant(variant, model, graph, options));
    plans.push_back(std::move(plan));
  }
  const std::string& schema = options.functions_schema;
  Compiled compiled;
  compiled.query = WithAbsoluteDates(query, DateContextOf(model, options.now));
  compiled.query.timezone = plans[0].query.timezone;
  compiled.columns = DescribeColumns(plans[0].query);
  if (all.column) {
    compiled.columns.push_back(*all.column);
    compiled.select = EmitVariants(plans, all.variants, compiled.columns, schema);
  } else {
    compiled.select = Emit(plans[0], schema);
  }
  compiled.sql = sql::Print(compiled.select);
  compiled.segments = DescribeSegments(query, model);
  compiled.entities = EntitiesOfPlans(plans);
  if (query.total) compiled.total = CountVariants(plans, schema);
  return compiled;
}

Result<Compiled> CompileQuery(const Json& query, const Model& model,
                              const CompileOptions& options) {
  LOUPE_ASSIGN_OR_RETURN(const Query parsed, ParseQuery(query));
  return CompileQuery(parsed, model, options);
}

Result<std::string> ExplainPlan(const Query& query, const Model& model,
                                const CompileOptions& options) {
  LOUPE_ASSIGN_OR_RETURN(const Variants all, VariantsOf(query, model, options));
  const JoinGraph graph(model);
  std::string text;
  for (const Variant& variant : all.variants) {
    LOUPE_ASSIGN_OR_RETURN(const Plan plan, PlanVariant(variant, model, graph, options));
    text += DebugString(plan);
  }
  return text;
}

}  // namespace loupe::semantic

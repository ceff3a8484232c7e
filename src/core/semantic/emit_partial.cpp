#include "core/semantic/emit_partial.hpp"

#include <utility>

namespace loupe::semantic {
namespace {

std::string CountAlias(std::size_t aggregate) { return "n" + std::to_string(aggregate + 1); }

Aggregation AggregationOf(const EmitContext& context, std::size_t index) {
  return context.query.aggregates[index].measure->aggregation;
}

}  // namespace

std::string PartialAlias(std::size_t aggregate) { return "a" + std::to_string(aggregate + 1); }

std::vector<std::string> PartialAliases(const EmitContext& context, std::size_t aggregate) {
  std::vector<std::string> aliases = {PartialAlias(aggregate)};
  if (AggregationOf(context, aggregate) == Aggregation::kAvg) {
    aliases.push_back(CountAlias(aggregate));
  }
  return aliases;
}

void AddPartial(std::size_t index, const Scope& scope, const EmitContext& context,
                sql::Select* select) {
  const Aggregate& aggregate = context.query.aggregates[index];
  sql::Expr value = AggregateExpr(aggregate, scope, context).expr;
  if (aggregate.measure->aggregation != Aggregation::kAvg) {
    select->items.push_back({std::move(value), PartialAlias(index)});
    return;
  }
  sql::Expr count = value;
  value.name = {"sum"};
  count.name = {"count"};
  select->items.push_back({std::move(value), PartialAlias(index)});
  select->items.push_back({std::move(count), CountAlias(index)});
}

sql::Expr MergedPartial(
    std::size_t index, const EmitContext& context,
    const std::function<sql::Expr(const char* function, const std::string& alias)>& call) {
  const std::string alias = PartialAlias(index);
  switch (AggregationOf(context, index)) {
    case Aggregation::kMin:
      return call("min", alias);
    case Aggregation::kMax:
      return call("max", alias);
    case Aggregation::kCount:
      return sql::Cast(call("sum", alias), "bigint");
    case Aggregation::kAvg:
      return sql::Binary("/", call("sum", alias),
                         sql::Call("nullif", {call("sum", CountAlias(index)), sql::Integer(0)}));
    default:
      return call("sum", alias);
  }
}

}  // namespace loupe::semantic

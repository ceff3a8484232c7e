#include "core/semantic/resolve_measure.hpp"

#include <algorithm>
#include <utility>

#include "core/semantic/member_lookup.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/resolve_filter.hpp"
#include "core/semantic/sql_types.hpp"

namespace loupe::semantic {
namespace {

constexpr std::size_t kMaxAggregates = 2'000;  // of one query, however its measures multiply
constexpr int kMaxMeasureDepth = 200;          // measures made of measures

// Where a measure is seen from: shifted in time, at a coarser level.
struct View {
  std::optional<Shift> shift;
  std::optional<std::vector<std::size_t>> level;
};

class MeasureResolver {
 public:
  MeasureResolver(const Model& model, const ResolveOptions& options, ResolvedQuery* resolved)
      : model_(model), options_(options), resolved_(*resolved) {}

  Status Resolve(MeasureColumn* column) {
    pointer_ = column->pointer;
    LOUPE_RETURN_IF_ERROR(CheckFill(*column));
    Result<Value> value = ValueOf(*column->entity, *column->measure, {}, 0);
    if (!value.ok()) return value.status();
    column->value = std::move(value).value();
    return Status::Ok();
  }

 private:
  Status Invalid(std::string message) const {
    return Status(Code::kSemanticInvalidQuery, std::move(message)).At(pointer_);
  }

  Status CheckFill(const MeasureColumn& column) const {
    if (!column.measure->fill_nulls || column.kind == ValueKind::kNumber) return Status::Ok();
    return Status(Code::kSemanticTypeMismatch, "measure " + Shown(column.key) + " is a " +
                                                   ValueKindName(column.kind) +
                                                   ", of which \"fill_nulls\" cannot fill nulls")
        .At(pointer_);
  }

  Result<Value> ValueOf(const Entity& entity, const Measure& measure, const View& view, int depth) {
    if (depth > kMaxMeasureDepth) return Invalid("measures are made of one another too deep");
    if (measure.is_masked) return MaskedValue(measure);
    Result<Value> value = Unfilled(entity, measure, view, depth);
    // A shifted measure is the value of another, which may have been filled already.
    if (value.ok() && !value.value().fill_nulls) value.value().fill_nulls = measure.fill_nulls;
    return value;
  }

  static Value MaskedValue(const Measure& measure) {
    Value value;
    if (measure.kind != MeasureKind::kAggregate) return value;
    value.type = ResultType(measure.aggregation, ClassifyType(measure.data_type));
    return value;
  }

  Result<Value> Unfilled(const Entity& entity, const Measure& measure, const View& view,
                         int depth) {
    switch (measure.kind) {
      case MeasureKind::kAggregate:
        return AggregateValue(entity, measure, view);
      case MeasureKind::kCalculated:
        return FormulaValue(entity, measure, view, depth);
      case MeasureKind::kTimeShift:
        return ShiftedValue(measure, view, depth);
      case MeasureKind::kPercentOfTotal:
        return ShareValue(measure, view, depth);
      case MeasureKind::kRank:
        break;
    }
    LOUPE_ASSIGN_OR_RETURN(Value base, BaseValue(measure, view, depth));
    if (HasRank(base)) return Invalid("a rank of ranks is asked for");
    Value rank;
    rank.kind = Value::Kind::kRank;
    rank.within = GroupsOf(measure.within);
    rank.args.push_back(std::move(base));
    return rank;
  }

  Result<Value> BaseValue(const Measure& measure, const View& view, int depth) {
    const FoundMember base = FindAnyMember(model_, measure.measure);
    return ValueOf(*base.entity, *base.measure, view, depth + 1);
  }

  // The same aggregate twice is one.
  Result<Value> AggregateValue(const Entity& entity, const Measure& measure, const View& view) {
    Value value;
    value.kind = Value::Kind::kAggregate;
    for (std::size_t i = 0; i < resolved_.aggregates.size(); ++i) {
      const Aggregate& known = resolved_.aggregates[i];
      if (known.measure != &measure || !(known.shift == view.shift) || known.level != view.level) {
        continue;
      }
      value.index = i;
      return value;
    }
    LOUPE_RETURN_IF_ERROR(CheckAggregation(entity, measure));
    if (resolved_.aggregates.size() >= kMaxAggregates) {
      return Status(Code::kLimitExceeded,
                    "query needs more than " + std::to_string(kMaxAggregates) + " aggregates");
    }
    Aggregate aggregate = {&entity, &measure, view.shift, view.level, {}};
    LOUPE_RETURN_IF_ERROR(ResolveFilters(entity, measure, &aggregate));
    value.index = resolved_.aggregates.size();
    resolved_.aggregates.push_back(std::move(aggregate));
    return value;
  }

  // sum and avg need numbers, where the type is known.
  Status CheckAggregation(const Entity& entity, const Measure& measure) const {
    if (Fits(measure.aggregation, ClassifyType(measure.data_type))) return Status::Ok();
    return Status(Code::kSemanticTypeMismatch,
                  "measure " + Shown(entity.name + "." + measure.name) + " takes the " +
                      AggregationName(measure.aggregation) + " of type " + measure.data_type)
        .WithHint("Its values can be counted: use \"count\" or \"count_distinct\".")
        .At(pointer_);
  }

  Status ResolveFilters(const Entity& entity, const Measure& measure, Aggregate* aggregate) {
    const DateContext now = DateContextOf(model_, options_.now);
    for (const Json& filter : measure.filters) {
      Result<Condition> condition = ResolveModelFilter(filter, entity, model_, now);
      if (!condition.ok()) return condition.status().At(pointer_);
      aggregate->filters.push_back(std::move(condition).value());
    }
    return Status::Ok();
  }

  Result<Value> FormulaValue(const Entity& entity, const Measure& measure, const View& view,
                             int depth) {
    Value value;
    value.kind = Value::Kind::kFormula;
    value.formula = &*measure.formula;
    for (const std::string& name : ReferencesOf(*measure.formula)) {
      const FoundMember found = FindReference(model_, entity, name);
      if (found.dimension != nullptr) {
        LOUPE_ASSIGN_OR_RETURN(Value group, GroupValue(found.Name()));
        value.args.push_back(std::move(group));
        continue;
      }
      LOUPE_ASSIGN_OR_RETURN(Value member, ValueOf(*found.entity, *found.measure, view, depth + 1));
      value.args.push_back(std::move(member));
    }
    return value;
  }

  // The share of a group: its value over the value at the level of `within`.
  Result<Value> ShareValue(const Measure& measure, const View& view, int depth) {
    View total = view;
    total.level = GroupsOf(measure.within);
    Value share;
    share.kind = Value::Kind::kShare;
    LOUPE_ASSIGN_OR_RETURN(Value part, BaseValue(measure, view, depth));
    LOUPE_ASSIGN_OR_RETURN(Value whole, BaseValue(measure, total, depth));
    share.args.push_back(std::move(part));
    share.args.push_back(std::move(whole));
    return share;
  }

  Result<Value> ShiftedValue(const Measure& measure, const View& view, int depth) {
    LOUPE_ASSIGN_OR_RETURN(const Shift shift, ShiftOf(measure, view.shift));
    View shifted = view;
    shifted.shift = shift;
    if (shift.back.IsZero()) shifted.shift.reset();
    if (resolved_.FindRange(shift.dimension) == nullptr) {
      // Without a range, what is there now says which groups there are.
      LOUPE_ASSIGN_OR_RETURN(const Value anchor, BaseValue(measure, {{}, view.level}, depth));
      (void)anchor;
    }
    return BaseValue(measure, shifted, depth);
  }

  // Shifts add up when they are of one dimension.
  Result<Shift> ShiftOf(const Measure& measure, const std::optional<Shift>& outer) const {
    const TimeShift& wanted = *measure.shift;
    const Dimension* dimension = ShiftedDimension(wanted);
    if (dimension == nullptr) {
      const std::string name =
          wanted.time_dimension.empty() ? "a time dimension" : Shown(wanted.time_dimension);
      return Status(Code::kSemanticInvalidQuery, "measure " + Shown(measure.name) + " needs " +
                                                     name + " among the query's timeDimensions")
          .WithHint("Give the time dimension a \"granularity\" or a \"dateRange\".")
          .At(pointer_);
    }
    LOUPE_ASSIGN_OR_RETURN(const Interval own, BackOf(wanted, dimension));
    if (!outer) return Shift{dimension, own};
    if (outer->dimension != dimension) return Invalid("shifts of two time dimensions meet");
    return Shift{dimension, Sum(outer->back, own)};
  }

  [[nodiscard]] const Dimension* ShiftedDimension(const TimeShift& shift) const {
    const auto fits = [&](const Entity* entity, const Dimension* dimension) {
      return shift.time_dimension.empty() ||
             entity->name + "." + dimension->name == shift.time_dimension;
    };
    for (const Group& group : resolved_.groups) {
      if (group.granularity && fits(group.entity, group.dimension)) return group.dimension;
    }
    for (const TimeRange& range : resolved_.ranges) {
      if (fits(range.entity, range.dimension)) return range.dimension;
    }
    return nullptr;
  }

  // The previous period: one period of the granularity, or the length of the range in whole days.
  Result<Interval> BackOf(const TimeShift& shift, const Dimension* dimension) const {
    if (!shift.previous_period) return shift.interval;
    for (const Group& group : resolved_.groups) {
      if (group.granularity && group.dimension == dimension) return StepOf(*group.granularity);
    }
    const TimeRange* range = resolved_.FindRange(dimension);
    if (range == nullptr) return Invalid("the previous period of no period is asked for");
    constexpr std::int64_t kDay = 86'400'000;
    const std::int64_t millis = ToMillis(range->range.to) - ToMillis(range->range.from);
    return Interval{0, millis / kDay, millis % kDay};
  }

  // A dimension in a formula over measures: one value a group, so the query has to group by it.
  Result<Value> GroupValue(const std::string& name) const {
    Value value;
    const std::vector<std::string>& absent = options_.absent;
    if (std::find(absent.begin(), absent.end(), name) != absent.end()) {
      value.type = TypeOf(*FindAnyMember(model_, name).dimension);
      return value;
    }
    for (std::size_t i = 0; i < resolved_.groups.size(); ++i) {
      const Group& group = resolved_.groups[i];
      if (group.Name() != name || group.granularity) continue;
      value.kind = Value::Kind::kGroup;
      value.index = i;
      return value;
    }
    return Status(Code::kSemanticInvalidQuery,
                  "measure needs " + Shown(name) + " among the query's dimensions")
        .WithDetail("Its formula names the dimension outside of an aggregation.")
        .At(pointer_);
  }

  // The groups of the query that `names` name; what the query does not group by is left out.
  [[nodiscard]] std::vector<std::size_t> GroupsOf(const std::vector<std::string>& names) const {
    std::vector<std::size_t> groups;
    for (std::size_t i = 0; i < resolved_.groups.size(); ++i) {
      const std::string name = resolved_.groups[i].Name();
      if (std::find(names.begin(), names.end(), name) != names.end()) groups.push_back(i);
    }
    return groups;
  }

  const Model& model_;
  const ResolveOptions& options_;
  ResolvedQuery& resolved_;
  std::string pointer_;
};

}  // namespace

bool HasRank(const Value& value) {
  return value.kind == Value::Kind::kRank ||
         std::any_of(value.args.begin(), value.args.end(), HasRank);
}

Status ResolveMeasures(const Model& model, const ResolveOptions& options, ResolvedQuery* resolved) {
  MeasureResolver resolver(model, options, resolved);
  for (MeasureColumn& column : resolved->measures) {
    LOUPE_RETURN_IF_ERROR(resolver.Resolve(&column));
  }
  return Status::Ok();
}

}  // namespace loupe::semantic

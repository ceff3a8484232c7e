#include "core/semantic/explain.hpp"

#include <optional>
#include <set>
#include <utility>

#include "core/base/nearest.hpp"
#include "core/semantic/formula.hpp"
#include "core/semantic/interval.hpp"
#include "core/semantic/member_lookup.hpp"
#include "core/semantic/names.hpp"
#include "core/semantic/resolve.hpp"
#include "core/sql/printer.hpp"

namespace loupe::semantic {
namespace {

constexpr int kMaxDepth = 400;  // measures below measures go no deeper than half of this

std::string Joined(const std::vector<std::string>& texts, const char* between) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : between) + text;
  return joined;
}

std::string ConditionText(const Json& filter) {
  return filter.IsString() ? filter.AsString() : filter.Dump();
}

// "(a AND b) OR (c)": the filters of each rule, any of the rules.
std::string RowFilterText(const std::vector<std::vector<Json>>& rules) {
  std::vector<std::string> alternatives;
  for (const std::vector<Json>& rule : rules) {
    std::vector<std::string> conditions;
    for (const Json& condition : rule) conditions.push_back(ConditionText(condition));
    const std::string text = conditions.empty() ? "true" : Joined(conditions, " AND ");
    alternatives.push_back(rules.size() > 1 ? "(" + text + ")" : text);
  }
  return Joined(alternatives, " OR ");
}

std::string SourceText(const RowSource& source) {
  if (source.formula) return FormulaText(*source.formula);
  return source.column.empty() ? source.sql : source.column;
}

std::string WithinText(const Measure& measure) {
  return measure.within.empty() ? "" : " within " + Joined(measure.within, ", ");
}

std::string ShiftText(const Measure& measure) {
  const TimeShift& shift = *measure.shift;
  std::string text = measure.measure + ", ";
  const Interval& back = shift.interval;
  const bool is_later = back.months < 0 || (back.months == 0 && back.days < 0) ||
                        (back.months == 0 && back.days == 0 && back.millis < 0);
  if (shift.previous_period) {
    text += "one period earlier";
  } else {
    text += is_later ? IntervalText(Negated(back)) + " later" : IntervalText(back) + " earlier";
  }
  return shift.time_dimension.empty() ? text : text + " by " + shift.time_dimension;
}

std::string ExpressionText(const Measure& measure) {
  switch (measure.kind) {
    case MeasureKind::kAggregate:
      return measure.empty() ? "*" : SourceText(measure);
    case MeasureKind::kCalculated:
      return SourceText(measure);
    case MeasureKind::kTimeShift:
      return ShiftText(measure);
    case MeasureKind::kPercentOfTotal:
      return measure.measure + " as a share of its total" + WithinText(measure);
    case MeasureKind::kRank:
      return "place by " + measure.measure + WithinText(measure);
  }
  return "";
}

std::string ReachText(const char* word, const std::optional<Interval>& reach) {
  return std::string(word) + " " + (reach ? IntervalText(*reach) : "unbounded");
}

std::string RollingText(const RollingWindow& window) {
  if (!window.to_date.empty()) return "from the start of the " + window.to_date;
  const auto reaches = [](const std::optional<Interval>& reach) {
    return !reach || !reach->IsZero();
  };
  std::vector<std::string> parts;
  if (reaches(window.trailing)) parts.push_back(ReachText("trailing", window.trailing));
  if (reaches(window.leading)) parts.push_back(ReachText("leading", window.leading));
  if (window.anchor == RollingWindow::Anchor::kStart) parts.emplace_back("from the period's start");
  return Joined(parts, ", ");
}

std::string SemiAdditiveText(const SemiAdditive& semi) {
  const bool is_first = semi.pick == SemiAdditive::Pick::kFirst;
  const std::string text = (is_first ? "first by " : "last by ") + semi.time_dimension;
  return semi.partition_by.empty() ? text : text + " of each " + Joined(semi.partition_by, ", ");
}

std::string TableText(const Entity& entity) {
  return entity.sql.empty() ? sql::QuoteQualified(entity.schema, entity.table) : entity.sql;
}

// Walks down from a measure and collects the rows.
class Explanation {
 public:
  explicit Explanation(const Model& model) : model_(model) {}

  void Add(const Entity& entity, const Measure& measure, int depth) {
    const std::string name = entity.name + "." + measure.name;
    const char* kind = ValueKindName(KindOf(model_, entity, measure));
    rows_.push_back({depth, name, MeasureTypeName(measure),
                     measure.data_type.empty() ? kind : measure.data_type, ExpressionText(measure),
                     measure.labels.description});
    if (depth >= kMaxDepth || !explained_.insert(name).second) return;
    AddRules(measure, depth + 1);
    if (!measure.measure.empty()) AddReference(entity, measure.measure, depth + 1);
    if (measure.formula) AddReferences(entity, *measure.formula, depth + 1);
    if (measure.kind == MeasureKind::kAggregate) AddEntity(entity, depth + 1);
  }

  [[nodiscard]] std::vector<ExplainRow> Take() && { return std::move(rows_); }

 private:
  void AddPart(int depth, const char* kind, std::string expression) {
    rows_.push_back({depth, "", kind, "", std::move(expression), ""});
  }

  void AddRules(const Measure& measure, int depth) {
    for (const Json& filter : measure.filters) AddPart(depth, "filter", ConditionText(filter));
    if (measure.rolling) AddPart(depth, "rolling_window", RollingText(*measure.rolling));
    if (measure.semi_additive) {
      AddPart(depth, "semi_additive", SemiAdditiveText(*measure.semi_additive));
    }
    if (measure.fill_nulls) AddPart(depth, "fill_nulls", Json(*measure.fill_nulls).Dump());
    if (measure.is_masked) AddPart(depth, "masked", "null");
  }

  void AddReferences(const Entity& entity, const Formula& formula, int depth) {
    for (const std::string& name : ReferencesOf(formula)) AddReference(entity, name, depth);
  }

  void AddReference(const Entity& home, const std::string& name, int depth) {
    const FoundMember found = FindReference(model_, home, name);
    if (found.measure != nullptr) Add(*found.entity, *found.measure, depth);
    if (found.dimension != nullptr) AddDimension(*found.entity, *found.dimension, depth);
  }

  void AddDimension(const Entity& entity, const Dimension& dimension, int depth) {
    const std::string name = entity.name + "." + dimension.name;
    rows_.push_back(
        {depth, name, "dimension",
         dimension.data_type.empty() ? DimensionTypeName(dimension.type) : dimension.data_type,
         SourceText(dimension), dimension.labels.description});
    if (depth >= kMaxDepth || !explained_.insert(name).second) return;
    if (dimension.is_masked) AddPart(depth + 1, "masked", "null");
    if (dimension.formula) AddReferences(entity, *dimension.formula, depth + 1);
  }

  void AddEntity(const Entity& entity, int depth) {
    rows_.push_back(
        {depth, entity.name, "entity", "", TableText(entity), entity.labels.description});
    if (entity.row_filters.empty() || !explained_.insert(entity.name).second) return;
    AddPart(depth + 1, "row_filter", RowFilterText(entity.row_filters));
  }

  const Model& model_;
  std::vector<ExplainRow> rows_;
  std::set<std::string> explained_;  // "entity.member" and "entity"
};

std::vector<std::string> MeasureNames(const Model& model) {
  std::vector<std::string> names;
  for (const Entity& entity : model.entities) {
    for (const Measure& measure : entity.measures) {
      if (entity.is_public && measure.is_public) names.push_back(entity.name + "." + measure.name);
    }
  }
  return names;
}

}  // namespace

Result<std::vector<ExplainRow>> ExplainMeasure(const Model& model, std::string_view name) {
  const Result<FoundMember> found = FindMember(model, name, "");
  if (!found.ok() || found.value().measure == nullptr) {
    return Status(Code::kSemanticUnknownMember, Shown(name) + " is not a measure of the model")
        .WithHint(NearestNameHint(name, MeasureNames(model)));
  }
  Explanation explanation(model);
  explanation.Add(*found.value().entity, *found.value().measure, 0);
  return std::move(explanation).Take();
}

}  // namespace loupe::semantic

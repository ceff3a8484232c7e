// Parts of wholes: stacks, slices and what they sum up to.
#include <cmath>

#include "core/recommend/encoding_parts.hpp"
#include "core/recommend/kind.hpp"

namespace loupe::recommend {
namespace {

constexpr std::size_t kMaxSlices = 6;  // angles that a reader tells apart
constexpr std::size_t kMaxParetoBars = 30;
constexpr double kSumTolerance = 0.02;  // of shares that were rounded

struct Stack {
  const ColumnRole* category = nullptr;
  const ColumnRole* series = nullptr;
};

// Two categories that only together tell the rows apart, of a measure that adds up.
std::optional<Stack> StackOf(const Frame& frame) {
  if (frame.categories.size() < 2 || frame.measures.empty()) return std::nullopt;
  if (!AddsUp(frame.measures[0])) return std::nullopt;
  const ColumnRole& category = frame.categories[0];
  const ColumnRole* series = frame.CategoryOf(1, 2, kMaxSeries);
  if (series == nullptr || category.distinct > kMaxCategories) return std::nullopt;
  if (frame.AreKeys({&category}) || !frame.AreKeys({&category, series})) return std::nullopt;
  return Stack{&category, series};
}

// Whether the values of all rows are the shares of one whole: they sum to 1 or 100.
bool SumsToWhole(const ColumnRole& measure) {
  return std::abs(measure.sum - 1) <= kSumTolerance ||
         std::abs(measure.sum - 100) <= 100 * kSumTolerance;
}

}  // namespace

MaybeDesign StackedBar(const Frame& frame) {
  const std::optional<Stack> stack = StackOf(frame);
  if (!stack) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design bars(frame, "stacked-bar");
  bars.Because(Rule::kStackedParts, 50,
               frame.Quoted(measure) + " adds up over " + frame.Quoted(*stack->series) +
                   ": the length of each bar is the total of its " +
                   frame.Quoted(*stack->category) + ".");
  const std::string_view length = PutBase(*stack->category, &bars);
  bars.Set("mark", "bar");
  bars.Put(length, measure);
  bars.Put("color", *stack->series);
  bars.Because(Rule::kHueForNames, 20,
               "Colour tells apart the values of " + frame.Quoted(*stack->series) + ".");
  bars.Because(Rule::kCommonBaseline, -8, "Only the first part of each bar has the baseline.");
  return bars;
}

MaybeDesign NormalizedBar(const Frame& frame) {
  const std::optional<Stack> stack = StackOf(frame);
  if (!stack) return std::nullopt;
  const ColumnRole& measure = frame.measures[0];
  Design bars(frame, "normalized-bar");
  bars.Because(Rule::kStackedParts, 45,
               "The parts of " + frame.Quoted(measure) + " fill a bar of one length for each " +
                   frame.Quoted(*stack->category) + ": shares are compared.");
  const bool upright = IsUpright(*stack->category);
  bars.Set("mark", "bar");
  bars.Put(upright ? "x" : "y", *stack->category);
  Json& length = bars.Put(upright ? "y" : "x", measure);
  length.Set("stack", "normalize");
  length.Set("axis", Json::Of({{"format", "%"}}));
  bars.Put("color", *stack->series);
  bars.Because(Rule::kHueForNames, 20,
               "Colour tells apart the values of " + frame.Quoted(*stack->series) + ".");
  bars.Because(Rule::kExpressAll, -10, "The totals are not shown.");
  if (frame.Wants(Task::kShare)) {
    bars.Because(Rule::kPartsOfWhole, 20, "The question asks for shares of each whole.");
  }
  return bars;
}

MaybeDesign Pie(const Frame& frame) {
  if (frame.categories.empty() || frame.measures.empty()) return std::nullopt;
  const ColumnRole& category = frame.categories[0];
  const ColumnRole& measure = frame.measures[0];
  if (category.role != Role::kCategory || category.distinct > kMaxSlices) return std::nullopt;
  if (measure.least <= 0 || measure.nulls > 0 || !AddsUp(measure)) return std::nullopt;
  if (frame.size() < 2 || !frame.AreKeys({&category})) return std::nullopt;
  Design pie(frame, "pie");
  pie.Set("mark", "arc");
  const Json field = *pie.Put("theta", measure).Find("field");
  pie.Put("color", category)
      .Set("sort", Json::Of({{"field", field}, {"op", "sum"}, {"order", "descending"}}));
  pie.Because(Rule::kPartsOfWhole, 55,
              std::to_string(category.distinct) + " positive parts of " + frame.Quoted(measure) +
                  " are pieces of a whole.");
  pie.Because(Rule::kAngleIsWeak, -20, "Bars compare the parts more accurately than angles.");
  if (frame.Wants(Task::kShare)) {
    pie.Because(Rule::kPartsOfWhole, 20, "The question asks for shares of the whole.");
  }
  if (SumsToWhole(measure)) {
    pie.Because(Rule::kPartsOfWhole, 15, "The parts sum to a whole.");
  }
  return pie;
}

MaybeDesign Pareto(const Frame& frame) {
  const ColumnRole* running = frame.MeasureWith(Hint::kRunning);
  if (running == nullptr || frame.categories.empty() || frame.measures.size() < 2) {
    return std::nullopt;
  }
  const ColumnRole& category = frame.categories[0];
  const ColumnRole& part =
      frame.measures[0].index == running->index ? frame.measures[1] : frame.measures[0];
  if (category.role != Role::kCategory || category.distinct > kMaxParetoBars || part.least < 0) {
    return std::nullopt;
  }
  if (!frame.AreKeys({&category})) return std::nullopt;
  Design pareto(frame, "pareto");
  Json x = FieldOf(frame, category, "nominal");
  const Json part_field = FieldOf(frame, part, "quantitative");
  x.Set("sort",
        Json::Of({{"field", *part_field.Find("field")}, {"op", "sum"}, {"order", "descending"}}));
  pareto.Show("x", category);
  pareto.Show("y", part);
  pareto.Show("y", *running);
  pareto.Set(
      "layer",
      Json::FromArray(
          {Json::Of({{"mark", "bar"}, {"encoding", Json::Of({{"y", part_field}})}}),
           Json::Of({{"mark", Json::Of({{"type", "line"}, {"point", true}, {"color", "#e45756"}})},
                     {"encoding", Json::Of({{"y", FieldOf(frame, *running, "quantitative")}})}})}));
  pareto.Set("resolve", Json::Of({{"scale", Json::Of({{"y", "independent"}})}}));
  pareto.PutDefinition("x", std::move(x));
  pareto.Because(Rule::kPosition, 60,
                 "Bars from the largest on compare " + frame.Quoted(part) + " of each " +
                     frame.Quoted(category) + ".");
  pareto.Because(Rule::kConnection, 28,
                 "The line of " + frame.Quoted(*running) + " shows how few of them make up most.");
  return pareto;
}

}  // namespace loupe::recommend

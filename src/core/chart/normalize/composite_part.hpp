// Composite parts: what the composite marks have in common, which axis is measured, and layers for
// the parts of a mark.
//
// Tested by test/unit/chart_composite_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_COMPOSITE_PART_HPP
#define LOUPE_CORE_CHART_NORMALIZE_COMPOSITE_PART_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/chart/compile.hpp"

namespace loupe::chart {

// A unit with a composite mark, before its axis is known. Refers to the config.
struct CompositeUnit {
  std::string name;  // "boxplot"
  std::string pointer;
  Json mark;            // as an object
  Json encoding;        // in its normal form
  Json outer;           // the members that the result keeps
  const Json* config;   // the merged one
  const Json* section;  // of this mark in it
};

// Errors: kChartInvalidSpec where there is no encoding object.
[[nodiscard]] Result<CompositeUnit> ReadComposite(const Json& unit, const Json& config,
                                                  const std::string& pointer);

// The axis along which the mark measures.
struct MeasuredAxis {
  std::string channel;  // "x" or "y"
  Json def;             // without an aggregate
  std::string field;    // as written
  std::string column;   // its steps with dots between: what computed columns are named after

  [[nodiscard]] bool IsVertical() const { return channel == "y"; }
  [[nodiscard]] const char* Orient() const { return IsVertical() ? "vertical" : "horizontal"; }
  [[nodiscard]] const char* Across() const { return IsVertical() ? "horizontal" : "vertical"; }
  [[nodiscard]] Json Title() const;  // its own, or the field
};

// By the mark's orientation, else by which of x and y is continuous.
[[nodiscard]] Result<MeasuredAxis> InferAxis(const CompositeUnit& unit,
                                             std::vector<Warning>* warnings);
// The axis of that channel, which must have a field.
[[nodiscard]] Result<MeasuredAxis> AxisOf(const CompositeUnit& unit, const std::string& channel,
                                          std::vector<Warning>* warnings);
// Tells whether the channel is measured: a number, time or unbinned quantity. Error:
// kChartInvalidSpec where its type is none.
[[nodiscard]] Result<bool> IsContinuous(const CompositeUnit& unit, const char* channel);

// A layer for one part of the mark.
struct Part {
  std::string name;  // "box"
  Json mark;
  std::string start;  // prefix of the column at its position: "lower_box_"
  std::string end;    // of the column at its other end, or empty
  Json shared;        // encoding of the other channels
  Json extra;         // encoding over these
};

// The part with what the mark's own object of that name and the config's say. Nothing where it is
// switched off.
[[nodiscard]] std::optional<Json> PartLayer(const CompositeUnit& unit, const MeasuredAxis& axis,
                                            const Part& part);
// Appends the layer, if there is one.
void AppendPart(const CompositeUnit& unit, const MeasuredAxis& axis, const Part& part,
                Json* layers);

// An encoding of tooltips: of computed columns, titled "Median of price", before those of the other
// channels; or the tooltip that `others` has.
struct Summary {
  std::string prefix;  // of the column: "mid_box_"
  std::string title;   // "Median"
};
enum class SummaryTitle { kAsGiven, kOfField };
[[nodiscard]] Json SummaryTooltip(const MeasuredAxis& axis, const std::vector<Summary>& summaries,
                                  const Json& others, SummaryTitle title);

// An expression that reads a computed column, or a field by its path.
[[nodiscard]] std::string ColumnExpression(const std::string& column);
[[nodiscard]] std::string FieldExpression(const std::string& field);

// {"op": "q1", "field": "price", "as": "lower_box_price"}
[[nodiscard]] Json Operation(const std::string& op, const std::string& field,
                             const std::string& as);

// kChartInvalidSpec at the member `name` of the mark, with the nearest of the known texts.
[[nodiscard]] Status UnknownChoice(const CompositeUnit& unit, const char* name, const Json& value,
                                   const std::vector<std::string>& known);
// kChartInvalidSpec at the encoding.
[[nodiscard]] Status BadEncoding(const CompositeUnit& unit, const std::string& message);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_COMPOSITE_PART_HPP

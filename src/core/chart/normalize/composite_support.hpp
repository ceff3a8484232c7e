// What the composite marks have in common: which axis is measured, the transforms that the other
// channels ask for, and layers for the parts of a mark.
#ifndef LOUPE_CORE_CHART_NORMALIZE_COMPOSITE_SUPPORT_HPP
#define LOUPE_CORE_CHART_NORMALIZE_COMPOSITE_SUPPORT_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"

namespace loupe::chart {

// A unit with a composite mark, taken apart.
struct Composite {
  std::string name;    // "boxplot"
  Json mark;           // as an object
  const Json* config;  // of that mark
  std::string axis;    // "x" or "y": the measured one
  Json measured;       // its channel definition, without an aggregate
  std::string field;   // that it measures
  Json others;         // the other channels, reading what `transform` makes
  Json bins;           // transforms before the aggregation: bins and time units
  Json aggregate;      // operations that other channels ask for
  Json groupby;        // fields of the other channels
  Json outer;          // the unit's members but mark and encoding

  [[nodiscard]] bool IsVertical() const { return axis == "y"; }
  [[nodiscard]] Json Title() const;
};

// `dropped` are the channels of the measured axis that the mark reads itself. Error:
// kChartInvalidSpec where neither position is continuous.
[[nodiscard]] Result<Composite> TakeApart(const Json& unit, const Json& config,
                                          const std::string& pointer,
                                          const std::vector<std::string>& dropped);

// A layer for one part of the mark: `mark` with what the part's own object in the mark and in the
// config say. Nothing where the part is switched off.
[[nodiscard]] std::optional<Json> PartLayer(const Composite& composite, const std::string& part,
                                            const Json& mark, const Json& encoding);

// The measured channel reading `field`, with `second` at its other end where that is not empty.
[[nodiscard]] Json PartEncoding(const Composite& composite, const std::string& field,
                                const std::string& second, const Json& others);

// An expression that reads a field of the row.
[[nodiscard]] std::string Datum(const std::string& field);

// Tooltips of computed fields, titled "Median of price", before those of the other channels.
struct Summary {
  std::string prefix;  // of the field: "mid_box_"
  std::string title;   // "Median"
};
[[nodiscard]] Json SummaryTooltip(const Composite& composite, const std::vector<Summary>& parts,
                                  bool with_field = true);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_COMPOSITE_SUPPORT_HPP

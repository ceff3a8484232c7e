// Normalize: fills in what Vega-Lite infers from mark and encoding alone: types, orientation,
// whether shapes are filled, and stacking.
//
//   {"mark": "bar", x: field a, y: sum of b, color: field c}
//   -> a nominal, b quantitative, c nominal; vertical; y stacked from zero by c at each a
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_NORMALIZE_HPP
#define LOUPE_CORE_CHART_NORMALIZE_HPP

#include <array>
#include <optional>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/status.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

struct ChannelRef {
  Channel channel = Channel::kX;
  std::size_t index = 0;  // among the channel's definitions
};

struct Stack {
  Channel measure = Channel::kY;
  std::vector<Channel> dimensions;  // what each pile stands on; may be empty
  std::vector<ChannelRef> by;       // what tells the layers of a pile apart
  StackOffset offset = StackOffset::kZero;
  bool impute = false;  // areas: a layer that misses a pile has height 0 there
};

// What becomes of rows whose value is no number where a channel's scale is continuous.
enum class Invalid {
  kValid,        // any value is one: the scale is discrete, or the channel counts
  kFilter,       // neither drawn nor in domains
  kBreakFilter,  // breaks paths; not in domains
  kBreakShow,    // breaks paths, other marks leave it out; other channels' values are in domains
  kShow          // drawn where zero, or the least value, is
};

struct NormalView {
  UnitView unit;
  SizeDef width;  // of the data rectangle
  SizeDef height;
  Orient orient = Orient::kNone;
  bool filled = true;
  bool aggregates = false;  // some channel aggregates
  std::optional<Stack> stack;
  std::array<Invalid, kChannelCount> invalid{};

  [[nodiscard]] MarkKind mark() const { return unit.mark.kind; }
  [[nodiscard]] bool IsPath() const {
    return mark() == MarkKind::kLine || mark() == MarkKind::kArea || mark() == MarkKind::kTrail;
  }
};

// Demands a view of kind kUnit.
[[nodiscard]] Result<NormalView> Normalize(const View& view, const Json& config);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_HPP

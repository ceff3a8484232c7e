// Scales: one for each channel that maps data, with Vega-Lite's defaults, and the view's size.
//
//   y quantitative, bar  ->  linear, domain [0, 100] (zero, nice), range [height, 0]
//   x nominal, bar       ->  band, step 20, inner padding 0.1; width = 20 × count
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_SCALE_BUILD_HPP
#define LOUPE_CORE_CHART_SCALE_BUILD_HPP

#include <array>
#include <optional>
#include <vector>

#include "core/chart/data/prepare.hpp"
#include "core/chart/scale/scale.hpp"

namespace loupe::chart {

struct ScaleSet {
  std::array<std::optional<Scale>, kChannelCount> scales;
  double width = 0;  // of the data rectangle
  double height = 0;

  [[nodiscard]] const Scale* Find(Channel channel) const {
    const auto& scale = scales[static_cast<std::size_t>(channel)];
    return scale ? &*scale : nullptr;
  }
};

[[nodiscard]] Result<ScaleSet> BuildScales(const NormalView& view, const Dataset& data,
                                           const Json& config, const CompileOptions& options,
                                           std::vector<Warning>* warnings);

// Tells whether marks span from the start to the end of the channel's bins or time units.
[[nodiscard]] bool HasBandEnd(const NormalView& view, Channel channel, const Json& config);
// Where in its bin or time unit a mark lies, 0 to 1; nothing when at its start.
[[nodiscard]] std::optional<double> BandPosition(const NormalView& view, Channel channel,
                                                 const Json& config);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_SCALE_BUILD_HPP

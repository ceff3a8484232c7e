// Scales: one for each channel that maps data, with Vega-Lite's defaults, and the view's size.
//
// A scale may be shared by several units (layers, cells, views set side by side): its domain is
// what all of them show, its other properties are those that any unit gives, else the first one's.
//
//   y quantitative, bar  ->  linear, domain [0, 100] (zero, nice), range [height, 0]
//   x nominal, bar       ->  band, step 20, inner padding 0.1; width = 20 × count
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_SCALE_BUILD_HPP
#define LOUPE_CORE_CHART_SCALE_BUILD_HPP

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "core/chart/data/prepare.hpp"
#include "core/chart/scale/scale.hpp"

namespace loupe::chart {

struct ScaleSet {
  std::array<std::shared_ptr<const Scale>, kChannelCount> scales;
  double width = 0;  // of the data rectangle
  double height = 0;

  [[nodiscard]] const Scale* Find(Channel channel) const {
    return scales[static_cast<std::size_t>(channel)].get();
  }
};

// A unit that uses a scale.
struct ScaleMember {
  const NormalView* view = nullptr;
  const Dataset* data = nullptr;
};

struct ScaleContext {
  const Json& config;
  const CompileOptions& options;
  const Context& host;
  std::vector<Warning>* warnings;
};

// Tells whether a unit's channel has a scale.
[[nodiscard]] bool HasScale(const NormalView& view, Channel channel);

// The type that a unit's channel gives its scale, and whether the specification names it.
struct TypedScale {
  ScaleType type = ScaleType::kLinear;
  bool given = false;
};
[[nodiscard]] Result<TypedScale> TypeOfScale(const NormalView& view, Channel channel,
                                             std::vector<Warning>* warnings);
// The type of a scale that two types share; nothing when they cannot.
[[nodiscard]] std::optional<TypedScale> CommonType(const TypedScale& a, const TypedScale& b);

// Builds one scale in two steps, because a discrete position decides how large the data rectangle
// is, which decides where ranges end. Demands one member at least.
class ScaleBuilder {
 public:
  ScaleBuilder(Channel channel, std::vector<ScaleMember> members, const ScaleContext& context);

  // Type and, for discrete scales, values and padding.
  [[nodiscard]] Status Start(ScaleType type);
  // Range and domain; `around` has the first member's scales and size as far as they are known.
  [[nodiscard]] Status Finish(const ScaleSet& around);

  [[nodiscard]] Channel channel() const { return channel_; }
  [[nodiscard]] const NormalView& first() const { return *members_.front().view; }
  [[nodiscard]] const std::shared_ptr<Scale>& scale() const { return scale_; }

 private:
  Channel channel_;
  std::vector<ScaleMember> members_;
  ScaleContext context_;
  NormalView view_;  // the first member with what the others give
  std::shared_ptr<Scale> scale_;
};

// Pixels of one side of a unit's data rectangle; `scale` is the position scale along it, `inner`
// the scale of its offsets, started both. Error: kLimitExceeded beyond kMaxSide.
[[nodiscard]] Result<double> SideOf(const NormalView& view, Channel channel, const Scale* scale,
                                    const Scale* inner, const ScaleContext& context);

// Tells whether marks span from the start to the end of the channel's bins or time units.
[[nodiscard]] bool HasBandEnd(const NormalView& view, Channel channel, const Json& config);
// Where in its bin or time unit a mark lies, 0 to 1; nothing when at its start.
[[nodiscard]] std::optional<double> BandPosition(const NormalView& view, Channel channel,
                                                 const Json& config);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_SCALE_BUILD_HPP

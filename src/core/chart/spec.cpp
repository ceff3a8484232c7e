#include "core/chart/spec.hpp"

namespace loupe::chart {
namespace {

constexpr std::array<std::string_view, kChannelCount> kChannelNames = {
    "x",           "y",          "x2",          "y2",
    "xOffset",     "yOffset",    "theta",       "theta2",
    "radius",      "radius2",    "color",       "fill",
    "stroke",      "opacity",    "fillOpacity", "strokeOpacity",
    "strokeWidth", "size",       "shape",       "angle",
    "strokeDash",  "detail",     "order",       "text",
    "tooltip",     "description"};

constexpr std::array<std::string_view, 12> kMarkNames = {"arc",    "area",  "bar",  "circle",
                                                         "line",   "point", "rect", "rule",
                                                         "square", "text",  "tick", "trail"};

constexpr std::array<std::string_view, 22> kAggregateNames = {
    "count",    "valid",     "missing", "distinct", "sum",    "product", "mean", "average",
    "variance", "variancep", "stdev",   "stdevp",   "stderr", "median",  "q1",   "q3",
    "min",      "max",       "ci0",     "ci1",      "argmin", "argmax"};

template <class Enum, std::size_t N>
std::optional<Enum> FindName(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i) {
    if (names[i] == name) return static_cast<Enum>(i);
  }
  return std::nullopt;
}

}  // namespace

std::string_view ChannelName(Channel channel) {
  return kChannelNames[static_cast<std::size_t>(channel)];
}
std::string_view MarkName(MarkKind kind) { return kMarkNames[static_cast<std::size_t>(kind)]; }
std::string_view AggregateName(Aggregate aggregate) {
  return kAggregateNames[static_cast<std::size_t>(aggregate)];
}

std::optional<Channel> ParseChannel(std::string_view name) {
  return FindName<Channel>(kChannelNames, name);
}
std::optional<MarkKind> ParseMark(std::string_view name) {
  return FindName<MarkKind>(kMarkNames, name);
}
std::optional<Aggregate> ParseAggregate(std::string_view name) {
  return FindName<Aggregate>(kAggregateNames, name);
}

}  // namespace loupe::chart

// Domains: the values that a scale's channel takes, and their order.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_SCALE_DOMAIN_HPP
#define LOUPE_CORE_CHART_SCALE_DOMAIN_HPP

#include <vector>

#include "core/chart/data/prepare.hpp"
#include "core/chart/scale/scale.hpp"

namespace loupe::chart {

struct ScaleMember;

// The explicit domain, else the distinct values of all members in the channel's sort order. `view`
// is the first member with the scale properties of all.
[[nodiscard]] Result<std::vector<Json>> DiscreteDomain(const NormalView& view, Channel channel,
                                                       const std::vector<ScaleMember>& members,
                                                       const Context& host);

// The explicit domain or the extent of all members, widened by zero, domainMin, domainMax, padding
// pixels (of `range` pixels) and nice.
[[nodiscard]] Result<std::vector<double>> ContinuousDomain(const NormalView& view, Channel channel,
                                                           const std::vector<ScaleMember>& members,
                                                           const Scale& scale, const Json& config);

// The numbers of all members, as they are.
[[nodiscard]] std::vector<double> DomainValues(const std::vector<ScaleMember>& members,
                                               Channel channel, const Context& host);

// A number, a date text or a DateTime object as a number; NaN for other values.
[[nodiscard]] double DomainNumber(const Json& value, bool time);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_SCALE_DOMAIN_HPP

// Inherit: what the layers of a view take over from the encoding and projection that they share.
//
// Tested by test/unit/chart_normalize_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_INHERIT_HPP
#define LOUPE_CORE_CHART_NORMALIZE_INHERIT_HPP

#include "core/base/json.hpp"

namespace loupe::chart {

// `layer` with `shared` below its own encoding: channels that it does not have, and the properties
// that its own fields and datums leave open. A unit takes over only channels that are bound to
// fields, data or values; layers take over all, for their units. Facet channels have no effect on
// layers and are not taken over.
[[nodiscard]] Json InheritEncoding(const Json& shared, const Json& layer);

// `layer` with `shared` as its projection where it has none of its own.
[[nodiscard]] Json InheritProjection(const Json& shared, const Json& layer);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_INHERIT_HPP

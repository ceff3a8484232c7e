// Facet channels: a view whose encoding has "row", "column" or "facet" is a facet of the rest.
//
//   {"mark": "bar", "encoding": {"x": …, "row": {"field": "r", "spacing": 7}}}
//   -> {"spacing": {"row": 7}, "facet": {"row": {"field": "r"}},
//       "spec": {"mark": "bar", "encoding": {"x": …}}}
//
// Tested by test/unit/chart_facet_channels_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_FACET_HPP
#define LOUPE_CORE_CHART_NORMALIZE_FACET_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/chart/compile.hpp"

namespace loupe::chart {

// {"facet": …, "spec": …} for a unit one of whose facet channels has a field; nothing where none
// has, and for layers, on which these channels have no effect. The facet takes data, transforms,
// title and resolution; the inner view keeps mark, encoding, sizes, background, projection and
// parameters. Alignment, centring, spacing and columns of a facet channel are those of the grid.
// Channels without a field, "facet" beside "row" or "column", and columns beside them are left out
// with a warning.
[[nodiscard]] std::optional<Json> ExpandFacetChannels(const Json& view,
                                                      std::vector<Warning>* warnings,
                                                      const std::string& pointer);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_FACET_HPP

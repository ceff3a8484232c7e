// Facet channels: a view whose encoding has "row", "column" or "facet" is a facet of the rest.
//
// Tested by test/unit/chart_normalize_test.cpp.
#ifndef LOUPE_CORE_CHART_NORMALIZE_FACET_HPP
#define LOUPE_CORE_CHART_NORMALIZE_FACET_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/chart/compile.hpp"

namespace loupe::chart {

// {"facet": …, "spec": …} for a unit or layers with facet channels; nothing where there are none.
// The facet takes data, transforms, title and resolution; the inner view keeps mark, encoding,
// sizes, background and parameters. Alignment, centring, spacing and columns of a facet channel are
// those of the grid. "facet" beside "row" or "column" is left out with a warning.
[[nodiscard]] std::optional<Json> ExpandFacetChannels(const Json& view,
                                                      std::vector<Warning>* warnings,
                                                      const std::string& pointer);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_NORMALIZE_FACET_HPP

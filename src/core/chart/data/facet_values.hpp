// The values of a facet in the order in which its cells stand.
//
// Tested by test/unit/chart_layout_test.cpp.
#ifndef LOUPE_CORE_CHART_DATA_FACET_VALUES_HPP
#define LOUPE_CORE_CHART_DATA_FACET_VALUES_HPP

#include <vector>

#include "core/chart/data/prepare.hpp"

namespace loupe::chart {

struct FacetValue {
  Json value;
  Json end;  // of its bin; else null
};

// The distinct values in `data`, sorted as the facet says: by value, by a list, or by an aggregate
// of another field.
[[nodiscard]] Result<std::vector<FacetValue>> FacetValues(const FacetDef& facet,
                                                          const Dataset& data,
                                                          const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_FACET_VALUES_HPP

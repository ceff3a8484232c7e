// Aggregation: one row a group, groups in the order in which they first appear.
//
// Values that are null or not numbers count for nothing but count and missing. Variances are the
// sample's (p: the population's), quantiles interpolate linearly (R's type 7), as in Vega.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_DATA_AGGREGATE_HPP
#define LOUPE_CORE_CHART_DATA_AGGREGATE_HPP

#include <string>
#include <vector>

#include "core/base/context.hpp"
#include "core/chart/data/table.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

struct AggregateColumn {
  Aggregate op = Aggregate::kCount;
  std::string source;  // column of the input; not read for kCount
  std::string as;
  std::string by;  // kArgmin, kArgmax: the column whose extreme chooses the row of `source`
};

// Columns that the input has not are taken to be null.
[[nodiscard]] Table AggregateTable(const Table& input, const std::vector<std::string>& group_by,
                                   const std::vector<AggregateColumn>& columns,
                                   const Context& context);

// Linear interpolation between the order statistics of sorted numbers (R's type 7). Demands one.
[[nodiscard]] double QuantileOfSorted(const std::vector<double>& sorted, double p);

// Aggregates the values of one column in the rows given; null where none of them counts.
[[nodiscard]] Json AggregateValues(Aggregate op, const std::vector<const Json*>& values,
                                   const Context& context);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_AGGREGATE_HPP

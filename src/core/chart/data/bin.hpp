// Bins: equal intervals with round boundaries, as Vega's bin transform chooses them.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_DATA_BIN_HPP
#define LOUPE_CORE_CHART_DATA_BIN_HPP

#include <vector>

#include "core/chart/spec.hpp"

namespace loupe::chart {

struct Bins {
  double start = 0;
  double stop = 0;
  double step = 1;

  // Start of the bin that holds `value`; values beyond the ends have infinite starts.
  [[nodiscard]] double StartOf(double value) const;
  // start, start + step, …, stop; at most kMaxDiscreteValues of them.
  [[nodiscard]] std::vector<double> Boundaries() const;
};

// Bins for values from `low` to `high`.
[[nodiscard]] Bins ChooseBins(const BinParams& params, double low, double high);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_BIN_HPP

// Limits of one chart: budgets against hostile or hopeless specs. Each excess is kLimitExceeded,
// and its message names the limit. The depth of a spec is limited by ParseJson.
//
// Tested by test/unit/chart_limits_test.cpp.
#ifndef LOUPE_CORE_CHART_LIMITS_HPP
#define LOUPE_CORE_CHART_LIMITS_HPP

#include <cstddef>

namespace loupe::chart {

constexpr std::size_t kMaxRows = 1'000'000;         // of one data source
constexpr std::size_t kMaxMarks = 200'000;          // items of all marks, imputed points included
constexpr std::size_t kMaxTicks = 1'000;            // of one axis or legend
constexpr std::size_t kMaxDiscreteValues = 20'000;  // in the domain of one discrete scale
constexpr std::size_t kMaxLabelBytes = 4096;        // of one label, title or tooltip value
constexpr double kMaxSide = 32'767;                 // pixels of the picture's width and height
constexpr double kMaxPixels = 16.0 * 1024 * 1024;   // of the picture

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_LIMITS_HPP

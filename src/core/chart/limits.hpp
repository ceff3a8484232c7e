// Limits of one chart: budgets against hostile or hopeless specs. Each excess is kLimitExceeded,
// and its message names the limit. The depth of a spec is limited by ParseJson.
//
// Tested by test/unit/chart_limits_test.cpp.
#ifndef LOUPE_CORE_CHART_LIMITS_HPP
#define LOUPE_CORE_CHART_LIMITS_HPP

#include <cstddef>

namespace loupe::chart {

constexpr std::size_t kMaxRows = 1'000'000;  // of one data source
constexpr std::size_t kMaxSources = 100;     // of one chart
constexpr std::size_t kMaxViews = 1'000;     // of one chart, repeated ones each
constexpr std::size_t kMaxRepeatedBytes = std::size_t{64} << 20;  // of the copies of repeated views
constexpr std::size_t kMaxCells = 2'000;                          // of all facets of one chart
constexpr std::size_t kMaxTransformCells = 20'000'000;            // values that one transform makes
constexpr std::size_t kMaxMarks = 200'000;           // items of all marks, imputed points included
constexpr std::size_t kMaxSymbolCommands = 200;      // of a shape that is given as a path
constexpr std::size_t kMaxPathCommands = 2'000'000;  // of all symbols of one mark
constexpr std::size_t kMaxTicks = 1'000;             // of one axis or legend
constexpr std::size_t kMaxDiscreteValues = 20'000;   // in the domain of one discrete scale
constexpr std::size_t kMaxLabelBytes = 4096;         // of one label, title or tooltip value
constexpr double kMaxSide = 32'767;                  // pixels of the picture's width and height
constexpr double kMaxPixels = 16.0 * 1024 * 1024;    // of the picture

// Of expressions: calculations, filters, conditions.
constexpr std::size_t kMaxExpressionText = std::size_t{64} << 10;    // bytes of one expression
constexpr int kMaxExpressionDepth = 256;                             // levels of its tree
constexpr std::size_t kMaxExpressionSteps = 200'000'000;             // of all rows together
constexpr std::size_t kMaxExpressionBytes = std::size_t{512} << 20;  // built for all rows together
constexpr std::size_t kMaxExpressionValue = std::size_t{4} << 20;    // bytes of one value built

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_LIMITS_HPP

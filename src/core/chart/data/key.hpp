// Column keys: the name of the derived column that a channel definition reads, so that two channels
// that ask for the same thing share it.
//
//   {"aggregate": "sum", "field": "b"}  sum(q:b)        {"bin": true, "field": "b"}  bin(10,b)
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_DATA_KEY_HPP
#define LOUPE_CORE_CHART_DATA_KEY_HPP

#include <string>

#include "core/chart/spec.hpp"

namespace loupe::chart {

// How a raw field is read: as it is, as a number, or as milliseconds since 1970.
enum class Reading { kRaw, kNumber, kTime };

[[nodiscard]] Reading ReadingOf(const ChannelDef& def);
// The key of a raw field under a reading.
[[nodiscard]] std::string SourceKey(const std::string& field, Reading reading);
// The key of the column that a field definition maps: after bin, time unit and aggregation.
[[nodiscard]] std::string ColumnKey(const ChannelDef& def);
// The key of the end of its bin or time unit.
[[nodiscard]] std::string EndKey(const ChannelDef& def);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_KEY_HPP

// Parses one channel's definition: field, datum or value with bin, time unit, sort and stack.
//
// Tested by test/unit/chart_parse_test.cpp.
#ifndef LOUPE_CORE_CHART_PARSE_CHANNEL_HPP
#define LOUPE_CORE_CHART_PARSE_CHANNEL_HPP

#include <string>
#include <vector>

#include "core/chart/compile.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

[[nodiscard]] Result<ChannelDef> ParseChannelDef(const Json& json, Channel channel,
                                                 const std::string& pointer,
                                                 std::vector<Warning>* warnings);

// A "bin" that is not false or null, and a "timeUnit".
[[nodiscard]] Result<BinParams> ParseBin(const Json& json, const std::string& pointer,
                                         std::vector<Warning>* warnings);
[[nodiscard]] Result<TimeUnitSpec> ParseTimeUnit(const Json& json, const std::string& pointer);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_PARSE_CHANNEL_HPP

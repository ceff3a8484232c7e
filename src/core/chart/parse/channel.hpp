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

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_PARSE_CHANNEL_HPP

// Parses a single view: its mark and its encoding.
//
// Tested by test/unit/chart_parse_test.cpp.
#ifndef LOUPE_CORE_CHART_PARSE_UNIT_HPP
#define LOUPE_CORE_CHART_PARSE_UNIT_HPP

#include <string>
#include <vector>

#include "core/chart/compile.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

// Demands that `json` has a "mark" of type string or object.
[[nodiscard]] Result<UnitView> ParseUnit(const Json& json, const std::string& pointer,
                                         std::vector<Warning>* warnings);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_PARSE_UNIT_HPP

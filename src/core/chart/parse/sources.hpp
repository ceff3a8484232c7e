// Sources: the data objects of a specification, each distinct one once.
//
//   {"data": {"sql": "SELECT 1"}, "layer": [{"data": {"values": […]}}, …]}
//   -> request 0 of the host {"/data", kSql, "SELECT 1"}, source 1 with inline values
//
// Data may stand in any view and in the "from" of a lookup. {"name": "x"} means what "datasets" or
// an earlier data object calls so, and else rows that the host has under that name.
//
// Tested by test/unit/chart_parse_test.cpp.
#ifndef LOUPE_CORE_CHART_PARSE_SOURCES_HPP
#define LOUPE_CORE_CHART_PARSE_SOURCES_HPP

#include <vector>

#include "core/chart/compile.hpp"
#include "core/chart/spec.hpp"

namespace loupe::chart {

struct Sources {
  std::vector<DataSource> list;
  std::vector<DataRequest> requests;
};

// Collects the sources of `spec` and puts {"#source": index} in the place of each data object, so
// that views may be rewritten without losing where their data came from. Errors:
// kChartInvalidSpec, kChartNotSupported, and kLimitExceeded beyond kMaxSources.
[[nodiscard]] Result<Sources> TakeSources(Json* spec, std::vector<Warning>* warnings);

// The index that TakeSources left in a data object; nothing for null.
[[nodiscard]] std::optional<std::size_t> SourceIndex(const Json& data);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_PARSE_SOURCES_HPP

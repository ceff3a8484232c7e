// Rows of the files that a specification names by {"data": {"url": "data/…"}}: the command-line
// tool's own way to data, which the server does not have.
//
// Files lie below one folder; an address that leaves it (by "..", an absolute path, a scheme or a
// symbolic link) is refused.
//
// Tested by test/unit/tools_chart_data_test.cpp.
#ifndef LOUPE_TOOLS_CHART_DATA_HPP
#define LOUPE_TOOLS_CHART_DATA_HPP

#include <string>
#include <string_view>

#include "core/base/json.hpp"
#include "core/base/rowset.hpp"
#include "core/base/status.hpp"

namespace loupe::tools {

// Reads the whole file; "-" is standard input. Errors: kInvalidArgument when it cannot be read,
// kLimitExceeded beyond `max_bytes`.
[[nodiscard]] Result<std::string> ReadFile(const std::string& path, std::size_t max_bytes);

// Reads the rows of `url`, an address like "data/cars.json" below `folder`. `data` is the data
// object of the specification, whose "format" ("type", "property", "parse") is followed. Errors:
// kNoPrivilege for an address outside the folder, kChartInvalidData for what is no table.
[[nodiscard]] Result<RowSet> LoadChartData(const std::string& folder, std::string_view url,
                                           const Json& data);

}  // namespace loupe::tools

#endif  // LOUPE_TOOLS_CHART_DATA_HPP

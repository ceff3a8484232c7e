// Fetches the rows that a chart specification asks for.
#ifndef LOUPE_PG_CHART_DATA_HPP
#define LOUPE_PG_CHART_DATA_HPP

#include <optional>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/rowset.hpp"

namespace loupe::pg {

// One row set for each of chart::RequestedData(spec): SQL and relations through the gate, semantic
// queries through the semantic layer, names from `argument`. A url is kChartInvalidData: nothing
// here reads files or the network.
[[nodiscard]] std::vector<RowSet> FetchChartData(const Json& spec,
                                                 const std::optional<Json>& argument);

// The same, but what is wrong with a source (no such column, a refused statement, too many rows) is
// added to `problems` at its data object, and there are no rows then; nor are there where
// RequestedData fails. Lack of a right, a cancel, a time limit and what a statement runs into are
// thrown.
[[nodiscard]] std::optional<std::vector<RowSet>> FetchCheckedChartData(
    const Json& spec, const std::optional<Json>& argument, std::vector<Status>* problems);

}  // namespace loupe::pg

#endif  // LOUPE_PG_CHART_DATA_HPP

// Rows that a specification or a file holds as text: CSV, TSV, other delimiters, JSON.
//
// Values of delimited text get types as Vega's loader infers them, a column at a time: booleans,
// else numbers, else text, or as "format.parse" names them; dates stay text for whoever reads the
// column.
//
// Tested by test/unit/tools_chart_data_test.cpp and chart_source_test.cpp.
#ifndef LOUPE_CORE_CHART_DATA_TEXT_ROWS_HPP
#define LOUPE_CORE_CHART_DATA_TEXT_ROWS_HPP

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/context.hpp"
#include "core/base/json.hpp"
#include "core/base/rowset.hpp"
#include "core/base/status.hpp"

namespace loupe::chart {

// The rows of a text in the format that "type" of `format` names, json where it names none. Errors:
// kChartInvalidData for what is no table, kChartNotSupported for other formats, kLimitExceeded
// beyond `max_values` values, names of columns included.
[[nodiscard]] Result<RowSet> RowsFromText(const std::string& text, const Json& format,
                                          std::size_t max_values, const Context& context);

// The rows of CSV or TSV text (RFC 4180; the first record names the columns).
[[nodiscard]] Result<RowSet> RowsFromDelimited(std::string_view text, char delimiter,
                                               const Json& format, std::size_t max_values,
                                               const Context& context);

// What "property" of `format`, a path with dots, reaches in `document`; the whole where there is no
// such property, null where it leads nowhere.
[[nodiscard]] const Json* PropertyOf(const Json& document, const Json& format);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_TEXT_ROWS_HPP

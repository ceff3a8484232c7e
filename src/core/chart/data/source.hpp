// Reads the columns that a view needs out of inline values or of a host's rows.
//
// A field is a path: "a.b" and "a[0]" reach into objects and lists, "a\\.b" names a member "a.b"; a
// member or column of the whole name wins.
//
// Tested by test/unit/chart_compile_test.cpp and the golden scenes.
#ifndef LOUPE_CORE_CHART_DATA_SOURCE_HPP
#define LOUPE_CORE_CHART_DATA_SOURCE_HPP

#include <optional>
#include <string>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/status.hpp"
#include "core/chart/compile.hpp"
#include "core/chart/data/frame.hpp"
#include "core/chart/data/key.hpp"
#include "core/chart/data/table.hpp"

namespace loupe::chart {

struct SourceColumn {
  std::string field;
  Reading reading = Reading::kRaw;
};

// Reads the columns off the rows of `frame`. A field that no row has warns, once.
[[nodiscard]] Result<Table> ReadSource(const Frame& frame, const std::vector<SourceColumn>& columns,
                                       const Context& context, std::vector<Warning>* warnings);

// A value as a number or as milliseconds since 1970, null where it is none.
[[nodiscard]] Json ReadValue(const Json& value, Reading reading);

// Milliseconds since 1970 of a date text: ISO 8601, "Jan 5 2000", "5 Jan 2000", "2000/1/5",
// "1/5/2000", each with an optional time; nothing for other text.
[[nodiscard]] std::optional<double> ParseTimeText(std::string_view text);

}  // namespace loupe::chart

#endif  // LOUPE_CORE_CHART_DATA_SOURCE_HPP

// How a column is written into a specification: as the field it names and as a title to read.
//
//   orders.created_at.month   field "orders\\.created_at\\.month", title "Created at (month)",
//                             time unit "yearmonth"
//
// Tested by test/unit/recommend_field_text_test.cpp.
#ifndef LOUPE_CORE_RECOMMEND_FIELD_TEXT_HPP
#define LOUPE_CORE_RECOMMEND_FIELD_TEXT_HPP

#include <string>
#include <string_view>

namespace loupe::recommend {

// Escapes what Vega-Lite reads as a path in a field: dots, brackets, quotes and backslashes.
[[nodiscard]] std::string EscapedField(std::string_view column);

// "orders.total_revenue" gives "Total revenue"; a name without a dot is its own member.
[[nodiscard]] std::string ReadableTitle(std::string_view column);

// The Vega-Lite time unit of a column named "entity.time.granularity"; empty for other names. Weeks
// count as days: Vega-Lite's begin on Sunday, PostgreSQL's on Monday.
[[nodiscard]] std::string TimeUnitOf(std::string_view column);

}  // namespace loupe::recommend

#endif  // LOUPE_CORE_RECOMMEND_FIELD_TEXT_HPP

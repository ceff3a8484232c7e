// Recommend: the one chooser of charts. Rows in, a Vega-Lite specification and its reasons out.
//
//   rows ─ Roles ─▶ role of each column ─ Choose ─▶ kind ─ Emit ─▶ spec without data
//
// Roles are time, category and measure, from the column's type and its values. The choice follows
// the ranking of encodings by accuracy (Mackinlay 1986; Cleveland & McGill 1984: position before
// length before angle before colour) and names the design rules as Draco does. Each reason says
// which rule decided.
//
//   month (date), revenue (number)             line, x = month, y = revenue
//   month, region (3 values), revenue          line a region, colour = region
//   region (text), revenue                     bar; on its side when names are long or many
//   price, weight (two numbers)                point
//   one number, or 300 categories              nothing: the rows say it better
//
// Tested by test/unit/recommend_recommend_test.cpp.
#ifndef LOUPE_CORE_RECOMMEND_RECOMMEND_HPP
#define LOUPE_CORE_RECOMMEND_RECOMMEND_HPP

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"
#include "core/base/rowset.hpp"

namespace loupe::recommend {

struct Recommendation {
  Json spec;                         // Vega-Lite without "data"
  std::string kind;                  // "line", "multi-line", "bar", "horizontal-bar", …
  std::vector<std::string> reasons;  // full sentences, the deciding one first
};

// Chooses a chart for `rows`; nothing when no chart says more than the rows themselves. An empty
// `title` gives a chart without one. Linear in the cells of `rows`.
[[nodiscard]] std::optional<Recommendation> Recommend(const RowSet& rows, std::string_view title);

// The spec with the rows as its inline data, one object a row, dates as their ISO text.
[[nodiscard]] Json WithInlineData(Json spec, const RowSet& rows);

}  // namespace loupe::recommend

#endif  // LOUPE_CORE_RECOMMEND_RECOMMEND_HPP

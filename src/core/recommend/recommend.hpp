// Recommend: the one chooser of charts. Rows in, Vega-Lite specifications and their reasons out.
//
//   rows ─ Roles ─▶ Frame ─ Kinds ─▶ designs ─ Judge ─▶ ranked ─ Emit ─▶ specs without data
//          (roles.hpp)     (kind.hpp)  with reasons
//
// Roles are time, ordinal, category and measure, from the column's type, name and values. Each kind
// of chart looks whether the roles have its shape and argues by named rules (rule.hpp): the ranking
// of encodings by accuracy (Mackinlay 1986; Cleveland & McGill 1984), what fits which data (Show
// Me, Draco, Voyager), what serves a reader (Few). The sum of the points is the score, so that the
// reasons in the result are those that chose.
//
//   month (date), revenue (number)             line, x = month, y = revenue
//   month, region (3 values), revenue          line a region, colour = region
//   region (text), revenue                     bar; on its side when names are long or many
//   price, weight (two numbers)                scatter
//   one number, or 300 categories              nothing: the rows say it better
//
// Pure and deterministic: the same rows, words and options give the same bytes.
//
// Tested by test/unit/recommend_recommend_test.cpp and recommend_kind_*_test.cpp.
#ifndef LOUPE_CORE_RECOMMEND_RECOMMEND_HPP
#define LOUPE_CORE_RECOMMEND_RECOMMEND_HPP

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/context.hpp"
#include "core/base/json.hpp"
#include "core/base/rowset.hpp"
#include "core/recommend/frame.hpp"
#include "core/recommend/intent.hpp"
#include "core/recommend/rule.hpp"

namespace loupe::recommend {

// Below it a chart says no more than the rows themselves.
constexpr int kLeastScore = 40;

struct Request {
  std::string_view title;     // of the chart; empty: none
  std::string_view question;  // whose words tell the task or name a chart; may be empty
  RowsAre rows_are = RowsAre::kAnswer;
};

struct Recommendation {
  Json spec;                    // Vega-Lite without "data"
  std::string kind;             // "line", "horizontal-bar", … of Kinds()
  int score = 0;                // 0 to 100
  std::vector<Reason> reasons;  // the maker's own first
  std::vector<std::pair<std::size_t, std::string>> shown;  // column and channel
};

// All that was weighed, for choices and for reports.
struct Ranking {
  std::vector<ColumnRole> columns;  // of the rows, in their order
  Intents intents;                  // of the question
  RowsAre rows_are = RowsAre::kAnswer;
  std::size_t rows = 0;
  std::vector<Recommendation> designs;  // best first; every kind that the data have the shape of

  // The first, when it says more than the rows themselves; else null.
  [[nodiscard]] const Recommendation* Best() const;
};

// Ranks the kinds of charts that `rows` have the shape of. Linear in the cells of `rows`.
[[nodiscard]] Ranking RankCharts(const RowSet& rows, const Request& request,
                                 const Context& context = {});

// The best of them; nothing when no chart says more than the rows themselves.
[[nodiscard]] std::optional<Recommendation> Recommend(const RowSet& rows, const Request& request,
                                                      const Context& context = {});

// The spec with the rows as its inline data, one object a row, dates as their ISO text.
[[nodiscard]] Json WithInlineData(Json spec, const RowSet& rows);

}  // namespace loupe::recommend

#endif  // LOUPE_CORE_RECOMMEND_RECOMMEND_HPP

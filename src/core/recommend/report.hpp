// Report: why a chart was chosen, as JSON for "usermeta" of its specification, where Vega-Lite
// leaves room for what it does not read.
//
//   {"loupe": {"kind": "bar", "score": 0.8, "rows": 5, "sampled": false, "tasks": ["ranking"],
//              "columns": [{"name": "status", "role": "category", "distinct": 5,
//                           "channels": ["x"]}, …],
//              "rules": [{"rule": "position-first", "source": "Mackinlay 1986; …", "points": 0.6,
//                         "states": "Position on …", "why": "Bars compare …"}, …],
//              "alternatives": [{"kind": "pie", "score": 0.35, "why": "…", "spec": {…}}, …]}}
//
// Tested by test/unit/recommend_report_test.cpp.
#ifndef LOUPE_CORE_RECOMMEND_REPORT_HPP
#define LOUPE_CORE_RECOMMEND_REPORT_HPP

#include <cstddef>
#include <string>

#include "core/base/json.hpp"
#include "core/base/rowset.hpp"
#include "core/recommend/recommend.hpp"

namespace loupe::recommend {

// At most this many other designs are told of.
constexpr std::size_t kMaxAlternatives = 4;

// The reason with most points, with its source: "Bars compare … (Mackinlay 1986)".
[[nodiscard]] std::string DecidingReason(const Recommendation& design);

// The spec of `design` (one of `ranking`) with its report. Alternatives are told of the best only;
// their specs have neither "$schema", "title" nor data: those of the chosen serve them too.
[[nodiscard]] Json WithReport(const Recommendation& design, const Ranking& ranking,
                              const RowSet& rows);

}  // namespace loupe::recommend

#endif  // LOUPE_CORE_RECOMMEND_REPORT_HPP
